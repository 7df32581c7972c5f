"""Routers as they answer: recorded from real ones, and a stand-in that answers any question in their form.

`routers.json` was recorded by `record_routers.py` from OSRM 26.10.0 and Valhalla 3.9.1, both on a made-up grid of roads
5 km apart between 38 and 40° E, 36 and 37° N, and a row of roads at 42° E that nothing leads to.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from pyproj import Geod
from service import Reply, Request

RECORDED = json.loads(Path(__file__).with_name("routers.json").read_text(encoding="utf-8"))
A, B, C = (38.012, 36.501), (38.164, 36.452), (38.262, 36.548)
"""The stops of the recorded ways."""
ROUNDABOUT = 0.02
"""Degrees that the stand-in's ways bend out."""


def recorded(name: str) -> Reply:
    """Return what a real router said."""
    said = RECORDED[name]
    return reply(said["body"], said["status"])


def reply(body: object, status: int = 200) -> Reply:
    return Reply(json.dumps(body).encode(), status, {"Content-Type": "application/json"})


def osrm(request: Request) -> Reply:
    """Answer as OSRM: any two positions are joined by a road with one bend."""
    if "/route/v1/" not in request.path:
        return recorded("osrm nearest") if "/nearest/v1/" in request.path else recorded("osrm status")
    stops = [tuple(map(float, spot.split(","))) for spot in unquote(request.path).rpartition("/")[2].split(";")]
    points = bent(stops)
    way = {
        "legs": [{"steps": [], "weight": 1.0, "summary": "", "duration": 60.0, "distance": 1.0} for _ in stops[1:]],
        "weight_name": "routability",
        "geometry": encoded(points),
        "weight": 60.0,
        "duration": 60.0,
        "distance": round(metres(points), 1),
    }
    spots = [{"location": list(stop), "name": "", "distance": 0.0, "hint": "AAAA"} for stop in stops]
    return reply({"code": "Ok", "routes": [way], "waypoints": spots})


def valhalla(request: Request) -> Reply:
    """Answer as Valhalla: any two positions are joined by a road with one bend."""
    if not request.path.endswith("/route"):
        return recorded("valhalla status")
    stops = [(spot["lon"], spot["lat"]) for spot in json.loads(request.body)["locations"]]
    legs = [bent(pair) for pair in pairwise(stops)]
    length = round(sum(map(metres, legs)) / 1000, 3)
    trip = {
        "locations": [{"type": "break", "lat": lat, "lon": lon, "original_index": 0} for lon, lat in stops],
        "legs": [{"summary": {"length": metres(leg) / 1000, "time": 60.0}, "shape": encoded(leg)} for leg in legs],
        "summary": {"length": length, "time": 60.0},
        "status_message": "Found route between points",
        "status": 0,
        "units": "kilometers",
        "language": "en-US",
    }
    return reply({"trip": trip})


def bent(stops):
    points = [stops[0]]
    for (x, y), (u, v) in pairwise(stops):
        points += [((x + u) / 2, (y + v) / 2 + ROUNDABOUT), (u, v)]
    return points


def metres(points) -> float:
    return Geod(ellps="WGS84").line_length(*zip(*points, strict=True))


def encoded(points, digits: int = 6) -> str:
    """Return an encoded polyline, number by number as its description says."""
    text, before = "", (0, 0)
    for lon, lat in points:
        now = round(lat * 10**digits), round(lon * 10**digits)
        for step in (now[0] - before[0], now[1] - before[1]):
            number = ~(step << 1) if step < 0 else step << 1
            while number >= 0x20:
                text += chr((0x20 | number & 0x1F) + 63)
                number >>= 5
            text += chr(number + 63)
        before = now
    return text
