"""Event tables of GDELT, the Global Database of Events, Language and Tone, as incidents.

Files of GDELT 1.0 (57 columns, and 58 with the address) and 2.0 (61) have tabs and no header; exports of BigQuery and
other programs name the columns as the GDELT event codebook does. Event codes are those of CAMEO (version 1.1b3).

No person reads what GDELT codes: software takes events from news in 65 languages, and takes much for events that is
opinion, history or sport. What comes from it says so, and is no better than F6 unless somebody grades it.

ActionGeo_Type
    3 and 4 are a town, which gets 5 km, the radius of a place of which nothing more is known. 2 and 5 are a state or
    province, 1 a country: they are shown as areas, not as the point in their middle that the table gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomap.gazetteer import Gazetteer
from geomap.models import IncidentKind, Interval, PlaceRef
from geomap.reports.coded.cells import Cells, day_of
from geomap.reports.coded.databases import GDELT
from geomap.reports.coded.events import Event, Events
from geomap.reports.coded.parties import Parties
from geomap.reports.coded.spots import COUNTRY, REGION, TOWN_M, Spots
from geomap.tables.cells import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Row = Mapping[str, object]

__all__ = ["KINDS", "columns_without_header", "is_gdelt", "read_gdelt"]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("globaleventid", "globaleventid_"),
    "date": ("sqldate", "day", "date"),
    "actor1": ("actor1name",),
    "sort1": ("actor1type1code",),
    "state1": ("actor1countrycode",),
    "actor2": ("actor2name",),
    "code": ("eventcode",),
    "base": ("eventbasecode",),
    "root": ("eventrootcode",),
    "mentions": ("nummentions",),
    "sources": ("numsources",),
    "articles": ("numarticles",),
    "type": ("actiongeo_type",),
    "place": ("actiongeo_fullname",),
    "lat": ("actiongeo_lat",),
    "lon": ("actiongeo_long", "actiongeo_lon"),
    "added": ("dateadded",),
    "url": ("sourceurl",),
    "grade": ("grade",),
}
_NEEDED = {"eventcode", "actiongeo_lat"}

KINDS: Mapping[str, tuple[IncidentKind, str]] = {
    "154": (IncidentKind.PRESENCE, "mobilize or increase armed forces"),
    "183": (IncidentKind.STRIKE, "conduct suicide, car or other non-military bombing"),
    "190": (IncidentKind.CLASH, "use conventional military force"),
    "192": (IncidentKind.CAPTURE, "occupy territory"),
    "193": (IncidentKind.CLASH, "fight with small arms and light weapons"),
    "194": (IncidentKind.SHELLING, "fight with artillery and tanks"),
    "195": (IncidentKind.STRIKE, "employ aerial weapons"),
}
"""What we call an event, and CAMEO's words for it, by its code or the first three figures of a longer one.

Left out are codes that name no deed at a place (152, a higher alert; 072, military aid; 191, blockade), that do not say
what was done (196, a ceasefire broken; 200, mass violence), and 0874, which is retreat or surrender alike.
"""

_SIDE = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
         "Type2Code", "Type3Code")  # fmt: skip
_SPOT = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_SPOT_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_ARMED = {"", "MIL", "GOV", "SPY", "COP"}
"""Codes of actors whose name is a state's because they are its forces, and the empty one."""


def columns_without_header(first: Sequence[str]) -> tuple[str, ...]:
    """Return the lower-case columns of a table that has none written, by its first row; empty where it is no GDELT.

    A row of GDELT has 57, 58 or 61 cells, and begins with a number and a day such as 20190131.
    """
    spot = {57: _SPOT, 58: _SPOT, 61: _SPOT_2}.get(len(first))
    if spot is None or not first[0].strip().isdigit() or day_of(first[1].strip()) is None or len(first[1].strip()) != 8:
        return ()
    names = ["GlobalEventID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    names += [f"Actor{n}{part}" for n in (1, 2) for part in _SIDE]
    names += ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"]
    names += ["NumMentions", "NumSources", "NumArticles", "AvgTone"]
    names += [f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in spot]
    names += ["DATEADDED", "SOURCEURL"]
    return tuple(name.lower() for name in names[: len(first)])


def is_gdelt(columns: Iterable[str]) -> bool:
    """Return whether lower-case columns are those of a table of GDELT, in any order, with some of them missing."""
    have = set(columns)
    return have >= _NEEDED and not have.isdisjoint(_COLUMNS["lon"])


def read_gdelt(rows: Sequence[tuple[str, Row]], name: str, where: str, resolve: Callable[[str], PlaceRef]) -> Events:
    """Return the events of a table, with what could not be used of it.

    Rows with the same address, code, day and place are one event, which one article tells several times over: of two
    actors, and of each against the other.

    Parameters
    ----------
    rows
        Where each row stands, in words, and its cells by lower-case column name.
    name
        Id of the report, and start of the ids.
    where
        The file in the words of issues.
    resolve
        Turns the name of a country or province into a place.
    """
    events = Events(GDELT, name, where)
    cells = Cells.of({key for _, row in rows[:100] for key in row}, _COLUMNS)
    spots = Spots(resolve)
    reader = _Reader(events, cells, spots, Parties(spots.country_of, Gazetteer()))
    for at, row in rows:
        reader.gather(at, row)
    reader.finish()
    return events


@dataclass(slots=True)
class _Told:
    """The rows that tell of one event."""

    at: str
    kind: IncidentKind
    code: str
    words: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class _Reader:
    events: Events
    cells: Cells
    spots: Spots
    parties: Parties
    _told: dict[tuple[str, ...], _Told] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def gather(self, at: str, row: Row) -> None:
        """Put a row to those of its event, or count why it is left out."""
        text = self.cells.text
        code = self.cells.code(row, "code")
        kind, words = KINDS.get(code[:3], (None, ""))
        own = text(row, "id")
        if self.cells.repeats_header(row, "code"):
            self.events.trouble(at, "repeats the header; left out")
        elif kind is None:
            self.events.pass_over(_root(self.cells.code(row, "root") or code[:2]))
        elif own and own in self._ids:
            self.events.trouble(at, "bears the id of an event that came before; left out")
        else:
            self._ids.add(own)
            url = text(row, "url")
            same = (url, code, *(text(row, role) for role in ("date", "place", "lat", "lon")))
            key = same if url else (*same, own or at)
            self._told.setdefault(key, _Told(at, kind, code, words, [])).rows.append(row)

    def finish(self) -> None:
        """Keep the events that were gathered."""
        for told in self._told.values():
            self.events.add(self._event(told))

    def _event(self, told: _Told) -> Event:
        text, row = self.cells.text, told.rows[0]
        written = text(row, "date")
        day = day_of(written)
        if day is None:
            self.events.trouble(told.at, "has no day that can be read; write it as 20190131")
        url = text(row, "url")
        sides = [text(row, "actor1"), told.code, text(row, "actor2"), text(row, "place")]
        return Event(
            id=text(row, "id") or told.at,
            kind=told.kind,
            trigger=f"CAMEO {told.code}: {told.words}",
            actor=next(filter(None, map(self._actor, told.rows)), None),
            place=self._place(told.at, row),
            days=Interval(day, day) if day else None,
            days_text=None if day else written or None,
            quote="; ".join(filter(None, sides)),
            said_by=(urlsplit(url).hostname or "").removeprefix("www.") or None if "://" in url else url or None,
            url=url if "://" in url else None,
            published=day_of(text(row, "added")),
            grade=self.cells.grade(row),
            note=self._note(told),
        )

    def _actor(self, row: Row) -> str | None:
        """Return who acts: a state where its forces are named by it, else the name as GDELT has it."""
        written = self.cells.text(row, "actor1")
        if not written:
            return None
        name = written.title()
        if self.cells.text(row, "sort1").upper() in _ARMED and self.cells.text(row, "state1"):
            return self.parties.name(f"Government of {name}")
        return self.parties.name(name)

    def _place(self, at: str, row: Row) -> PlaceRef:
        cells = self.cells
        name, point, sort = cells.text(row, "place"), cells.point(row), cells.code(row, "type")
        land = name.rpartition(",")[2].strip()
        if sort in _AREAS and (name or point):
            feature, why = _AREAS[sort]
            asked = (name,) if feature == COUNTRY else (f"{name.partition(',')[0]} province, {land}", name)
            if area := self.spots.region(name, feature, point, asked=asked if name else (), reason=why, country=land):
                return area
        if point is None:
            found = self.spots.named(name, name)
            self.events.trouble(
                at, "gives no latitude and longitude that can be; " + ("placed by name" if found else "not on the map")
            )
            return found or PlaceRef(name, None, "the table does not say where it is")
        return self.spots.spot(name.partition(",")[0], point, TOWN_M, reason=_TOWN, country=land)

    def _note(self, told: _Told) -> str:
        """Return what else the rows say, in sentences."""
        names = ("actor1", "actor2")
        actors = dict.fromkeys(filter(None, (self.cells.text(row, name) for row in told.rows for name in names)))
        counts = [
            f"{most:,.0f} {role}" for role in ("mentions", "sources", "articles")
            if (most := max((number_of(self.cells.text(row, role)) or 0 for row in told.rows), default=0))
        ]  # fmt: skip
        notes = [f"Coded by software from a news article, as CAMEO {told.code}, {told.words}."]
        notes += [f"Actors as coded: {'; '.join(actors)}."] if actors else []
        notes += [f"Counted by GDELT: {', '.join(counts)}."] if counts else []
        notes += [f"{len(told.rows)} rows of the table tell of it."] if len(told.rows) > 1 else []
        return " ".join(notes)


_AREAS = {
    "1": (COUNTRY, "GDELT knows the country only (ActionGeo_Type 1)"),
    "2": (REGION, "GDELT knows the state only (ActionGeo_Type 2)"),
    "5": (REGION, "GDELT knows the province only (ActionGeo_Type 5)"),
}
_ROOTS = (
    "statements", "appeals", "intents to cooperate", "consultations", "diplomatic cooperation", "material cooperation",
    "aid", "yielding", "investigations", "demands", "disapproval", "rejections", "threats", "protests", "show of force",
    "reduced relations", "coercion", "assaults", "fighting", "mass violence",
)  # fmt: skip
"""What the twenty root codes of CAMEO stand for, in order, in short words of ours."""
_TOWN = "the town GDELT's software found in the article (ActionGeo_Type 3 or 4)"


def _root(code: str) -> str:
    """Return what a root code of CAMEO stands for, with or without the zero before it."""
    number = int(code) if code.isdecimal() else 0
    return f"{_ROOTS[number - 1]} (CAMEO {number:02})" if 0 < number <= len(_ROOTS) else f"code {code or 'missing'}"
