"""What a line of a page is when it is no part of the story: credits, captions, notices, pointers to other stories."""

from __future__ import annotations

import re
from enum import StrEnum

from geomap.reports.intake.page_words import load_page_words
from geomap.written_days import weekdays

__all__ = ["NO_WORD", "BlockKind", "credit_within", "is_headline", "kind_of_line"]


class BlockKind(StrEnum):
    """What a paragraph is to the story."""

    STORY = "story"
    CAPTION = "caption"
    """Words under a picture: their date is the picture's, not the event's."""
    DATELINE = "dateline"
    """Where and when the story was written, before its first sentence."""
    BYLINE = "byline"
    """Who wrote, edited or gave it."""
    STAMP = "stamp"
    """A time of publication, or of an entry of a live blog."""
    TABLE = "table"
    """A row of figures or of columns."""
    SOCIAL = "social"
    """A message of a social network shown in the page, or the line that says whose it is."""
    REPEAT = "repeat"
    """A paragraph that stands in the report before, word for word."""
    POINTER = "pointer"
    """A pointer to another story, or its headline."""
    FURNITURE = "furniture"
    """Menus, share buttons, notices, sign-ups, tags, copyright lines, and lines without a word."""

    @property
    def is_told(self) -> bool:
        """Whether what it says is part of what the report tells."""
        return self is BlockKind.STORY

    @property
    def has_places(self) -> bool:
        """Whether place names are looked for in it."""
        return self not in {BlockKind.STAMP, BlockKind.POINTER, BlockKind.FURNITURE}


POINTER_LENGTH = 250
"""A pointer to another story is no longer than this."""
NOTICE_LENGTH = 300
CAPTION_LENGTH = 400
BYLINE_LENGTH = 200
HEADLINE_LENGTH = 150

_CAPTION = re.compile(
    r"\b(?:file|aerial|undated|handout|stock)\s+(?:file\s+)?(?:photo|image|picture|photograph)\b"
    r"|\((?:photo|image|picture|source|credit)\b|^\s*(?:photo|image|picture|caption|file)\s*[:|]"
    r"|[\[(][^\[\]()\n]{0,60}(?:/|\bvia\s)\s?(?:AP|AFP|Reuters|EPA|EFE|TASS|Getty|Anadolu|Xinhua|Al Jazeera)\b"
    r"[^\[\]()\n]{0,40}[\])]\.?\s*$"
    r"|\b(?:REUTERS|AFP|EPA|Reuters|AP Photo)/[A-Z][\w .'-]{2,40}$|©\s?(?:AFP|Reuters|AP|EPA|Getty)\b",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"\((?:AP|AFP|Reuters|EPA|Getty[^)]{0,20}|Photo[^)]{0,40})\)\s*$")
_SENTENCE_END = re.compile(r"[.!?…。؟۔][\"'”’»)\]]*(?=\s|$)")
_SOCIAL = re.compile(
    r"(?:pic\.twitter\.com/?\w+|https?://t\.co/\w+|(?:https?://)?t\.me/\S+)\s*$"
    r"|^\s*(?:(?:@\w{2,30}|\#\w+|https?://\S+|www\.\S+|RT)[\s:,|·]*)+$"
    r"|^\s*(?:[\w .'’-]{1,50}\s)?\(?@\w{2,30}\)?\s*(?:·.{0,30})?$"
)
_SIGNED_MESSAGE = re.compile(r"[—–-]{1,2}\s?[^()\n]{1,60}\(@\w{1,30}\)(?:\s(?:on\s)?\w+\.?\s\w+,?\s(?:19|20)\d\d)?")
_REPORTED = re.compile(
    r"[(\[]?\s?(?:(?:Additional\s|Further\s)?[Rr]eporting\sby|[Ww]riting\sby|[Ee]diting\sby|[Cc]ompiled\sby)\s[^.\n]{3,300}?[)\].]*\s*$"
)
_BARS = re.compile(r"\s*[|·•›»>/]\s*")
_CELLS = re.compile(r"\t+|\s*\|\s*|\s{2,}|;")
_NUMBER = re.compile(r"[-+]?\d[\d.,:%/-]*")
_MEDIA = re.compile(r"\((?:videos?|photos?|watch|map)[^)]{0,20}\)", re.IGNORECASE)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Characters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean."""
_WORD = re.compile(rf"[^\W\d_]{{2}}|[{_UNSPACED}]|[^\W\d_][\u0300-\u0eff]")
NO_WORD = re.compile(rf"[^\s{_UNSPACED}]{{250,}}")
"""Longer than any word of a script that has spaces: keys, paths, pictures in letters. Parsers take long over them."""
_SITE = re.compile(r"\s*also on \S+\.[a-z]{2,}\b", re.IGNORECASE)


def kind_of_line(line: str, *, last: bool = False) -> BlockKind:
    """Return what a line or paragraph is, by its own words; what no rule knows is story.

    Parameters
    ----------
    line
        Its text.
    last
        It ends the report, where an agency in brackets signs the story rather than a picture.
    """
    text = line.strip()
    if text and not _WORD.search(text):
        return BlockKind.FURNITURE
    if len(text) > CAPTION_LENGTH:
        return BlockKind.STORY
    if _is_pointer(text):
        return BlockKind.POINTER
    if len(text) <= NOTICE_LENGTH and _is_furniture(text):
        return BlockKind.FURNITURE
    if _SOCIAL.search(text) or ((signed := _SIGNED_MESSAGE.search(text)) and signed.end() == len(text)):
        return BlockKind.SOCIAL
    if _is_caption(text, last=last):
        return BlockKind.CAPTION
    if len(text) <= BYLINE_LENGTH and (_is_credit(text) or _is_signature(text)):
        return BlockKind.BYLINE
    return BlockKind.TABLE if _is_row(text) else BlockKind.STORY


def _is_pointer(text: str) -> bool:
    return len(text) <= POINTER_LENGTH and bool(load_page_words().pointers.start.match(text) or _SITE.match(text))


def _is_furniture(text: str) -> bool:
    lines = load_page_words().furniture
    if lines.start.match(text) or lines.anywhere.search(text) or text.lower().strip(" .:!") in lines.whole:
        return True
    parts = [part.lower().strip() for part in _BARS.split(text) if part.strip()]
    if len(parts) > 1 and sum(part in lines.whole for part in parts) * 2 >= len(parts):
        return True
    buttons = text.lower().split()
    return 1 < len(buttons) <= 12 and all(button.strip(".,:") in lines.whole for button in buttons)


def _is_caption(text: str, *, last: bool) -> bool:
    lines = load_page_words().captions
    if lines.start.match(text) or lines.anywhere.search(text) or _CAPTION.search(text):
        return True
    return not last and bool(_CREDITED.search(text)) and len(_SENTENCE_END.findall(text)) <= 2


def _is_credit(text: str) -> bool:
    """Whether a line says who reported; "Our correspondent in Goma says that it rains." is a sentence of the story."""
    match = load_page_words().bylines.start.match(text)
    return match is not None and (not _SENTENCE_END.search(text[-3:]) or match[0].lower().endswith((" by", ":")))


def _is_signature(text: str) -> bool:
    """Whether a line is "By" and names, or names and a craft."""
    words = load_page_words()
    tokens = re.findall(r"[\w'’.-]+|[^\w\s]", text)
    if not 2 < len(tokens) <= 16 or text.endswith((".", "!", "?")) or any(token in {"@", "%"} for token in tokens):
        return False
    if words.crafts.search(text) and "," in text and len(text) <= 100:
        tokens = re.findall(r"[\w'’.-]+", words.crafts.sub("", text))
        return bool(tokens) and all(_is_name_part(token) for token in tokens)
    if tokens[0].lower() not in words.by:
        return False
    names = [token for token in tokens[1:] if token not in {",", "&", "/", "|"}]
    return len(names) > 1 and all(_is_name_part(name) for name in names) and names[0].lower() not in weekdays()


def _is_name_part(word: str) -> bool:
    """Whether a word may be part of a name: a capital, a small word between names, or a script without capitals."""
    return word[:1].isupper() or word.lower() in load_page_words().between or word[:1].lower() == word[:1].upper()


def _is_row(text: str) -> bool:
    """Whether a line is one of a table: cells of which half are figures, or hardly anything but figures."""
    cells = [cell for cell in _CELLS.split(text) if cell.strip()]
    figures = [cell for cell in cells if _NUMBER.fullmatch(cell.strip())]
    if len(cells) >= 3 and len(figures) * 2 >= len(cells):
        return True
    tokens = text.split()
    return len(tokens) >= 3 and sum(bool(_NUMBER.fullmatch(token)) for token in tokens) * 5 >= len(tokens) * 3


def is_headline(line: str) -> bool:
    """Return whether a line can be the headline of another story: short, and no sentence with its point."""
    text = line.strip()
    return 0 < len(text) <= HEADLINE_LENGTH and not _SENTENCE_END.search(text[-3:])


def credit_within(text: str, start: int, end: int) -> list[tuple[int, int, BlockKind]]:
    """Return the stretches of a paragraph that are no story: a pointer run into it, messages, who reported it."""
    found = []
    head = text[start : min(end, start + POINTER_LENGTH)]
    if _is_pointer(head) and (media := _MEDIA.search(text, start, min(end, start + POINTER_LENGTH))):
        found.append((start, media.end(), BlockKind.POINTER))
    found += [(*match.span(), BlockKind.FURNITURE) for match in NO_WORD.finditer(text, start, end)]
    found += [(*match.span(), BlockKind.SOCIAL) for match in _SIGNED_MESSAGE.finditer(text, start, end)]
    if reported := _REPORTED.search(text, max(start, end - 400), end):
        found.append((*reported.span(), BlockKind.BYLINE))
    return found
