"""The still picture and the plain list."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import samples
import shapely
from test_maps_page import GROUND
from test_maps_payload import story

from geomap.errors import InputError
from geomap.maps.payload import Story
from geomap.maps.still import picture
from geomap.maps.webmap import Map
from geomap.models import Leg, Mode, Route
from geomap.terms import How, Status

SVG = "{http://www.w3.org/2000/svg}"


def drawn(made: Story, base: dict = GROUND, **options: object) -> ET.Element:
    return ET.fromstring(picture.svg(made, base, **options))


def strokes(root: ET.Element) -> list[ET.Element]:
    """Return the paths that are drawn in an actor's or the denied colour."""
    ground = {"#9FB9C4", "#D8CCB6", "#E9E2D5", "#8F8778", "#FFFFFF", "#6E6758", "#26231D", None}
    return [path for path in root.iter(f"{SVG}path") if path.get("stroke") not in ground]


def words(root: ET.Element) -> set[str]:
    return {text.text for text in root.iter(f"{SVG}text")}


def lone(**values: object) -> Story:
    options = {"origin": (samples.ref(samples.RAQQA),), "destination": (samples.ref(samples.HASAKAH),)}
    return Story(movements=[samples.movement(1, **(options | {"route": ROUTE} | values))])


ROUTE = Route((samples.leg(samples.ROAD),), Mode.ROAD)


def test_picture_is_wellformed_and_names_what_is_drawn():
    root = drawn(story())
    assert {"Raqqa", "Tall Abyad", "Qamishli"} <= words(root)
    assert "Iraq" not in words(root), "a country is no dot"


@pytest.mark.parametrize(
    ("status", "dash"), [(Status.COMPLETED, None), (Status.PLANNED, "12 8"), (Status.ORDERED, "12 8")]
)
def test_the_pattern_says_the_status(status, dash):
    line, head = strokes(drawn(lone(status=status)))
    assert line.get("stroke-dasharray") == dash
    assert (head.get("fill") == "#FFFFFF") == (dash is not None), "what is only meant has a hollow head"


def test_what_is_under_way_ends_in_a_ring_and_what_is_denied_is_grey_with_crosses():
    ring = [c for c in drawn(lone(status=Status.ONGOING)).iter(f"{SVG}circle") if c.get("r") == "10"]
    assert len(ring) == 1
    line, crosses = strokes(drawn(lone(status=Status.DENIED)))
    assert line.get("stroke") == crosses.get("stroke") == "#7C766B"
    assert crosses.get("d").count("m0-8") > 3


def test_a_way_that_is_not_known_is_a_dotted_arc():
    ends = [samples.ROAD[0], samples.ROAD[-1]]
    root = drawn(lone(route=Route((samples.leg(ends, How.SCHEMATIC),), Mode.ROAD)))
    arc = strokes(root)[0]
    assert arc.get("stroke-linecap") == "round"
    assert len(arc.get("d").split()) > 10, "not a straight line"
    assert any("schematic" in text for text in words(root))


def test_an_open_end_has_no_head():
    open_end = Route((samples.leg(samples.ROAD),), Mode.ROAD, open_end=True)
    assert len(strokes(drawn(lone(route=open_end)))) == 1


def test_lines_between_the_same_spots_lie_beside_each_other():
    twice = Story(movements=[*lone().movements, *lone(id="m2", actor="Turkey").movements])
    lines = [path.get("d") for path in strokes(drawn(twice)) if path.get("stroke-width") == "3.6"]
    assert len(lines) == 2
    assert lines[0] != lines[1]


def test_limits_that_are_not_published_are_hatched_and_have_no_edge():
    zone, control = samples.areas()[:2]
    assert not zone.shape.published_limits
    (hatched,) = [p for p in drawn(Story(areas=[zone])).iter(f"{SVG}path") if "url(#" in p.get("fill", "")]
    assert hatched.get("stroke") is None
    assert control.shape.published_limits
    edged = [p for p in strokes(drawn(Story(areas=[control]))) if p.get("fill-opacity") == ".14"]
    assert len(edged) == 1


def test_what_is_only_possible_is_lighter_than_what_is_sure():
    zone = samples.areas()[0]
    wider = replace(zone, shape=replace(zone.shape, possible=zone.shape.geometry.buffer(0.2)))
    shares = [p.get("fill-opacity") for p in drawn(Story(areas=[wider])).iter(f"{SVG}path") if p.get("fill-opacity")]
    assert shares[0] == ".07"
    assert len(shares) == 2


def test_names_do_not_cover_each_other_and_lie_on_the_sheet():
    crowded = [samples.place(f"Village {n}", 39 + 0.01 * n, 36.0) for n in range(40)]
    root = drawn(Story(places=crowded))
    boxes = []
    for text in root.iter(f"{SVG}text"):
        size, wide = float(text.get("font-size")), 0.5 * float(text.get("font-size")) * len(text.text)
        left = float(text.get("x")) - wide * {None: 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
        boxes.append((left, float(text.get("y")) - 0.7 * size, left + wide, float(text.get("y"))))
    assert 4 < len(boxes) < 40
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= 960
        for other in boxes[:n]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


def test_scale_and_stamp():
    assert "As of 2021-05-06" in words(drawn(lone())), "the last day of the records"
    assert "As of 2022-01-02" in words(drawn(lone(), as_of=date(2022, 1, 2)))
    assert any(text.endswith(" km") for text in words(drawn(lone())))


def test_very_many_movements_are_few_paths():
    rng = np.random.default_rng(7)
    starts = rng.uniform((36.0, 33.0), (44.0, 37.0), (20_000, 2))
    walks = starts[:, None] + np.cumsum(rng.normal(0, 0.03, (20_000, 12, 2)), axis=1)
    routes = [Route((Leg(How.INFERRED, line, 1e4),), Mode.ROAD) for line in shapely.linestrings(walks)]
    kinds = [samples.movement(n, status=status) for n, status in enumerate((Status.COMPLETED, Status.PLANNED))]
    many = Story(movements=[replace(kinds[n // 2 % 2], id=f"m{n}", route=route) for n, route in enumerate(routes)])
    text = picture.svg(many, GROUND)
    assert len(text) < 250_000
    assert len(strokes(ET.fromstring(text))) == 2
    assert "1 in 2 movements drawn" in text
    few = picture.svg(Story(movements=many.movements[:1000]), GROUND)
    assert "movements drawn" not in few
    assert strokes(ET.fromstring(few))[0].get("d").count("M") == 500, "each line is there"


def test_what_cannot_be_in_xml_is_left_out():
    bad = samples.place("A\x00\ud800B", 39.0, 36.0)
    assert "A\ufffd\ufffdB" in words(drawn(Story(places=[bad])))
    long = samples.place("x" * 1_000_000, 39.0, 36.0)
    assert len(picture.svg(Story(places=[long]), GROUND)) < 20_000


def test_picture_of_nothing_is_empty():
    assert picture.svg(Story(), GROUND) == ""


def test_hostile_name_cannot_leave_its_text():
    made = Story(movements=list(samples.hostile_reading().movements))
    root = ET.fromstring(picture.svg(made, GROUND))
    alone = drawn(Story(places=[ref.place for item in made.movements for ref in item.origin]))
    assert any(text.startswith(samples.HOSTILE[:40]) for text in words(alone)), "shortened, but as it is written"
    allowed = ("svg", "defs", "pattern", "g", "rect", "path", "circle", "text")
    assert {element.tag for element in root.iter()} <= {f"{SVG}{tag}" for tag in allowed}
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}


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


def test_a_narrower_picture_keeps_the_size_of_letters_and_all_it_shows_inside():
    wide, narrow = (drawn(story(), width=width) for width in (960, 480))
    assert narrow.get("width") == "480"
    assert 240 <= float(narrow.get("height")) <= 400
    spots = [(float(text.get("x")), float(text.get("y"))) for text in narrow.iter(f"{SVG}text")]
    assert all(0 <= x <= 480 and 0 <= y <= float(narrow.get("height")) for x, y in spots)
    sizes = [{text.get("font-size") for text in root.iter(f"{SVG}text")} for root in (wide, narrow)]
    assert sizes[1] <= sizes[0]


def test_a_map_gives_its_picture_of_any_box():
    made = Map.from_readings(samples.readings())
    bounds = (38.0, 35.0, 42.0, 37.5)
    one, other = (ET.fromstring(made.picture(bounds=bounds, width=480)) for _ in range(2))
    assert ET.tostring(one) == ET.tostring(other)
    assert {"Raqqa", "Qamishli"} <= words(one)
    far = ET.fromstring(made.picture(bounds=(28.0, -3.0, 30.0, -1.0), width=480))
    assert "Raqqa" not in words(far)
    assert Map().picture() == ""
    for bad in ((38.0, 35.0, 42.0), (38.0, 35.0, 42.0, 30.0), (float("nan"),) * 4):
        with pytest.raises(InputError, match="no box"):
            made.picture(bounds=bad)
