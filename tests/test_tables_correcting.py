"""What a person changes in a table that geomap wrote wins, and says so; all else stays as it was read."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date

import geopandas
import pytest
import samples
from shapely.geometry import LineString, MultiPoint, Point, box

from geomap import exports, features
from geomap.drawing import drawn
from geomap.models import (
    Candidate,
    Certainty,
    How,
    Interval,
    Mention,
    Place,
    PlaceRef,
    Range,
    Resolution,
    Status,
)
from geomap.schema import Layer
from geomap.tables.places import only_words
from geomap.tables.reading import read

ERBIL = Place("test:erbil", "Erbil", 44.009, 36.191, "IQ", precision_m=3000.0)


def resolve(name: str, near=None) -> PlaceRef:
    known = {"Erbil": ERBIL, ERBIL.id: ERBIL, "Qamishli": samples.QAMISHLI}
    return PlaceRef(name, known.get(name), "asked")


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def table(tmp_path):
    """A CSV file of the samples as rows, and what reads them back after they were changed."""
    path = tmp_path / "table.csv"
    exports.write(with_mentions(), path)
    rows = rows_of(path)

    def back(changed: list[dict[str, str]]):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(changed)
        return read(path.read_bytes(), ".csv", "table", "table.csv", resolve)

    return rows, back


def with_mentions():
    first, second = samples.readings()
    found = Resolution("Raqqa", Certainty.RESOLVED, "the only one", (Candidate(samples.RAQQA, 0.9, "the only one"),))
    mention = Mention(3, 8, "Raqqa", resolution=found, confidence=0.9)
    return (replace(first, mentions=(mention,)), second)


def row(rows, own: str) -> dict[str, str]:
    return next(row for row in rows if row["id"] == own)


def item(table, own: str):
    items = [item for reading in table.readings for item in (*reading.movements, *reading.areas, *reading.incidents)]
    return next(item for item in items if item.id == own)


def messages(table) -> str:
    return "\n".join(issue.message for issue in table.issues)


def by_hand(table) -> dict[str, tuple[str, ...]]:
    items = [item for reading in table.readings for item in (*reading.movements, *reading.areas, *reading.incidents)]
    return {item.id: item.provenance.by_hand for item in items if item.provenance.by_hand}


def test_nothing_is_corrected_that_nobody_touched(table):
    rows, back = table
    assert by_hand(back(rows)) == {}


def test_another_destination_is_looked_up_and_its_old_line_dropped(table):
    rows, back = table
    row(rows, "m1")["to"] = "Erbil"
    found = back(rows)
    movement = item(found, "m1")
    assert by_hand(found) == {"m1": ("to",)}
    assert movement.destination[0].place == ERBIL
    assert movement.origin[0].place.id == samples.RAQQA.id
    assert movement.route is None
    assert movement.provenance.quote == samples.movements()[0].provenance.quote
    traced = drawn(found.readings[0]).movements[0].route
    assert Point(traced.legs[-1].geometry.coords[-1]).distance(Point(ERBIL.lon, ERBIL.lat)) < 0.1


def test_a_destination_that_is_added_leaves_the_first_where_it_is(table):
    rows, back = table
    row(rows, "m1")["to"] = "Hasakah; Erbil"
    first, second = item(back(rows), "m1").destination
    assert (first.place.id, first.place.lon) == (samples.HASAKAH.id, samples.HASAKAH.lon)
    assert second.place == ERBIL


def test_an_id_chooses_the_place_too(table):
    rows, back = table
    row(rows, "m1")["to_place"] = ERBIL.id
    found = back(rows)
    assert item(found, "m1").destination == (PlaceRef("Hasakah", ERBIL, "put here by hand"),)
    row(rows, "m1")["to_place"] = "test:nowhere"
    assert "'test:nowhere' is the id of no known place" in messages(back(rows))


@pytest.mark.parametrize("lat", ["36.9", "36,9", " 36.900 "])
def test_a_moved_point_moves_its_place(table, lat):
    rows, back = table
    row(rows, "m1")["to_lat"] = lat
    place = item(back(rows), "m1").destination[0].place
    assert (place.lon, place.lat) == (samples.HASAKAH.lon, 36.9)
    assert (place.name, place.precision_m) == ("Hasakah", samples.HASAKAH.precision_m)
    assert place.id.startswith("coordinates:")


def test_a_point_that_is_put_into_a_country_is_a_spot(table):
    rows, back = table
    row(rows, "m2")["to_lat"] = "36.5"
    place = item(back(rows), "m2").destination[0].place
    assert not place.is_area
    assert place.precision_m < samples.IRAQ.precision_m / 100


def test_status_number_and_note_are_corrected(table):
    rows, back = table
    row(rows, "m1").update(status="ongoing", vehicles="25", note="counted on the video", actor="Russia")
    found = back(rows)
    movement = item(found, "m1")
    assert (movement.status, movement.vehicles, movement.note) == (Status.ONGOING, 25, "counted on the video")
    assert set(by_hand(found)["m1"]) == {"status", "vehicles", "note", "actor"}


def test_what_a_spreadsheet_does_to_a_cell_is_no_correction(table):
    rows, back = table
    row(rows, "m1").update(date="04.05.2021", date_end="2021-05-04 00:00:00", vehicles="20.0", status="Completed")
    row(rows, "m5").update(background="FALSE", confidence="0,4", from_lon="41,227", from_lat="37,050")
    assert by_hand(back(rows)) == {}


def test_a_single_day_takes_its_end_along(table):
    rows, back = table
    row(rows, "m1")["date"] = "2021-05-02"
    row(rows, "m2")["date"] = "2021-05-04"
    found = back(rows)
    assert item(found, "m1").date == Interval(date(2021, 5, 2), date(2021, 5, 2))
    assert item(found, "m2").date == Interval(date(2021, 5, 4), date(2021, 5, 6))


def test_a_corrected_depth_builds_the_shape_anew(table):
    rows, back = table
    row(rows, "a1")["depth_m"] = "10 000"
    found = back(rows)
    area = item(found, "a1")
    assert area.plan == replace(samples.areas()[0].plan, depth_m=Range(10_000, 10_000))
    assert area.shape is None
    built = drawn(found.readings[1]).areas[0].shape
    assert built.area_m2 < 0.5 * drawn(replace(found.readings[1], areas=(samples_area(),))).areas[0].shape.area_m2


def samples_area():
    return replace(samples.areas()[0], shape=None)


def test_a_deleted_row_stays_away_and_is_told(table):
    rows, back = table
    found = back([each for each in rows if each["id"] not in {"m3", "a2"}])
    first, second = found.readings
    assert [m.id for m in first.movements] == ["m1", "m2", "m4", "m5", "m6"]
    assert [len(reading.taken_out) for reading in (first, second)] == [1, 1]
    assert any("deleted by hand" in issue.message for issue in first.issues)


def test_what_was_deleted_and_corrected_is_so_on_the_second_trip_too(table, tmp_path):
    rows, back = table
    row(rows, "m1").update(to="Erbil", status="planned")
    found = back([each for each in rows if each["id"] != "m3"])
    path = tmp_path / "again.csv"
    exports.write([drawn(reading) for reading in found.readings], path)
    again = read(path.read_bytes(), ".csv", "again", "again.csv", resolve)
    assert by_hand(again) == by_hand(found)
    assert [reading.taken_out for reading in again.readings] == [reading.taken_out for reading in found.readings]
    assert item(again, "m1").destination[0].place == ERBIL


def test_an_added_row_is_somebodys_own(table):
    rows, back = table
    new = dict.fromkeys(rows[0], "") | {"layer": "movements", "from": "Erbil", "to": "Qamishli", "date": "2021-06-01"}
    found = back([*rows, new])
    added = found.readings[-1].movements[0]
    assert added.provenance.by_hand == ("added",)
    assert added.origin[0].place == ERBIL
    assert len({m.id for reading in found.readings for m in reading.movements}) == 7


def test_a_copied_row_is_added_and_the_first_stays_what_it_was(table):
    rows, back = table
    found = back([*rows, row(rows, "m1") | {"to": "Erbil"}])
    assert item(found, "m1").destination[0].place.id == samples.HASAKAH.id
    (copy,) = (m for m in found.readings[0].movements if m.provenance.by_hand)
    assert copy.provenance.by_hand == ("added",)
    assert copy.destination[0].place == ERBIL


def test_rows_may_be_sorted_as_one_likes(table):
    rows, back = table
    found = back(sorted(rows, key=lambda each: each["actor"], reverse=True))
    for layer in (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS):
        before = features.frame(layer, with_mentions())["id"].tolist()
        assert features.frame(layer, found.readings)["id"].tolist() == before


def test_a_corrected_mention_moves_what_refers_to_the_same_words(table):
    rows, back = table
    mention = next(each for each in rows if each["words"] == "Raqqa" and each["layer"] == "places")
    mention["lat"] = "35.5"
    found = back(rows)
    first = found.readings[0]
    assert first.mentions[0].by_hand == ("lat",)
    assert first.movements[0].origin[0].place.lat == 35.5
    assert by_hand(found) == {"m1": ("from",), "m3": ("to",), "m4": ("to",)}
    assert first.movements[0].route is None


def test_what_a_person_says_of_the_end_itself_goes_before_its_mention(table):
    rows, back = table
    mention = next(each for each in rows if each["words"] == "Raqqa" and each["layer"] == "places")
    mention["lat"] = "35.5"
    row(rows, "m1")["from"] = "Erbil"
    assert item(back(rows), "m1").origin[0].place == ERBIL


def test_a_mention_of_another_place(table):
    rows, back = table
    mention = next(each for each in rows if each["words"] == "Raqqa" and each["layer"] == "places")
    mention["name"] = "Erbil"
    first = back(rows).readings[0]
    assert first.mentions[0].place == ERBIL
    assert first.mentions[0].resolution.status is Certainty.RESOLVED
    mention["name"] = "Atlantis"
    found = back(rows)
    assert "'Atlantis' is that of no known place" in messages(found)


def edited(tmp_path, layer: str, change) -> object:
    """What is read back after a GIS program has changed a layer of a GeoPackage."""
    path = tmp_path / "table.gpkg"
    exports.write(samples.readings(), path)
    rows = geopandas.read_file(path, layer=layer)
    change(rows)
    rows.to_file(path, layer=layer, driver="GPKG")
    return read(path.read_bytes(), ".gpkg", "table", "table.gpkg", resolve)


def test_a_line_that_was_redrawn_is_reported_by_hand(tmp_path):
    line = LineString([(39.008, 35.95, 7.0), (40.0, 36.0, 7.0), (40.742, 36.507, 7.0)])

    def change(rows):
        rows.loc[rows["id"] == "m1", "geometry"] = line

    found = edited(tmp_path, "movements", change)
    route = item(found, "m1").route
    assert by_hand(found) == {"m1": ("geometry",)}
    assert [leg.how for leg in route.legs] == [How.REPORTED]
    assert route.given
    assert list(route.legs[0].geometry.coords) == [(39.008, 35.95), (40.0, 36.0), (40.742, 36.507)]
    assert item(found, "m2").route.crossings[0].name == "Rabia crossing"


def test_a_redrawn_line_is_dropped_when_the_destination_changes_later(tmp_path):
    def change(rows):
        rows.loc[rows["id"] == "m1", "geometry"] = LineString([(39.0, 35.9), (40.7, 36.5)])

    redrawn = edited(tmp_path, "movements", change)
    path = tmp_path / "table.geojson"
    exports.write(redrawn.readings, path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["properties"]["to"] = "Erbil"
    path.write_text(json.dumps(content), encoding="utf-8")
    found = read(path.read_bytes(), ".geojson", "table", "table.geojson", resolve)
    assert item(found, "m1").route is None
    assert by_hand(found)["m1"] == ("geometry", "to")
    assert "no longer fits its places" in messages(found)


def test_a_dragged_point_moves_the_place_of_an_incident(tmp_path):
    def change(rows):
        rows.loc[rows["id"] == "i0", "geometry"] = MultiPoint([(40.5, 36.7)])

    found = edited(tmp_path, "incidents", change)
    place = item(found, "i0").places[0].place
    assert (place.lon, place.lat, place.name) == (40.5, 36.7, "Tal Tamr")
    assert by_hand(found) == {"i0": ("geometry",)}


def test_an_outline_that_was_redrawn_is_drawn_by_hand(tmp_path):
    def change(rows):
        rows.loc[rows["id"] == "a1", "geometry"] = box(39.0, 36.5, 40.0, 36.7)

    found = edited(tmp_path, "areas", change)
    shape = item(found, "a1").shape
    assert (shape.built_from, shape.given, shape.published_limits) == ("Drawn by hand.", True, False)
    assert shape.area_m2 == pytest.approx(89_440 * 22_190, rel=0.01)
    assert item(found, "a1").plan.depth_m == Range(30_000, 30_000)


def test_a_line_that_was_taken_away_is_traced_anew(tmp_path):
    def change(rows):
        rows.loc[rows["id"] == "m1", "geometry"] = None

    found = edited(tmp_path, "movements", change)
    assert item(found, "m1").route is None
    assert by_hand(found) == {"m1": ("geometry",)}


def test_marks_that_are_damaged_are_told(table):
    rows, back = table
    row(rows, "m1")["as_read"] = row(rows, "m1")["as_read"][:-2]
    found = back(rows)
    assert "as_read is damaged" in messages(found)
    assert "m1" not in by_hand(found)


def test_a_frame_that_was_changed_is_drawn_as_it_says():
    from geomap.maps.webmap import Map

    frame = features.movements(samples.readings())
    frame.loc[0, "status"] = "denied"
    story = Map().add_frame(frame).story
    assert story.movements[0].status is Status.DENIED
    assert story.movements[0].provenance.by_hand == ("status",)


def test_only_words_gives_no_place():
    assert only_words("Raqqa") == PlaceRef("Raqqa")
