"""KML: the placemarks of all folders, with the columns they carry, whoever wrote them (OGC 07-147r2)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.schema import SCHEMA, Layer
from geomap.tables.sheets import Sheet, layer_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

__all__ = ["from_kml"]

_POSSIBLE = "areas_possible"
"""The folder in which geomap draws what possibly belongs to areas, once more beside what surely does."""


@dataclass(slots=True)
class _Mark:
    """A placemark: where it stands, what it says, and where it is."""

    at: str
    layer: str
    folders: list[str]
    cells: dict[str, Any]
    shape: BaseGeometry | None
    problems: list[str] = field(default_factory=list)


def from_kml(data: bytes) -> list[Sheet]:
    """Return the placemarks by the layer that their columns or folder are of; others together.

    Raises
    ------
    InputError
        It is no XML, or no KML.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise InputError(f"is no readable KML: {error}") from error
    if _name(root) != "kml":
        raise InputError(f"is no KML: its first element is {_name(root)!r}")
    marks = [_mark(element, number) for number, element in enumerate(root.iterfind(".//{*}Placemark"), 1)]
    maybe = {mark.cells.get("id"): mark.shape for mark in marks if _POSSIBLE in mark.folders}
    by_layer: defaultdict[str, list[_Mark]] = defaultdict(list)
    for mark in marks:
        if _POSSIBLE not in mark.folders:
            if mark.layer == Layer.AREAS:
                mark.cells["possible"] = maybe.get(mark.cells.get("id"))
            by_layer[mark.layer].append(mark)
    return [_sheet(layer, found) for layer, found in by_layer.items()]


def _sheet(layer: str, marks: list[_Mark]) -> Sheet:
    names = list(dict.fromkeys(name for mark in marks for name in mark.cells))
    if (layer and "as_read" in names) or layer in {Layer.SOURCES, Layer.ISSUES}:
        # what a row does not say is left out of it
        names = list(dict.fromkeys([*names, *(column.name for column in SCHEMA[Layer(layer)])]))
    rows = [(mark.at, [mark.cells.get(name) for name in names], mark.shape) for mark in marks]
    problems = [problem for mark in marks for problem in mark.problems]
    return Sheet(layer, names, rows, problems, has_geometry=True)


def _mark(element: Any, number: int) -> _Mark:
    folders = [_text(above, "name") for above in element.iterancestors("{*}Folder")]
    data = element.find("{*}ExtendedData/{*}SchemaData")
    schema = data.get("schemaUrl", "").rpartition("columns-")[2] if data is not None else ""
    layer = layer_named(schema) or next(filter(None, map(layer_named, folders)), None)
    at = f"placemark {number}"
    mark = _Mark(at, layer.value if layer else "", folders, {}, None)
    for cell in element.iterfind("{*}ExtendedData/{*}SchemaData/{*}SimpleData"):
        mark.cells[cell.get("name", "")] = cell.text
    for cell in element.iterfind("{*}ExtendedData/{*}Data"):
        mark.cells[cell.get("name", "")] = _text(cell, "value")
    if "as_read" not in mark.cells and layer is None:
        mark.cells = {"name": _text(element, "name"), "description": _text(element, "description")} | mark.cells
    try:
        mark.shape = _joined([shape for child in element for shape in _shapes(child)])
    except ValueError as error:
        mark.problems.append(f"{at}: its geometry cannot be read: {error}")
    return mark


def _shapes(element: Any) -> Iterator[BaseGeometry]:
    """Yield the geometries of an element; what has no coordinates has none."""
    from shapely.geometry import LineString, Point, Polygon

    name = _name(element)
    if name == "MultiGeometry":
        for child in element:
            yield from _shapes(child)
    elif name == "Point" and (points := _points(element.find("{*}coordinates"))):
        yield Point(points[0])
    elif name in {"LineString", "LinearRing"} and (points := _points(element.find("{*}coordinates"))):
        yield LineString(points)
    elif name == "Polygon" and (outer := _points(element.find("{*}outerBoundaryIs/{*}LinearRing/{*}coordinates"))):
        inner = element.iterfind("{*}innerBoundaryIs/{*}LinearRing/{*}coordinates")
        yield Polygon(outer, [_points(ring) for ring in inner])


def _points(element: Any) -> list[tuple[float, float]]:
    """Return longitudes and latitudes; the height above the ground is left out."""
    told = (part.split(",") for part in (element.text or "").split()) if element is not None else ()
    return [(float(part[0]), float(part[1])) for part in told if len(part) > 1]


def _joined(shapes: list[BaseGeometry]) -> BaseGeometry | None:
    from shapely.geometry import GeometryCollection, MultiLineString, MultiPoint, MultiPolygon

    if len(shapes) < 2:
        return shapes[0] if shapes else None
    several = {"Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon}
    kinds = {shape.geom_type for shape in shapes}
    made: BaseGeometry = several[kinds.pop()](shapes) if len(kinds) == 1 else GeometryCollection(shapes)
    return made


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else (found.text or "").strip()
