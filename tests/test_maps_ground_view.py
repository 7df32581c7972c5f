from __future__ import annotations

import pytest
import shapely

from geomap.maps.ground.basemap import clip


@pytest.mark.parametrize(
    ("bounds", "named"),
    [
        ((35.0, 32.4, 36.5, 33.6), "Golan Heights"),
        ((72.0, 31.0, 79.0, 37.0), "Kashmir: line of control and Siachen"),
        ((-14.0, 24.0, -4.0, 30.0), "Western Sahara"),
        ((124.0, 36.0, 130.0, 40.0), "Korea: military demarcation line"),
    ],
)
def test_disputed_borders_in_view_are_named(bounds, named):
    view = clip(bounds)["view"]
    assert named in view["disputed"]
    assert "disputed" in view["words"]


def test_disputes_elsewhere_are_not():
    view = clip((-4.0, 42.0, 4.0, 44.0))["view"]
    assert view["disputed"] == []
    assert "disputed" not in view["words"]
    assert "OpenStreetMap" in view["words"]


def test_the_words_name_both_sources_where_both_are_drawn():
    wide = (24.0, 12.0, 64.0, 44.0)
    assert "Natural Earth" in clip(wide)["view"]["words"]
    assert "OpenStreetMap" not in clip(wide)["view"]["words"]
    words = clip(wide, focus=[shapely.Point(41.0, 34.4)])["view"]["words"]
    assert "OpenStreetMap" in words
    assert "Natural Earth" in words


def test_without_borders_there_is_nothing_to_say():
    assert clip((-30.0, 20.0, -29.0, 21.0))["view"] == {"words": "", "disputed": []}
