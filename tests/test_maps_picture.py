"""The still picture and the plain list."""

from xml.etree import ElementTree as ET

import samples
from test_maps_page import GROUND
from test_maps_payload import story

from geomap.maps import picture
from geomap.maps.payload import Story
from geomap.maps.webmap import Map

SVG = "{http://www.w3.org/2000/svg}"


def test_picture_is_wellformed_and_shows_each_drawn_line():
    made = story()
    root = ET.fromstring(picture.svg(made, GROUND))
    strokes = [path.get("stroke") for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "4"]
    assert len(strokes) == sum(bool(movement.route) for movement in made.movements)
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Raqqa", "Hasakah", "Tall Abyad"} <= names
    assert "Iraq" not in names, "a country is no dot"


def test_picture_of_nothing_is_empty():
    assert picture.svg(Story(), GROUND) == ""


def test_hostile_name_cannot_leave_its_text():
    made = Story(movements=list(samples.hostile_reading().movements))
    root = ET.fromstring(picture.svg(made, GROUND))
    assert samples.HOSTILE in {text.text for text in root.iter(f"{SVG}text")}
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "rect", "path", "circle", "text")
    }


def test_list_has_every_item_with_its_source():
    rows = list(picture.entries(story()))
    assert len(rows) == 10
    assert rows[0].sentence.startswith("US forces")
    assert "Valley Courier" in rows[0].source
    assert rows[3].when == "recently"


def test_a_movement_told_twice_is_listed_once_with_both_sources():
    (row,) = picture.entries(Map.from_readings(samples.told_twice()).story)
    assert "Valley Courier" in row.source
    assert "also told by Harbour Post" in row.source
