"""The styles of a KML: one for each actor and way of drawing, named by what it shows."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from geomap.exports.look import DENIED, PLANNED, SURE, TEXT, WIDTHS
from geomap.schema import Layer
from geomap.terms import How, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.exports.look import Look

__all__ = ["shared_styles", "style_of"]

_MEANT, _DENIED, _TOLD = "planned", "denied", "told"
_STRENGTH = {_TOLD: 1.0, _MEANT: 0.55, _DENIED: 0.7}
"""Of what is told as a fact, as a plan, or denied: KML has no dashes."""
_STEPS = ("sure", "fair", "faint")


def shared_styles(look: Look) -> Iterator[Any]:
    """Yield the styles of all actors, and of rows without one."""
    for name, colour in [*((actor.name, actor.light) for actor in look.actors), (None, DENIED)]:
        for said, strength in _STRENGTH.items():
            tone = DENIED if said == _DENIED else colour
            for how, width in WIDTHS.items():
                for step, sure in zip(_STEPS, SURE, strict=True):
                    line = {"color": _colour(tone, strength * sure.opacity), "width": f"{width:g}"}
                    yield _style(_id("line", name, said, how, step), LineStyle=line)
            yield _style(
                _id("area", name, said),
                LineStyle={"color": _colour(tone, strength), "width": "2"},
                PolyStyle={"color": _colour(tone, 0.3 * strength)},
            )
        yield _style(
            _id("possible", name),
            LineStyle={"color": _colour(colour, 0.35), "width": "1.3"},
            PolyStyle={"color": _colour(colour, 0.07)},
        )
        yield _style(_id("incident", name), IconStyle={"color": _colour(colour), "scale": "0.8"})
    yield _style("place", IconStyle={"color": _colour(TEXT), "scale": "0.4"}, LabelStyle={"scale": "0.8"})


def style_of(layer: Layer, row: Mapping[str, Any], *, possible: bool) -> str | None:
    """Return the name of a row's style; None for a layer that is not drawn."""
    actor = row.get("actor")
    status = row.get("status")
    said = _DENIED if status == Status.DENIED else _MEANT if status in PLANNED else _TOLD
    if layer is Layer.MOVEMENTS:
        # a line is no surer than the least sure of its parts
        told = row["how"] or ""
        how = next((how for how in (How.SCHEMATIC, How.INFERRED) if how in told), How.REPORTED)
        sure = 1.0 if row["confidence"] is None else row["confidence"]
        step = next(step for step, strength in zip(_STEPS, SURE, strict=True) if sure >= strength.least)
        return _id("line", actor, said, how, step)
    if layer is Layer.AREAS:
        return _id("possible", actor) if possible else _id("area", actor, said)
    if layer is Layer.INCIDENTS:
        return _id("incident", actor)
    return "place" if layer is Layer.PLACES else None


def _id(what: str, actor: str | None, *more: str) -> str:
    """Return a name that XML takes for an id: letters, digits, dashes; a digest tells names of one spelling apart."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", actor or "").strip("-").lower()
    own = f"{plain}-{sha256(actor.encode('utf-8', 'replace')).hexdigest()[:6]}" if actor else "nobody"
    return "-".join([what, own.strip("-"), *more])


def _style(name: str, **parts: Mapping[str, str]) -> Any:
    from lxml import etree

    style = etree.Element("Style", id=name)
    for part, values in parts.items():
        element = etree.SubElement(style, part)
        for key, value in values.items():
            etree.SubElement(element, key).text = value
    return style


def _colour(tone: str, opacity: float = 1.0) -> str:
    """Return a colour written ``#RRGGBB`` as KML writes it: opacity, blue, green, red."""
    return f"{round(opacity * 255):02x}{tone[5:7]}{tone[3:5]}{tone[1:3]}".lower()
