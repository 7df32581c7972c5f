from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from geomap.geometry.borders import country
from geomap.maps.ground.basemap import clip
from geomap.maps.ground.store import SCALE

REGION = (38.0, 34.0, 43.0, 37.5)


@pytest.fixture(scope="module")
def region() -> dict:
    return clip(REGION)


def spots(payload: dict, kind: str) -> dict[str, np.ndarray]:
    """Return lon, lat and room in degrees of the spots of each name."""
    return {row["n"]: np.reshape(row["at"], (-1, 3)) / SCALE for row in payload["labels"] if row["k"] == kind}


def test_countries_are_named_inside_their_visible_part(region):
    named = spots(region, "country")
    assert {"Syria", "Iraq", "Turkey"} <= named.keys()
    for name, code in {"Syria": "SY", "Iraq": "IQ", "Turkey": "TR"}.items():
        places = shapely.points(named[name][:, :2])
        assert shapely.contains(country(code), places).all()
        assert shapely.contains(shapely.box(*REGION), places).all()


def test_the_best_spot_has_most_room_and_others_are_elsewhere(region):
    for places in spots(region, "country").values():
        assert places[0, 2] == places[:, 2].max()
        assert all(math.dist(a[:2], b[:2]) >= 0.5 for n, a in enumerate(places) for b in places[:n])


def test_near_the_story_countries_have_spots_for_close_views():
    wide, qaim = (24.0, 24.0, 56.0, 46.0), shapely.Point(41.0, 34.4)
    for name in ("Syria", "Iraq"):
        found = spots(clip(wide, focus=[qaim]), "country")[name]
        assert np.hypot(*(found[:, :2] - [41.0, 34.4]).T).min() < 1.0


def test_waters_are_named_on_the_water(region):
    rivers = shapely.MultiLineString([line / SCALE for line in region["layers"]["rivers"]])
    for lon, lat, _ in spots(region, "river")["Euphrates"]:
        assert rivers.distance(shapely.Point(lon, lat)) < 0.02


def test_a_long_water_has_several_spots():
    assert len(spots(clip((-6.0, 30.0, 37.0, 46.0)), "sea")["Mediterranean Sea"]) > 2


def test_provinces_are_named_at_middle_zooms(region):
    units = {row["n"]: row["z"] for row in region["labels"] if row["k"] == "unit"}
    assert units
    assert all(45 <= zoom <= 90 for zoom in units.values())


def test_the_world_names_large_countries_first_and_no_province():
    labels = clip((-180.0, -58.0, 180.0, 80.0))["labels"]
    named = [row["n"] for row in labels if row["k"] == "country"]
    assert set(named[:8]) >= {"Russia", "China", "Brazil", "Australia"}
    assert not [row for row in labels if row["k"] == "unit"]
