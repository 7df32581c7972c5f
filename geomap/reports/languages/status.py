"""How far a movement has come, by the form of its verb and the words before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Status
from geomap.reports.languages.clauses import HeadKind
from geomap.reports.languages.patterns import Form

if TYPE_CHECKING:
    from geomap.reports.languages.clauses import Clause
    from geomap.reports.languages.lexicon import Lexicon

__all__ = ["is_speculative", "read_status"]

NEGATION_REACH = 4
"""Words between "not" and the verb."""
_GOVERNING = ("ordered", "planned", "ongoing", "completed")
_BY_FORM = {
    Form.PAST: Status.COMPLETED, Form.PRESENT: Status.ONGOING, Form.FUTURE: Status.PLANNED,
    Form.OPEN: Status.PLANNED, Form.LINKED: Status.COMPLETED, Form.NOUN: Status.COMPLETED, Form.NONE: Status.COMPLETED,
}  # fmt: skip


def read_status(clause: Clause, lexicon: Lexicon, *, after: Clause | None = None) -> Status:
    """Return the status of the movement that a clause tells.

    Parameters
    ----------
    clause
        Its head is a verb or noun of movement.
    lexicon
        Of its language.
    after
        The clause after it, whose time a linked form shares.
    """
    shape = clause.head.shape
    if shape.negated or _negated(clause, lexicon) or _denied(clause, lexicon):
        return Status.DENIED
    governed = _governed(clause, lexicon)
    if governed is not None:
        return governed
    if shape.form is Form.LINKED and after is not None and after.head.kind is HeadKind.MOVEMENT:
        return read_status(after, lexicon)
    earlier = clause.before
    if shape.form is Form.OPEN and earlier is not None and earlier.head.kind is HeadKind.MOVEMENT:
        return read_status(earlier, lexicon)
    return _BY_FORM[shape.form]


def is_speculative(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the movement is only said to be possible."""
    return any(lexicon.status["speculation"].any(clause.words, a, b) for a, b in _governing_ranges(clause, lexicon))


def _negated(clause: Clause, lexicon: Lexicon) -> bool:
    at = clause.head.first
    start = max(clause.start, at - NEGATION_REACH)
    stop = clause.head.last
    if lexicon.status["nobody"].any(clause.words, clause.start, clause.stop):
        return True
    if clause.head.shape.form is Form.NOUN:
        stop = clause.stop
    return lexicon.status["negation"].any(clause.words, start, stop)


def _denied(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a word of denying or foiling governs the head, in its own part or before "that"."""
    if any(lexicon.status["denied"].any(clause.words, a, b) for a, b in _governing_ranges(clause, lexicon)):
        return True
    if lexicon.status["untrue"].any(clause.words):
        return True
    opener = clause.start - 1
    told = opener >= 0 and lexicon.clauses["that"].any(clause.words, max(0, opener - 1), clause.start)
    if lexicon.order.verb_last or not told:
        return False
    return lexicon.status["denied"].any(clause.words, max(0, opener - 8), opener)


def _governed(clause: Clause, lexicon: Lexicon) -> Status | None:
    """Return the status that the nearest governing word gives, or None where the verb speaks for itself."""
    if clause.head.shape.form not in {Form.OPEN, Form.NOUN, Form.LINKED, Form.NONE}:
        return Status.PLANNED if _future(clause, lexicon) else None
    found: list[tuple[int, Status]] = []
    for start, stop in _governing_ranges(clause, lexicon):
        for name in _GOVERNING:
            matches = lexicon.status[name].find(clause.words, start, stop)
            found += [(abs(match.first - clause.head.first), Status(name)) for match in matches]
    if not found:
        return None
    nearest = min(found, key=lambda item: item[0])[1]
    orders = [status for _, status in found if status is Status.ORDERED]
    plans = [status for _, status in found if status is Status.PLANNED]
    if nearest is Status.ONGOING and (orders or plans):
        return (orders or plans)[0]
    return nearest


def _future(clause: Clause, lexicon: Lexicon) -> bool:
    at = clause.head.first
    return lexicon.status["future"].any(clause.words, max(clause.start, at - NEGATION_REACH), at)


def _governing_ranges(clause: Clause, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return where words stand that govern the head.

    They stand before it in its part; for a noun after it too, and where verbs come last only there.
    """
    head, previous = clause.head, clause.before
    start = clause.start
    if previous is not None and previous.head.kind is HeadKind.MOVEMENT and not lexicon.order.verb_last:
        start = max(start, previous.head.last)
    if lexicon.order.verb_last:
        return [(head.first, clause.stop)]
    ranges = [(start, head.first)]
    if clause.head.shape.form is Form.NOUN:
        ranges.append((head.last, clause.stop))
    return ranges
