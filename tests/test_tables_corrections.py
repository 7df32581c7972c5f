"""Corrections by hand over what was read anew."""

from __future__ import annotations

from dataclasses import replace

import samples

from geomap.models import Mention, Movement, Reading, Status
from geomap.schema import Layer
from geomap.tables.corrections import by_hand, corrected
from geomap.tables.marks import identities


def put_right(item, *columns: str, **changes: object):
    return replace(item, provenance=replace(item.provenance, by_hand=columns), **changes)


def reading(*movements: Movement, **more: object) -> Reading:
    return replace(samples.readings()[0], movements=movements, **more)


FIRST, SECOND = samples.movements()[:2]
OTHER_WORDS = {"quote": "Trucks reached the base.", "start": 200, "end": 224, "marks": ()}
SECOND = replace(
    SECOND,
    trigger="reached",
    provenance=replace(SECOND.provenance, report_id=FIRST.provenance.report_id, **OTHER_WORDS),
)


def ids(readings) -> list[str]:
    return [movement.id for one in readings for movement in one.movements]


def test_nothing_corrected_is_what_was_read_anew():
    new = reading(replace(FIRST, vehicles=30), SECOND)
    old = reading(replace(FIRST, vehicles=20), SECOND)
    assert corrected([new], [old]) == (new,)
    assert list(by_hand([old])) == []


def test_a_corrected_row_takes_the_place_of_what_was_read():
    old = reading(put_right(FIRST, "status", status=Status.DENIED, id="other"), SECOND)
    (made,) = corrected([reading(FIRST, SECOND)], [old])
    assert [movement.status for movement in made.movements] == [Status.DENIED, SECOND.status]
    assert ids([made]) == [FIRST.id, SECOND.id]
    assert made.movements[0].provenance.by_hand == ("status",)
    assert made.incidents == samples.readings()[0].incidents
    assert len(list(by_hand([made]))) == 1


def test_an_added_row_comes_behind_under_an_id_of_its_own():
    bare = replace(FIRST, trigger="", provenance=replace(FIRST.provenance, quote="", start=0, end=0))
    own = put_right(bare, "added")
    (made,) = corrected([reading(FIRST, SECOND)], [reading(FIRST, SECOND, own)])
    assert len(set(ids([made]))) == 3
    assert made.movements[:2] == (FIRST, SECOND)


def test_a_deleted_row_stays_away_also_the_next_time():
    gone = identities(Layer.MOVEMENTS, reading(FIRST, SECOND))[0]
    old = reading(SECOND, taken_out=(gone,))
    (made,) = corrected([reading(FIRST, SECOND)], [old])
    assert ids([made]) == [SECOND.id]
    assert made.taken_out == (gone,)
    assert corrected([reading(FIRST, SECOND)], [made]) == (made,)
    assert len(list(by_hand([made]))) == 1


def test_a_row_that_is_no_longer_read_is_kept_if_a_person_corrected_it():
    old = reading(put_right(FIRST, "to"), SECOND)
    (made,) = corrected([reading()], [old])
    assert ids([made]) == [FIRST.id]


def test_a_correction_is_found_again_where_the_report_has_changed_before_it():
    later = replace(FIRST, provenance=replace(FIRST.provenance, start=40, end=40 + len(FIRST.provenance.quote)))
    old = reading(put_right(FIRST, "status", status=Status.PLANNED))
    (made,) = corrected([reading(later, SECOND)], [old])
    assert [movement.status for movement in made.movements] == [Status.PLANNED, SECOND.status]


def test_two_that_share_their_words_are_told_apart_by_their_order():
    twin = replace(FIRST, id="twin")
    old = reading(FIRST, put_right(twin, "status", status=Status.DENIED))
    (made,) = corrected([reading(FIRST, twin)], [old])
    assert [movement.status for movement in made.movements] == [FIRST.status, Status.DENIED]


def test_corrections_of_reports_that_are_not_read_this_time_are_kept_and_nothing_else_of_them():
    elsewhere = replace(reading(), report=replace(reading().report, id="elsewhere"))
    claim = replace(FIRST.provenance, report_id="elsewhere", by_hand=("to",))
    old = replace(elsewhere, movements=(replace(FIRST, provenance=claim), SECOND))
    made = corrected([reading(FIRST)], [old])
    assert [one.report.id for one in made] == [FIRST.provenance.report_id, "elsewhere"]
    assert ids(made) == [FIRST.id, FIRST.id]
    assert corrected([reading(FIRST)], [elsewhere]) == (reading(FIRST),)


def test_other_layers_are_corrected_likewise():
    full = next(one for one in samples.readings() if one.areas)
    full = replace(full, mentions=(Mention(0, 5, "Raqqa"), Mention(9, 14, "Idlib")))
    area = put_right(full.areas[0], "note", note="By the map of the ministry.")
    mention = replace(full.mentions[0], by_hand=("lon",), confidence=1.0)
    old = replace(full, areas=(area, *full.areas[1:]), mentions=(mention, *full.mentions[1:]))
    (made,) = corrected([full], [old])
    assert made.areas == (replace(area, id=full.areas[0].id), *full.areas[1:])
    assert made.mentions[0] == mention
    assert made.movements == full.movements
