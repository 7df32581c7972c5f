"""Records that no map can show as they are: the page is made all the same, and says what it left out."""

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import samples
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiLineString, Point, Polygon, box
from test_maps_payload import completed, story

from geomap.maps.checking import LONG, SHORT, checked
from geomap.maps.ground import basemap
from geomap.maps.payload import Story
from geomap.maps.webmap import Map
from geomap.models import Candidate, Event, How, Interval, Issue, Leg, Report, Route, Shape

NAN, INF = math.nan, math.inf
pytestmark = pytest.mark.filterwarnings("ignore:invalid value encountered")  # shapely says so of coordinates


def moving(**values: object) -> Story:
    return Story(movements=[samples.movement(1, **values)])


def payload(made: Story) -> dict:
    found = completed(checked(made).payload(title="T", base={}, about={}))
    json.dumps(found, allow_nan=False, default=np.ndarray.tolist)
    return found


def said(made: Story) -> list[str]:
    return [issue.message for issue in checked(made).issues if issue.stage == "draw"]


def test_sound_records_pass_as_they_are():
    made = story()
    through = checked(made)
    assert through == made
    assert all(a is b for a, b in zip(through.movements[:4], made.movements[:4], strict=True))


def test_the_story_that_was_given_is_not_changed():
    made = moving(route=Route((samples.leg([(NAN, 36.0), (39.0, 36.0)]),)))
    before = list(made.movements)
    checked(made)
    assert made.movements == before
    assert made.issues == []


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (None, "is no line"),
        (Point(39, 36), "is no line"),
        (LineString(), "fewer than two points"),
        (MultiLineString([[(39, 36), (40, 36)]]), "is no line"),
        (LineString([(39, 36), (NAN, 36), (40, 36)]), "no numbers"),
        (LineString([(39, 36), (INF, 36)]), "no numbers"),
        (LineString([(39, 36), (40, 136)]), "not on the earth"),
        (LineString([(39, 36), (400, 36)]), "not on the earth"),
        (LineString([(39, 84), (40, 87)]), "beyond 85 degrees north"),
        (LineString([(39, 36), (39, 36)]), "has no length"),
        (LineString([(39, 36), (39.00001, 36)]), "has no length"),
    ],
)
def test_a_line_that_cannot_be_drawn_is_listed(geometry, why):
    made = moving(route=Route((Leg(How.INFERRED, geometry, 1000.0),)), destination=(samples.ref(samples.RAQQA),))
    (message,) = said(made)
    assert message.startswith("m1:")
    assert why in message
    (movement,) = payload(made)["movements"]
    assert "route" not in movement
    assert movement["notDrawn"]


def test_sound_legs_are_drawn_beside_broken_ones():
    legs = (samples.leg(samples.ROAD), samples.leg([(NAN, NAN), (1, 1)]), samples.leg(samples.EAST))
    (movement,) = payload(moving(route=Route(legs)))["movements"]
    assert len(movement["route"]["legs"]) == 2


def test_heights_are_left_out():
    line = LineString([(39, 36, 500), (40, 36, 600)])
    ((leg,),) = [
        one["route"]["legs"] for one in payload(moving(route=Route((Leg(How.INFERRED, line, 9e4),))))["movements"]
    ]
    assert leg["line"].shape == (2, 2)
    solid = Polygon([(39, 36, 5), (40, 36, 5), (40, 37, 5)])
    made = Story(areas=[replace(samples.areas()[0], shape=Shape(solid, "x"))])
    assert payload(made)["areas"][0]["rings"][0][0].shape == (4, 2)


def test_a_length_that_is_no_number_is_measured():
    route = Route((Leg(How.INFERRED, LineString([(39, 36), (40, 36)]), NAN),))
    (movement,) = payload(moving(route=route))["movements"]
    assert movement["route"]["length"] == pytest.approx(90_164, rel=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(NAN, 36.0), (39.0, INF), (39.0, 91.0), (500.0, 36.0), (0.0, 89.0)])
def test_a_place_that_is_nowhere_is_listed_and_not_drawn(lon, lat):
    nowhere = samples.place("Nowhere", lon, lat)
    made = moving(destination=(samples.ref(nowhere),))
    made.places = [nowhere]
    made.incidents = [replace(samples.incidents()[0], places=(samples.ref(nowhere),))]
    found = payload(made)
    assert found["places"] == []
    assert "place" not in found["movements"][0]["to"][0]
    assert found["incidents"][0]["notDrawn"]
    assert len([text for text in said(made) if text.startswith("Nowhere ")]) == 1
    assert checked(made).bounds() is None


def test_a_told_place_without_an_outline_is_no_dot_instead():
    told = samples.place("the hills", 39.0, 36.0, geometry=Polygon())
    (movement,) = payload(moving(origin=(samples.ref(told),)))["movements"]
    assert "place" not in movement["from"][0]
    crossed = samples.place("the hills", 39.0, 36.0, geometry=Polygon([(39, 36), (40, 37), (40, 36), (39, 37)]))
    made = payload(moving(origin=(samples.ref(crossed),)))
    assert made["movements"][0]["from"][0]["place"]["extent"] == "area"


@pytest.mark.parametrize(
    ("shape", "drawn", "why"),
    [
        (Polygon([(39, 36), (40, 37), (40, 36), (39, 37)]), 2, "crosses itself"),
        (GeometryCollection([box(39, 36, 40, 37), Point(1, 1)]), 1, "points"),
        (GeometryCollection([GeometryCollection([box(39, 36, 40, 37)])]), 1, None),
        (Polygon([(39, 36), (NAN, 37), (40, 36)]), 0, "no numbers"),
        (Point(39, 36), 0, "points"),
        (Polygon(), 0, "empty"),
        (box(39, 80, 40, 88), 1, "beyond 85"),
        (box(39, 36, 40, 120), 0, "not on the earth"),
    ],
)
def test_shapes_are_drawn_as_far_as_they_can_be(shape, drawn, why):
    made = Story(areas=[replace(samples.areas()[0], shape=Shape(shape, "as told", NAN, INF))])
    (area,) = payload(made)["areas"]
    assert len(area.get("rings", [])) == drawn
    assert bool(drawn) is not bool(area.get("notDrawn"))
    assert not area.keys() & {"area", "length"}
    assert [text for text in said(made) if why and why in text] or not why


def test_numbers_that_are_none_do_not_stop_the_page():
    first = samples.movements()[1]
    crossing = replace(first.route.crossings[0], at_m=NAN)
    other = samples.ref(samples.RAQQA, alternatives=(Candidate(samples.NAMESAKE, NAN, "x"),))
    vague = samples.place("Vague", 39.0, 36.0, precision_m=NAN)
    made = Story(
        movements=[
            replace(
                first,
                confidence=NAN,
                origin=(other, samples.ref(vague)),
                route=replace(first.route, crossings=(crossing, replace(crossing, at_m=1.0, lat=NAN))),
            )
        ]
    )
    (movement,) = payload(made)["movements"]
    assert "crossings" not in movement["route"]
    assert len([text for text in said(made) if "Rabia crossing" in text]) == 2


def test_days_that_end_before_they_begin_stay_as_words():
    made = moving(date=Interval(date(2021, 5, 6), date(2021, 5, 4)), date_text=None)
    (movement,) = payload(made)["movements"]
    assert "when" not in movement
    assert movement["whenText"] == "2021-05-06 to 2021-05-04"
    assert "end before they begin" in said(made)[0]


@pytest.mark.parametrize("day", [date.min, date.max, datetime(2021, 5, 4, 23, 59, tzinfo=UTC)])
def test_any_day_of_the_calendar_is_kept_without_hours(day):
    made = moving(date=Interval(day, day))
    made.movements = [replace(m, provenance=replace(m.provenance, published=day)) for m in made.movements]
    (movement,) = payload(made)["movements"]
    assert movement["when"] == [f"{day:%Y-%m-%d}".zfill(10)] * 2
    assert movement["source"]["published"] == movement["when"][0]
    assert said(made) == []


def test_long_texts_are_cut_and_said_to_be():
    huge = "x" * 1_000_000
    made = moving(actor=huge, note=huge, origin=(samples.ref(samples.place(huge, 39, 36, local=huge), huge),))
    claim = replace(samples.said("r1", huge), source=huge, title=huge, attributed_to=huge)
    made.movements = [replace(m, provenance=claim) for m in made.movements]
    made.reports = [Report(huge, huge, huge, huge, f"https://a.example/{huge}", author=huge)]
    made.issues = [Issue("read", huge, huge)]
    assert len(json.dumps(payload(made))) < 40_000
    assert any("1,000,000 characters is cut" in text for text in said(made))
    assert any("address" in text for text in said(made))


def test_marks_stay_on_their_words_and_within_them():
    quote = "The\x00 \u202ecolumn left\ud800 Raqqa."
    claim = replace(
        samples.said("r1", quote, "Raqqa"),
        marks=((quote.index("Raqqa"), quote.index("Raqqa") + 5), (9, 4), (-3, 2), (1, 9999)),
    )
    made = moving()
    made.movements = [replace(made.movements[0], provenance=claim)]
    source = payload(made)["movements"][0]["source"]
    ((start, end),) = source["marks"]
    assert source["quote"][start:end] == "Raqqa"
    source["quote"].encode("utf-8")


def test_every_item_has_an_id_of_its_own():
    made = story()
    made.movements += [made.movements[0], replace(made.movements[1], id="")]
    made.incidents = [replace(made.incidents[0], id="m1"), replace(made.incidents[0], id="")]
    found = payload(made)
    ids = [item["id"] for kind in ("movements", "areas", "incidents") for item in found[kind]]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_two_reports_that_count_alike_lose_nothing():
    first, second = samples.readings()
    other = replace(second, movements=(samples.movement(1, actor="Russia"),))
    page = Map.from_readings([first, other])
    assert [m.actor for m in page.story.movements].count("Russia") == 2
    assert len({m.id for m in page.story.movements}) == len(page.story.movements)


def test_tellings_of_an_event_are_checked_too():
    lead = samples.movement(1)
    other = samples.movement(2, date=Interval(date(2021, 5, 6), date(2021, 5, 4)), date_text=None)
    other = replace(other, provenance=replace(other.provenance, url="javascript:1", quote="\x00" * 9999))
    made = Story(movements=[lead], events={"m1": Event(lead, (lead, other))})
    told = payload(made)["movements"][0]["tellings"][1]
    assert "when" not in told
    assert not told["source"]["url"]
    assert len(told["source"]["quote"]) == LONG


def test_hundreds_of_actors_have_tags_of_their_own():
    made = Story(
        movements=[
            samples.movement(n, actor=name)
            for n, name in enumerate(["", "!!!", "🙂", *(f"Aa {n}" for n in range(390)), "Aa" * 999])
        ]
    )
    actors = payload(made)["actors"]
    assert len({one["tag"] for one in actors}) == len(actors) > 390
    assert all(len(one["name"]) <= SHORT for one in actors)


def test_thousands_of_issues_are_summarised():
    made = Story(issues=[Issue("read", "the same again", f"r{n}") for n in range(5000)])
    made.issues += [Issue("resolve", f"no place found for {n}", "r1") for n in range(5000)]
    issues = payload(made)["issues"]
    assert len(issues) < 500
    assert any("the same again" in one["message"] and "5,000" in one["message"] for one in issues)
    left = sum("more" in one["message"] and one["stage"] == "resolve" for one in issues)
    assert left == 1


def test_the_bounds_of_a_map_are_those_of_what_can_be_shown():
    page = Map().add_movement(samples.movements()[0])
    sound = page.get_bounds()
    page.add_movement(samples.movement(8, route=Route((Leg(How.INFERRED, None, 1.0), samples.leg([(NAN, 1), (2, 2)])))))
    page.add_place(samples.place("Nowhere", NAN, 99.0))
    assert page.get_bounds() == sound == [[35.95, 39.008], [36.507, 40.742]]


def test_the_page_of_all_that_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **_: {"bounds": list(bounds), "layers": {}, "attribution": []})
    page = Map(title="\ud800" + "T" * 100_000, scope="\x00" * 100_000)
    for reading in (*samples.readings(), samples.hostile_reading()):
        page.add_reading(reading)
    page.add_movement(samples.movement(7, route=Route((samples.leg([(NAN, 1), (2, 2)]),)), confidence=INF))
    page.add_area(replace(samples.areas()[0], id="a3", shape=Shape(shapely.Point(NAN, NAN), "x" * 100_000)))
    page.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").stat().st_size < 600_000
