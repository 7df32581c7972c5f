"""Which of a sentence's times belongs to which of its events, and what is told as history."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon
from geomap.reports.times.clauses import above, below, is_act, is_after, verb_over
from geomap.reports.times.sequence import counted_time

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from geomap.models import Interval
    from geomap.reports.times.dates import TimeExpression

__all__ = ["deed_day", "goes_on", "is_background", "narrated_day", "time_of"]

BACKGROUND_AFTER = timedelta(days=31)
"""What ended longer before publication is told as history."""
THEN = {"then", "afterwards", "thereupon", "immediately"}
"""Adverbs that put a deed right after the one told before."""
SPEECH = 6
"""Words between a verb of saying and its time: "told reporters in Juba on Monday"."""


def time_of(trigger: Token, sentence: Span, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
    """Return the time of an event: the nearest one of its clause, never that of the one who speaks of it.

    Where it has none, it may be counted from another event of the sentence.
    """
    own = partial(_own_time, sentence=sentence, times=times)
    found = own(trigger)
    if found and found.interval and not found.text.lower().endswith(" after"):
        return found
    return counted_time(trigger, sentence, own) or found


def _own_time(trigger: Token, sentence: Span, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
    at = trigger.idx - sentence.start_char
    own = [t for t in times if _belongs(t, trigger, sentence)]

    def distance(time: TimeExpression) -> tuple[bool, bool, int]:
        owner = _owner(_root(time, sentence))
        return owner is None or owner.i != trigger.i, time.interval is None, abs(time.start - at)

    return min(own, key=distance, default=None)


def narrated_day(sentence: Span, times: tuple[TimeExpression, ...]) -> Interval | None:
    """Return the days a sentence tells of last, from which "that night" in the next one counts."""
    told = [t.interval for t in times if t.interval and not _of_speech(_owner(_root(t, sentence)), t, sentence)]
    nights = [interval for interval in told if interval.days <= 2]
    return next(reversed(nights or told), None)


def deed_day(sentence: Span, times: tuple[TimeExpression, ...]) -> Interval | None:
    """Return the day of the deed that a sentence tells with its main verb: "gunmen attacked the village on Friday".

    Words have no day that others can go on with, nor has what lasts, nor what is still to come.
    """
    verb, words = sentence.root, load_lexicon()
    if verb.tag_ not in {"VBD", "VBN"} or is_act(verb) or verb.lemma_ in words.saying | words.status["lasting"]:
        return None
    found = _own_time(verb, sentence, times)
    own = found is not None and found.interval is not None and found.interval.days <= 2
    return found.interval if found and own else None


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
    before = trigger.doc[trigger.i - 1].lower_ if trigger.i else ""
    if mover.lower_ in load_lexicon().words["rest"] or {before, *(c.lower_ for c in trigger.lefts)} & THEN:
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


def _words(time: TimeExpression, sentence: Span) -> Span | None:
    begin = sentence.start_char
    return sentence.doc.char_span(begin + time.start, begin + time.end, alignment_mode="expand")


def _root(time: TimeExpression, sentence: Span) -> Token | None:
    words = _words(time, sentence)
    return words.root if words is not None else None


def _owner(token: Token | None) -> Token | None:
    """Return the verb a time belongs to; between a relative clause and its main verb, the relative clause.

    A place that is held, or lies somewhere, was so all along: "left the areas it controlled on Sunday".
    """
    if token is None:
        return None
    if (spoken := _said_before(token)) is not None:
        return spoken
    verb = verb_over(token)
    if (_lasts(verb) or _is_aside(verb)) and token.lower_ != "since" and token.head.lower_ != "since":
        verb = verb_over(verb.head)
    if _opens_after(token, verb):
        return verb_over(verb.head)
    for other in verb.lefts:
        inner = next((t for t in other.subtree if t.i < token.i and _is_inner(t)), None)
        if inner is not None and verb.i > token.i > other.i:
            return inner
    return verb


def _is_inner(verb: Token) -> bool:
    """Whether a verb tells a deed of its own beside a noun; "rebels backed by A on Monday seized B" tells one only."""
    return verb.dep_ in {"relcl", "acl"} and verb.pos_ == "VERB" and not _is_aside(verb)


def _is_aside(verb: Token) -> bool:
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_ in load_lexicon().words["asides"]


def _opens_after(time: Token, verb: Token) -> bool:
    """Whether a clause only opens after a time that is parsed into it: "were flown in overnight after A fell"."""
    marks = (c for c in verb.lefts if c.dep_ == "mark" and c.lower_ in {"after", "before", "as", "while", "because"})
    return verb.dep_ == "advcl" and verb.head.i < time.i and any(time.i < mark.i for mark in marks)


def _has_when(trigger: Token, time: TimeExpression, sentence: Span) -> bool:
    """Whether a time is explained by the event: "on Friday, when they left"."""
    words = _words(time, sentence)
    return words is not None and any(c.lower_ == "when" and words.end <= c.i < words.end + 2 for c in trigger.children)


def _said_before(time: Token) -> Token | None:
    """Return the verb of saying right before a time that is parsed into what is said: "said on Monday it had left"."""
    saying = load_lexicon().saying
    for token in reversed(time.doc[max(time.sent.start, time.i - SPEECH) : time.left_edge.i]):
        if token.pos_ == "VERB":
            return token if token.lemma_ in saying else None
        if token.pos_ == "PUNCT" or token.dep_ in {"nsubj", "nsubjpass", "mark"}:
            return None
    return None


def _lasts(verb: Token) -> bool:
    """Whether a verb tells in a relative clause how something is, and no deed."""
    return (
        verb.dep_ in {"relcl", "acl"}
        and verb.lemma_ in load_lexicon().status["lasting"]
        and not any(c.lower_ in {"has", "have", "had"} for c in verb.lefts)
    )


def _belongs(time: TimeExpression, trigger: Token, sentence: Span) -> bool:
    root = _root(time, sentence)
    if root is None or (root.dep_ == "poss" and root.head.i != trigger.i):
        return False
    if (shown := _shown(root)) is not None:
        return any(t.i == shown.i for t in above(trigger))
    if _has_when(trigger, time, sentence):
        return True
    owner = _owner(root)
    if owner is None or owner.i == trigger.i or time.text.lower().startswith(("has ", "have ", "had ")):
        return owner is not None and owner.i == trigger.i
    if owner.lemma_ in load_lexicon().saying:
        return not _of_speech(owner, time, sentence) and trigger.i < root.i
    if root.i < trigger.i and (is_act(owner) or is_after(trigger)):
        return False
    over = {t.i for t in above(trigger)}
    return any(t.i in over for t in below(owner))


def _shown(time: Token) -> Token | None:
    """Return the verb that tells what "pictures taken on Monday" show: it happened when they were taken."""
    taken = verb_over(time)
    words = load_lexicon()
    pictures = taken.dep_ == "acl" and taken.head.lemma_.lower() in words.incidents["footage"]
    return taken.head.head if pictures and taken.lemma_ in words.words["pictured"] else None


def _of_speech(owner: Token | None, time: TimeExpression, sentence: Span) -> bool:
    """Whether a time is when somebody spoke: it hangs on the verb of saying, not right before the speaker's name."""
    if owner is None or owner.lemma_ not in load_lexicon().saying:
        return False
    speaker = next((c for c in owner.children if c.dep_ == "nsubj"), None)
    root = _root(time, sentence)
    starts = sentence[0].i if speaker is None else next((t.i for t in sentence if t.pos_ == "VERB"), owner.i)
    return speaker is None or root is None or not starts < root.i < speaker.left_edge.i
