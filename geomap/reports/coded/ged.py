"""Tables of the UCDP Georeferenced Event Dataset (GED) as incidents.

The columns and codes are those of the UCDP GED codebook. An event is a use of armed force with at least one death; how
it was used is not coded, so that an air strike in a war of two sides is a clash here too. One-sided violence is left
out.

where_prec
    1 is the place itself, 5 km; 2 is within about 25 km of it. 3 is a district and 4 a province, 5 a vague or long
    stretch of land, 6 a country, 7 the sea or the air over it: all of these are areas, not the point that is given.
date_prec
    1 is a day; all others are some day of those from ``date_start`` to ``date_end``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.models import IncidentKind, Interval, PlaceRef
from geomap.reports.coded.cells import Cells, day_of
from geomap.reports.coded.databases import UCDP
from geomap.reports.coded.events import Event, Events
from geomap.reports.coded.parties import Parties
from geomap.reports.coded.spots import COUNTRY, NEAR_M, REGION, TOWN_M, Spots
from geomap.tables.cells import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Row = Mapping[str, object]

__all__ = ["is_ged", "read_ged"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "relid"),
    "type": ("type_of_violence", "type_of_vi"),
    "conflict": ("conflict_name", "conflict_n"),
    "side_a": ("side_a",),
    "side_b": ("side_b",),
    "first": ("date_start",),
    "last": ("date_end",),
    "days": ("date_prec",),
    "where": ("where_prec",),
    "location": ("where_coordinates", "where_coor"),
    "told": ("where_description", "where_desc"),
    "adm_1": ("adm_1",),
    "adm_2": ("adm_2",),
    "country": ("country",),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "headline": ("source_headline", "source_hea"),
    "office": ("source_office", "source_off"),
    "published": ("source_date", "source_dat"),
    "best": ("best", "best_est"),
    "low": ("low", "low_est"),
    "high": ("high", "high_est"),
    "grade": ("grade",),
}
_NEEDED = {"where_prec", "date_prec", "date_start"}

_CLASHES = {"1": "state-based violence", "2": "non-state violence"}
_OTHERS = {"3": "one-sided violence"}
_EXACT = {
    "1": (TOWN_M, "the place itself, by UCDP (where_prec 1)"),
    "2": (NEAR_M, "within about 25 km of this place, by UCDP (where_prec 2)"),
}
_INEXACT = (NEAR_M, "the table does not say how exactly it is known")
_AREAS = {"3": "A.ADM2", "4": REGION, "5": "L.RGN", "6": COUNTRY, "7": "L.RGN"}


def is_ged(columns: Iterable[str]) -> bool:
    """Return whether lower-case columns are those of a table of UCDP GED, in any order, with some of them missing."""
    have = set(columns)
    return have >= _NEEDED and not have.isdisjoint({*_COLUMNS["type"], "side_a"})


def read_ged(rows: Sequence[tuple[str, Row]], name: str, where: str, resolve: Callable[[str], PlaceRef]) -> Events:
    """Return the events of a table, with what could not be used of it.

    Parameters
    ----------
    rows
        Where each row stands, in words, and its cells by lower-case column name.
    name
        Id of the report, and start of the ids.
    where
        The file in the words of issues.
    resolve
        Turns the name of a region or country into a place.
    """
    events = Events(UCDP, name, where)
    cells = Cells.of({key for _, row in rows[:100] for key in row}, _COLUMNS)
    spots = Spots(resolve)
    reader = _Reader(events, cells, spots, Parties(spots.country_of, Gazetteer()))
    for at, row in rows:
        reader.read(at, row)
    return events


@dataclass(frozen=True, slots=True)
class _Reader:
    events: Events
    cells: Cells
    spots: Spots
    parties: Parties

    def read(self, at: str, row: Row) -> None:
        """Keep the event of a row, or count why it is left out."""
        cells, events = self.cells, self.events
        code, own = cells.code(row, "type"), cells.text(row, "id") or at
        if cells.repeats_header(row, "days"):
            events.trouble(at, "repeats the header; left out")
        elif code not in _CLASHES:
            events.pass_over(_OTHERS.get(code, f"type of violence {code or 'missing'}"))
        elif events.has(own):
            events.trouble(at, "bears the id of an event that came before; left out")
        else:
            days, days_text = self._days(at, row)
            sides = [words for role in ("side_a", "side_b") if (words := cells.text(row, role))]
            events.add(
                Event(
                    id=own,
                    kind=IncidentKind.CLASH,
                    trigger=f"UCDP: {_CLASHES[code]}",
                    actor=self.parties.name(cells.text(row, "side_a"), cells.text(row, "country")),
                    place=self._place(at, row),
                    days=days,
                    days_text=days_text,
                    quote=cells.text(row, "headline") or "; ".join((_CLASHES[code], *sides)),
                    said_by=cells.text(row, "office") or None,
                    published=day_of(cells.text(row, "published")),
                    grade=cells.grade(row),
                    note=self._note(row, _CLASHES[code], sides),
                )
            )

    def _days(self, at: str, row: Row) -> tuple[Interval | None, str | None]:
        """Return the days from first to last, and words that say so where it was on some day of them."""
        written = self.cells.text(row, "first")
        first = day_of(written)
        last = day_of(self.cells.text(row, "last")) or first
        if first is None or last is None or last < first:
            self.events.trouble(at, "has no days that can be read; write them as 2019-01-31")
            return None, written or None
        sure = first == last or self.cells.code(row, "days") == "1"
        return Interval(first, last), None if sure else f"between {first} and {last}"

    def _place(self, at: str, row: Row) -> PlaceRef:
        cells = self.cells
        location, country, province, district = (
            cells.text(row, role) for role in ("location", "country", "adm_1", "adm_2")
        )
        point, code = cells.point(row), cells.code(row, "where")
        if feature := _AREAS.get(code):
            name = {"3": district, "4": province, "6": country}.get(code) or location
            asked = {"4": [f"{province}, {country}", f"{province} province, {country}"], "6": [country]}.get(code, [])
            why = f"UCDP knows no more than this area (where_prec {code})"
            if area := self.spots.region(
                name, feature, point, asked=asked if name else (), reason=why, country=country
            ):
                return area
        if point is None:
            found = self.spots.named(location, ", ".join(filter(None, (location, country))))
            self.events.trouble(
                at, "gives no latitude and longitude that can be; " + ("placed by name" if found else "not on the map")
            )
            return found or PlaceRef(location or province or country, None, "the table does not say where it is")
        radius, why = _EXACT.get(code, _INEXACT)
        return self.spots.spot(location, point, radius, reason=why, country=country, admin1=province)

    def _note(self, row: Row, words: str, sides: Sequence[str]) -> str:
        """Return what else the row says, in sentences."""
        best, low, high = (number_of(self.cells.text(row, role)) for role in ("best", "low", "high"))
        told = [f"{words.capitalize()}."]
        if sides:
            told.append(f"Actors as coded: {'; '.join(sides)}.")
        if conflict := self.cells.text(row, "conflict"):
            told.append(f"Conflict: {conflict}.")
        if best is not None:
            span = f" ({low:,.0f} to {high:,.0f})" if low is not None and high is not None and low < high else ""
            told.append(f"Deaths, UCDP's best estimate: {best:,.0f}{span}.")
        if where := self.cells.text(row, "told"):
            told.append(f"Where: {where}.")
        return " ".join(told)
