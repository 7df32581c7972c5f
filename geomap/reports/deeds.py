"""Which words of a sentence tell of violence, of forces seen or standing somewhere, and who and what takes part.

A word of violence is said of much else ("a strike by teachers", "the film bombed", "fought for votes"), so an event
needs a witness: forces, a weapon, or a word that means nothing else ("shelled", "airstrike", "firefight").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.models import IncidentKind
from geomap.reports.forces.actors import forces_named, names_actor
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from geomap.reports.places.resolve import Context

__all__ = ["Deed", "deeds", "is_verb", "key_of", "verb_of"]

_DEEDS = (IncidentKind.SHELLING, IncidentKind.STRIKE, IncidentKind.CLASH)
_NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "pcomp", "csubj", "csubjpass", "conj"])
_BEFORE = frozenset(["compound", "amod", "nmod", "poss"])
_BACK = 40
"""Words back to whoever "they" takes up."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One event in a sentence: the word for it and its parties."""

    kind: IncidentKind
    token: Token
    doers: tuple[Token, ...] = ()
    """Who does it, or is seen or stands there; the weapon's noun where nobody else is named."""
    parties: tuple[Token, ...] = ()
    """All who take part, targets and weapons among them."""


def deeds(sentence: Span, context: Context) -> Iterator[Deed]:
    """Yield what the words of a sentence tell of, in their order."""
    telling = _telling()
    for token in sentence:
        if token.lemma_.lower() not in telling and token.lower_ not in telling and key_of(token) not in telling:
            continue
        if token.dep_ in {"amod", "compound"}:
            continue
        found = None
        if is_verb(token):
            found = _of_verb(token, context)
        elif token.pos_ in {"NOUN", "PROPN", "VERB"}:
            found = _of_noun(token, context)
        if found is not None:
            yield found


@cache
def _telling() -> frozenset[str]:
    """Return all words that may tell of an incident."""
    words = load_lexicon().incidents
    told = (words[f"{kind}{sort}"] for kind in _DEEDS for sort in ("", "_only", "_nouns", "_nouns_only"))
    others = ("impact", "taken", "seen", "shooting", "harming", "downing", "standing", "picturing", "blasts")
    return frozenset().union(*told, *(words[name] for name in others))


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, and no gerund that stands for a noun: "shelling of A continued", "hurt by shelling"."""
    if token.pos_ != "VERB":
        return False
    listed = token.dep_ == "conj" and token.head.pos_ != "NOUN"
    return token.tag_ != "VBG" or token.dep_ not in _NOMINAL or listed or bool(objects_of(token))


def key_of(token: Token) -> str:
    """Return a verb's lemma with the particle that belongs to it: "go off"."""
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    return f"{token.lemma_.lower()} {particle}".strip()


def _of_verb(verb: Token, context: Context) -> Deed | None:
    """Return what a verb tells of, and who and what takes part."""
    words, lemma, key = load_lexicon().incidents, verb.lemma_.lower(), key_of(verb)
    passive = is_passive(verb)
    doer = _meant(agent_of(verb) if passive else subject_of(verb))
    targets = [t for t in (subject_of(verb),) if t is not None] if passive else objects_of(verb)
    using = _hung(verb, "with", "using")
    parties = tuple(t for t in (doer, *targets, *using, *_hung(verb, "with", "against")) if t is not None)
    if key in words["idioms"] or any(t.lemma_.lower() in words["staged"] for t in parties):
        return None
    armed = [t for t in parties if _armed(t, context)]
    acting = doer is not None and doer in armed
    doers = tuple(t for t in (doer,) if t is not None)
    if lemma in words["taken"] and (doer is None or acting or _peaceful(doer)):
        caught = [t for t in targets if _is_captive(t, doer, context)]
        if caught:
            return Deed(IncidentKind.CAPTURE, verb, doers, parties)
    if any(_peaceful(t) for t in (doer, *_hung(verb, "with", "against")) if t is not None):
        return None
    if (kind := _violence(verb, doer, targets, using, context)) is not None:
        return Deed(kind, verb, doers, parties)
    shown = tuple(t for t in targets if t in armed)
    if lemma in words["seen"] and shown and not acting and not _goes_on(verb):
        return Deed(IncidentKind.SIGHTING, verb, shown, parties)
    pictured = doer is not None and doer.lemma_.lower() in words["footage"]
    if lemma in words["picturing"] and pictured and shown and not passive:
        return Deed(IncidentKind.SIGHTING, verb, shown, parties)
    if lemma in words["standing"] and (passive or not targets) and armed:
        return Deed(IncidentKind.PRESENCE, verb, tuple(targets) if passive else doers, parties)
    return None


def _violence(
    verb: Token, doer: Token | None, targets: list[Token], using: list[Token], context: Context
) -> IncidentKind | None:
    """Return which kind of violence a verb tells of, if it is one of war."""
    words, lemma, key = load_lexicon().incidents, verb.lemma_.lower(), key_of(verb)
    parties = [t for t in (doer, *targets, *using) if t is not None]
    others = _hung(verb, "with", "against")
    weapon = next((k for t in (*using, *parties) if (k := _weapon(t)) is not None), None)
    armed = any(_armed(t, context) for t in (*parties, *others))
    acting = doer is not None and _armed(doer, context)
    common = doer is not None and doer.pos_ == "NOUN" and not acting and not weapon
    if key in words["downing"] and any(_weapon(t) for t in targets):
        return IncidentKind.STRIKE
    for kind in _DEEDS:
        sure = lemma in words[f"{kind.value}_only"] and not common and bool(targets or armed or weapon)
        sure |= kind is IncidentKind.CLASH and lemma in words["clash"] and any(_armed(t, context) for t in others)
        if sure or (lemma in words[kind.value] and (weapon or acting or (is_passive(verb) and armed))):
            by_weapon = kind is not IncidentKind.CLASH or lemma in words["by_weapon"]
            return weapon or kind if by_weapon else kind
    flies = doer is not None and doer.lemma_.lower() in words["aircraft"]
    mishap = flies and lemma in words["mishaps"] and not any(_weapon(t) for t in targets)
    if {lemma, key} & words["impact"] and weapon and not mishap:
        return weapon
    at = any(_armed(t, context) for t in _hung(verb, "at", "on"))
    if lemma in words["shooting"] and (armed or at) and any(t.lemma_.lower() in words["shots"] for t in targets):
        return weapon or IncidentKind.CLASH
    if {lemma, key} & words["harming"] and acting and targets:
        return weapon or IncidentKind.CLASH
    return None


def _meant(doer: Token | None) -> Token | None:
    """Return whom "they" takes up: who did something right before."""
    if doer is None or doer.lower_ != "they":
        return doer
    before = doer.doc[max(0, doer.i - _BACK) : doer.i]
    subjects = (t for t in reversed(before) if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ in {"NOUN", "PROPN"})
    return next(subjects, doer)


def _is_captive(token: Token, doer: Token | None, context: Context) -> bool:
    """Whether somebody taken is a party to a war; whom the police arrest are mostly none."""
    captives = load_lexicon().incidents["captives"]
    if doer is not None and _peaceful(doer):
        return token.lemma_.lower() in load_lexicon().forces["insurgents"] or names_actor(
            noun_phrase(token).text, token.text, context.countries
        )
    named = forces_named(noun_phrase(token).text, context.countries)
    if doer is not None and token.head.lemma_.lower() in load_lexicon().incidents["abducting"]:
        return _armed(doer, context)
    if token.ent_type_ == "NORP" and doer is not None and _armed(doer, context):
        return True
    return _armed(token, context) or bool(named) or token.lemma_.lower() in captives


def _of_noun(noun: Token, context: Context) -> Deed | None:
    """Return what a noun tells of ("shelling of A", "a drone strike by B"), and who and what takes part."""
    words = load_lexicon().incidents
    lemma = noun.lower_ if noun.pos_ == "VERB" else noun.lemma_.lower()
    beside = [c for c in noun.children if c.dep_ in _BEFORE and c.i < noun.i]
    doers = _doers_of(noun)
    struck = [*_hung(noun, "on", "against", "of"), *_hung(noun, "with", "between")]
    parties = tuple(dict.fromkeys([*beside, *doers, *struck, *(t for h in struck for t in h.conjuncts)]))
    if any(_peaceful(t) for t in (*beside, *doers, *_hung(noun, "between", "with"), *objects_of(noun))):
        return None
    weapon = next((k for t in (*beside, *doers, *_hung(noun, "of", "with")) if (k := _weapon(t)) is not None), None)
    for kind in _DEEDS:
        if lemma in words[f"{kind.value}_nouns_only"]:
            return Deed(weapon or kind if kind is IncidentKind.STRIKE else kind, noun, doers, parties)
    said = next((k for k in (IncidentKind.STRIKE, IncidentKind.CLASH) if _is_beside(beside, k)), None)
    if _befalls_a_place(noun, context):
        return Deed(weapon or IncidentKind.CLASH, noun, doers, parties)
    shots = lemma in words["shelling_nouns"] and any(t.lemma_.lower() in words["shots"] for t in struck)
    sure = weapon or said or (IncidentKind.CLASH if shots else None)
    if sure is None and lemma in words["attacks"] and _does_harm(noun):
        return Deed(IncidentKind.STRIKE if lemma == "strike" else IncidentKind.CLASH, noun, doers, parties)
    for kind in (IncidentKind.STRIKE, IncidentKind.SHELLING, IncidentKind.CLASH):
        if lemma in words[f"{kind.value}_nouns"] and (sure or any(_armed(t, context) for t in parties)):
            ground = lemma in words["clash_nouns"] or lemma in words["clash_nouns"]
            return Deed(sure or (IncidentKind.CLASH if ground else kind), noun, doers, parties)
    if lemma in words["blasts"] and _is_heard(noun, context):
        return Deed(IncidentKind.STRIKE, noun, doers, parties)
    return None


def _doers_of(noun: Token) -> tuple[Token, ...]:
    """Return who does what a noun tells of: "an attack by A", "A launched strikes on", "a raid carried out by A"."""
    light = load_lexicon().incidents["light"]
    found = _hung(noun, "by")
    verb = noun.head
    if verb.lower_ == "under":
        found += [t for t in (*_hung(noun, "from"), *_hung(verb.head, "from")) if t.pos_ != "NUM"]
    if noun.dep_ == "pobj" and verb.head.lower_ == "responsibility":
        verb = verb.head.head
    if verb.pos_ == "VERB" and noun.dep_ in {"dobj", "pobj"} and verb.lemma_.lower() in light:
        found += [t for t in (subject_of(verb),) if t is not None]
    passives = [verb] if noun.dep_ == "nsubjpass" else []
    passives += [c for c in noun.children if c.dep_ in {"acl", "relcl"}]
    found += [a for v in passives if v.lemma_.lower() in light and (a := agent_of(v)) is not None]
    sides = _hung(noun, "between") or (_hung(verb, "between") if noun.dep_ in {"nsubj", "nsubjpass"} else [])
    found += sides if len(sides) > 1 else []  # "between rival gangs" names neither
    return tuple(dict.fromkeys(found))


def _does_harm(noun: Token) -> bool:
    """Whether people come to harm by an attack: "killed in an attack", "the attack wounded three"."""
    verb = verb_of(noun)
    if verb is None or verb.lemma_.lower() not in load_lexicon().incidents["killing"]:
        return False
    return noun.dep_ == "nsubj" or noun.head.lower_ in {"in", "by", "during"}


def _befalls_a_place(noun: Token, context: Context) -> bool:
    """Whether a place or forces "came under attack"; whoever is under fire "for" or "over" something is only blamed."""
    verb = verb_of(noun)
    if verb is None or noun.head.lower_ != "under" or verb.lemma_.lower() not in load_lexicon().incidents["suffering"]:
        return False
    who = subject_of(verb)
    if who is None or any(c.dep_ == "prep" and c.lower_ in {"for", "over"} for t in (noun, verb) for c in t.children):
        return False
    a_place = who.lemma_.lower() in load_lexicon().places["generic"] or who.ent_type_ in {"GPE", "LOC", "FAC"}
    return a_place or _armed(who, context)


def _is_heard(blast: Token, context: Context) -> bool:
    """Whether blasts are those of a war: several are heard or shake a place, and nothing speaks of an accident."""
    words, verb = load_lexicon().incidents, verb_of(blast)
    verbs = [v for v in (verb, *(c for c in blast.children if c.dep_ == "acl")) if v is not None]
    told = any({v.lemma_.lower(), key_of(v)} & words["hearing"] for v in verbs)
    accident = any(t.lemma_.lower() in words["accidents"] for t in blast.sent)
    several = blast.tag_ in {"NNS", "NNPS"} or any(_armed(t, context) for t in blast.sent if t.pos_ == "NOUN")
    return told and several and not accident


def _is_beside(words: Iterable[Token], kind: IncidentKind) -> bool:
    return any(word.lower_ in load_lexicon().incidents[f"{kind.value}_beside"] for word in words)


def _hung(token: Token, *prepositions: str) -> list[Token]:
    """Return what hangs on a word by one of some prepositions, and what is listed with it."""
    found = (
        t
        for c in token.children
        if c.dep_ in {"prep", "agent"} and c.lower_ in prepositions
        for t in c.children
        if t.dep_ == "pobj"
    )
    return [t for first in found for t in (first, *(u for u in first.conjuncts if u.i > first.i))]


def _goes_on(verb: Token) -> bool:
    """Whether what is seen does something more: "was seen heading to A" is a movement."""
    return any(c.dep_ in {"xcomp", "advcl", "ccomp", "acl"} for c in verb.children) or any(
        c.dep_ in {"acl", "relcl"} for t in objects_of(verb) for c in t.children
    )


def _weapon(token: Token) -> IncidentKind | None:
    """Return the kind of incident that a weapon makes: "a missile", "mortar fire", "a barrage of rockets"."""
    words = load_lexicon().incidents
    of = _hung(token, "of") if token.lemma_.lower() in words["loads"] else []
    nouns = (token, *(c for t in (token, *of) for c in t.children if c.dep_ in {"compound", "amod"}), *of)
    named = {t.lower_.removesuffix("s") if t.pos_ == "PROPN" else t.lemma_.lower() for t in nouns}
    if named & words["shelling_weapons"]:
        return IncidentKind.SHELLING
    return IncidentKind.STRIKE if named & words["strike_weapons"] else None


def _armed(token: Token, context: Context) -> bool:
    """Whether a phrase names forces or a party to a war."""
    if is_force(token) or token.lemma_.lower() in load_lexicon().incidents["acting"]:
        return True
    return names_actor(noun_phrase(token).text, token.text, context.countries)


def _peaceful(token: Token) -> bool:
    """Whether a phrase names people who do not fight a war, or things that hit without a weapon."""
    return token.lemma_.lower() in load_lexicon().incidents["peaceful"]


def verb_of(noun: Token) -> Token | None:
    """Return the verb that a noun is an argument of."""
    head = noun.head
    while head.pos_ == "ADP" and head.head.i != head.i:
        head = head.head
    return head if head.pos_ in {"VERB", "AUX"} and head.i != noun.i else None
