"""Movements in QGIS: colour by actor, pattern by status, width and dots by how the line was obtained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.look import DASHED, DENIED, DOTS, PAPER, STRAIGHT_M, SURE, TEXT, WIDTHS
from geomap.exports.qgis.expressions import literal, meant, opacity
from geomap.exports.qgis.symbols import Rule, Symbol, SymbolLayer, line, marker, markers_along, mm, rgba
from geomap.terms import How

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.maps.style import Actor

__all__ = ["rules"]

_HEAD = 13
"""Pixels of an arrow head."""
_SCHEMATIC = "coalesce(\"how\", '') LIKE '%schematic%'"
"""A line is no surer than the least sure of its parts."""
_DENIED, _ONGOING, _COMPLETED = "\"status\" = 'denied'", "\"status\" = 'ongoing'", "\"status\" = 'completed'"
_DASHED = f"({meant}) AND NOT ({_SCHEMATIC})"
_SOLID = f"NOT ({meant}) AND NOT ({_SCHEMATIC})"
_OPEN = "coalesce(map_get(json_to_map(\"route\"), 'open'), array())"
_STUB = f"(({_SCHEMATIC}) AND array_length({_OPEN}) > 0)"
"""One end is known, and nobody says by which way: no line, but four angles round the place."""
_CASED = f'coalesce("confidence", 1) >= {SURE[1].least} AND NOT {_STUB}'
_HEADLESS = f"(array_contains({_OPEN}, 'end') OR {_STUB})"
"""Where a line ends is not told: it has no arrow head."""
_ARRIVES = f"array_contains({_OPEN}, 'start')"
_PART = "geometry_n($geometry, @element)"
_KNOWN_ENDS = (
    "collect_geometries(array_foreach(generate_series(1, num_geometries($geometry)), "
    f"if({_ARRIVES}, end_point({_PART}), start_point({_PART}))))"
)
_STEP = "geometry_n(@steps, @element)"
_STEP_KM = (
    f"111.2 * sqrt((y(end_point({_STEP})) - y(start_point({_STEP}))) ^ 2"
    f" + ((x(end_point({_STEP})) - x(start_point({_STEP}))) * cos(radians(y(start_point({_STEP}))))) ^ 2)"
)
_STRAIGHT = (
    "with_variable('steps', segments_to_lines($geometry), collect_geometries(array_foreach(array_filter("
    f"generate_series(1, num_geometries(@steps)), {_STEP_KM} >= {STRAIGHT_M / 1000:g}), {_STEP})))"
)
"""The parts of a line that go on without a bend for long; a degree of a great circle is 111.2 km."""


def rules(actors: Sequence[Actor]) -> list[Rule]:
    """Return a rule for each actor and one for others; what several reports tell of is drawn once, and a key.

    The key has no features: it explains in the legend what the patterns mean.
    """
    named = [
        Rule(f"{actor.name} ({actor.tag})", f'"actor" = {literal(actor.name)}', _symbol(actor.light))
        for actor in actors
    ]
    others = Rule("not named", "ELSE", _symbol(DENIED))
    return [
        Rule("Movements", '"event" IS NULL OR "event" = "id"', rules=[*named, others]),
        Rule("How it is told", rules=list(_key())),
    ]


def _key() -> Iterator[Rule]:
    for status in ("completed", "ongoing", "planned, ordered", "denied"):
        colour = DENIED if status == "denied" else TEXT
        yield Rule(status, "false", Symbol("line", list(_sample(status, colour))))
    says = {
        How.REPORTED: "road or line that the report gives",
        How.INFERRED: "shortest way by road, nobody said so",
        How.SCHEMATIC: "schematic: only the ends are known",
    }
    for how, words in says.items():
        dots = how is How.SCHEMATIC
        yield Rule(
            words, "false", Symbol("line", [line(TEXT, WIDTHS[how], dashes=DOTS if dots else (), round_ends=dots)])
        )


def _sample(status: str, colour: str) -> Iterator[SymbolLayer]:
    dashed = status.startswith("planned")
    yield line(colour, WIDTHS[How.REPORTED], dashes=DASHED if dashed else ())
    if status == "denied":
        yield _crosses(colour, None)
    else:
        yield _head(colour, hollow=dashed, when=None)
    if status == "ongoing":
        yield _chevrons(18, 12, None)


def _symbol(colour: str) -> Symbol:
    """Return the symbol of an actor's movements; grey is what is denied."""
    drawn = f"if({_DENIED}, {literal(DENIED)}, {literal(colour)})"
    tinted = {"outlineColor": drawn}
    dotted = f"({_SCHEMATIC}) AND NOT {_STUB}"
    return Symbol(
        "line",
        [
            line(PAPER, 3, round_ends=True, by={"enabled": _CASED, "outlineWidth": _width(3)}),
            line(colour, WIDTHS[How.REPORTED], by={**tinted, "enabled": _SOLID, "outlineWidth": _width()}),
            line(colour, WIDTHS[How.REPORTED], dashes=DASHED, by={"enabled": _DASHED, "outlineWidth": _width()}),
            line(colour, WIDTHS[How.SCHEMATIC], dashes=DOTS, round_ends=True, by=tinted | {"enabled": dotted}),
            _angles(colour),
            _hollow(),
            _chevrons(90, 60, f"{_COMPLETED} AND NOT ({_SCHEMATIC})"),
            _chevrons(18, 12, f"{_ONGOING} AND NOT ({_SCHEMATIC})"),
            _head(colour, hollow=False, when=f"({_COMPLETED} OR {_ONGOING}) AND NOT {_HEADLESS}"),
            _head(colour, hollow=True, when=f"({meant}) AND NOT {_HEADLESS}"),
            _ring(colour, f"{_ONGOING} AND NOT {_HEADLESS}"),
            _crosses(DENIED, _DENIED),
        ],
        opacity(),
    )


def _width(more: float = 0) -> str:
    """Return the width of a line by how it was obtained, in millimetres; `more` pixels for a casing."""
    cases = " ".join(
        f"WHEN coalesce(\"how\", '') LIKE '%{how}%' THEN {mm(WIDTHS[how] + more)}"
        for how in (How.SCHEMATIC, How.INFERRED, How.REPORTED)
    )
    return f"CASE {cases} ELSE {mm(WIDTHS[How.INFERRED] + more)} END"


def _hollow() -> SymbolLayer:
    """Leave the middle of a line open where its bends are not known."""
    told = {"SymbolType": "Line", "geometryModifier": _STRAIGHT, "units": "MapUnit"}
    inner = line(PAPER, WIDTHS[How.INFERRED] - 2, by={"outlineWidth": _width(-2)})
    return SymbolLayer("GeometryGenerator", told, {"enabled": f"NOT ({_SCHEMATIC})"}, Symbol("line", [inner]))


def _angles(colour: str) -> SymbolLayer:
    """Return four angles round each place that is reached or left, pointing to it or away."""
    side = {"offset": f"if({_ARRIVES}, '{mm(-13)},0', '{mm(13)},0')"}
    marks = [
        marker("arrowhead", 8, fill=tone, edge=tone, edge_pixels=width, by=side, angle=angle)
        for tone, width in ((PAPER, 5), (colour, 2.4))
        for angle in (45, 135, 225, 315)
    ]
    told = {"SymbolType": "Marker", "geometryModifier": _KNOWN_ENDS, "units": "MapUnit"}
    return SymbolLayer("GeometryGenerator", told, {"enabled": _STUB}, Symbol("marker", marks))


def _chevrons(every: float, first: float, when: str | None) -> SymbolLayer:
    mark = marker("arrowhead", 4.5, fill=PAPER, edge=PAPER, edge_pixels=1.6)
    return markers_along([mark], every=every, first=first, when=when)


def _head(colour: str, *, hollow: bool, when: str | None) -> SymbolLayer:
    # a triangle that stands on its base, moved down by half its height and turned: its tip is the end of the line
    looks = [(PAPER, PAPER, 3), (PAPER, colour, 2) if hollow else (colour, colour, 1)]
    marks = [
        marker("triangle", _HEAD, fill=fill, edge=edge, edge_pixels=width, offset=(0, _HEAD / 2), angle=90)
        for fill, edge, width in looks
    ]
    return markers_along(marks, at="lastvertex", when=when)


def _ring(colour: str, when: str) -> SymbolLayer:
    """Return a ring behind the head: it is under way."""
    mark = marker("circle", 8, fill=PAPER, edge=colour, edge_pixels=2, offset=(-1.15 * _HEAD, 0))
    return markers_along([mark], at="lastvertex", when=when)


def _crosses(colour: str, when: str | None) -> SymbolLayer:
    halo = marker("cross2", 9, fill=rgba(PAPER), edge=PAPER, edge_pixels=5)
    mark = marker("cross2", 8, fill=rgba(colour), edge=colour, edge_pixels=2)
    return markers_along([halo, mark], every=42, first=21, when=when)
