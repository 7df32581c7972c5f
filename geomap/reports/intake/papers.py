"""PDF and Word files: running text out of pages and paragraphs, and what the file says of itself."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Paper", "read_pdf", "read_word", "running_text"]

_EDGE = 3
"""Lines at the top and the bottom of a page that may be its header and footer."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite|página|стр\.?|sayfa|صفحة)?\s*\d{1,4}\s*(?:(?:of|/|von|de|из|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\Z")
_SENTENCE_END = re.compile(r"[.!?:…。؟][\"'”’»)\]]*\Z")
_FULL = 0.75
"""A line shorter than this share of the usual width, and ending a sentence, ends its paragraph."""
_SHORT_LINE = 45
"""Lines of a heading or a header of keys are shorter than those of running text."""
_TOOLS = re.compile(r"python-docx|microsoft|\buser\b|admin|windows|openoffice|libreoffice|unknown", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of a file, and what it says of itself."""

    text: str
    title: str | None = None
    author: str | None = None
    language: str | None = None
    made: str | None = None
    """The day the file was made, ISO 8601: not that of publication."""
    problems: tuple[str, ...] = ()
    """What could not be read, one sentence each."""


def read_word(data: bytes) -> Paper:
    """Return the paragraphs of a Word document in order, those in tables included, one a line.

    Raises
    ------
    InputError
        The reader is not installed, or the document is damaged.
    """
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise InputError("reading .docx needs an extra; run: pip install 'geomap[documents]'") from error
    try:
        document = Document(io.BytesIO(data))
        lines: list[str] = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                lines += [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in item.rows]
            else:
                lines.append(item.text)
        about = document.core_properties
    except Exception as error:
        raise InputError(f"is no readable Word document: {error}") from error
    made = about.created.date().isoformat() if about.created and about.created.year > 2013 else None
    return Paper("\n".join(lines), _own(about.title), _person(about.author), _own(about.language), made)


def read_pdf(data: bytes, *, longest: int) -> Paper:
    """Return the running text of a PDF: without page numbers, headers and footers, lines joined to paragraphs.

    Columns come in the order in which the file has them.

    Parameters
    ----------
    data
        The file.
    longest
        Pages are read until there are so many characters.

    Raises
    ------
    InputError
        The reader is not installed, the file is damaged or locked, or its pages are pictures.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise InputError("reading .pdf needs an extra; run: pip install 'geomap[documents]'") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("is locked with a password; save it without")
        count = len(reader.pages)
        about = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        raise InputError(f"is no readable PDF: {error}") from error
    pages: list[str] = []
    problems: list[str] = []
    size = 0
    for number in range(count):
        try:
            pages.append(reader.pages[number].extract_text())
        except Exception as error:  # noqa: BLE001 - one damaged page may break the library in any way
            problems.append(f"page {number + 1} cannot be read: {type(error).__name__}: {error}")
            continue
        size += len(pages[-1])
        if size > longest and number + 1 < count:
            problems.append(
                f"only {number + 1} of {count} pages are read, {count - number - 1} left out; split the file"
            )
            break
    text = running_text(pages)
    if not text.strip():
        raise InputError("holds pictures of text only; run text recognition over it first")
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(about.get("/CreationDate")) if about else "")
    return Paper(
        text,
        _own(about.title if about else None),
        _person(about.author if about else None),
        made="-".join(made.groups()) if made else None,
        problems=tuple(problems),
    )


def _own(value: object) -> str | None:
    return str(value).strip() or None if value else None


def _person(value: object) -> str | None:
    """Return an author, but not the program that made the file, or the account it ran under."""
    name = _own(value)
    return None if name is None or _TOOLS.search(name) else name


def running_text(pages: Sequence[str]) -> str:
    """Return the text of pages as paragraphs with an empty line between them.

    Lines at the top or bottom of most pages that differ by figures alone are headers and footers; a word that is
    parted at the end of a line is joined.
    """
    lines = [[line.strip() for line in page.replace("\r", "\n").split("\n") if line.strip()] for page in pages]
    kept = [line for page in _without_edges(lines) for line in page]
    return "\n\n".join(_paragraphs(kept))


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of the pages without page numbers and what most pages repeat at their edges."""
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    often = max(2, (len(pages) + 1) // 2)
    repeated = {shape for shape, count in edges.items() if count >= often}
    kept = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and _is_edge(page[first], repeated):
            first += 1
        while last > max(first, len(page) - _EDGE) and _is_edge(page[last - 1], repeated):
            last -= 1
        kept.append(page[first:last])
    return kept


def _is_edge(line: str, repeated: set[str]) -> bool:
    return _shape(line) in repeated or bool(_PAGE_NUMBER.fullmatch(line))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _paragraphs(lines: list[str]) -> list[str]:
    """Return lines joined to paragraphs: a full line goes on in the next, a short one that ends a sentence does not."""
    usual = sorted(len(line) for line in lines)[int(len(lines) * 0.8)] if lines else 0
    paragraphs: list[str] = []
    ended = True
    for line in lines:
        if ended:
            paragraphs.append(line)
        elif _HYPHEN.search(paragraphs[-1]) and line[:1].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] += " " + line
        short = len(line) < usual * _FULL
        ended = (short and bool(_SENTENCE_END.search(line))) or len(line) < min(_SHORT_LINE, usual)
    return paragraphs
