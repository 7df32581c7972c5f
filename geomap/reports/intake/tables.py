"""Prepared tables of movements: what a person wrote or corrected, read as it stands.

Columns, all optional but ``from`` or ``to``: from, to, via (several places with ``;``), actor, date, date_end,
status, kind, mode, vehicles, troops, source, published, url, quote, title, grade, note. A line is kept as the route.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from geomap.errors import InputError
from geomap.models import (
    How,
    Interval,
    Issue,
    Leg,
    Mode,
    Movement,
    MovementKind,
    PlaceRef,
    Provenance,
    Reading,
    Report,
    Route,
    Status,
)
from geomap.reports.intake.headers import Header, header_from, parse_day

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry import LineString

__all__ = ["Resolve", "Table", "from_geojson", "from_rows", "from_xlsx", "from_yaml", "is_geojson", "is_table"]

Resolve = Callable[[str], PlaceRef]
Row = Mapping[str, object]
Choice = TypeVar("Choice", bound=StrEnum)

_GRADE = re.compile(r"[A-F][1-6]")
_NUMBER = re.compile(r"\s*(\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?:\.0+)?\s*")
_KEEP_QUOTE = "\n"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as readings, one for each report it cites, and what could not be used of it."""

    readings: tuple[Reading, ...] = ()
    issues: tuple[Issue, ...] = ()


def is_table(columns: Iterable[str]) -> bool:
    """Return whether columns are those of a table of movements."""
    return not {"from", "to"}.isdisjoint(columns)


def is_geojson(content: object) -> bool:
    """Return whether parsed JSON is a GeoJSON feature or collection of features."""
    return isinstance(content, Mapping) and content.get("type") in {"FeatureCollection", "Feature"}


def from_geojson(content: object, name: str, where: str, resolve: Resolve) -> Table:
    """Return the movements of GeoJSON features; the line of a feature is the route of its movement."""
    found = content if isinstance(content, Mapping) else {}
    features = found.get("features") if found.get("type") == "FeatureCollection" else [found]
    rows: list[tuple[str, Row]] = []
    issues = []
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        if isinstance(properties, Mapping):
            rows.append((f"feature {number}", {**_lower(properties), "geometry": feature.get("geometry")}))
        else:
            issues.append(Issue("load", f"{where}, feature {number}: has no properties"))
    table = from_rows(rows, name, where, resolve)
    return Table(table.readings, (*issues, *table.issues))


def from_xlsx(data: bytes, name: str, where: str, resolve: Resolve) -> Table:
    """Return the movements of a workbook's first sheet.

    Raises
    ------
    InputError
        The reader is not installed, the workbook is damaged, or its first row names neither ``from`` nor ``to``.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise InputError("reading .xlsx needs an extra; run: pip install 'geomap[tables]'") from error
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        lines = list(sheet.iter_rows(values_only=True))
    except Exception as error:
        raise InputError(f"is no readable workbook: {error}") from error
    columns = [str(cell or "").strip().lower() for cell in lines[0]] if lines else []
    _check_columns(columns)
    rows = [(f"row {n}", dict(zip(columns, cells, strict=False))) for n, cells in enumerate(lines[1:], 2) if any(cells)]
    return from_rows(rows, name, where, resolve)


def from_yaml(text: str, name: str, where: str, resolve: Resolve) -> Table:
    """Return the movements of a YAML list of mappings, or of one under the key ``movements``.

    Raises
    ------
    InputError
        The reader is not installed, or the text is no such list.
    """
    try:
        import yaml
    except ImportError as error:
        raise InputError("reading .yaml needs an extra; run: pip install 'geomap[tables]'") from error
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(f"is no YAML: {error}") from error
    if isinstance(content, Mapping):
        content = content.get("movements", [content])
    if not isinstance(content, list) or not all(isinstance(item, Mapping) for item in content):
        raise InputError("is no list of movements; write each as an item with from, to, actor, date")
    rows = [(f"item {n}", _lower(item)) for n, item in enumerate(content, 1)]
    _check_columns({key for _, row in rows for key in row})
    return from_rows(rows, name, where, resolve)


def _lower(row: Mapping[object, object]) -> dict[str, object]:
    return {str(key).strip().lower(): value for key, value in row.items()}


def _check_columns(columns: Iterable[str]) -> None:
    if not is_table(columns):
        raise InputError('has no column "from" or "to"; name its columns in the first row')


@dataclass(slots=True)
class _Cited:
    """A report that rows of a table cite, while it is put together: its text is the quotes, one a line."""

    id: str
    header: Header
    text: str = ""
    movements: list[Movement] = field(default_factory=list)

    def cite(self, quote: str) -> int:
        """Return where the quote starts in the text, adding it when it is new."""
        if quote not in self.text.split(_KEEP_QUOTE):
            self.text += (_KEEP_QUOTE if self.text else "") + quote
        return self.text.index(quote)


def from_rows(rows: Sequence[tuple[str, Row]], name: str, where: str, resolve: Resolve) -> Table:
    """Return rows as movements, grouped by the report they cite.

    Parameters
    ----------
    rows
        Where each row stands, in words, and its cells by lower-case column name.
    name
        Start of the ids.
    where
        The file in the words of issues.
    resolve
        Turns a place name, id or ``lat,lon`` into a place.
    """
    cited: dict[tuple[object, ...], _Cited] = {}
    issues: list[Issue] = []
    passed_over = 0
    for at, row in rows:
        problems: list[str] = []
        if _cell(row, "layer") not in {"", "movements"}:
            passed_over += 1
            continue
        if not (_cell(row, "from") or _cell(row, "to")):
            issues.append(Issue("load", f"{where}, {at}: has neither from nor to; fill in at least one"))
            continue
        report = _cited(row, name, cited, problems)
        report.movements.append(_movement(row, report, resolve, problems))
        issues.extend(Issue("load", f"{where}, {at}: {text}", report.id) for text in problems)
    if passed_over:
        issues.append(Issue("load", f"{where}: {passed_over} rows of other layers than movements are not read"))
    return Table(tuple(_reading(report) for report in cited.values()), tuple(issues))


def _cited(row: Row, name: str, cited: dict[tuple[object, ...], _Cited], problems: list[str]) -> _Cited:
    header = header_from({key: _cell(row, key) for key in ("published", "source", "title", "url", "lang")})
    problems.extend(header.problems)
    given = _cell(row, "report_id")
    key = (given, header.source, header.title, header.url, header.published)
    if key not in cited:
        taken = {report.id for report in cited.values()}
        own = given or (name if not cited else f"{name}-{len(cited) + 1}")
        cited[key] = _Cited(own if own not in taken else f"{own}-{len(cited) + 1}", header)
    return cited[key]


def _reading(cited: _Cited) -> Reading:
    header = cited.header
    report = Report(cited.id, cited.text, header.source, header.title, header.url, header.published, header.lang)
    return Reading(report, movements=tuple(cited.movements))


def _movement(row: Row, cited: _Cited, resolve: Resolve, problems: list[str]) -> Movement:
    header = cited.header
    quote = _cell(row, "quote")
    start = cited.cite(quote) if quote else 0
    actor = _cell(row, "actor") or None
    mode = _choice(Mode, row, "mode", Mode.UNKNOWN, problems)
    return Movement(
        id=f"{cited.id}:m{len(cited.movements) + 1}",
        provenance=Provenance(
            report_id=cited.id,
            source=header.source,
            title=header.title,
            url=header.url,
            published=header.published,
            quote=quote,
            start=start,
            end=start + len(quote),
            attributed_to=_cell(row, "attributed_to") or None,
            grade=_grade(row, problems),
        ),
        trigger=_cell(row, "trigger"),
        actor=actor,
        actor_text=_cell(row, "actor_text") or actor,
        origin=_places(row, "from", resolve),
        destination=_places(row, "to", resolve),
        via=_places(row, "via", resolve),
        co_actors=tuple(_several(row, "co_actors")),
        backed_by=tuple(_several(row, "backed_by")),
        date=_interval(row, problems),
        date_text=_cell(row, "date_text") or _cell(row, "date") or None,
        status=_choice(Status, row, "status", Status.COMPLETED, problems),
        kind=_choice(MovementKind, row, "kind", MovementKind.DEPLOYMENT, problems),
        mode=mode,
        vehicles=_amount(row, "vehicles", problems),
        vehicles_text=_cell(row, "vehicles_text") or _cell(row, "vehicles") or None,
        troops=_amount(row, "troops", problems),
        troops_text=_cell(row, "troops_text") or _cell(row, "troops") or None,
        confidence=1.0,
        route=_route(row, mode, problems),
        note=_cell(row, "note") or None,
    )


def _cell(row: Row, column: str) -> str:
    """Return a cell as text: empty where there is none, and days without the midnight that workbooks add."""
    value = row.get(column)
    if value is None or value != value:  # noqa: PLR0124 - NaN is the empty cell of data frames
        return ""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    # What exports puts before a formula, so that no spreadsheet runs it.
    return str(value).strip().removeprefix("'").removesuffix(" 00:00:00")


def _several(row: Row, column: str) -> list[str]:
    return [part.strip() for part in _cell(row, column).split(";") if part.strip()]


def _places(row: Row, column: str, resolve: Resolve) -> tuple[PlaceRef, ...]:
    return tuple(resolve(name) for name in _several(row, column))


def _choice(choices: type[Choice], row: Row, column: str, default: Choice, problems: list[str]) -> Choice:
    given = _cell(row, column).lower()
    if given in set(choices):
        return choices(given)
    if given:
        problems.append(f"{column} {given!r} is none of {', '.join(choices)}; taken as {default}")
    return default


def _grade(row: Row, problems: list[str]) -> str:
    given = _cell(row, "grade").upper()
    if given and not _GRADE.fullmatch(given):
        problems.append(f"grade {given!r} is no Admiralty grade from A1 to F6; taken as F6")
        return "F6"
    return given or "F6"


def _amount(row: Row, column: str, problems: list[str]) -> int | None:
    given = _cell(row, column)
    if match := _NUMBER.fullmatch(given):
        return int(re.sub(r"\D", "", match[1]))
    if given:
        problems.append(f"{column} {given!r} is no whole number; left empty")
    return None


def _interval(row: Row, problems: list[str]) -> Interval | None:
    first, _, last = _cell(row, "date").partition("/")
    start = _day(first, "date", problems)
    end = _day(_cell(row, "date_end") or last, "date_end", problems) or start
    if start is None or end is None:
        return None
    if end < start:
        problems.append(f"date_end {end} lies before date {start}; left out")
        end = start
    return Interval(start, end)


def _day(text: str, column: str, problems: list[str]) -> date | None:
    day = parse_day(text) if text else None
    if text and day is None:
        problems.append(f"{column} {text!r} is no day; write it as 2019-01-31")
    return day


def _route(row: Row, mode: Mode, problems: list[str]) -> Route | None:
    """Return the line of a row as a route: reported, unless the row says that it was obtained in a weaker way."""
    lines = _lines(row.get("geometry"), problems)
    if not lines:
        return None
    from geomap.geometry.geodesy import length_m

    ways = [How(way) for way in _several(row, "how") if way in set(How)] or [How.REPORTED]
    weakest = max(ways, key=list(How).index)
    legs = tuple(Leg(weakest, line, length_m(line)) for line in lines)
    return Route(legs, mode=Mode.ROAD if mode is Mode.UNKNOWN else mode)


def _lines(geometry: object, problems: list[str]) -> list[LineString]:
    """Return the lines of a GeoJSON geometry; points and polygons of a movement say nothing of its way."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in {"LineString", "MultiLineString"}:
        return []
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        found = shape(geometry)
        west, south, east, north = found.bounds
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError) as error:
        problems.append(f"its line cannot be used: {error}")
        return []
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        problems.append(f"its line cannot be used: bounds {found.bounds} are no degrees of longitude and latitude")
        return []
    return [line for line in getattr(found, "geoms", [found]) if line.length > 0]
