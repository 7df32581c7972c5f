"""Code that was written for geopy, offline."""

import pickle
import socket

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geomap.gazetteer import Gazetteer
from geomap.geocoder import OfflineGeocoder


@pytest.fixture(scope="module")
def geocoder():
    return OfflineGeocoder(user_agent="tests", timeout=3)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Make any attempt to open a connection fail loudly."""

    def refuse(*args, **options):
        raise AssertionError("an offline geocoder opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_it_is_a_geocoder_of_geopy(geocoder):
    assert isinstance(geocoder, Geocoder)
    with geocoder as same:
        assert same.geocode("Goma").latitude == pytest.approx(-1.67, abs=0.1)


def test_an_answer_is_a_location_latitude_first(geocoder):
    location = geocoder.geocode("Kharkiv")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == pytest.approx((49.98, 36.25), abs=0.1)
    address, (lat, lon) = location
    assert (lat, lon) == (location.latitude, location.longitude)
    assert address == location.address == location.raw["address"]
    assert address.startswith("Kharkiv, ")
    assert address.endswith("Ukraine")
    assert location.raw["status"] == "resolved"
    assert location.raw["precision_m"] > 0
    assert location.raw["query"] == "Kharkiv"


def test_a_gazetteer_that_may_ask_a_service_does_not():
    class Service:
        def resolve(self, *args, **options):
            raise AssertionError("the service was asked")

    assert OfflineGeocoder(Gazetteer(online=Service())).geocode("Qwxyzzplk") is None


def test_a_name_nobody_knows_is_none(geocoder):
    for query in ("Qwxyzzplk", "", " ", {"city": "Qwxyzzplk"}, {"city": "Goma", "country": "Qwxyzzplk"}, {}):
        assert geocoder.geocode(query) is None
        assert geocoder.geocode(query, exactly_one=False) is None


def test_of_an_ambiguous_name_the_likeliest_is_given_and_marked(geocoder):
    location = geocoder.geocode("Springfield")
    assert location.raw["status"] == "ambiguous"
    every = geocoder.geocode("Springfield", exactly_one=False)
    assert len(every) > 3
    assert every[0] == location
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=2)) == 2


@pytest.mark.parametrize("codes", ["lb", "LB", ["lb"], ["cy", "lb"], ("LB",)])
def test_country_codes_leave_out_other_countries(geocoder, codes):
    assert geocoder.geocode("Tripoli", country_codes=codes).raw["country"] == "LB"
    assert {one.raw["country"] for one in geocoder.geocode("Tripoli", country_codes=codes, exactly_one=False)} == {"LB"}


def test_no_place_in_the_countries_is_none(geocoder):
    assert geocoder.geocode("Kharkiv", country_codes="br") is None


def test_a_viewbox_is_a_hint_and_bounded_a_rule(geocoder):
    lebanon = [(33.0, 35.0), (34.8, 36.7)]
    assert geocoder.geocode("Tripoli", viewbox=lebanon).raw["country"] == "LB"
    assert geocoder.geocode("Tripoli", viewbox=["34.8, 36.7", "33, 35"], bounded=True).raw["country"] == "LB"
    assert geocoder.geocode("Kharkiv", viewbox=lebanon).raw["country"] == "UA"
    assert geocoder.geocode("Kharkiv", viewbox=lebanon, bounded=True) is None


def test_a_feature_type_leaves_out_other_places(geocoder):
    assert geocoder.geocode("Raqqa", featuretype="state").raw["feature"] == "A.ADM1"
    assert geocoder.geocode("Raqqa", featuretype="city").raw["feature"].startswith("P.")
    assert geocoder.geocode("Georgia", featuretype="country").raw["country"] == "GE"


@pytest.mark.parametrize(
    ("query", "country", "admin1"),
    [
        ({"city": "Tripoli", "country": "Lebanon"}, "LB", None),
        ({"city": "Tripoli", "country": "ly"}, "LY", None),
        ({"city": "Paris", "state": "Texas", "country": "United States"}, "US", "Texas"),
        ({"city": "Paris", "state": "Texas"}, "US", "Texas"),
        ({"street": "Main Street 1", "city": "Paris", "state": "Texas", "postalcode": "75460"}, "US", "Texas"),
        ({"state": "Georgia", "country": "US"}, "US", None),
        ({"country": "Georgia"}, "GE", None),
    ],
)
def test_structured_queries(geocoder, query, country, admin1):
    raw = geocoder.geocode(query).raw
    assert raw["country"] == country
    assert admin1 in (None, raw["admin1"])


def test_a_place_near_is_preferred():
    assert OfflineGeocoder(near=(33.9, 35.5)).geocode("Tripoli").raw["country"] == "LB"
    assert OfflineGeocoder(near="32.5, 13.2").geocode("Tripoli").raw["country"] == "LY"


@pytest.mark.parametrize("point", [(-1.66, 29.2), "-1.66, 29.2", Point(-1.66, 29.2), [-1.66, 29.2, 0]])
def test_reverse_takes_points_as_geopy_does(geocoder, point):
    location = geocoder.reverse(point)
    assert location.raw["country"] in ("CD", "RW")
    assert location.raw["distance_m"] < 10_000
    assert location.raw["query"] == "-1.66, 29.2"


def test_reverse_gives_the_nearest_first(geocoder):
    found = geocoder.reverse((50.0, 36.23), exactly_one=False, limit=4)
    assert len(found) == 4
    away = [location.raw["distance_m"] for location in found]
    assert away == sorted(away)
    assert geocoder.reverse((50.0, 36.23)) == found[0]


def test_reverse_far_out_at_sea_is_none(geocoder):
    assert geocoder.reverse((-45.0, -140.0)) is None
    assert geocoder.reverse((-45.0, -140.0), exactly_one=False) is None


def test_reverse_looks_no_further_than_told():
    near = OfflineGeocoder(reverse_distance_m=1.0)
    assert near.reverse((50.4, 36.0)) is None


def test_reverse_zooms_out_to_unit_and_country(geocoder):
    assert geocoder.reverse((50.0, 36.23), zoom=3).raw["name"] == "Ukraine"
    assert geocoder.reverse((50.0, 36.23), zoom=6).raw["feature"] == "A.ADM1"
    assert geocoder.reverse((50.0, 36.23), zoom=10).raw["feature"].startswith("P.")


def test_a_longitude_beyond_the_date_line_comes_round(geocoder):
    assert geocoder.reverse((-18.1, 178.4)).raw["place"] == geocoder.reverse((-18.1, -181.6)).raw["place"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"country_codes": "Lebanon"}, GeocoderQueryError),
        ({"country_codes": [7]}, GeocoderQueryError),
        ({"featuretype": "planet"}, GeocoderQueryError),
        ({"viewbox": [(1, 2)]}, GeocoderQueryError),
        ({"viewbox": ["here", "there"]}, ValueError),
        ({"limit": 0, "exactly_one": False}, ValueError),
    ],
)
def test_options_that_cannot_be_used_are_errors_of_geopy(geocoder, options, error):
    with pytest.raises(error):
        geocoder.geocode("Tripoli", **options)


@pytest.mark.parametrize("query", [None, 12, b"Goma", ["Goma"], {"planet": "Mars"}])
def test_queries_that_are_none_are_errors_of_geopy(geocoder, query):
    with pytest.raises(GeopyError):
        geocoder.geocode(query)


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize("point", ["nowhere", (95.0, 10.0), ("a", "b"), None])
def test_points_that_are_none_are_errors(geocoder, point):
    with pytest.raises((ValueError, TypeError)):
        geocoder.reverse(point)


def test_a_rate_limiter_and_a_column_work_as_with_a_service(geocoder):
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    towns = pd.DataFrame({"name": ["Goma", "Qwxyzzplk", "Kharkiv"]})
    towns["location"] = towns["name"].apply(geocode)
    points = towns["location"].apply(lambda location: tuple(location.point) if location else None)
    assert points.isna().tolist() == [False, True, False]


def test_locations_can_be_kept(geocoder):
    location = geocoder.geocode("Goma")
    assert pickle.loads(pickle.dumps(location)) == location


@pytest.mark.parametrize("name", ["Goma", "Kharkiv", "Manbij", "Raqqa", "Bamako", "Hodeidah", "Stepanakert", "Ukraine"])
def test_the_address_of_an_answer_leads_back_to_it(geocoder, name):
    location = geocoder.geocode(name)
    assert geocoder.geocode(location.address).raw["place"] == location.raw["place"]
