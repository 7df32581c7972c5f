"""A scene on the graphics card, for more than a page can hold: maps of lonboard and of pydeck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.interop.drawn import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame
    from lonboard import Map as LonboardMap
    from pydeck import Deck

    from geomap.interop.drawn import Tables
    from geomap.models import Reading

__all__ = ["lonboard_map", "pydeck_deck"]

_FILL = 70
"""Of 255: areas let the ground and each other through."""


def lonboard_map(readings: Sequence[Reading], **options: Any) -> LonboardMap:
    """Return lines, polygons and spots as a map of lonboard, in the colours of their actors.

    Parameters
    ----------
    readings
        One per report.
    **options
        Of `lonboard.Map`. Without a ``basemap`` there is no ground, and nothing is asked of a network.

    Raises
    ------
    InputError
        lonboard is not installed, or there is nothing to draw.
    """
    try:
        import lonboard
    except ImportError as error:
        raise InputError("lonboard is not installed; install it with: pip install 'geomap[interop]'") from error
    found = _something(tables(readings))
    layers = []
    if len(found.polygons):
        fill = _colours(found.polygons, _FILL)
        layers.append(lonboard.SolidPolygonLayer.from_geopandas(_plain(found.polygons), get_fill_color=fill))
    if len(found.lines):
        paths = lonboard.PathLayer.from_geopandas(
            _plain(found.lines), get_color=_colours(found.lines), get_width=2, width_units="pixels"
        )
        layers.append(paths)
    if len(found.spots):
        spots = lonboard.ScatterplotLayer.from_geopandas(
            _plain(found.spots), get_fill_color=_colours(found.spots), get_radius=4, radius_units="pixels"
        )
        layers.append(spots)
    return lonboard.Map(layers, **({"basemap": None} | options))


def pydeck_deck(readings: Sequence[Reading], **options: Any) -> Deck:
    """Return lines, polygons and spots as a deck of pydeck, in the colours of their actors, with their words.

    Parameters
    ----------
    readings
        One per report.
    **options
        Of `pydeck.Deck`. Without a ``map_provider`` there is no ground; the script of deck.gl itself comes from a
        network when the deck is shown.

    Raises
    ------
    InputError
        pydeck is not installed, or there is nothing to draw.
    """
    try:
        import pydeck
    except ImportError as error:
        raise InputError("pydeck is not installed; install it with: pip install 'geomap[interop]'") from error
    found = _something(tables(readings))
    look: dict[str, Any] = {"get_color": "colour", "get_fill_color": "colour", "pickable": True}
    layers = [
        pydeck.Layer("PolygonLayer", _records(found.polygons, "polygon"), id="areas", get_polygon="polygon",
                     opacity=_FILL / 255, stroked=False, **look),
        pydeck.Layer("PathLayer", _records(found.lines, "path"), id="movements", get_path="path",
                     width_units="'pixels'", get_width=2, **look),
        pydeck.Layer("ScatterplotLayer", _records(found.spots, "spot"), id="incidents", get_position="spot",
                     radius_units="'pixels'", get_radius=4, **look),
    ]  # fmt: skip
    west, south, east, north = found.bounds or (-180.0, -60.0, 180.0, 75.0)
    view = pydeck.data_utils.compute_view([[west, south], [east, north], [west, north], [east, south]])
    told = {"text": "{words}\n{date} {source}"}
    settings = {"map_provider": None, "map_style": None, "initial_view_state": view, "tooltip": told} | options
    return pydeck.Deck([layer for layer in layers if layer.data], **settings)


def _something(found: Tables) -> Tables:
    if found.bounds is None:
        raise InputError("there is nothing to draw: no movement has a line, no area a shape, no incident a spot")
    return found


def _colours(frame: GeoDataFrame, alpha: int = 255) -> Any:
    import numpy as np

    return np.array([[*colour, alpha] for colour in frame["colour"]], dtype=np.uint8)


def _plain(frame: GeoDataFrame) -> GeoDataFrame:
    return frame.drop(columns="colour")


def _records(frame: GeoDataFrame, key: str) -> list[dict[str, Any]]:
    """Return rows with their coordinates as lists, as deck.gl takes them: a spot, a path, or the rings of a polygon."""
    from shapely.geometry import mapping

    rows = frame.drop(columns="geometry").to_dict("records")
    return [
        row | {key: _listed(mapping(shape)["coordinates"]), "colour": list(row["colour"])}
        for row, shape in zip(rows, frame.geometry, strict=True)
    ]


def _listed(coordinates: Any) -> Any:
    return [_listed(part) for part in coordinates] if isinstance(coordinates, list | tuple) else coordinates
