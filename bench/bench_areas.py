"""Strips along ten borders, and a band across the antimeridian: ``python bench/bench_areas.py``.

The depth is measured apart from geomap's own geometry: from 200 points of the far edge, geodesic distances by pyproj to
the border with a vertex every 200 m at least; of the near edge, from 200 points of the border to the strip. Points
nearer than two depths to an end are left out, where the edge is the cut. Beside it what GeoPandas gives when the border
is buffered in one projection.
"""

import time
from functools import partial

import geopandas
import numpy as np
import shapely
from pyproj import Geod
from shapely import Geometry
from shapely.geometry import LineString, Point

from geomap.geometry.bands import corridor
from geomap.geometry.borders import border, country, load_borders
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.strips import border_strip
from geomap.models import Shape

STRIPS = [
    ("UG", "CD", "UG", 20e3, None, None),  # the equator, two lakes
    ("BR", "CO", "BR", 30e3, None, None),  # the equator, rivers
    ("CD", "CG", "CD", 10e3, None, None),  # a river
    ("SY", "TR", "SY", 30e3, "36.82,38.01", "37.11,42.36"),  # Jarabulus to Faysh Khabur
    ("IN", "PK", "PK", 15e3, None, None),
    ("UA", "RU", "UA", 20e3, None, None),
    ("RU", "MN", "MN", 30e3, None, None),
    ("AR", "CL", "CL", 30e3, None, None),  # from the tropic to 55° S
    ("US", "CA", "US", 30e3, "69.6,-141.0", "60.4,-141.0"),  # 141° W, up to 69.6° N
    ("FI", "NO", "FI", 25e3, None, None),  # 68.5° to 70° N
]
ACROSS_180 = LineString([(177.0, 66.0), (179.0, 65.2), (181.5, 66.4), (184.0, 65.6)])
POINTS = 200
GEOD = Geod(ellps="WGS84")


def spread(points: np.ndarray, count: int = POINTS) -> np.ndarray:
    return points[np.linspace(0, len(points) - 1, min(count, len(points))).astype(int)]


def dense(line: Geometry, step_m: float = 200.0) -> np.ndarray:
    """Return vertices of a line, straight in lon and lat between its own, no farther apart than a step."""
    return shapely.get_coordinates(shapely.segmentize(line, step_m / 111_320))


def to_border(spots: np.ndarray, vertices: np.ndarray) -> np.ndarray:
    """Return the geodesic distance from each spot to the nearest vertex; only what may be that one is looked at."""
    found = []
    for spot in spots:
        off = (vertices - spot) * (np.cos(np.radians(spot[1])), 1.0)
        apart = np.hypot(*off.T)
        near = vertices[apart < 1.05 * apart.min() + 0.01]
        found.append(GEOD.inv(*np.broadcast_to(spot, near.shape).T, *near.T)[2].min())
    return np.array(found)


def far_edge(shape: Geometry, land: Geometry, line: Geometry, depth_m: float) -> np.ndarray:
    """Return points of a strip's edge that are neither on its country's outline nor near the ends of its border."""
    rings = dense(shapely.boundary(shape), 1000.0)
    outline = shapely.boundary(land)
    shapely.prepare(outline)
    free = rings[~shapely.dwithin(outline, shapely.points(rings), 1e-4)]
    free = free[np.random.default_rng(1).permutation(len(free))[: 8 * POINTS]]
    ends = np.array([spot for part in shapely.get_parts(line) for spot in (part.coords[0], part.coords[-1])])
    clear = to_border(free, ends) > 2.5 * depth_m
    return free[clear][:POINTS]


def errors(shape: Geometry, land: Geometry, line: Geometry, depth_m: float) -> tuple[float, float]:
    """Return the greatest error of the far and of the near edge, as shares of the depth."""
    edge = far_edge(shape, land, line, depth_m)
    assert len(edge) == POINTS, f"the far edge has only {len(edge)} points away from its ends"
    far = to_border(edge, dense(line))
    touching = [shapely.shortest_line(Point(spot), shape).coords for spot in spread(dense(line))]
    off = [GEOD.inv(*spots[0], *spots[1])[2] for spots in touching]
    return float(np.abs(far / depth_m - 1).max()), max(off) / depth_m


def outside(shape: Geometry, land: Geometry) -> float:
    """Return the share of a shape that is not in a country, as the shape is written: with six decimals."""
    written = shapely.transform(shape, lambda xy: xy.round(6))
    return shapely.difference(shapely.make_valid(written), land).area / shape.area


def by_geopandas(line: Geometry, land: Geometry, depth_m: float, crs: object) -> Geometry:
    series = geopandas.GeoSeries([line], crs=4326).to_crs(crs)
    return series.buffer(depth_m).to_crs(4326).intersection(land).iloc[0]


def projections(line: Geometry) -> dict[str, object]:
    middle = shapely.box(*line.bounds).centroid
    utm = geopandas.GeoSeries([line], crs=4326).estimate_utm_crs()
    return {"EPSG:3857": 3857, "one UTM zone": utm, "one AEQD": f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x}"}


def timed(call, times: int = 5) -> tuple[object, float]:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        found = call()
        took.append(time.perf_counter() - start)
    return found, float(np.median(took)) * 1000


def compare(a: str, b: str, side: str, depth_m: float, start: str | None, end: str | None) -> str:
    """Return what one strip measures, and what it would be otherwise."""

    def build() -> Shape:
        return border_strip(a, b, side=side, depth_m=depth_m, start=start, end=end)

    _, first = timed(build, 1)
    shape, ms = timed(build)
    land, line = country(side), border(a, b, drawn_by=side)
    line = part_of(line, shape.geometry) if start else line
    far, near = errors(shape.geometry, land, line, depth_m)
    others = []
    for name, crs in projections(line).items():
        other, other_ms = timed(partial(by_geopandas, line, land, depth_m, crs), 1)
        others.append(f"{name} {errors(other, land, line, depth_m)[0]:.1%} ×{other_ms / ms:.1f}")
    return (
        f"{a}–{b} in {side}, {depth_m / 1000:.0f} km{'' if start is None else ', part'}:".ljust(28)
        + f"{shape.length_m / 1000:6,.0f} km {shape.area_m2 / 1e6:8,.0f} km² {first:5.0f} {ms:5.0f} ms"
        + f" {far:7.2%} {near:7.2%} {outside(shape.geometry, land):10.6%}   {', '.join(others)}"
    )


def part_of(line: Geometry, shape: Geometry) -> Geometry:
    """Return the part of a border along which a strip runs: what of it touches the strip."""
    touching = shapely.line_merge(shapely.intersection(line, shapely.buffer(shape, 1e-5)))
    return max(shapely.get_parts(touching), key=length_m)


def across_antimeridian() -> None:
    depth = 25e3
    band, ms = timed(lambda: corridor(ACROSS_180, left_m=depth, right_m=depth))
    turned = shapely.transform(band, lambda xy: np.column_stack([xy[:, 0] % 360.0, xy[:, 1]]))
    whole = shapely.union_all(shapely.get_parts(turned))
    edge = dense(whole.exterior, 1000.0)
    clear = to_border(edge, np.array(ACROSS_180.coords)[[0, -1]]) > 2.5 * depth
    far = to_border(spread(edge[clear]), dense(ACROSS_180))
    print(
        f"band across 180° at 66° N, 25 km either side: {length_m(ACROSS_180) / 1000:.0f} km, "
        f"{area_m2(band) / 1e6:.0f} km² in {len(shapely.get_parts(band))} polygons within -180..180, "
        f"{ms:.0f} ms, greatest error of the edge {np.abs(far / depth - 1).max():.2%}"
    )


def main() -> None:
    start = time.perf_counter()
    load_borders()
    print(f"borders opened in {(time.perf_counter() - start) * 1000:.0f} ms")
    print(
        "strip: length along the border, area, time at first and then, greatest error of the far and near edge,\n"
        "area outside the country; and the far edge and time (a multiple) by GeoPandas in one projection"
    )
    for strip in STRIPS:
        print(compare(*strip))
    across_antimeridian()


if __name__ == "__main__":
    main()
