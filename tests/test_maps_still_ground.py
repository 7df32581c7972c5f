"""The ground of the still picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from geomap.maps.ground.basemap import clip
from geomap.maps.still.frame import WIDTH, Frame, Labels, path
from geomap.maps.still.ground import ground, names
from geomap.maps.view import view_with_margin


def numbers(data: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", data)]


@pytest.mark.parametrize(
    "story",
    [(36.2, 33.0, 44.4, 37.0), (20.0, 36.0, 28.0, 41.0), (-77.0, 1.3, 121.5, 52.5), (5.0, 58.0, 31.0, 71.0)],
    ids=["Levant", "Aegean", "three continents", "Norway"],
)
def test_the_ground_is_small_in_any_view(story):
    base, frame = clip(view_with_margin(story)), Frame.of(story)
    drawn = ground(frame, base) + names(frame, base, Labels(frame), set())
    assert 2_000 < len(drawn) <= 30_000
    root = ET.fromstring(f"<svg>{drawn}</svg>")
    assert root.find("path").get("fill") == "#F4F1EA", "land comes first"
    assert len(root.findall("text")) > 5


def test_what_lies_beyond_the_sheet_is_cut_off():
    base, frame = clip((20.0, 25.0, 60.0, 45.0)), Frame.of((38.0, 34.0, 40.0, 36.0))
    for drawn in ET.fromstring(f"<svg>{ground(frame, base)}</svg>"):
        for line in drawn.get("d").split("M")[1:]:
            at = np.cumsum(np.reshape(numbers(line), (-1, 2)), axis=0)
            assert at.min() >= -9
            assert at[:, 0].max() <= WIDTH + 9
            assert at[:, 1].max() <= frame.height + 9


def test_disputed_borders_are_dotted():
    base, frame = clip((34.5, 32.0, 37.0, 34.0)), Frame.of((35.2, 32.5, 36.4, 33.6))
    dashes = {p.get("stroke-dasharray") for p in ET.fromstring(f"<svg>{ground(frame, base)}</svg>")}
    assert {"1.5 3.5", "8 3 2 3"} <= dashes


def test_a_name_told_by_the_story_is_not_told_again():
    base, frame = clip((36.0, 33.0, 42.0, 38.0)), Frame.of((36.0, 33.0, 42.0, 38.0))
    assert ">Aleppo<" in names(frame, base, Labels(frame), set())
    assert ">Aleppo<" not in names(frame, base, Labels(frame), {"Aleppo"})


@pytest.mark.parametrize("story", [(39.0, 36.0, 39.0, 36.0), (0.0, -40.0, 0.1, 60.0), (-179.0, 10.0, 179.0, 10.0)])
def test_a_story_fits_on_the_sheet_whatever_its_shape(story):
    frame = Frame.of(story)
    west, south, east, north = story
    assert frame.holds(*frame.spot(west, south))
    assert frame.holds(*frame.spot(east, north))
    assert 480 <= frame.height <= 800


def test_a_path_is_relative_and_without_repeats():
    line = np.array([[10.2, 10.0], [10.4, 10.1], [30, 5], [30, 40]])
    assert path(line) == "M10 10l20-5 0 35"
    assert path(line[:2]) == ""
    assert path(line, closed=True).endswith("z")


def test_an_empty_ground_is_a_plain_sheet():
    assert ground(Frame.of((38.0, 34.0, 40.0, 36.0)), {}) == ""


def test_a_pixel_is_as_many_metres_as_the_ellipsoid_says():
    frame = Frame.of((38.0, 34.0, 40.0, 36.0))
    (x0, y), (x1, _) = frame.spot(38.0, 35.0), frame.spot(40.0, 35.0)
    from geomap.geometry.geodesy import length_m

    assert frame.metres_px(y) * (x1 - x0) == pytest.approx(length_m(shapely.LineString([(38, 35), (40, 35)])), rel=0.01)
