"""Routers: what they are asked, how their answers are read, and what is made of bad ones."""

import json
import math
import sys
import types

import numpy as np
import pytest
import routers
import shapely
from hypothesis import given
from hypothesis import strategies as st
from routers import A, B, C, recorded, reply
from service import Reply

from geomap.errors import DataError, InputError, NoRouteError, ServiceError
from geomap.geometry.roads.graphs import Avoid
from geomap.geometry.roads.servers import channels, find_ways, open_router
from geomap.geometry.roads.servers.lines import RawLine, decoded, sound
from geomap.network import user_agent

ROAD_M = 19_556.4
"""Length of the recorded way from A to B, as OSRM states it."""


@pytest.fixture(autouse=True)
def _hasty(monkeypatch):
    monkeypatch.setattr(channels, "FIRST_WAIT_S", 0.0)


@pytest.fixture
def told():
    return []


@pytest.fixture
def osrm(service, told):
    return open_router(f"osrm:{service.url}", told=told.append)


@pytest.fixture
def valhalla(service, told):
    return open_router(f"valhalla:{service.url}", told=told.append)


# what is asked, and recorded answers


def test_osrm_is_asked_for_all_vertices_of_the_way(osrm, service, told):
    service.says(recorded("osrm route"))
    (way,) = osrm.ways((A, B))
    asked = service.requests[0]
    assert asked.path == "/route/v1/driving/38.012000,36.501000;38.164000,36.452000"
    assert asked.query == {"overview": "full", "geometries": "polyline6", "alternatives": "false", "steps": "false"}
    assert asked.headers["User-Agent"] == user_agent()
    assert told == [f"asking OSRM at {service.url} for the road from 36.50100, 38.01200 to 36.45200, 38.16400"]
    assert (way.length_m, way.duration_s) == (ROAD_M, 1770.9)
    assert way.snap_m == pytest.approx((131.3, 63.1), abs=0.5)
    assert way.line.coords[0] == (38.011671, 36.502153)
    assert way.line.coords[-1] == (38.163842, 36.452554)
    assert len(way.line.coords) == 18


def test_valhalla_is_asked_for_a_car_without_directions(valhalla, service, told):
    service.says(recorded("valhalla route"))
    (way,) = valhalla.ways((A, B))
    asked = service.requests[0]
    assert asked.path == "/route"
    assert json.loads(asked.body) == {
        "locations": [{"lon": 38.012, "lat": 36.501}, {"lon": 38.164, "lat": 36.452}],
        "costing": "auto",
        "directions_type": "none",
        "units": "kilometers",
    }
    assert told[0].startswith(f"asking Valhalla at {service.url} for the road from 36.50100, 38.01200")
    assert way.length_m == pytest.approx(ROAD_M, rel=0.001)
    assert way.line.coords[0] == pytest.approx((38.011671, 36.502153), abs=1e-4)


def test_the_same_roads_by_both_are_the_same_line(osrm, valhalla, service):
    service.says(recorded("osrm route"), recorded("osrm route geojson"), recorded("valhalla route"))
    one, two, three = osrm.ways((A, B))[0], osrm.ways((A, B), alternatives=1)[0], valhalla.ways((A, B))[0]
    assert one.line.equals(two.line)
    assert shapely.hausdorff_distance(one.line, three.line) < 2e-4


def test_miles_are_no_kilometres(valhalla, service):
    service.says(recorded("valhalla miles"))
    assert valhalla.ways((A, B))[0].length_m == pytest.approx(ROAD_M, rel=0.001)


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_stops_on_the_way_are_passed(kind, request, service):
    service.says(recorded(f"{kind} via"))
    (way,) = request.getfixturevalue(kind).ways((A, B, C))
    assert len(way.snap_m) == 3
    assert way.snap_m == pytest.approx((131, 63, 456), abs=5)
    assert way.length_m == pytest.approx(39_660, rel=0.002)


def test_valhalla_gives_others(valhalla, service):
    service.says(recorded("valhalla alternates"))
    ways = valhalla.ways((A, B), alternatives=2)
    assert json.loads(service.requests[0].body)["alternates"] == 2
    assert len({way.line.wkt for way in ways}) == 3


@pytest.mark.parametrize(("kind", "asked"), [("osrm", "3"), ("valhalla", 2)])
def test_no_more_others_are_asked_for_than_a_router_knows(kind, asked, request, service):
    service.says(recorded(f"{kind} route"))
    request.getfixturevalue(kind).ways((A, B), alternatives=9)
    sent = service.requests[0]
    assert (sent.query.get("alternatives") or json.loads(sent.body)["alternates"]) == asked


def test_valhalla_is_told_what_to_avoid(valhalla, service):
    service.says(recorded("valhalla around"))
    block = shapely.box(38.077, 36.502, 38.081, 36.506)
    (way,) = valhalla.ways((A, B), avoid=block)
    (ring,) = json.loads(service.requests[0].body)["exclude_polygons"]
    assert shapely.Polygon(ring).equals(block)
    assert not way.line.intersects(block)


def test_where_an_area_is_too_large_to_send_the_known_ways_are_looked_through(valhalla, service):
    service.says(recorded("valhalla too large"), recorded("valhalla alternates"))
    (best, *others) = [
        shapely.LineString(decoded(trip["legs"][0]["shape"]))
        for trip in (
            routers.RECORDED["valhalla alternates"]["body"]["trip"],
            *(other["trip"] for other in routers.RECORDED["valhalla alternates"]["body"]["alternates"]),
        )
    ]
    apart = next(other.difference(best.buffer(1e-6)) for other in others if not other.equals(best))
    block = best.difference(shapely.union_all(others).buffer(1e-6)).centroid.buffer(0.005)
    assert not apart.is_empty
    (way, *_) = valhalla.ways((A, B), avoid=block)
    assert [("exclude_polygons" in json.loads(asked.body)) for asked in service.requests] == [True, False]
    assert not way.line.intersects(block)


def test_osrm_cannot_avoid_and_says_so(osrm, service):
    service.says(recorded("osrm route"))
    with pytest.raises(NoRouteError, match="no way that keeps out"):
        osrm.ways((A, B), avoid=shapely.box(38.07, 36.49, 38.09, 36.52))
    assert service.requests[0].query["alternatives"] == "3"


# facts


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("osrm", "osrm NoSegment", "no road near one of them"),
        ("osrm", "osrm TooBig", "more than it answers"),
        ("valhalla", "valhalla unconnected", "no road connects the two"),
        ("valhalla", "valhalla no edges", "no road near one of them"),
        ("valhalla", "valhalla too far", "further than it answers"),
    ],
)
def test_that_there_is_no_way_is_a_fact(kind, answer, words, request, service):
    service.says(recorded(answer), recorded(f"{kind} route"))
    router = request.getfixturevalue(kind)
    for _ in range(2):
        with pytest.raises(NoRouteError, match=words):
            router.ways((A, B))
    assert len(service.requests) == 1
    assert router.ways((A, (38.164, 36.4521)))


def test_no_route_by_osrm_is_a_fact(osrm, service):
    service.says(reply({"code": "NoRoute", "message": "Impossible route between points"}, 400))
    with pytest.raises(NoRouteError, match="no road connects"):
        osrm.ways((A, B))


def test_a_way_that_ends_where_the_data_end_is_none(osrm, service):
    service.says(recorded("osrm far snap"))
    with pytest.raises(NoRouteError, match=r"197 km from 36\.5000, 42\.2000"):
        osrm.ways((A, (42.2, 36.5)))


# failures


def _osrm(points, length=None, **more):
    length = routers.metres(points) if length is None else length
    way = {"geometry": {"type": "LineString", "coordinates": points}, "distance": length, "duration": 60} | more
    return reply({"code": "Ok", "routes": [way], "waypoints": []})


GOOD = [list(A), [38.1, 36.5], list(B)]
BAD = {
    "html": (Reply(b"<html><h1>It works!</h1></html>"), "something else than JSON"),
    "nothing": (Reply(b""), "something else than JSON"),
    "bytes": (Reply(b"\xff\xfe\x00"), "something else than JSON"),
    "deep": (Reply(b"[" * 100_000), "something else than JSON"),
    "number": (reply(42), "does not answer as OSRM does"),
    "list": (reply([{"code": "Ok"}]), "does not answer as OSRM does"),
    "another service": (reply({"type": "FeatureCollection", "features": []}), "does not answer as OSRM does"),
    "valhalla": (recorded("valhalla route"), "does not answer as OSRM does"),
    "no routes": (reply({"code": "Ok", "routes": []}), "gives no way"),
    "routes of no shape": (reply({"code": "Ok", "routes": {"a": 1}}), "gives no way"),
    "refusal": (reply({"code": "InvalidOptions", "message": "Query string malformed"}, 400), "InvalidOptions"),
    "server error": (Reply(b"oops", 500), "answers 500"),
    "forbidden": (Reply(b"no", 403), "answers 403"),
    "redirect": (Reply(status=302, headers={"Location": "http://127.0.0.1:1/"}), "another address"),
    "point": (_osrm([list(A)], 0.0), "no line"),
    "no geometry": (_osrm(GOOD, geometry=None), "no line"),
    "ragged": (_osrm(GOOD, geometry={"coordinates": [[1, 2], [3]]}), "no line"),
    "words": (_osrm(GOOD, geometry={"coordinates": [["a", "b"], ["c", "d"]]}), "no line"),
    "not a number": (_osrm([[math.nan, 1.0], [2.0, 3.0]], 9.0), "no line"),
    "infinite": (_osrm([[math.inf, 1.0], [2.0, 3.0]], 9.0), "no line"),
    "off the globe": (_osrm([[381.2, 365.0], [381.6, 364.5]], 9.0), "off the globe"),
    "mercator": (_osrm([[4231000.0, 4371000.0], [4248000.0, 4364000.0]], 9.0), "off the globe"),
    "turned": (_osrm([[lat, lon] for lon, lat in GOOD]), "wrong order"),
    "feet": (_osrm(GOOD, routers.metres(GOOD) * 3.28), "states"),
    "kilometres": (_osrm(GOOD, routers.metres(GOOD) / 1000), "states"),
    "endless length": (_osrm(GOOD, 10**400), "states 1000"),
    "endless place": (_osrm(GOOD, geometry={"coordinates": [[10**400, 1], [2, 3]]}), "no line"),
    "negative": (_osrm(GOOD, -5.0), "states -5"),
    "no length": (_osrm(GOOD, distance=None), "states None"),
    "length in words": (_osrm(GOOD, distance="long"), "states 'long'"),
    "broken polyline": (_osrm(GOOD, geometry="qg|rdAmp`ogA_"), "no encoded polyline"),
    "polyline of other letters": (_osrm(GOOD, geometry="qg|rdA \x00ämp"), "no encoded polyline"),
    "endless number": (_osrm(GOOD, geometry="~" * 40 + "??"), "longer than the globe"),
    "five digits": (_osrm(GOOD, geometry=routers.encoded(GOOD, 5)), "data end before|no encoded|wrong"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_told_and_the_router_is_asked_no_more(name, osrm, service):
    answer, words = BAD[name]
    service.says(answer)
    with pytest.raises((ServiceError, NoRouteError), match=words):
        osrm.ways((A, B))
    asked = len(service.requests)
    service.says(recorded("osrm via"))
    if name == "five digits":  # a line elsewhere, as of data that do not reach here
        return
    with pytest.raises(ServiceError, match="failed before"):
        osrm.ways((A, C))
    assert len(service.requests) == asked


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"trip": {"legs": [], "summary": {"length": 1}}}, "without legs"),
        ({"trip": {"legs": [{"shape": 5}], "summary": {"length": 1}}}, "no encoded polyline"),
        ({"trip": "no"}, "without legs"),
        ({"trip": {"legs": [{"shape": routers.encoded([A, B])}], "summary": {"length": 10**400}}}, "states 1000"),
        ({"trip": {"legs": [{"shape": routers.encoded([A, B])}], "summary": {}}}, "states None"),
        ({"code": "Ok"}, "does not answer as Valhalla does"),
        ({"error_code": 130, "error": "Failed to parse location"}, "Failed to parse location"),
        ([], "does not answer as Valhalla does"),
    ],
)
def test_bad_answers_by_valhalla(body, words, valhalla, service):
    service.says(reply(body))
    with pytest.raises(ServiceError, match=words):
        valhalla.ways((A, B))


def test_a_busy_router_is_asked_twice(osrm, service):
    service.says(Reply(b"", 503), recorded("osrm route"))
    assert osrm.ways((A, B))
    service.says(Reply(b"", 503))
    with pytest.raises(ServiceError, match="503"):
        osrm.ways((A, C))
    assert len(service.requests) == 4


@pytest.mark.parametrize("answer", [Reply(silent=True), Reply(b'{"code": "Ok"}' * 40, trickles_s=0.05)])
def test_a_slow_router_is_given_up_in_time(answer, service):
    import time

    service.says(answer)
    router = open_router(f"osrm:{service.url}", limit_s=0.3)
    start = time.monotonic()
    with pytest.raises(ServiceError, match=r"within|to an end"):
        router.ways((A, B))
    assert time.monotonic() - start < 5.0
    with pytest.raises(ServiceError, match="failed before"):
        router.ways((A, C))


def test_nobody_there_is_told_without_the_key():
    router = open_router("http://user:secret@127.0.0.1:1/v?api_key=secret")
    with pytest.raises(ServiceError, match="Connection refused") as raised:
        router.ways((A, B))
    assert "secret" not in str(raised.value)


# which router it is


@pytest.mark.parametrize(
    ("replies", "name"),
    [
        (("osrm status", "osrm nearest", "osrm route"), "OSRM"),
        (("valhalla status", "valhalla route"), "Valhalla"),
    ],
)
def test_a_router_is_asked_what_it_is_before_anything_else(replies, name, service, told):
    service.says(*map(recorded, replies))
    router = open_router(service.url, told=told.append)
    assert (router.name, service.requests) == ("the router", [])
    router.ways((A, B))
    assert router.name == name
    assert told[0] == f"asking {service.url} which router it is"
    service.says(recorded(replies[-1]))
    before = len(service.requests)
    router.ways((A, (38.1641, 36.452)))
    assert len(service.requests) == before + 1


def test_what_is_asked_to_find_out_holds_no_stop(service):
    service.says(recorded("osrm status"), recorded("osrm nearest"), recorded("osrm route"))
    open_router(service.url).ways((A, B))
    assert [request.path for request in service.requests[:2]] == ["/status", "/nearest/v1/driving/0,0"]


@pytest.mark.parametrize(
    "answer", [Reply(b"<html>"), Reply(b"no", 404), reply({"status": "OK", "version": "4.2.0"}), reply([1, 2])]
)
def test_another_service_is_no_router_and_learns_no_stop(answer, service):
    service.says(answer)
    with pytest.raises(ServiceError, match="neither OSRM nor Valhalla"):
        open_router(service.url).ways((A, B))
    assert not any("38.0" in request.path for request in service.requests)


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ("osrm:{}", "/route/v1/driving/"),
        ("OSRM:{}/", "/route/v1/driving/"),
        ("osrm:{}/routed-car", "/routed-car/route/v1/driving/"),
        ("{}/route/v1/truck", "/route/v1/truck/"),
        ("{}/a/nearest/v1/car/", "/a/route/v1/car/"),
        ("valhalla:{}", "/route"),
        ("valhalla:{}/valhalla/v1/", "/valhalla/v1/route"),
        ("valhalla:{}/route", "/route"),
    ],
)
def test_addresses(named, path, service):
    service.says(recorded("valhalla route" if "valhalla" in named else "osrm route"))
    open_router(named.format(service.url)).ways((A, B))
    assert service.requests[0].path.startswith(path)


def test_a_key_goes_along_and_is_not_shown(service, told):
    service.says(recorded("osrm route"))
    open_router(f"osrm:{service.url}/o?api_key=s3cret", told=told.append).ways((A, B))
    assert service.requests[0].query["api_key"] == "s3cret"
    assert "s3cret" not in told[0]


@pytest.mark.parametrize(
    "named",
    [
        "",
        "here",
        "localhost:5000",
        "ftp://host/",
        "osrm:",
        "osrm:host",
        "http://",
        "http://[::1",
        "http://h:p",
        "C:\\x",
    ],
)
def test_what_names_no_router(named):
    with pytest.raises(InputError, match="is no router; give"):
        open_router(named)


# tiles of one's own


class _Actor:
    """pyvalhalla's, as it behaves: JSON in and out, errors as words, from 3.9 on with a code."""

    opened = None
    error = RuntimeError(routers.RECORDED["valhalla unconnected"]["body"]["error"])

    def __init__(self, config):
        type(self).opened = config

    def route(self, request):
        if "alternates" in json.loads(request):
            raise self.error
        return json.dumps(routers.RECORDED["valhalla route"]["body"])


@pytest.fixture
def pyvalhalla(monkeypatch):
    module = types.ModuleType("valhalla")
    module.Actor, module.get_config = _Actor, lambda archive, folder, *, verbose: {"tar": archive, "folder": folder}
    monkeypatch.setitem(sys.modules, "valhalla", module)


@pytest.mark.parametrize(("name", "kind"), [("tiles", "folder"), ("tiles.tar", "tar")])
def test_tiles_are_asked_in_this_process(name, kind, pyvalhalla, tmp_path, told):
    path = tmp_path / name
    path.touch() if kind == "tar" else path.mkdir()
    router = open_router(f"tiles:{path}", told=told.append)
    assert _Actor.opened[kind] == str(path)
    assert router.ways((A, B))[0].length_m == pytest.approx(ROAD_M, rel=0.001)
    assert (router.name, told[0][:17]) == ("Valhalla", "asking Valhalla a")
    with pytest.raises(NoRouteError, match="no road connects"):
        router.ways((A, B), alternatives=1)


def test_the_codes_of_newer_tiles_go_before_their_words(pyvalhalla, monkeypatch, tmp_path):
    error = RuntimeError("Where that is is beyond me")
    error.code = 171
    monkeypatch.setattr(_Actor, "error", error)
    with pytest.raises(NoRouteError, match="no road near one of them"):
        open_router(f"tiles:{tmp_path}").ways((A, B), alternatives=1)


def test_tiles_of_a_configuration(pyvalhalla, tmp_path):
    (tmp_path / "valhalla.json").write_text("{}", encoding="utf-8")
    open_router(f"tiles:{tmp_path / 'valhalla.json'}")
    assert _Actor.opened == str(tmp_path / "valhalla.json")


def test_tiles_that_are_not_there(tmp_path):
    with pytest.raises(InputError, match="no tiles at"):
        open_router(f"tiles:{tmp_path / 'none'}")


def test_tiles_without_the_package(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "valhalla", None)
    with pytest.raises(DataError, match=r"pip install 'geomap\[valhalla\]'"):
        open_router(f"tiles:{tmp_path}")


def test_tiles_that_cannot_be_opened(pyvalhalla, monkeypatch, tmp_path):
    monkeypatch.setattr(_Actor, "__init__", lambda self, config: (_ for _ in ()).throw(RuntimeError("no tile")))
    with pytest.raises(DataError, match="cannot be opened: no tile"):
        open_router(f"tiles:{tmp_path}")


# lines


@given(st.lists(st.tuples(st.integers(-180_000_000, 180_000_000), st.integers(-90_000_000, 90_000_000)), min_size=1))
def test_an_encoded_line_comes_back(points):
    lonlat = np.array(points) / 1e6
    assert decoded(routers.encoded(lonlat.tolist())) == pytest.approx(lonlat, abs=1e-9)


def test_the_example_of_the_format():
    """The worked example of the format's description."""
    assert decoded("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 5).tolist() == [[-120.2, 38.5], [-120.95, 40.7], [-126.453, 43.252]]


def test_a_line_across_the_antimeridian_stays_in_one_piece():
    points = np.array([[179.90, -16.5], [179.99, -16.5], [-179.98, -16.5], [-179.9, -16.5]])
    length = routers.metres([(x % 360, y) for x, y in points])
    way = sound(RawLine(points, length, None), ((179.9, -16.5), (-179.9, -16.5)))
    assert way.line.bounds == pytest.approx((179.9, -16.5, 180.1, -16.5))
    assert (way.snap_m, way.duration_s) == (pytest.approx((0.0, 0.0)), None)
    via = sound(RawLine(points, length, None), ((179.9, -16.5), (-179.98, -16.5), (-179.9, -16.5)))
    assert via.snap_m == pytest.approx((0.0, 0.0, 0.0), abs=0.1)


@pytest.mark.parametrize("duration", [math.nan, -1.0, "soon", None])
def test_a_duration_that_is_none_harms_no_way(duration):
    way = sound(RawLine(np.array(GOOD), routers.metres(GOOD), duration), (A, B))
    assert way.duration_s is None


# ways as those of the network


def test_ways_know_countries_passes_and_metres(osrm, service):
    service.answer = routers.osrm
    jarabulus, karkamis_beyond = (38.01, 36.70), (37.99, 36.95)
    (way,) = find_ways(osrm, jarabulus, karkamis_beyond).ways
    (met,) = way.passes()
    assert met.between == ("SY", "TR")
    assert way.at_m(met) == pytest.approx(14_500, abs=1_500)
    assert way.along_m[0] == 0.0
    assert way.length_m == pytest.approx(routers.metres(routers.bent([jarabulus, karkamis_beyond])), abs=0.1)
    assert (way.by, way.notice) == ("OSRM", "© OpenStreetMap contributors")


def test_a_way_that_keeps_to_the_countries_goes_first(osrm, service):
    inside, through = [[38.0, 36.6], [38.2, 36.55], [38.4, 36.6]], [[38.0, 36.6], [38.2, 36.95], [38.4, 36.6]]
    ways = [{"geometry": {"coordinates": p}, "distance": routers.metres(p), "duration": 9} for p in (through, inside)]
    service.says(reply({"code": "Ok", "routes": ways[:1]}), reply({"code": "Ok", "routes": ways}))
    found = find_ways(osrm, (38.0, 36.6), (38.4, 36.6), ("SY",))
    assert [request.query["alternatives"] for request in service.requests] == ["false", "3"]
    assert len(found.ways) == 1
    assert set(found.ways[0].countries) == {"SY"}
    assert found.words == ()


def test_a_third_country_that_cannot_be_kept_out_of_is_told(osrm, service):
    through = [[38.0, 36.6], [38.2, 36.95], [38.4, 36.6]]
    service.says(_osrm(through))
    found = find_ways(osrm, (38.0, 36.6), (38.4, 36.6), ("SY",))
    assert [met.between for met in found.ways[0].passes()] == [("SY", "TR"), ("TR", "SY")]
    assert found.words == ("the road that OSRM knows leads through TR",)
    refused = find_ways(osrm, (38.0, 36.6), (38.4, 36.6), ("SY",), avoid=Avoid(countries=("TR",)))
    assert refused.ways == ()
    assert "no way that keeps out of TR" in refused.words[0]


def test_what_a_router_cannot_tell_is_told_and_not_raised(osrm, service):
    service.says(recorded("osrm NoSegment"), Reply(b"<html>"))
    assert find_ways(osrm, A, B).words[0].startswith("OSRM: it has no road near one of them")
    assert "something else than JSON" in find_ways(osrm, A, C).words[0]
    assert find_ways(osrm, B, C).words == ("OSRM: it failed before, and is not asked again",)


def test_long_lines_keep_their_shape_with_fewer_vertices(osrm, service):
    x = np.linspace(38.0, 39.9, 10_000)
    points = np.column_stack([x, 36.5 + 0.05 * np.sin(40 * x)])
    service.says(_osrm(points.tolist(), routers.metres(points.tolist())))
    (way,) = find_ways(osrm, tuple(points[0]), tuple(points[-1])).ways
    assert len(way.points) < 3_000
    assert shapely.hausdorff_distance(shapely.LineString(points), shapely.LineString(way.points)) < 6e-5
    assert way.length_m == pytest.approx(routers.metres(points.tolist()), rel=1e-6)
