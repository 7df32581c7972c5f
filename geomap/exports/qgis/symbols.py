"""The parts of a QGIS style: symbols made of layers, rules that choose them, and the XML of both.

Names of classes and options are those that QGIS 3.22 writes itself (elements ``symbol``, ``layer``, ``Option``); what
is left out has its default. Sizes are millimetres: a pixel of the map is 1/96 inch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Rule", "Symbol", "SymbolLayer", "line", "marker", "markers_along", "mm", "options", "renderer", "rgba"]

Xml = Any
"""An element of lxml, which has no types."""

_MM_PER_PX = 25.4 / 96


def mm(pixels: float) -> str:
    """Return pixels of 1/96 inch as millimetres."""
    return f"{pixels * _MM_PER_PX:.3f}".rstrip("0").rstrip(".")


def rgba(colour: str, opacity: float = 1.0) -> str:
    """Return a colour written ``#RRGGBB`` as QGIS writes it."""
    return ",".join(str(int(colour[n : n + 2], 16)) for n in (1, 3, 5)) + f",{round(opacity * 255)}"


@dataclass(frozen=True, slots=True)
class SymbolLayer:
    """One stroke, fill or mark of a symbol."""

    kind: str
    """QGIS's name of its class, such as ``SimpleLine``."""
    options: Mapping[str, str]
    by: Mapping[str, str] = field(default_factory=dict)
    """Expressions that give an option for each feature, by QGIS's name of the property."""
    symbol: Symbol | None = None
    """What is drawn along a line, in an area or instead of the geometry."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """Layers drawn above each other, the first at the bottom."""

    kind: str
    """line, fill or marker."""
    layers: Sequence[SymbolLayer]
    opacity: str | None = None
    """Expression for the opacity, per cent."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which features have which symbol; a rule without one only gathers those in it."""

    label: str
    filter: str | None = None
    symbol: Symbol | None = None
    rules: Sequence[Rule] = ()


def line(
    colour: str,
    pixels: float,
    *,
    opacity: float = 1.0,
    dashes: Sequence[float] = (),
    round_ends: bool = False,
    by: Mapping[str, str] | None = None,
) -> SymbolLayer:
    """Return a stroke; `dashes` are lengths of strokes and gaps in pixels."""
    given = {
        "line_color": rgba(colour, opacity),
        "line_width": mm(pixels),
        "capstyle": "round" if round_ends else "flat",
        "joinstyle": "round",
    }
    if dashes:
        given |= {"use_custom_dash": "1", "customdash": ";".join(mm(length) for length in dashes)}
    return SymbolLayer("SimpleLine", given, by or {})


def marker(
    shape: str,
    pixels: float,
    *,
    fill: str,
    edge: str,
    edge_pixels: float,
    by: Mapping[str, str] | None = None,
    offset: tuple[float, float] = (0, 0),
    angle: float = 0,
) -> SymbolLayer:
    """Return one of QGIS's own marks, `pixels` wide, moved by `offset` and then turned clockwise by `angle` degrees."""
    given = {
        "name": shape,
        "size": mm(pixels),
        "color": fill if "," in fill else rgba(fill),
        "outline_color": rgba(edge),
        "outline_width": mm(edge_pixels),
        "joinstyle": "round",
        "cap_style": "round",
        "offset": ",".join(mm(part) for part in offset),
        "angle": f"{angle:g}",
    }
    return SymbolLayer("SimpleMarker", given, by or {})


def markers_along(
    marks: Sequence[SymbolLayer],
    *,
    every: float | None = None,
    at: str = "interval",
    first: float = 0,
    when: str | None = None,
) -> SymbolLayer:
    """Return marks along a line, turned with it: each `every` pixels, or at one of its points (``lastvertex``)."""
    given = {"placement": at, "rotate": "1", "offset_along_line": mm(first)}
    if every is not None:
        given["interval"] = mm(every)
    return SymbolLayer("MarkerLine", given, {"enabled": when} if when else {}, Symbol("marker", marks))


def renderer(rules: Sequence[Rule]) -> Xml:
    """Return the element of a renderer by rules."""
    from lxml import etree

    root = etree.Element("renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    tree = etree.SubElement(root, "rules", key="rules")
    held = etree.SubElement(root, "symbols")
    for number, (parent, rule) in enumerate(_walked(rules, tree)):
        told = {"key": f"rule-{number}", "label": rule.label}
        if rule.filter:
            told["filter"] = rule.filter
        if rule.symbol:
            told["symbol"] = str(len(held))
            held.append(_symbol(rule.symbol, str(len(held))))
        parent.append(etree.Element("rule", told))
    return root


def _walked(rules: Sequence[Rule], parent: Xml) -> Iterator[tuple[Xml, Rule]]:
    """Yield each rule with the element it belongs into; the element is there when the next rule is asked for."""
    for rule in rules:
        yield parent, rule
        yield from _walked(rule.rules, parent[-1])


def _symbol(symbol: Symbol, name: str) -> Xml:
    from lxml import etree

    element = etree.Element("symbol", type=symbol.kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    if symbol.opacity:
        element.append(_given_by({"alpha": symbol.opacity}))
    for number, layer in enumerate(symbol.layers):
        inner = etree.SubElement(element, "layer", {"class": layer.kind, "enabled": "1", "locked": "0", "pass": "0"})
        inner.append(options(layer.options))
        if layer.by:
            inner.append(_given_by(layer.by))
        if layer.symbol:
            inner.append(_symbol(layer.symbol, f"@{name}@{number}"))
    return element


def _given_by(expressions: Mapping[str, str]) -> Xml:
    """Return the element of properties that an expression gives."""
    from lxml import etree

    element = etree.Element("data_defined_properties")
    told = {
        "name": "",
        "properties": {
            name: {"active": True, "expression": expression, "type": 3} for name, expression in expressions.items()
        },
        "type": "collection",
    }
    element.append(options(told))
    return element


def options(value: object, name: str | None = None) -> Xml:
    """Return a value as QGIS writes its variants: maps, lists, texts, numbers, yes and no."""
    from lxml import etree

    element = etree.Element("Option") if name is None else etree.Element("Option", name=name)
    if isinstance(value, dict):
        element.set("type", "Map")
        element.extend(options(inner, str(key)) for key, inner in value.items())
    elif isinstance(value, list | tuple):
        element.set("type", "List")
        element.extend(options(inner) for inner in value)
    elif isinstance(value, bool):
        element.set("type", "bool")
        element.set("value", str(value).lower())
    elif isinstance(value, int):
        element.set("type", "int")
        element.set("value", str(value))
    else:
        element.set("type", "QString")
        element.set("value", str(value))
    return element
