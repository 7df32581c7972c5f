"""Event tables of GDELT as incidents; all rows are made up."""

from datetime import date

import pytest
from coded import GDELT_COLUMNS, HASAKAH, SYRIA, gdelt_row, resolve, rows_of

from geomap.models import IncidentKind, Interval
from geomap.reports.coded.gdelt import columns_without_header, is_gdelt, read_gdelt


def read(*rows):
    return read_gdelt(rows_of(*rows), "daily", "daily.csv", resolve)


def only(**cells):
    events = read(gdelt_row(**cells))
    assert len(events.incidents) == 1
    return events.incidents[0]


def test_a_row_becomes_an_incident_that_says_software_coded_it():
    found = only()
    assert (found.id, found.kind, found.actor) == ("daily:880000001", IncidentKind.STRIKE, "Turkey")
    assert found.date == Interval(date(2019, 10, 12), date(2019, 10, 12))
    claim = found.provenance
    assert (claim.source, claim.attributed_to, claim.grade) == ("GDELT", "post.example", "F6")
    assert (claim.url, claim.published) == ("https://www.post.example/strike-on-tal-bir", date(2019, 10, 13))
    assert claim.read_by == "GDELT's software"
    assert claim.quote == "TURKEY; 195; SYRIA; Tal Bir, Al Hasakah, Syria"
    assert "Coded by software" in found.note
    assert "8 mentions, 2 sources, 7 articles" in found.note


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("190", IncidentKind.CLASH), ("192", IncidentKind.CAPTURE), ("193", IncidentKind.CLASH),
        ("194", IncidentKind.SHELLING), ("195", IncidentKind.STRIKE), ("1952", IncidentKind.STRIKE),
        ("1831", IncidentKind.STRIKE), ("154", IncidentKind.PRESENCE), (195, IncidentKind.STRIKE),
        (195.0, IncidentKind.STRIKE),
    ],
)  # fmt: skip
def test_codes_of_force_are_shown(code, kind):
    assert only(eventcode=code).kind is kind


@pytest.mark.parametrize("code", ["010", "043", "152", "191", "196", "0874", "172", "200", "", "19", "x"])
def test_codes_that_name_no_deed_at_a_place_are_not(code):
    assert not read(gdelt_row(eventcode=code, eventrootcode=code[:2])).incidents


def test_what_is_left_out_is_counted_by_its_root_code():
    rows = [gdelt_row(globaleventid=str(n), eventcode="043", eventrootcode="04") for n in range(3)]
    rows += [gdelt_row(globaleventid="7", eventcode="10", eventrootcode="1"), gdelt_row()]
    (issue,) = read(*rows).issues()
    assert issue.message == (
        "daily.csv: 4 rows of a kind that is not shown here left out: 3 consultations (CAMEO 04), "
        "1 statements (CAMEO 01)"
    )


def test_rows_of_one_article_on_one_deed_are_one_event():
    twin = gdelt_row(
        globaleventid="880000002", actor1name="", actor1countrycode="", actor2name="TURKEY", nummentions="11"
    )
    other_place = gdelt_row(globaleventid="880000003", actiongeo_lat="36.9")
    other_article = gdelt_row(globaleventid="880000004", sourceurl="https://daily.example/1")
    events = read(gdelt_row(), twin, other_place, other_article)
    assert [i.id for i in events.incidents] == ["daily:880000001", "daily:880000003", "daily:880000004"]
    assert "2 rows of the table tell of it." in events.incidents[0].note
    assert "11 mentions" in events.incidents[0].note


def test_rows_without_an_address_are_not_taken_for_one_event():
    events = read(gdelt_row(sourceurl=""), gdelt_row(sourceurl="", globaleventid="880000002"))
    assert len(events.incidents) == 2
    assert events.incidents[0].provenance.url is None


def test_how_exactly_a_place_is_known_follows_its_type():
    town = only().places[0].place
    assert (town.name, town.precision_m, town.country, town.is_area) == ("Tal Bir", 5_000, "SY", False)
    province = only(actiongeo_type="5", actiongeo_fullname="Al Hasakah, Al Hasakah, Syria").places[0]
    assert province.place == HASAKAH
    country = only(actiongeo_type="1", actiongeo_fullname="Syria", actiongeo_lat="35", actiongeo_long="38").places[0]
    assert country.place == SYRIA
    assert "knows the country only" in country.reason


def test_an_area_nobody_knows_is_a_circle_and_no_spot():
    place = only(actiongeo_type="1", actiongeo_fullname="Ruritania").places[0].place
    assert (place.precision_m, place.is_area, place.lat) == (500_000, True, 36.65)


def test_a_row_without_a_place_is_kept_and_told():
    events = read(gdelt_row(actiongeo_type="0", actiongeo_fullname="", actiongeo_lat="", actiongeo_long=""))
    assert events.incidents[0].places[0].place is None
    assert "not on the map" in events.issues()[0].message


def test_actors_without_forces_of_a_state_keep_their_name():
    assert only(actor1name="MILITANT", actor1countrycode="SYR", actor1type1code="INS").actor == "Militant"
    assert only(actor1name="ISLAMIC STATE", actor1countrycode="", actor1type1code="REB").actor == "ISIS"
    assert only(actor1name="").actor is None


@pytest.mark.parametrize(("columns", "extra"), [(57, 0), (58, 0), (61, 3)])
def test_files_without_a_header_are_known_by_their_first_row(columns, extra):
    cells = ["880000001", "20191012", *[""] * 200][:columns]
    names = columns_without_header(cells)
    assert len(names) == columns
    assert names[26] == "eventcode"
    assert names.index("actiongeo_lat") - names.index("actiongeo_type") == (5 if extra else 4)
    assert (names[-1] == "sourceurl") == (columns > 57)


@pytest.mark.parametrize("cells", [[], ["from", "to"], ["x"] * 58, ["1", "2019-10-12", *[""] * 56], ["1"] * 58])
def test_other_tables_are_not_taken_for_files_without_a_header(cells):
    assert columns_without_header(cells) == ()


def test_columns_tell_a_table_of_gdelt():
    assert is_gdelt(GDELT_COLUMNS)
    assert is_gdelt(["sourceurl", "actiongeo_long", "actiongeo_lat", "eventcode"])
    assert not is_gdelt(["eventcode", "lat", "lon"])


def test_days_that_cannot_be_are_told():
    events = read(gdelt_row(sqldate="20191399"))
    assert events.incidents[0].date is None
    assert "20190131" in events.issues()[0].message
