"""Exports of ACLED as incidents; all rows are made up."""

from datetime import date

import pytest
from coded import ACLED_COLUMNS, HASAKAH, acled_row, resolve, rows_of

from geomap.models import IncidentKind, Interval
from geomap.reports.coded.acled import KINDS, is_acled, read_acled


def read(*rows):
    return read_acled(rows_of(*rows), "events", "events.csv", resolve)


def only(**cells):
    events = read(acled_row(**cells))
    assert len(events.incidents) == 1
    return events.incidents[0]


def test_a_row_becomes_an_incident_with_all_it_says():
    found = only()
    assert (found.kind, found.actor, found.id) == (IncidentKind.CLASH, "SDF", "events:SYR1")
    assert found.date == Interval(date(2019, 10, 12), date(2019, 10, 12))
    assert found.trigger == "Battles: Armed clash"
    claim = found.provenance
    assert (claim.source, claim.attributed_to, claim.grade) == ("ACLED", "Border Monitor; Plain Post", "F6")
    assert claim.read_by == "ACLED's coders"
    assert claim.quote == "On 12 October 2019, two forces fought over the grain silos of Tal Bir."
    assert "Military Forces of Turkey (2016-)" in found.note
    assert "Deaths reported, by ACLED: 2." in found.note


def test_quotes_stand_in_the_text_where_the_claims_say():
    rows = acled_row(), acled_row(event_id_cnty="SYR2", notes="Another note."), acled_row(event_id_cnty="SYR3")
    reading = read(*rows).reading()
    for incident in reading.incidents:
        claim = incident.provenance
        assert reading.report.text[claim.start : claim.end] == claim.quote
    assert reading.incidents[0].provenance.start == reading.incidents[2].provenance.start


def test_a_row_without_notes_quotes_its_codes():
    assert only(notes="").provenance.quote == (
        "Armed clash; QSD: Syrian Democratic Forces; Military Forces of Turkey (2016-)"
    )


@pytest.mark.parametrize(
    ("broad", "narrow", "kind"),
    [
        ("Battles", "Armed clash", IncidentKind.CLASH),
        ("Explosions/Remote violence", "Air/drone strike", IncidentKind.STRIKE),
        ("Explosions/Remote violence", "Shelling/artillery/missile attack", IncidentKind.SHELLING),
        ("Explosions/Remote violence", "Remote explosive/landmine/IED", IncidentKind.STRIKE),
        ("Battles", "Government regains territory", IncidentKind.CAPTURE),
        ("Strategic developments", "Non-violent transfer of territory", IncidentKind.CAPTURE),
        ("Strategic developments", "Headquarters or base established", IncidentKind.PRESENCE),
        ("Strategic developments", "Change to group/activity", IncidentKind.SIGHTING),
        ("STRATEGIC DEVELOPMENTS", "CHANGE TO GROUP/ACTIVITY", IncidentKind.SIGHTING),
        ("Battle-Government regains territory", "", IncidentKind.CAPTURE),
        ("Battles", "", IncidentKind.CLASH),
    ],
)
def test_codes_are_called_what_they_mean(broad, narrow, kind):
    assert only(event_type=broad, sub_event_type=narrow).kind is kind


def test_a_change_of_activity_is_no_route():
    found = only(event_type="Strategic developments", sub_event_type="Change to group/activity")
    assert "where forces went is not told" in found.note
    assert not read(acled_row(sub_event_type="Change to group/activity")).reading().movements


def test_other_kinds_are_left_out_and_counted_once():
    rows = [
        acled_row(event_id_cnty=f"SYR{n}", event_type="Protests", sub_event_type="Peaceful protest") for n in range(9)
    ]
    rows += [acled_row(event_id_cnty="SYR99", event_type="Riots", sub_event_type="Mob violence"), acled_row()]
    events = read(*rows)
    assert len(events.incidents) == 1
    (issue,) = events.issues()
    assert issue.message == (
        "events.csv: 10 rows of a kind that is not shown here left out: 9 Peaceful protest, 1 Mob violence"
    )


def test_a_sub_type_nobody_knows_is_not_taken_for_its_type():
    events = read(acled_row(sub_event_type="Duel at dawn"))
    assert not events.incidents
    assert "Duel at dawn" in events.issues()[0].message


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("1", date(2019, 10, 12), date(2019, 10, 12)),
        ("2", date(2019, 10, 9), date(2019, 10, 15)),
        ("3", date(2019, 10, 1), date(2019, 10, 31)),
        ("2.0", date(2019, 10, 9), date(2019, 10, 15)),
        (2, date(2019, 10, 9), date(2019, 10, 15)),
    ],
)
def test_time_precision_gives_the_days_it_may_have_been(precision, first, last):
    found = only(time_precision=precision)
    assert found.date == Interval(first, last)
    assert (found.date_text is None) == (first == last)


def test_some_day_of_a_week_is_no_day_that_is_sure():
    from geomap.maps.days import sure_days

    found = only(time_precision="2")
    assert sure_days(found.date, found.date_text, None) is None


def test_geo_precision_is_a_radius_or_a_region():
    town, near, region = (only(geo_precision=code).places[0] for code in ("1", "2", "3"))
    assert (town.place.precision_m, near.place.precision_m) == (5_000, 25_000)
    assert (town.place.lon, town.place.lat, town.place.country) == (40.37, 36.65, "SY")
    assert region.place == HASAKAH
    assert region.place.is_area
    assert region.text == "Al Hasakeh"
    assert "Tal Bir stands for it" in region.reason


def test_a_region_that_does_not_hold_the_point_is_not_taken():
    found = only(geo_precision="3", latitude="33.5", longitude="36.3").places[0]
    assert found.place != HASAKAH
    assert (found.place.lat, found.place.precision_m, found.place.is_area) == (33.5, 100_000, True)


def test_without_a_code_a_point_is_not_taken_for_exact():
    assert only(geo_precision="").places[0].place.precision_m == 25_000


@pytest.mark.parametrize(
    ("lat", "lon"), [("0", "0"), ("", ""), ("n/a", "40.37"), ("95", "40.37"), ("36.65", "400"), (None, float("nan"))]
)
def test_points_that_cannot_be_are_replaced_by_the_name_and_told(lat, lon):
    events = read(acled_row(latitude=lat, longitude=lon))
    assert events.incidents[0].places[0].place.id == "user:tal-bir"
    (issue,) = events.issues()
    assert issue.message == "events.csv, line 2: gives no latitude and longitude that can be; placed by name"


def test_a_place_nobody_knows_is_kept_without_a_spot():
    events = read(acled_row(latitude="", longitude="", location="Nowhere"))
    assert events.incidents[0].places[0].place is None
    assert "not on the map" in events.issues()[0].message


@pytest.mark.parametrize(("lat", "lon"), [("36,65", "40,37"), ("'36.65", " 40.37 "), (36.65, 40.37)])
def test_decimal_commas_guards_and_numbers_are_read(lat, lon):
    place = only(latitude=lat, longitude=lon).places[0].place
    assert (place.lat, place.lon) == (36.65, 40.37)


@pytest.mark.parametrize(
    "written", ["12 October 2019", "2019-10-12 00:00:00", "12-Oct-2019", "October 12, 2019", date(2019, 10, 12)]
)
def test_days_are_read_however_they_are_written(written):
    assert only(event_date=written).date.start == date(2019, 10, 12)


def test_a_column_of_days_tells_its_own_order():
    rows = [acled_row(event_date="03/10/2019"), acled_row(event_id_cnty="SYR2", event_date="14/10/2019")]
    assert [i.date.start for i in read(*rows).incidents] == [date(2019, 10, 3), date(2019, 10, 14)]
    rows = [acled_row(event_date="10/03/2019"), acled_row(event_id_cnty="SYR2", event_date="10/14/2019")]
    assert [i.date.start for i in read(*rows).incidents] == [date(2019, 10, 3), date(2019, 10, 14)]


def test_days_that_may_be_two_are_no_day():
    events = read(acled_row(event_date="03/10/2019"), acled_row(event_id_cnty="SYR2", event_date="soon"))
    assert [i.date for i in events.incidents] == [None, None]
    assert [i.date_text for i in events.incidents] == ["03/10/2019", "soon"]
    (issue,) = events.issues()
    assert issue.message == (
        "events.csv, line 2: has no day that can be read; write it as 2019-01-31 (and 1 further row)"
    )


def test_who_regained_territory_is_the_actor_whichever_column_it_is_in():
    cells = {"sub_event_type": "Government regains territory", "actor2": "Military Forces of Syria (2000-2024)"}
    assert only(**cells, inter2="State forces").actor == "Syrian government"
    assert only(**cells, inter1="2", inter2="1").actor == "Syrian government"
    assert only(**cells, inter2="").actor == "SDF"
    lost = {"sub_event_type": "Non-state actor overtakes territory", "actor1": "Military Forces of Syria (2000-2024)"}
    assert only(**lost, actor2="Islamic State (Syria)", inter1="1", inter2="2").actor == "ISIS"


def test_a_grade_that_a_person_added_is_kept():
    assert only(grade="b2").provenance.grade == "B2"
    assert only(grade="good").provenance.grade == "F6"


def test_the_header_once_more_and_events_told_twice_are_left_out():
    events = read(acled_row(), {name: name for name in ACLED_COLUMNS}, acled_row())
    assert len(events.incidents) == 1
    assert [issue.message for issue in events.issues()] == [
        "events.csv, line 3: repeats the header; left out",
        "events.csv, line 4: bears the id of an event that came before; left out",
    ]


def test_older_names_of_columns_are_known():
    older = {
        "data_id": "77", "event_date": "2015-03-02", "time_preci": "1", "event_type": "Remote violence",
        "actor1": "Boko Haram", "ally_actor_1": "", "inter1": "2", "actor2": "Civilians (Nigeria)", "inter2": "7",
        "country": "Nigeria", "location": "Old Market", "latitude": "11.8", "longitude": "13.1", "geo_precis": "1",
    }  # fmt: skip
    assert is_acled(older)
    (found,) = read(older).incidents
    assert (found.id, found.kind, found.actor) == ("events:77", IncidentKind.STRIKE, "Boko Haram")
    assert found.places[0].place.precision_m == 5_000


def test_numbers_that_begin_anew_in_each_country_are_no_ids():
    rows = [acled_row(event_id_no_cnty="7", country=country) for country in ("Syria", "Turkey")]
    rows = [{name: value for name, value in row.items() if name != "event_id_cnty"} for row in rows]
    assert [incident.id for incident in read(*rows).incidents] == ["events:line 2", "events:line 3"]


def test_a_cell_that_slipped_into_another_column_is_told_in_short():
    (issue,) = read(acled_row(sub_event_type="A whole sentence. " * 50)).issues()
    assert len(issue.message) < 150


def test_tables_of_others_are_not_taken_for_acled():
    assert is_acled(ACLED_COLUMNS)
    assert is_acled(reversed(ACLED_COLUMNS[:12]))
    assert not is_acled(["from", "to", "date", "actor"])
    assert not is_acled(["event_date", "event_type", "latitude", "longitude"])
    assert not is_acled([])


def test_an_empty_table_gives_nothing():
    events = read()
    assert (events.incidents, events.issues()) == ([], ())


def test_every_kind_is_written_as_it_is_looked_up():
    assert all(code == code.lower() for code in KINDS)
