from __future__ import annotations

from datetime import date, timedelta

from geomap.reports.intake.headers import header_from, parse_header


def test_the_day_is_that_of_the_zone_given():
    header = header_from({"published": "2021-05-11T00:30:00+03:00"})
    assert (header.published, header.published_at.utcoffset()) == (date(2021, 5, 11), timedelta(hours=3))


def test_authors_are_kept():
    assert header_from({"author": ["Ada Okoro", "Sékou Traoré"]}).author == "Ada Okoro, Sékou Traoré"
    assert parse_header("Author: Ada Okoro\n\nSoldiers left.").author == "Ada Okoro"


def test_key_lines_may_have_empty_lines_between_them():
    text = "Published: 2021-05-11\n\nSource: Wire\n\nSoldiers left."
    header = parse_header(text)
    assert (header.published, header.source) == (date(2021, 5, 11), "Wire")
    assert text[header.body_start :].strip() == "Soldiers left."
