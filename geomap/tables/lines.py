"""The rows of a sheet: which layer each is of, its geometry, and what of it a person has corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.schema import Layer
from geomap.tables import marks
from geomap.tables.cells import is_missing, text_of
from geomap.tables.columns import Columns, is_prepared
from geomap.tables.formulas import original
from geomap.tables.rows import Row
from geomap.tables.shapes import from_wkt, kind_of, usable
from geomap.tables.sheets import layer_named
from geomap.tables.zones import PLAN
from geomap.terms import AreaKind, IncidentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geomap.tables.sheets import Sheet

__all__ = ["is_read", "rows_of"]

_MARKED = (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS, Layer.PLACES)


def is_read(sheet: Sheet) -> bool:
    """Whether a sheet is one of geomap's own, or holds what something can be drawn from."""
    return layer_named(sheet.name) is not None or sheet.has_geometry or _is_own(sheet) or is_prepared(sheet.columns)


def _is_own(sheet: Sheet) -> bool:
    return not {"as_read", "layer"}.isdisjoint(Columns.of(sheet.columns).places)


def rows_of(sheet: Sheet, problems: list[str]) -> list[Row]:
    """Return the rows of a sheet that say of which layer they are; what is wrong of the others is told."""
    columns = Columns.of(sheet.columns)
    problems += columns.problems
    named = layer_named(sheet.name)
    if _is_own(sheet):
        problems += _missing(columns, named)
    found = []
    for at, values, shape in sheet.rows:
        cells = columns.cells(values)
        if all(is_missing(value) or value == "" for value in cells.values()) and shape is None:
            continue
        if sheet.is_guarded:
            cells = {name: original(value) if isinstance(value, str) else value for name, value in cells.items()}
        row = Row(at, cells, Layer.MOVEMENTS)
        _set_geometry(row, shape, keeps=sheet.has_geometry)
        layer = layer_named(cells.get("layer")) or named or _layer(row, problems)
        if layer is None:
            continue
        row.layer = layer
        if row.mark and layer in _MARKED:
            _compare(row, columns, keeps=row.has_geometry)
        found.append(row)
    return found


def _missing(columns: Columns, layer: Layer | None) -> list[str]:
    """Return what to say of columns that were taken out of a table of geomap's."""
    if layer is None or layer not in _MARKED:
        return []
    lost = [name for name in marks.editable(layer) if name not in columns.places and name != marks.GEOMETRY]
    if not lost:
        return []
    return [f"{layer} have no columns {', '.join(lost)}, so that nothing of these is known; put them back, or leave it"]


def _set_geometry(row: Row, shape: BaseGeometry | None, *, keeps: bool) -> None:
    """Take the geometry of a row, or what its cells hold of one in well-known text."""
    before = len(row.problems)
    given = None if keeps else _of_cell(row, "wkt") or _of_cell(row, marks.GEOMETRY)
    row.geometry = usable(shape if given is None else given, row.problems)
    row.has_geometry = (keeps or given is not None) and (row.geometry is not None or len(row.problems) == before)
    row.possible = usable(_of_cell(row, "possible"), row.problems)


def _of_cell(row: Row, column: str) -> BaseGeometry | None:
    given = row.values.get(column)
    if is_missing(given) or given == "":
        return None
    if hasattr(given, "geom_type"):
        return given
    try:
        return from_wkt(text_of(given))
    except ValueError as error:
        row.problems.append(f"{column} {text_of(given)[:40]!r} is no well-known text: {error}")
        return None


def _compare(row: Row, columns: Columns, *, keeps: bool) -> None:
    """Find out what a person has corrected of a row that geomap wrote."""
    have = {*columns.places, *([marks.GEOMETRY] if keeps else [])}
    changed = marks.changed(row.layer, row.typed(), row.mark, have)
    before = row.listed("corrected")
    if changed is None:
        row.problems.append("as_read is damaged or of another version, so that corrections of the row cannot be told")
    row.changed = frozenset(changed or ())
    row.by_hand = before if before == marks.ADDED else tuple(dict.fromkeys((*before, *(changed or ()))))


def _layer(row: Row, problems: list[str]) -> Layer | None:
    """Return what a row is by its mark, else by what a person has filled in."""
    if row.mark and (layer := marks.layer_of(row.mark)):
        return layer
    if row.text("from") or row.text("to") or row.text("via"):
        return Layer.MOVEMENTS
    kind, shape = row.text("kind").lower().replace(" ", "_"), kind_of(row.geometry)
    if shape == "area" or kind in set(AreaKind) or (not kind and _is_planned(row.values)):
        return Layer.AREAS
    if shape == "line":
        return Layer.MOVEMENTS
    spot = shape == "point" or (row.text("lon") and row.text("lat"))
    if kind in set(IncidentKind) or (kind and (spot or row.text("places"))):
        return Layer.INCIDENTS
    if shape == "collection":
        problems.append(f"{row.at}: is a collection of geometries of several kinds; separate them")
    elif spot:
        problems.append(f"{row.at}: is a point that does not say what happened there; fill in kind, or from and to")
    else:
        problems.append(f"{row.at}: has neither from nor to; fill in at least one")
    return None


def _is_planned(values: Mapping[str, object]) -> bool:
    return any(text_of(values.get(name)) for name in PLAN)
