"""The forces of one report, by names and offsets alone."""

from geomap.reports.forces.cast import Cast, Side, side_of, side_of_noun


def cast(*actors: str) -> Cast:
    made = Cast()
    for actor in actors:
        made.note(actor)
        made.next_sentence()
    return made


def test_nouns_tell_a_side_or_none():
    assert side_of_noun("gunman") is Side.GROUP
    assert side_of_noun("soldier") is Side.STATE
    assert side_of_noun("convoy") is None


def test_actors_have_a_side_and_governments_of_regions_either():
    assert side_of("RSF") is Side.GROUP
    assert side_of("Peru") is Side.STATE
    assert side_of("Puntland") is None


def test_the_militants_are_the_group_and_the_army_the_state():
    story = cast("Boko Haram", "Nigeria")
    assert story.meant_by("militant") == "Boko Haram"
    assert story.meant_by("army") == "Nigeria"
    assert story.meant_by("convoy") == "Nigeria"


def test_a_noun_means_those_last_called_so():
    story = Cast()
    story.note("M23", noun="rebel")
    story.note("FDLR")
    assert story.meant_by("rebel") == "M23"
    assert story.meant_by("militant") == "FDLR"


def test_a_vague_noun_is_no_name():
    story = Cast()
    story.note("M23", noun="fighter")
    story.note("CODECO", noun="militia")
    assert story.meant_by("fighter") == "CODECO"


def test_nobody_is_meant_before_being_named():
    story = Cast()
    story.note("Ukraine", at=40)
    assert story.latest(before=10) is None
    story.next_sentence()
    assert story.latest(before=10) == "Ukraine"


def test_those_in_the_field_come_before_those_who_speak():
    story = Cast()
    story.note("Fano")
    story.note("OLA", aside=True)
    assert story.latest(side=Side.GROUP) == "Fano"


def test_what_was_named_long_ago_is_not_meant_by_they():
    story = cast("Houthis", "Yemeni government", "Yemeni government")
    assert story.latest(side=Side.GROUP) == "Houthis"
    assert story.latest(side=Side.GROUP, age=1) is None


def test_a_foe_is_the_only_one_fought():
    story = Cast()
    story.fought("Sudanese army", "RSF")
    assert story.foe_of("RSF") == "Sudanese army"
    story.fought("RSF", "SPLM-N")
    assert story.foe_of("RSF") is None
    assert story.foe_of("SPLM-N") == "RSF"


def test_allies_are_no_foes():
    story = Cast()
    story.fought("United States", "US-led coalition")
    assert story.foes == []


def test_only_a_single_side_gains_ground():
    story = Cast()
    story.advanced("Arakan Army")
    assert story.sole_advancer() == "Arakan Army"
    story.advanced("Myanmar")
    assert story.sole_advancer() is None


def test_the_only_group_of_a_report():
    story = cast("Taliban", "Pakistan", *["Pakistan"] * 20)
    assert story.only(Side.GROUP) == "Taliban"
    assert story.only(None) is None


def test_who_is_named_by_a_creed_is_no_group_of_another():
    story = cast("SDF")
    assert story.meant_by("jihadist") is None
    assert story.only(Side.GROUP, "jihadist") is None
    assert story.meant_by("militant") == story.only(Side.GROUP, "militant") == "SDF"
    assert cast("ISIS", "SDF").meant_by("jihadist") == "ISIS"
