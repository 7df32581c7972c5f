"""Columns of names in, GeoDataFrames out."""

import numpy as np
import pandas as pd
import pytest
from shapely import Point

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer, Kind
from geomap.gazetteer.frames import candidates_frame, places_frame, resolve_frame
from geomap.models import Certainty, Resolution

COLUMNS = [
    "query", "status", "place", "name", "country", "admin1", "feature", "precision_m", "score", "reason", "geometry",
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


class Counting:
    """A gazetteer that keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def ahead_of(self, names):
        return self

    def resolve(self, name, **context):
        self.asked.append((name, context))
        return Resolution(name, Certainty.UNKNOWN, "never heard of it")


def test_a_column_keeps_its_index_order_and_values(gazetteer):
    names = pd.Series(["Kharkiv", "Qwxyzzplk", "Kharkiv", "Goma"], index=[7, 3, 3, "x"], name="town")
    frame = resolve_frame(gazetteer, names)
    assert list(frame.columns) == COLUMNS
    assert frame.index.equals(names.index)
    assert frame["query"].tolist() == names.tolist()
    assert frame["country"].fillna("-").tolist() == ["UA", "-", "UA", "CD"]
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.iloc[0].distance(Point(36.23, 49.99)) < 0.1


def test_an_unknown_name_has_no_place_and_a_reason(gazetteer):
    row = resolve_frame(gazetteer, ["Qwxyzzplk"]).iloc[0]
    assert row["status"] == "unknown"
    assert row["reason"]
    assert row.geometry is None
    assert row[["place", "name", "country", "feature", "precision_m", "score"]].isna().all()


def test_an_ambiguous_name_carries_its_likeliest_place_and_says_so(gazetteer):
    row = resolve_frame(gazetteer, ["Springfield"]).iloc[0]
    best = gazetteer.resolve("Springfield").candidates[0]
    assert row["status"] == "ambiguous"
    assert (row["place"], row["score"]) == (best.place.id, best.score)
    assert "hardly likelier" in row["reason"]


@pytest.mark.parametrize("gone", [None, np.nan, pd.NA, pd.NaT])
def test_what_is_missing_is_unknown(gazetteer, gone):
    frame = resolve_frame(gazetteer, pd.Series(["Goma", gone], dtype=object))
    assert frame["status"].tolist() == ["resolved", "unknown"]
    assert frame["reason"].iloc[1] == "no name is given"


def test_what_is_no_text_is_unknown_and_said(gazetteer):
    frame = resolve_frame(gazetteer, ["Goma", 12, 3.5, b"Goma"])
    assert frame["status"].tolist() == ["resolved", "unknown", "unknown", "unknown"]
    assert "12 is no text" in frame["reason"].iloc[1]


@pytest.mark.parametrize("names", [[], (), pd.Series(dtype=object), pd.Series(dtype="string"), iter(())])
def test_no_names_give_an_empty_table_of_the_same_columns(gazetteer, names):
    frame = resolve_frame(gazetteer, names)
    assert list(frame.columns) == COLUMNS
    assert len(frame) == 0
    assert frame.crs == "EPSG:4326"


def test_columns_of_an_empty_and_a_full_table_have_the_same_types(gazetteer):
    empty, full = resolve_frame(gazetteer, []), resolve_frame(gazetteer, ["Goma"])
    assert empty.dtypes.drop("query").equals(full.dtypes.drop("query"))


@pytest.mark.parametrize("make", [list, tuple, np.array, pd.Index, lambda names: (name for name in names)])
def test_any_iterable_of_names_will_do(gazetteer, make):
    assert resolve_frame(gazetteer, make(["Goma", "Kharkiv"]))["country"].tolist() == ["CD", "UA"]


def test_countries_a_country_each_and_neighbours_choose(gazetteer):
    names = pd.Series(["Tripoli", "Tripoli", "Tripoli"], index=list("abc"))
    each = pd.Series(["LB", None, "LY"], index=names.index)
    assert resolve_frame(gazetteer, names, countries=["LB"])["country"].tolist() == ["LB", "LB", "LB"]
    assert resolve_frame(gazetteer, names, country=each)["country"].iloc[[0, 2]].tolist() == ["LB", "LY"]
    assert resolve_frame(gazetteer, names, near=(35.5, 33.9))["country"].tolist() == ["LB", "LB", "LB"]
    points = [Point(35.5, 33.9), Point(), (13.2, 32.5)]
    assert resolve_frame(gazetteer, names, near=points)["country"].iloc[[0, 2]].tolist() == ["LB", "LY"]


def test_a_kind_for_all_or_for_each_chooses(gazetteer):
    names = ["Raqqa", "Raqqa"]
    assert resolve_frame(gazetteer, names, kind=Kind.PROVINCE)["feature"].tolist() == ["A.ADM1", "A.ADM1"]
    each = resolve_frame(gazetteer, names, kind=["province", "town"])["feature"].tolist()
    assert each[0] == "A.ADM1"
    assert each[1].startswith("P.")


def test_each_different_question_is_asked_once():
    counting = Counting()
    resolve_frame(counting, ["a", "b", "a", "a"], country=["SY", "SY", "SY", "IQ"])
    assert [(name, context["countries"]) for name, context in counting.asked] == [
        ("a", ("SY",)), ("b", ("SY",)), ("a", ("IQ",)),
    ]  # fmt: skip


def test_a_name_is_answered_alike_alone_and_among_many(gazetteer):
    names = ["Tripoli", "Hasakah province", "al-Bab", "Kharkvi", "Paris, Texas", "الرقة", "Calif.", "", "33.8, 42.4"]
    frame = resolve_frame(gazetteer, names * 3)
    alone = [gazetteer.resolve(name) for name in names]
    assert frame["reason"].tolist() == [answer.reason for answer in alone] * 3
    assert frame["place"].fillna("").tolist() == [answer.place.id if answer.place else "" for answer in alone] * 3


def test_the_method_of_the_gazetteer_is_the_same(gazetteer):
    names = pd.Series(["Tripoli", "Goma"], index=[5, 6])
    pd.testing.assert_frame_equal(gazetteer.resolve_frame(names), resolve_frame(gazetteer, names))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"country": ["SY"]}, "1 values for 2 names"),
        ({"country": ["SY", "Iraq"]}, "'Iraq' is no country"),
        ({"country": pd.Series(["SY", "IQ"], index=[8, 9])}, "another index"),
        ({"near": [(1.0, 2.0), "Raqqa"]}, "'Raqqa' is no position"),
        ({"near": [(1.0, 95.0), None]}, "lat"),
        ({"near": [(1.0, 2.0, 3.0), None]}, "no position"),
        ({"kind": ["town", "planet"]}, "planet"),
        ({"kind": "planet"}, "planet"),
    ],
)
def test_columns_that_do_not_fit_are_refused(gazetteer, options, words):
    with pytest.raises(InputError, match=words):
        resolve_frame(gazetteer, pd.Series(["Goma", "Raqqa"]), **options)


def test_a_single_text_is_no_column(gazetteer):
    with pytest.raises(InputError, match="single name"):
        resolve_frame(gazetteer, "Goma")


def test_the_column_itself_is_left_alone(gazetteer):
    names = pd.Series(["Goma", None])
    before = names.copy()
    resolve_frame(gazetteer, names)
    pd.testing.assert_series_equal(names, before)


def test_candidates_as_a_table(gazetteer):
    found = gazetteer.search("Tripoli", limit=3)
    frame = candidates_frame(found)
    assert frame["rank"].tolist() == [1, 2, 3]
    assert frame["place"].tolist() == [candidate.place.id for candidate in found]
    assert frame["score"].is_monotonic_decreasing
    assert (frame.geometry.x.iloc[0], frame.geometry.y.iloc[0]) == (found[0].place.lon, found[0].place.lat)
    assert list(candidates_frame(()).columns) == list(frame.columns)


def test_places_as_a_table(gazetteer):
    found = gazetteer.within((36.0, 33.0, 37.0, 34.0), least_population=50_000)
    frame = places_frame(found)
    assert frame["name"].tolist() == [place.name for place in found]
    assert frame["population"].min() >= 50_000
    assert frame.crs == "EPSG:4326"
    assert list(places_frame([]).columns) == list(frame.columns)
