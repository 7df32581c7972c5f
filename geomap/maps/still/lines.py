"""The lines of the still picture: a pattern by status, dots where the way is not known, a head, the actor's letters."""

from __future__ import annotations

import math
from itertools import chain as chained
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.maps.lines import chains
from geomap.maps.still.frame import path
from geomap.maps.still.story import PAPER
from geomap.terms import How, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.still.frame import Frame, Labels
    from geomap.maps.still.story import Ink
    from geomap.models import Leg, Movement

    Points = NDArray[np.float64]
    _Chain = list[tuple[How, Points]]

__all__ = ["crowd", "lines", "tags"]

WIDTH = {How.REPORTED: 5.0, How.INFERRED: 3.6, How.SCHEMATIC: 2.8}
DASHES = {Status.PLANNED: "12 8", Status.ORDERED: "12 8"}
SURE, MIDDLE = 0.75, 0.5
"""Confidence from which a claim is drawn with full strength, and from which with a casing; as on the page."""
CASED = 30
"""More lines are drawn without a casing, which would take as much room as the lines."""
STRAY_PX = 1.0
"""How far a line may be drawn from where it is."""
RING_PX = 6.0
"""How far an arrow head stays away from the spot it points to."""
LANE_PX = 6.0
"""How far apart lines between the same two spots are drawn."""
BEND = 0.12
"""How far a schematic line bends away from the straight one, as a share of its length."""
CROSSES_PX = 42.0
CROWD_VERTICES, CROWD_LINES = 36_000, 12_000
"""Most vertices of a crowd; most of its lines, of more each n-th is drawn."""


def lines(frame: Frame, movements: Sequence[Movement], ink: Ink, labels: Labels) -> Iterator[str]:
    """Yield the lines: the pattern says the status, dots that the way is not known, strength how sure it is."""
    lanes: dict[frozenset[tuple[int, int]], int] = {}
    for movement in sorted(movements, key=lambda item: item.status is Status.DENIED):
        drawn = [[(leg.how, _pixels(frame, leg)) for leg in chain] for chain in chains(movement.route)]
        drawn = _beside(drawn, lanes)
        drawn = [chain for chain in drawn if any(_far(points) for _, points in chain)]
        if not drawn:
            continue
        look = "" if movement.confidence >= SURE else f' opacity="{0.85 if movement.confidence >= MIDDLE else 0.6}"'
        cased = movement.confidence >= MIDDLE and len(movements) <= CASED
        parts = [part for chain in drawn for part in _chain(chain, movement, ink.of(movement), cased=cased)]
        yield f'<g fill="none" stroke-linejoin="round"{look}>{"".join(parts)}</g>'
        for _, points in chained.from_iterable(drawn):
            for x, y in _along(points, 14.0):
                labels.lines.append((x - 4, y - 4, x + 4, y + 4))


def tags(
    frame: Frame, movements: Iterable[Movement], ink: Ink, tagged: dict[str, str], labels: Labels
) -> Iterator[str]:
    """Yield the letters of the actors beside their lines."""
    for movement in movements:
        legs = [leg for chain in chains(movement.route) for leg in chain]
        if not movement.actor or not legs:
            continue
        points = _pixels(frame, max(legs, key=lambda leg: leg.length_m))
        words = tagged.get(movement.actor, "")
        words += " · schematic" if all(leg.how is How.SCHEMATIC for leg in legs) else ""
        tag = [(words, 11.0, ink.of(movement), ' font-weight="bold"')]
        spots = [_at(points, share) for share in (0.5, 0.35, 0.65)]
        tried = (labels.name(x, y, tag, gap=gap) for gap in (8, 15) for x, y in spots if frame.holds(x, y))
        yield next(filter(None, tried), "")


def _chain(chain: Sequence[tuple[How, Points]], movement: Movement, colour: str, *, cased: bool) -> Iterator[str]:
    status = movement.status
    width = {how: WIDTH[how] for how, _ in chain}
    data = [(how, path(points)) for how, points in chain]
    if cased:
        whole = "".join(line for _, line in data)
        yield f'<path d="{whole}" stroke="{PAPER}" stroke-width="{max(width.values()) + 3:g}"/>'
    for how, line in data:
        dash = ' stroke-dasharray="0.1 5.5" stroke-linecap="round"' if how is How.SCHEMATIC else _dash(status)
        yield f'<path d="{line}" stroke="{colour}" stroke-width="{width[how]:g}"{dash}/>'
    end = np.concatenate([points for _, points in chain])
    if status is Status.DENIED:
        crosses = "".join(f"M{x - 4:.0f} {y - 4:.0f}l8 8m0-8l-8 8" for x, y in _along(end, CROSSES_PX))
        yield f'<path d="{crosses}" stroke="{colour}" stroke-width="2"/>'
    elif not (movement.route and movement.route.open_end):
        yield _arrow(end, colour, status)


def _beside(drawn: list[_Chain], lanes: dict[frozenset[tuple[int, int]], int]) -> list[_Chain]:
    """Return the chains beside those drawn before between the same two spots."""
    moved = []
    for chain in drawn:
        ends = frozenset((round(x / 8), round(y / 8)) for x, y in (chain[0][1][0], chain[-1][1][-1]))
        lane = lanes.setdefault(ends, 0)
        lanes[ends] += 1
        moved.append([(how, points + LANE_PX * lane * _normals(points)) for how, points in chain])
    return moved


def _normals(points: Points) -> Points:
    """Return per vertex the unit vector across the line, always to the same side of the sheet."""
    way = np.gradient(points, axis=0) if len(points) > 1 else np.ones_like(points)
    across = np.column_stack([-way[:, 1], way[:, 0]])
    unit: Points = across / np.maximum(1e-9, np.hypot(*across.T))[:, None]
    return unit if points[-1, 0] >= points[0, 0] else -unit


def _dash(status: Status) -> str:
    return f' stroke-dasharray="{DASHES[status]}"' if status in DASHES else ""


def _pixels(frame: Frame, leg: Leg) -> Points:
    """Return a leg in pixels; one of two points whose way is not known as an arc, which nobody takes for a road."""
    points = frame.pixels(shapely.get_coordinates(leg.geometry))
    if leg.how is not How.SCHEMATIC or len(points) > 2:
        plain: Points = shapely.get_coordinates(shapely.simplify(shapely.linestrings(points), STRAY_PX))
        return plain
    (x0, y0), (x1, y1) = points
    share = np.linspace(0, 1, 17)[:, None]
    bow = np.array([[y0 - y1, x1 - x0]]) * BEND * 4 * share * (1 - share)
    arc: Points = points[:1] + (points[1:] - points[:1]) * share + bow
    return arc


def _far(points: Points) -> bool:
    return bool(np.ptp(points, axis=0).max() > 1)


def _arrow(points: Points, colour: str, status: Status) -> str:
    """Return the head at the end of a line: filled when done, hollow when only meant, in a ring while under way."""
    end = points[-1]
    away = np.hypot(*(points - end).T)
    before = points[np.flatnonzero(away > 8)[-1]] if (away > 8).any() else points[0]
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    x, y = end[0] - RING_PX * math.cos(angle), end[1] - RING_PX * math.sin(angle)
    place = f'transform="translate({x:.0f},{y:.0f}) rotate({math.degrees(angle):.0f})"'
    fill = PAPER if status in DASHES else colour
    ring = (
        f'<circle r="10" cx="-5" fill="{PAPER}" stroke="{colour}" stroke-width="1.6"/>'
        if status is Status.ONGOING
        else ""
    )
    head = f'<path d="M1 0L-13-6.5V6.5z" fill="{fill}" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round"/>'
    return f"<g {place}>{ring}{head}</g>"


def _along(points: Points, step: float) -> Points:
    """Return points along a line, so many pixels apart, the first one half of that from its start."""
    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    at = np.arange(step / 2, min(far[-1], 4_000.0), step)
    return np.column_stack([np.interp(at, far, points[:, axis]) for axis in (0, 1)])


def _at(points: Points, share: float) -> tuple[float, float]:
    far = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    x, y = (float(np.interp(share * far[-1], far, points[:, axis])) for axis in (0, 1))
    return x, y


def crowd(frame: Frame, movements: Sequence[Movement], ink: Ink) -> tuple[list[str], int]:
    """Return very many lines as one path for each look, and of how many lines one is drawn."""
    each = 1 + len(movements) // CROWD_LINES
    looks: dict[tuple[str, str], list[BaseGeometry]] = {}
    for movement in movements[::each]:
        for leg in movement.route.legs if movement.route else ():
            schematic = leg.how is How.SCHEMATIC
            dash = ' stroke-dasharray="0.1 4" stroke-linecap="round"' if schematic else _dash(movement.status)
            looks.setdefault((ink.of(movement), dash), []).append(leg.geometry)
    most = max(2, CROWD_VERTICES // max(1, sum(map(len, looks.values()))))
    drawn = []
    for (colour, dash), legs in looks.items():
        if data := _crowd_path(*_thinned(frame, legs, most)):
            look = f'stroke="{colour}" stroke-width="1.6" opacity=".75"{dash}'
            drawn.append(f'<path d="{data}" fill="none" {look}/>')
    return drawn, each


def _thinned(frame: Frame, legs: list[BaseGeometry], most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return at most so many vertices of each line, its ends among them, in whole pixels, and whose they are."""
    points, owner = shapely.get_coordinates(np.array(legs, dtype=object), return_index=True)
    whole = np.rint(frame.pixels(points)).astype(np.int64)
    counts = np.bincount(owner, minlength=len(legs))
    starts = np.cumsum(counts) - counts
    rows = np.flatnonzero(counts > 1)
    taken = starts[rows, None] + (np.arange(most) * (counts[rows, None] - 1)) // (most - 1)
    whole, owner = whole[taken.ravel()], owner[taken.ravel()]
    new = np.append(True, owner[1:] != owner[:-1])
    moved = new | np.append(True, (whole[1:] != whole[:-1]).any(axis=1))
    whole, owner = whole[moved], owner[moved]
    long = np.bincount(owner, minlength=len(legs))[owner] > 1
    return whole[long], owner[long]


def _crowd_path(points: NDArray[np.int64], owner: NDArray[np.int64]) -> str:
    if not len(points):
        return ""
    steps = np.diff(points, axis=0, prepend=points[:1])
    new = np.append(True, owner[1:] != owner[:-1])
    steps[new] = points[new]
    words = [f"M{x} {y}l" if first else f"{x} {y} " for first, (x, y) in zip(new.tolist(), steps.tolist(), strict=True)]
    return "".join(words).replace(" -", "-").replace(" M", "M").rstrip()
