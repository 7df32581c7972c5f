"""Time expressions of news English as days, against the day of publication.

Conventions: "on Saturday" is the last Saturday up to the day of publication, or the next one when the words
speak of what is to come; "last month" is the whole month before; "overnight" is the day before and the day itself.
"That day" and "two days later" count from the event told before. What tells no days ("a few days ago", "at Easter")
keeps its words and gets none; without a day of publication only complete dates are resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from geomap.models import Interval
from geomap.reports.times.time_rules import HINTS, RULES, Clock, Found, days_of

__all__ = ["TimeExpression", "find_times"]

_RELATION = re.compile(
    r"\b(?:(since|until|till|by|before|after|from|between)(?:\s+(?:the|on|about|around|early|late))*"
    r"|(since)\s+(?:the|its|their|a)\s+(?:[\w'’-]+\s+){1,4}?(?:began|started|(?:took|came\s+into)\s+effect|broke\s+out"
    r"|(?:was|were)\s+(?:launched|signed|declared|announced)|launched|fell)(?:\s+(?:on|about|around|early|late))*)\s+$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*,?\s*(to|until|till|through|into|and|or|-|–|—)\s*(?:on\s+|the\s+)?", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_OTHER_WORDS = {"may", "march", "mar", "dec", "sat", "jan", "sun", "mon"}
"""Months and days that in small letters are other words."""
LONGEST = 5_000
"""Characters of a sentence that are looked at; what is longer is no sentence."""
NEAR = 70
"""Characters before a time in which "since" or "between" may stand."""
_BARE = {"clock", "night"}
"""Rules that tell the part of a day only."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, with the days they mean or None."""

    start: int
    end: int
    text: str
    interval: Interval | None


def find_times(
    text: str, published: date | None, *, future: bool = False, anchor: Interval | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in order; offsets are into `text`.

    Parameters
    ----------
    text
        A sentence.
    published
        Day of publication; None leaves relative expressions unresolved.
    future
        Read weekdays and dates without a year as the next such day.
    anchor
        Days of the event told before, for "a day later" and "that day".
    """
    found: list[Found] = []
    named: Interval | None = None
    for match in _matches(text[:LONGEST]):
        clock = Clock(published, anchor, future)
        try:
            interval = _related(match, days_of(match, clock), clock, named)
        except (ValueError, OverflowError):
            interval = None
        anchor, named = interval or anchor, interval or named
        found.append(replace(match, interval=interval, end=match.match.start() + len(match.match[0].rstrip("."))))
    found = _joined(text, found)
    clock = Clock(published, anchor, future)
    return tuple(
        TimeExpression(
            f.start, f.end, text[f.start : f.end], _of_part(f, found, clock) if f.rule in _BARE else f.interval
        )
        for f in found
    )


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = ((name, rule.replace(" ", r"\s+")) for name, rule in RULES.items())
    return tuple((name, re.compile(rf"(?<!\w)(?:{rule})(?!\w)", re.IGNORECASE)) for name, rule in patterns)


@cache
def _hints() -> frozenset[str]:
    return frozenset(hint for hints in HINTS.values() for hint in hints)


@lru_cache(maxsize=64)
def _matches(text: str) -> tuple[Found, ...]:
    """Return the longest matches that do not overlap, in order, without those that are no times.

    The same sentence is asked once for each of its events.
    """
    small = _FIGURE.sub("0", text.lower())
    held = {hint for hint in _hints() if hint in small}
    rules = [(name, rule) for name, rule in _rules() if name not in HINTS or not held.isdisjoint(HINTS[name])]
    every = [(name, match) for name, rule in rules for match in rule.finditer(text) if _is_time(name, match, text)]
    kept: list[Found] = []
    for name, match in sorted(every, key=lambda pair: (pair[1].start() - pair[1].end(), pair[1].start())):
        if all(match.end() <= other.match.start() or match.start() >= other.match.end() for other in kept):
            before = _RELATION.search(text, max(0, match.start() - NEAR), match.start())
            first = match[0].split()[0].lower()
            own = first if first in {"since", "until", "by", "from", "before", "after"} else ""
            kept.append(
                Found(
                    name,
                    match,
                    before.start() if before else match.start(),
                    own or (before or " ")[0].split(" ")[0].lower(),
                )
            )
    return tuple(f for f in sorted(kept, key=lambda f: f.start) if f.rule != "paper")


def _is_time(rule: str, match: re.Match[str], text: str) -> bool:
    """Leave the verb "may", a bare "March", what is every week and the numbers of forces alone."""
    groups, words = match.groupdict(), match[0]
    month = groups.get("month")
    if month and month in _OTHER_WORDS:
        return False
    if rule == "weekday" and words.endswith("days"):
        return not text[: match.start()].lower().endswith("on ")  # "on Tuesdays" is every week
    if rule == "month":
        return words.rstrip(".") != month
    if rule == "season":
        return bool(groups["y"] or groups["which"] or (words.lower().startswith("in ") and groups["season"] != "fall"))
    if rule in {"year", "years"}:
        counted = re.match(r"\s+(?:to\s+[\d,]+\s+)?[a-z]+s\b", text[match.end() :])
        return not (counted and words.lower().startswith(("from", "by", "until", "between")))
    return True


def _related(found: Found, interval: Interval | None, clock: Clock, named: Interval | None) -> Interval | None:
    """Return the days meant by "since", "before" or "after" an interval; "since" reaches to a day named before it."""
    if interval is None or found.rule in _BARE:
        return interval
    until = named.end if named and named.end > interval.end else clock.published
    if found.relation == "since" and re.match(r",?\s+when\b", found.match.string[found.match.end() :]):
        return interval
    if found.relation == "since" and until and interval.start <= until:
        return Interval(interval.start, until)
    if found.relation in {"before", "after"} and not clock.future:
        return None if not re.match(r"\s+prayers", found.match.string[found.match.end() :]) else interval
    return interval


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Join "from A to B", "between A and B" and "A and B" of neighbouring days."""
    joined: list[Found] = []
    for this in found:
        last = joined[-1] if joined else None
        link = _JOINT.fullmatch(text[last.end : this.match.start()]) if last else None
        if last is None or link is None or last.interval is None or this.interval is None:
            joined.append(this)
            continue
        first, second = last.interval.start, this.interval.end
        if first > second and last.interval.days == this.interval.days == 1:
            first -= timedelta(days=7)
        near = (second - first).days <= 3 or last.relation == "between" or link[1].lower() not in {"and", "or"}
        if first > second or not near:
            joined.append(this)
        else:
            joined[-1] = replace(last, interval=Interval(first, second), end=this.end)
    return joined


def _of_part(found: Found, every: list[Found], clock: Clock) -> Interval | None:
    """Return the day of "at dawn": the nearest the sentence names, that of the event before, or that of the news."""
    if found.relation == "since" and clock.published:
        return Interval(clock.published, clock.published)
    named = [f for f in every if f.interval and f.interval.days <= 2]
    if named:
        return min(named, key=lambda f: abs(f.start - found.start)).interval
    if any(f.rule not in _BARE for f in every) or (clock.anchor and not clock.moment):
        return None
    when = clock.moment or clock.published
    if when is None or found.rule != "night":
        return Interval(when, when) if when else None
    return Interval(when - timedelta(days=1), when)
