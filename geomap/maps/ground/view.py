"""Whose view of the borders a map's ground takes, in words for its reader."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.datasets import data_path
from geomap.maps.ground.store import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.maps.ground.detail import Line

__all__ = ["disputes", "stance"]

NATURAL_EARTH, OSM = "natural-earth-borders", "osm-borders"


def stance(disputed: Sequence[Line], surveyed: set[str]) -> dict[str, object]:
    """Return whose view of the borders a ground takes.

    Parameters
    ----------
    disputed
        The disputed lines that are drawn, in whole units.
    surveyed
        Keys of the sources of the borders that are drawn.

    Returns
    -------
    dict
        ``words``, sentences, empty where no border is drawn, and ``disputed``, names of the disputed lines, of those
        that have one here.
    """
    if not surveyed:
        return {"words": "", "disputed": []}
    by = {
        frozenset({OSM}): "OpenStreetMap has them",
        frozenset({NATURAL_EARTH}): "Natural Earth has them",
    }.get(frozenset(surveyed), "OpenStreetMap has them near the story and Natural Earth elsewhere")
    words = f"Borders run as they do on the ground, as {by}; that is no judgement on whose the land is."
    if disputed:
        words += " Those that are disputed are dotted."
    return {"words": words, "disputed": disputes(disputed)}


def disputes(lines: Sequence[Line]) -> list[str]:
    """Return the names of the disputes whose area a line touches, in whole units, in the order of the table."""
    if not lines:
        return []
    drawn = shapely.multilinestrings([shapely.linestrings(line / SCALE) for line in lines])
    shapely.prepare(drawn)
    # Views across the antimeridian have longitudes beyond 180.
    boxes = ((name, box, np.add(box, [360, 0, 360, 0])) for name, box in _table())
    return [name for name, box, also in boxes if any(shapely.intersects(drawn, shapely.box(*b)) for b in (box, also))]


@cache
def _table() -> tuple[tuple[str, tuple[float, float, float, float]], ...]:
    with data_path("disputed.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(
            (row["what"], (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"])))
            for row in csv.DictReader(opened)
        )
