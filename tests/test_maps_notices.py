"""What a map owes to those whose places it shows."""

from dataclasses import replace

import samples
import shapely
from test_maps_page import data_of

from geomap.datasets import Source, sources
from geomap.gazetteer.own.shelf import Layer, LayerKind, add_layer
from geomap.gazetteer.store import Entry
from geomap.maps.page import page_payload
from geomap.maps.webmap import Map
from geomap.models import How, Leg, Place, Route, Shape

OWN = Place("user:posts/a", "Post A", 10.5, 50.2, source="posts")
ASKED = Place("osm:node/7", "Turba", 10.6, 50.3, source="nominatim")


def about(*places):
    page = Map()
    for place in places:
        page.add_place(place)
    return page_payload(page)["about"]


def add_posts():
    notice = Source("posts", "Posts", "2026", "", "CC0-1.0", "Survey <b>of</b> posts", "", ("places",), "")
    add_layer(
        Layer(LayerKind.PLACES, notice, 1, "2026-01-01T00:00:00+00:00"), [Entry(OWN.id, OWN.name, OWN.lon, OWN.lat)]
    )


def test_shipped_places_ask_for_no_more_than_the_shipped_notices(home):
    add_posts()
    assert len(about()["sources"]) == len(sources())


def test_places_of_a_layer_and_of_a_service_bring_their_notices(home):
    add_posts()
    shown = about(OWN, ASKED, replace(OWN, id="user:posts/b"))
    assert shown["ground"][-2:] == ["© OpenStreetMap contributors", "Survey <b>of</b> posts"]
    assert [source["licence"] for source in shown["sources"][len(sources()) :]] == ["ODbL-1.0", "CC0-1.0"]


def test_ends_of_movements_and_places_of_incidents_count(home):
    add_posts()
    page = Map()
    page.add_movement(samples.movement(9, origin=(samples.ref(OWN),)))
    page.add_incident(replace(samples.incidents()[0], places=(samples.ref(ASKED),)))
    shown = page_payload(page)["about"]["sources"][len(sources()) :]
    assert [source["attribution"] for source in shown] == ["© OpenStreetMap contributors", "Survey <b>of</b> posts"]


def test_the_page_shows_the_notice_as_text(home):
    add_posts()
    page = Map().add_place(OWN).get_root().render()
    assert "Survey <b>" not in page
    assert "Survey <b>of</b> posts" in data_of(page)["about"]["ground"]


def test_the_data_behind_a_routers_ways_are_credited():
    page = Map()
    movement = next(item for item in samples.movements() if item.route)
    legs = tuple(replace(leg, by="OSRM", notice="Roads <b>of</b> the survey") for leg in movement.route.legs)
    page.add_movement(movement)
    assert len(page_payload(page)["about"]["sources"]) == len(sources())
    page.add_movement(replace(movement, id="other", route=replace(movement.route, legs=legs)))
    shown = page_payload(page)["about"]
    assert shown["ground"][-1] == "Roads <b>of</b> the survey"
    assert [source["title"] for source in shown["sources"][len(sources()) :]] == ["Ways by road from OSRM"]


def test_roads_that_were_added_are_credited():
    movement = next(item for item in samples.movements() if item.route)
    legs = tuple(replace(leg, notice="© Mappers of somewhere") for leg in movement.route.legs)
    shown = page_payload(Map().add_movement(replace(movement, route=replace(movement.route, legs=legs))))["about"]
    assert shown["ground"][-1] == "© Mappers of somewhere"
    assert shown["sources"][-1]["title"] == "Ways by road from roads that were added"


def test_routes_along_shipped_roads_and_built_areas_name_openstreetmap():
    line = shapely.LineString([(-30.0, 20.0), (-29.9, 20.1)])  # the basemap shows no roads there
    names = {
        how: page_payload(Map().add_route(Route((Leg(how, line, 15_000.0),)), "A column."))["about"]["ground"]
        for how in (How.INFERRED, How.SCHEMATIC)
    }
    assert any("graph by scgraph-data" in notice for notice in names[How.INFERRED])
    assert not any("scgraph" in notice for notice in names[How.SCHEMATIC])
    area = page_payload(Map().add_shape(Shape(line.buffer(0.1), "a band"), "A zone."))["about"]["ground"]
    assert any("osm_borders" in notice for notice in area)


def test_databases_of_events_are_named_with_what_they_ask_for():
    page = Map()
    coded = replace(samples.incidents()[0], id="e1")
    page.add_incident(replace(coded, provenance=replace(coded.provenance, source="ACLED", read_by="ACLED's coders")))
    shown = page_payload(page)["about"]
    assert shown["ground"][0] == "Events: ACLED (Armed Conflict Location & Event Data), acleddata.com"
    assert "terms of use" in shown["sources"][0]["licence"]
    method = next(section for section in shown["sections"] if section["title"] == "How it was made")["text"]
    assert method[0].startswith("Events of ACLED are those of its table")
    assert not any("fixed rules" in words for words in method)
