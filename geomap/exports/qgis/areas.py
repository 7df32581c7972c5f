"""Areas in QGIS: hatched where their limits were not published, with what may belong to them lightly around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.look import DENIED, PAPER, TURNS
from geomap.exports.qgis.expressions import literal, meant
from geomap.exports.qgis.symbols import Rule, Symbol, SymbolLayer, line, marker, markers_along, mm, rgba

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.maps.style import Actor

__all__ = ["lines", "polygons", "possible_lines", "possible_polygons"]

_DENIED = "\"status\" = 'denied'"
_DASHES, _DOTTED = (10, 6), (0.1, 4)
_BAND = 9
_PUBLISHED = 'coalesce("published_limits", false)'
_THIN = "222400000 * area($geometry) / perimeter($geometry) / @map_scale < 1.85"
"""Narrower on the screen than a band, in millimetres: it gets one along its edge, so that it can be seen.

The width is twice the area over the length of the edges, in degrees of 111.2 km.
"""
_FRONT = "\"kind\" = 'front'"


def polygons(actors: Sequence[Actor]) -> list[Rule]:
    """Return the rules of areas that have an extent."""
    return _by_actor(actors, _zone)


def possible_polygons(actors: Sequence[Actor]) -> list[Rule]:
    """Return the rules of what may belong to an area."""
    return _by_actor(actors, _possible)


def lines(actors: Sequence[Actor]) -> list[Rule]:
    """Return the rules of areas that are lines: stretches of road, and fronts."""
    return _by_actor(actors, _stretch)


def possible_lines(actors: Sequence[Actor]) -> list[Rule]:
    """Return the rules of what may belong to a stretch or front."""
    return _by_actor(actors, lambda colour, _: Symbol("line", [line(colour, _BAND, opacity=0.28)]))


def _by_actor(actors: Sequence[Actor], symbol: Callable[[str, float], Symbol]) -> list[Rule]:
    """Return a rule for what is denied, one for each actor, and one for others."""
    rules = [Rule("denied", _DENIED, symbol(DENIED, 22.5))]
    for number, actor in enumerate(actors):
        own = f"\"actor\" = {literal(actor.name)} AND coalesce(\"status\", '') <> 'denied'"
        rules.append(Rule(f"{actor.name} ({actor.tag})", own, symbol(actor.light, TURNS[number % len(TURNS)])))
    return [*rules, Rule("not named", "ELSE", symbol(DENIED, 22.5))]


def _zone(colour: str, turn: float) -> Symbol:
    published = line(colour, 1.6, opacity=0.6, by={"enabled": f"{_PUBLISHED} AND NOT ({meant})"})
    return Symbol(
        "fill",
        [
            _fill(colour, 0.11),
            _hatch(colour, turn),
            line(colour, 7, opacity=0.4, by={"enabled": _THIN}),
            published,
            line(colour, 1.6, opacity=0.6, dashes=_DASHES, by={"enabled": meant}),
            _crosses(colour),
        ],
    )


def _possible(colour: str, turn: float) -> Symbol:  # noqa: ARG001
    edge = line(colour, 1.3, opacity=0.35, dashes=_DOTTED, round_ends=True)
    return Symbol("fill", [_fill(colour, 0.07), edge])


def _stretch(colour: str, turn: float) -> Symbol:  # noqa: ARG001
    band, front = f"NOT ({_FRONT})", _FRONT
    teeth = marker("line", 10, fill=colour, edge=colour, edge_pixels=2)
    return Symbol(
        "line",
        [
            line(PAPER, _BAND + 4, by={"enabled": band}),
            line(colour, _BAND, opacity=0.72, by={"enabled": f"{band} AND NOT ({meant})"}),
            line(colour, _BAND, opacity=0.72, dashes=_DASHES, by={"enabled": f"{band} AND ({meant})"}),
            line(PAPER, 6, by={"enabled": front}),
            line(colour, 3, opacity=0.9, by={"enabled": f"{front} AND NOT ({meant})"}),
            line(colour, 3, opacity=0.9, dashes=_DASHES, by={"enabled": f"{front} AND ({meant})"}),
            markers_along([teeth], every=14, first=7, when=front),
            _crosses(colour),
        ],
    )


def _fill(colour: str, opacity: float) -> SymbolLayer:
    return SymbolLayer("SimpleFill", {"color": rgba(colour, opacity), "outline_style": "no", "style": "solid"})


def _hatch(colour: str, turn: float) -> SymbolLayer:
    # the map's tile of 9 pixels has its lines 9 / √2 apart, rising to the right; it turns clockwise, QGIS against it
    told = {"angle": f"{(45 - turn) % 180:g}", "distance": mm(6.4)}
    return SymbolLayer(
        "LinePatternFill",
        told,
        {"enabled": f"NOT {_PUBLISHED}"},
        Symbol("line", [line(colour, 1.6, opacity=0.45)]),
    )


def _crosses(colour: str) -> SymbolLayer:
    halo = marker("cross2", 9, fill=rgba(PAPER), edge=PAPER, edge_pixels=5)
    mark = marker("cross2", 8, fill=rgba(colour), edge=colour, edge_pixels=2)
    return markers_along([halo, mark], every=60, first=20, when=_DENIED)
