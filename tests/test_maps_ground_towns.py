from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geomap.maps.ground.basemap import clip
from geomap.maps.ground.focus import fit_zoom
from geomap.maps.ground.store import SCALE

REGION = (38.0, 34.0, 43.0, 37.5)
HASAKAH = shapely.Point(40.74, 36.51)


def apart(a: dict, b: dict) -> float:
    """Return how far two towns are apart beside each other, in degrees of longitude."""

    def height(town: dict) -> float:
        return math.degrees(math.asinh(math.tan(math.radians(town["y"] / SCALE))))

    return max(abs(a["x"] - b["x"]) / SCALE, 2 * abs(height(a) - height(b)))


def test_what_is_named_at_a_zoom_keeps_its_distance():
    towns = clip(REGION)["towns"]
    assert len(towns) > 20
    assert [t["z"] for t in towns] == sorted(t["z"] for t in towns)
    for zoom in (7, 8, 9):
        px = 256 * 2**zoom / 360
        shown = [t for t in towns if t["z"] <= 10 * zoom]
        gaps = [px * apart(a, b) for n, a in enumerate(shown) for b in shown[:n]]
        assert min(gaps, default=99) > 60


def test_villages_are_named_near_the_story_only():
    plain, about = clip(REGION)["towns"], clip(REGION, focus=[HASAKAH])["towns"]
    near, far = [], []
    for town in about:
        away = math.dist((town["x"] / SCALE, town["y"] / SCALE), HASAKAH.coords[0])
        (near if away < 0.8 else far).append(town)
    assert len(near) > 2 * sum(math.dist((t["x"] / SCALE, t["y"] / SCALE), HASAKAH.coords[0]) < 0.8 for t in plain)
    assert max(t["z"] for t in near) > 95
    assert max(t["z"] for t in far) <= 10 * fit_zoom(REGION) + 20


def test_the_largest_are_named_first_and_written_largest():
    towns = {t["n"]: t for t in clip((24.0, 24.0, 56.0, 46.0))["towns"]}
    assert towns["Baghdad"]["r"] == 0
    assert towns["Baghdad"]["z"] < towns["Mosul"]["z"]
    assert {t["r"] for t in towns.values()} == {0, 1, 2, 3}


def test_a_capital_is_named_early_beside_a_larger_city():
    towns = clip((34.0, 31.0, 40.0, 36.0))["towns"]
    assert {"Damascus", "Beirut"} <= {t["n"] for t in towns if t["z"] <= 10 * fit_zoom((34.0, 31.0, 40.0, 36.0))}


def test_local_names_only_where_they_differ():
    towns = clip(REGION, focus=[HASAKAH])["towns"]
    assert {t["l"] for t in towns if t["n"] == "Hasakah"} == {"الحسكة"}
    assert all(t.get("l") != t["n"] for t in towns)


@pytest.mark.parametrize("bounds", [(-180.0, -58.0, 180.0, 80.0), (-20.0, -35.0, 120.0, 60.0)])
def test_a_map_of_continents_names_its_capitals(bounds):
    names = {t["n"] for t in clip(bounds)["towns"]}
    assert {"Cairo", "Delhi", "Nairobi"} & names == {"Cairo", "Nairobi"} | ({"Delhi"} & names)
    assert len(names) > 40


def test_across_the_antimeridian_towns_lie_beside_each_other():
    towns = clip((170.0, -25.0, 190.0, -10.0), focus=[shapely.Point(-179.9, -16.8), shapely.Point(178.4, -18.1)])[
        "towns"
    ]
    lon = np.array([t["x"] / SCALE for t in towns])
    assert lon.min() >= 170
    assert 180 < lon.max() <= 190
