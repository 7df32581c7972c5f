"""Incidents and places in QGIS: a sign for each kind above its place, a ring or triangle with its name."""

from __future__ import annotations

import math
from base64 import b64encode
from typing import TYPE_CHECKING

from geomap.exports.look import DENIED, PAPER, SECONDARY, TEXT
from geomap.exports.qgis.expressions import any_of, colour_of
from geomap.exports.qgis.symbols import Rule, Symbol, SymbolLayer, marker, mm, rgba
from geomap.terms import IncidentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.maps.style import Actor

__all__ = ["BASES", "incidents", "places", "sign"]

_ABOVE = 17
"""Pixels from a place to its signs, so that its ring stays to be seen."""
BASES = ("S.AIRB", "S.AIRF", "S.AIRP", "S.FT", "S.INSM", "L.MILB")
"""Places with a triangle: bases and airfields, by their GeoNames codes."""
_COARSE = ("A.", "R.", "H.", "L.RGN", "L.CONT", "T.DSRT")
"""What is an extent and no spot, as in `geomap.models.Place.is_area`."""


def incidents(actors: Sequence[Actor]) -> list[Rule]:
    """Return a rule for each kind; its sign has the colour of the actor."""
    return [
        Rule(kind.value.replace("_", " "), f"\"kind\" = '{kind}'", Symbol("marker", [_svg(kind, colour_of(actors))]))
        for kind in IncidentKind
    ]


def _svg(kind: IncidentKind, colour: str) -> SymbolLayer:
    told = {
        "name": "base64:" + b64encode(sign(kind).encode("utf-8")).decode("ascii"),
        "size": mm(20),
        "color": rgba(DENIED),
        "outline_color": rgba(DENIED),
        "offset": f"0,{mm(-_ABOVE)}",
    }
    return SymbolLayer("SvgMarker", told, {"fillColor": colour, "outlineColor": colour})


def sign(kind: IncidentKind) -> str:
    """Return the map's sign of an incident as SVG whose colours QGIS puts in, with a white casing."""
    path, filled = _PATHS[kind]
    fill = 'fill="param(fill)"' if filled else 'fill="none"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 20 20" width="20" height="20">'
        '<g stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{path}" fill="none" stroke="{PAPER}" stroke-width="5"/>'
        f'<path d="{path}" {fill} stroke="param(outline)" stroke-width="2"/></g></svg>'
    )


def _star(rays: int, reach: float = 6) -> str:
    """Return the outline of a star, one of its rays upwards."""
    points = []
    for number in range(rays * 2):
        angle, far = math.pi * number / rays - math.pi / 2, reach * (0.45 if number % 2 else 1)
        points.append(f"{math.cos(angle) * far:.2f} {math.sin(angle) * far:.2f}")
    return f"M{'L'.join(points)}Z"


# Outlines in a square of 12 round 0, 0, as the page's incidents.js draws them, and whether they are filled.
_PATHS = {
    IncidentKind.STRIKE: (_star(8), True),
    IncidentKind.SHELLING: (_star(5), True),
    IncidentKind.CLASH: ("M-6-6L6 6M6-6L-6 6", False),
    IncidentKind.CAPTURE: ("M-3.6 6V-6L6-2.4L-3.6 1.2", True),
    IncidentKind.SIGHTING: (
        "M-6 0A6 3.72 0 1 1 6 0A6 3.72 0 1 1-6 0M1.8 0A1.8 1.8 0 1 1-1.8 0A1.8 1.8 0 1 1 1.8 0",
        False,
    ),
    IncidentKind.PRESENCE: ("M0-6L6 0L0 6L-6 0Z", True),
}


def places() -> list[Rule]:
    """Return the rules of places, each drawn once however often it is named; countries and regions are no spots."""
    once = '$id = minimum($id, group_by:="place")'
    base = any_of("feature", BASES)
    spot = " AND ".join(f"coalesce(\"feature\", '') NOT LIKE '{code}%'" for code in _COARSE)
    drawn = f'{spot} AND "place" IS NOT NULL AND {once}'
    return [
        Rule("town, village or spot", f"{drawn} AND NOT coalesce({base}, false)", _place("circle", 9)),
        Rule("base or airfield", f"{drawn} AND {base}", _place("triangle", 11)),
    ]


def _place(shape: str, pixels: float) -> Symbol:
    """Return a mark, and round it in true metres the ring that surely holds the place, where that is larger."""
    across = '"precision_m" / @map_scale'  # metres on the screen
    ring = SymbolLayer(
        "SimpleMarker",
        {
            "name": "circle",
            "size": "1",
            "size_unit": "RenderMetersInMapUnits",
            "color": rgba(SECONDARY, 0.09),
            "outline_color": rgba(SECONDARY, 0.4),
            "outline_style": "dot",
            "outline_width": mm(1),
        },
        {"size": '2 * "precision_m"', "enabled": f"{across} >= 0.0024 AND {across} <= 0.106"},
    )
    return Symbol("marker", [ring, marker(shape, pixels, fill=PAPER, edge=TEXT, edge_pixels=1.7)])
