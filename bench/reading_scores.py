"""How what is read from labelled reports is counted: movements and their slots, false alarms, place names.

A movement read may be a labelled one when it shares a sentence with it and one of its places lies within tolerance of
one of the label's: 25 km, 100 km for a region, river or road, a country by its name or within 400 km. Pairs are one to
one, chosen so that most are found and most of their slots are right. Optional labels, and a second telling or a part of
a movement already found, count neither way.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Mention, Movement, PlaceRef, Provenance, Range, Reading

    Labels = dict[str, Any]

SLOTS = (
    "actor", "origin", "destination", "via", "direction", "date", "date overlaps", "status", "vehicles", "troops",
    "attribution",
)  # fmt: skip
OTHERS = ("areas", "area measures", "incidents")
"""Told beside the movements: areas of their kind in their sentence, of those the depths and lengths, incidents."""
ENDS = ("origin", "destination", "via")
TOLERANCE_KM = {"governorate": 100.0, "region": 100.0, "river": 100.0, "road": 100.0, "country": 400.0}
SAME_ACTOR = {"us-led coalition": "united states", "ypg": "sdf", "nusra front": "hts"}
"""Actors that count as one: reports call the one by the name of the other."""
FOUND, OPTIONAL, SENTENCE = 1000, 300, 40
"""Worth of a pair, of which as much is taken off where the label is optional; worth of the label's own sentence."""
NEAR_KM = 161.0
"""Distance within which a place name of a geoparsing corpus counts as right, by custom."""


@dataclass
class Tally:
    """Counts over reports; ``slots`` are (slot, "asked" | "right" | "spurious") to count."""

    reports: int = 0
    quiet: int = 0
    """Reports without any labelled movement, and of them those in which one was read."""
    alarms: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    slots: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name in ("reports", "quiet", "alarms", "right", "wrong", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slots.update(other.slots)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def share(self, slot: str) -> float | None:
        asked = self.slots[slot, "asked"]
        return self.slots[slot, "right"] / asked if asked else None


def score_reading(reading: Reading, row: Labels) -> Tally:
    """Return the counts of one report, those of its areas and incidents among them where they are labelled."""
    tally = score(reading.movements, row["movements"])
    for label in row.get("areas", ()):
        if "start" not in label:
            continue
        same = [a for a in reading.areas if a.kind.value == label["kind"] and within(a.provenance, label)]
        tally.slots["areas", "asked"] += 1
        tally.slots["areas", "right"] += bool(same)
        for measure, field_name in (("depth_km", "depth_m"), ("length_km", "length_m")):
            if measure in label and same:
                tally.slots["area measures", "asked"] += 1
                tally.slots["area measures", "right"] += any(
                    measured(getattr(a.plan, field_name), label[measure]) for a in same
                )
    for label in row.get("incidents", ()):
        kind = [i for i in reading.incidents if i.kind.value == label["kind"]]
        tally.slots["incidents", "asked"] += 1
        tally.slots["incidents", "right"] += any(not label["places"] or touch(i.places, label["places"]) for i in kind)
    return tally


def within(claim: Provenance, label: Labels) -> bool:
    return claim.start < label["end"] and label["start"] < claim.end


def measured(found: Range | None, told: float | list[float]) -> bool:
    """Return whether a range in metres is the one told in kilometres."""
    least, most = told if isinstance(told, list) else (told, told)
    return found is not None and math.isclose(found.low, least * 1e3) and math.isclose(found.high, most * 1e3)


def score(movements: Sequence[Movement], labels: Sequence[Labels]) -> Tally:
    """Return the counts of one report's movements."""
    links = [[sentence(movement, label) for label in labels] for movement in movements]
    pairs = assign(movements, labels, links)
    tally = Tally(reports=1, quiet=not labels, alarms=bool(movements and not labels))
    for m, n in pairs.items():
        if not labels[n].get("optional"):
            tally.right += 1
            for slot, outcome in slots(movements[m], labels[n]):
                tally.slots[slot, outcome] += 1
    taken = set(pairs.values())
    tally.missed = sum(n not in taken and not label.get("optional") for n, label in enumerate(labels))
    parts = {n: max(len(labels[n][end]) for end in ENDS) - 1 for n in taken}
    for m in set(range(len(movements))) - set(pairs):
        again = [n for n in taken if links[m][n] == 1]
        part = [n for n in taken if links[m][n] == 2 and parts[n] > 0]
        if part and not again:
            parts[part[0]] -= 1
        tally.wrong += not (again or part)
    return tally


def assign(movements: Sequence[Movement], labels: Sequence[Labels], links: list[list[int]]) -> dict[int, int]:
    """Return movement to label, one to one."""
    if not movements or not labels:
        return {}
    worth = np.zeros((len(movements), len(labels)))
    for m, movement in enumerate(movements):
        for n, label in enumerate(labels):
            if links[m][n]:
                right = sum(outcome == "right" for _, outcome in slots(movement, label))
                worth[m, n] = FOUND - OPTIONAL * bool(label.get("optional")) + SENTENCE * links[m][n] + right
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return {int(m): int(n) for m, n in zip(rows, columns, strict=True) if worth[m, n]}


def sentence(movement: Movement, label: Labels) -> int:
    """Return 2 when the movement may be the labelled one and stands in its sentence, 1 in another on it, else 0."""
    places = [place for end in ENDS for place in label[end]]
    if places and not touch((*movement.origin, *movement.destination, *movement.via), places):
        return 0
    start, end = movement.provenance.start, movement.provenance.end
    if start < label["end"] and label["start"] < end:
        return 2
    return int(any(start < other_end and other_start < end for other_start, other_end in label.get("also", ())))


def slots(movement: Movement, label: Labels) -> list[tuple[str, str]]:
    """Return (slot, "asked"), (slot, "right") and (slot, "spurious"), as they hold."""
    found: list[tuple[str, str]] = []

    def note(slot: str, *, asked: bool, right: bool, given: bool = False) -> None:
        if asked:
            found.append((slot, "asked"))
            if right:
                found.append((slot, "right"))
        elif given:
            found.append((slot, "spurious"))

    wanted = {actor(name) for name in (label["actor"], label.get("actor_text"), *label.get("co_actors", ()))}
    note("actor", asked=True, right=actor(movement.actor or movement.actor_text) in wanted)
    for end in ENDS:
        refs = getattr(movement, end)
        note(end, asked=bool(label[end]), right=touch(refs, label[end]), given=bool(refs))
    told = (label["origin"] or label["destination"]) and (movement.origin or movement.destination)
    note("direction", asked=bool(told), right=not turned(movement, label))
    day = movement.date.iso() if movement.date else None
    note("date", asked=bool(label["date"]), right=day == label["date"], given=bool(day))
    note("date overlaps", asked=bool(label["date"]), right=overlap(day, label["date"]))
    note("status", asked=True, right=movement.status.value in {label["status"], *label.get("status_alt", ())})
    for number in ("vehicles", "troops"):
        value, wish = getattr(movement, number), label[number]
        accepted = {wish, *label.get(f"{number}_alt", ())}
        note(number, asked=wish is not None, right=value in accepted, given=value is not None)
    speaker, said = plain(label.get("attributed_to")), plain(movement.provenance.attributed_to)
    note("attribution", asked=bool(speaker), right=bool(said) and (said in speaker or speaker in said))
    return found


def turned(movement: Movement, label: Labels) -> bool:
    """Return whether an end of the movement is the label's other end, and not its own."""
    origin, destination = label["origin"], label["destination"]
    start = touch(movement.origin, destination) and not touch(movement.origin, origin)
    return start or (touch(movement.destination, origin) and not touch(movement.destination, destination))


def touch(refs: Iterable[PlaceRef], places: Sequence[Labels]) -> bool:
    return any(near(ref, place) for ref in refs for place in places)


def near(ref: PlaceRef, place: Labels) -> bool:
    names = {name.casefold() for name in (place["text"], place.get("name")) if name}
    if ref.place is None:
        return ref.text.casefold() in names
    if place["kind"] == "country" and {ref.text.casefold(), ref.place.name.casefold()} & names:
        return True
    gap = gap_km(ref.place.lat, ref.place.lon, place["lat"], place["lon"])
    return gap <= TOLERANCE_KM.get(place["kind"], 25.0)


def gap_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def actor(name: str | None) -> str:
    return SAME_ACTOR.get(plain(name), plain(name))


def plain(words: str | None) -> str:
    return (words or "").casefold().removeprefix("the ").removeprefix("a ")


def overlap(day: str | None, wanted: str | None) -> bool:
    if not day or not wanted:
        return False
    (first, last), (begin, end) = (tuple((text.split("/") * 2)[:2]) for text in (day, wanted))
    return first <= end and begin <= last


@dataclass
class Names:
    """Counts of place names: labelled, read with coordinates, and read where and as labelled."""

    labelled: int = 0
    read: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.labelled + self.read)


def score_names(mentions: Sequence[Mention], gold: Labels) -> Names:
    """Return the counts of one text; names on spans to ignore count neither way."""
    labels = gold["toponyms"]
    pairs = sorted(
        (-shared(m.start, m.end, label["start"], label["end"]), n, k)
        for n, m in enumerate(mentions)
        for k, label in enumerate(labels)
        if m.start < label["end"] and label["start"] < m.end
    )
    taken: dict[int, int] = {}
    for _, n, k in pairs:
        if n not in taken and k not in taken.values():
            taken[n] = k
    left = [m for n, m in enumerate(mentions) if n in taken or not ignored(m, gold.get("ignore", ()))]
    right = 0
    for n, k in taken.items():
        place = mentions[n].place
        right += bool(place) and gap_km(place.lat, place.lon, labels[k]["lat"], labels[k]["lon"]) <= NEAR_KM
    return Names(len(labels), sum(m.place is not None for m in left), right)


def ignored(mention: Mention, spans: Iterable[Labels]) -> bool:
    return any(mention.start < span["end"] and span["start"] < mention.end for span in spans)


def shared(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return the length two spans have in common as a share of the length of both together."""
    return (min(end, other_end) - max(start, other_start)) / (max(end, other_end) - min(start, other_start))
