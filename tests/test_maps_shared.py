"""What many items have in common is said once, and comes back whole."""

from dataclasses import replace
from datetime import date

import samples

from geomap.maps.shared import Shared
from geomap.models import Report

CLAIM = samples.said("r1", "Trucks left.")
REPORT = Report("r1", "text", CLAIM.source, CLAIM.title, CLAIM.url, CLAIM.published)


def test_a_place_is_said_once():
    shared = Shared()
    again = replace(samples.RAQQA)
    assert [shared.place(place) for place in (samples.RAQQA, samples.HASAKAH, samples.RAQQA, again)] == [0, 1, 0, 0]
    assert [place["name"] for place in shared.places] == ["Raqqa", "Hasakah"]


def test_places_that_only_share_an_id_stay_two():
    shared = Shared()
    assert shared.place(samples.RAQQA) != shared.place(replace(samples.RAQQA, lon=39.2))


def test_a_source_leaves_out_what_its_report_says():
    told = Shared((), [REPORT]).source(CLAIM)
    assert told.keys() == {"report", "quote", "by", "grade"}


def test_a_source_says_what_its_report_says_otherwise_or_not_at_all():
    other = replace(CLAIM, source="Harbour Post", url=None, published=date(2021, 5, 9))
    told = Shared((), [REPORT]).source(other)
    assert told["publisher"] == "Harbour Post"
    assert told["url"] is None, "the page does not take the report's"
    assert told["published"] == "2021-05-09"
    assert "title" not in told


def test_a_source_without_a_report_says_all():
    told = Shared().source(CLAIM)
    assert (told["publisher"], told["published"]) == ("Valley Courier", "2021-05-06")


def test_of_reports_that_count_alike_the_last_is_the_one_that_the_page_has():
    first = replace(REPORT, source="Harbour Post")
    assert Shared((), [first, REPORT]).source(CLAIM).get("publisher") is None
    assert Shared((), [REPORT, first]).source(CLAIM)["publisher"] == "Valley Courier"
