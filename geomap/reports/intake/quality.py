"""What is odd about a text, so that a reader of the result knows what may have been missed in it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from geomap.models import Issue
from geomap.reports.intake.furniture import NO_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.models import Report

__all__ = ["oddities"]

SAMPLE = 100_000
"""Characters of the story that are looked at."""
FEWEST_LETTERS = 200
"""Shorter texts are odd by chance."""
CAPITALS = 0.7
FIGURES = 0.35
WORDS_PER_SENTENCE = 150
BROKEN_WORDS = 0.06
LONGEST_WORD = 40
"""Characters of a word that are looked at."""
_SENTENCE_END = re.compile(r"[.!?…。؟۔]+[\"'”’»)\]]*(?=\s|$)|\n\s*\n")
_MOJIBAKE = re.compile(
    r"[ÃÂ][\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u02dc\u2013-\u2122]|[ÐÑ][\u0080-\u00bf\u0152-\u2122]|[ØÙ][\u0080-\u00bf\u0152-\u2122]"
)
"""UTF-8 that was read as the code page of Western Europe."""
_BROKEN = re.compile(
    r"[^\W\d_]+[0|1!\\~^§¦][^\W\d_]+|[^\w\s]{4,}|(?<!\S)[^\w\s\"'“”‘’«»(){}\[\].,;:!?…–—&%$€£/@#*+=-]+(?!\S)"
)
"""Words with figures or marks for letters inside them, as text recognition leaves them."""


def oddities(report: Report) -> tuple[Issue, ...]:
    """Return an issue for each thing about the story's text that makes it hard to read."""
    story = report.text[report.body_start : report.body_start + SAMPLE]
    return tuple(Issue("read", words, report.id) for words in _odd(story))


def _odd(story: str) -> Iterator[str]:
    unreadable = story.count("\ufffd")
    if unreadable:
        yield f"{unreadable} characters were damaged before the text came here; words that hold them are not known"
    wrong = len(_MOJIBAKE.findall(story))
    if wrong >= 3:
        yield f"{wrong} letters look like UTF-8 that was taken for another encoding; save the text again as UTF-8"
    runs = len(NO_WORD.findall(story))
    if runs:
        yield f"{runs} runs of more than 250 characters without a space are left out"
    times = Counter(story)
    letters = sum(times[char] for char in times if char.isalpha())
    figures = sum(times[char] for char in times if char.isdigit())
    if figures > FIGURES * (letters + figures) and figures > FEWEST_LETTERS // 2:
        yield "most of the text is figures: a table, of which nothing is read"
    if letters < FEWEST_LETTERS:
        return
    upper = sum(times[char] for char in times if char.isupper())
    lower = sum(times[char] for char in times if char.islower())
    if upper > CAPITALS * (upper + lower):
        yield "the text is written in capitals: names are harder to tell from words, so that some may be missed"
    words = story.split()
    if len(words) > WORDS_PER_SENTENCE * (len(_SENTENCE_END.findall(story)) + 1):
        yield "the text has hardly any ends of sentences: what belongs together is guessed"
    if sum(bool(_BROKEN.search(word[:LONGEST_WORD])) for word in words) > BROKEN_WORDS * len(words):
        yield "many words are broken, as if recognised from a picture; correct the text for better results"
