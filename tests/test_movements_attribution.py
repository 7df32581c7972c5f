"""Who says so, in the ways news has of telling it, and what sort of speaker that is."""

import pytest

from geomap.models import SpeakerKind
from geomap.reports.movements.attribution import Speaker, find_speaker, in_full, kind_of_speaker
from geomap.reports.parsing.nlp import load_parser

MONITOR = Speaker("Sahel Conflict Observatory", SpeakerKind.MONITOR)


def speaker(sentence: str, word: str, before: Speaker | None = None) -> str | None:
    token = next(t for t in load_parser()(sentence) if t.text == word)
    found = find_speaker(token, before)
    return found.words if found else None


@pytest.mark.parametrize(
    ("expected", "word", "sentence"),
    [
        ("residents and a military source", "left", "A column left Kosti, residents and a military source said."),
        ("ministry in Minsk", "go", "The ministry in Minsk maintains that all units will go home."),
        ("local officials", "withdrew", "According to local officials, the rebels withdrew from Bria."),
        ("governor of Anbar", "entered", "Troops entered Rutba, according to the governor of Anbar."),
        ("a military source", "captured", "The army captured Ey, an agency quoted a military source as saying."),
        ("army", "crossed", "The army said its tanks had crossed the Niger."),
        ("a spokesman for the junta", "left", "The soldiers have left Gao, said a spokesman for the junta."),
        ("state television", "entered", "Commandos entered Palma on Friday, state television reported."),
        ("Some residents", "heading", "Some residents say lorries are heading for Bor."),
        ("A border guard", "passed", "A border guard confirmed that 40 vehicles had passed Semera."),
        ("general staff in Paris", "crossed", "At 1 p.m. the unit crossed the Po, the general staff in Paris said."),
        ("a war monitor", "crossed", "A convoy of cars crossed into Chad, a war monitor reported on Monday."),
        ("A rebel spokesman", "withdrawal", "A rebel spokesman called it a step and said a withdrawal would follow."),
        ("army", "left", "The army called the ceremony a sham: no rebel had left, it said."),
        ("Villagers", "enter", "Villagers reported seeing tanks enter Maiduguri from the north."),
    ],
)  # fmt: skip
def test_who_says_so(expected: str, word: str, sentence: str) -> None:
    assert speaker(sentence, word) == expected


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("left", "The last soldiers left Gao on Friday."),
        ("left", "The soldiers left Gao, which surprised the officials."),
        ("entered", "Troops reportedly entered Beni."),
        ("captured", "Rebels captured Bunia, and the army asked for help."),
        ("withdrew", "The unit withdrew from Bor after its commander spoke to reporters."),
        ("entered", "As rebels entered the city of Sake, the governor told reporters the talks would go on."),
    ],
)
def test_what_the_report_says_itself(word: str, sentence: str) -> None:
    assert speaker(sentence, word) is None


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("left", "It said a convoy had left Diffa."),
        ("left", "A convoy had left Diffa, the monitor added."),
        ("entered", "The group said troops entered Menaka."),
        ("withdrew", "They withdrew to Tessit, it reported."),
    ],
)
def test_the_speaker_before_is_meant(word: str, sentence: str) -> None:
    assert speaker(sentence, word, MONITOR) == MONITOR.words
    assert speaker(sentence, word) != MONITOR.words


@pytest.mark.parametrize(
    ("kind", "word", "sentence"),
    [
        ("official", "entered", "Troops entered Sake, said Ana Paz, the mayor of the town."),
        ("monitor", "left", "Ana Paz, head of a monitoring group, said rebels had left Sake."),
        ("anonymous", "left", "A senior official, speaking on condition of anonymity, said troops had left Gao."),
        ("anonymous", "left", "The troops left Gao, said an officer who was not authorised to speak to reporters."),
        ("other", "left", "Ana Paz said rebels had left Sake."),
        ("official", "left", "The governor of Goma said rebels had left Sake."),
    ],
)
def test_what_stands_beside_a_speaker_tells_the_sort(kind: str, word: str, sentence: str) -> None:
    token = next(t for t in load_parser()(sentence) if t.text == word)
    found = find_speaker(token)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Syrian Observatory for Human Rights", "monitor"),
        ("Darfur News Network", "media"),
        ("Witnesses", "witness"),
        ("Maj. Gen. Ana Paz", "military"),
        ("a war monitor", "monitor"),
        ("defence ministry in Kigali", "official"),
        ("local officials", "official"),
        ("foreign ministry spokeswoman", "official"),
        ("army", "military"),
        ("general staff", "military"),
        ("an army spokesman", "military"),
        ("a spokesman for the US-led coalition", "military"),
        ("state television", "media"),
        ("Anadolu news agency", "media"),
        ("residents of Bor", "witness"),
        ("A shopkeeper", "witness"),
        ("a military source", "anonymous"),
        ("an official who remained unnamed", "anonymous"),
        ("activists", "activist"),
        ("analysts", "analyst"),
        ("United Nations mission", "organisation"),
        ("Hezbollah", "group"),
        ("cousin of his", "other"),
    ],
)
def test_sorts_of_speakers(words: str, kind: str) -> None:
    assert kind_of_speaker(words).value == kind


def test_forces_are_party_to_the_war() -> None:
    assert {kind for kind in SpeakerKind if kind.is_party} == {SpeakerKind.MILITARY, SpeakerKind.GROUP}


def test_a_short_name_stands_for_the_full_one() -> None:
    short = Speaker("Observatory", SpeakerKind.MONITOR)
    full = in_full(short, {"Sahel Conflict Observatory", "Red Crescent"})
    assert full == MONITOR
    assert in_full(Speaker("residents", SpeakerKind.WITNESS), {"Association of residents"}) is not None
    assert in_full(None, {"x"}) is None
