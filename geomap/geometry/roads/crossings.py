"""Named border crossings: where they are, what they are called, and when they were closed.

The table is written by hand and moved onto the borders by `data/build_crossings.py`. It knows what was public by
`KNOWN_TO`; a closure that was not over then is taken to last.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from geomap.datasets import data_path
from geomap.errors import DataError, InputError
from geomap.gazetteer.names import Kind, key, skeleton, split_generic, without_article
from geomap.geometry.geodesy import distance_m
from geomap.geometry.roads.closures import Closure, State, ongoing, parse, state_on
from geomap.models import Candidate, Certainty, Place, Resolution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["KNOWN_FROM", "KNOWN_TO", "Known", "crossing", "crossings", "gate", "named", "nearest", "table"]

FEATURE = "S.PSTB"
NAMED_WITHIN_M = 15_000.0
"""How far from a known crossing the straight edges of the network may pass the border and still mean that crossing."""
KNOWN_FROM, KNOWN_TO = date(2010, 1, 1), date(2025, 9, 30)
"""The days the table speaks of: before, only a closure it tells is known; after, the last known state is taken."""
_ALIKE = 85.0
"""Likeness in percent from which a spelling nobody has listed is taken for a listed one; 82 lets Safwan be Sarfait."""
_HEARD = 60.0
"""The same for names whose consonants agree."""
_SHORTEST = 5
_SHORTENED = (Kind.CROSSING, Kind.BRIDGE)
"""A listed bridge may be asked for by its name alone; a bridge asked for is not meant by what is a gate."""
_BRACKETS = re.compile(r" \(.*\)")


@dataclass(frozen=True, slots=True)
class Known:
    """A border crossing with a name; lon, lat in EPSG:4326, on the border."""

    name: str
    """Both sides' names, such as "Bab al-Hawa–Cilvegözü", or the one name it has."""
    between: tuple[str, str]
    lon: float
    lat: float
    names: tuple[str, ...] = ()
    """Other names and spellings in use."""
    precision_m: float = 0.0
    """Radius of the circle that surely holds the crossing."""
    road: str | None = None
    """The road it lies on, as on signs or in the press."""
    closures: tuple[Closure, ...] = ()
    source: str = ""
    """Where names and dates are from, in words."""
    note: str | None = None

    @property
    def place(self) -> Place:
        """The crossing as a place, in the first of its two countries; its note says what is last known of it."""
        note = "; ".join(filter(None, (self.said() if self.closures else None, self.note)))
        return Place(
            f"coordinates:{self.lat},{self.lon}", self.name, self.lon, self.lat, self.between[0],
            feature=FEATURE, precision_m=self.precision_m, source="geomap-curated", note=note or None,
        )  # fmt: skip

    def is_open_on(self, day: date | None) -> bool | None:
        """Return whether the crossing is open on a day, or by the last that is known; None where that is unknown."""
        state = self._state(day)[0]
        return None if state is State.UNKNOWN else state is State.OPEN

    def said(self, day: date | None = None) -> str:
        """Return in words what is known of a day: "closed since June 2011: war in Syria"."""
        state, closure = self._state(day)
        if closure is None:
            return str(state) if state is State.OPEN else "not known whether open: before the table's time"
        if state is closure.state:
            return str(closure)
        return f"not known whether open on that day: {closure}"

    def _state(self, day: date | None) -> tuple[State, Closure | None]:
        state, closure = state_on(self.closures, day or max(KNOWN_TO, ongoing(self.closures)))
        if closure is None and day and day < KNOWN_FROM:
            return State.UNKNOWN, None
        return state, closure


def crossing(name: str, *, countries: Collection[str] = ()) -> Known:
    """Return the crossing of a name, in any spelling, among those of the countries.

    Raises
    ------
    InputError
        No crossing is called so, or several are.
    """
    found = named(name, countries=countries)
    where = f" of {', '.join(countries)}" if countries else ""
    if not found:
        raise InputError(f"no border crossing{where} is called {name!r}; give its position or a town beside it")
    if len(found) > 1:
        listed = "; ".join(f"{known.name} ({'–'.join(known.between)})" for known in found)
        raise InputError(f"{name!r} may be any of these crossings: {listed}; say between which countries")
    return found[0]


def named(name: str, *, countries: Collection[str] = (), alike: bool = True) -> tuple[Known, ...]:
    """Return the crossings that a name may mean, those whose spelling fits best alone.

    A crossing has the names of both its sides. With one country it touches that, with more it joins two of them.
    Without `alike` only listed spellings count.
    """
    wanted = {code.upper() for code in countries}
    for look in (_exact, _alike) if alike else (_exact,):
        kept = [known for known in look(name) if len(wanted & set(known.between)) == min(2, len(wanted))]
        if kept:
            return tuple(dict.fromkeys(kept))
    return ()


def gate(name: str, countries: Collection[str] = ()) -> Resolution | None:
    """Return the crossing a name means as a place, for names that are in no list of places; None where it means none.

    The countries say where it likely is; a crossing of others counts where these have none of that name.
    """
    every = named(name, alike=False)
    found = [known for known in every if not set(known.between).isdisjoint(countries)] or every
    if not found:
        return None
    candidates = tuple(
        Candidate(known.place, 1.0 / len(found), f"border crossing of {' and '.join(known.between)}", known.name)
        for known in found
    )
    if len(candidates) == 1:
        return Resolution(name, Certainty.RESOLVED, candidates[0].reason, candidates)
    return Resolution(name, Certainty.AMBIGUOUS, f"{len(candidates)} border crossings are called so", candidates)


@cache
def crossings(a: str, b: str) -> tuple[Known, ...]:
    """Return the known crossings between two countries, given by their codes in any order."""
    return _by_border().get(frozenset((a.upper(), b.upper())), ())


@cache
def _by_border() -> dict[frozenset[str], tuple[Known, ...]]:
    found: defaultdict[frozenset[str], list[Known]] = defaultdict(list)
    for known in table():
        found[frozenset(known.between)].append(known)
    return {pair: tuple(there) for pair, there in found.items()}


def nearest(lon: float, lat: float, a: str, b: str, *, max_m: float = NAMED_WITHIN_M) -> Known | None:
    """Return the known crossing between two countries nearest to a point, within `max_m` metres, or None."""
    found = [(distance_m(lon, lat, known.lon, known.lat), known) for known in crossings(a, b)]
    distance, known = min(found, key=lambda pair: pair[0], default=(max_m + 1, None))
    return known if distance <= max_m else None


@cache
def table() -> tuple[Known, ...]:
    """Return all known crossings.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    path = data_path("crossings.csv")
    try:
        with path.open(encoding="utf-8", newline="") as opened:
            return tuple(_known(row) for row in csv.DictReader(opened))
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the crossings {path} cannot be read: {error}; install geomap again") from error


def _known(row: dict[str, str]) -> Known:
    return Known(
        name=row["name"],
        between=(row["a"], row["b"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        names=tuple(filter(None, row["names"].split(";"))),
        precision_m=float(row["precision_m"]),
        road=row["road"] or None,
        closures=parse(row["closures"]),
        source=row["source"],
        note=row["note"] or None,
    )


def _spellings(name: str, kinds: Collection[Kind] = (Kind.CROSSING,)) -> set[str]:
    """Return the key of a name, and of its own part where words such as "crossing" stand with it."""
    found = {without_article(key(name)).removesuffix(" border")}
    generic = split_generic(name)
    if generic and generic.kind in kinds and (generic.last or not name.isascii()):
        found.add(generic.core)
    return found


def _forms(known: Known) -> Iterable[str]:
    """Yield all that a crossing is called, "Friendship Bridge (Danube)" also without its brackets."""
    sides = known.name.split("–")
    for form in (known.name, *known.names, *sides, "–".join(reversed(sides))):
        yield form
        yield _BRACKETS.sub("", form)


@cache
def _by_spelling() -> dict[str, list[Known]]:
    """Return the crossings by each spelling of their names."""
    found: dict[str, list[Known]] = defaultdict(list)
    for known in table():
        for spelling in dict.fromkeys(s for form in _forms(known) for s in _spellings(form, _SHORTENED)):
            found[spelling].append(known)
    return dict(found)


def _exact(name: str) -> list[Known]:
    return [known for spelling in _spellings(name) for known in _by_spelling().get(spelling, ())]


def _alike(name: str) -> list[Known]:
    """Return the crossings with the spelling most like the name, none where all are unlike it."""
    from rapidfuzz.fuzz import ratio

    best, found = 0.0, list[Known]()
    for asked in _spellings(name):
        bones = skeleton(asked)
        for spelling, crossings_so_called in _by_spelling().items():
            likeness = ratio(asked, spelling)
            heard = len(bones) >= 3 and likeness >= _HEARD and bones == skeleton(spelling)
            if not heard and (likeness < _ALIKE or len(asked) < _SHORTEST):
                continue
            score = likeness + (100.0 if heard else 0.0)
            if score > best:
                best, found = score, []
            if score == best:
                found += crossings_so_called
    return found
