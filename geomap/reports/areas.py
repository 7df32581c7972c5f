"""Zones and stretches of road that a report speaks of, as plans that the geometry stage can build.

A report rarely gives the limits of a zone: it gives a depth here, a border there, a region elsewhere. What all its
sentences say of one zone is gathered into one plan; what none says stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.models import Area, AreaKind, AreaPlan, Range, Report, Status
from geomap.reports.forces.actors import find_actor
from geomap.reports.grammar import subject_of
from geomap.reports.holdings import find_holdings
from geomap.reports.lexicon import load_lexicon
from geomap.reports.limits import Claim, ends_of, region_of, says_of_border
from geomap.reports.lines import is_told_road, lines_in, road_between
from geomap.reports.movements.attribution import find_speaker
from geomap.reports.movements.status import read_status
from geomap.reports.passage import Passage, claim_of, noun_phrase
from geomap.reports.places.roads import ROAD_NUMBER
from geomap.reports.sizes import bare_length, depth_of, length_of
from geomap.reports.times.dates import find_times
from geomap.reports.zones import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context

__all__ = ["find_areas", "road_reference"]

_ZONES = (
    (AreaKind.NO_FLY, re.compile(r"\b(?:no[- ]fly|air exclusion)[- ]zone", re.IGNORECASE)),
    (
        AreaKind.SAFE_ZONE,
        re.compile(
            r"[\"'“‘]?\b(?:safe|de-?escalation|de-?confliction|humanitarian)[\"'”’]?"
            r"[- ](?:zone|area|haven|corridor)s?\b[\"'”’]?",
            re.IGNORECASE,
        ),
    ),
    (
        AreaKind.BUFFER_ZONE,
        re.compile(
            r"[\"'“‘]?\b(?:buffer|security|demilitari[sz]ed|sanitary|exclusion|separation|disengagement|neutral)"
            r"[- ](?:zone|strip|belt|area|corridor)s?\b[\"'”’]?",
            re.IGNORECASE,
        ),
    ),
    (
        AreaKind.BUFFER_ZONE,
        re.compile(r"\b(?:military|fire-?free|weapons-free|prohibited|restricted)[- ]zones?\b", re.IGNORECASE),
    ),
    (AreaKind.CONTROL, re.compile(r"\bcorridor\b", re.IGNORECASE)),
    (AreaKind.BORDER_STRIP, re.compile(r"\b(?:strip|belt|band|zone)\b")),
    (
        AreaKind.FRONT,
        re.compile(r"\b(?:front[- ]?line|cease-?fire line|line of (?:contact|control|separation))\b", re.IGNORECASE),
    ),
)
_COMPARING = frozenset(["as", "like", "than"])
"""Words before a zone that something is only likened to: "sees the country as a buffer zone"."""
_WITHIN = frozenset(["in", "inside", "into", "within", "across", "through", "from", "along"])
"""Prepositions before a zone in which something is done, which therefore is there."""
_ROAD = re.compile(r"\b(?:road|highway|motorway|route)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"\b(?:km|kilomet(?:er|re)s?|miles?)\s+of\s+(?:the\s+)?(?:[\w–-]+\s+){0,5}?(?:road|highway|motorway|route)\b"
    r"|\b(?:road|highway|motorway|route)\s+for\s+(?:\w+\s+){0,2}?[\d.,]+\s*(?:km|kilomet(?:er|re)s?|miles?)\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    r"\b(?:stretch|section|segment|part|portion)\b"
    r"(?:\s+of\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:road|highway|motorway|route)\b)?",
    re.IGNORECASE,
)


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
        claim = Claim(one.kind, one.token, one.token.sent, one.passage, one.text)
        yield _area(report, claim, one.status, one.actor, one.plan)


def _claims(passage: Passage) -> list[Claim]:
    found: list[Claim] = []
    text = passage.doc.text
    for kind, pattern in _ZONES:
        for match in pattern.finditer(text):
            span = passage.doc.char_span(match.start(), match.end(), alignment_mode="expand")
            if span is None or span.root.head.lower_ in _COMPARING:
                continue
            after = passage.doc[span.end : span.end + 1]
            beside = any(t.pos_ == "NOUN" and span.root.head.i == t.i for t in after)
            if kind is AreaKind.FRONT and (beside or _is_at_work(span)):
                continue  # "front-line staff", "nurses on the front line"
            if kind in {AreaKind.CONTROL, AreaKind.BORDER_STRIP} and _is_civil(span):
                continue
            if not any(c.token.i in range(span.start, span.end) for c in found):
                found.append(Claim(kind, span.root, span.root.sent, passage, match[0]))
    return sorted(found, key=lambda c: c.token.i)


def _is_at_work(front: Span) -> bool:
    """Whether a front line is one where nurses, teachers and the like stand."""
    subject = subject_of(front.sent.root)
    before = (front.root.head.head,) if front.root.dep_ == "pobj" else ()
    who = {t.lemma_.lower() for t in (*before, *((subject,) if subject is not None else ()))}
    return bool(who & load_lexicon().incidents["peaceful"])


def _is_civil(zone: Span) -> bool:
    """Whether a corridor, strip or zone is one of trade, wildlife and the like."""
    before = zone.doc[max(zone.sent.start, zone.start - 3) : zone.start]
    return any(t.lower_.split("-")[0] in load_lexicon().holdings["civil"] for t in before)


def _zone(
    report: Report, claims: list[Claim], passages: Sequence[Passage], context: Context, gazetteer: Gazetteer
) -> Area | None:
    """Return one zone from all sentences that speak of it; the one that says most is quoted.

    A zone of which the report says nothing that could be drawn is no area: not its depth, its border nor its region.
    """
    best = max(
        claims,
        key=lambda c: (
            depth_of(c.sentence.text) is not None,
            says_of_border(c.sentence.text),
            -c.passage.base,
            -c.token.i,
        ),
    )
    actor = next((a for c in [best, *claims] if (a := _actor(c.token, context, gazetteer))), None)
    plan = plan_of(best, claims, passages, actor, context, gazetteer)
    bordering = any(says_of_border(c.sentence.text) for c in claims)
    if not _is_told(best.kind, plan, bordering=bordering):
        return None
    statuses = [_status(c.token) for c in claims]
    if best.kind is AreaKind.FRONT:  # one that "has not moved" is there
        statuses = [Status.COMPLETED if s is Status.DENIED else s for s in statuses]
    status = Status.PLANNED if Status.PLANNED in statuses else max(statuses, key=statuses.count)
    return _area(report, best, status, actor, plan)


def _is_told(kind: AreaKind, plan: AreaPlan, *, bordering: bool) -> bool:
    """Whether enough is said of a zone: of a line or a corridor its ends, of a mere strip its line and depth."""
    along = plan.border or plan.line
    if kind is AreaKind.BORDER_STRIP:
        return bool(plan.between or (along and plan.depth_m))
    if kind is AreaKind.FRONT:
        return len(plan.ends) > 1
    if kind is AreaKind.CONTROL:
        return len(plan.ends) > 1
    told = plan.around or plan.depth_m or plan.region or plan.ends or plan.part_of or plan.between or plan.line
    return bool(told or bordering)


def _status(token: Token) -> Status:
    """Return the status of a zone: that of the deed it is the object of."""
    words = load_lexicon().holdings
    verb, inside = token, False
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        beside = {c.lemma_.lower() for c in verb.children if c.i < verb.i}
        if beside & words["intended"] or verb.lemma_.lower() in words["intentions"]:
            return Status.PLANNED
        inside |= verb.dep_ == "prep" and verb.lower_ in _WITHIN
        if verb.dep_ == "prep" and verb.lower_ == "for" and verb.head.lemma_ == "be":
            return Status.PLANNED  # "is out for a safe zone"
        verb = verb.head
    found = read_status(verb)
    first = token.left_edge.i
    if found is Status.DENIED and re.match(r"no[- ]fly", token.doc[first : token.i + 1].text, re.IGNORECASE):
        return Status.PLANNED  # "no-fly zones will be set up"
    lies = verb.lemma_.lower() in words["lying"]
    if lies and found is Status.ONGOING:
        return Status.COMPLETED
    there = inside or lies or verb.lemma_.lower() in words["founding"]
    return found if there or found is Status.DENIED else Status.PLANNED


def _actor(token: Token, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return who makes or wants the zone: who does it, else anybody its sentence names."""
    return _doer(token, context, gazetteer) or find_actor(token.sent.text, context.countries, gazetteer)


def _doer(token: Token, context: Context, gazetteer: Gazetteer) -> str | None:
    """Return the subject of the verb above a noun, or of the verb above that."""
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
    return None


def _stretches(
    report: Report, passages: Sequence[Passage], zones: list[Area], context: Context, gazetteer: Gazetteer
) -> list[Area]:
    """Return the stretches of roads: a length of a numbered road, or of the road between two places."""
    found: list[Area] = []
    sentences = [(p, s) for p in passages if not p.caption for s in p.doc.sents]
    for at, (passage, sentence) in enumerate(sentences):
        match = _STRETCH.search(sentence.text) or _PIECE.search(sentence.text)
        length = _length_of(sentence.text) if match else None
        if not match or length is None:
            continue
        claim = Claim(AreaKind.HIGHWAY_STRETCH, _token_at(passage, sentence, match), sentence, passage, match[0])
        if match.re is _PIECE and not _is_done_to_road(claim.token):
            continue
        around = [s.text for _, s in sentences[max(0, at - 1) : at + 2]]
        plan = _stretch_plan(claim, around, length, zones, context, gazetteer)
        if plan is None or any(a.plan.road == plan.road and a.plan.line == plan.line for a in found):
            continue
        actor = _doer(claim.token, context, gazetteer)
        actors = (actor, *(find_actor(text, context.countries, gazetteer) for text in (around[0], sentence.text)))
        found.append(_area(report, claim, _stretch_status(claim.token), next(filter(None, actors), None), plan))
    return found


def _stretch_plan(
    claim: Claim, around: list[str], length: Range, zones: list[Area], context: Context, gazetteer: Gazetteer
) -> AreaPlan | None:
    """Return which road a stretch is of, and in which area of the report it lies; None where no road is told."""
    lines = lines_in(claim.sentence, claim.passage, context, gazetteer)
    road = next((line.ref for line in lines if is_told_road(line)), None)
    if road is not None:
        return AreaPlan(line=road, length_m=length)
    name = next((r for text in (claim.sentence.text, around[0]) if (r := road_reference(text))), None)
    ends = ends_of([claim])
    if not name and not (ends and _ROAD.search(claim.sentence.text)):
        return None
    if not name:
        return AreaPlan(line=road_between(ends[0], ends[-1]), length_m=length)
    zone = zones[0] if zones and any(re.search(r"\bzone\b", text) for text in around[-2:]) else None
    return AreaPlan(
        road=name, length_m=length, ends=ends, within=zone.plan if zone else None,
        side=zone.plan.side if zone else next(iter(context.countries), None), region=region_of([claim], None),
    )  # fmt: skip


def _is_done_to_road(token: Token) -> bool:
    """Whether a length of road is opened, cut, taken or held rather than driven."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    return verb.lemma_.lower() in load_lexicon().holdings["roads"]


def _stretch_status(token: Token) -> Status:
    """Return the status of what is told of a stretch of road; of one that is only described, that it is there."""
    verb = token
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    found = read_status(verb)
    return found if found is not Status.ONGOING else Status.COMPLETED


def _token_at(passage: Passage, sentence: Span, match: re.Match[str]) -> Token:
    start, end = sentence.start_char + match.start(), sentence.start_char + match.end()
    span = passage.doc.char_span(start, end, alignment_mode="expand")
    return span[0] if span is not None else sentence.root


def _length_of(text: str) -> Range | None:
    return length_of(text) or depth_of(text) or bare_length(text)


def _area(report: Report, claim: Claim, status: Status, actor: str | None, plan: AreaPlan) -> Area:
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
