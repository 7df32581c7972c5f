"""Styles as SLD 1.0 (OGC 02-070), for servers and programs that do not read QGIS's own: simpler, the same colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.exports.look import DASHED, DENIED, DOTS, HALO, PAPER, PLANNED, SECONDARY, TEXT, WIDTHS
from geomap.terms import How, IncidentKind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geomap.exports.look import Look

__all__ = ["style"]

_NAMESPACES = {
    None: "http://www.opengis.net/sld",
    "ogc": "http://www.opengis.net/ogc",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MARKS = {
    IncidentKind.STRIKE: "star",
    IncidentKind.SHELLING: "star",
    IncidentKind.CLASH: "x",
    IncidentKind.CAPTURE: "triangle",
    IncidentKind.SIGHTING: "circle",
    IncidentKind.PRESENCE: "square",
}
"""The nearest of the marks that the standard names."""

Test = tuple[str, str]


def style(table: str, look: Look) -> str | None:
    """Return the style of a table as XML; None for one that lies nowhere."""
    from lxml import etree

    makers: Mapping[str, Callable[[Look], list[Any]]] = {
        "movements": _movements,
        "areas": lambda look: _areas(look, opacity=0.3, dashes=None),
        "areas_possible": lambda look: _areas(look, opacity=0.08, dashes=(1, 4)),
        "areas_lines": lambda look: _bands(look, 0.72),
        "areas_possible_lines": lambda look: _bands(look, 0.28),
        "incidents": _incidents,
        "places": _places,
    }
    if table not in makers:
        return None
    root = etree.Element(_sld("StyledLayerDescriptor"), nsmap=_NAMESPACES, version="1.0.0")
    layer = etree.SubElement(root, _sld("NamedLayer"))
    etree.SubElement(layer, _sld("Name")).text = table
    held = etree.SubElement(etree.SubElement(layer, _sld("UserStyle")), _sld("FeatureTypeStyle"))
    held.extend(makers[table](look))
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _movements(look: Look) -> list[Any]:
    found = []
    for name, tests, colour in _actors(look):
        for status in Status:
            tone = DENIED if status is Status.DENIED else colour
            dashes = DASHED if status in PLANNED else DOTS if status is Status.DENIED else ()
            drawn = _stroke(tone, WIDTHS[How.INFERRED], dashes=dashes)
            found.append(_rule(f"{name}, {status}", [*tests, ("status", status.value)], [_symbolizer("Line", drawn)]))
    return found


def _areas(look: Look, *, opacity: float, dashes: Sequence[float] | None) -> list[Any]:
    found = []
    for name, tests, colour in _actors(look):
        fill = _parameters("Fill", {"fill": colour, "fill-opacity": f"{opacity:g}"})
        edge = _stroke(colour, 1.5, dashes=(10, 6) if dashes is None else dashes)
        found.append(_rule(name, tests, [_symbolizer("Polygon", fill, edge)]))
    return found


def _bands(look: Look, opacity: float) -> list[Any]:
    return [
        _rule(name, tests, [_symbolizer("Line", _stroke(colour, 9, opacity=opacity))])
        for name, tests, colour in _actors(look)
    ]


def _incidents(look: Look) -> list[Any]:
    return [
        _rule(f"{name}, {kind}", [*tests, ("kind", kind.value)], [_mark(shape, colour, PAPER, 12)])
        for name, tests, colour in _actors(look)
        for kind, shape in _MARKS.items()
    ]


def _places(look: Look) -> list[Any]:  # noqa: ARG001
    from lxml import etree

    label = etree.Element(_sld("Label"))
    etree.SubElement(label, _ogc("PropertyName")).text = "name"
    font = _parameters("Font", {"font-family": "sans-serif", "font-size": "11", "font-weight": "bold"})
    halo = etree.Element(_sld("Halo"))
    etree.SubElement(halo, _sld("Radius")).text = "2"
    halo.append(_parameters("Fill", {"fill": HALO}))
    words = _symbolizer("Text", label, font, halo, _parameters("Fill", {"fill": TEXT}))
    return [_rule("places", [], [_mark("circle", PAPER, SECONDARY, 7), words])]


def _actors(look: Look) -> Iterable[tuple[str, list[Test], str]]:
    return [(actor.name, [("actor", actor.name)], actor.light) for actor in look.actors] + [("not named", [], DENIED)]


def _rule(name: str, tests: Sequence[Test], symbolizers: Sequence[Any]) -> Any:
    """Return a rule for rows whose columns have values; for those of no named actor its column is empty."""
    from lxml import etree

    root = etree.Element(_sld("Rule"))
    etree.SubElement(root, _sld("Name")).text = name
    checks = [_equal(column, value) for column, value in tests]
    if name.startswith("not named"):
        empty = etree.Element(_ogc("PropertyIsNull"))
        etree.SubElement(empty, _ogc("PropertyName")).text = "actor"
        checks.append(empty)
    if checks:
        held = etree.SubElement(root, _ogc("Filter"))
        held = etree.SubElement(held, _ogc("And")) if len(checks) > 1 else held
        held.extend(checks)
    root.extend(symbolizers)
    return root


def _equal(column: str, value: str) -> Any:
    from lxml import etree

    root = etree.Element(_ogc("PropertyIsEqualTo"))
    etree.SubElement(root, _ogc("PropertyName")).text = column
    etree.SubElement(root, _ogc("Literal")).text = value
    return root


def _symbolizer(kind: str, *parts: Any) -> Any:
    from lxml import etree

    root = etree.Element(_sld(f"{kind}Symbolizer"))
    root.extend(parts)
    return root


def _mark(shape: str, fill: str, edge: str, size: float) -> Any:
    from lxml import etree

    graphic = etree.Element(_sld("Graphic"))
    mark = etree.SubElement(graphic, _sld("Mark"))
    etree.SubElement(mark, _sld("WellKnownName")).text = shape
    mark.extend([_parameters("Fill", {"fill": fill}), _stroke(edge, 1)])
    etree.SubElement(graphic, _sld("Size")).text = f"{size:g}"
    return _symbolizer("Point", graphic)


def _stroke(colour: str, width: float, *, dashes: Sequence[float] = (), opacity: float = 1) -> Any:
    told = {"stroke": colour, "stroke-width": f"{width:g}", "stroke-opacity": f"{opacity:g}"}
    if dashes:
        told["stroke-dasharray"] = " ".join(f"{length:g}" for length in dashes)
    return _parameters("Stroke", told)


def _parameters(name: str, values: Mapping[str, str]) -> Any:
    from lxml import etree

    root = etree.Element(_sld(name))
    for key, value in values.items():
        etree.SubElement(root, _sld("CssParameter"), name=key).text = value
    return root


def _sld(name: str) -> str:
    return f"{{{_NAMESPACES[None]}}}{name}"


def _ogc(name: str) -> str:
    return f"{{{_NAMESPACES['ogc']}}}{name}"
