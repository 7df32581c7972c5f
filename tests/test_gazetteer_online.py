"""Names asked of a service: what is sent, what is believed, and what happens on the service's bad days."""

import json
from zlib import crc32

import pytest
from service import Reply

from geomap import __version__
from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.online import Service, service_source
from geomap.gazetteer.online.cache import DAY_S, Cache
from geomap.gazetteer.store import Entry, Unit, write
from geomap.models import Certainty
from geomap.network import Pacing


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.slept = 1_700_000_000.0, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def thing(name, lat, lon, country="sd", category="place", kind="village", **more):
    """Return what Nominatim says of a place."""
    return {
        "place_id": 1, "osm_type": "node", "osm_id": crc32(f"{name} {lat}".encode()), "lat": str(lat), "lon": str(lon),
        "class": category, "type": kind, "addresstype": kind, "importance": 0.2, "name": name,
        "display_name": f"{name}, North Darfur, Sudan", "address": {"state": "North Darfur", "country_code": country},
        "namedetails": {"name": name},
        "boundingbox": [str(lat - 0.02), str(lat + 0.02), str(lon - 0.02), str(lon + 0.02)],
    } | more  # fmt: skip


def unit(name, level):
    return thing(name, 15, 24, category="boundary", kind="administrative", addresstype=level)


def says(*things, **more):
    return Reply(json.dumps(things).encode(), headers={"Content-Type": "application/json"}, **more)


TURBA = thing("Turba", 15.2, 24.1)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "gazetteer.sqlite"
    entries = [
        Entry("geonames:1", "Sudan", 30.0, 16.0, "SD", feature="A.PCLI", population=40_000_000),
        Entry("geonames:3", "Kutum", 24.667, 14.2, "SD", population=45_000),
        Entry("geonames:5", "Abéché", 20.83, 13.83, "TD", population=75_000),
    ]
    write(path, entries, units=[Unit("SD", "geonames:1")])
    return path


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ask(home, service, shipped, clock):
    """Ask a gazetteer that may ask the server on this machine; `told` is what it said it sends."""
    told = []

    def make(name="nominatim", **choice):
        pacing = Pacing(apart_s=1.0, retries=2, clock=clock.time, sleep=clock.sleep)
        cache = Cache(clock=clock.time)
        online = Service(name, url=service.url, pacing=pacing, cache=cache, told=told.append, timeout_s=0.2, **choice)
        return Gazetteer(shipped, online=online)

    def call(name, *, gazetteer=None, **context):
        return (gazetteer or make()).resolve(name, **context)

    call.make, call.told = make, told
    return call


def test_an_unknown_name_becomes_a_place(ask, service):
    service.says(says(TURBA))
    found = ask("Turba")
    assert found.status is Certainty.RESOLVED
    place = found.place
    assert (place.name, place.lat, place.lon, place.country, place.admin1) == (
        "Turba",
        15.2,
        24.1,
        "SD",
        "North Darfur",
    )
    assert (place.feature, place.source, place.id) == ("P.PPL", "nominatim", f"osm:node/{TURBA['osm_id']}")
    assert 2_000 < place.precision_m < 4_000
    assert "found by nominatim" in found.reason
    assert service_source(place.source).attribution == "© OpenStreetMap contributors"
    assert service_source(place.source).licence == "ODbL-1.0"


def test_known_names_and_no_names_are_not_sent(ask, service):
    service.says(says(TURBA))
    for name in ("Kutum", "kutum town", "", "ab", "١٢", "…", "a" * 200, "Tur\u202eba", "15.2, 24.1", "95.2, 200.1"):
        ask(name)
    assert service.requests == []
    assert ask.told == []


@pytest.mark.parametrize("name", ["Turba", "توربا", "嘎查", "Ðăk Glei", "Al-'Udayd"])
def test_names_in_any_script_are_sent(ask, service, name):
    service.says(says())
    ask(name)
    assert [request.query["q"] for request in service.requests] == [name]


def test_what_is_sent_is_told_and_honest(ask, service):
    service.says(says())
    ask("Turba", gazetteer=ask.make(contact="desk@example.org"), countries={"SD", "TD"}, near=(24.67, 14.2))
    (request,) = service.requests
    assert request.path == "/search"
    assert request.headers["User-Agent"] == f"geomap/{__version__} (desk@example.org)"
    assert (request.query["q"], request.query["countrycodes"], request.query["accept-language"]) == (
        "Turba",
        "sd,td",
        "en",
    )
    west, south, east, north = map(float, request.query["viewbox"].split(","))
    assert west < 24.67 < east
    assert south < 14.2 < north
    assert ask.told == ["asking nominatim for 'Turba' in SD, TD"]


def test_each_name_is_sent_once_also_by_later_runs(ask, service, clock):
    service.says(says(TURBA))
    gazetteer = ask.make()
    for _ in range(3):
        ask("Turba", gazetteer=gazetteer)
    assert ask("  Turba ").place.name == "Turba"
    assert (len(service.requests), len(ask.told)) == (1, 1)


def test_nothing_found_is_believed_for_some_days(ask, service, clock):
    service.says(says(), says(TURBA))
    assert "nominatim knows none either" in ask("Turba").reason
    clock.now += 5 * DAY_S
    assert ask("Turba").status is Certainty.UNKNOWN
    assert len(service.requests) == 1
    clock.now += 5 * DAY_S
    assert ask("Turba").place.name == "Turba"


def test_answers_are_kept_by_language_and_service(ask, service):
    service.says(says(TURBA))
    ask("Turba")
    ask("Turba", gazetteer=ask.make(language="fr"))
    ask("Turba", gazetteer=ask.make("photon"))
    assert [request.query.get("accept-language") for request in service.requests] == ["en", "fr", None]


def test_requests_are_a_second_apart_also_across_runs(ask, service, clock):
    service.says(says())
    gazetteer = ask.make()
    for name in ("Turba", "Anka", "Kurgi"):
        ask(name, gazetteer=gazetteer)
    ask("Furawiya")
    assert clock.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_asked_again_when_it_says(ask, service, clock, status):
    service.says(Reply(status=status, headers={"Retry-After": "7"}), says(TURBA))
    assert ask("Turba").place.name == "Turba"
    assert clock.slept == [7]
    assert len(ask.told) == 1


@pytest.mark.parametrize(
    ("reply", "words", "requests"),
    [
        (Reply(status=429), "answers 429", 3),
        (Reply(status=500), "answers 500", 3),
        (Reply(status=502), "answers 502", 3),
        (Reply(status=400), "answers 400 and refuses", 1),
        (Reply(b"<html>blocked</html>", status=403), "answers 403 and refuses", 1),
        (Reply(status=404), "answers 404 and refuses", 1),
        (Reply(b"<!DOCTYPE html><p>Please log in"), "something else than JSON", 1),
        (Reply(b""), "something else than JSON", 1),
        (Reply(b"[{]"), "something else than JSON", 1),
        (Reply(b'[{"lat": "15", "lon"'), "something else than JSON", 1),
        (Reply(b'[{"lat": "15"', missing=200), "broke off", 3),
        (Reply(b'{"error": "Bandwidth limit exceeded"}'), "Bandwidth limit exceeded", 1),
        (Reply(b'[{"lat": "north", "lon": "24"}]'), "another form", 1),
        (Reply(b'["Turba"]'), "another form", 1),
        (Reply(silent=True), "did not answer in time", 3),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_bad_day_leaves_the_name_unknown_and_says_why(ask, service, reply, words, requests):
    service.says(reply)
    found = ask("Turba")
    assert found.status is Certainty.UNKNOWN
    assert words in found.reason
    assert len(service.requests) == requests


def test_redirects_are_followed(ask, service):
    service.says(Reply(status=302, headers={"Location": "/moved?q=Turba"}), says(TURBA))
    assert ask("Turba").place.name == "Turba"


def test_failures_are_not_kept(ask, service):
    service.says(Reply(status=400), says(TURBA))
    assert ask("Turba").status is Certainty.UNKNOWN
    assert ask("Turba").place.name == "Turba"


def test_a_service_that_fails_again_and_again_is_left_alone(ask, service):
    service.says(Reply(b"<html>"))
    gazetteer = ask.make()
    reasons = [ask(name, gazetteer=gazetteer).reason for name in ("Turba", "Anka", "Kurgi", "Furawiya", "Turba")]
    assert len(service.requests) == 3
    assert "failed again and again" in reasons[3]
    assert "something else than JSON" in reasons[4]


def test_a_service_that_blocks_is_left_alone_at_once(ask, service):
    service.says(Reply(status=403))
    gazetteer = ask.make()
    for name in ("Turba", "Anka", "Kurgi"):
        ask(name, gazetteer=gazetteer)
    assert len(service.requests) == 1


def test_one_success_forgives_failures(ask, service):
    service.says(Reply(b"<"), Reply(b"<"), says(TURBA), Reply(b"<"), Reply(b"<"), says(TURBA))
    gazetteer = ask.make()
    for name in ("Anka", "Kurgi", "Turba", "Furawiya", "Muzbat", "Turba Two"):
        ask(name, gazetteer=gazetteer)
    assert len(service.requests) == 6


def test_places_in_other_countries_are_refused(ask, service):
    service.says(says(thing("Turba", 36.1, -86.8, "us")))
    found = ask("Turba", countries=["SD"])
    assert found.status is Certainty.UNKNOWN
    assert "knows it only in US, and the text speaks of SD" in found.reason


def test_a_place_without_a_country_is_where_its_neighbours_are(ask, service):
    service.says(says(thing("Turba", 14.3, 24.7, address={})))
    assert ask("Turba", countries=["SD"]).place.country == "SD"
    assert ask("Turba", countries=["TD"]).status is Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Olive Branch", thing("Olive Township", 15, 24)),
        ("Turba", thing("Turba Street", 15, 24, category="highway", kind="residential")),
        ("Turba", thing("Turba", 15, 24, category="amenity", kind="restaurant")),
        ("Turba", thing("Turba", 15, 24, category="shop", kind="bakery")),
        ("Turba", thing("Kebkabiya", 15, 24)),
        ("Turba", thing("Turba", float("inf"), 24)),
    ],
)
def test_what_only_sounds_like_an_answer_is_not_believed(ask, service, name, answer):
    service.says(says(answer))
    assert ask(name).status is Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("asked", "answer", "feature"),
    [
        ("Turbah", thing("Turba", 15, 24), "P.PPL"),
        ("at-Turba", thing("Turba", 15, 24), "P.PPL"),
        ("توربا", thing("Turba", 15, 24, namedetails={"name:ar": "توربا", "name": "Turba"}), "P.PPL"),
        ("Turba airbase", thing("Turba Air Base", 15, 24, category="military", kind="airfield"), "S.AIRB"),
        ("Turba barracks", thing("Turba", 15, 24, category="military", kind="barracks"), "S.INSM"),
        ("Turba province", unit("Turba", "state"), "A.ADM1"),
        ("Turba", unit("Turba", "village"), "P.PPL"),
        ("Turba crossing", thing("Turba", 15, 24, category="barrier", kind="border_control"), "S.PSTB"),
        ("Wadi Turba", thing("Wadi Turba", 15, 24, category="waterway", kind="wadi"), "H.WAD"),
    ],
)  # fmt: skip
def test_kinds_and_spellings(ask, service, asked, answer, feature):
    service.says(says(answer))
    assert ask(asked).place.feature == feature


def test_two_places_far_apart_are_ambiguous_until_the_text_helps(ask, service):
    service.says(says(thing("Turba", 15.2, 24.1), thing("Turba", 12.0, 30.0)))
    found = ask("Turba")
    assert (found.status, len(found.candidates)) == (Certainty.AMBIGUOUS, 2)
    assert ask("Turba", near=(30.1, 12.1)).place.lat == 12.0
    assert ask("Turba", near=(24.0, 15.0)).place.lat == 15.2


def test_a_far_more_important_place_is_meant(ask, service):
    service.says(says(thing("Turba", 15.2, 24.1, importance=0.1), thing("Turba", 12.0, 30.0, importance=0.7)))
    found = ask("Turba")
    assert (found.status, found.place.lat) == (Certainty.RESOLVED, 12.0)


def test_another_service(ask, service):
    feature = {
        "geometry": {"type": "Point", "coordinates": [24.1, 15.2]},
        "properties": {
            "name": "Turba",
            "country": "Sudan",
            "countrycode": "SD",
            "osm_key": "place",
            "osm_value": "village",
        },
    }
    service.says(Reply(json.dumps({"features": [feature]}).encode()))
    place = ask("Turba", gazetteer=ask.make("photon"), countries=["SD"]).place
    assert (place.lat, place.lon, place.country, place.source) == (15.2, 24.1, "SD", "photon")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"name": "nominatimm"}, "has no geocoder 'nominatimm'; it has .*nominatim"),
        ({"name": "mapbox"}, "needs other options .*api_key"),
        ({"name": "nominatim", "options": {"speed": "9"}}, "has no option speed"),
        ({"name": "nominatim", "url": "ftp://example.org"}, "cannot be asked at"),
        ({"name": "baidu", "url": "https://example.org"}, "cannot be asked at"),
        ({"name": "nominatim", "url": "https://"}, "cannot be asked at"),
    ],
)
def test_services_that_cannot_be_set_up(home, choice, words):
    with pytest.raises(InputError, match=words):
        Service(**choice)


def test_keys_are_passed_on(home):
    assert Service("mapbox", options={"api_key": "secret"}).name == "mapbox"


def test_keys_are_in_no_message_and_no_file(home, shipped, clock):
    told = []
    options = {"api_key": "secret-key", "domain": "127.0.0.1:1", "scheme": "http"}
    pacing = Pacing(retries=0, clock=clock.time, sleep=clock.sleep)
    found = Gazetteer(shipped, online=Service("mapbox", options=options, pacing=pacing, told=told.append)).resolve(
        "Turba"
    )
    assert "cannot be reached" in found.reason
    assert "secret-key" not in f"{found} {told}"
    assert b"secret-key" not in (home / "online.sqlite").read_bytes()


def test_a_damaged_cache_stops_nothing(ask, service, home, caplog):
    home.mkdir()
    (home / "online.sqlite").write_text("no cache at all, and longer than a header of any kind " * 5)
    service.says(says(TURBA))
    assert ask("Turba").place.name == "Turba"
    assert "online.sqlite" in caplog.text


def test_a_damaged_answer_is_asked_for_again(ask, service, home):
    service.says(says(TURBA))
    ask("Turba")
    import sqlite3

    with sqlite3.connect(home / "online.sqlite") as store:
        store.execute("UPDATE answer SET found = '[{]'")
    store.close()
    assert ask("Turba").place.name == "Turba"
    assert len(service.requests) == 2


def test_without_being_told_nothing_is_asked(home, service, shipped):
    service.says(says(TURBA))
    assert Gazetteer(shipped).resolve("Turba").status is Certainty.UNKNOWN
    assert service.requests == []
    assert not (home / "online.sqlite").exists()


def test_offline_asks_nothing(ask, service):
    service.says(says(TURBA))
    assert ask.make().offline().resolve("Turba").status is Certainty.UNKNOWN
    assert service.requests == []
