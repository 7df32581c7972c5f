"""Exports of ACLED, the Armed Conflict Location & Event Data project, as incidents.

The columns and codes are those of the ACLED codebook. Names of columns are known in today's form, in the older one
(``ally_actor_1``, ``data_id``) and as shapefiles cut them at ten letters (``EVENT_ID_C``).

time_precision
    1 is the day; 2 some day of the week round the day that is given; 3 some day of its month.
geo_precision
    1 is a named town, which gets 5 km. 2 is near a named town, or a small part of a region that a town stands for; the
    codebook gives no figure, and the 25 km are those that UCDP GED names for its code of the same meaning. 3 is a
    region, for which its capital or a natural feature stands: the first-level unit is shown, not the point.

ACLED says that actor 1 and actor 2 do not tell who attacked whom. Actor 1 is the actor of the incident, the other is in
its note; of territory that changed hands it is whoever the code says has it now.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.models import IncidentKind, Interval, PlaceRef
from geomap.reports.coded.cells import Cells, day_of, slashed_order
from geomap.reports.coded.databases import ACLED
from geomap.reports.coded.events import Event, Events
from geomap.reports.coded.parties import Parties
from geomap.reports.coded.spots import NEAR_M, REGION, TOWN_M, Spots
from geomap.tables.cells import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, object]

__all__ = ["KINDS", "is_acled", "read_acled"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("event_id_cnty", "event_id_c", "data_id"),  # event_id_no_cnty begins anew in each country
    "date": ("event_date",),
    "time_precision": ("time_precision", "time_preci"),
    "type": ("event_type",),
    "sub_type": ("sub_event_type", "sub_event_", "sub_event"),
    "actor1": ("actor1",),
    "with1": ("assoc_actor_1", "ally_actor_1", "assoc_acto", "ally_actor"),
    "inter1": ("inter1",),
    "actor2": ("actor2",),
    "with2": ("assoc_actor_2", "ally_actor_2", "assoc_ac_1", "ally_act_1"),
    "inter2": ("inter2",),
    "civilians": ("civilian_targeting", "civilian_t"),
    "country": ("country",),
    "admin1": ("admin1",),
    "location": ("location",),
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon"),
    "geo_precision": ("geo_precision", "geo_precis"),
    "source": ("source",),
    "notes": ("notes",),
    "deaths": ("fatalities",),
    "tags": ("tags",),
    "grade": ("grade",),
}
_NEEDED = {"event_date", "event_type"}
_SIGNS = {
    "event_id_cnty", "event_id_c", "event_id_no_cnty", "event_id_n", "data_id", "time_precision", "time_preci",
    "sub_event_type", "sub_event_", "actor1", "assoc_actor_1", "ally_actor_1", "assoc_acto", "ally_actor", "inter1",
    "interaction", "geo_precision", "geo_precis", "source_scale", "civilian_targeting", "disorder_type",
}  # fmt: skip
"""Columns that are called so in ACLED's tables and hardly elsewhere."""

KINDS: Mapping[str, IncidentKind] = {
    "armed clash": IncidentKind.CLASH,
    "government regains territory": IncidentKind.CAPTURE,
    "non-state actor overtakes territory": IncidentKind.CAPTURE,
    "air/drone strike": IncidentKind.STRIKE,
    "suicide bomb": IncidentKind.STRIKE,
    "remote explosive/landmine/ied": IncidentKind.STRIKE,
    "chemical weapon": IncidentKind.STRIKE,
    "shelling/artillery/missile attack": IncidentKind.SHELLING,
    "grenade": IncidentKind.SHELLING,
    "non-violent transfer of territory": IncidentKind.CAPTURE,
    "headquarters or base established": IncidentKind.PRESENCE,
    "change to group/activity": IncidentKind.SIGHTING,
    # As event types were called before 2019, without sub-types.
    "battle-no change of territory": IncidentKind.CLASH,
    "battle-government regains territory": IncidentKind.CAPTURE,
    "battle-non-state actor overtakes territory": IncidentKind.CAPTURE,
    "remote violence": IncidentKind.STRIKE,
    # Where an export has no sub-types.
    "battles": IncidentKind.CLASH,
    "explosions/remote violence": IncidentKind.STRIKE,
}
"""What we call an event, by its sub-type, else by its type, in small letters; what is not here is not shown.

Bombs are strikes and grenades are shelling, as in reports (`geomap.reports.deeds`). A change to a group or its activity
may be forces that move, recruits or a new group: all that is sure is that the group was active there, a sighting. It is
no movement, since nothing says whether the place is where it left, where it came to, or where it stayed.
"""
_STATE = {"1", "state forces"}
_REBELS = {
    "2",
    "3",
    "4",
    *(f"{sort}{s}" for sort in ("rebel group", "political militia", "identity militia") for s in ("", "s")),
}
"""Codes of `inter1` and `inter2`: numbers in older exports, words in newer ones."""
_NO_ROUTE = "ACLED codes movements, recruits and new groups alike so; where forces went is not told."
_EXACT = {
    "1": (TOWN_M, "a named town, by ACLED (geo_precision 1)"),
    "2": (NEAR_M, "near this town, or in the part of a region it stands for, by ACLED (geo_precision 2)"),
}
_INEXACT = (NEAR_M, "the table does not say how exactly it is known")


def is_acled(columns: Iterable[str]) -> bool:
    """Return whether lower-case columns are those of an export of ACLED, in any order, with some of them missing."""
    have = set(columns)
    return have >= _NEEDED and len(have & _SIGNS) > 1


def read_acled(rows: Sequence[tuple[str, Row]], name: str, where: str, resolve: Callable[[str], PlaceRef]) -> Events:
    """Return the events of an export, with what could not be used of it.

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
    events = Events(ACLED, name, where)
    cells = Cells.of({key for _, row in rows[:100] for key in row}, _COLUMNS)
    order = slashed_order(cells.text(row, "date") for _, row in rows)
    spots = Spots(resolve)
    reader = _Reader(events, cells, order, spots, Parties(spots.country_of, Gazetteer()))
    for at, row in rows:
        reader.read(at, row)
    return events


@dataclass(frozen=True, slots=True)
class _Reader:
    events: Events
    cells: Cells
    order: str | None
    """In which order the table writes days such as 3/4/2019."""
    spots: Spots
    parties: Parties

    def read(self, at: str, row: Row) -> None:
        """Keep the event of a row, or count why it is left out."""
        cells, events = self.cells, self.events
        kind, code, trigger = self._kind(row)
        own = cells.text(row, "id") or at
        if cells.repeats_header(row, "type"):
            events.trouble(at, "repeats the header; left out")
        elif kind is None:
            events.pass_over(code)
        elif events.has(own):
            events.trouble(at, "bears the id of an event that came before; left out")
        else:
            days, days_text = self._days(at, row)
            note = self._note(row, code, trigger)
            events.add(
                Event(
                    id=own,
                    kind=kind,
                    trigger=trigger,
                    actor=self.parties.name(cells.text(row, self._doer(row, code)), cells.text(row, "country")),
                    place=self._place(at, row),
                    days=days,
                    days_text=days_text,
                    quote=cells.text(row, "notes") or "; ".join(filter(None, (code, *self._actors(row)))),
                    said_by=cells.text(row, "source") or None,
                    grade=cells.grade(row),
                    note=note,
                )
            )

    def _kind(self, row: Row) -> tuple[IncidentKind | None, str, str]:
        """Return what we call an event, what ACLED calls its sub-type, else its type, and the two in words."""
        broad, narrow = self.cells.text(row, "type"), self.cells.text(row, "sub_type")
        kind = KINDS.get(narrow.lower()) if narrow else KINDS.get(broad.lower())
        return kind, narrow or broad or "no type", f"{broad}: {narrow}" if broad and narrow else broad or narrow

    def _doer(self, row: Row, code: str) -> str:
        """Return the role of the actor of an event: of territory that changed hands, who the code says has it now."""
        wanted = {"government regains": _STATE, "non-state actor over": _REBELS}
        winners = next((codes for words, codes in wanted.items() if words in code.lower()), set())
        second = self.cells.code(row, "inter1") not in winners and self.cells.code(row, "inter2") in winners
        return "actor2" if second else "actor1"

    def _actors(self, row: Row) -> list[str]:
        """Return the two actors as ACLED names them, each with those beside it."""
        told = []
        for actor, beside in (("actor1", "with1"), ("actor2", "with2")):
            words, others = self.cells.text(row, actor), self.cells.text(row, beside)
            told.append(f"{words} (with {others})" if words and others else words or others)
        return [words for words in told if words]

    def _days(self, at: str, row: Row) -> tuple[Interval | None, str | None]:
        """Return the days on which an event may have been, and words that say so where it was on some day of them."""
        written = self.cells.text(row, "date")
        day = day_of(written, self.order)
        if day is None:
            self.events.trouble(at, "has no day that can be read; write it as 2019-01-31")
            return None, written or None
        days = _span(day, self.cells.code(row, "time_precision"))
        return days, None if days.days == 1 else f"between {days.start} and {days.end}"

    def _place(self, at: str, row: Row) -> PlaceRef:
        cells = self.cells
        location, country, admin1 = (cells.text(row, role) for role in ("location", "country", "admin1"))
        point, code = cells.point(row), cells.code(row, "geo_precision")
        if code == "3" and (region := self._region(location, admin1, country, point)):
            return region
        if point is None:
            found = self.spots.named(location, ", ".join(filter(None, (location, admin1, country))))
            self.events.trouble(
                at, "gives no latitude and longitude that can be; " + ("placed by name" if found else "not on the map")
            )
            return found or PlaceRef(location or admin1 or country, None, "the table does not say where it is")
        radius, why = _EXACT.get(code, _INEXACT)
        return self.spots.spot(location, point, radius, reason=why, country=country, admin1=admin1)

    def _region(self, location: str, admin1: str, country: str, point: tuple[float, float] | None) -> PlaceRef | None:
        """Return the first-level unit of an event whose location only stands for it."""
        asked = [", ".join(filter(None, parts)) for parts in ((f"{admin1} province", country), (admin1, country))]
        why = "ACLED knows the region only (geo_precision 3)" + (f"; {location} stands for it" if location else "")
        name = admin1 or location
        return self.spots.region(name, REGION, point, asked=asked if admin1 else (), reason=why, country=country)

    def _note(self, row: Row, code: str, trigger: str) -> str:
        """Return what else the row says, in sentences."""
        deaths = number_of(self.cells.text(row, "deaths"))
        told = [f"{trigger}."]
        if actors := self._actors(row):
            told.append(f"Actors as coded: {'; '.join(actors)}.")
        if deaths:
            told.append(f"Deaths reported, by ACLED: {deaths:,.0f}.")
        if civilians := self.cells.text(row, "civilians"):
            told.append(f"{civilians}.")
        if tags := self.cells.text(row, "tags"):
            told.append(f"Tags: {tags}.")
        if code.lower() == "change to group/activity":
            told.append(_NO_ROUTE)
        return " ".join(told)


def _span(day: date, precision: str) -> Interval:
    """Return the days that a day of ACLED stands for.

    For a week the codebook gives the day in its middle, so it is three days before to three days after; for a month it
    may be any, so it is the whole month.
    """
    if precision == "2":
        return Interval(day - timedelta(days=3), day + timedelta(days=3))
    if precision == "3":
        return Interval(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Interval(day, day)
