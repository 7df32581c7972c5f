"""What each claim of a scene says and rests on, in words: the rows of an evidence sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from geomap.linking.events import events_of
from geomap.maps.days import sure_days
from geomap.maps.style import (
    area_sentence,
    by_hand_words,
    grade_words,
    incident_sentence,
    movement_sentence,
    precision_words,
)
from geomap.models import Area, How, Incident, Movement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.datasets import Source
    from geomap.models import Event, Place, PlaceRef, Provenance, Reading, Report, Route

    Item = Movement | Area | Incident

__all__ = ["HOW", "Claim", "claims_of", "data_sets", "digest", "names", "notices", "place_words", "says"]

HOW: Mapping[How, str] = {
    How.REPORTED: "the report names the road, or gives the line itself",
    How.INFERRED: "the shortest way along the road network between the places named; nobody said it was taken",
    How.SCHEMATIC: "only the ends are known; the line between them means nothing",
}
"""What the words for how a line was obtained mean."""

_DECIMALS = ((100, 5), (1_000, 4), (10_000, 3), (100_000, 2))
"""Radius in metres below which a coordinate has so many decimals of a degree: no more than is known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One movement, area or incident as one report tells it."""

    number: int
    """From 1, in the order of the reports and of what is read in each."""
    item: Item
    report: Report
    facts: Mapping[str, str] = field(default_factory=dict)
    """What it says and rests on, by short names, without those of which nothing is known."""

    @property
    def provenance(self) -> Provenance:
        """Where the claim comes from."""
        return self.item.provenance


def claims_of(readings: Sequence[Reading]) -> tuple[Claim, ...]:
    """Return all claims with their facts in words; those of one event tell each other's numbers and differences."""
    items = [(item, reading) for reading in readings for item in _items(reading)]
    numbers = {item.id: number for number, (item, _) in enumerate(items, 1)}
    events = {telling.id: event for event in events_of(readings) for telling in event.tellings}
    return tuple(
        Claim(number, item, reading.report, _facts(item, reading, events.get(item.id), numbers))
        for number, (item, reading) in enumerate(items, 1)
    )


def _items(reading: Reading) -> Iterator[Item]:
    yield from reading.movements
    yield from reading.areas
    yield from reading.incidents


def _facts(item: Item, reading: Reading, event: Event | None, numbers: Mapping[str, int]) -> dict[str, str]:
    claim = item.provenance
    facts = {
        "says": says(item),
        "who": _who(item),
        "what": _what(item),
        **_where(item),
        "date": f"{item.date.iso().replace('/', ' to ')}" if item.date else "not dated",
        "dated by": _dated_by(item),
        **_drawn(item),
        "said by": _said_by(claim),
        "publisher": "withheld by the maker" if claim.withheld else claim.source or "not known",
        "author": reading.report.author,
        "title": claim.title,
        "address": claim.url,
        "published": claim.published.isoformat() if claim.published else "day not known",
        "grade": grade_words(claim.grade),
        "confidence of the reading": f"{item.confidence:.2f}" if isinstance(item, Movement) else None,
        "read by": claim.read_by,
        "by hand": by_hand_words(claim),
        **_of_event(item, event, numbers),
        "open": "; ".join(_open(item, reading)),
        "note": item.note,
    }
    return {name: told for name, told in facts.items() if told}


def says(item: Item) -> str:
    """Return one plain sentence: who, what, from where, to where."""
    if isinstance(item, Movement):
        return movement_sentence(item)
    return area_sentence(item) if isinstance(item, Area) else incident_sentence(item)


def _who(item: Item) -> str:
    if not isinstance(item, Movement):
        return item.actor or "not named"
    who = ", with ".join([item.actor or "not named", *item.co_actors])
    words = f"; in its words “{item.actor_text}”" if item.actor_text and item.actor_text != item.actor else ""
    backed = f"; backed by {', '.join(item.backed_by)}" if item.backed_by else ""
    return f"{who}{words}{backed}"


def _what(item: Item) -> str:
    kind = item.kind.value.replace("_", " ")
    if isinstance(item, Incident):
        return f"{kind}; in its words “{item.trigger}”" if item.trigger else kind
    if isinstance(item, Area):
        return f"{kind}, {item.status.value}; in its words “{item.text}”"
    way = "way not told" if item.mode == "unknown" else f"by {item.mode.value}" if item.mode != "foot" else "on foot"
    parts = [kind, item.status.value, way, *_amounts(item), *item.equipment]
    return ", ".join([*parts, *(["told as history"] if item.background else [])])


def _amounts(item: Movement) -> Iterator[str]:
    for number, words, thing in (
        (item.vehicles, item.vehicles_text, "vehicles"),
        (item.troops, item.troops_text, "people"),
    ):
        if number is not None:
            yield f"{number:,} {thing}" + (f" (“{words}”)" if words and words != f"{number}" else "")
        elif words:
            yield f"“{words}”"


def _where(item: Item) -> dict[str, str]:
    if isinstance(item, Movement):
        ends = {"from": item.origin, "by way of": item.via, "to": item.destination}
        told = {name: "; ".join(map(place_words, refs)) for name, refs in ends.items()}
        return told | {end: told[end] or "not told" for end in ("from", "to")}
    if isinstance(item, Incident):
        return {"where": "; ".join(map(place_words, item.places)) or "not told"}
    plan = item.plan
    refs = [plan.line, *plan.ends, *plan.around, *plan.between, plan.region, plan.part_of]
    border = [f"the border of {' and '.join(plan.border)}"] if plan.border else []
    return {"where": "; ".join([*border, *(place_words(ref) for ref in refs if ref)])}


def place_words(ref: PlaceRef) -> str:
    """Return a place with the report's words for it, its coordinates and the radius that surely holds it."""
    place = ref.place
    if place is None:
        return f"“{ref.text}” (which place that is, is not known)"
    words = f", in its words “{ref.text}”" if ref.text.casefold() != place.name.casefold() else ""
    spot = f"{'an area round ' if place.is_spread else ''}{_degrees(place)} {precision_words(place.precision_m)}"
    return f"{place.name}{words} ({spot})"


def _degrees(place: Place) -> str:
    decimals = next((n for metres, n in _DECIMALS if place.precision_m < metres), 1)
    north, east = "N" if place.lat >= 0 else "S", "E" if place.lon >= 0 else "W"
    return f"{abs(place.lat):.{decimals}f}° {north}, {abs(place.lon):.{decimals}f}° {east}"


def _dated_by(item: Item) -> str:
    words = f"the words “{item.date_text}”" if item.date_text else ""
    if item.date is None:
        return f"{words}, which name no day" if words else ""
    if "date" in item.provenance.by_hand:
        return "hand" + (f"; the report has {words}" if words else "")
    within = sure_days(item.date, item.date_text, item.provenance.published) is None
    return (words or "the record") + ("; on some of these days, not on each" if within else "")


def _drawn(item: Item) -> dict[str, str]:
    if isinstance(item, Movement):
        return {"line": _line(item.route)}
    if isinstance(item, Incident):
        return {}
    if item.shape is None:
        return {"shape": "none: what the report tells is not enough to draw it"}
    limits = "the report gives its limits" if item.shape.published_limits else "its limits are assumed"
    area = f", {item.shape.area_m2 / 1e6:,.0f} km²" if item.shape.area_m2 else ""
    by_hand = "; drawn by hand or given with the record" if item.shape.given else ""
    return {"shape": f"{item.shape.built_from}; {limits}{area}{by_hand}"}


def _line(route: Route | None) -> str:
    if route is None or not route.legs:
        return "none"
    parts: dict[How, float] = {}
    for leg in route.legs:
        parts[leg.how] = parts.get(leg.how, 0.0) + leg.length_m
    told = [f"{_km(metres)} {how.value}" if len(parts) > 1 else how.value for how, metres in parts.items()]
    ends = [("start", route.open_start), ("end", route.open_end)]
    opened = [f"its {end} is open: the place is not known" for end, is_open in ends if is_open]
    crossings = [f"crosses at {', '.join(crossing.name for crossing in route.crossings)}"] if route.crossings else []
    given = ["drawn by hand or given with the record"] if route.given else []
    return "; ".join([f"{_km(route.length_m)}, {', '.join(told)}", *crossings, *opened, *given])


def _km(metres: float) -> str:
    return f"{metres / 1000:,.1f} km" if metres < 10_000 else f"{metres / 1000:,.0f} km"


def _said_by(claim: Provenance) -> str | None:
    speaker = f" ({claim.speaker.value})" if claim.speaker else ""
    return f"{claim.attributed_to}{speaker}" if claim.attributed_to else None


def _of_event(item: Item, event: Event | None, numbers: Mapping[str, int]) -> dict[str, str]:
    """Return which other claims tell of the same movement, and what they say differently."""
    if event is None or len(event.tellings) < 2:
        return {}
    others = [f"claim {numbers[telling.id]}" for telling in event.tellings if telling.id != item.id]
    told = [
        f"{one.what}: " + ", ".join(f"{words} (claim {numbers[teller]})" for words, teller in one.said)
        for one in event.differences
    ]
    return {"also told in": ", ".join(others), "told differently": "; ".join(told)}


def _open(item: Item, reading: Reading) -> Iterable[str]:
    """Return what could not be read, resolved or drawn of a claim, each once."""
    claim = item.provenance
    own = item.route.issues if isinstance(item, Movement) and item.route else ()
    own = item.shape.issues if isinstance(item, Area) and item.shape else own
    near = [
        issue
        for issue in reading.issues
        if issue.start is not None and issue.end is not None and issue.start < claim.end and claim.start < issue.end
    ]
    return dict.fromkeys(issue.message for issue in (*near, *own))


def digest(report: Report) -> str | None:
    """Return the SHA-256 of the text that was read, in UTF-8; None where the text is not kept."""
    return sha256(report.text.encode("utf-8", "replace")).hexdigest() if report.text else None


def names(report: Report) -> str:
    """Return who published a report, who wrote it, and its title."""
    return ", ".join(part for part in (report.source, report.author, report.title) if part) or report.id


def data_sets(claims: Iterable[Claim]) -> tuple[Source, ...]:
    """Return the data sets that places, roads and borders come from: the shipped ones, and the user's where used."""
    from geomap import datasets
    from geomap.gazetteer.added import added_sources

    places = [ref.place for claim in claims for ref in _refs(claim.item) if ref.place]
    return (*datasets.sources(), *added_sources(places))


def notices(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return what the licences of routers and of the user's own roads ask for, where lines follow them."""
    moves = [claim.item for claim in claims if isinstance(claim.item, Movement)]
    legs = [leg for move in moves if move.route for leg in move.route.legs]
    return tuple(dict.fromkeys(leg.notice for leg in legs if leg.notice))


def _refs(item: Item) -> Iterator[PlaceRef]:
    if isinstance(item, Movement):
        yield from (*item.origin, *item.via, *item.destination)
    elif isinstance(item, Incident):
        yield from item.places
    else:
        plan = item.plan
        yield from (ref for ref in (*plan.ends, *plan.around, *plan.between, plan.line, plan.region) if ref)
