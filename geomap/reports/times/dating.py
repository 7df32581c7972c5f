"""Which of a sentence's times belongs to which of its events, and what is told as history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.reports.grammar import is_infinitive
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from spacy.tokens import Span, Token

    from geomap.models import Interval
    from geomap.reports.times.dates import TimeExpression

__all__ = ["goes_on", "is_background", "narrated_day", "time_of"]

BACKGROUND_AFTER = timedelta(days=31)
"""What ended longer before publication is told as history."""
PHRASE = {
    "xcomp",
    "conj",
    "prep",
    "pobj",
    "dobj",
    "pcomp",
    "nsubj",
    "nsubjpass",
    "csubj",
    "attr",
    "oprd",
    "dative",
    "agent",
    "dep",
}
"""Relations that keep a word in the clause of its head."""


def time_of(trigger: Token, sentence: Span, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
    """Return the time of an event: the nearest one of its clause, never that of the one who speaks of it."""
    at = trigger.idx - sentence.start_char
    own = [t for t in times if _belongs(t, trigger, sentence)]
    return min(own, key=lambda t: (t.interval is None, abs(t.start - at)), default=None)


def narrated_day(sentence: Span, times: tuple[TimeExpression, ...]) -> Interval | None:
    """Return the days a sentence tells of last, from which "that night" in the next one counts."""
    told = [t.interval for t in times if t.interval and not _of_speech(_owner(_root(t, sentence)), t, sentence)]
    nights = [interval for interval in told if interval.days <= 2]
    return next(reversed(nights or told), None)


def goes_on(trigger: Token, mover: Token | None) -> bool:
    """Whether a sentence goes on with the event before it: "they", "the militants" or "fifty of them" did something."""
    if (
        mover is None
        or trigger.tag_ not in {"VBD", "VBN"}
        or any(c.lower_ in {"have", "has", "had"} for c in trigger.lefts)
    ):
        return False
    if mover.pos_ == "PRON" or any(t.lower_ == "them" for t in mover.subtree):
        return True
    words = [t for t in mover.lefts if t.pos_ != "PUNCT"]
    return (
        len(words) == 1
        and words[0].lower_ in {"the", "these", "those"}
        and not any(c.dep_ in {"relcl", "acl", "prep"} for c in mover.rights)
    )


def is_background(trigger: Token, interval: Interval | None, published: date | None) -> bool:
    """Whether a movement is told as history: long over by its date, or "previously", "during the earlier …".

    Of a span that reaches up to now ("earlier this year") the greater part must be long over.
    """
    if interval is not None and published is not None:
        middle = interval.start + (interval.end - interval.start) / 2
        return (middle if interval.end >= published else interval.end) < published - BACKGROUND_AFTER
    words = load_lexicon().status["background"]
    return any(
        t.lower_ in words or t.lemma_ in words for t in trigger.children if t.dep_ in {"advmod", "npadvmod"}
    ) or any(c.lower_ in words for p in trigger.children if p.dep_ == "prep" for t in p.children for c in t.children)


def _root(time: TimeExpression, sentence: Span) -> Token | None:
    span = sentence.doc.char_span(
        sentence.start_char + time.start, sentence.start_char + time.end, alignment_mode="expand"
    )
    return span.root if span is not None else None


def _owner(token: Token | None) -> Token | None:
    """Return the verb a time belongs to; between a relative clause and its main verb, the relative clause."""
    if token is None:
        return None
    verb = token
    while (verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass"}) and verb.head.i != verb.i:
        verb = verb.head
    for other in verb.lefts:
        inner = next(
            (t for t in other.subtree if t.dep_ in {"relcl", "acl"} and t.pos_ == "VERB" and t.i < token.i), None
        )
        if inner is not None and verb.i > token.i > other.i:
            return inner
    return verb


def _belongs(time: TimeExpression, trigger: Token, sentence: Span) -> bool:
    root = _root(time, sentence)
    if root is None or (root.dep_ == "poss" and root.head.i != trigger.i):
        return False
    if any(c.lower_ == "when" and root.i < c.i <= root.i + 2 for c in trigger.children):
        return True  # "on Friday, when they left"
    owner = _owner(root)
    if owner is None or owner.i == trigger.i or time.text.lower().startswith(("has ", "have ", "had ")):
        return owner is not None and owner.i == trigger.i
    if owner.lemma_ in load_lexicon().saying:
        return not _of_speech(owner, time, sentence) and trigger.i < root.i
    if root.i < trigger.i and _is_act(owner):
        return False
    above = {t.i for t in _chain(trigger, _rises)}
    return any(t.i in above for t in _chain(owner, _sinks))


def _of_speech(owner: Token | None, time: TimeExpression, sentence: Span) -> bool:
    """Whether a time is when somebody spoke: it hangs on the verb of saying, not right before the speaker's name."""
    if owner is None or owner.lemma_ not in load_lexicon().saying:
        return False
    speaker = next((c for c in owner.children if c.dep_ == "nsubj"), None)
    root = _root(time, sentence)
    starts = sentence[0].i if speaker is None else next((t.i for t in sentence if t.pos_ == "VERB"), owner.i)
    return speaker is None or root is None or not starts < root.i < speaker.left_edge.i


def _is_act(verb: Token) -> bool:
    """Whether a verb is a deed of words with a day of its own: "agreed on Friday to", "ordered on Sunday that"."""
    status = load_lexicon().status
    return verb.lemma_ in status["ordered"] | status["acts"]


def _chain(token: Token, goes_on: Callable[[Token], bool]) -> Iterator[Token]:
    yield token
    while token.head.i != token.i and goes_on(token):
        token = token.head
        yield token


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def _rises(token: Token) -> bool:
    """Whether the time of the clause above holds for this word too."""
    if token.head.lemma_ in load_lexicon().saying and token.dep_ in {"ccomp", "advcl", "dep"}:
        return False
    if token.dep_ == "conj" and token.head.tag_ == "VBD":
        return not (
            token.tag_ in {"VBZ", "VBP"} or any(c.lower_ in {"is", "are"} for c in token.lefts if c.dep_ == "aux")
        )
    if token.dep_ == "advcl":
        return not _has_subject(token) or any(c.lower_ in {"as", "while"} for c in token.children if c.dep_ == "mark")
    if token.dep_ == "acl":
        # "launched an operation on Monday to clear A" is also parsed as a Monday to clear it
        noun = token.head
        undertaken = noun.lemma_ in load_lexicon().status["undertakings"] or noun.ent_type_ in {"DATE", "TIME"}
        return token.tag_ == "VBG" or (undertaken and is_infinitive(token))
    return token.dep_ in PHRASE or token.dep_ == "ccomp"


def _sinks(token: Token) -> bool:
    """Whether the time of this clause holds for the one above too."""
    if token.dep_ in {"xcomp", "conj"}:
        return True
    participle = token.tag_ == "VBG" or is_infinitive(token)
    return token.dep_ == "advcl" and participle and not _has_subject(token)
