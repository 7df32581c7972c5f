"""One file's bytes to the reports it holds, by format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.decode import decode, without_surrogates
from geomap.errors import InputError
from geomap.models import Issue, Reading, Report
from geomap.reports.coded.tables import coded_items, read
from geomap.reports.intake.headers import Header, header_from, parse_header
from geomap.reports.intake.papers import Paper, read_pdf, read_word
from geomap.reports.intake.webpages import read_page
from geomap.tables.columns import is_own, plain_name
from geomap.tables.texts import csv_lines, is_geojson

if TYPE_CHECKING:
    from geomap.tables.places import Resolve

__all__ = ["FORMATS", "LONGEST_TEXT", "Found", "parse", "sniff"]

LONGEST_TEXT = 250_000
"""Characters of one report that are read; far more than any article has, and half a minute for the parser."""
LONGEST_HTML = 3_000_000
_FACTS = ("published", "source", "title", "url", "lang", "author")
"""Keys and columns of a report that say where it comes from."""
_SURE = {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}


@dataclass(slots=True)
class Found:
    """What one file holds."""

    reports: list[Report] = field(default_factory=list)
    tables: tuple[Reading, ...] = ()
    issues: list[Issue] = field(default_factory=list)
    named_by_file: bool = False
    """The ids start with the file's name, and may be changed to tell files of one name apart."""


@dataclass(slots=True)
class _File:
    """A file being read: its bytes, the id its reports get, how people know it, and what came out so far."""

    data: bytes
    name: str
    where: str
    resolve: Resolve
    found: Found = field(default_factory=lambda: Found(named_by_file=True))

    def text(self) -> str:
        text, encoding = decode(self.data)
        if encoding not in _SURE:
            self.complain(f"no encoding is declared; read as {encoding}")
        return text

    def complain(self, message: str, report_id: str | None = None, *, line: int | None = None) -> None:
        place = self.where if line is None else f"{self.where}, line {line}"
        self.found.issues.append(Issue("load", f"{place}: {message}", report_id))

    def add(self, report: Report, problems: tuple[str, ...] = (), *, line: int | None = None) -> None:
        """Keep a report that has text; what of it is left out, or was not understood, is an issue."""
        for problem in problems:
            self.complain(problem, report.id, line=line)
        if not report.text[report.body_start :].strip():
            self.complain("holds no text", report.id, line=line)
            return
        left_out = len(report.text) - LONGEST_TEXT
        if left_out > 0:
            self.complain(
                f"only the first {LONGEST_TEXT:,} characters are read, {left_out:,} left out; split the report",
                report.id,
                line=line,
            )
            report = replace(report, text=report.text[:LONGEST_TEXT])
        self.found.reports.append(report)


def parse(data: bytes, suffix: str, name: str, where: str, resolve: Resolve) -> Found:
    """Return the reports, or the prepared table, that a file holds.

    Parameters
    ----------
    data
        The whole file.
    suffix
        One of `FORMATS`.
    name
        Id for its report, or the start of the ids where there are several.
    where
        The file in the words of issues.
    resolve
        Turns the place names of tables into places.

    Raises
    ------
    InputError
        The file is empty, no text, damaged as a whole, or of a format this installation cannot read.
    """
    if suffix not in FORMATS:
        raise InputError(f"format {suffix!r} is not read; use one of {', '.join(sorted(FORMATS))}")
    if not data.strip():
        raise InputError("is empty")
    file = _File(data, name, where, resolve)
    FORMATS[suffix](file)
    return file.found


def sniff(data: bytes) -> str:
    """Return the suffix that fits data of unknown name: JSON, JSON Lines, HTML, or text for everything else."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<(!doctype html|html|\?xml)", start, re.IGNORECASE):
        return ".html"
    if start.startswith(b"%PDF-"):
        return ".pdf"
    if start.startswith(b"["):
        return ".json"
    return ".jsonl" if re.match(rb'\{\s*"', start) else ".txt"


def _text(file: _File) -> None:
    text = file.text()
    header = parse_header(text)
    file.add(_report(file.name, text, header, title=header.title), header.problems)


def _markdown(file: _File) -> None:
    text = file.text()
    header = parse_header(text)
    heading = re.compile(r"\s*#\s+(.+?)\s*#*\s*$", re.MULTILINE).match(text, header.body_start)
    title = header.title or (heading[1] if heading else None)
    file.add(_report(file.name, text, header, title=title), header.problems)


def _report(name: str, text: str, header: Header, *, title: str | None) -> Report:
    return Report(
        name,
        text,
        source=header.source,
        title=title,
        url=header.url,
        published=header.published,
        lang=header.lang,
        body_start=header.body_start,
        author=header.author,
        published_at=header.published_at,
    )


def _html(file: _File) -> None:
    """Read the main text of a page and what it says of itself; scripts, menus and comments are left out."""
    page = read_page(_html_source(file))
    if page.is_map:
        raise InputError("is a map made by geomap, no report; keep maps out of the folder of reports")
    if len(file.data) > LONGEST_HTML:
        file.complain(f"only the first {LONGEST_HTML:,} bytes are read; save the page without its pictures")
    header = header_from(page.facts)
    file.add(_report(file.name, page.text, header, title=header.title), header.problems)


def _html_source(file: _File) -> str:
    """Return the page decoded as it declares, else as its bytes look."""
    data = file.data[:LONGEST_HTML]
    declared = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)[0]


def _docx(file: _File) -> None:
    _from_paper(file, read_word(file.data))


def _pdf(file: _File) -> None:
    _from_paper(file, read_pdf(file.data, longest=LONGEST_TEXT))


def _from_paper(file: _File, paper: Paper) -> None:
    """Keep the text of an office document; the day it was made is no publication day: only a header gives one."""
    header = parse_header(paper.text)
    problems = header.problems + paper.problems
    if header.published is None and paper.made:
        advice = f"give that in its first line: Published: {paper.made}"
        problems += (f"was made on {paper.made}, which need not be the day of publication; {advice}",)
    given = replace(header, author=header.author or paper.author, lang=header.lang or _code(paper.language))
    file.add(_report(file.name, paper.text, given, title=header.title or paper.title), problems)


def _code(language: str | None) -> str | None:
    """Return the ISO 639-1 code of what a file names as its language, as far as it is one."""
    return header_from({"language": language}).lang


def _json(file: _File) -> None:
    try:
        content = json.loads(file.text())
    except json.JSONDecodeError as error:
        if b"\n" in file.data.strip() and "Extra data" in error.msg:
            _json_lines(file)
            return
        raise InputError(f"is no JSON: {error}") from error
    if is_geojson(content) or coded_items(content):
        _table(file, ".json")
        return
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items, 1):
        _keep_item(file, item, number=number if len(items) > 1 else None)


def _json_lines(file: _File) -> None:
    for number, line in enumerate(file.text().split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            file.complain(f"is no JSON: {error}", line=number)
            continue
        _keep_item(file, item, number=number, line=number)


def _keep_item(file: _File, item: object, *, number: int | None, line: int | None = None) -> None:
    if not isinstance(item, Mapping) or not isinstance(item.get("text"), str):
        # Without a line to point to, the number of the item tells which one it is.
        which = "" if number is None or line is not None else f"item {number} "
        file.complain(f'{which}is no report; it needs a "text"', line=line)
        return
    header = header_from({key: item.get(key) for key in _FACTS})
    given = None if item.get("id") is None else without_surrogates(str(item["id"]))
    name = file.name if number is None else f"{file.name}-{number}"
    file.found.named_by_file &= given is None
    report = _report(given or name, without_surrogates(item["text"]), header, title=header.title)
    spans, problem = _spans(item.get("toponyms"), len(report.text))
    file.add(replace(report, spans=spans), header.problems + problem, line=line)


def _spans(given: object, length: int) -> tuple[tuple[tuple[int, int], ...] | None, tuple[str, ...]]:
    """Return the toponym spans of a line, and a sentence on those that do not fit the text."""
    if given is None:
        return None, ()
    spans, wrong = [], 0
    for item in given if isinstance(given, list) else [given]:
        start, end = (item.get(k) for k in ("start", "end")) if isinstance(item, Mapping) else (None, None)
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            spans.append((start, end))
        else:
            wrong += 1
    problem = (f"{wrong} toponyms have no start and end within the text",) if wrong else ()
    return tuple(spans), problem


def _csv(file: _File) -> None:
    """Read a table of reports, which has a column ``text``, or of anything that is drawn."""
    problems: list[str] = []
    lines = csv_lines(decode(file.data)[0], problems)
    _, names = next(lines, (0, []))
    columns = [plain_name(name) for name in names]
    if "text" not in columns or is_own(columns):
        _table(file, ".csv")
        return
    file.text()  # says which encoding was guessed
    for line, cells in lines:
        if len(cells) > len(columns):
            file.complain(f"has {len(cells)} cells for {len(columns)} columns; quote cells that hold commas", line=line)
        else:
            row = dict(zip(columns, cells, strict=False))
            _keep_item(file, {key: value or None for key, value in row.items()}, number=line, line=line)
    for problem in problems:
        file.complain(problem)


def _table(file: _File, kind: str) -> None:
    table = read(file.data, kind, file.name, file.where, file.resolve)
    file.found.named_by_file = False
    file.found.tables = table.readings
    file.found.issues.extend(table.issues)


def _table_of(kind: str) -> Callable[[_File], None]:
    return lambda file: _table(file, kind)


FORMATS: Mapping[str, Callable[[_File], None]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
    ".geojson": _json,
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".docx": _docx,
    ".pdf": _pdf,
    **{kind: _table_of(kind) for kind in (".xlsx", ".yaml", ".yml", ".gpkg", ".parquet", ".kml")},
}
