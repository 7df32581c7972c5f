"""What of a movement is drawn."""

from dataclasses import replace

import samples

from geomap.maps.lines import chains, stubs, why_no_spot, why_not_drawn
from geomap.models import How, Route


def test_a_route_to_two_places_is_two_lines():
    route = Route((samples.leg(samples.ROAD), samples.leg(samples.EAST), samples.leg(samples.NORTH)))
    assert [len(chain) for chain in chains(route)] == [2, 1]


def test_legs_without_length_are_left_out():
    assert chains(None) == ()
    assert chains(Route(())) == ()


def arrival(place, lon, lat):
    stub = samples.leg([(lon + 0.07, lat + 0.07), (lon, lat)], How.SCHEMATIC, 10_000.0)
    return samples.movement(1, destination=(samples.ref(place),), route=Route((stub,), open_start=True))


def test_a_stub_without_direction_is_a_place_not_a_line():
    movement = arrival(samples.QAMISHLI, 41.227, 37.05)
    assert chains(movement.route) == ()
    assert stubs(movement) == (samples.QAMISHLI,)
    assert why_not_drawn(movement) == "The report does not say where it came from."


def test_a_stub_at_an_area_is_nothing():
    assert stubs(arrival(samples.IRAQ, 44.0, 33.0)) == ()


def test_a_long_schematic_line_is_drawn():
    far = samples.leg([(41.227, 37.05), (40.371, 36.66)], How.SCHEMATIC, 88_000.0)
    assert len(chains(Route((far,), open_end=True))) == 1


def test_one_known_end_without_any_route():
    movement = samples.movement(1, origin=(samples.ref(samples.RAQQA),))
    assert stubs(movement) == (samples.RAQQA,)
    assert why_not_drawn(movement) == "The report does not say where it went."


def test_an_end_that_is_only_an_area_is_named():
    leaving = samples.movement(1, origin=(samples.ref(samples.IRAQ, "the country"),))
    assert why_not_drawn(leaving) == "Known only as: Iraq. Nowhere to draw a line from."
    coming = samples.movement(1, destination=(samples.ref(samples.IRAQ),))
    assert why_not_drawn(coming) == "Known only as: Iraq. Nowhere to draw a line to."


def test_names_that_no_place_was_found_for_are_said():
    lost = samples.movement(1, origin=(samples.ref(None, "Umm Nowhere"),), destination=(samples.ref(samples.IRAQ),))
    assert why_not_drawn(lost) == "No place could be found for Umm Nowhere."


def test_an_incident_in_an_area_has_no_spot():
    incident = replace(samples.incidents()[0], places=(samples.ref(samples.IRAQ),))
    assert why_no_spot(incident) == "Known only as: Iraq. No single spot to mark."
    assert why_no_spot(replace(incident, places=())) == "The report does not say where."
    assert why_no_spot(replace(incident, places=(samples.ref(samples.RAQQA),))) is None
