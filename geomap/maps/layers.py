"""What the page draws as layers of folium, for `folium.LayerControl` to list and switch."""

from __future__ import annotations

from enum import StrEnum

from folium.map import Layer
from folium.template import Template

__all__ = ["Drawn", "DrawnLayer"]


class Drawn(StrEnum):
    """What the page draws, from below to above."""

    GROUND = "ground"
    AREAS = "areas"
    MOVEMENTS = "movements"
    INCIDENTS = "incidents"
    PLACES = "places"


_NAMES = {Drawn.GROUND: "Offline map"}


class DrawnLayer(Layer):
    """A switch: where it is not on the map, the page leaves out what it stands for.

    Parameters
    ----------
    drawn
        What it switches.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup([], { drawn: {{ this.drawn|tojson }} });
        {% endmacro %}
        """
    )

    def __init__(self, drawn: Drawn) -> None:
        super().__init__(name=_NAMES.get(drawn, drawn.value.capitalize()), overlay=True)
        self._name = "DrawnLayer"
        self.drawn = drawn.value
