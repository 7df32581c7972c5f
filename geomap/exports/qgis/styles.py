"""A whole QGIS style (QML) for each table of a GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.exports.editing import choices
from geomap.exports.qgis import areas, movements, points
from geomap.exports.qgis.labels import Label, area_label, display, labelling, map_tip, movement_label, place_label
from geomap.exports.qgis.symbols import Rule, options, renderer
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.exports.look import Look
    from geomap.schema import Column

__all__ = ["QGIS", "qml"]

QGIS = "3.22.0"
"""The oldest version whose names of options and functions are used."""

_GEOMETRY = {"Point": "0", "LineString": "1", "Polygon": "2", "": "4"}
"""Values of QgsWkbTypes::GeometryType by the geometry of a table."""
_NOT_SHOWN = frozenset(["route", "plan", "possible", "as_read", "marks", "items", "text"])
"""Columns for programs, or too long for a table."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    rules: Sequence[Rule]
    label: Label | None = None
    labelled: str | None = None
    """Expression for the features that have a label."""


def qml(table: str, layer: Layer, look: Look, *, geometry: str, names: Sequence[str]) -> str:
    """Return the style of a table as XML.

    Parameters
    ----------
    table
        Its name in the file.
    layer
        The layer of the schema whose rows it holds.
    look
        The actors with their colours.
    geometry
        Point, LineString, Polygon, or empty where rows lie nowhere.
    names
        The table's columns; nothing is said of others.
    """
    from lxml import etree

    drawn = _drawn(table, look)
    root = etree.Element(
        "qgis",
        version=QGIS,
        styleCategories="AllStyleCategories",
        labelsEnabled=str(int(drawn is not None and drawn.label is not None)),
    )
    if "date_end" in names:
        root.append(_temporal())
    if drawn:
        root.append(renderer(drawn.rules))
        if drawn.label:
            root.append(labelling(drawn.label, drawn.labelled))
    columns = [column for column in SCHEMA[layer] if column.name in names]
    root.extend(_fields(layer, columns))
    etree.SubElement(root, "previewExpression").text = display(layer)
    etree.SubElement(root, "mapTip").text = map_tip(layer, names)
    etree.SubElement(root, "layerGeometryType").text = _GEOMETRY[geometry]
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _drawn(table: str, look: Look) -> _Drawn | None:
    """Return what of a table is drawn; None for one that lies nowhere."""
    actors = look.actors
    told_once = '"event" IS NULL OR "event" = "id"'
    places = points.places()
    named = " OR ".join(f"({rule.filter})" for rule in places)
    known = {
        "movements": _Drawn(movements.rules(actors), movement_label(actors), told_once),
        "areas": _Drawn(areas.polygons(actors), area_label(actors)),
        "areas_lines": _Drawn(areas.lines(actors), area_label(actors, along=True)),
        "areas_possible": _Drawn(areas.possible_polygons(actors)),
        "areas_possible_lines": _Drawn(areas.possible_lines(actors)),
        "incidents": _Drawn(points.incidents(actors)),
        "places": _Drawn(places, place_label(), named),
    }
    return known.get(table)


def _temporal() -> Any:
    """Return how QGIS's clock shows rows: from their first day to their last, and at any time without one."""
    from lxml import etree

    both_ends = {"enabled": "1", "mode": "2", "startField": "date", "endField": "date_end", "limitMode": "1"}
    return etree.Element("temporal", both_ends, durationUnit="min", accumulate="0")


def _fields(layer: Layer, columns: Sequence[Column]) -> list[Any]:
    """Return how columns are edited: what geomap reads back as a correction is open, the rest is to be read."""
    from lxml import etree

    widgets = etree.Element("fieldConfiguration")
    editable = etree.Element("editable")
    table = etree.Element("attributetableconfig", actionWidgetStyle="dropDown", sortOrder="0")
    shown = etree.SubElement(table, "columns")
    for column in columns:
        hidden = column.name in _NOT_SHOWN
        etree.SubElement(editable, "field", name=column.name, editable=str(int(column.editable)))
        etree.SubElement(shown, "column", type="field", name=column.name, hidden=str(int(hidden)), width="-1")
        kind, told = _widget(layer, column.name, hidden=hidden)
        if kind:
            field = etree.SubElement(widgets, "field", name=column.name, configurationFlags="None")
            config = etree.SubElement(etree.SubElement(field, "editWidget", type=kind), "config")
            config.append(options(told))
    return [widgets, editable, table]


def _widget(layer: Layer, name: str, *, hidden: bool) -> tuple[str, dict[str, object]]:
    """Return QGIS's widget for a column and its settings; an empty name for the one that QGIS chooses."""
    if hidden:
        return "Hidden", {}
    terms = choices(layer, name)
    if terms:
        return "ValueMap", {"map": [{term: term} for term in terms]}
    if name in {"quote", "note", "message", "reason"}:
        return "TextEdit", {"IsMultiline": True, "UseHtml": False}
    return "", {}
