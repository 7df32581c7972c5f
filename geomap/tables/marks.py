"""How a correction is told from what geomap wrote: short digests of each row, kept in its column ``as_read``.

A digest is made of a value as it is read back, so that what a spreadsheet does to a day, a number or a TRUE is no
correction. Three characters of base64 are 18 bits: one changed cell in 262,144 would be taken for unchanged.
"""

from __future__ import annotations

import math
import re
from base64 import urlsafe_b64encode
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from geomap.schema import DEGREE_DIGITS, SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from geomap.models import Mention, Provenance, Reading

__all__ = [
    "ADDED",
    "GEOMETRY",
    "all_identities",
    "as_read",
    "changed",
    "editable",
    "identities",
    "identity_of",
    "layer_of",
    "was",
]

ADDED = ("added",)
"""What `Provenance.by_hand` holds where a person added the whole row."""
GEOMETRY = "geometry"

_SHORT, _OWN = 3, 6
"""Characters of a column's digest, and of the identity of a row."""


@cache
def editable(layer: Layer) -> tuple[str, ...]:
    """Return the columns of a layer that a person may correct, in order; the geometry last where it has one."""
    names = tuple(column.name for column in SCHEMA[layer] if column.editable)
    return (*names, GEOMETRY) if names else ()


def identities(layer: Layer, reading: Reading) -> tuple[str, ...]:
    """Return a short digest for each item of a layer that stays the same whatever is corrected of it.

    It is made of the report, the layer, the span and the word that tells of the item. Items that share all these are
    numbered, without the numbers of those that were deleted by hand.
    """
    taken = set(reading.taken_out)
    free: dict[str, int] = {}
    found = []
    for told in _told(layer, reading):
        number = free.get(told, 0)
        while (own := _digest(f"{told}\n{number}", _OWN)) in taken:
            number += 1
        free[told] = number + 1
        taken.add(own)
        found.append(own)
    return tuple(found)


def all_identities(reading: Reading) -> tuple[str, ...]:
    """Return the identities of all movements, areas and incidents of a reading, and of those deleted by hand."""
    layers = (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS)
    return (*(own for layer in layers for own in identities(layer, reading)), *reading.taken_out)


def _told(layer: Layer, reading: Reading) -> list[str]:
    """Return what tells each item of a layer from others; the same for some, such as two that share a verb."""
    told: Mapping[Layer, Iterable[tuple[Provenance | Mention, str]]] = {
        Layer.MOVEMENTS: ((item.provenance, item.trigger) for item in reading.movements),
        Layer.AREAS: ((item.provenance, item.text) for item in reading.areas),
        Layer.INCIDENTS: ((item.provenance, item.trigger) for item in reading.incidents),
        Layer.PLACES: ((item, item.text) for item in reading.mentions),
    }
    return ["\n".join([reading.report.id, layer, str(at.start), str(at.end), word]) for at, word in told[layer]]


def as_read(layer: Layer, row: Mapping[str, object], identity: str) -> str:
    """Return what the column ``as_read`` of a row holds: its columns, its identity and a digest of each value."""
    names = editable(layer)
    return _of_names(names) + identity + "".join(_digest(_canonical(row[name]), _SHORT) for name in names)


def identity_of(mark: str) -> str:
    """Return the identity that a cell ``as_read`` tells."""
    return mark[_SHORT : _SHORT + _OWN]


def layer_of(mark: str) -> Layer | None:
    """Return the layer whose row a mark was made for; None where it is of none, or of other columns."""
    return next((layer for layer in Layer if editable(layer) and mark.startswith(_of_names(editable(layer)))), None)


def changed(layer: Layer, row: Mapping[str, object], mark: str, have: Collection[str]) -> tuple[str, ...] | None:
    """Return the columns of a row whose values are not those that were written, among those it has.

    Returns
    -------
    None where the mark was not made for these columns, or is damaged.
    """
    names = editable(layer)
    if len(mark) != _SHORT + _OWN + _SHORT * len(names) or not mark.startswith(_of_names(names)):
        return None
    first = _SHORT + _OWN
    written = {name: mark[first + n * _SHORT :][:_SHORT] for n, name in enumerate(names)}
    return tuple(name for name in names if name in have and written[name] != _digest(_canonical(row[name]), _SHORT))


def was(layer: Layer, mark: str, column: str, value: object) -> bool:
    """Return whether a column had a value when its row was written."""
    start = _SHORT + _OWN + _SHORT * editable(layer).index(column)
    return mark[start : start + _SHORT] == _digest(_canonical(value), _SHORT)


@cache
def _of_names(names: tuple[str, ...]) -> str:
    return _digest(" ".join(names), _SHORT)


@lru_cache(maxsize=1 << 14)
def _digest(text: str, characters: int) -> str:
    return urlsafe_b64encode(sha256(text.encode("utf-8", "replace")).digest()).decode("ascii")[:characters]


def _canonical(value: object) -> str:
    """Return a value as text that is the same for what every format makes of it."""
    if value is None or value is False or value == "":
        return ""
    if isinstance(value, str):
        text = " ".join(value.split())
        return re.sub(r"\s*;\s*", "; ", text) if ";" in text else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, int | float):
        return "" if math.isnan(value) else f"{round(float(value), DEGREE_DIGITS) + 0.0!r}"
    return _shape(value)


def _shape(geometry: BaseGeometry) -> str:
    """Return coordinates that do not change with the ring order and parts that programs choose for themselves."""
    import shapely

    if geometry.geom_type == "Point" and not geometry.is_empty:  # most of what tables hold
        return repr((shapely.get_coordinates(geometry).round(DEGREE_DIGITS) + 0.0).tolist())
    flat = shapely.force_2d(geometry)
    parts = [part for part in shapely.get_parts(flat) if not part.is_empty]
    if not parts:
        return ""
    if "Polygon" in geometry.geom_type:
        rounded = shapely.transform(shapely.MultiPolygon(parts), lambda points: points.round(DEGREE_DIGITS) + 0.0)
        parts = list(shapely.get_parts(shapely.normalize(rounded)))
    return "\n".join(repr((shapely.get_coordinates(part).round(DEGREE_DIGITS) + 0.0).tolist()) for part in parts)
