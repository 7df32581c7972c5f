"""Rows of a table as areas: their plan, and the shape that was built, drawn or given."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomap.models import Area, AreaKind, AreaPlan, PlaceRef, Range, Shape, Status
from geomap.tables import marks
from geomap.tables.claims import claim
from geomap.tables.details import ONE_REF, RANGES, SEVERAL_REFS, plan_from
from geomap.tables.places import BY_HAND

if TYPE_CHECKING:
    from geomap.tables.claims import Cited
    from geomap.tables.places import Places
    from geomap.tables.rows import Row

__all__ = ["PLAN", "area"]

PLAN = (
    *(f"{name[:-2]}{bound}" for name in RANGES for bound in ("_m", "_max_m")),
    *("border", "side", "both_sides", "bearing", "road"),
    *(*SEVERAL_REFS, *ONE_REF),
)
"""The columns of an area's plan."""
_CODES = re.compile(r"([A-Za-z]{2})\s*[-–/,;& ]\s*([A-Za-z]{2})")


def area(row: Row, cited: Cited, places: Places) -> Area:
    """Return the area of a row: without a shape where one is to be built from its plan."""
    plan, moved = _plan(row, places)
    if moved:
        row.follow("plan")
    shape = _shape(row, cited, planned_anew=moved or row.ends(PLAN))
    return Area(
        id=cited.own_id(row.text("id"), "a", len(cited.areas) + 1),
        provenance=claim(row, cited),
        text=row.verbatim("words") or row.text("name"),
        kind=row.choice(AreaKind, "kind", AreaKind.CONTROL),
        status=row.choice(Status, "status", Status.COMPLETED),
        actor=row.some("actor"),
        plan=plan,
        date=row.days(),
        date_text=row.some("date_text") or (None if row.is_own else row.some("date")),
        shape=shape,
        note=row.some("note"),
    )


def _shape(row: Row, cited: Cited, *, planned_anew: bool) -> Shape | None:
    if not row.is_own:
        return _drawn(row, "Drawn as the table gives it.", published=True)
    own = cited.issues_of(row, "area")
    if marks.GEOMETRY in row.changed:
        cited.settled.update(own)
        return _drawn(row, "Drawn by hand.", published=False)
    if planned_anew:
        cited.settled.update(own)
        if row.yes("given"):
            row.problems.append("its shape was given, and no longer fits its plan; it was dropped and built anew")
        return None
    if row.geometry is None and row.possible is None:
        return None
    import shapely

    return Shape(
        shapely.Polygon() if row.geometry is None else row.geometry,
        row.text("built_from") or "As the table has it.",
        row.number("along_m"),
        row.number("area_m2"),
        published_limits=row.yes("published_limits"),
        possible=row.possible,
        issues=own,
        given=row.yes("given"),
    )


def _drawn(row: Row, words: str, *, published: bool) -> Shape | None:
    """Return the geometry of a row as the shape; an area that is a line has a length."""
    from geomap.geometry.geodesy import area_m2, length_m
    from geomap.tables.shapes import kind_of

    kind = kind_of(row.geometry)
    if row.geometry is None or kind not in {"area", "line"}:
        if row.geometry is not None:
            row.problems.append(f"an area is no {kind}; draw its outline")
        return None
    size = area_m2(row.geometry) if kind == "area" else None
    length = length_m(row.geometry) if kind == "line" else None
    return Shape(row.geometry, words, length, size, published_limits=published, given=True)


def _plan(row: Row, places: Places) -> tuple[AreaPlan, bool]:
    """Return the plan of a row, and whether a place of it was moved where the report mentions it."""
    plan = AreaPlan()
    if row.is_own and row.text("plan"):
        try:
            plan = plan_from(row.text("plan"), places.known)
        except (ValueError, KeyError, TypeError) as error:
            row.problems.append(f"plan cannot be read ({error}); its shape cannot be built anew")
    followed = plan if not row.is_own else _followed(plan, row.text("report_id"), places)
    columns = set(PLAN) & (row.changed if row.is_own else {name for name in PLAN if row.text(name)})
    return replace(followed, **_told(row, columns, followed, places)), followed != plan


def _told(row: Row, columns: set[str], plan: AreaPlan, places: Places) -> dict[str, Any]:
    """Return the fields of a plan that columns tell."""
    told: dict[str, Any] = {}
    for name in RANGES:
        if columns & {name, f"{name[:-2]}_max_m"}:
            told[name] = _range(row, name)
    if "border" in columns:
        told["border"] = _border(row)
    if "side" in columns:
        told["side"] = row.text("side").upper() or None
    if "both_sides" in columns:
        told["both_sides"] = row.yes("both_sides")
    if "bearing" in columns:
        told["bearing"] = row.number("bearing")
    if "road" in columns:
        told["road"] = row.some("road")
    for name in columns & {*SEVERAL_REFS, *ONE_REF}:
        refs = _refs(row, name, plan, places)
        told[name] = refs if name in SEVERAL_REFS else next(iter(refs), None)
    return told


def _range(row: Row, name: str) -> Range | None:
    """Return a range; of a single number that was corrected the upper bound goes along."""
    upper = f"{name[:-2]}_max_m"
    if name in row.changed and upper not in row.changed:
        low, high = row.number(name), row.number(upper)
        if low is not None and high is not None and marks.was(row.layer, row.mark, name, high):
            return Range(low, low)
    return row.span(name[:-2])


def _border(row: Row) -> tuple[str, str] | None:
    given = row.text("border")
    found = _CODES.fullmatch(given)
    if given and not found:
        row.problems.append(f"border {given!r} is no pair of country codes; write it as SY-TR")
    return (found[1].upper(), found[2].upper()) if found else None


def _refs(row: Row, name: str, plan: AreaPlan, places: Places) -> tuple[PlaceRef, ...]:
    """Return the places of a corrected column; those that were there before stay what they were."""
    old = getattr(plan, name) or ()
    known = {
        words.casefold(): ref
        for ref in (old if isinstance(old, tuple) else (old,))
        for words in (ref.text, ref.place and ref.place.name)
        if words
    }
    return tuple(known.get(words.casefold()) or places.ask(words) for words in row.listed(name))


def _followed(plan: AreaPlan, report: str, places: Places) -> AreaPlan:
    """Return a plan with the places that a person has corrected where the report mentions them."""

    def ref(old: PlaceRef) -> PlaceRef:
        place = places.moved.get((report, old.text.casefold()))
        return replace(old, place=place, reason=BY_HAND) if place else old

    several = {name: tuple(map(ref, getattr(plan, name))) for name in SEVERAL_REFS}
    alone = {name: ref(old) for name in ONE_REF if (old := getattr(plan, name))}
    within = _followed(plan.within, report, places) if plan.within else None
    return replace(plan, within=within, **several, **alone)  # type: ignore[arg-type]
