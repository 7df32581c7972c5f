from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geomap.errors import InputError
from geomap.maps.ground.basemap import BUDGET, clip
from geomap.maps.ground.detail import packed_size
from geomap.maps.packing import SCALE, pack

REGION = (38.0, 34.0, 43.0, 37.5)


@pytest.fixture(scope="module")
def region() -> dict:
    return clip(REGION)


def decoded(line: np.ndarray) -> np.ndarray:
    return line / SCALE


def land_of(payload: dict) -> shapely.Geometry:
    """Return the land as the page fills it, by the even-odd rule."""
    rings = [shapely.Polygon(decoded(flat)) for flat in payload["layers"]["land"]]
    return shapely.make_valid(shapely.MultiPolygon(rings), method="linework")


def size_of(payload: dict) -> int:
    return packed_size([line for lines in payload["layers"].values() for line in lines])


def vertices(payload: dict, layer: str, box: tuple[float, float, float, float]) -> int:
    """Return how many vertices of a layer lie in a box."""
    points = np.concatenate([line / SCALE for line in payload["layers"][layer]])
    return int(np.all((points >= box[:2]) & (points <= box[2:]), axis=1).sum())


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
    greece = (20.0, 36.0, 30.0, 42.0)
    fine, coarse = clip(greece), clip(greece, budget=20_000)
    assert 20_000 < size_of(fine) <= BUDGET
    assert size_of(coarse) <= 20_000
    assert coarse["layers"]["land"]


def test_a_budget_that_nothing_fits_still_gives_a_ground():
    payload = clip((20.0, 36.0, 30.0, 42.0), budget=10)
    assert set(payload["layers"]) == {"land", "lakes", "rivers", "roads", "borders", "disputed", "admin1"}


def test_the_ground_is_finest_near_the_story():
    wide, town = (24.0, 24.0, 56.0, 46.0), shapely.Point(36.2, 36.2)
    near, elsewhere = (35.9, 35.9, 36.5, 36.5), (26.0, 36.5, 29.0, 39.0)
    plain, about = clip(wide), clip(wide, focus=[town])
    for layer in ("land", "borders"):
        assert vertices(about, layer, near) > 2 * max(1, vertices(plain, layer, near)), layer
    # Two lines may share a detail of a coast far away, but not much more.
    assert vertices(about, "land", elsewhere) <= vertices(plain, "land", elsewhere)
    assert size_of(about) <= BUDGET


def test_a_story_over_continents_has_roads_and_provinces_where_it_is_and_nowhere_else():
    payload = clip((-30.0, -10.0, 130.0, 60.0), focus=[shapely.Point(36.2, 36.2), shapely.Point(103.8, 1.3)])
    for layer in ("roads", "admin1"):
        points = np.concatenate([line / SCALE for line in payload["layers"][layer]])
        away = np.minimum(np.hypot(*(points - [36.2, 36.2]).T), np.hypot(*(points - [103.8, 1.3]).T))
        assert away.min() < 1.0
        assert away.max() < 15.0, layer
    assert vertices(payload, "land", (35.5, 35.5, 36.5, 37.0)) > 50
    assert {"Aleppo", "Singapore"} <= {town["n"] for town in payload["towns"]}


def test_detail_near_the_story_leaves_no_seam():
    # Coasts run on where the finer level begins: as much land as without a story.
    box, coast = (-30.0, -10.0, 130.0, 60.0), shapely.Point(35.0, 33.0)
    assert land_of(clip(box, focus=[coast])).area == pytest.approx(land_of(clip(box)).area, rel=0.005)


def test_longitudes_of_the_story_may_be_on_either_side():
    fiji = (170.0, -25.0, 190.0, -10.0)
    taveuni = shapely.Point(-179.97, -16.85)
    beyond = clip(fiji, focus=[shapely.transform(taveuni, lambda p: np.add(p, [360, 0]))])
    assert [line.tolist() for line in clip(fiji, focus=[taveuni])["layers"]["land"]] == [
        line.tolist() for line in beyond["layers"]["land"]
    ]


def test_a_story_with_odd_coordinates_does_no_harm():
    odd = [shapely.Point(), shapely.Point(math.nan, 3.0), shapely.Point(500.0, 1e9), shapely.GeometryCollection()]
    assert vertices(clip(REGION, focus=odd), "borders", REGION) > 0


def test_same_box_same_bytes(region):
    assert pack(clip(REGION)) == pack(region)


def test_disputed_lines_are_a_layer_of_their_own():
    golan = clip((35.0, 32.4, 36.5, 33.6))
    assert golan["layers"]["disputed"]
    assert not clip((-4.0, 42.0, 4.0, 44.0))["layers"]["disputed"]


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


@pytest.mark.parametrize(
    "bounds", [(10.0, 91.0, 20.0, 95.0), (10.0, 5.0, 20.0, 5.0), (1.0, 1.0, 1.0, 2.0), (0.0, 0.0, math.nan, 1.0)]
)
def test_no_box_is_an_error(bounds):
    with pytest.raises(InputError, match="west, south, east, north"):
        clip(bounds)


def test_attribution_names_known_sources(region):
    from geomap.datasets import sources

    assert set(region["attribution"]) <= {source.key for source in sources()}
    assert "natural-earth-land" in region["attribution"]


def test_a_story_all_over_the_world_does_not_spoil_the_coasts():
    spots = [shapely.Point(lon, lat) for lon in range(-10, 110, 8) for lat in range(6, 50, 6)]
    payload = clip((-60.0, -20.0, 160.0, 75.0), focus=spots)
    assert size_of(payload) <= BUDGET
    assert land_of(payload).area == pytest.approx(land_of(clip((-60.0, -20.0, 160.0, 75.0))).area, rel=0.01)
    assert sum(map(len, payload["layers"]["land"])) > 2_000
