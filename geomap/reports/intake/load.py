"""Files, folders and standard input to reports and prepared tables; what cannot be used becomes an issue."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

from geomap.errors import InputError
from geomap.models import Issue, Reading, Report
from geomap.reports.intake.documents import FORMATS, Found, parse, sniff
from geomap.tables.places import only_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomap.tables.places import Resolve

__all__ = ["Loaded", "load"]

STDIN = "-"
LARGEST_FILE = 1 << 29
"""Bytes of a file that are read at most; a file comes into memory whole."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that was read from the inputs, in input order."""

    reports: tuple[Report, ...] = ()
    tables: tuple[Reading, ...] = ()
    """One reading for each report that a prepared table cites."""
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class _Batch:
    """What the inputs gave so far; ids are made unique at the end."""

    found: list[tuple[PurePath, Found]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)


def load(
    inputs: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    resolve: Resolve | None = None,
) -> Loaded:
    """Return the reports and prepared tables of files, folders, globs and ``-`` for standard input.

    Folders are walked whole, in name order; a file named twice is read once. Text is decoded (UTF-8, UTF-16, or a
    code page that is guessed, with an issue), and every line end becomes a line feed. Offsets count into the text so
    read, header included: `Report.body_start` tells where the story begins.

    Parameters
    ----------
    inputs
        Paths; a text with ``*``, ``?`` or ``[`` that names no file is a glob.
    stdin
        Where ``-`` reads from; the process's own by default.
    resolve
        Turns the place names of tables into places; by default they stay words.

    Raises
    ------
    InputError
        No input is given. Inputs that cannot be used are issues.
    """
    items = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    if not items:
        raise InputError("no input is given; name files, folders, globs or - for standard input")
    batch = _Batch()
    for item in items:
        if str(item) == STDIN:
            _read_stdin(stdin or sys.stdin.buffer, batch, resolve or only_words)
            continue
        for path, chosen in _files(item, batch):
            _read_file(path, batch, resolve or only_words, chosen=chosen)
    return _loaded(batch)


def _files(item: str | Path, batch: _Batch) -> Iterator[tuple[Path, bool]]:
    """Yield the files an input names, and whether each was chosen by name rather than met in a folder."""
    path = Path(item)
    try:
        if path.is_dir():
            yield from ((file, False) for file in _folder(path, batch))
        elif path.exists():
            yield path, True
        elif has_magic(str(item)) and (matches := sorted(glob(str(item), recursive=True))):  # noqa: PTH207
            for match in matches:
                yield from _files(Path(match), batch)
        else:
            reason = "matches no file" if has_magic(str(item)) else "does not exist"
            batch.issues.append(_issue(str(item), f"{reason}; check the path"))
    except OSError as error:
        batch.issues.append(_issue(str(item), f"cannot be opened: {error.strerror or error}"))


def _folder(folder: Path, batch: _Batch) -> list[Path]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder)))
    other = [p.name for p in files if p.suffix.lower() not in FORMATS]
    if other:
        names = ", ".join(other[:3]) + (", …" if len(other) > 3 else "")
        batch.issues.append(_issue(str(folder), f"{len(other)} files of other formats passed over: {names}"))
    elif not files:
        batch.issues.append(_issue(str(folder), "holds no files"))
    return [p for p in files if p.suffix.lower() in FORMATS]


def _hidden(path: PurePath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_file(path: Path, batch: _Batch, resolve: Resolve, *, chosen: bool) -> None:
    suffix = path.suffix.lower()
    try:
        if (real := path.resolve()) in batch.seen:
            return
        batch.seen.add(real)
        if (size := path.stat().st_size) > LARGEST_FILE:
            batch.issues.append(_issue(str(path), f"holds {size:,} bytes, more than {LARGEST_FILE:,}; split it"))
            return
        data = path.read_bytes()
        kind = suffix if suffix in FORMATS or not chosen else ".txt"
        _keep(path, lambda: parse(data, kind, path.stem, str(path), resolve), batch)
    except OSError as error:
        batch.issues.append(_issue(str(path), f"cannot be read: {error.strerror or error}"))


def _read_stdin(stream: BinaryIO, batch: _Batch, resolve: Resolve) -> None:
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        batch.issues.append(_issue("standard input", f"holds more than {LARGEST_FILE:,} bytes; split it"))
        return
    _keep(PurePath("stdin"), lambda: parse(data, sniff(data), "stdin", "standard input", resolve), batch)


def _keep(path: PurePath, read: Callable[[], Found], batch: _Batch) -> None:
    """Read one file into the batch; a file that breaks its reader never stops the others."""
    try:
        found = read()
    except InputError as error:
        batch.issues.append(_issue(str(path), str(error)))
    except Exception as error:  # noqa: BLE001 - a damaged file may break a library in any way
        batch.issues.append(_issue(str(path), f"cannot be read: {type(error).__name__}: {error}"))
    else:
        batch.found.append((path, found))
        batch.issues.extend(found.issues)


def _loaded(batch: _Batch) -> Loaded:
    names = _unique_names([path for path, found in batch.found if found.named_by_file])
    reports: list[Report] = []
    tables: list[Reading] = []
    issues = list(batch.issues)
    for path, found in batch.found:
        if found.named_by_file and names[path] != path.stem:
            own = tuple(replace(r, id=names[path] + r.id.removeprefix(path.stem)) for r in found.reports)
            renamed = {old.id: new.id for old, new in zip(found.reports, own, strict=True)}
            issues = [_renamed(i, found.issues, renamed) for i in issues]
            reports.extend(own)
        else:
            reports.extend(found.reports)
        tables.extend(found.tables)
    counts = Counter(report.id for report in reports)
    issues.extend(
        Issue("load", f"the id {name!r} is given to {n} reports; make ids unique", name)
        for name, n in counts.items()
        if n > 1
    )
    return Loaded(tuple(reports), tuple(tables), tuple(issues))


def _renamed(issue: Issue, own: list[Issue], names: dict[str, str]) -> Issue:
    """Return an issue of a file with the new id of its report; the same id of another file stays."""
    mine = issue.report_id in names and any(issue is other for other in own)
    return replace(issue, report_id=names[str(issue.report_id)]) if mine else issue


def _unique_names(paths: list[PurePath]) -> dict[PurePath, str]:
    """Return an id for each file: its stem, with its folder or whole name before it where two would be the same."""
    ways: tuple[Callable[[PurePath], str], ...] = (
        lambda p: p.stem,
        lambda p: f"{p.parent.name}/{p.stem}",
        lambda p: f"{p.parent.name}/{p.name}",
        lambda p: p.as_posix(),
    )
    names: dict[PurePath, str] = {}
    left = paths
    for way in ways:
        counts = Counter(way(p) for p in left)
        taken = set(names.values())
        done = [p for p in left if counts[way(p)] == 1 and way(p) not in taken]
        names |= {p: way(p) for p in done}
        left = [p for p in left if p not in names]
    return names | {p: p.as_posix() for p in left}


def _issue(where: str, message: str) -> Issue:
    return Issue("load", f"{where}: {message}")
