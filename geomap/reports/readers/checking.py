"""Claims about a text to movements: each word is looked for in the text, and nothing else is believed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.geometry.finding import find_place
from geomap.measures import parse_number
from geomap.models import Issue, Mention, Movement, PlaceRef, Provenance, Reading, Role, Status
from geomap.reports.forces.actors import find_actor
from geomap.reports.forces.amounts import find_amounts
from geomap.reports.times.dates import TimeExpression, find_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.intake.story import Block
    from geomap.reports.readers.claims import Claim

__all__ = ["Checker"]

CONFIDENCE = 0.6
"""In a claim whose words were all found."""
FEWEST_WORDS = 3
"""A quote has at least so many words."""
_NUMBER = re.compile(r"\d[\d,. ]*")


class _NotInTextError(Exception):
    """Words of a claim do not stand in the text."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote where it stands in the text, with the day it was written on."""

    start: int
    end: int
    text: str
    block: Block


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks what is claimed of one report.

    Parameters
    ----------
    reading
        What was read of it before: its mentions say what place names mean in this report.
    parts
        Its story, in order; quotes are looked for there alone.
    gazetteer
        Where place names are looked up that no mention explains.
    read_by
        How the claims were come by, in words.
    """

    reading: Reading
    parts: tuple[Block, ...]
    gazetteer: Gazetteer
    read_by: str

    def check(self, claims: Sequence[Claim]) -> tuple[tuple[Movement, ...], tuple[Issue, ...]]:
        """Return the claims that hold as movements, each once, and an issue for each that is dropped."""
        movements: list[Movement] = []
        issues: list[Issue] = []
        seen: set[tuple[object, ...]] = set()
        for claim in claims:
            try:
                movement, problems = self._movement(claim)
            except _NotInTextError as error:
                issues.append(self._issue(f"a claim is dropped: {error}"))
                continue
            key = (
                movement.provenance.start,
                movement.trigger,
                movement.actor_text,
                movement.origin,
                movement.destination,
            )
            if key not in seen:
                seen.add(key)
                movements.append(movement)
                issues += problems
        return tuple(movements), tuple(issues)

    def _issue(self, message: str, quote: _Found | None = None) -> Issue:
        start, end = (quote.start, quote.end) if quote else (None, None)
        return Issue("read", f"{self.read_by}: {message}", self.reading.report.id, start, end)

    def _movement(self, claim: Claim) -> tuple[Movement, list[Issue]]:
        quote = self._quote(claim)
        trigger = _within(claim.trigger, quote.text, "trigger")
        actor_text = self._in_text(claim.actor, quote, "actor") if claim.actor else None
        for words in claim.places:
            self._in_text(words, quote, "place")
        problems: list[Issue] = []
        date = self._date(claim, quote, problems)
        vehicles = self._number(claim.vehicles, quote, "vehicles", problems)
        troops = self._number(claim.troops, quote, "troops", problems)
        marks = [trigger, *(found for words in claim.places if (found := _find(words, quote.text)))]
        report = self.reading.report
        provenance = Provenance(
            report.id, report.source, report.title, report.url, quote.block.day or report.published,
            quote.text, quote.start, quote.end,
            marks=tuple(sorted(set(marks))),
            attributed_to=self._speaker(claim, quote, problems),
            read_by=self.read_by,
        )  # fmt: skip
        movement = Movement(
            id="",
            provenance=provenance,
            trigger=quote.text[slice(*trigger)],
            actor=find_actor(actor_text, self._countries(), self.gazetteer) if actor_text else None,
            actor_text=actor_text,
            origin=self._places(claim.origin, quote),
            destination=self._places(claim.destination, quote),
            via=self._places(claim.via, quote),
            date=date.interval if date else None,
            date_text=date.text if date else None,
            status=claim.status,
            kind=claim.kind,
            mode=claim.mode,
            vehicles=vehicles[0],
            vehicles_text=vehicles[1],
            troops=troops[0],
            troops_text=troops[1],
            confidence=CONFIDENCE,
        )
        return movement, problems

    def _quote(self, claim: Claim) -> _Found:
        """Return where the quote stands in one paragraph of the story."""
        if len(claim.quote.split()) < FEWEST_WORDS:
            raise _NotInTextError(f"its quote {_short(claim.quote)} is no sentence")
        if not claim.places:
            raise _NotInTextError(f"it names no place: {_short(claim.quote)}")
        text = self.reading.report.text
        for part in self.parts:
            if found := _find(claim.quote, text[part.start : part.end]):
                start, end = part.start + found[0], part.start + found[1]
                return _Found(start, end, text[start:end], part)
        raise _NotInTextError(f"its quote does not stand in the story: {_short(claim.quote)}")

    def _in_text(self, words: str, quote: _Found, slot: str) -> str:
        """Return words as the quote writes them, else as the story does elsewhere."""
        text = self.reading.report.text
        for passage in (quote.text, *(text[part.start : part.end] for part in self.parts)):
            if found := _find(words, passage):
                return passage[slice(*found)]
        raise _NotInTextError(f"its {slot} {_short(words)} does not stand in the story")

    def _speaker(self, claim: Claim, quote: _Found, problems: list[Issue]) -> str | None:
        try:
            return self._in_text(claim.attributed_to, quote, "speaker") if claim.attributed_to else None
        except _NotInTextError as error:
            problems.append(self._issue(f"{error}; left out", quote))
            return None

    def _date(self, claim: Claim, quote: _Found, problems: list[Issue]) -> TimeExpression | None:
        """Return what our own rules make of the words of time, where they stand in the quote."""
        if claim.date is None:
            return None
        at = _find(claim.date, quote.text)
        if at is None:
            problems.append(self._issue(f"its date {_short(claim.date)} does not stand in its quote; left out", quote))
            return None
        future = claim.status in {Status.PLANNED, Status.ORDERED}
        times = find_times(quote.text, quote.block.day, future=future)
        over = next((time for time in times if time.start < at[1] and at[0] < time.end), None)
        return over or TimeExpression(*at, quote.text[slice(*at)], None)

    def _number(
        self, words: str | None, quote: _Found, slot: str, problems: list[Issue]
    ) -> tuple[int | None, str | None]:
        """Return the number that our own rules read in words of the quote, with the words."""
        if words is None:
            return None, None
        at = _find(words, quote.text)
        if at is None:
            problems.append(self._issue(f"its {slot} {_short(words)} do not stand in its quote; left out", quote))
            return None, None
        told = quote.text[slice(*at)]
        counted = find_amounts(told)
        number = counted.vehicles if slot == "vehicles" else counted.troops
        if number is None and (figures := _NUMBER.fullmatch(told)):
            value = parse_number(figures[0])
            number = int(value) if value is not None and value == int(value) else None
        return number, told

    def _places(self, names: Sequence[str], quote: _Found) -> tuple[PlaceRef, ...]:
        return tuple(self._place(words, quote) for words in names)

    def _place(self, words: str, quote: _Found) -> PlaceRef:
        """Return the place that words of the story mean: by the report's own mentions, else by the gazetteer."""
        told = self._in_text(words, quote, "place")
        at = _find(words, quote.text)
        span = (quote.start + at[0], quote.start + at[1]) if at else None
        for mention in self._mentions(told, span):
            if mention.resolution is not None and mention.place is not None:
                others = mention.resolution.candidates[1:4]
                return PlaceRef(told, mention.place, mention.resolution.reason, others)
        resolution = find_place(told, self.gazetteer, countries=self._countries())
        reason = resolution.candidates[0].reason if resolution.place else resolution.reason
        return PlaceRef(told, resolution.place, reason or resolution.reason, resolution.candidates[1:4])

    def _mentions(self, told: str, span: tuple[int, int] | None) -> Iterator[Mention]:
        """Yield the mentions inside the words, then those of the same words elsewhere; peoples are no places."""
        places = [m for m in self.reading.mentions if m.role not in {Role.DEMONYM, Role.DATELINE}]
        if span is not None:
            yield from (m for m in places if span[0] <= m.start and m.end <= span[1])
        yield from (m for m in places if m.text.casefold() == told.casefold())

    def _countries(self) -> tuple[str, ...]:
        """Return the countries the report speaks of, most named first."""
        counted = Counter(m.place.country for m in self.reading.mentions if m.place and m.place.country)
        return tuple(country for country, _ in counted.most_common())


def _find(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text as whole words; white space, case and kind of quotation marks may differ."""
    parts = [_QUOTES.sub(lambda _: _ANY_QUOTE, re.escape(part)) for part in words.split()]
    if not parts:
        return None
    pattern = r"\s+".join(parts)
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w$", words) else ""
    match = re.search(f"{before}{pattern}{after}", text, re.IGNORECASE)
    return match.span() if match else None


_QUOTES = re.compile(r"""\\?["'“”‘’«»`]""")
_ANY_QUOTE = """["'“”‘’«»`]"""


def _within(words: str, quote: str, slot: str) -> tuple[int, int]:
    found = _find(words, quote)
    if found is None:
        raise _NotInTextError(f"its {slot} {_short(words)} does not stand in its quote")
    return found


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return repr(plain if len(plain) <= 80 else plain[:77] + "…")
