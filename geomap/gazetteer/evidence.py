"""How much each place a name may mean is believed, in the light of all names of a text.

A candidate's strength is a sum of clues, each with a weight: how important the place is, what the text calls it, how
many of the other names lie in its country and its province, how near it is to places the others may mean, what the
text says it lies in. The strengths of a name's candidates, and of its meaning none of them, become shares of belief
(a softmax). Since the clues depend on what the other names mean, belief starts from the places alone and is then
revised a few times.

The weights were fitted by maximum likelihood, with a quadratic penalty, on news in English of five sorts: local papers,
world news, epidemics, news of the web, and the war in Syria, each sort counting the same. On either half of the texts,
weights fitted on the other half were right at most three points in a hundred less often than those fitted on it. They
are rounded. Five are set by hand: INSIDE and LISTED above what was fitted, since what the words say of a name is to
outweigh how well known it is; CURATED below, since only one of the sorts has such places; AROUND_SEAT, since nearly
all of the texts' provinces are states of America, which are not named after their seats; and ARTICLE, since English
gives one to hardly any town.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from geomap.gazetteer.index import EARTH_RADIUS_M
from geomap.gazetteer.names import split_generic
from geomap.gazetteer.ranking import is_own_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.gazetteer.hints import Link
    from geomap.gazetteer.names import Kind
    from geomap.models import Candidate, Place

__all__ = ["Clue", "Evidence", "Sense"]

SEATS = frozenset({"P.PPLC", "P.PPLA"})
ROUNDS = 3
"""Times belief is revised; more change it no further."""
NEAR_M, CLOSE_M = 150_000.0, 30_000.0
"""Distances over which nearness falls to a third: within a province, within a district."""
FAINT = 0.03
"""Nearness that chance gives."""
TEXT_REACH = 400.0
"""Characters over which the say of a name on its neighbours falls to a third."""
FAR_SAY = 0.3
"""What remains of it at the other end of the text."""
VAST_M = 900_000.0
"""Areas with a larger radius are near nothing in particular."""
_SHORTENED = re.compile(r"(?:[A-Z]\.\s?)+[A-Z]?\.?|[A-Z][a-z]{1,4}\.|[A-Z]{2,3}")


class Clue(IntEnum):
    """What speaks for or against a candidate."""

    IMPORTANCE = 0
    """Log odds of the gazetteer's own score."""
    PEOPLE = 1
    """Half the logarithm of a town's population."""
    SEAT = 2
    """A capital, or the seat of a province."""
    COUNTRY = 3
    PROVINCE = 4
    DISTRICT = 5
    QUARTER = 6
    NATURE = 7
    """A region, water, mountain, desert."""
    OTHER_NAME = 8
    """The population again, where the name is not the one the place goes by, but that of another candidate."""
    KIND = 9
    """It is what the text calls it."""
    NOT_KIND = 10
    """It is not; twice over where it is a country, of which everybody knows what it is."""
    SHORTENED = 11
    """A town under initials or a word cut short, as states are."""
    CURATED = 12
    """A site or village that is known because the news speaks of it, or because the user has added it."""
    SAME_COUNTRY = 13
    """Share of the other names that mean places in its country."""
    SAME_PROVINCE = 14
    NEAR = 15
    CLOSE = 16
    INSIDE = 17
    """It lies in the place that the words say."""
    LISTED = 18
    """It is of the sort of its neighbours in a list."""
    AROUND_SEAT = 19
    """A province named after its seat, where the text says nothing of a province."""
    ARTICLE = 20
    """A region, water, mountain or desert whose name has an article of its own: "the Sahel"."""


WEIGHTS: dict[Clue, tuple[float, float]] = {
    Clue.IMPORTANCE: (1.1, 1.1),
    Clue.PEOPLE: (0.6, 0.7),
    Clue.SEAT: (0.7, 0.6),
    Clue.COUNTRY: (0.2, 0.6),
    Clue.PROVINCE: (2.6, 2.0),
    Clue.DISTRICT: (1.4, 1.1),
    Clue.QUARTER: (0.1, -0.4),
    Clue.NATURE: (0.4, 0.4),
    Clue.OTHER_NAME: (-0.8, -0.6),
    Clue.KIND: (1.8, 1.2),
    Clue.NOT_KIND: (-0.4, -1.0),
    Clue.SHORTENED: (-1.6, -0.7),
    Clue.CURATED: (1.8, 1.8),
    Clue.SAME_COUNTRY: (0.0, 1.6),
    Clue.SAME_PROVINCE: (0.0, 2.3),
    Clue.NEAR: (0.0, 0.5),
    Clue.CLOSE: (0.0, 0.3),
    Clue.INSIDE: (0.0, 1.3),
    Clue.LISTED: (0.0, 0.6),
    Clue.AROUND_SEAT: (-1.5, -1.5),
    Clue.ARTICLE: (2.5, 2.5),
}
"""Of each clue: before and after the other names are heard."""
NONE_OF_THEM = (0.8, 0.7)
"""Strength of the name's meaning a place that the gazetteer lacks."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One name of a text in one sense: where it stands, what it is called, what it may mean."""

    name: str
    spans: tuple[tuple[int, int], ...]
    kind: Kind | None
    candidates: tuple[Candidate, ...]
    article: bool = False
    """It has an article of its own somewhere in the text."""


class Evidence:
    """What the names of a text say of each other.

    Parameters
    ----------
    senses
        The names.
    links
        Which sense is said to lie in which.
    lists
        Senses that stand side by side in a list.
    peoples
        How often the people of each country are spoken of, by ISO 3166-1 alpha-2 code.
    """

    def __init__(
        self,
        senses: Sequence[Sense],
        links: Iterable[Link] = (),
        lists: Iterable[tuple[int, int]] = (),
        peoples: Mapping[str, float] | None = None,
    ) -> None:
        self._senses = senses
        self._peoples = peoples or {}
        self._places = [c.place for sense in senses for c in sense.candidates]
        counts = [len(sense.candidates) for sense in senses]
        self.sense_of = np.repeat(np.arange(len(senses)), counts)
        """The sense of each candidate."""
        self._starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        self._filled = np.flatnonzero(counts)
        self._voice = np.array([1 + 0.5 * math.log(len(sense.spans)) for sense in senses])
        self._countries = _Codes([place.country for place in self._places])
        self._units = _Codes([place.admin1_code for place in self._places])
        self._sorts = np.array([_sort(place.feature) for place in self._places], dtype=int)
        self._apart_m = _apart(self._places)
        self._near, self._close = self._nearness()
        self._say = _say(senses)[self.sense_of][:, self._filled]
        self._links = [(link, self._inside(link)) for link in links if link.inner != link.outer]
        self._lists = [pair for pair in lists if pair[0] != pair[1]]

    def believe(self) -> tuple[NDArray[np.float64], ...]:
        """Return for each sense the shares of belief in its candidates, in order; what lacks to 1 is for none."""
        weights = np.array([WEIGHTS[clue] for clue in Clue])
        clues = self.alone()
        belief = self.shares(clues @ weights[:, 0], NONE_OF_THEM[0])
        for _ in range(ROUNDS if self._places else 0):
            self.hear(clues, belief)
            belief = self.shares(clues @ weights[:, 1], NONE_OF_THEM[1])
        return tuple(np.split(belief, self._starts[1:-1]))

    def alone(self) -> NDArray[np.float64]:
        """Return the clues of each candidate, one row each, that do not depend on the other names."""
        rows = [row for sense in self._senses for row in _own_clues(sense)]
        return np.array([[row.get(clue, 0.0) for clue in Clue] for row in rows]).reshape(-1, len(Clue))

    def hear(self, clues: NDArray[np.float64], belief: NDArray[np.float64]) -> None:
        """Write into the clues what the other names say, given what is believed of them."""
        clues[:, Clue.SAME_COUNTRY] = self._in_common(self._countries, belief, self._peoples)
        clues[:, Clue.SAME_PROVINCE] = self._in_common(self._units, belief, {})
        for clue, nearness in ((Clue.NEAR, self._near), (Clue.CLOSE, self._close)):
            said = np.add.reduceat(nearness * belief, self._starts[self._filled], axis=1)
            clues[:, clue] = np.log(FAINT + (np.minimum(said, 1.0) * self._say).sum(axis=1))
        clues[:, [Clue.INSIDE, Clue.LISTED]] = 0.0
        for link, inside in self._links:
            rows = self._rows(link.inner)
            said = np.log1p(inside @ belief[self._rows(link.outer)] / FAINT)
            clues[rows, Clue.INSIDE] = np.maximum(clues[rows, Clue.INSIDE], said)
        heard = Counter(sense for pair in self._lists for sense in pair)
        for sense, other in (sides for pair in self._lists for sides in (pair, pair[::-1])):
            rows, others = self._rows(sense), self._rows(other)
            alike = self._sorts[rows][:, None] == self._sorts[others][None, :]
            clues[rows, Clue.LISTED] += alike @ belief[others] / heard[sense]

    def shares(self, strength: NDArray[np.float64], none: float) -> NDArray[np.float64]:
        """Return the strengths of all candidates as shares of belief among those of a sense and none of them."""
        most = np.full(len(self._senses), none)
        np.maximum.at(most, self.sense_of, strength)
        raised = np.exp(strength - most[self.sense_of])
        total = np.exp(none - most)
        np.add.at(total, self.sense_of, raised)
        return np.asarray(raised / total[self.sense_of])

    def _rows(self, sense: int) -> slice:
        return slice(int(self._starts[sense]), int(self._starts[sense + 1]))

    def _in_common(
        self, codes: _Codes, belief: NDArray[np.float64], peoples: Mapping[str, float]
    ) -> NDArray[np.float64]:
        """Return for each candidate the share of the other names, and peoples, that go with its code."""
        votes = np.zeros((len(self._senses), len(codes.known) + 1))
        np.add.at(votes, (self.sense_of, codes.numbers), belief * self._voice[self.sense_of])
        total = votes.sum(axis=0)
        for code, times in peoples.items():
            if code in codes.known:
                total[codes.known[code]] += times
        others = self._voice.sum() + sum(peoples.values()) - self._voice[self.sense_of]
        mine = votes[self.sense_of, codes.numbers]
        return np.where(codes.numbers < 0, 0.0, (total[codes.numbers] - mine) / np.maximum(others, 1.0))

    def _nearness(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return how near each candidate is to each of the other names: within a province, within a district."""
        reach = np.array([p.precision_m if p.is_area else 0.0 for p in self._places], dtype=np.float32)
        apart = np.maximum(self._apart_m - (reach[:, None] + reach[None, :]) / 2, 0.0)
        mute = (self.sense_of[:, None] == self.sense_of[None, :]) | (reach > VAST_M)[None, :]
        near, close = (np.where(mute, 0.0, np.exp(-apart / scale)).astype(np.float32) for scale in (NEAR_M, CLOSE_M))
        return near, close

    def _inside(self, link: Link) -> NDArray[np.float64]:
        """Return which candidates of the inner name, rows, lie in which of the outer, columns."""
        inner, outer = self._rows(link.inner), self._rows(link.outer)
        apart_m = self._apart_m[inner, outer]
        return np.array([
            [_lies_in(place, holder, apart_m[row, column]) for column, holder in enumerate(self._places[outer])]
            for row, place in enumerate(self._places[inner])
        ], dtype=float).reshape(apart_m.shape)  # fmt: skip


class _Codes:
    """Codes of countries or units, numbered; -1 for none."""

    def __init__(self, codes: Sequence[str | None]) -> None:
        self.known = {code: number for number, code in enumerate(sorted({code for code in codes if code}))}
        self.numbers = np.array([self.known[code] if code else -1 for code in codes], dtype=int)


def _own_clues(sense: Sense) -> list[dict[Clue, float]]:
    """Return for each candidate the clues that its own kind, size and name give."""
    generic = split_generic(sense.name)
    names = [sense.name] if generic is None else [sense.name, generic.core]
    own = [any(is_own_name(candidate.place, name) for name in names) for candidate in sense.candidates]
    seats = {c.place.admin1_code for c in sense.candidates if c.place.feature in SEATS}
    return [
        _kind_clues(candidate, sense)
        | {Clue.OTHER_NAME: 0.0 if mine or not any(own) else _people(candidate.place)}
        | {Clue.AROUND_SEAT: sense.kind is None and _has_seat(candidate.place, seats)}
        for candidate, mine in zip(sense.candidates, own, strict=True)
    ]


def _has_seat(place: Place, seats: Collection[str | None]) -> bool:
    return place.feature == "A.ADM1" and place.admin1_code is not None and place.admin1_code in seats


def _people(place: Place) -> float:
    return math.log10(place.population + 1) / 2 if place.feature.startswith("P.") else 0.0


def _kind_clues(candidate: Candidate, sense: Sense) -> dict[Clue, float]:
    place, feature = candidate.place, candidate.place.feature
    score, sort = min(max(candidate.score, 0.02), 0.99), _sort(feature)
    return {
        Clue.IMPORTANCE: math.log(score / (1 - score)),
        Clue.PEOPLE: _people(place),
        Clue.SEAT: feature in SEATS,
        Clue.COUNTRY: sort == 0,
        Clue.PROVINCE: sort == 1,
        Clue.DISTRICT: sort == 2,
        Clue.QUARTER: feature == "P.PPLX",
        Clue.NATURE: feature[0] in "LHTV",
        Clue.KIND: sense.kind is not None and sense.kind.fits(feature),
        Clue.NOT_KIND: (sense.kind is not None and not sense.kind.fits(feature)) * (2 if sort == 0 else 1),
        Clue.CURATED: place.source == "geomap-curated" and not place.is_area,
        Clue.ARTICLE: sense.article and feature[0] in "LHTV",
        Clue.SHORTENED: not place.is_area and bool(_SHORTENED.fullmatch(sense.name)),
    }


def _sort(feature: str) -> int:
    """Return the sort of a place as far as lists care: country, province, district, town, other."""
    if feature.startswith("A.PCL"):
        return 0
    return {"A.ADM1": 1, "A.TERR": 1, "A.ADM2": 2}.get(feature, 3 if feature.startswith("P.") else 4)


def _lies_in(place: Place, holder: Place, apart_m: float) -> bool:
    """Return whether a place lies in another: by the codes of countries and provinces, else by the other's extent."""
    if holder.is_country:
        return place.country == holder.country and place.id != holder.id
    if holder.feature == "A.ADM1":
        return place.admin1_code == holder.admin1_code and not place.is_country and place.feature != "A.ADM1"
    reach = max(3 * holder.precision_m, 20_000.0) if holder.feature.startswith("P.") else holder.precision_m
    return apart_m <= max(reach, 15_000.0) and (not place.is_area or holder.precision_m > place.precision_m)


def _apart(places: Sequence[Place]) -> NDArray[np.float32]:
    """Return the distances between all places in metres; along the chord, which nearness does not notice."""
    lon, lat = np.radians(np.array([(p.lon, p.lat) for p in places]).reshape(-1, 2)).T
    spots = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1).astype(np.float32)
    return np.asarray(np.sqrt(np.maximum(2 - 2 * (spots @ spots.T), 0.0)) * EARTH_RADIUS_M, dtype=np.float32)


def _say(senses: Sequence[Sense]) -> NDArray[np.float64]:
    """Return how much each sense, a column, has to say on another, a row: most beside it in the text."""
    middles = np.array([(start + end) / 2 for sense in senses for start, end in sense.spans])
    starts = np.cumsum([0, *(len(sense.spans) for sense in senses[:-1])])
    gap = np.abs(middles[:, None] - middles[None, :])
    gap = np.minimum.reduceat(np.minimum.reduceat(gap, starts, axis=0), starts, axis=1)
    return np.asarray(FAR_SAY + (1 - FAR_SAY) * np.exp(-gap / TEXT_REACH))
