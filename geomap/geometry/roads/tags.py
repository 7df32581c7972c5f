"""Which ways of OpenStreetMap are roads that forces drive on, and what their tags say of them.

The meaning of the tags is that of OpenStreetMap's wiki (Key:highway, Key:oneway, Key:access, Key:tracktype).

Kept are the roads that join settlements: ``motorway``, ``trunk``, ``primary``, ``secondary`` and ``tertiary`` with
their links; ``unclassified``, which are the minor public roads between villages and, in deserts, the pistes; ``road``,
whose class nobody has surveyed; and those tracks that have a number or a name, since a report may speak of them.
With minor roads also come streets (``residential``, ``living_street``), ``service`` roads that are no driveways,
alleys or parking aisles, and all other tracks. Left out are roads that do not exist yet or any more, squares,
ferries, which are no roads, and what no vehicle may use. Private and military roads are kept, and barriers on a road
are not looked at: neither stops an army.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PACE", "Road", "highway_values", "road_of"]

_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
_MAIN = (*_CLASSES, *(f"{name}_link" for name in _CLASSES), "unclassified", "road", "track")
_MINOR = ("residential", "living_street", "service")

PACE = (1.0, 1.05, 1.25, 1.5, 1.9, 2.6, 3.0, 5.0)
"""By the number of a road's class, how many metres of motorway one metre of it counts as: lorries' usual speeds of
80, 76, 64, 53, 42, 31, 27 and 16 km/h, inverted. They are rounded figures of our own, to choose between ways with."""
_NUMBERS = {name: number for number, name in enumerate((*_CLASSES, "unclassified", "residential", "track"))}
_NUMBERS |= {f"{name}_link": number for name, number in _NUMBERS.items() if name in _CLASSES}
_NUMBERS |= {"road": _NUMBERS["unclassified"], "living_street": _NUMBERS["residential"]}
_NUMBERS |= {"service": _NUMBERS["residential"]}

_FORWARD = {"yes", "true", "1"}
_BACK = {"-1", "reverse"}
_BOTH = {"no", "false", "0", "reversible", "alternating"}


@dataclass(frozen=True, slots=True)
class Road:
    """What the tags of a way say."""

    kind: int
    """Number of its class, 0 for motorways; see `PACE`."""
    oneway: int
    """1 along its nodes only, -1 against them only, 0 both."""
    label: str
    """Numbers and names with semicolons between them, "M5;E45;Damascus Highway"; empty where it has none."""


def highway_values(*, minor: bool) -> tuple[str, ...]:
    """Return the values of ``highway`` that may be roads for us."""
    return (*_MAIN, *_MINOR) if minor else _MAIN


def road_of(tags: Mapping[str, str], *, minor: bool) -> Road | None:
    """Return what the tags of a way say of it as a road; None where it is none."""
    value = tags.get("highway", "")
    if value not in highway_values(minor=minor) or tags.get("area") == "yes" or _is_barred(tags):
        return None
    label = _label(tags)
    if (value == "track" and not (minor or label)) or (value == "service" and "service" in tags):
        return None
    return Road(_NUMBERS[value], _oneway(tags, value), label)


def _is_barred(tags: Mapping[str, str]) -> bool:
    """Return whether no motor vehicle may use it: the most specific of the three keys decides."""
    return next((tags[key] for key in ("motor_vehicle", "vehicle", "access") if key in tags), "yes") == "no"


def _oneway(tags: Mapping[str, str], value: str) -> int:
    """Return the direction; motorways and roundabouts are one-way unless they say otherwise."""
    told = tags.get("oneway", "")
    if told in _BACK:
        return -1
    implied = value == "motorway" or tags.get("junction") in {"roundabout", "circular"}
    return int(told in _FORWARD or (implied and told not in _BOTH))


def _label(tags: Mapping[str, str]) -> str:
    """Return its numbers, then its English and its local name, each once."""
    told = ";".join(filter(None, (tags.get(key) for key in ("ref", "int_ref", "name:en", "name"))))
    return ";".join(dict.fromkeys(part for part in (" ".join(part.split()) for part in told.split(";")) if part))
