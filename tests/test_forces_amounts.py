"""How many vehicles and people under arms are counted in words and in sentences."""

import time

import pytest

from geomap.reports.forces.amounts import Amounts, count_forces, find_amounts, told_of_the_same
from geomap.reports.grammar import objects_of, subject_of
from geomap.reports.parsing.nlp import load_parser


def numbers(found: Amounts) -> tuple[int | None, int | None]:
    return found.vehicles, found.troops


@pytest.mark.parametrize(
    ("words", "vehicles", "troops"),
    [
        ("a convoy of about 10 armored vehicles", 10, None),
        ("more than 150 rebel fighters", None, 150),
        ("forty T-72 tanks and 600 soldiers", 40, 600),
        ("40 trucks and 12 tanks", 52, None),
        ("two dozen pickups", 24, None),
        ("half a dozen helicopters", 6, None),
        ("a hundred Burundian soldiers", None, 100),
        ("some 1,200 police officers", None, 1200),
        ("1.500 gendarmes", None, 1500),
        ("10k troops", None, 10_000),
        ("between 20 and 30 lorries", 20, None),
        ("30-40 lorries", 30, None),
        ("20 to 25 buses", 20, None),
        ("at least 30 technicals plus two tank transporters", 32, None),
        ("a force of 2,000", None, 2000),
        ("a 500-strong contingent", None, 500),
        ("a 300-man unit of marines", None, 300),
        ("the 50 or so soldiers", None, 50),
        ("another 35 vehicles", 35, None),
        ("70 vehicles, including 20 tanks", 70, None),
        ("three columns of 20 lorries each", 60, None),
        ("fifty men", None, 50),
        ("three frigates", 3, None),
        ("two Russian frigates and a submarine", 3, None),
        ("a convoy of 10 lorries and a column of infantry", 10, None),
        ("12 155-mm howitzers", 12, None),
    ],
)
def test_what_is_counted(words: str, vehicles: int | None, troops: int | None) -> None:
    assert numbers(find_amounts(words)) == (vehicles, troops)


@pytest.mark.parametrize(
    "words",
    [
        "dozens of trucks", "several dozen trucks", "a few hundred soldiers", "hundreds of militiamen",
        "tens of thousands of troops",
        "the 4th Division", "two battalions", "two special forces", "three convoys", "the first of five convoys",
        "2014 Islamic State militants", "T-72 tanks", "Mi-8 helicopters", "a 155 mm howitzer", "4x4 vehicles",
        "300 civilians and soldiers", "the 25-year-old soldier",
        "troops 30 km from the border", "F-16 jets", "60 percent of the soldiers", "the M4",
        "$500 million of vehicles", "missiles",
    ],
)  # fmt: skip
def test_what_is_not_counted(words: str) -> None:
    assert numbers(find_amounts(words)) == (None, None)


@pytest.mark.parametrize(
    ("word", "sentence", "expected"),
    [
        ("left", "About 300 fighters left Wau on Saturday in 20 buses bound for Juba.", (20, 300)),
        ("left", "A column of about 60 pickup trucks belonging to the paramilitaries left Kosti.", (60, None)),
        ("entered", "Soldiers who had killed 20 militants entered Bama.", (None, None)),
        ("entered", "Rebels backed by 30 Rwandan tanks entered Sake.", (None, None)),
        ("sent", "Ankara sent 50 armoured vehicles and 200 commandos to Idlib.", (50, 200)),
        ("advanced", "Loyalists advanced on Taiz with 15 tanks.", (15, None)),
        ("captured", "The army captured Baidoa and destroyed 12 vehicles.", (None, None)),
        ("crossed", "A convoy made up of 40 lorries and 6 tanks crossed the Prut.", (46, None)),
        ("withdrew", "The militia, which has 5,000 fighters, withdrew from Bria.", (None, None)),
        ("left", "About 400 French special forces left Kamboinsin.", (None, 400)),
        ("heading", "Army vehicles were seen heading for Bria, at least 30 pickups plus two transporters.", (32, None)),
        ("headed", "The militia headed for Bria, killing 30 soldiers.", (None, None)),
        ("crossed", "Thirty trucks carrying 400 soldiers crossed into Lachin.", (30, 400)),
    ],
)
def test_the_numbers_of_an_event(word: str, sentence: str, expected: tuple[int | None, int | None]) -> None:
    trigger = next(t for t in load_parser()(sentence) if t.text == word)
    sent = objects_of(trigger) if word == "sent" else []
    assert numbers(count_forces(trigger, sent[0] if sent else subject_of(trigger))) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The convoy consisted of 40 lorries and 6 tanks.", (46, None)),
        ("They number about 500 fighters.", (None, 500)),
        ("It included 12 vehicles.", (12, None)),
        ("The column was made up of 30 pickups.", (30, None)),
        ("The withdrawal involved 300 soldiers.", (None, 300)),
        ("The 50 or so soldiers were moved to a base farther south.", (None, 50)),
        ("The 12 soldiers who mutinied were moved to a prison.", (None, None)),
        ("The 40 soldiers were killed.", (None, None)),
        ("There are 900 French soldiers in the country.", (None, None)),
        ("The attack killed 30 soldiers.", (None, None)),
        ("The army has lost 12 tanks.", (None, None)),
        ("The decision will bring the number of deployed personnel to under 1,000 soldiers.", (None, None)),
        ("Police said 40 officers were hurt.", (None, None)),
    ],
)
def test_a_sentence_on_the_forces_before(sentence: str, expected: tuple[int | None, int | None]) -> None:
    assert numbers(told_of_the_same(load_parser()(sentence)[:])) == expected


def test_all_forces_that_there_are() -> None:
    sentence = load_parser()("There are currently around a thousand Indian troops in the Maldives.")[:]
    assert numbers(told_of_the_same(sentence, whole=True)) == (None, 1000)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("10 US armoured vehicles and support equipment", ("armoured vehicles", "support equipment")),
        ("40 trucks and 12 tanks", ("trucks", "tanks")),
        ("T-72 tanks, pickup trucks and fighting vehicles", ("tanks", "pickup trucks", "fighting vehicles")),
        ("a convoy of vehicles", ()),
        ("soldiers", ()),
    ],
)  # fmt: skip
def test_kinds_of_equipment(words: str, kinds: tuple[str, ...]) -> None:
    assert find_amounts(words, equipment=True).equipment == kinds


@pytest.mark.parametrize(
    "words", ["one " * 5000, "1" * 20_000, "about " * 5000, "40 trucks and " * 2000, "5 of " * 5000]
)
def test_long_nonsense_costs_no_time(words: str) -> None:
    start = time.process_time()
    find_amounts(words, equipment=True)
    assert time.process_time() - start < 2


def test_the_words_of_an_amount_are_whole() -> None:
    found = find_amounts("a convoy of about 10 armored vehicles and nearly 200 men")
    assert (found.vehicles_text, found.troops_text) == ("about 10 armored vehicles", "nearly 200 men")


def test_a_mover_that_is_brought_along_counts_once() -> None:
    doc = load_parser()("Chad, with 300 Chadian troops at hand, will be reinforced.")
    trigger, preposition, mover = (next(t for t in doc if t.text == word) for word in ("reinforced", "with", "troops"))
    preposition.head = trigger
    assert count_forces(trigger, mover).troops == 300
