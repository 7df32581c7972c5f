"""Routes for which a router is asked: whose leg is whose, and what is made of what the router does not know."""

from dataclasses import replace

import pytest
import routers
from routers import recorded
from service import Reply

from geomap.geometry.roads.servers import channels, open_router
from geomap.geometry.routing import alternatives, route
from geomap.geometry.tracing import trace
from geomap.models import How, Mode, Movement, Place, PlaceRef, Provenance


def place(name, lon, lat, country, feature="P.PPL"):
    return Place(f"test:{name}", name, lon, lat, country, feature=feature, precision_m=2000.0)


HASAKAH = place("Hasakah", 40.7477, 36.5024, "SY")
QAMISHLI = place("Qamishli", 41.2319, 37.0517, "SY")
TELL_TAMER = place("Tell Tamer", 40.3724, 36.6522, "SY")
MOSUL = place("Mosul", 43.1289, 36.3350, "IQ")
IRAQ = place("Iraq", 43.7, 33.2, "IQ", "A.PCLI")
HOMS = Place("test:homs", "Homs", 38.5, 34.5, "SY", admin1_code="SY.11", feature="A.ADM1")
SEA = place("the open sea", 25.0, 34.0, None)


@pytest.fixture
def osrm(service, monkeypatch):
    monkeypatch.setattr(channels, "FIRST_WAIT_S", 0.0)
    service.answer = routers.osrm
    return open_router(f"osrm:{service.url}")


def said(found):
    return [issue.message for issue in found.issues]


def test_each_way_by_road_is_the_routers(osrm):
    found = route((HASAKAH, TELL_TAMER, QAMISHLI), router=osrm)
    assert [(leg.how, leg.by, leg.notice) for leg in found.legs] == [
        (How.INFERRED, "OSRM", "© OpenStreetMap contributors")
    ] * 2
    stops = [(place.lon, place.lat) for place in (HASAKAH, TELL_TAMER, QAMISHLI)]
    assert found.length_m == pytest.approx(routers.metres(routers.bent(stops)), abs=1.0)
    assert found.snap_m == (0.0, 0.0, 0.0)
    assert found.issues == ()


def test_without_a_router_nobody_has_a_leg(service):
    assert {leg.by for leg in route((HASAKAH, QAMISHLI)).legs} == {None}
    assert service.requests == []


@pytest.mark.parametrize("mode", [Mode.AIR, Mode.SEA, Mode.RAIL])
def test_only_roads_are_asked_for(mode, osrm, service):
    route((HASAKAH, MOSUL), mode=mode, router=osrm)
    assert service.requests == []


def test_crossings_of_a_routers_way_are_found_and_named(osrm):
    found = route((QAMISHLI, MOSUL), router=osrm)
    between = [crossing.between for crossing in found.crossings]
    assert between[0][0] == "SY"
    assert between[-1][1] == "IQ"
    assert 0 < found.crossings[0].at_m < found.length_m


def test_a_router_that_passes_a_closed_crossing_knows_no_better(osrm):
    nusaybin = place("Nusaybin", 41.215, 37.085, "TR")
    found = route((QAMISHLI, nusaybin), router=osrm)
    (crossing,) = found.crossings
    assert "closed" in (crossing.note or "")
    assert said(found)[0].startswith(f"the way passes {crossing.name}, closed")
    assert said(found)[0].endswith(": OSRM knows nothing of closures")


def test_into_a_country_the_router_is_asked_for_the_spot_beyond_the_crossing(osrm, service):
    alone, found = route((HASAKAH, IRAQ)), route((HASAKAH, IRAQ), router=osrm)
    end = alone.legs[-1].geometry.coords[-1]
    assert service.requests[0].path.endswith(f";{end[0]:.6f},{end[1]:.6f}")
    assert [leg.by for leg in found.legs if leg.how is How.INFERRED] == ["OSRM"]
    assert found.crossings[-1].between == ("SY", "IQ")
    assert found.legs[-1].geometry.coords[-1] == pytest.approx(end, abs=1e-5)


def test_out_of_a_country_the_way_is_turned_with_its_name(osrm):
    found = route((IRAQ, HASAKAH), router=osrm)
    assert found.crossings[0].between == ("IQ", "SY")
    assert found.legs[-1].by == "OSRM"
    assert found.legs[-1].geometry.coords[-1][0] == pytest.approx(HASAKAH.lon, abs=0.01)


def test_what_the_router_does_not_know_is_the_shipped_networks(osrm, service):
    service.answer = lambda request: recorded("osrm NoSegment")
    found = route((HASAKAH, QAMISHLI), router=osrm)
    assert found.legs == route((HASAKAH, QAMISHLI)).legs
    assert said(found)[0].startswith(
        "the road from Hasakah to Qamishli is that of the shipped network: OSRM: it has no road near one of them"
    )


def test_one_leg_of_each_says_which_is_whose(osrm, service):
    def answer(request):
        return routers.osrm(request) if ";40.37" in request.path else recorded("osrm NoSegment")

    service.answer = answer
    found = route((HASAKAH, TELL_TAMER, QAMISHLI), router=osrm)
    roads = [leg.by for leg in found.legs if leg.how is How.INFERRED]
    assert roads == ["OSRM", None]
    assert ["from Tell Tamer to Qamishli" in message for message in said(found)].count(True) == 1
    ends = [leg.geometry.coords[-1] for leg in found.legs[:-1]]
    assert ends == [leg.geometry.coords[0] for leg in found.legs[1:]]


def test_a_router_that_fails_is_waited_for_once(osrm, service):
    service.answer = lambda request: Reply(b"", 500)
    for _ in range(3):
        found = route((HASAKAH, TELL_TAMER, QAMISHLI), router=osrm)
        assert {leg.by for leg in found.legs} == {None}
        assert len(found.issues) >= 2
    assert len(service.requests) == 2


def test_a_router_that_ends_far_from_the_stops_is_not_believed(osrm, service):
    """OSRM joins a stop to the nearest road it has, however far: 18 km off, on a trip of 25."""

    def answer(request):
        return routers.osrm(replace(request, path=request.path.replace("40.747700", "40.950000")))

    service.answer = answer
    found = route((HASAKAH, place("Tell Brak", 40.93, 36.67, "SY")), router=osrm)
    assert {leg.by for leg in found.legs} == {None}
    assert said(found)[0].endswith("shipped network: OSRM has none near enough to its ends")


def test_no_road_at_all_is_schematic(osrm, service):
    service.answer = lambda request: recorded("osrm NoSegment")
    found = route((HASAKAH, SEA), router=osrm)
    assert [leg.how for leg in found.legs] == [How.SCHEMATIC]


def test_alternatives_are_the_routers(service):
    valhalla = open_router(f"valhalla:{service.url}")
    a, b = (place(name, *spot, "SY") for name, spot in (("A", routers.A), ("B", routers.B)))
    service.says(recorded("valhalla route"), recorded("valhalla alternates"))
    found = alternatives((a, b), count=2, router=valhalla)
    assert [leg.by for one in found for leg in one.legs] == ["Valhalla"] * 3
    assert len({one.legs[0].geometry.wkt for one in found}) == 3


def test_movements_are_traced_by_it(osrm):
    source = Provenance("r1", None, None, None, None, "…", 0, 1)
    movement = Movement(
        "m1", source, "moved", None, None, (PlaceRef("Hasakah", HASAKAH),), (PlaceRef("Qamishli", QAMISHLI),)
    )
    assert [leg.by for leg in trace(movement, router=osrm).route.legs] == ["OSRM"]
