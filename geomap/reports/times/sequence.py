"""One deed dated by another: "four days after the militants fled", "left on Monday and arrived a day later"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_number
from geomap.models import Interval
from geomap.reports.times.clauses import verb_over
from geomap.reports.times.dates import TimeExpression

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span, Token

__all__ = ["counted_time", "trip_time"]

_DISTANCE = re.compile(
    rf"(?:\b(?P<n>{NUMBER}|an?) (?P<unit>minute|hour|day|week)s?"
    r"|\b(?P<soon>(?:(?:several|some|a few) )?(?:minutes|hours)|shortly|soon|right|immediately))\s*$",
    re.IGNORECASE,
)
NEAR = 40
"""Characters before "after" in which the distance may stand."""
ONE_TRIP = timedelta(days=4)
"""Between the start and the end of one trip; what lies further apart are two dates."""


def counted_time(
    trigger: Token, sentence: Span, own: Callable[[Token], TimeExpression | None]
) -> TimeExpression | None:
    """Return the time of an event as counted from another one of the sentence.

    Parameters
    ----------
    trigger
        The event.
    sentence
        Its sentence.
    own
        Gives the time that a verb itself has.
    """
    if (link := _link(trigger)) is not None:
        return _counted(link, sentence, own(_main(link)), back=link.lower_ == "after")
    for link in (t for t in sentence if t.lower_ in {"after", "before"} and _main(t).i == trigger.i):
        inner = link.head if link.dep_ == "mark" else next((c for c in link.children if c.dep_ == "pcomp"), None)
        if inner is not None and inner.i != trigger.i:
            return _counted(link, sentence, own(inner), back=link.lower_ == "before")
    return None


def trip_time(
    first: TimeExpression | None, second: TimeExpression | None, *, on_the_way: bool
) -> TimeExpression | None:
    """Return the time of two steps joined: both days of one trip, else that of the step told last.

    Parameters
    ----------
    first, second
        Their times, in the order of the text.
    on_the_way
        One tells the departure and the other the arrival.
    """
    if first is None or second is None or first.interval is None or second.interval is None:
        return first if second is None or (first and first.interval) else second
    if first.interval == second.interval:
        return first
    start = min(first.interval.start, second.interval.start)
    end = max(first.interval.end, second.interval.end)
    if on_the_way and end - start <= ONE_TRIP:
        return TimeExpression(first.start, first.end, first.text, Interval(start, end))
    return second


def _link(trigger: Token) -> Token | None:
    """Return the "after" or "before" that puts an event's clause behind another's."""
    if trigger.dep_ == "pcomp" and trigger.head.lower_ in {"after", "before"}:
        return trigger.head
    if trigger.dep_ == "advcl":
        return next((c for c in trigger.lefts if c.dep_ == "mark" and c.lower_ in {"after", "before"}), None)
    return None


def _main(link: Token) -> Token:
    """Return the verb of the clause that an "after" belongs to."""
    return verb_over(link.head.head if link.dep_ == "mark" else link.head)


def _counted(link: Token, sentence: Span, base: TimeExpression | None, *, back: bool) -> TimeExpression | None:
    begin = link.idx - sentence.start_char
    match = _DISTANCE.search(sentence.text, max(0, begin - NEAR), begin)
    if match is None or base is None or base.interval is None or base.interval.days > 2:
        return None
    step = _step(match)
    if step is None:
        return None
    ends = [end - step if back else end + step for end in (base.interval.start, base.interval.end)]
    return TimeExpression(
        match.start(), begin + len(link), sentence.text[match.start() : begin + len(link)], Interval(*ends)
    )


def _step(match: re.Match[str]) -> timedelta | None:
    """Return the whole days of a distance."""
    if match["soon"]:
        return timedelta()
    count = 1 if match["n"].lower() in {"a", "an"} else parse_number(match["n"])
    if count is None:
        return None
    hours = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}[match["unit"].lower()]
    return timedelta(days=int(count * hours) // 24)
