"""Records `routers.json` from real routers, on a grid of roads that is made up.

    python tests/record_routers.py roads grid.osm.pbf            # needs the package osmium
    osrm-extract -p car.lua grid.osm.pbf; osrm-contract grid.osrm; osrm-routed grid.osrm
    valhalla_build_tiles -c valhalla.json grid.osm.pbf; valhalla_service valhalla.json 1
    python tests/record_routers.py answers http://127.0.0.1:5000 http://127.0.0.1:8002

The programs come with the packages osrm-bindings and pyvalhalla.
"""

import json
import math
import sys
from itertools import chain
from pathlib import Path

import requests

A, B, C = "38.012,36.501", "38.164,36.452", "38.262,36.548"
FAR, OCEAN, ANTIPODES = "42.2,36.5", "10,0", "170,0"
COLUMNS, ROWS, STEP = 41, 21, 0.05


def write_roads(path):
    """Write roads 5 km apart from 38 to 40° E and 36 to 37° N, each with a bend, and a row of roads at 42° E alone."""
    from osmium import SimpleWriter
    from osmium.osm.mutable import Node, Way

    spots = {(i, j): (38 + STEP * i, 36 + STEP * j) for i in range(COLUMNS) for j in range(ROWS)}
    edges = [((i, j), (i + 1, j)) for i in range(COLUMNS - 1) for j in range(ROWS)]
    edges += [((i, j), (i, j + 1)) for i in range(COLUMNS) for j in range(ROWS - 1)]
    numbers = {spot: number for number, spot in enumerate(spots, 1)}
    nodes = [Node(id=numbers[spot], location=spots[spot]) for spot in spots]
    ways = []
    for start, end in edges:
        (x, y), (u, v) = spots[start], spots[end]
        bends = [(t, 0.004 * math.sin(math.pi * t)) for t in (0.25, 0.5, 0.75)]
        first = len(nodes) + 1
        nodes += [
            Node(id=first + n, location=(x + (u - x) * t + b, y + (v - y) * t + b)) for n, (t, b) in enumerate(bends)
        ]
        ways.append([numbers[start], first, first + 1, first + 2, numbers[end]])
    alone = len(nodes) + 1
    nodes += [Node(id=alone + n, location=(42 + 0.01 * n, 36.5)) for n in range(60)]
    ways += [[alone + n, alone + n + 1] for n in range(59)]
    with SimpleWriter(path, overwrite=True) as writer:
        for node in nodes:
            writer.add_node(node)
        for number, refs in enumerate(ways, 1):
            writer.add_way(Way(id=number, nodes=refs, tags={"highway": "tertiary"}))


def osrm_answers(url):
    def ask(path, **query):
        return requests.get(f"{url}/{path}", params=query, timeout=10)

    full = {"overview": "full", "geometries": "polyline6", "steps": "false", "alternatives": "false"}
    yield "osrm status", ask("status")
    yield "osrm nearest", ask("nearest/v1/driving/0,0", number=1)
    yield "osrm route", ask(f"route/v1/driving/{A};{B}", **full)
    yield "osrm route geojson", ask(f"route/v1/driving/{A};{B}", **(full | {"geometries": "geojson"}))
    yield "osrm via", ask(f"route/v1/driving/{A};{B};{C}", **full)
    yield "osrm far snap", ask(f"route/v1/driving/{A};{FAR}", **full)
    yield "osrm NoSegment", ask(f"route/v1/driving/{A};{OCEAN}", radiuses="1000;1000", **full)
    yield "osrm TooBig", ask(f"route/v1/driving/{A};{B}", **(full | {"alternatives": 9}))


def valhalla_answers(url):
    def ask(*stops, units="kilometers", **more):
        places = [dict(zip(("lon", "lat"), map(float, stop.split(",")), strict=True)) for stop in stops]
        body = {"locations": places, "costing": "auto", "directions_type": "none", "units": units, **more}
        return requests.post(f"{url}/route", json=body, timeout=10)

    def box(west, south, east, north):
        return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]

    yield "valhalla status", requests.get(f"{url}/status", timeout=10)
    yield "valhalla route", ask(A, B)
    yield "valhalla alternates", ask(A, B, alternates=2)
    yield "valhalla miles", ask(A, B, units="miles")
    yield "valhalla via", ask(A, B, C)
    yield "valhalla around", ask(A, B, exclude_polygons=box(38.077, 36.502, 38.081, 36.506))
    yield "valhalla unconnected", ask(A, FAR)
    yield "valhalla no edges", ask(A, OCEAN)
    yield "valhalla too far", ask(A, ANTIPODES)
    yield "valhalla too large", ask(A, B, exclude_polygons=box(38.2, 36.2, 38.3, 36.8))


def record(osrm, valhalla):
    """Write what they answer, without hints, which are long and differ."""
    lines = []
    for name, response in chain(osrm_answers(osrm), valhalla_answers(valhalla)):
        body = response.json()
        for spot in body.get("waypoints", []):
            spot.pop("hint", None)
        said = json.dumps({"status": response.status_code, "body": body}, ensure_ascii=False)
        lines.append(f"  {json.dumps(name)}: {said}")
    Path(__file__).with_name("routers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    {"roads": write_roads, "answers": record}[sys.argv[1]](*sys.argv[2:])
