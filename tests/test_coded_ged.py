"""Tables of UCDP GED as incidents; all rows are made up."""

from datetime import date

import pytest
from coded import HASAKAH, SYRIA, acled_row, ged_row, resolve, rows_of

from geomap.models import IncidentKind, Interval
from geomap.reports.coded.ged import is_ged, read_ged
from geomap.reports.coded.tables import coded_items


def read(*rows):
    return read_ged(rows_of(*rows), "ged", "ged.csv", resolve)


def only(**cells):
    events = read(ged_row(**cells))
    assert len(events.incidents) == 1
    return events.incidents[0]


def test_a_row_becomes_an_incident_with_all_it_says():
    found = only()
    assert (found.id, found.kind, found.actor) == ("ged:401", IncidentKind.CLASH, "Syrian government")
    assert found.date == Interval(date(2019, 10, 12), date(2019, 10, 12))
    claim = found.provenance
    assert (claim.source, claim.attributed_to, claim.published) == ("UCDP GED", "Plain Post", date(2019, 10, 14))
    assert (claim.quote, claim.read_by) == ("Fighting near Tal Bir", "UCDP's coders")
    assert "best estimate: 5 (3 to 9)" in found.note


def test_violence_against_civilians_is_left_out_and_counted():
    events = read(ged_row(), ged_row(id="402", type_of_violence="3"), ged_row(id="403", type_of_violence=""))
    assert len(events.incidents) == 1
    assert "1 one-sided violence, 1 type of violence missing" in events.issues()[0].message


@pytest.mark.parametrize(
    ("code", "radius", "is_area"),
    [("1", 5_000, False), ("2", 25_000, False), ("3", 30_000, True), ("5", 100_000, True), ("", 25_000, False)],
)
def test_where_prec_is_a_radius(code, radius, is_area):
    place = only(where_prec=code).places[0].place
    assert (place.precision_m, place.is_area) == (radius, is_area)


def test_provinces_and_countries_are_areas():
    assert only(where_prec="4").places[0].place == HASAKAH
    assert only(where_prec="6", latitude="35", longitude="38.5").places[0].place == SYRIA


def test_some_day_of_several_is_not_all_of_them():
    cells = {"date_end": "2019-10-18"}
    assert only(**cells, date_prec="3").date_text == "between 2019-10-12 and 2019-10-18"
    assert only(**cells, date_prec="1").date_text is None
    assert only(date_start="then").date is None
    assert only(date_end="2019-10-01").date is None


def test_columns_tell_the_table():
    assert is_ged(ged_row())
    assert not is_ged(acled_row())
    assert coded_items([ged_row()]) is not None
