"""Datelines: where and when a story was written, and by which agency, as it says before its first sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.intake.page_words import load_page_words
from geomap.written_days import date_pattern, day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

__all__ = ["Dateline", "datelines_within", "find_dateline"]

_LONGEST = 140
"""A dateline is no longer than this."""
_DASH = r"(?:\.\s?[-–—]{1,2}|[-–—_\x96\x97\ufffd]{1,3}|:)"
_BARE = re.compile(r"(?P<dash>\s[-–—_\x96\x97\ufffd]{1,3}\s|\.\s?[-–—]{1,2}\s|\s?—\s?|–|:\s)(?=[\"“«'‘]?[^\W\d_])")
_UNMARKED = re.compile(r"((?:[^\W\d_a-z]{5,}(?:-[^\W\d_a-z]+)?\s){1,2})(?=[^\W\d_a-z][^\WA-Z\d_]|[Aa]n?\s)")
"""Words in capitals right before a sentence: the mark between them was lost."""
_WITHIN = re.compile(r"(?<=[.!?…\"”]\s)(?=[^\W\d_a-z]{3}[^()\n]{0,60}\()")
_PART = re.compile(r"[^\W\d_][\w'’ʼ`.-]*")
_SIGNED = [f"{kind}{n}" for kind in "ab" for n in range(1, 6)] + ["a6"]
_DASHES = ["dash1", "dash2", "dash3", "dash4", "stop"]
_PARTICLES = frozenset(["al", "el", "de", "del", "la", "le", "of", "the", "du", "des", "da", "do", "upon", "es", "an"])
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words before the story; offsets are those of the text they were looked for in."""

    start: int
    end: int
    """Where the story begins."""
    place: tuple[int, int]
    """The words that name places."""
    agency: str | None = None
    day: date | None = None
    """The day it names, when it names the year as well."""
    day_of_year: tuple[int, int] | None = None
    """Month and day of one that leaves the year out."""


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a dateline with a date or an agency: only these need no gazetteer to be known by."""
    words = r"[^\W\d_][\w'’ʼ`.-]*(?:[\s,،/]{1,3}[^\W\d_][\w'’ʼ`.-]*){0,6}?"
    known = _agencies()
    named = r"[^()\[\]/«»\n]{2,40}"
    signed = rf"(?:\((?P<a1>{named})\)|\[(?P<a2>{named})\]|/(?P<a3>{named})/|«(?P<a4>{named})»|(?P<a5>{known}))"
    signed_too = re.sub(r"\(\?P<a(\d)>", r"(?P<b\1>", signed)
    around = r"[\s,،.;]{0,3}"
    dated = rf"[\s,،–-]{{1,3}}(?P<open>\()?{date_pattern('d')}(?(open)\))"
    opened = rf"\((?P<p2>[^\W\d_][^()\d\n]{{1,60}}?)(?:[\s,،]{{1,3}}{date_pattern('e')})?\)\s*(?P<dash2>{_DASH})\s*"
    return re.compile(
        rf"[\s\"“]*(?:{opened}"
        rf"|(?P<p1>{words}(?:\s\([^()\d\n]{{2,30}}\))?){dated}"
        rf"(?:{around}{signed}{around}(?:\s*(?P<dash1>{_DASH})\s*|\s+)"
        rf"|(?P<stop>\.\s+)(?=(?-i:[^\W\d_a-z]))|\s*(?P<dash4>{_DASH})\s*(?:(?P<a6>{known})[.:\s–—-]{{1,3}})?)"
        rf"|(?P<p3>{words})[\s,،:/–-]{{0,3}}{signed_too}(?:{around}{date_pattern('f')})?"
        rf"{around}(?:\s*(?P<dash3>{_DASH})\s*|\s+|(?<=[)\]/»])(?=\w)))",
        re.IGNORECASE,
    )


def _agencies() -> str:
    """Return the pattern of an agency by its bare name: before a dash or a point, or after a hyphen."""
    names = sorted(load_page_words().agencies, key=lambda name: (-len(name), name))
    either = "|".join(re.escape(name) for name in names)
    return rf"(?<!\w)(?:{either})(?!\w)(?:(?=[\s.]{{0,2}}{_DASH})|(?=\.\s)|(?<=-.{{2}})|(?<=-.{{3}})|(?<=-.{{4}}))"


def find_dateline(
    text: str, start: int, end: int, *, is_place: Callable[[str], bool] | None = None, first: bool = True
) -> Dateline | None:
    """Return the dateline that a paragraph begins with, or None.

    Parameters
    ----------
    text, start, end
        The paragraph.
    is_place
        Tells whether a name is that of a place; without it only datelines with a date or an agency are known.
    first
        It is the first paragraph of its story: only there a place and a dash are enough.
    """
    stop = min(end, start + _LONGEST)
    match = _pattern().match(text, start, stop)
    if match and (found := _read(match, start, is_place)):
        return found
    return _bare(text, start, stop, is_place) if is_place and first else None


def datelines_within(text: str, start: int, end: int) -> Iterator[Dateline]:
    """Yield the datelines of known agencies that begin a sentence inside a paragraph: stories were run together."""
    for match in _WITHIN.finditer(text, start, end):
        found = _pattern().match(text, match.start(), min(end, match.start() + _LONGEST))
        dateline = _read(found, match.start(), None) if found else None
        if (
            dateline
            and dateline.agency in load_page_words().agencies.values()
            and text[slice(*dateline.place)].isupper()
        ):
            yield dateline


def _read(match: re.Match[str], start: int, is_place: Callable[[str], bool] | None) -> Dateline | None:
    g = match.groupdict()
    group = next(name for name in ("p1", "p2", "p3") if g[name])
    words = g[group].rstrip(" -–,،")
    signed = next((name for name in _SIGNED if g[name]), "")
    # Round brackets may hold a region as well: "Goma (Kivu)".
    agency, day = _signature(g.get(signed), is_place if signed in {"a1", "b1"} else None)
    stated = day or day_of(g, "d") or day_of(g, "e") or day_of(g, "f") or (None, None)
    opens = next((char for char in match.string[match.end() : match.end() + 3] if char.isalnum()), "")
    if not _is_name(words) or opens.islower() or (agency is None and stated == (None, None) and group != "p2"):
        return None
    # Only capitals, an agency that is known or a date tell a place without a gazetteer.
    told = words.isupper() or agency in load_page_words().agencies.values() or stated != (None, None)
    if not told and is_place and not is_place(_outer(words)):
        return None
    if g["stop"] and not words.isupper() and not (is_place and is_place(_outer(words))):
        return None
    if not any(g[name] for name in _DASHES) and not _stands_without_dash(words, agency, dated=stated != (None, None)):
        return None
    return Dateline(start, match.end(), (match.start(group), match.start(group) + len(words)), agency, *stated)


def _stands_without_dash(words: str, agency: str | None, *, dated: bool) -> bool:
    """Whether a place may be followed by its sentence at once: "MOSCOW (Wire) According to", not "Army (FARDC) Men"."""
    known = agency in load_page_words().agencies.values()
    caseless = words.lower() == words.upper()
    return (known and (dated or caseless or words.isupper())) or (dated and agency is not None)


def _signature(
    words: str | None, is_place: Callable[[str], bool] | None
) -> tuple[str | None, tuple[date | None, tuple[int, int] | None] | None]:
    """Return the agency, or the day, that the words in brackets give."""
    if words is None:
        return None, None
    plain = " ".join(words.split()).strip(" .,")
    known = load_page_words().agencies.get(plain.lower())
    if known:
        return known, None
    if match := re.fullmatch(date_pattern("x"), plain, re.IGNORECASE):
        return None, day_of(match.groupdict(), "x")
    # "(Wire/AP)", "(Thomson Reuters Foundation)"; "(in Russian)" and "(photo)" are no agencies
    parts = [part.strip() for part in re.split(r"[/,&]", plain)]
    listed = [load_page_words().agencies.get(part.lower()) for part in parts]
    if any(listed):
        return next(name for name in listed if name), None
    named = len(plain.split()) <= 4 and plain[:1] != plain[:1].lower()
    return (plain, None) if named and not (is_place and is_place(plain)) else (None, None)


def _is_name(words: str) -> bool:
    """Whether words may be the names of places: capitals, where the script has them, and no label of a headline."""
    parts = _PART.findall(words)
    if not 0 < len(parts) <= _MOST_WORDS or words.strip().lower() in load_page_words().labels:
        return False
    if parts[0].lower() in load_page_words().by:
        return False
    cased = [part for part in parts if part.lower() != part.upper()]
    fits = all(part[0].isupper() or part.lower().split("-")[0] in _PARTICLES for part in cased)
    return fits and (bool(cased) or len(parts) <= 4)


def _outer(words: str) -> str:
    """Return the first of several names: "Kobani" of "Kobani/Beirut"."""
    return re.split(r"[,،/(]|\s+(?:and|et|y|и|та|ve)\s+", words)[0].strip(" .")


def _bare(text: str, start: int, stop: int, is_place: Callable[[str], bool]) -> Dateline | None:
    """Return a dateline of a place and a dash alone, or of a place in capitals right before its sentence."""
    dash = _BARE.search(text, start, stop)
    if dash and (found := _placed(text, start, dash.start(), dash.end(), is_place)):
        # A colon follows a speaker as well: "Damascus: we did not"
        capitals = text[slice(*found.place)].isupper()
        return found if capitals or dash["dash"].strip() not in {":", "–"} or dash["dash"] == " – " else None
    unmarked = _UNMARKED.match(text, start, stop)
    return _placed(text, start, unmarked.end() - 1, unmarked.end(), is_place) if unmarked else None


def _placed(text: str, start: int, end: int, story: int, is_place: Callable[[str], bool]) -> Dateline | None:
    words = text[start:end]
    opens = next((char for char in text[story : story + 3] if char.isalnum()), "")
    if len(words) > 60 or not _is_name(words) or opens.islower() or not is_place(_outer(words)):
        return None
    return Dateline(start, story, (start, end))
