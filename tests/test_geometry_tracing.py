from dataclasses import replace
from datetime import date

from geomap.geometry.tracing import trace
from geomap.models import How, Mode, Movement, Place, PlaceRef, Provenance, Route

KOBANI = Place("t:1", "Kobani", 38.353, 36.891, "SY")
TABQA = Place("t:2", "Tabqa", 38.548, 35.837, "SY")
MANBIJ = Place("t:3", "Manbij", 37.955, 36.528, "SY")
SYRIA = Place("t:4", "Syria", 38.5, 35.0, "SY", feature="A.PCLI")


def movement(origin=(), destination=(), via=(), mode=Mode.UNKNOWN, route=None):
    refs = [tuple(PlaceRef(place.name, place) for place in places) for places in (origin, destination, via)]
    source = Provenance("r1", None, None, None, date(2019, 10, 14), "…", 0, 1)
    return Movement("m1", source, "left", None, None, *refs, mode=mode, route=route)


def test_origin_and_destination_make_a_closed_route():
    route = trace(movement([KOBANI], [TABQA])).route
    assert route.length_m > 100_000
    assert (route.open_start, route.open_end) == (False, False)


def test_an_unknown_origin_gives_a_stub_to_each_destination():
    route = trace(movement(destination=[KOBANI, MANBIJ])).route
    assert len(route.legs) == 2
    assert route.open_start
    ends = [leg.geometry.coords[-1] for leg in route.legs]
    assert ends == [(KOBANI.lon, KOBANI.lat), (MANBIJ.lon, MANBIJ.lat)]


def test_what_is_unknown_is_said_once_for_all_places():
    route = trace(movement(destination=[KOBANI, MANBIJ, TABQA])).route
    assert len(route.legs) == 3
    assert {leg.how for leg in route.legs} == {How.SCHEMATIC}
    assert [issue.message for issue in route.issues] == [
        "where the movement at Kobani, Manbij, Tabqa comes from is not known; the stub has no direction"
    ]


def test_stubs_that_leave_and_areas_without_a_spot_are_told_apart():
    assert "goes is not known" in trace(movement([KOBANI])).route.issues[0].message
    river = replace(SYRIA, id="t:5", name="Euphrates", feature="H.STM")
    messages = [issue.message for issue in trace(movement(destination=[river, KOBANI])).route.issues]
    assert len(messages) == 2
    assert messages[0].startswith("where the movement at Kobani comes from")
    assert messages[1].startswith("Euphrates: no single spot")


def test_the_spot_is_taken_rather_than_the_country_round_it():
    route = trace(movement([SYRIA, KOBANI], [TABQA])).route
    assert route.legs[0].geometry.coords[0] != (SYRIA.lon, SYRIA.lat)
    assert len(route.snap_m) == 2


def test_only_a_country_gives_no_line_but_a_reason():
    route = trace(movement([SYRIA])).route
    assert route.legs == ()
    assert "Syria" in route.issues[0].message
    assert route.issues[0].report_id == "r1"


def test_nothing_named_gives_no_line_but_a_reason():
    route = trace(movement()).route
    assert route.legs == ()
    assert "names no place" in route.issues[0].message


def test_a_route_that_is_there_stays():
    given = Route(legs=())
    assert trace(movement([KOBANI], [TABQA], route=given)).route is given
