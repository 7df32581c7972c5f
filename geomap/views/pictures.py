"""Small maps: what a record is, on the ground of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.maps.ground import basemap
from geomap.maps.still import picture
from geomap.maps.view import view_with_margin

if TYPE_CHECKING:
    from geomap.maps.payload import Story

__all__ = ["drawn"]

_BUDGET = 8_000
"""Characters of the ground's lines: an eighth of a page's, for a picture of an eighth of its size."""


def drawn(story: Story) -> str:
    """Return a story as a small picture in SVG; empty where it has nothing to draw."""
    ready = story.ready()
    bounds = ready.bounds()
    if bounds is None:
        return ""
    ground = basemap.clip(view_with_margin(bounds), focus=ready.focus(), budget=_BUDGET)
    return picture.svg(ready, ground)
