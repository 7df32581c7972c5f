"""Which words of a text are names of places, and what each does in its sentence."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Role
from geomap.reports.parsing.nlp import load_parser
from geomap.reports.places.clues import WEIGHTS, Clue
from geomap.reports.places.resolve import plausible, resolve_toponyms
from geomap.reports.places.roads import numbered_roads
from geomap.reports.places.toponyms import find_toponyms


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def found(text, gazetteer):
    """Return the toponyms that are kept once their places are known."""
    (names,) = find_toponyms([load_parser()(text)], gazetteer)
    mentions, context = resolve_toponyms(names, text, gazetteer)
    return [t for t, m in zip(names, mentions, strict=True) if plausible(t, m, context)]


def names(text, gazetteer, role=Role.PLACE):
    return [toponym.text for toponym in found(text, gazetteer) if toponym.role is role]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kharkiv was hit by missiles before dawn.", ["Kharkiv"]),
        ("Rebels advanced from Kibumba towards Goma.", ["Kibumba", "Goma"]),
        ("A convoy left Bria for Bambari, in Ouaka prefecture.", ["Bria", "Bambari", "Ouaka"]),
        ("The road between Izyum and Barvinkove is closed.", ["Izyum", "Barvinkove"]),
        ("Insurgents seized Mocimboa da Praia in Cabo Delgado.", ["Mocimboa da Praia", "Cabo Delgado"]),
        ("Troops left Lashkar Gah, in southern Afghanistan.", ["Lashkar Gah", "Afghanistan"]),
        ("Fighting reached Aleppos outskirts.", ["Aleppo"]),
        ("Police in Lancaster, Pa., were called to the scene.", ["Lancaster", "Pa."]),
        ("They left the villages of Kiwanja, Rutshuru and Bunagana.", ["Kiwanja", "Rutshuru", "Bunagana"]),
        ("They gathered in Reading and Bath, in southern England.", ["Reading", "Bath", "England"]),
        ("Clashes were heard in the Nagorno-Karabakh region.", ["Nagorno-Karabakh"]),
    ],
)
def test_places(gazetteer, text, expected):
    assert names(text, gazetteer) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The attack was a hit with nobody, and most of the deal split the man's hope.",
        "Mr Jordan said that Paris Hilton had met Chelsea Manning on Sunday.",
        "General Washington Mwangi inspected the guard.",
        "In March and in May the Security Council met twice.",
        "The City Council and the Supreme Court are to meet on Easter Monday.",
        "Failaq al-Sham and Ahrar al-Sham fighters took part.",
        "A White House spokesman said that several Arab states and Christian militias had agreed.",
    ],
)
def test_words_that_only_look_like_places(gazetteer, text):
    assert names(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels took the village of Qwarabashi on Monday.", "Qwarabashi"),
        ("Shells fell on Zhutkovenko village overnight.", "Zhutkovenko"),
        ("They held the village of Tall Qwadhir for a week.", "Tall Qwadhir"),
    ],
)
def test_a_village_that_no_map_has_is_kept_without_a_place(gazetteer, text, name):
    (toponym,) = (t for t in found(text, gazetteer) if t.role is Role.PLACE)
    assert toponym.text == name
    assert toponym.kind == "village"


def test_unknown_names_of_a_list_of_villages_keep_all_their_words(gazetteer):
    text = "Soldiers took the villages of Tal Qwadhir, Khirbet Zhumar and Abu Qwarabash on Monday."
    assert names(text, gazetteer) == ["Tal Qwadhir", "Khirbet Zhumar", "Abu Qwarabash"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Turkish troops crossed the border.", "Turkish", Role.DEMONYM),
        ("Two Syrians were wounded near Gaziantep.", "Syrians", Role.DEMONYM),
        ("Kigali denied that its army had crossed into Congo.", "Kigali", Role.METONYM),
        ("The Maiduguri Police Department issued a statement.", "Maiduguri", Role.METONYM),
        ("The London-based Observatory counted ten dead in Idlib.", "London", Role.METONYM),
        ("A Goma-bound column was ambushed near Sake.", "Goma", Role.PLACE),
        ("Shells hit Donetsk Airport at dawn.", "Donetsk Airport", Role.PLACE),
    ],
)
def test_roles(gazetteer, text, name, role):
    roles = {toponym.text: toponym.role for toponym in found(text, gazetteer)}
    assert roles.get(name) is role


@pytest.mark.parametrize(
    "text",
    [
        "He shouted in Turkish before the shots.",
        "She speaks Arabic and Russian.",
        "British Airways cancelled ten flights.",
    ],
)
def test_languages_and_companies_are_no_peoples(gazetteer, text):
    assert names(text, gazetteer, Role.DEMONYM) == []


def test_a_person_named_in_full_is_no_place_elsewhere_in_the_report(gazetteer):
    text = "Captain Laura Manning leads the unit in Juba. Manning said that all of South Sudan was calm."
    assert "Manning" not in names(text, gazetteer)
    assert {"Juba", "South Sudan"} <= set(names(text, gazetteer))


def test_what_one_part_of_a_report_tells_of_a_name_holds_for_the_others(gazetteer):
    parts = ["Convoys drove to the town of Mueda and through Mueda again.", "Mueda"]
    docs = list(load_parser().pipe(parts))
    alone = find_toponyms(docs[1:], gazetteer)[0]
    together = find_toponyms(docs, gazetteer)[1]
    assert together[0].score > max((t.score for t in alone), default=-9.0)


def test_a_part_of_an_area_and_what_a_place_lies_in(gazetteer):
    (toponym, outer) = found("They marched on Palma in northern Mozambique.", gazetteer)
    assert toponym.within == "Mozambique"
    assert outer.direction == "northern"


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("They blocked highway M4 near the town.", "M4"),
        ("The M5 motorway was cut.", "M5"),
        ("A bridge on Route 9 was blown up.", "9"),
    ],
)
def test_numbered_roads(text, ref):
    assert [text[start:end] for start, end in numbered_roads(text)] == [ref]


@pytest.mark.parametrize("text", ["The M23 rebels advanced.", "The M16 rifle jammed.", "Article 5 was invoked."])
def test_numbers_that_are_no_roads(text):
    assert not list(numbered_roads(text))


def test_every_clue_has_a_weight():
    assert set(WEIGHTS) == set(Clue)


@pytest.mark.parametrize(
    "text",
    [
        "Troops withdrew from Jabal (mountain) Sarim on Sunday.",
        "Fighters took Wadi, then left.",
        "The army moved to Deir on Friday.",
        "Marines landed near Teluk (bay) Nara.",
    ],
)
def test_the_first_word_of_names_is_none_by_itself(text, gazetteer):
    assert not {"Jabal", "Wadi", "Deir", "Teluk"} & set(names(text, gazetteer))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels entered the village of Tell near Homs.", ["Tell", "Homs"]),
        ("Troops retook Wadi Barada and Deir Hafer.", ["Wadi Barada", "Deir Hafer"]),
        ("Soldiers were flown from Tel Aviv to Bir el Ater.", ["Tel Aviv", "Bir el Ater"]),
    ],
)
def test_it_is_one_in_its_name_or_where_it_is_called_one(text, expected, gazetteer):
    assert names(text, gazetteer) == expected
