"""What a map says of itself is generated, and never empty."""

from dataclasses import replace
from datetime import timedelta

import pytest
import samples

from geomap.care import Care
from geomap.maps.about import about
from geomap.maps.webmap import Map


def sections(page: Map, *, base: dict | None = None, scope: str | None = None) -> dict[str, str]:
    made = about(page.story.ready(), base or {}, scope=scope)["sections"]
    assert all(section["title"] and section["text"] for section in made)
    return {section["title"]: " ".join([*section["text"], *(": ".join(pair) for pair in section["terms"])])
            for section in made}  # fmt: skip


@pytest.fixture
def page() -> Map:
    return Map.from_readings(samples.readings())


def test_what_it_covers_is_counted_and_dated(page):
    text = sections(page, scope="Three weeks in the north.")["What it covers"]
    assert text.startswith("Three weeks in the north.")
    assert "6 movements, 2 areas, 2 incidents, from 2 reports, published 6 May 2021 to 8 May 2021" in text
    assert "It tells of 4 May 2021 to 12 May 2021" in text
    assert "no present position" in text


def test_an_empty_map_says_that_it_is(page):
    made = sections(Map())
    assert made["What it covers"].startswith("Nothing, from 0 reports.")
    assert made["The ground"]
    assert "Kept back" not in made


def test_what_was_kept_back_is_told(page):
    assert "Kept back" not in sections(page)
    page.story.care = Care(timedelta(hours=72), 3, 5.0, 1)
    text = sections(page)["Kept back"]
    assert "younger than 72 hours are left out: 3 items." in text
    assert "rounded to 5 km" in text
    assert "The source of 1 report is withheld" in text
    page.story.care = Care(timedelta(days=7))
    assert "younger than 7 days are left out: None." in sections(page)["Kept back"]


def test_hidden_sources_are_counted_without_being_named():
    text = sections(Map.from_readings(samples.readings(), hide_sources=["Harbour Post"]))["Kept back"]
    assert "1 report is withheld" in text
    assert "Harbour" not in text


def test_the_method_tells_only_of_what_was_done(page):
    read = sections(page)["How it was made"]
    assert "gazetteer" in read
    assert "inferred: the shortest way" in read
    assert "F6: nobody has judged" in read
    assert "Joined" not in read
    assert "Joined" in sections(Map.from_readings(samples.told_twice()))["How it was made"]
    drawn = sections(Map().add_route(samples.movements()[0].route, "A column."))["How it was made"]
    assert "drawn by hand" in drawn
    assert "gazetteer" not in drawn


def test_other_readers_and_grades_are_named(page):
    (movement, *_) = page.story.movements
    claim = replace(movement.provenance, read_by="a model at host.example", grade="B2")
    page.story.movements[0] = replace(movement, provenance=claim)
    text = sections(page)["How it was made"]
    assert "by a model at host.example where the card says so" in text
    assert "NATO Admiralty" in text


def test_corrections_by_hand_are_counted(page):
    assert "by hand" not in sections(page)["How it was made"]
    movement = page.story.movements[0]
    page.story.movements[0] = replace(movement, provenance=replace(movement.provenance, by_hand=("to",)))
    assert "1 item corrected or added by hand" in sections(page)["How it was made"]


def test_the_ground_says_whose_borders_it_draws(page):
    view = {"words": "Borders show who holds the ground.", "disputed": ["Isle One", "Isle Two"]}
    text = sections(page, base={"view": view})["The ground"]
    assert text == "Borders show who holds the ground. Disputed: Isle One, Isle Two."


def test_time_tells_only_of_what_the_bar_has(page):
    text = sections(page)["Time"]
    assert "on some day of several" in text, "a movement of two days is dated 'Tuesday'"
    assert "By report time" not in text
    told = sections(Map.from_readings(samples.told_twice()))["Time"]
    assert "By report time" in told
    assert "on some day of several" not in told
    assert "Time" not in sections(Map())
