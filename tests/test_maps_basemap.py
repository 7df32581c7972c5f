from __future__ import annotations

import json
import math

import numpy as np
import pytest
import shapely

from geomap.errors import InputError
from geomap.maps.basemap import clip
from geomap.maps.basemap_store import SCALE, pack, unpack

REGION = (38.0, 34.0, 43.0, 37.5)


@pytest.fixture(scope="module")
def region() -> dict:
    return clip(REGION)


def decoded(flat: list[int]) -> np.ndarray:
    return np.cumsum(np.array(flat).reshape(-1, 2), axis=0) / SCALE


def land_of(payload: dict) -> shapely.Geometry:
    """Return the land as the page fills it, by the even-odd rule."""
    rings = [shapely.Polygon(decoded(flat)) for flat in payload["layers"]["land"]]
    return shapely.make_valid(shapely.MultiPolygon(rings), method="linework")


def spots(payload: dict, kind: str) -> dict[str, tuple[float, float]]:
    return {row["n"]: (row["x"] / SCALE, row["y"] / SCALE) for row in payload["labels"] if row["k"] == kind}


def test_blocks_come_back_as_they_were_packed():
    ring = np.array([[0, 0], [1_800_000, -900_000], [3, 4], [0, 0]], dtype=np.int32)
    hole = np.array([[-5, 7], [70_000, 1]], dtype=np.int32)
    back = unpack(pack([(ring, False), (hole, True)]))
    assert [is_hole for _, is_hole in back] == [False, True]
    np.testing.assert_allclose(back[0][0] * SCALE, ring, atol=1e-6)
    np.testing.assert_allclose(back[1][0] * SCALE, hole, atol=1e-6)


def test_all_lines_lie_in_the_box_and_the_layers_are_there(region):
    west, south, east, north = REGION
    for layer in ("land", "lakes", "rivers", "roads", "borders", "admin1"):
        assert region["layers"][layer], layer
        for flat in region["layers"][layer]:
            points = decoded(flat)
            assert points.min(axis=0)[0] >= west - 1e-4
            assert points.max(axis=0)[0] <= east + 1e-4
            assert points.min(axis=0)[1] >= south - 1e-4
            assert points.max(axis=0)[1] <= north + 1e-4


def test_an_inland_box_is_all_land_without_seams(region):
    assert len(region["layers"]["land"]) == 1
    assert land_of(region).area == pytest.approx(5.0 * 3.5, rel=1e-6)


@pytest.mark.parametrize(
    ("bounds", "land"),
    [
        pytest.param((30.0, 28.0, 50.0, 42.0), 237.3, id="a war"),
        pytest.param((24.0, 12.0, 64.0, 44.0), 955.0, id="Middle East"),
        pytest.param((20.0, 5.0, 140.0, 72.0), 5966.7, id="Russia to India"),
        pytest.param((-12.0, -11.0, 180.0, 80.0), 8745.4, id="Europe and Asia"),
        pytest.param((-180.0, -90.0, 180.0, 90.0), 21429.5, id="world"),
        pytest.param((165.0, -48.0, 185.0, -12.0), 32.9, id="New Zealand to Fiji"),
        pytest.param((-80.0, -80.0, -40.0, -60.0), 137.0, id="edge of Antarctica"),
    ],
)
def test_the_land_is_as_large_as_in_the_source(bounds, land):
    # Square degrees of Natural Earth's 1:10m land within the box, before anything is simplified.
    assert land_of(clip(bounds)).area == pytest.approx(land, rel=0.01)


def test_coast_parts_land_from_sea():
    payload = clip((33.0, 33.0, 37.0, 36.0))
    land = land_of(payload)
    assert land.contains(shapely.Point(36.3, 33.5))
    assert not land.contains(shapely.Point(34.6, 34.4))


def test_the_budget_is_kept_and_detail_falls():
    fine, coarse = clip((20.0, 36.0, 30.0, 42.0)), clip((20.0, 36.0, 30.0, 42.0), budget=60_000)
    assert len(json.dumps(coarse["layers"], separators=(",", ":"))) <= 60_000
    assert len(json.dumps(fine["layers"])) > len(json.dumps(coarse["layers"]))
    assert coarse["layers"]["land"]


def test_same_box_same_bytes(region):
    assert json.dumps(clip(REGION)) == json.dumps(region)


def test_countries_are_named_inside_their_visible_part(region):
    named = spots(region, "country")
    assert {"Syria", "Iraq", "Turkey"} <= named.keys()
    for lon, lat in named.values():
        assert REGION[0] <= lon <= REGION[2]
        assert REGION[1] <= lat <= REGION[3]


def test_waters_are_named_on_the_water(region):
    lon, lat = spots(region, "river")["Euphrates"]
    rivers = shapely.MultiLineString([decoded(flat) for flat in region["layers"]["rivers"]])
    assert rivers.distance(shapely.Point(lon, lat)) < 0.02


def test_disputed_lines_are_a_layer_of_their_own():
    golan = clip((35.0, 32.4, 36.5, 33.6))
    assert golan["layers"]["disputed"]
    assert not clip((-4.0, 42.0, 4.0, 44.0))["layers"]["disputed"]


def test_towns_stand_out_and_keep_their_distance(region):
    towns = region["towns"]
    assert 50 <= len(towns) <= 220
    assert [t["r"] for t in towns] == sorted(t["r"] for t in towns)
    first = [(t["x"] / SCALE, t["y"] / SCALE) for t in towns if t["r"] == 0]
    assert all(math.dist(a, b) > 0.5 for a in first for b in first if a is not b)
    assert all(t.get("l") != t["n"] for t in towns)


def test_a_capital_is_of_the_first_two_ranks_beside_a_larger_city():
    towns = {t["n"]: t["r"] for t in clip((34.0, 31.0, 40.0, 36.0))["towns"]}
    assert towns["Damascus"] <= 1
    assert towns["Beirut"] <= 1


@pytest.mark.parametrize("bounds", [(170.0, -25.0, 190.0, -10.0), (170.0, -25.0, -170.0, -10.0)])
def test_across_the_antimeridian_longitudes_go_on(bounds):
    payload = clip(bounds)
    assert payload["bounds"] == [170.0, -25.0, 190.0, -10.0]
    points = np.concatenate([decoded(flat) for flat in payload["layers"]["land"]])
    assert points[:, 0].min() >= 170 - 1e-4
    assert 180 < points[:, 0].max() <= 190 + 1e-4


def test_beyond_the_pole_is_cut():
    assert clip((-60.0, 75.0, 0.0, 95.0))["bounds"][3] == 90.0


def test_open_sea_is_empty_but_valid():
    payload = clip((-30.0, 20.0, -29.0, 21.0))
    assert payload["layers"]["land"] == []
    assert payload["towns"] == []


@pytest.mark.parametrize("bounds", [(10.0, 5.0, 20.0, 5.0), (1.0, 1.0, 1.0, 2.0), (0.0, 0.0, math.nan, 1.0)])
def test_no_box_is_an_error(bounds):
    with pytest.raises(InputError, match="west, south, east, north"):
        clip(bounds)


def test_attribution_names_known_sources(region):
    from geomap.datasets import sources

    assert set(region["attribution"]) <= {source.key for source in sources()}
    assert "natural-earth-land" in region["attribution"]
