"""A map without reports: routes and shapes a person puts on it."""

import re

import pytest
import samples
import shapely
from test_maps_page import data_of

import geomap
from geomap.errors import InputError, UnknownPlaceError
from geomap.geometry.asking import places_of
from geomap.models import AreaKind, How, IncidentKind, Leg, MovementKind, Route, Shape, Status

LINE = shapely.LineString([(29.2, -1.7), (29.3, -1.6)])


@pytest.fixture
def page():
    return geomap.Map(title="By hand")


def test_a_route_is_a_movement_with_its_words_and_source(page):
    goma, kigali = places_of(["Goma", "Kigali"])
    found = geomap.route([goma, kigali])
    page.add_route(found, "Trucks went to Kigali.", actor="UN", date="2024-03-01", source="Radio", stops=[goma, kigali])
    (movement,) = page.story.movements
    assert movement.route is found
    assert movement.provenance.quote == "Trucks went to Kigali."
    assert (movement.provenance.source, movement.date.iso()) == ("Radio", "2024-03-01")
    assert [ref.place.name for ref in (*movement.origin, *movement.destination)] == ["Goma", "Kigali"]


def test_a_shape_is_an_area_that_says_how_it_was_built(page):
    square = Shape(shapely.box(29.0, -2.0, 29.5, -1.5), "a square")
    page.add_shape(square, "No-go area.", kind=AreaKind.NO_FLY, status=Status.PLANNED)
    (area,) = page.story.areas
    assert area.shape is square
    assert (area.text, area.status, area.provenance.source) == ("No-go area.", Status.PLANNED, "drawn by hand")


def test_what_is_put_by_hand_is_on_the_page_once_each(page, tmp_path):
    route = Route((Leg(How.REPORTED, LINE, 15_000.0),))
    page.add_route(route, "First.").add_route(route, "Second.").add_shape(Shape(LINE.buffer(0.1), "a band"), "Third.")
    page.save(tmp_path / "map.html")
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    for words in ("First.", "Second.", "Third.", "drawn by hand"):
        assert words in text
    assert len({report.id for report in page.story.reports}) == 3
    assert re.search(r"By hand", text)
    assert [item["source"]["quote"] for item in data_of(text)["movements"]] == ["First.", "Second."]


def test_a_wrong_date_is_refused(page):
    with pytest.raises(ValueError, match="isoformat"):
        page.add_route(Route(()), "Never.", date="yesterday")
    assert (page.story.movements, page.story.reports) == ([], [])


def test_a_movement_by_name_follows_the_road_and_says_who_added_it(page):
    page.add_movement(
        "Rmeilan",
        "Ain al-Asad",
        actor="United States",
        date="2019-01-10",
        kind="withdrawal",
        vehicles=10,
        quote="Ten trucks were seen leaving.",
        source="a resident",
    )
    (movement,) = page.story.movements
    assert [ref.place.country for ref in (*movement.origin, *movement.destination)] == ["SY", "IQ"]
    assert [crossing.between for crossing in movement.route.crossings] == [("SY", "IQ")]
    assert (movement.kind, movement.vehicles, movement.date.iso()) == (MovementKind.WITHDRAWAL, 10, "2019-01-10")
    assert movement.provenance.by_hand == ("added",)
    assert page.story.reports[0].text[movement.provenance.start : movement.provenance.end] == movement.provenance.quote


def test_a_movement_of_one_end_is_a_stub(page):
    page.add_movement("Kobani").add_movement(destination="Kobani")
    out, into = page.story.movements
    assert (out.route.open_end, out.route.open_start) == (True, False)
    assert (into.route.open_end, into.route.open_start) == (False, True)
    with pytest.raises(InputError, match="no end"):
        page.add_movement(actor="SDF")


def test_a_line_that_is_given_is_reported_and_points_are_none(page):
    page.add_movement("Goma", "Kigali", route=LINE, mode="foot")
    (movement,) = page.story.movements
    assert [leg.how for leg in movement.route.legs] == [How.REPORTED]
    assert movement.route.length_m == pytest.approx(15_700, rel=0.01)
    with pytest.raises(InputError, match="no Point"):
        page.add_movement("Goma", "Kigali", route=shapely.Point(29, -1))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda page: page.add_movement("Kobany Qwzx", "Goma"), "no place is called 'Kobany Qwzx'"),
        (
            lambda page: page.add_movement("Springfield", "London"),
            r"Springfield, Illinois.*geonames:\d+ \(Missouri, US\)",
        ),
        (lambda page: page.add_incident("Springfield", kind="clash"), "may be several places"),
        (lambda page: page.add_place("Qwzxville"), "no place is called"),
        (lambda page: page.add_incident("Goma"), "kind=…, one of strike, shelling"),
        (lambda page: page.add_incident("Goma", kind="party"), "kind 'party' is none of strike"),
        (lambda page: page.add_incident([], kind="clash"), "somewhere"),
        (lambda page: page.add_movement("Goma", "Kigali", status="done"), "status 'done' is none of completed"),
        (lambda page: page.add_movement("Goma", "Kigali", grade="Z9"), "'Z9' is none from A1 to F6"),
        (lambda page: page.add_movement("Goma", "Kigali", date="2019-10-20/2019-10-14"), "earlier day first"),
        (lambda page: page.add_area(LINE), "no LineString"),
        (lambda page: page.add_area("Goma", published="May"), "isoformat"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_can_and_leaves_the_map_as_it_was(page, call, says):
    with pytest.raises((InputError, UnknownPlaceError), match=says):
        call(page)
    story = page.story
    assert [*story.movements, *story.areas, *story.incidents, *story.places, *story.reports] == []


def test_areas_are_outlines_shapes_or_polygons(page):
    strip = Shape(shapely.box(29.0, -2.0, 29.5, -1.5), "a strip")
    page.add_area("Lebanon").add_area(strip, kind="safe zone").add_area(shapely.box(29, -2, 30, -1), date="2024-03-01")
    country, given, polygon = page.story.areas
    assert country.shape.built_from == "the outline of Lebanon"
    assert (given.shape, given.kind) == (strip, AreaKind.SAFE_ZONE)
    assert polygon.shape.area_m2 == pytest.approx(12.3e9, rel=0.01)
    assert len({area.id for area in page.story.areas}) == 3


def test_incidents_and_places_by_name(page):
    page.add_incident("Tell Rifaat", kind="shelling", actor="Turkey", date="2019-10-14").add_place("Kobani")
    page.add_incident(["Goma", "Sake"], kind="clash")
    first, second = page.story.incidents
    assert (first.kind, first.places[0].place.name) == (IncidentKind.SHELLING, "Tell Rifaat")
    assert [ref.place.country for ref in second.places] == ["CD", "CD"]
    assert [place.country for place in page.story.places] == ["SY"]


def test_records_are_taken_as_they_are(page):
    movement, area, incident = samples.movements()[0], samples.areas()[0], samples.incidents()[0]
    page.add_movement(movement).add_area(area).add_incident(incident).add_place(samples.RAQQA)
    story = page.story
    assert (story.movements, story.areas, story.incidents) == ([movement], [area], [incident])
    assert (story.places, story.reports) == ([samples.RAQQA], [])


def test_words_beside_a_record_are_refused(page):
    movement, area, incident = samples.movements()[0], samples.areas()[0], samples.incidents()[0]
    with pytest.raises(InputError, match="added alone"):
        page.add_movement(movement, actor="SDF")
    with pytest.raises(InputError, match="added alone"):
        page.add_area(area, date="2019-10-14")
    with pytest.raises(InputError, match="added alone"):
        page.add_incident(incident, kind="clash")


def test_what_nobody_is_quoted_for_has_no_empty_quotation(page):
    page.add_movement("Goma", "Kigali")
    plain = page.get_root().render().partition('<main class="plain"')[2].partition("</main>")[0]
    assert "drawn by hand" in plain
    assert "<blockquote" not in plain
