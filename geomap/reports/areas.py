"""Zones and stretches of road that a report speaks of, as plans that the geometry stage can build.

A report rarely gives the limits of a zone: it gives a depth here, a border there, a region elsewhere. What all its
sentences say of one zone is gathered into one plan; what none says stays open.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_range, unit_m
from geomap.models import Area, AreaKind, AreaPlan, PlaceRef, Range, Report, Role, Status
from geomap.reports.forces.actors import find_actor
from geomap.reports.grammar import subject_of
from geomap.reports.holdings import find_holdings
from geomap.reports.movements.attribution import find_speaker
from geomap.reports.movements.status import read_status
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.places.roads import ROAD_NUMBER
from geomap.reports.times.dates import find_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context

__all__ = ["find_areas", "road_reference"]

_ZONES = (
    (AreaKind.NO_FLY, re.compile(r"no[- ]fly[- ]zone", re.IGNORECASE)),
    (AreaKind.SAFE_ZONE, re.compile(r"[\"'“‘]?safe[\"'”’]?[- ](?:zone|area)s?\b[\"'”’]?", re.IGNORECASE)),
    (
        AreaKind.BUFFER_ZONE,
        re.compile(
            r"[\"'“‘]?(?:buffer|security|demilitari[sz]ed|sanitary|de-?escalation|de-?confliction|exclusion)"
            r"[- ](?:zone|strip|belt|area|corridor)s?\b[\"'”’]?",
            re.IGNORECASE,
        ),
    ),
    (AreaKind.BORDER_STRIP, re.compile(r"\b(?:strip|belt|band)\b")),
)
_COMPARING = frozenset(["as", "like", "than"])
"""Words before a zone that something is only likened to: "sees the country as a buffer zone"."""
FOUNDING = frozenset(
    [
        "establish",
        "create",
        "set",
        "declare",
        "impose",
        "enforce",
        "patrol",
        "hold",
        "control",
        "maintain",
        "occupy",
        "carve",
        "demarcate",
        "monitor",
        "enter",
        "proclaim",
        "designate",
    ]
)
"""Verbs that bring a zone into being or keep it; with any other it is only spoken of."""
_UNIT = r"(?P<unit>km|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)"
_LENGTH = rf"(?P<n>{NUMBER}(?:\s*(?:-|–|to)\s*{NUMBER})?)[\s-]*{_UNIT}"
_DEPTH = re.compile(
    rf"\b{_LENGTH}[\s-]*(?P<how>wide|deep|depth|width|into|inside|in depth|from the border)?\b", re.IGNORECASE
)
_LONG = re.compile(rf"\b{_LENGTH}[\s-]*(?P<how>long|length|in length|stretch|section|of)\b", re.IGNORECASE)
_STRETCH = re.compile(
    r"\b(?:stretch|section|segment|part|portion)\b"
    r"(?:\s+of\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:road|highway|motorway|route)\b)?",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"\b([A-Z]\w+)[-–‑/]([A-Z]\w+)\s+(?:border|frontier)"
    r"|\bborder(?:s|ing)?\s+(?:between|with|of)\s+([A-Z]\w+)(?:\s+and\s+([A-Z]\w+))?"
    r"|\b([A-Z]\w+)(?:['’]s)?\s+(?:border|frontier)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """One sentence that speaks of a zone."""

    kind: AreaKind
    token: Token
    sentence: Span
    passage: Passage
    text: str


def road_reference(text: str) -> str | None:
    """Return the reference of the road a text names: "M4" of "the Syrian highway M4", or None."""
    match = ROAD_NUMBER.search(text)
    return match[match.lastgroup or 0].upper().replace("-", "") if match else None


def find_areas(report: Report, passages: Sequence[Passage], context: Context, gazetteer: Gazetteer) -> tuple[Area, ...]:
    """Return the areas of a report, each once, with a plan of what is said of their shape.

    These are zones, stretches of road, land that forces hold, and camps.
    """
    claims = [c for p in passages for c in _claims(p)]
    zones = []
    for kind in dict.fromkeys(c.kind for c in claims):
        zone = _zone(report, [c for c in claims if c.kind is kind], passages, context, gazetteer)
        if zone is not None:
            zones.append(zone)
    stretches = _stretches(report, passages, zones, context, gazetteer)
    return (*zones, *stretches, *_holdings(report, passages, context, gazetteer))


def _holdings(report: Report, passages: Sequence[Passage], context: Context, gazetteer: Gazetteer) -> Iterator[Area]:
    for one in find_holdings(passages, context, gazetteer):
        claim = _Claim(one.kind, one.token, one.token.sent, one.passage, one.text)
        yield _area(report, claim, one.status, one.actor, one.plan)


def _claims(passage: Passage) -> list[_Claim]:
    found: list[_Claim] = []
    text = passage.doc.text
    for kind, pattern in _ZONES:
        for match in pattern.finditer(text):
            span = passage.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or span.root.head.lower_ in _COMPARING:
                continue
            if not any(c.token.i in range(span.start, span.end) for c in found):
                found.append(_Claim(kind, span.root, span.root.sent, passage, match[0]))
    return sorted(found, key=lambda c: c.token.i)


def _zone(
    report: Report, claims: list[_Claim], passages: Sequence[Passage], context: Context, gazetteer: Gazetteer
) -> Area | None:
    """Return one zone from all sentences that speak of it; the one that says most is quoted.

    A zone of which the report says nothing that could be drawn is no area: not its depth, its border nor its region.
    """
    best = max(
        claims,
        key=lambda c: (
            _depth(c.sentence.text) is not None,
            _says_of_border(c.sentence.text),
            -c.passage.base,
            -c.token.i,
        ),
    )
    actor = next((a for c in [best, *claims] if (a := _actor(c.token, context, gazetteer))), None)
    depth = next((d for c in [best, *claims] if (d := _depth(c.sentence.text))), None)
    border, side = _border(claims, passages, actor, context, gazetteer)
    plan = AreaPlan(
        border=border, side=side, depth_m=depth,
        length_m=next((n for c in claims if (n := _zone_length(c.sentence.text))), None),
        ends=_ends(claims), region=_region(claims, side), around=_around(claims),
    )  # fmt: skip
    if plan.around and not any(_says_of_border(c.sentence.text) for c in claims):
        plan = replace(plan, border=None, side=None)
    if best.kind is AreaKind.BORDER_STRIP and not (plan.border and plan.depth_m):
        return None
    said = (
        plan.around or plan.depth_m or plan.region or plan.ends or any(_says_of_border(c.sentence.text) for c in claims)
    )
    if not said:
        return None
    statuses = [_status(c.token) for c in claims]
    status = Status.PLANNED if Status.PLANNED in statuses else max(statuses, key=statuses.count)
    return _area(report, best, status, actor, plan)


def _status(token: Token) -> Status:
    """Return the status of a zone: that of the deed it is the object of."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        if any(
            c.lemma_.lower() in {"intended", "planned", "proposed", "envisaged", "would-be", "future"}
            for c in verb.children
        ):
            return Status.PLANNED
        if verb.lemma_ in {"plan", "idea", "proposal"}:
            return Status.PLANNED
        verb = verb.head
    found = read_status(verb)
    return found if verb.lemma_ in FOUNDING or found is Status.DENIED else Status.PLANNED


def _measure(match: re.Match[str]) -> Range | None:
    size = parse_range(match["n"])
    unit = unit_m(match["unit"])
    return Range(size.low * unit, size.high * unit) if size else None


def _depth(text: str) -> Range | None:
    """Return the depth a sentence gives, in metres; a length that is said to be long is no depth."""
    for match in _DEPTH.finditer(text):
        after = text[match.end() : match.end() + 24].lower()
        across = match["how"] or re.search(r"^\W*(?:\(|safe|buffer|security|zone|strip|belt|band|\w+\W+zone)", after)
        if across and not re.match(r"\W*(long|in length|stretch|from\b|of\b|away|west|east|north|south)", after):
            return _measure(match)
    return None


def _zone_length(text: str) -> Range | None:
    return None if _STRETCH.search(text) else _long(text)


def _long(text: str) -> Range | None:
    match = _LONG.search(text)
    return _measure(match) if match else None


def _says_of_border(text: str) -> bool:
    return bool(_BORDER.search(text))


def _border(
    claims: list[_Claim],
    passages: Sequence[Passage],
    actor: str | None,
    context: Context,
    gazetteer: Gazetteer,
) -> tuple[tuple[str, str] | None, str | None]:
    """Return the two countries whose border a zone follows, and the one it lies in, as far as the report says."""
    pair = next((p for c in claims if (p := _pair(c.sentence.text, context, gazetteer))), None)
    pair = pair or next((p for passage in passages if (p := _pair(passage.doc.text, context, gazetteer))), None)
    own = _country(actor, gazetteer) if actor else None
    if pair is None and own:
        host = next((c for c in context.countries if c != own and c in _named_countries(claims)), None)
        host = host or next((c for c in context.countries if c != own), None)
        pair = (own, host) if host else None
    if pair is None:
        return None, None
    side = next((c for c in pair if c != own), None) if own in pair else _side(claims, pair)
    return pair, side


def _pair(text: str, context: Context, gazetteer: Gazetteer) -> tuple[str, str] | None:
    for match in _BORDER.finditer(text):
        names = [g for g in match.groups() if g]
        codes = list(dict.fromkeys(c for n in names if (c := _country(n, gazetteer))))
        if len(codes) == 2:
            return codes[0], codes[1]
        if len(codes) == 1:
            other = next((c for c in context.countries if c != codes[0]), None)
            if other:
                return other, codes[0]
    return None


def _country(name: str, gazetteer: Gazetteer) -> str | None:
    place = gazetteer.demonym(name)
    if place is None:
        found = gazetteer.candidates(name.removesuffix(" government"))
        place = found[0].place if found and found[0].place.is_country else None
    if place is None and name.endswith(" government"):
        place = gazetteer.demonym(name.removesuffix(" government"))
    return place.country if place else None


def _named_countries(claims: list[_Claim]) -> set[str]:
    return {
        m.place.country
        for c in claims
        for m, t in zip(c.passage.mentions, c.passage.toponyms, strict=True)
        if m.place and m.place.country and c.sentence.start <= t.first < c.sentence.end
    }


def _side(claims: list[_Claim], pair: tuple[str, str]) -> str | None:
    """Return the country the zone is said to be in."""
    named = [
        m.place.country
        for c in claims
        for m, t in zip(c.passage.mentions, c.passage.toponyms, strict=True)
        if c.sentence.start <= t.first < c.sentence.end
        and m.place
        and m.role is Role.PLACE
        and c.passage.doc[t.first].i > 0
        and c.passage.doc[t.first - 1].lower_
        in {"in", "inside", "into", "northern", "northeastern", "southern", "eastern", "western"}
    ]
    return next((n for n in named if n in pair), None)


def _region(claims: list[_Claim], side: str | None) -> PlaceRef | None:
    """Return the region a zone is put in: "a strip in northeastern Syria"."""
    for claim in claims:
        for mention, toponym in zip(claim.passage.mentions, claim.passage.toponyms, strict=True):
            place = mention.place
            inside = claim.sentence.start <= toponym.first < claim.sentence.end
            if (
                inside
                and place
                and place.is_area
                and not place.is_country
                and place.country in {side, None}
                and place.feature[0] in "AL"
            ):
                return PlaceRef(f"{toponym.direction or ''} {mention.text}".strip(), place)
    return None


def _around(claims: list[_Claim]) -> tuple[PlaceRef, ...]:
    """Return the places a zone is said to lie around: "a 5-km exclusion zone around Goma airport"."""
    for claim in claims:
        for word in claim.passage.doc[claim.token.i + 1 : claim.token.i + 4]:
            if word.lower_ in {"around", "round", "surrounding"}:
                refs = (ref for t in word.children for ref in claim.passage.places(t))
                if spots := tuple(ref for ref in refs if ref.place and not ref.place.is_area):
                    return spots
    return ()


def _ends(claims: list[_Claim]) -> tuple[PlaceRef, ...]:
    """Return the two places a zone reaches between: "between A and B", "from A to B"."""
    for claim in claims:
        text = claim.sentence.text
        names = [
            (t.start - claim.sentence.start_char, PlaceRef(m.text, m.place))
            for m, t in zip(claim.passage.mentions, claim.passage.toponyms, strict=True)
            if claim.sentence.start <= t.first < claim.sentence.end and m.place and not m.place.is_area
        ]
        for (at, first), (to, second) in itertools.pairwise(names):
            before, middle = text[:at].rstrip().lower(), text[at + len(first.text) : to].strip().lower()
            if re.search(
                r"\b(between|from)(?: the)?(?: \w+)?(?: (?:towns?|cit(?:y|ies)|villages?) of)?$", before
            ) and re.match(r"(and|to|in the|until|as far as)", middle):
                return first, second
    return ()


def _actor(token: Token, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return who makes or wants the zone: the subject of the verb above it, or of the verb above that."""
    verb = token
    for _ in range(8):
        if verb.pos_ in {"VERB", "AUX"}:
            subject = subject_of(verb)
            words = noun_phrase(subject).text if subject is not None else ""
            found = find_actor(words, context.countries, gazetteer) if words else None
            if found:
                return found
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return find_actor(token.sent.text, context.countries, gazetteer)


def _stretches(
    report: Report, passages: Sequence[Passage], zones: list[Area], context: Context, gazetteer: Gazetteer
) -> list[Area]:
    """Return the stretches of named roads: a length of a road, or a road taken from one place to another."""
    found: list[Area] = []
    sentences = [(p, s) for p in passages if not p.caption for s in p.doc.sents]
    for at, (passage, sentence) in enumerate(sentences):
        match = _STRETCH.search(sentence.text)
        length = _length_of(sentence.text) if match else None
        if not match or length is None:
            continue
        around = [s.text for _, s in sentences[max(0, at - 1) : at + 2]]
        name = next((r for text in (sentence.text, around[0]) if (r := road_reference(text))), None)
        if not name or any(a.plan.road == name for a in found):
            continue
        zone = zones[0] if zones and any(re.search(r"\bzone\b", text) for text in around[-2:]) else None
        actors = (find_actor(text, context.countries, gazetteer) for text in (around[0], sentence.text))
        claim = _Claim(AreaKind.HIGHWAY_STRETCH, _token_at(passage, sentence, match), sentence, passage, match[0])
        plan = AreaPlan(
            road=name, length_m=length, ends=_ends([claim]), within=zone.plan if zone else None,
            side=zone.plan.side if zone else next(iter(context.countries), None), region=_region([claim], None),
        )  # fmt: skip
        found.append(_area(report, claim, Status.COMPLETED, next(filter(None, actors), None), plan))
    return found


def _token_at(passage: Passage, sentence: Span, match: re.Match[str]) -> Token:
    start, end = sentence.start_char + match.start(), sentence.start_char + match.end()
    span = passage.doc.char_span(start, end, alignment_mode="expand")
    return span[0] if span is not None else sentence.root


def _length_of(text: str) -> Range | None:
    return _long(text) or _depth(text) or _bare_length(text)


def _bare_length(text: str) -> Range | None:
    match = re.search(rf"\b{_LENGTH}\b", text, re.IGNORECASE)
    return _measure(match) if match else None


def _area(report: Report, claim: _Claim, status: Status, actor: str | None, plan: AreaPlan) -> Area:
    sentence = claim.sentence
    times = find_times(sentence.text, report.published)
    at = sentence.text.strip().find(claim.text)
    marks = ((at, at + len(claim.text)),) if at >= 0 else ()
    provenance = claim_of(report, claim.passage, sentence, marks=marks, speaker=find_speaker(claim.token))
    return Area(
        id="", provenance=provenance, text=claim.text, kind=claim.kind, status=status, actor=actor, plan=plan,
        date=times[0].interval if times and status is not Status.PLANNED else None,
        date_text=times[0].text if times and status is not Status.PLANNED else None,
    )  # fmt: skip
