"""Any GeoDataFrame as a map: what its columns say, what it does not say, and what of it cannot be drawn."""

import math
from datetime import UTC, date, datetime, timedelta, timezone

import geopandas
import pandas as pd
import pytest
import samples
from shapely.geometry import GeometryCollection, LinearRing, LineString, MultiLineString, MultiPoint, Point, Polygon

import geomap
from geomap import exports, features
from geomap.errors import InputError
from geomap.maps.still import picture
from geomap.maps.webmap import Map
from geomap.models import How, IncidentKind, Interval, Status

LINE = LineString([(39, 36), (40, 36.5)])
SQUARE = Polygon([(39, 36), (40, 36), (40, 37), (39, 37)])
SPOT = Point(39.5, 36.2)


def table(crs: str | None = "EPSG:4326", **columns: list) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, crs=crs)


def story_of(frame: geopandas.GeoDataFrame, **options):
    return geomap.explore(frame, **options).story


def payload(webmap: Map) -> dict:
    return webmap.story.payload(title="T", base={}, about={})


def test_geometry_says_what_a_row_is():
    story = story_of(table(geometry=[LINE, SQUARE, SPOT]))
    assert [len(part) for part in (story.movements, story.areas, story.incidents, story.places)] == [1, 1, 0, 1]
    assert story.issues == []


def test_columns_are_taken_by_their_names():
    frame = table(
        geometry=[LINE],
        Label=["Raqqa road"],
        text=["A column took the Raqqa road."],
        actor=["SDF"],
        status=["Ongoing"],
        kind=["convoy"],
        date=["2021-05-04"],
        end=["2021-05-06"],
        source=["Valley Courier"],
        url=["https://courier.example/1"],
        published=["2021-05-07"],
        note=["seen twice"],
        confidence=[0.4],
    )
    movement = story_of(frame).movements[0]
    claim = movement.provenance
    assert (movement.actor, movement.status, movement.kind, movement.note) == ("SDF", "ongoing", "convoy", "seen twice")
    assert movement.date == Interval(date(2021, 5, 4), date(2021, 5, 6))
    assert movement.confidence == 0.4
    assert (claim.quote, claim.source, claim.published) == (
        "A column took the Raqqa road.",
        "Valley Courier",
        date(2021, 5, 7),
    )
    assert payload(geomap.explore(frame))["movements"][0]["sentence"] == "Raqqa road"


def test_other_names_are_told_by_keyword():
    frame = table(geometry=[SPOT], group=["SDF"], event_day=[date(2021, 5, 4)], actor=["not this"])
    incident = story_of(frame, actor="group", date="event_day").incidents[0]
    assert incident.actor == "SDF"
    assert incident.date == Interval(date(2021, 5, 4), date(2021, 5, 4))


def test_a_role_can_be_left_out():
    assert story_of(table(geometry=[LINE], actor=["SDF"]), actor=None).movements[0].actor is None


@pytest.mark.parametrize("given", [{"actor": "nobody"}, {"points": "dots"}])
def test_what_the_table_has_not_is_refused(given):
    with pytest.raises(InputError):
        geomap.explore(table(geometry=[LINE]), **given)


def test_what_is_not_told_is_not_said():
    webmap = geomap.explore(table(geometry=[LINE, SQUARE], actor=["SDF", None]))
    data = payload(webmap)
    movement, area = data["movements"][0], data["areas"][0]
    assert movement["sentence"] == "SDF: line, row 1 of the table"
    assert movement["status"] == area["status"] == "unknown"
    assert movement["kind"] == "line"
    assert "when" not in movement
    assert area["sentence"] == "area, row 2 of the table"


def test_the_plain_list_says_no_more_either():
    webmap = geomap.explore(table(geometry=[LINE], label=["Raqqa road"]))
    entry = next(picture.entries(webmap.story.ready()))
    assert (entry.status, entry.sentence) == ("unknown", "Raqqa road")


def test_further_columns_are_facts_of_the_card():
    frame = table(geometry=[LINE], vehicles=[20], seen=[pd.Timestamp("2021-05-04")], empty=[None], long=["x" * 900])
    facts = payload(geomap.explore(frame))["movements"][0]["facts"]
    assert facts[:2] == [["vehicles", "20"], ["seen", "2021-05-04"]]
    assert len(facts) == 3
    assert len(facts[2][1]) < 600


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-05-04", date(2021, 5, 4), date(2021, 5, 4)),
        ("2021-05-04T23:30:00+03:00", date(2021, 5, 4), date(2021, 5, 4)),
        ("2021-05-04/2021-05-06", date(2021, 5, 4), date(2021, 5, 6)),
        ("4 May 2021", date(2021, 5, 4), date(2021, 5, 4)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        (datetime(2021, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=3))), date(2021, 5, 4), date(2021, 5, 4)),
        (pd.Timestamp("2021-05-04 10:00", tz=UTC), date(2021, 5, 4), date(2021, 5, 4)),
    ],
)
def test_days(value, first, last):
    found = story_of(table(geometry=[LINE], date=[value]))
    assert found.movements[0].date == Interval(first, last)
    assert found.issues == []


@pytest.mark.parametrize("value", [None, pd.NaT, math.nan, ""])
def test_no_day(value):
    found = story_of(table(geometry=[LINE], date=pd.Series([value], dtype=object)))
    assert found.movements[0].date is None
    assert found.issues == []


def test_a_day_that_means_two_is_none_and_kept_in_words():
    found = story_of(table(geometry=[LINE], date=["3/4/2019"]))
    assert (found.movements[0].date, found.movements[0].date_text) == (None, "3/4/2019")
    assert "3/4/2019" in found.issues[0].message


def test_an_end_before_its_start_is_said():
    found = story_of(table(geometry=[LINE], start=["2021-05-04"], end=["2021-05-01"]))
    assert found.movements[0].date == Interval(date(2021, 5, 4), date(2021, 5, 4))
    assert "before it starts" in found.issues[0].message


def test_numbers_are_days_only_where_told():
    frame = table(geometry=[LINE], start=[12.5])
    assert story_of(frame).issues == []
    assert payload(geomap.explore(frame))["movements"][0]["facts"] == [["start", "12.5"]]
    years = table(geometry=[LINE], year=[2021])
    assert story_of(years, date="year").movements[0].date == Interval(date(2021, 1, 1), date(2021, 12, 31))


def test_any_crs_comes_in_degrees():
    frame = table(geometry=[LINE]).to_crs("EPSG:32637")
    line = story_of(frame).movements[0].route.legs[0]
    assert line.geometry.equals_exact(LINE, 1e-6)
    assert line.length_m == pytest.approx(105_700, rel=0.01)


def test_degrees_without_a_crs_are_taken_with_a_word_of_it():
    found = story_of(table(crs=None, geometry=[LINE]))
    assert len(found.movements) == 1
    assert "no CRS" in found.issues[0].message


def test_metres_without_a_crs_are_refused():
    metres = table(geometry=[LINE]).to_crs("EPSG:32637").set_crs(None, allow_override=True)
    with pytest.raises(InputError, match="set_crs"):
        geomap.explore(metres)


@pytest.mark.parametrize("thing", [None, pd.DataFrame({"a": [1]}), [LINE], geopandas.GeoDataFrame({"a": [1]})])
def test_what_is_no_geodataframe_is_refused(thing):
    with pytest.raises(InputError):
        geomap.explore(thing)


def test_a_geoseries_will_do():
    assert len(story_of(geopandas.GeoSeries([LINE, SPOT], crs=4326)).movements) == 1


def test_an_empty_table_is_an_empty_map():
    data = payload(geomap.explore(table(geometry=[])))
    assert data["view"] is None
    assert data["issues"] == []


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (None, "no geometry"),
        (LineString(), "empty"),
        (LineString([(39, 36), (math.nan, 36)]), "no numbers"),
        (LineString([(39, 36), (39, 96)]), "no degrees"),
        (LineString([(39, 36), (39, 36)]), "no length"),
    ],
)
def test_rows_that_cannot_be_drawn_are_told(shape, why):
    found = story_of(table(geometry=[shape, LINE], name=["odd", "good"]))
    assert len(found.movements) == 1
    assert why in found.issues[0].message
    assert "odd" in found.issues[0].message


def test_many_parts_three_dimensions_and_rings():
    high = LineString([(39, 36, 500), (40, 36.5, 700)])
    parts = MultiLineString([[(39, 36), (40, 36)], [(41, 36), (42, 36)]])
    ring = LinearRing([(39, 36), (40, 36), (40, 37)])
    story = story_of(table(geometry=[high, parts, ring, MultiPoint([(39, 36), (40, 36)])]), points="incidents")
    assert [len(movement.route.legs) for movement in story.movements] == [1, 2, 1]
    assert not story.movements[0].route.legs[0].geometry.has_z
    assert len(story.incidents[0].places) == 2


def test_a_collection_is_each_of_its_kinds():
    story = story_of(table(geometry=[GeometryCollection([LINE, SQUARE, SPOT])], id=["x"]), points="incidents")
    ids = [item.id for item in (*story.movements, *story.areas, *story.incidents)]
    assert len(set(ids)) == 3


def test_polygons_that_cross_themselves_are_what_they_enclose():
    bow = Polygon([(39, 36), (40, 37), (40, 36), (39, 37)])
    shape = story_of(table(geometry=[bow])).areas[0].shape
    assert shape.geometry.is_valid
    assert shape.area_m2 > 0


def test_ids_stay_unique_over_tables():
    frame = table(geometry=[LINE, LINE], id=["a", "a"])
    webmap = geomap.explore(frame).add_frame(frame)
    ids = [item.id for item in webmap.story.movements]
    assert len(set(ids)) == 4


def test_values_out_of_bounds_are_told():
    found = story_of(table(geometry=[LINE], confidence=[40.0], status=["maybe"]))
    assert found.movements[0].confidence == 1.0
    assert found.movements[0].status is Status.COMPLETED
    assert len(found.issues) == 2


def test_points_are_incidents_where_something_happens():
    assert len(story_of(table(geometry=[SPOT], date=["2021-05-04"])).incidents) == 1
    named = story_of(table(geometry=[SPOT], name=["Tal Tamr"], date=["2021-05-04"]), points="places")
    assert named.places[0].name == "Tal Tamr"
    known = story_of(table(geometry=[SPOT], kind=["Clash"])).incidents[0]
    assert known.kind is IncidentKind.CLASH


def test_rows_cite_their_sources_once():
    found = story_of(table(geometry=[LINE] * 3, source=["A", "B", "A"]))
    assert [report.source for report in found.reports] == ["A", "B"]
    assert [m.provenance.report_id for m in found.movements] == [
        found.reports[0].id,
        found.reports[1].id,
        found.reports[0].id,
    ]


def test_movements_of_a_scene_come_back():
    readings = samples.readings()
    story = Map().add_frame(features.movements(readings)).story
    before = samples.movements()
    assert [m.id for m in story.movements] == [m.id for m in before]
    for old, new in zip(before, story.movements, strict=True):
        assert (old.actor, old.status, old.kind, old.date, old.date_text) == (
            new.actor,
            new.status,
            new.kind,
            new.date,
            new.date_text,
        )
        assert (old.vehicles, old.confidence, old.provenance.quote) == (
            new.vehicles,
            new.confidence,
            new.provenance.quote,
        )
        assert [ref.text for ref in old.origin] == [ref.text for ref in new.origin]
        assert bool(old.route) == bool(new.route)
    assert story.movements[4].route.legs[0].how is How.SCHEMATIC
    assert story.movements[0].route.length_m == pytest.approx(before[0].route.length_m)
    assert story.reports[0].title == "Columns on the move"
    assert story.movements[1].destination[0].place.is_area, "a country never becomes a dot"


def test_areas_and_incidents_of_a_scene_come_back():
    readings = samples.readings()
    webmap = Map().add_frame(features.areas(readings)).add_frame(features.incidents(readings))
    webmap.add_frame(features.issues(readings))
    story = webmap.story
    assert [area.shape.built_from for area in story.areas] == [area.shape.built_from for area in samples.areas()]
    assert [area.shape.published_limits for area in story.areas] == [False, True]
    assert story.areas[0].plan.depth_m.low == 30_000
    assert [i.places[0].place.name for i in story.incidents] == ["Tal Tamr", "Tall Baydar base"]
    assert len(story.reports) == 1, "the same report is there once"
    assert "Umm Nowhere" in story.issues[0].message


def test_a_geopackage_of_a_scene_comes_back(tmp_path):
    path = tmp_path / "scene.gpkg"
    exports.write(samples.readings(), path)
    webmap = Map()
    for layer in ("movements", "areas", "incidents", "issues"):
        webmap.add_frame(geopandas.read_file(path, layer=layer))
    story = webmap.story
    assert [len(part) for part in (story.movements, story.areas, story.incidents, story.issues)] == [6, 2, 2, 1]
    assert story.movements[0].date == samples.movements()[0].date
    assert [area.shape.published_limits for area in story.areas] == [False, True]


def test_a_second_read_of_a_scene_writes_the_same_page_data():
    frame = features.movements(samples.readings())
    assert str(payload(Map().add_frame(frame))) == str(payload(Map().add_frame(frame)))
