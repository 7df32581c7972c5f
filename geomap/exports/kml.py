"""KML 2.2 (OGC 07-147r2) for Google Earth: folders, styles, time spans, and words and source of each claim.

A KML that fetches nothing can say less than the map. There are no dashes: what is planned is half as strong as what
happened, what is denied grey. There are no arrows: a movement's name says from where to where. Icons are the viewer's
own. How a line was obtained is its width, how surely it was read its strength, and every balloon says both in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.exports.editing import clean
from geomap.exports.kml_shapes import bounds, placed
from geomap.exports.kml_styles import shared_styles, style_of
from geomap.exports.kml_words import description, title
from geomap.exports.layers import days_as_text
from geomap.exports.look import Look
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geomap.models import Reading

__all__ = ["KML", "write"]

KML = "http://www.opengis.net/kml/2.2"
_TYPES = {"Int64": "int", "float64": "double", "bool": "bool"}

Row = dict[str, Any]


def write(readings: Sequence[Reading], path: Path, *, keep_text: bool) -> None:
    """Write one document: a folder for each layer, in that of movements one for each actor."""
    from lxml import etree

    root = etree.Element("kml", nsmap={None: KML})
    document = etree.SubElement(root, "Document", id="geomap")
    etree.SubElement(document, "name").text = "Movements, as reported"
    etree.SubElement(document, "open").text = "1"
    tables = {layer: _table(layer, readings, keep_text=keep_text) for layer in Layer}
    look = Look.of(readings)
    _look_at(document, tables)
    document.extend(shared_styles(look))
    for layer in Layer:
        document.append(_schema(layer))
    for layer, table in tables.items():
        document.extend(_folders(layer, table))
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _table(layer: Layer, readings: Sequence[Reading], *, keep_text: bool) -> GeoDataFrame:
    from geomap.features import frame

    return days_as_text(frame(layer, readings, keep_text=keep_text))


def _look_at(document: Any, tables: Mapping[Layer, GeoDataFrame]) -> None:
    """Say from where all that has a line, shape or incident can be seen; its places where nothing else has."""
    from lxml import etree

    drawn = (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS)
    seen = bounds([tables[layer] for layer in drawn]) or bounds([tables[Layer.PLACES]])
    if seen is None:
        return
    element = etree.SubElement(document, "LookAt")
    told = {"longitude": seen.lon, "latitude": seen.lat, "heading": 0, "tilt": 0, "range": seen.range_m}
    for name, value in told.items():
        etree.SubElement(element, name).text = f"{value:g}" if name == "heading" else f"{value:.5f}"


def _schema(layer: Layer) -> Any:
    """Return the types of a layer's columns, by which other programs read them."""
    from lxml import etree

    schema = etree.Element("Schema", name=layer.value, id=f"columns-{layer}")
    etree.SubElement(schema, "SimpleField", type="string", name="layer")
    for column in SCHEMA[layer]:
        if column.dtype != "geometry":
            etree.SubElement(schema, "SimpleField", type=_TYPES.get(column.dtype, "string"), name=column.name)
    return schema


def _folders(layer: Layer, table: GeoDataFrame) -> Iterator[Any]:
    rows = [*_rows(layer, table)]
    if layer is Layer.MOVEMENTS:
        folder = _folder(layer.value)
        by_actor: dict[str | None, list[Row]] = {}
        for row in rows:
            by_actor.setdefault(row["actor"], []).append(row)
        for actor, moves in by_actor.items():
            inner = _folder(clean(actor) if actor else "not named", id=f"movements-{len(folder)}")
            inner.extend(_placemark(layer, row) for row in moves)
            folder.append(inner)
        yield folder
        return
    folder = _folder(layer.value)
    folder.extend(_placemark(layer, row) for row in rows)
    yield folder
    if layer is Layer.AREAS:
        maybe = [{**row, "geometry": row["possible"]} for row in rows if row["possible"] is not None]
        folder = _folder("areas_possible")
        folder.extend(_placemark(layer, row, possible=True) for row in maybe)
        yield folder


def _folder(name: str, **attributes: str) -> Any:
    from lxml import etree

    folder = etree.Element("Folder", attributes)
    etree.SubElement(folder, "name").text = name
    return folder


def _rows(layer: Layer, table: GeoDataFrame) -> Iterator[Row]:
    """Yield rows with None for what is missing."""
    names = [*(column.name for column in SCHEMA[layer]), "geometry"]
    cells = [table[name].astype(object).where(table[name].notna(), None) for name in names]
    for values in zip(*cells, strict=True):
        yield dict(zip(names, values, strict=True))


def _placemark(layer: Layer, row: Row, *, possible: bool = False) -> Any:
    """Return one row: what it is called, says, when it was, how it looks, its columns, and its geometry."""
    from lxml import etree

    mark = etree.Element("Placemark")
    etree.SubElement(mark, "name").text = clean(title(layer, row))
    etree.SubElement(mark, "Snippet", maxLines="0")
    etree.SubElement(mark, "description").text = clean(description(row))
    if row.get("date"):
        span = etree.SubElement(mark, "TimeSpan")
        etree.SubElement(span, "begin").text = row["date"]
        etree.SubElement(span, "end").text = row["date_end"] or row["date"]
    drawn = style_of(layer, row, possible=possible)
    if drawn:
        etree.SubElement(mark, "styleUrl").text = f"#{drawn}"
    data = etree.SubElement(etree.SubElement(mark, "ExtendedData"), "SchemaData", schemaUrl=f"#columns-{layer}")
    etree.SubElement(data, "SimpleData", name="layer").text = layer.value
    for column in SCHEMA[layer]:
        value = row[column.name]
        if value is not None and column.dtype != "geometry":
            etree.SubElement(data, "SimpleData", name=column.name).text = _text(value)
    shape = placed(row["geometry"])
    if shape is not None:
        mark.append(shape)
    return mark


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return clean(value) if isinstance(value, str) else repr(float(value)) if isinstance(value, float) else str(value)
