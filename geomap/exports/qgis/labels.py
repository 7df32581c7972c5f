"""Labels and map tips in QGIS: tags on lines, names of places, what an area is, and whose words say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.exports.look import DENIED, HALO, SECONDARY, TEXT, for_words
from geomap.exports.qgis.expressions import by_actor, column, html, is_link, meant, worded
from geomap.exports.qgis.symbols import mm, options, rgba
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.maps.style import Actor

__all__ = ["Label", "area_label", "display", "labelling", "map_tip", "movement_label", "place_label"]

# Values of QgsPalLayerSettings::Placement
_ALONG, _HORIZONTAL, _ORDERED = "2", "4", "6"


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside a feature; sizes are pixels of 1/96 inch."""

    text: str
    """Expression."""
    colour: str
    """Expression for the colour."""
    pixels: float
    placement: str
    bold: bool = False
    italic: bool = False
    repeat: float = 0
    """Pixels after which a line is labelled again; 0 for once."""
    away: float = 6


def movement_label(actors: Sequence[Actor]) -> Label:
    """Return the actor's tag, with a word where the line means no way."""
    tag = by_actor(actors, lambda actor: actor.tag, "")
    schematic = "if(coalesce(\"how\", '') LIKE '%schematic%', ' · schematic', '')"
    text = f"if(({tag}) = '', '', ({tag}) || {schematic})"
    return Label(text, _tinted(actors), 11, _ALONG, bold=True, repeat=420)


def area_label(actors: Sequence[Actor], *, along: bool = False) -> Label:
    """Return what an area is and how deep, and below what its drawing must not be taken for."""
    low, high = 'round("depth_m" / 1000, 1)', 'round(coalesce("depth_max_m", "depth_m") / 1000, 1)'
    span = f"if({low} = {high}, to_string({low}), to_string({low}) || '–' || to_string({high}))"
    deep = f"if(\"depth_m\" IS NULL, '', ', ' || {span} || ' km deep')"
    state = f'if({meant}, "status", NULL)'
    limits = "if(coalesce(\"published_limits\", false), NULL, 'extent not published')"
    below = f"array_to_string(array_filter(array({state}, {limits}), @element IS NOT NULL), ' · ')"
    text = f"{worded('kind')} || {deep} || '\\n' || {below}"
    return Label(text, _tinted(actors), 11, _ALONG if along else _HORIZONTAL, italic=True, away=12 if along else 6)


def place_label() -> Label:
    """Return the usual name of a place, with that in the local script below."""
    text = 'coalesce("name", "words") || coalesce(\'\\n\' || "local_name", \'\')'
    return Label(text, f"'{TEXT}'", 12, _ORDERED, bold=True, away=3)


def _tinted(actors: Sequence[Actor]) -> str:
    denied, colour = for_words(DENIED), by_actor(actors, lambda actor: for_words(actor.light), SECONDARY)
    return f"if(\"status\" = 'denied', '{denied}', {colour})"


def labelling(label: Label, only: str | None) -> Any:
    """Return the element of a layer's labels, of those features for which the expression `only` holds."""
    from lxml import etree

    root = etree.Element("labeling", type="rule-based")
    held = etree.SubElement(root, "rules", key="labels")
    rule = etree.SubElement(held, "rule", key="label-0", description="names")
    if only:
        rule.set("filter", only)
    settings = etree.SubElement(rule, "settings", calloutType="simple")
    weight, italic = ("75" if label.bold else "50"), str(int(label.italic))
    style = etree.SubElement(
        settings,
        "text-style",
        {"fieldName": label.text, "isExpression": "1", "fontWeight": weight, "fontItalic": italic},
        fontSize=mm(label.pixels),
        fontSizeUnit="MM",
        textColor=rgba(TEXT),
        textOpacity="1",
        fontFamily="sans-serif",
        multilineHeight="1",
    )
    etree.SubElement(
        style, "text-buffer", bufferDraw="1", bufferColor=rgba(HALO), bufferSize=mm(2.5), bufferSizeUnits="MM"
    )
    etree.SubElement(settings, "text-format", multilineAlign="0")
    etree.SubElement(
        settings,
        "placement",
        placement=label.placement,
        dist=mm(label.away),
        distUnits="MM",
        offsetType="1",
        predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR",
        placementFlags="11",
        polygonPlacementFlags="3",
        repeatDistance=mm(label.repeat),
        repeatDistanceUnits="MM",
    )
    etree.SubElement(settings, "rendering", drawLabels="1", obstacle="1", scaleVisibility="0", displayAll="0")
    given = etree.SubElement(settings, "dd_properties")
    colour = {"active": True, "expression": label.colour, "type": 3}
    given.append(options({"name": "", "properties": {"Color": colour}, "type": "collection"}))
    return root


_TIPS = {
    Layer.MOVEMENTS: ("actor", "kind", "status", "from", "to"),
    Layer.AREAS: ("actor", "kind", "status", "words"),
    Layer.INCIDENTS: ("actor", "kind", "places"),
    Layer.PLACES: ("words", "name", "country"),
    Layer.SOURCES: ("source", "title"),
    Layer.ISSUES: ("stage", "message"),
}
_DETAILS = ("date_text", "built_from", "how", "grade", "reason", "issues", "corrected")


def display(layer: Layer) -> str:
    """Return the expression by which QGIS names a row."""
    return _filled(", ".join(column(name) for name in _TIPS[layer]))


def _filled(parts: str) -> str:
    """Return those of some texts that are not empty, as one."""
    return f"array_to_string(array_filter(array({parts}), coalesce(@element, '') <> ''), ' · ')"


def map_tip(layer: Layer, names: Sequence[str]) -> str:
    """Return HTML with the words of the report and whose they are; expressions stand in ``[% %]``."""
    known = [found.name for found in SCHEMA[layer] if found.name in names]
    head = ", ".join(html(name) for name in _TIPS[layer] if name in known)
    parts = [f"<b>[% {_filled(head)} %]</b>"]
    if "quote" in known:
        parts.append(f"<p>“[% {html('quote')} %]”</p>")
    parts += [f"[% {_line(name)} %]" for name in _DETAILS if name in known]
    if "source" in known:
        whose = [html(name) for name in ("source", "title") if name in known] + ([_link()] if "url" in known else [])
        parts.append(f"<p>[% {_filled(', '.join(whose))} %]</p>")
    return f'<div style="max-width: 28em">{"".join(parts)}</div>'


def _line(name: str) -> str:
    """Return a line with a column and its name where it has something."""
    words = name.replace("_", " ")
    return f"if(coalesce({column(name)}, '') = '', '', '<div><i>{words}:</i> ' || {html(name)} || '</div>')"


def _link() -> str:
    return f"if({is_link('url')}, '<a href=\"' || {html('url')} || '\">' || {html('url')} || '</a>', {html('url')})"
