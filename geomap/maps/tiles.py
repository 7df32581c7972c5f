"""Grounds of tiles beside the offline one: from a network, off until the reader asks for them, or out of a file."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import folium
from folium.map import Layer
from folium.template import Template

from geomap.errors import InputError
from geomap.maps.archives import Cut, cut, opened
from geomap.maps.foreign import hosts
from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.maps.archives import Bounds

__all__ = ["HeldTiles", "hosts_of_layer", "layers_of"]

_ARCHIVES = {".mbtiles", ".pmtiles"}
_BESIDE = 0.6  # of a view's longer side, on each side of it
# Servers such as OpenStreetMap's answer only to pages that say where they are; the site's name is enough for that.
_REFERRER = "strict-origin-when-cross-origin"


def layers_of(tiles: Any, view: Callable[[], Bounds | None], *, on: bool | None) -> list[Layer]:
    """Return the layers of what a user names as tiles.

    Parameters
    ----------
    tiles
        The name of an xyzservices provider, a provider, a URL template with ``{z}``, ``{x}`` and ``{y}``, the path of
        an .mbtiles or .pmtiles archive of pictures, a layer of folium, or several of these in a list.
    view
        Returns west, south, east, north in degrees of what the page shows, when it is written.
    on
        Whether they show from the start; None shows archives, and leaves what is on a network to the reader.

    Raises
    ------
    InputError
        A name or file is not known, a provider asks for a key, or an archive cannot be used.
    """
    return [_layer(one, view, on) for one in _several(tiles)]


def _several(tiles: Any) -> Iterator[Any]:
    if tiles is None or tiles is False or tiles == "":
        return
    # providers are mappings, not sequences
    yield from tiles if isinstance(tiles, list | tuple) else [tiles]


def _layer(one: Any, view: Callable[[], Bounds | None], on: bool | None) -> Layer:  # noqa: FBT001
    if isinstance(one, Layer):
        one.show = one.show if on is None and isinstance(one, HeldTiles) else bool(on)
        one.overlay = True
        return one
    if isinstance(one, Path) or (isinstance(one, str) and Path(one).suffix.lower() in _ARCHIVES and "{z}" not in one):
        return HeldTiles(Path(one), view, show=on is not False)
    if isinstance(one, str) and "{z}" in one:
        host = urlsplit(one).netloc.replace("{s}.", "")
        return folium.TileLayer(one, attr=host or one, name=f"Tiles of {host}", **_switch(on))
    return _provided(one, on)


def _switch(on: bool | None) -> dict[str, Any]:  # noqa: FBT001
    return {"overlay": True, "show": bool(on), "referrer_policy": _REFERRER}


def _provided(one: Any, on: bool | None) -> Layer:  # noqa: FBT001
    import xyzservices

    provider = one
    if isinstance(one, str):
        wanted = "OpenStreetMap.Mapnik" if one.lower() == "openstreetmap" else one
        try:
            provider = xyzservices.providers.query_name(wanted)
        except ValueError as error:
            like = difflib.get_close_matches(one, xyzservices.providers.flatten(), n=3, cutoff=0.4)
            hint = f"; like it are {', '.join(like)}" if like else ""
            raise InputError(
                f"tiles {one!r} are no provider of xyzservices, no URL with {{z}}, {{x}}, {{y}} and no archive{hint}"
            ) from error
    if not isinstance(provider, xyzservices.TileProvider):
        raise InputError(f"{type(one).__name__} is nothing to make tiles of; give a name, a URL, a file or a provider")
    if provider.requires_token():
        raise InputError(f"the tiles of {provider.name} ask for a key; fill it in: xyzservices.providers.…(apiKey='…')")
    host = urlsplit(provider.build_url(fill_subdomain=False)).netloc.replace("{s}.", "")
    return folium.TileLayer(provider, name=f"{provider.name} (asks {host})", **_switch(on))


def _around(view: Bounds) -> Bounds:
    """Return a view with what a wide or high window shows beside it."""
    west, south, east, north = view
    side = _BESIDE * max(east - west, north - south, 0.1)
    return (west - side, south - side, east + side, north + side)


def hosts_of_layer(layer: Any) -> list[str]:
    """Return the origins that a layer of tiles asks."""
    return list(hosts(layer.tiles, list(layer.options.get("subdomains", "abc"))))


class HeldTiles(Layer):
    """Tiles of a local archive that are written into the page, as far as its view needs them.

    Parameters
    ----------
    path
        An .mbtiles or .pmtiles archive of pictures.
    view
        Returns west, south, east, north in degrees of what the page shows; None where it shows nothing yet.
    show
        Whether they show from the start.

    Raises
    ------
    InputError
        The archive cannot be used.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <script type="application/json" id="{{ this.get_name() }}_held">{{ this.held.tiles|tojson }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.tileLayer("", {
            attribution: {{ this.attribution|tojson }}, minNativeZoom: {{ this.held.zooms[0] }},
            maxNativeZoom: {{ this.held.zooms[1] }}, maxZoom: 24, noWrap: true
        });
        {{ this.get_name() }}.getTileUrl = function ({ x, y, z }) {
            this.held ??= JSON.parse(document.getElementById("{{ this.get_name() }}_held").textContent);
            return this.held[[z, x, y].join("/")] ?? "data:,";
        };
        {% endmacro %}
        """
    )

    def __init__(self, path: Path, view: Callable[[], Bounds | None], *, show: bool = True) -> None:
        super().__init__(name=f"Tiles of {path.name}", overlay=True, show=show)
        self._name = "HeldTiles"
        self._path = path
        self._view = view
        with opened(path) as archive:
            self.attribution = archive.attribution
        self.held = Cut({}, (0, 0), None)

    def take(self) -> None:
        """Take out of the archive the tiles of what the page shows by now."""
        with opened(self._path) as archive:
            view = self._view()
            self.held = cut(archive, _around(view) if view else archive.bounds)

    def issues(self) -> list[Issue]:
        """Return what of the archive is not in the page."""
        low, high = self.held.zooms
        if not self.held.tiles:
            return [Issue("load", f"{self._path.name} has no tiles where the map is")]
        if self.held.left_out is None:
            return []
        held = f"of {self._path.name} the page holds zooms {low} to {high}"
        return [Issue("load", f"{held}; with {self.held.left_out} its tiles would be more than 8 MB")]
