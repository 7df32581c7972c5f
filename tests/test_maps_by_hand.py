"""A map without reports: routes and shapes a person puts on it."""

import re

import pytest
import shapely
from test_maps_page import data_of

import geomap
from geomap.geometry.asking import places_of
from geomap.models import AreaKind, How, Leg, Route, Shape, Status

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
