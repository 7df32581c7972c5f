"""Whatever a map is given, its page opens without a message, shows what it can and lists what it cannot."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
import samples
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box
from test_browser_page import drawn_colours, listed
from test_maps_unwrapping import ANADYR, GUAM, NADI, OAHU, TAVEUNI, UELEN, straight

from geomap.maps.webmap import Map
from geomap.models import How, Interval, Issue, Leg, Report, Route, Shape

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:invalid value encountered")]

RLO = "\u202e"


def of(*movements, areas=(), incidents=(), **options) -> Map:
    page = Map(**options)
    for movement in movements:
        page.add_movement(movement)
    for area in areas:
        page.add_area(area)
    for incident in incidents:
        page.add_incident(incident)
    return page


def on(first: date, last: date | None = None, number: int = 1, **more):
    return replace(samples.movements()[0], id=f"d{number}", date=Interval(first, last or first), **more)


def shaped(geometry, number: int = 1, **more):
    return replace(samples.areas()[0], id=f"s{number}", shape=Shape(geometry, "as told", **more))


def about(opened) -> str:
    opened.page.click("#help")
    return opened.page.inner_text("#dialog")


BROKEN = [
    None,
    Point(39, 36),
    LineString(),
    LineString([(39, 36), (math.nan, 36)]),
    LineString([(39, 36), (40, 236)]),
    LineString([(39, 36), (39, 36)]),
    LineString([(39, 84), (39, 89)]),
]


def test_lines_that_cannot_be_drawn_are_listed(open_map):
    made = [samples.movement(n, route=Route((Leg(How.INFERRED, line, 1e4),))) for n, line in enumerate(BROKEN)]
    opened = open_map(of(*made, samples.movements()[2]))
    assert len(listed(opened.page)) == len(BROKEN) + 1
    assert "#1b73fc" in drawn_colours(opened.page) or "#bb661f" in drawn_colours(opened.page)
    text = about(opened)
    assert all(f"m{n}:" in text for n in range(len(BROKEN)))
    assert "not on the earth" in text
    assert opened.messages == []


def test_shapes_of_all_sorts(open_map):
    shapes = [
        Polygon([(39, 36), (40, 37), (40, 36), (39, 37)]),
        GeometryCollection([box(39, 36, 39.2, 36.2), LineString([(39, 36), (39.5, 36.5)]), Point(1, 1)]),
        MultiPolygon(),
        Polygon([(39, 36), (math.inf, 37), (40, 36)]),
        box(39, 80, 40, 89),
        Polygon([(39, 36, 1), (39.5, 36, 2), (39.5, 36.5, 3)]),
    ]
    opened = open_map(of(areas=[shaped(shape, n) for n, shape in enumerate(shapes)]))
    for n in range(len(shapes)):
        opened.page.click(f'#list [data-id="s{n}"]')
        assert opened.page.is_visible("#card")
        opened.page.keyboard.press("Escape")
    text = about(opened)
    assert "crosses itself" in text
    assert "empty" in text
    assert opened.messages == []


@pytest.mark.parametrize("count", [0, 1])
def test_a_point_or_nothing(open_map, count):
    page = Map(title="Little")
    for _ in range(count):
        page.add_place(samples.RAQQA)
    opened = open_map(page)
    assert opened.messages == []
    opened.page.keyboard.press("0")
    assert "Nothing, from 0 reports." in about(opened)
    assert opened.messages == []


def test_movements_without_dates_or_places(open_map):
    bare = samples.movement(1, actor=None, actor_text=None, date=None, date_text=None)
    opened = open_map(of(replace(bare, provenance=replace(bare.provenance, published=None))), hash="#id=m1")
    assert "neither where it came from nor where it went" in opened.page.inner_text("#card")
    assert opened.messages == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(1, 1, 1), date(1, 1, 1), "1 Jan 1"),
        (date(99, 12, 31), date(100, 1, 1), "31 Dec 99"),
        (date(1916, 2, 29), date(1916, 3, 1), "29 Feb"),
        (date(9999, 12, 31), date(9999, 12, 31), "31 Dec 9999"),
    ],
)
def test_days_of_any_century(open_map, first, last, words):
    opened = open_map(of(on(first, last)), hash="#id=d1")
    assert words in opened.page.inner_text("#card")
    opened.page.keyboard.press("ArrowLeft")
    opened.page.keyboard.press("ArrowRight")
    assert opened.messages == []


def test_a_time_bar_of_ten_thousand_years(open_map):
    published = replace(samples.movements()[0].provenance, published=date(1, 1, 1))
    opened = open_map(of(on(date.min), on(date(2021, 5, 4), number=2, provenance=published), on(date.max, number=3)))
    assert len(listed(opened.page)) == 3
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        opened.page.keyboard.press(key)
    assert opened.page.inner_text("#stamp")
    assert opened.page.locator("#time *").count() < 2000
    assert opened.messages == []


def test_days_that_end_before_they_begin(open_map):
    opened = open_map(of(on(date(2021, 5, 6), date(2021, 5, 4), date_text=None)), hash="#id=d1")
    assert "2021-05-06 to 2021-05-04" in opened.page.inner_text("#card")
    assert "end before they begin" in about(opened)
    assert opened.messages == []


def test_huge_and_hostile_texts(open_map, tmp_path):
    huge = "W" * 1_000_000
    claim = replace(samples.said("r1", huge), source=f"{RLO}Daily", title=huge, url=f"https://a.example/{huge}")
    place = samples.place(f"{RLO}Town\x00\ud800", 39.0, 36.0, local=huge)
    item = replace(
        samples.movement(1, origin=(samples.ref(place),), actor=huge, note=f"\u2066\u2066{RLO}note", date_text=huge),
        provenance=claim,
    )
    page = Map.from_readings([samples.hostile_reading()], title=huge)
    page.add_movement(item).add_report(Report("r1", huge, huge, huge, "javascript:1")).add_issue(Issue("read", huge))
    opened = open_map(page, hash="#id=m1")
    assert (tmp_path / "map.html").stat().st_size < 900_000
    assert opened.page.evaluate("window.hacked") is None
    assert "note" in opened.page.inner_text("#card")
    assert "characters is cut" in about(opened)
    assert opened.messages == []


def test_turned_text_does_not_turn_what_is_round_it(open_map):
    claim = replace(samples.movements()[0].provenance, source=f"{RLO}Daily", attributed_to="\u202bAgency")
    opened = open_map(of(replace(samples.movements()[0], provenance=claim)), hash="#id=m1")
    left = opened.page.evaluate(
        """() => {
        const line = document.querySelector("#card .source");
        const box = (node) => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return range.getBoundingClientRect();
        };
        const grade = line.querySelector(".grade");
        return [box(line).left, box(grade).left, box(line.firstChild).left];
    }"""
    )
    assert left[1] >= left[0], "the line still runs from left to right"
    assert left[2] == pytest.approx(left[0], abs=1)
    assert opened.messages == []


def test_hundreds_of_actors(open_map):
    moves = [replace(samples.movements()[n % 3], id=f"a{n}", actor=f"Group {n}") for n in range(300)]
    opened = open_map(of(*moves))
    legend = opened.page.locator("#legend")
    assert "Group 0" in legend.inner_text()
    assert opened.page.locator("#legend input, #legend button").count() < 150
    assert opened.messages == []


def test_items_that_count_alike_are_all_there(open_map):
    opened = open_map(of(*[samples.movements()[0]] * 3))
    assert len(set(listed(opened.page))) == 3
    assert opened.messages == []


def test_thousands_of_issues_are_summarised(open_map):
    page = of(samples.movements()[0])
    for n in range(5000):
        page.add_issue(Issue("resolve", f"no place found for {n}", f"r{n}"))
    opened = open_map(page)
    opened.page.click("#help")
    assert opened.page.locator("#issues li").count() <= 60
    assert opened.messages == []


@pytest.mark.parametrize(("one", "other"), [(NADI, TAVEUNI), (UELEN, ANADYR), (GUAM, OAHU)])
def test_a_story_across_the_antimeridian_is_seen_in_one_piece(open_map, one, other):
    page = Map()
    page.add_movement(straight(one, other).movements[0])
    opened = open_map(page)
    west, east = opened.page.evaluate(
        """() => {
        const bounds = window[document.querySelector(".folium-map").id].getBounds();
        return [bounds.getWest(), bounds.getEast()];
    }"""
    )
    ends = sorted(lon % 360 for lon in (one.lon, other.lon))
    assert west < ends[0] < ends[1] < east
    assert east - west < 4 * (ends[1] - ends[0]) + 4, "no more of the world than is needed"
    assert "#1b73fc" in drawn_colours(opened.page)
    assert opened.messages == []
