"""Hidden sources: nothing that tells who they are stays, and all that does not."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest
import samples

from geomap.care import WITHHELD, Veil, without_sources
from geomap.errors import InputError
from geomap.linking.events import events_of
from geomap.models import Area, Event, Issue, Provenance, Reading, Report

QUOTE = "The Valley Courier has learnt that about 20 trucks left Raqqa, Ada Lake writes for Valley  Courier."
CLAIM = Provenance(
    "valley-courier-17", "Valley Courier", "Columns on the move", "https://courier.example/columns", date(2021, 5, 6),
    QUOTE, 7, 99, ((QUOTE.index("about"), QUOTE.index("trucks")), (4, 11)), "Ada Lake", grade="B2",
)  # fmt: skip
SECRETS = ("valley", "courier", "ada lake", "columns on the move", "20 trucks left", "a story")
OTHER = "Trucks left Raqqa, the Valley Courier reports, though the harbour saw none."


def readings() -> list[Reading]:
    first = replace(samples.movements()[0], id="valley-courier-17:m1", provenance=CLAIM, event="valley-courier-17:m1")
    claim = replace(
        samples.said("r2", OTHER, "though", "Valley"), source="Harbour Post", attributed_to="Valley Courier"
    )
    second = replace(samples.movements()[1], id="r2:m1", provenance=claim, event="valley-courier-17:m1")
    zone = replace(samples.areas()[0], id="valley-courier-17:a1", provenance=CLAIM, text="a story of a corridor")
    return [
        Reading(
            Report("valley-courier-17", QUOTE, "Valley Courier", "Columns on the move", CLAIM.url, date(2021, 5, 6),
                   "en", author="Ada Lake"),
            movements=(first,),
            areas=(zone,),
            issues=(Issue("read", "valley-courier-17.pdf: page 3 is a picture", "valley-courier-17", 3, 5),),
        ),
        Reading(
            Report("r2", OTHER, "Harbour Post", "What the Valley Courier saw", None, date(2021, 5, 8)),
            movements=(second,),
            issues=(Issue("load", "valley-courier-17.txt is the same as r2"),),
        ),
    ]  # fmt: skip


def told(record: object, *, but: tuple[str, ...] = ()) -> str:
    """Everything a record holds, in small letters."""
    return repr([getattr(record, f.name) for f in fields(record) if f.name not in but]).lower()


@pytest.mark.parametrize("name", ["Valley Courier", "valley  courier", "Courier", "Ada Lake", "valley-courier-17"])
def test_nothing_tells_who_it_is_and_day_and_grade_stay(name):
    found, _ = without_sources(readings(), [name])
    everything = told(found[0]) + told(found[1].movements[0]) + repr(found[1].issues).lower()
    known = SECRETS if name == "Valley Courier" else ("columns on the move", "20 trucks left", "valley-courier-17")
    assert [secret for secret in known if secret in everything] == []
    claim = found[0].movements[0].provenance
    assert (claim.published, claim.grade, claim.withheld) == (date(2021, 5, 6), "B2", True)
    assert found[0].report.published == date(2021, 5, 6)


def test_what_it_tells_stays():
    before, (after, _) = readings(), without_sources(readings(), ["Valley Courier"])[0]
    one, other = before[0].movements[0], after.movements[0]
    assert (other.actor, other.date, other.status, other.route) == (one.actor, one.date, one.status, one.route)
    assert other.origin == one.origin
    assert isinstance(after.areas[0], Area)
    assert after.areas[0].text == "corridor"


def test_other_sources_stay_but_for_the_name():
    _, other = without_sources(readings(), ["Valley Courier"])[0]
    claim = other.movements[0].provenance
    assert claim.source == "Harbour Post"
    assert claim.quote == f"Trucks left Raqqa, the {WITHHELD} reports, though the harbour saw none."
    (mark,) = claim.marks
    assert claim.quote[slice(*mark)] == "though"
    assert claim.attributed_to == WITHHELD
    assert claim.url is None, "it leads to the hidden source's site"
    assert other.report.title == f"What the {WITHHELD} saw"


def test_quotes_can_be_kept_without_the_names():
    found, _ = without_sources(readings(), ["Valley Courier", "Ada Lake"], keep_quotes=True)
    claim = found[0].movements[0].provenance
    assert (
        claim.quote == f"The {WITHHELD} has learnt that about 20 trucks left Raqqa, {WITHHELD} writes for {WITHHELD}."
    )
    assert [claim.quote[slice(*mark)] for mark in claim.marks] == ["about 20 "]


def test_issues_of_lines_and_shapes_are_veiled_too():
    first, *others = readings()
    issue = Issue("route", "no road for Valley Courier's convoy", "valley-courier-17", 3, 9)
    (movement,), (area,) = first.movements, first.areas
    movement = replace(movement, route=replace(movement.route, issues=(issue,)))
    area = replace(area, shape=replace(area.shape, issues=(issue,), built_from="as the Valley Courier drew it"))
    found, _ = without_sources([replace(first, movements=(movement,), areas=(area,)), *others], ["Valley Courier"])
    assert "valley" not in repr(found[0]).lower()
    (told,) = found[0].movements[0].route.issues
    assert told == Issue("route", f"no road for {WITHHELD}'s convoy", "withheld-1")


def test_tellings_of_one_event_stay_one():
    found, _ = without_sources(readings(), ["Valley Courier"])
    (event,) = events_of(found)
    assert len(event.tellings) == 2
    assert event.lead.id.startswith("withheld-1")


def test_an_event_is_veiled_with_its_differences():
    plain = readings()
    (event,) = events_of(plain)
    _, veil = without_sources(plain, ["Valley Courier"])
    hidden = veil.event(event)
    assert isinstance(hidden, Event)
    ids = {telling.id for telling in hidden.tellings}
    assert {teller for one in hidden.differences for _, teller in one.said} <= ids
    assert "valley" not in repr(hidden.differences).lower()


def test_ids_say_only_how_many():
    several = [*readings(), Reading(Report("valley-courier-18", "", "Valley Courier Weekend"))]
    found, _ = without_sources(several, ["Valley Courier"])
    assert [reading.report.id for reading in found] == ["withheld-1", "r2", "withheld-2"]


def test_a_name_that_nobody_has_is_an_error():
    with pytest.raises(InputError, match="Valley Currier"):
        without_sources(readings(), ["Valley Currier"])
    with pytest.raises(InputError):
        without_sources(readings(), ["alley Courie"])


def test_a_short_title_is_no_name():
    syria = Reading(Report("r3", "", "Daily", "Syria"), issues=(Issue("read", "Syria: nothing"),))
    found, _ = without_sources([syria, *readings()], ["Daily"])
    assert found[0].issues[0].message == "Syria: nothing"


def test_words_are_taken_as_they_are():
    veil = Veil.of([Report("r", "", "A.B (C)")], [], ["A.B (C)"])
    assert veil.text("AxB (C), A.B (C)") == f"AxB (C), {WITHHELD}"
    assert isinstance(veil.words, re.Pattern)
