"""What a strip along a border is asked to be: of which countries, on which sides, how deep, from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geomap.errors import InputError
from geomap.geometry.asking import places_of
from geomap.geometry.bands import WIDEST_M
from geomap.geometry.borders import frontier
from geomap.geometry.countries import country_code, country_name

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.geometry.asking import What
    from geomap.models import Place

__all__ = ["BOTH", "Ask", "asked", "kilometres"]

BOTH = "both"
"""The side of a strip that lies on both sides of its border."""


@dataclass(frozen=True, eq=False)
class Ask:
    """What is asked for, in codes, places and metres."""

    pair: tuple[str, str]
    depths: dict[str, tuple[float, float]]
    """By side the depth that is sure and the one that is possible, equal when one was given."""
    ends: tuple[Place, Place] | None
    region: BaseGeometry | None

    @property
    def uncertain(self) -> bool:
        """Whether any depth is a range."""
        return any(high > low for low, high in self.depths.values())

    def told(self) -> str:
        """Return in one sentence how the strip is built."""
        names = {code: country_name(code) for code in self.pair}
        along = f"along the border of {names[self.pair[0]]} and {names[self.pair[1]]}"
        along += f" from {self.ends[0].name} to {self.ends[1].name}" if self.ends else ""
        within = ", within the region named" if self.region is not None else ""
        if len(set(self.depths.values())) > 1:
            each = " and ".join(f"{_depth(depths)} deep in {names[code]}" for code, depths in self.depths.items())
            return f"{each} {along}{within}"
        where = "on both sides" if len(self.depths) > 1 else f"on the side of {names[next(iter(self.depths))]}"
        return f"{_depth(next(iter(self.depths.values())))} deep {along}, {where}{within}"


def asked(
    a: str, b: str, side: str | None, depth_m: float | Mapping[str, float],
    possible_depth_m: float | Mapping[str, float] | None,
    start: What | None, end: What | None, region: BaseGeometry | None,
) -> Ask:  # fmt: skip
    """Return what is asked for; see `strips.border_strip` for the arguments and errors."""
    pair = (country_code(a), country_code(b))
    if pair[0] == pair[1]:
        raise InputError(f"{a} and {b} are one country, which has no border with itself; name two")
    frontier(*pair)
    given = depth_m if isinstance(depth_m, Mapping) else possible_depth_m
    named = tuple(country_code(code) for code in given) if isinstance(given, Mapping) else ()
    sides = _sides(pair, side, named)
    low = _by_side(depth_m, sides)
    high = low if possible_depth_m is None else _by_side(possible_depth_m, sides)
    for code in sides:
        _check_depth(low[code], high[code])
    if (start is None) != (end is None):
        raise InputError("a strip with one end only is open; give both places it reaches from and to, or neither")
    ends = None
    if start is not None and end is not None:
        first, last = places_of((start, end), countries=pair, spot=True)
        ends = first, last
    return Ask(pair, {code: (low[code], high[code]) for code in sides}, ends, region)


def _sides(pair: tuple[str, str], side: str | None, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of the sides the strip lies on."""
    if side is not None and side.casefold() == BOTH:
        return pair
    sides = (country_code(side),) if side is not None else named
    if not sides:
        raise InputError(f"on which side of the {'–'.join(pair)} border? name {pair[0]}, {pair[1]} or {BOTH}")
    for code in (*sides, *named):
        if code not in pair:
            raise InputError(
                f"the strip along the {'–'.join(pair)} border cannot lie in {code}; its side is {' or '.join(pair)}"
            )
    return sides


def _by_side(depth_m: float | Mapping[str, float], sides: tuple[str, ...]) -> dict[str, float]:
    if not isinstance(depth_m, Mapping):
        return dict.fromkeys(sides, float(depth_m))
    depths = {country_code(code): float(depth) for code, depth in depth_m.items()}
    for code in sides:
        if code not in depths:
            raise InputError(f"no depth is given for the side of {code}; give one for each side")
    return depths


def _check_depth(low: float, high: float) -> None:
    if not (np.isfinite(low) and np.isfinite(high) and low >= 0.0 and high > 0.0):
        raise InputError(
            f"a strip of {high if low == high else low} m has no depth; give a positive depth such as 30km"
        )
    if high < low:
        raise InputError(
            f"the depth possible, {kilometres(high)}, is less than the one that is sure, {kilometres(low)}; swap them"
        )
    if high > WIDEST_M:
        raise InputError(f"a depth of {kilometres(high)} is no strip; give at most {kilometres(WIDEST_M)}")


def _depth(depths: tuple[float, float]) -> str:
    low, high = depths
    if low == high:
        return kilometres(low)
    return f"{low / 1000:g} to {kilometres(high)}" if low > 0.0 else f"up to {kilometres(high)}"


def kilometres(metres: float) -> str:
    """Return a length in words."""
    return f"{metres / 1000:g} km" if metres >= 1000.0 or metres == 0.0 else f"{metres:g} m"
