"""The ways to name a time in news English, and the days each one means.

A rule is a pattern and a function of what it matched; of two rules that match the same words the longer match counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.measures import NUMBER, parse_number
from geomap.models import Interval
from geomap.reports.times import days
from geomap.reports.times.days import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

__all__ = ["HINTS", "RULES", "Clock", "Found", "days_of"]

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(WEEKDAYS)
_BEFORE_DATE = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?:the )?)?"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_PART = (
    r"(?:dawn|daybreak|sunrise|first light|morning|noon|midday|afternoon|dusk|sunset|evening|nightfall|night|midnight)"
)
_AT_PART = rf"(?: (?:at |around |in the )?(?:early |late )?{_PART})?"
_POSSESSIVE = r"(?:(?<=day)s(?= [a-z]))?"
"""What is left of "Tuesday's raid" where the apostrophe is lost."""
_PIECE = (
    r"(?:early|late|mid|start|beginning|middle|end|first half|second half|first days?|last days|first week|last week)"
)
_UNIT = r"(?:hour|day|week|fortnight|month|year)"
_NOUN = r" (?:the|an?|its|their|his|they|he|it|(?-i:[A-Z])\w+)\b"
"""What follows where "the day before" counts from something else than the event told last."""
RULES = {
    "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    "dotted": rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})",
    "slashed": rf"(?P<a>\d{{1,2}})(?P<s>[/-])(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YEAR})",
    "day_month": rf"{_BEFORE_DATE}(?P<d>\d{{1,2}}){_NTH}(?: of)? (?P<month>{_MONTH})\.?(?:,? (?P<y>{_YEAR}))?",
    "month_day": rf"{_BEFORE_DATE}(?P<month>{_MONTH})\.? (?:the )?(?P<d>\d{{1,2}}){_NTH}(?![\d:])"
    rf"(?:,? (?P<y>{_YEAR}))?",
    "days_month": rf"(?P<d>\d{{1,2}}){_NTH}\s*(?:-|–|to|and|or|until|through)\s*(?:the )?(?P<e>\d{{1,2}}){_NTH}"
    rf" (?:of )?(?P<month>{_MONTH})\.?(?:,? (?P<y>{_YEAR}))?",
    "month_days": rf"(?P<month>{_MONTH})\.? (?P<d>\d{{1,2}}){_NTH}\s*(?:-|–|to|through|until)\s*(?P<e>\d{{1,2}}){_NTH}"
    rf"(?![\d:])(?:,? (?P<y>{_YEAR}))?",
    "months": rf"(?:between|from) (?P<month>{_MONTH}) (?:and|to|until|till|through) (?P<until>{_MONTH})"
    rf"(?:,? (?P<y>{_YEAR}))?",
    "month": rf"(?:(?:in|since|during|until|by|from|around) )?(?:(?P<which>last|next|this) )?(?P<month>{_MONTH})"
    rf"\.?(?:,? (?P<y>{_YEAR})| (?P<rel>last|this|next) year)?",
    "years": rf"(?:between|from) (?P<y>{_YEAR}) (?:and|to|until|till|through) (?P<until>{_YEAR})",
    "year": rf"(?:in|since|during|from|until|by|around) (?P<y>{_YEAR})",
    "long_ago": rf"(?:in|until|around) (?:(?:{_MONTH}) )?(?P<y>1[0-8]\d\d)"
    r"(?=\s*[,.;:)]|$| (?:and|but|when|as|by|after|the|at)\b| (?-i:[A-Z]))",
    "decade": r"(?:in|since|during|from) the (?:early |late )?(?P<y>(?:19|20)\d0)s",
    "season": rf"(?:(?P<which>last|this|next) |(?:in )?the )?(?P<season>spring|summer|autumn|fall|winter)"
    rf"(?: (?:of )?(?P<y>{_YEAR}))?",
    "piece": rf"(?:(?:at|in|by|since|from|until|around|near|towards?) )?(?:the )?(?P<piece>{_PIECE})[\s-]?(?:of |in )?"
    rf"(?:(?P<month>{_MONTH})\b\.?(?:,? (?P<y>{_YEAR}))?|(?P<year>{_YEAR})"
    r"|(?P<which>last|next|this|the) (?P<unit>week|month|year))",
    "so_far": rf"(?P<piece>earlier|later) (?:in )?(?:(?P<which>this|last|next|the) (?P<unit>week|month|year)"
    rf"|(?P<month>{_MONTH})\b|(?P<year>{_YEAR}))",
    "nth": r"(?:on|since|by|until|from) the (?P<d>\d{1,2})(?:st|nd|rd|th)"
    r"(?=\s*(?:[.,;:)]|$|(?:and|or|at|in|when|after|by|from|to|until|of)\b))"
    r"(?: of (?P<which>this|the|last|next) month)?",
    "festival": rf"(?:good|black|easter|palm|ash|holy|maundy|whit|bloody|shrove|super) (?:{_DAY})",
    "feast": r"(?P<feast>new year['’]s (?:day|eve)|christmas (?:day|eve)|may day|boxing day)",
    "paper": rf"(?:{_DAY}) (?:times|telegraph|mirror|express|herald|mail|post|independent)",
    "weekday": rf"(?:(?:in )?the (?:early hours|small hours|{_PART}) (?:of|on) )?"
    rf"(?:(?P<which>last|next|this|this past|this coming|past|coming|previous|following) )?"
    rf"(?:(?:late|early|earlier|later) (?:on )?)?(?P<day>{_DAY}){_POSSESSIVE}{_AT_PART}"
    r"(?:,? (?:of )?(?P<week>last|this|next) week)?",
    "night_to": rf"(?:overnight|the night) (?:to|into) (?P<day>{_DAY})",
    "overnight_on": rf"overnight (?:on )?(?P<day>{_DAY})",
    "near": r"(?:earlier |later |late |early )?(?P<word>the day before yesterday|the day after tomorrow|yesterday"
    rf"|today|tonight|tomorrow|overnight){_AT_PART}",
    "this_part": r"(?P<which>this|last) (?:morning|afternoon|evening|night)",
    "weekend": r"(?:(?:the )?(?P<which>last|this|next|previous|following|past)|the) weekend",
    "ago": rf"(?P<n>{NUMBER}|a|an|several|a few|some) (?P<unit>{_UNIT})s? ago",
    "vague": rf"in (?:the )?(?:recent|coming|past|last) (?:few )?{_UNIT}s|(?:just )?(?:days|weeks|months|years) ago",
    "period": r"(?P<which>this|last|next) (?P<unit>week|month|year)",
    "past": rf"(?:(?:in|over|during|for|within) )?(?:the )?(?:past|last) (?:(?P<n>{NUMBER}|few|several|couple of) )?"
    rf"(?P<unit>{_UNIT})s?",
    "then": r"(?:later|earlier) in the day"
    rf"|(?:(?:on|later|during|earlier) )?(?:that|the same)(?: very)? (?:day|{_PART})",
    "previous": rf"the (?:day|night|evening|morning) (?:before|earlier)(?!{_NOUN})"
    r"|the (?:previous|preceding) (?:day|evening|night|morning)",
    "following": rf"the day after(?!{_NOUN})|(?:the )?(?:next|following) (?:day|morning|afternoon|evening|night)",
    "shifted": rf"(?:(?P<n>{NUMBER}|an?) |(?P<many>several |some )?)(?P<unit>{_UNIT})s? "
    rf"(?P<way>later|earlier|afterwards|before(?!{_NOUN}))",
    "hours_after": rf"(?:(?:{NUMBER}|an|several|some|a few) )?(?:minute|hour)s? after",
    "neighbour": r"the (?P<way>previous|following|next|same) (?P<unit>week|month|year)",
    "since_then": r"(?:has|have|had) since(?! (?:the|last|then|early|late|mid|\d|(?-i:[A-Z])))|since then",
    "clock": r"(?:at|by|around|from|since|until|before|after|shortly (?:before|after)) (?:about |around )?"
    r"(?:\d{1,2}[:.]\d\d|\d{1,2}\s?[ap]\.?m\b\.?|\d{4} hours|dawn|daybreak|sunrise|first light|noon|midday|dusk|sunset"
    r"|nightfall|evening|midnight)|in the (?:early |late )?(?:morning|afternoon|evening|early hours|small hours)",
    "night": r"(?:during|in|through|throughout) the night",
}
"""Ways to name a time; a space stands for any white space. Of two that overlap the longer one counts."""
_MONTHS = tuple(sorted({name[:3] for name in MONTHS}))
_FEASTS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "may day": (5, 1),
}  # fmt: skip
"""Month and day of the feasts that have the same one every year."""
_LATER = ("later", "earlier", "before", "after", "previous", "preceding", "next", "following")
HINTS = {
    **dict.fromkeys(["day_month", "month_day", "days_month", "month_days", "months", "month"], _MONTHS),
    **dict.fromkeys(["weekday", "night_to", "overnight_on", "festival", "paper"], ("day",)),
    **dict.fromkeys(["previous", "following", "shifted", "neighbour", "so_far"], (*_LATER, "same")),
    "piece": ("early", "late", "mid", "start", "beginning", "end", "half", "first", "last"),
    "season": ("spring", "summer", "autumn", "fall", "winter"),
    "hours_after": ("s after", "hour after"),
    "ago": ("ago",), "vague": ("ago", "recent", "coming", "past", "last"), "past": ("past", "last"),
    "night": ("night",), "then": ("that", "same", "in the day"), "since_then": ("since",),
    "weekend": ("weekend",), "decade": ("0s",),
    "iso": ("0-00-00",), "dotted": (".0000",), "slashed": ("/0000", "-0000"), "nth": ("0st", "0nd", "0rd", "0th"),
    **dict.fromkeys(["year", "years", "long_ago"], ("0000",)),
    "near": ("yesterday", "today", "tonight", "tomorrow", "overnight"), "period": ("week", "month", "year"),
    "this_part": ("morning", "afternoon", "evening", "night"), "feast": ("day", "eve"),
    "clock": (
        "0", "dawn", "daybreak", "sunrise", "light", "morning", "noon", "midday", "dusk", "sunset", "evening", "night",
        "hours",
    ),
}  # fmt: skip
"""Letters, and "0" for any figure, without one of which a rule cannot match: most sentences are spared most rules."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative expressions count from."""

    published: date | None
    anchor: Interval | None
    """When what was told last happened."""
    future: bool

    @property
    def moment(self) -> date | None:
        """The day of what was told last, where it is known to a night."""
        return self.anchor.end if self.anchor and self.anchor.days <= 2 else None


@dataclass(frozen=True, slots=True)
class Found:
    """One match of a rule in a sentence, with the word of relation before it."""

    rule: str
    match: re.Match[str]
    start: int
    relation: str
    interval: Interval | None = None
    end: int = 0

    def __getitem__(self, group: str) -> str:
        """Return what a group of the rule matched, in small letters, or nothing."""
        return (self.match.groupdict().get(group) or "").lower()


def _until_now(interval: Interval, clock: Clock) -> Interval:
    """Return what has passed of an interval, or what is to come of it."""
    now = clock.published
    if now is None or not interval.start <= now <= interval.end:
        return interval
    return Interval(now, interval.end) if clock.future else Interval(interval.start, now)


def _complete(f: Found, _: Clock) -> Interval | None:
    return days.day(date(int(f["y"]), int(f["m"]), int(f["d"])))


def _slashed(f: Found, clock: Clock) -> Interval | None:
    """Return a date in figures where only one order of day and month can be meant."""
    first, second, year = int(f["a"]), int(f["b"]), int(f["y"])
    readings = {date(year, m, d) for d, m in ((first, second), (second, first)) if m <= 12}
    if len(readings) > 1 and clock.published:
        near = {r for r in readings if 0 <= (clock.published - r).days <= days.FAR}
        readings = near or readings
    return days.day(readings.pop()) if len(readings) == 1 else None


def _date(f: Found, clock: Clock) -> Interval | None:
    month, first, last = MONTHS[f["month"]], int(f["d"]), int(f["e"] or f["d"])
    if f["y"]:
        return Interval(date(int(f["y"]), month, first), date(int(f["y"]), month, last))
    if clock.published is None:
        return None
    begin = days.nearest(first, month, clock.published, future=clock.future)
    return Interval(begin, begin.replace(day=last))


def _feast(f: Found, clock: Clock) -> Interval | None:
    if clock.published is None:
        return None
    month, number = _FEASTS[f["feast"].replace("’", "'")]
    return days.day(days.nearest(number, month, clock.published, future=clock.future))


def _month(f: Found, clock: Clock) -> Interval | None:
    return _named_month(f, f["month"], clock)


def _named_month(f: Found, name: str, clock: Clock) -> Interval | None:
    month, now = MONTHS[name], clock.published
    if f["y"]:
        return _until_now(days.month_days(int(f["y"]), month), clock)
    if now is None:
        return None
    year = now.year + (f["which"] == "next" and month <= now.month) - (f["which"] == "last" and month >= now.month)
    if f["rel"]:
        year = now.year + {"last": -1, "next": 1}.get(f["rel"], 0)
    elif not f["which"]:
        year += (clock.future and month < now.month) - (not clock.future and month > now.month)
    elif f["which"] == "last" and month > now.month:
        year = now.year - 1
    return _until_now(days.month_days(year, month), clock)


def _months(f: Found, clock: Clock) -> Interval | None:
    last = _named_month(f, f["until"], clock)
    if last is None:
        return None
    first = MONTHS[f["month"]]
    return Interval(date(last.start.year - (first > last.start.month), first, 1), last.end)


def _years(f: Found, _: Clock) -> Interval | None:
    return Interval(date(int(f["y"]), 1, 1), date(int(f["until"]), 12, 31))


def _year(f: Found, clock: Clock) -> Interval | None:
    whole = days.year_days(int(f["y"]))
    return Interval(whole.start, date(int(f["y"]) + 9, 12, 31)) if f.rule == "decade" else _until_now(whole, clock)


def _season(f: Found, clock: Clock) -> Interval | None:
    if f["y"]:
        return days.season_days(int(f["y"]), f["season"])
    now = clock.published
    if now is None:
        return None
    this = days.season_days(now.year, f["season"])
    if f["which"] == "next" or (clock.future and this.end < now):
        return days.season_days(now.year + (this.start <= now), f["season"])
    before = this.start > now or (f["which"] == "last" and this.end >= now)
    return _until_now(days.season_days(now.year - before, f["season"]), clock)


def _whole(f: Found, clock: Clock) -> Interval | None:
    """Return the month, week or year of which a piece is told."""
    now = clock.published
    if f["month"]:
        if f["y"]:
            return days.month_days(int(f["y"]), MONTHS[f["month"]])
        near = now and days.nearest(1, MONTHS[f["month"]], now, future=clock.future)
        return days.month_days(near.year, near.month) if near else None
    if f["year"]:
        return days.year_days(int(f["year"]))
    return _unit(f["unit"], now, {"last": -1, "next": 1}.get(f["which"], 0)) if now else None


def _unit(unit: str, when: date, shift: int) -> Interval:
    """Return the calendar week, month or year of a day, or one so many on."""
    if unit == "week":
        return days.week_days(when, shift)
    there = days.back(when.replace(day=1), -shift, unit)
    return days.month_days(there.year, there.month) if unit == "month" else days.year_days(there.year)


def _piece(f: Found, clock: Clock) -> Interval | None:
    whole = _whole(f, clock)
    if whole and f["piece"] == "end" and f.relation in {"by", "until"}:
        return days.day(whole.end)
    names = {
        "beginning": "start",
        "middle": "mid",
        "first day": "first week",
        "first days": "first week",
        "last days": "last week",
    }
    return whole and _until_now(days.piece_of(whole, names.get(f["piece"], f["piece"])), clock)


def _so_far(f: Found, clock: Clock) -> Interval | None:
    whole, now = _whole(f, clock), clock.published
    if whole is None or now is None or not whole.start <= now <= whole.end:
        return whole
    return Interval(whole.start, now) if f["piece"] == "earlier" else Interval(now, whole.end)


def _nth(f: Found, clock: Clock) -> Interval | None:
    now, number = clock.published, int(f["d"])
    if now is None:
        return None
    shift = {"last": -1, "next": 1}.get(f["which"], 0)
    if not f["which"]:
        shift = (clock.future and number < now.day) - (not clock.future and number > now.day)
    return days.day(days.back(now.replace(day=1), -shift, "month").replace(day=number))


def _weekday(f: Found, clock: Clock) -> Interval | None:
    number, which, now = WEEKDAYS[f["day"]], f["which"], clock.published
    if which in {"previous", "following"}:
        moment = clock.moment
        ahead = which == "following"
        return days.day(days.weekday_day(number, moment, ahead=ahead, other=True)) if moment else None
    if now is None:
        return None
    if f["week"]:
        monday = days.week_days(now, {"last": -1, "next": 1}.get(f["week"], 0)).start
        return days.day(monday + timedelta(days=number))
    if which in {"next", "coming", "this coming"}:
        return days.day(days.weekday_day(number, now, ahead=True, other=True))
    ahead = clock.future and which not in {"last", "past", "this past"}
    last = days.weekday_day(number, now, ahead=ahead, other=which in {"last", "past", "this past"})
    return Interval(last - timedelta(days=1), last) if f.rule == "night_to" else days.day(last)


def _near(f: Found, clock: Clock) -> Interval | None:
    now = clock.published
    if now is None:
        return None
    shifts = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    when = now + timedelta(days=shifts.get(f["word"], 0))
    return Interval(when - timedelta(days=1), when) if f["word"] == "overnight" else days.day(when)


def _this_part(f: Found, clock: Clock) -> Interval | None:
    now = clock.published
    return days.day(now - timedelta(days=f["which"] == "last")) if now else None


def _weekend(f: Found, clock: Clock) -> Interval | None:
    now, which = clock.published, f["which"]
    if which in {"previous", "following"}:
        now = clock.moment
    if now is None:
        return None
    inside = now.weekday() >= 5
    if which in {"next", "following"} or (clock.future and which != "last"):
        return days.weekend_days(now, 0 if inside and which not in {"next", "following"} else 1)
    if which in {"last", "previous"}:
        return days.weekend_days(now, -1 if inside else 0)
    return _until_now(days.weekend_days(now), clock)


def _ago(f: Found, clock: Clock) -> Interval | None:
    count, now = 1 if f["n"] in {"a", "an"} else parse_number(f["n"]), clock.published
    if now is None or count is None:
        return None
    if f["unit"] == "hour":
        return Interval(now - timedelta(days=-(-int(count) // 24)), now) if count > 12 else days.day(now)
    if f["unit"] in {"month", "year"}:
        return _unit(f["unit"], days.back(now, int(count), f["unit"]), 0)
    return days.day(days.back(now, int(count), f["unit"]))


def _past(f: Found, clock: Clock) -> Interval | None:
    count, now = parse_number(f["n"] or "one"), clock.published
    return Interval(days.back(now, int(count), f["unit"]), now) if now and count else None


def _period(f: Found, clock: Clock) -> Interval | None:
    now = clock.published
    if now is None:
        return None
    return _until_now(_unit(f["unit"], now, {"last": -1, "next": 1}.get(f["which"], 0)), clock)


def _then(f: Found, clock: Clock) -> Interval | None:
    shift = {"previous": -1, "following": 1}.get(f.rule, 0)
    return days.day(clock.moment + timedelta(days=shift)) if clock.moment else None


def _shifted(f: Found, clock: Clock) -> Interval | None:
    moment = clock.moment
    if moment is None or (not f["n"] and f["unit"] != "hour"):
        return None
    count = int(1 if f["n"] in {"a", "an"} else parse_number(f["n"]) or 0)
    if f["unit"] == "hour":
        count //= 24
        return days.day(moment + timedelta(days=count if f["way"] in {"later", "afterwards"} else -count))
    there = days.back(moment, -count if f["way"] in {"later", "afterwards"} else count, f["unit"])
    return days.day(there) if f["unit"] in {"day", "week", "fortnight"} else _unit(f["unit"], there, 0)


def _neighbour(f: Found, clock: Clock) -> Interval | None:
    shift = {"previous": -1, "same": 0}.get(f["way"], 1)
    return clock.anchor and _unit(f["unit"], clock.anchor.end, shift)


def _nothing(_: Found, __: Clock) -> Interval | None:
    return None


_RESOLVERS: dict[str, Callable[[Found, Clock], Interval | None]] = {
    "iso": _complete, "dotted": _complete, "slashed": _slashed,
    "day_month": _date, "month_day": _date, "days_month": _date, "month_days": _date,
    "month": _month, "months": _months, "year": _year, "long_ago": _year, "years": _years, "decade": _year,
    "season": _season, "piece": _piece, "so_far": _so_far, "nth": _nth,
    "feast": _feast, "festival": _nothing, "paper": _nothing,
    "weekday": _weekday, "night_to": _weekday, "overnight_on": _weekday,
    "near": _near, "this_part": _this_part, "weekend": _weekend, "ago": _ago, "vague": _nothing, "past": _past,
    "period": _period, "then": _then, "previous": _then, "following": _then, "shifted": _shifted,
    "hours_after": _then, "neighbour": _neighbour, "since_then": _nothing, "clock": _nothing, "night": _nothing,
}  # fmt: skip


def days_of(found: Found, clock: Clock) -> Interval | None:
    """Return the days that the words of one match mean, or None where they name none.

    Raises
    ------
    ValueError
        There is no such day.
    OverflowError
        The count leaves the calendar.
    """
    return _RESOLVERS[found.rule](found, clock)
