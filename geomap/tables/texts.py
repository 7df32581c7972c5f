"""Tables that are text: CSV however it is separated, YAML and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geomap.decode import decode
from geomap.errors import InputError
from geomap.schema import Layer
from geomap.tables.sheets import Sheet

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["csv_lines", "from_csv", "from_geojson", "from_yaml", "is_geojson"]

_LONGEST_CELL = 5_000_000
_POSSIBLE = "areas_possible"
"""The layer of features that say what possibly belongs to areas."""
_SURE = {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}


_Found = tuple[str, Mapping[str, Any], "BaseGeometry | None"]


def from_csv(data: bytes) -> list[Sheet]:
    """Return the rows of a CSV file, separated by commas, semicolons or tabs."""
    text, encoding = decode(data)
    problems = [] if encoding in _SURE else [f"no encoding is declared; read as {encoding}"]
    lines = csv_lines(text, problems)
    _, names = next(lines, (0, []))
    rows = [(f"line {number}", cells) for number, cells in lines]
    fitting = []
    for at, cells in rows:
        if len(cells) > len(names):
            problems.append(f"{at}: has {len(cells)} cells for {len(names)} columns; quote cells that hold commas")
        else:
            fitting.append((at, [*cells, *[None] * (len(names) - len(cells))], None))
    return [Sheet("", names, fitting, problems, is_guarded=True)]


def csv_lines(text: str, problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that has any, with the number of the line it ends on; the first are the names.

    What is no CSV is told in `problems`, and the lines after it are read.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"line {reader.line_num}: is no CSV: {error}")
            continue
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def from_yaml(data: bytes) -> list[Sheet]:
    """Return the items of a YAML list of mappings, or of lists under the names of layers.

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
        content = yaml.safe_load(decode(data)[0])
    except yaml.YAMLError as error:
        raise InputError(f"is no YAML: {error}") from error
    if not isinstance(content, Mapping):
        return [_items("", content)]
    by_layer = [(layer, content[layer.value]) for layer in Layer if layer.value in content]
    return [_items(layer.value, items) for layer, items in by_layer] or [_items("", [content])]


def _items(layer: str, content: object) -> Sheet:
    if not isinstance(content, list) or not all(isinstance(item, Mapping) for item in content):
        raise InputError("is no list of movements; write each as an item with from, to, actor, date")
    names = list(dict.fromkeys(str(name) for item in content for name in item))
    written = [{str(name): value for name, value in item.items()} for item in content]
    where = f"{layer} " if layer else ""
    rows = [(f"{where}item {n}", [item.get(name) for name in names], None) for n, item in enumerate(written, 1)]
    return Sheet(layer, names, rows)


def is_geojson(content: object) -> bool:
    """Return whether parsed JSON is a GeoJSON feature or collection of features."""
    return isinstance(content, Mapping) and content.get("type") in {"FeatureCollection", "Feature"}


def from_geojson(data: bytes) -> list[Sheet]:
    """Return the features of a GeoJSON file, in EPSG:4326 also where an old file declares another CRS.

    Raises
    ------
    InputError
        It is no GeoJSON.
    """
    try:
        content = json.loads(decode(data)[0])
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"is no JSON: {error}") from error
    if not is_geojson(content):
        raise InputError('is no GeoJSON; it needs a "type" of FeatureCollection')
    features = content.get("features") if content.get("type") == "FeatureCollection" else [content]
    problems: list[str] = []
    found: list[_Found] = []
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        if not isinstance(properties, Mapping):
            problems.append(f"feature {number}: has no properties")
            continue
        # geomap writes what it cuts at the 180th meridian in one piece as well
        whole = feature.get("whole")
        given = whole if isinstance(whole, Mapping) else feature.get("geometry")
        found.append((f"feature {number}", properties, _geometry(given, number, problems)))
    found = _with_possible(found)
    names = list(dict.fromkeys(str(name) for _, properties, _ in found for name in properties))
    before = len(problems)
    shapes = _in_degrees([shape for _, _, shape in found], content.get("crs"), problems)
    rows = [(at, [p.get(n) for n in names], shape) for (at, p, _), shape in zip(found, shapes, strict=True)]
    return [Sheet("", names, rows, problems, has_geometry=len(problems) == before)]


def _with_possible(found: list[_Found]) -> list[_Found]:
    """Return features without those that say what possibly belongs to an area; the area itself has it instead."""
    maybe = {told.get("id"): shape for _, told, shape in found if told.get("layer") == _POSSIBLE}
    if not maybe:
        return found
    return [
        (at, {**told, "possible": maybe.get(told.get("id"))} if told.get("layer") == Layer.AREAS else told, shape)
        for at, told, shape in found
        if told.get("layer") != _POSSIBLE
    ]


def _geometry(given: object, number: int, problems: list[str]) -> BaseGeometry | None:
    if given is None:
        return None
    import shapely
    from shapely.geometry import shape

    try:
        return shape(given)
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        problems.append(f"feature {number}: its geometry cannot be used: {error}")
        return None


def _in_degrees(shapes: list[BaseGeometry | None], crs: object, problems: list[str]) -> list[BaseGeometry | None]:
    """Return geometries in degrees, as RFC 7946 has them, or out of the CRS that files before it could name."""
    name = crs.get("properties", {}).get("name") if isinstance(crs, Mapping) else None
    if not name or "CRS84" in str(name) or str(name).endswith(":4326"):
        return shapes
    from geopandas import GeoSeries

    from geomap.tables.shapes import in_degrees

    try:
        return in_degrees(GeoSeries(shapes, crs=name), problems)
    except Exception as error:  # noqa: BLE001 - pyproj names what it cannot read in its own errors
        problems.append(f"its CRS {name!r} is not known, so that its geometries were not read: {error}")
        return [None] * len(shapes)
