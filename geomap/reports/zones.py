"""The plan of a zone, a corridor or a front, from all sentences that speak of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.models import AreaKind, AreaPlan, PlaceRef, Range
from geomap.reports.limits import around_of, border_of, country_of_zone, ends_of, region_of, says_of_border
from geomap.reports.lines import border_ref, is_both_sided, line_of, lines_in, road_between
from geomap.reports.sizes import depth_of, length_of, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.limits import Claim
    from geomap.reports.lines import ToldLine
    from geomap.reports.passage import Passage
    from geomap.reports.places.resolve import Context

__all__ = ["plan_of"]

_CORRIDOR = re.compile(r"\bcorridors?\b", re.IGNORECASE)
_MEASURES = frozenset(["km", "kilometer", "kilometre", "mile", "metre", "meter", "width", "town", "city", "village"])
_STRETCH = re.compile(r"\b(?:stretch|section|segment|portion)\b", re.IGNORECASE)


def plan_of(
    best: Claim,
    claims: list[Claim],
    passages: Sequence[Passage],
    actor: str | None,
    context: Context,
    gazetteer: Gazetteer,
) -> AreaPlan:
    """Return what is told of the shape of one zone; `best` is the sentence that says most, and is asked first."""
    ordered = [best, *claims]
    ends = ends_of(claims)
    length = next((n for c in claims if (n := _length(c.sentence.text))), None)
    if best.kind is AreaKind.FRONT:
        return AreaPlan(ends=ends, length_m=length)
    if best.kind is AreaKind.CONTROL and not any(_reaches(c, ends[0]) for c in claims if ends):
        return AreaPlan()  # "in the corridor, on their way from A to B"
    if ends and any(_CORRIDOR.search(c.text) for c in claims):
        width = next((w for c in ordered if (w := width_of(c.sentence.text) or depth_of(c.sentence.text))), None)
        road = road_between(*ends) if len(ends) == 2 else None
        return AreaPlan(line=road, ends=ends, width_m=width, length_m=length)
    depth = next((d for c in ordered if (d := depth_of(c.sentence.text))), None)
    along = next((found for c in ordered if (found := _line(c, context, gazetteer))), ())
    if len(along) > 1 or any(line.pair is None for line in along):
        plan = _beside(claims, along, depth, context, gazetteer)
    else:
        plan = _bordering(claims, passages, actor, depth, context, gazetteer)
    plan = replace(plan, length_m=length)
    if length and not (plan.region or plan.around or plan.ends or plan.border or plan.line):
        plan = replace(plan, part_of=country_of_zone(claims))
    return plan


def _reaches(claim: Claim, first: PlaceRef) -> bool:
    """Whether no other noun stands between a corridor and the place it begins at."""
    start = next((t.first for m, t in claim.names() if m.text == first.text), None)
    if start is None:
        return False
    low, high = sorted((claim.token.i, start))
    between = claim.passage.doc[low + 1 : high]
    return not any(t.pos_ in {"NOUN", "PROPN"} and t.lemma_.lower() not in _MEASURES for t in between)


def _line(claim: Claim, context: Context, gazetteer: Gazetteer) -> tuple[ToldLine, ...]:
    return line_of(lines_in(claim.sentence, claim.passage, context, gazetteer), claim.passage)


def _bordering(
    claims: list[Claim],
    passages: Sequence[Passage],
    actor: str | None,
    depth: Range | None,
    context: Context,
    gazetteer: Gazetteer,
) -> AreaPlan:
    """Return the plan of a zone along a border, around places, or in a region."""
    limits = border_of(claims, passages, actor, context, gazetteer)
    plan = AreaPlan(
        border=limits.pair, side=limits.side, both_sides=limits.both_sides, depth_m=depth,
        ends=ends_of(claims), region=region_of(claims, limits.side), around=around_of(claims),
    )  # fmt: skip
    if plan.around and not any(says_of_border(c.sentence.text) for c in claims):
        return replace(plan, border=None, side=None, both_sides=False)
    return plan


def _beside(
    claims: list[Claim], along: tuple[ToldLine, ...], depth: Range | None, context: Context, gazetteer: Gazetteer
) -> AreaPlan:
    """Return the plan of a zone that is told by a line which is no border, or by the two it lies between.

    Without a depth it reaches as far as the region or country it is in; with one, it is what of it lies in the region.
    """
    region = region_of(claims, None)
    side = next(iter(context.countries), None) if depth is None and region is None else None
    if len(along) > 1:
        return AreaPlan(between=tuple(border_ref(line, gazetteer) for line in along), region=region, side=side)
    line, both = along[0], any(is_both_sided(c.sentence.text) for c in claims)
    bearing = None if both else line.bearing
    return AreaPlan(line=line.ref, bearing=bearing, both_sides=both, depth_m=depth, region=region, side=side)


def _length(text: str) -> Range | None:
    return None if _STRETCH.search(text) else length_of(text)
