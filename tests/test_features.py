import pandas as pd
import pytest
from records import ALFA, BRAVO, ROUTE, TEXT, reading, readings
from shapely.geometry import LineString, MultiLineString, Point

from geomap import features
from geomap.models import How, Leg, Route
from geomap.schema import SCHEMA, Layer

PREPARED = """
    from to via actor date date_end status kind mode vehicles troops source published url quote title
    grade note
""".split()


@pytest.mark.parametrize("layer", Layer)
@pytest.mark.parametrize("found", [readings(), ()], ids=["some", "none"])
def test_every_layer_has_the_columns_and_dtypes_of_the_schema(layer, found):
    table = features.frame(layer, found)
    assert list(table.columns) == [column.name for column in SCHEMA[layer]] + ["geometry"]
    assert {name: str(dtype) for name, dtype in table.dtypes.items() if name != "geometry"} == {
        column.name: column.dtype for column in SCHEMA[layer]
    }
    assert table.crs == "EPSG:4326"


def test_a_column_means_the_same_in_every_layer_that_has_it():
    dtypes = {}
    for layer in Layer:
        for column in SCHEMA[layer]:
            assert dtypes.setdefault(column.name, column.dtype) == column.dtype


def test_movements_have_every_column_of_a_prepared_table():
    assert set(PREPARED) <= {column.name for column in SCHEMA[Layer.MOVEMENTS]}


def test_movement_tells_who_where_when_and_by_whom():
    row = features.movements(readings()).iloc[0]
    assert (row["actor"], row["from"], row["to"], row["to_text"]) == (
        "Germany",
        "Alfa",
        "Bravo; Charlie",
        "the base; Charlie",
    )
    assert (row["from_lon"], row["to_place"], row["to_precision_m"]) == (ALFA.lon, BRAVO.id, 2000.0)
    assert (row["date"], row["date_end"]) == (pd.Timestamp("2020-01-03"), pd.Timestamp("2020-01-04"))
    assert (row["vehicles"], row["how"], row["crossings"]) == (12, "inferred; schematic", "Gate")
    assert row["length_m"] == pytest.approx(83_000.4)
    assert row["quote"].endswith("to Bravo.")


def test_movement_names_the_issues_of_its_own_words_and_line_only():
    first = features.movements(readings()).iloc[0]
    assert first["issues"] == "'Charlie' is unknown; the last part follows no road"


def test_unknown_values_stay_missing():
    row = features.movements(readings()).iloc[1]
    assert row[["actor", "from", "date", "vehicles", "length_m"]].isna().all()
    assert row["geometry"] is None


def test_route_line_joins_legs_that_meet():
    line = features.route_line(ROUTE)
    assert isinstance(line, LineString)
    assert list(line.coords) == [(10.123456789, 50.0), (10.5, 50.2), (11.0, 50.5)]


def test_route_line_keeps_a_gap_between_legs():
    apart = Route(
        (
            Leg(How.INFERRED, LineString([(0, 0), (1, 0)]), 1.0),
            Leg(How.INFERRED, LineString([(2, 0), (3, 0)]), 1.0),
        )
    )
    line = features.route_line(apart)
    assert isinstance(line, MultiLineString)
    assert [list(part.coords) for part in line.geoms] == [[(0, 0), (1, 0)], [(2, 0), (3, 0)]]


def test_route_line_that_turns_back_keeps_its_direction():
    there = Leg(How.INFERRED, LineString([(0, 0), (1, 0)]), 1.0)
    back = Leg(How.INFERRED, LineString([(1, 0), (0, 0)]), 1.0)
    assert list(features.route_line(Route((there, back))).coords) == [(0, 0), (1, 0), (0, 0)]


def test_no_route_has_no_line():
    assert features.route_line(None) is None


def test_unresolved_place_is_a_row_without_a_point():
    places = features.places(readings())
    assert places["certainty"].tolist() == ["resolved", "unknown"]
    assert places.geometry.iloc[0] == Point(ALFA.lon, ALFA.lat)
    assert places.geometry.iloc[1] is None


def test_issues_hold_those_of_routes_once():
    found = reading()
    assert [issue.message for issue in features.issues_of(found)] == [
        "'Charlie' is unknown",
        "'Zulu' is unknown",
        "the last part follows no road",
    ]


def test_separator_in_a_name_does_not_split_it():
    assert features._listed(["A;B", "C"]) == "A,B; C"


def test_only_sources_have_the_texts_and_only_where_asked_for():
    assert [layer for layer in Layer for column in SCHEMA[layer] if column.name == "text"] == [Layer.SOURCES]
    assert features.sources(readings())["text"].isna().all()
    assert features.sources(readings(), keep_text=True)["text"].tolist() == [TEXT, "Nothing here."]


def test_what_a_person_may_correct_comes_first():
    for layer in (Layer.MOVEMENTS, Layer.AREAS, Layer.INCIDENTS):
        names = [column.name for column in SCHEMA[layer]]
        last = names.index("grade")
        editable = {column.name for column in SCHEMA[layer] if column.editable and not column.name.endswith("_place")}
        assert names[:2] == ["id", "report_id"]
        assert editable - set(names[: last + 1]) == set()
        assert names[-2:] == ["corrected", "as_read"]


def test_sources_list_what_was_read_in_each_report():
    sources = features.sources(readings())
    items = sources["items"][0].split()
    assert len(items) == len(set(items)) == 4
    assert pd.isna(sources["items"][1])
    told = [
        mark[3:9]
        for layer in ("movements", "areas", "incidents")
        for mark in getattr(features, layer)(readings())["as_read"]
    ]
    assert told == items
