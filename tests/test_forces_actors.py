"""The table of actors and the names it gives to words of many wars."""

import csv
import importlib.util
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.reports.forces.actors import (
    ActorKind,
    Backer,
    actor_names,
    actor_of,
    allied,
    backers_in,
    find_actor,
    find_actors,
    group_spans,
    home_state,
    is_group_name,
    load_actors,
    names_actor,
    states_of,
)

DATA = Path(__file__).parent.parent / "data"
LANGUAGES = ("ar", "tr", "fr", "ru", "es", "uk")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.fixture(scope="module")
def recipe():
    if not DATA.is_dir():
        pytest.skip("the recipes are in the repository, not in the package")
    spec = importlib.util.spec_from_file_location("build_actors", DATA / "build_actors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(**cells: str) -> dict[str, str]:
    columns = ("name", "forces", "tag", "kind", "of", "country", "context", "years", "backed_by", "aliases", "words")
    return dict.fromkeys(columns, "") | {"name": "X", "tag": "XX", "kind": "group", "country": "SD"} | cells


# The table


def test_the_table_holds_services_groups_and_coalitions_of_all_theatres():
    countries = {code for actor in load_actors() for code in (actor.country, *actor.context) if code}
    assert len(load_actors()) >= 250
    assert {"SY", "UA", "SD", "CD", "ML", "YE", "ET", "MM", "CO", "HT", "AF", "AM", "LY"} <= countries


def test_names_and_tags_are_unique():
    names = [actor.name for actor in load_actors()]
    tags = [actor.tag for actor in load_actors() if actor.tag]
    assert len(set(names)) == len(names)
    assert len(set(tags)) == len(tags)


def test_every_part_is_of_forces_of_the_table():
    parts = [actor for actor in load_actors() if actor.kind is ActorKind.PART]
    assert parts
    assert all(actor_of(part.of) and not part.tag and part.counted_as == part.of for part in parts)


@pytest.mark.parametrize("year", [1995, 2005, 2013, 2017, 2021, 2025])
def test_no_word_means_two_forces_in_one_country_and_year(year):
    owners: dict[tuple[str, str], set[str]] = {}
    for actor in load_actors():
        for alias in actor.aliases:
            owners.setdefault((alias, "everywhere"), set()).add(actor.name)
        for word in actor.words if actor.fights_in(year) else ():
            for country in actor.context:
                owners.setdefault((word, country), set()).add(actor.name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_backers_have_years_where_they_changed():
    assert actor_of("RSF").backed_by == (Backer("AE", 2023, None),)
    assert Backer("IR", 2012, 2024) in actor_of("Syrian government").backed_by


def test_shipped_tables_are_those_of_the_recipe(recipe):
    shipped = DATA.parent / "geomap" / "_data"
    for name in ("actors.csv", "actor_names.csv"):
        assert (shipped / name).read_bytes() == (DATA / "curated" / name).read_bytes()
    actors, names, countries = (recipe.rows(f"{table}.csv") for table in ("actors", "actor_names", "countries"))
    assert recipe.faults_of_actors(actors) + recipe.faults_of_names(names, actors, countries) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"kind": "army"}, "kind 'army'"),
        ({"tag": "x"}, "tag 'x'"),
        ({"kind": "part", "tag": ""}, "only a part is of others"),
        ({"country": "Sudan"}, "ISO country codes"),
        ({"country": "", "words": "rebels"}, "without a country"),
        ({"backed_by": "Chad since 2003"}, "backed_by"),
        ({"years": "since 2003"}, "years"),
        ({"years": "-"}, "years"),
        ({"aliases": "X;; Y"}, "empty"),
    ],
)
def test_the_recipe_says_what_is_wrong_with_a_row(recipe, cells, fault):
    assert any(fault in found for found in recipe.faults_of(row(**cells), {}))


def test_the_recipe_refuses_one_word_for_two_forces(recipe):
    rows = [row(name="A", tag="AA", words="rebels"), row(name="B", tag="BB", words="rebels")]
    assert recipe.faults_of_actors(rows) == ["actors.csv: 'rebels' (SD) means A and B"]


def test_the_recipe_allows_one_word_for_forces_of_other_years(recipe):
    rows = [row(name="A", tag="AA", words="rebels", years="-2009"), row(name="B", tag="BB", words="rebels")]
    assert recipe.faults_of_actors(rows)
    rows[1]["years"] = "2010-"
    assert recipe.faults_of_actors(rows) == []


@pytest.mark.parametrize(
    ("country", "year", "words", "name"),
    [
        ("CF", 2013, "the rebels", "Seleka"),
        ("CF", 2021, "the rebels", "CPC"),
        ("CF", None, "the rebels", "CPC"),
        ("CO", 2010, "the guerrillas", "FARC"),
        ("CO", 2019, "the guerrillas", "ELN"),
        ("LY", 2011, "rebel fighters", "Libyan rebels"),
        ("LY", 2019, "government forces", "GNA"),
        ("LY", 2022, "government forces", "GNU"),
        ("AF", 2020, "insurgents", "Taliban"),
        ("CF", 1999, "the rebels", None),
    ],
)
def test_common_words_mean_other_forces_in_other_years(country, year, words, name):
    assert next((found.actor.counted_as for found in find_actors(words, (country,), year)), None) == name


# Other languages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_names_the_actors_most_spoken_of(lang):
    names = {actor.name: actor for actor in actor_names(lang)}
    assert len(names) > 150
    assert {"Russia", "Ukraine", "Syrian government", "SDF", "ISIS", "RSF", "M23", "Houthis", "JNIM", "FARC"} <= set(
        names
    )


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        ("ar", "الدعم السريع", "RSF"),
        ("tr", "Suriye Milli Ordusu", "Turkish-backed fighters"),
        ("fr", "FARDC", "DR Congo"),
        ("ru", "ВСУ", "Ukraine"),
        ("es", "Clan del Golfo", "Gulf Clan"),
        ("uk", "вагнерівці", "Wagner"),
    ],
)
def test_a_name_of_another_language_means_the_same_forces(lang, words, name):
    assert [actor.name for actor in actor_names(lang) if words in actor.aliases] == [name]


def test_common_words_of_other_languages_keep_their_context():
    rebels = [actor for actor in actor_names("fr") if "rebelles" in actor.words]
    assert {actor.name: actor.context for actor in rebels}["M23"] == ("CD",)


def test_a_language_without_names_gives_none():
    assert actor_names("de") == ()


# Words to names


@pytest.mark.parametrize(
    ("words", "countries", "name"),
    [
        ("Rapid Support Forces fighters", ("SD",), "RSF"),
        ("the 3rd Assault Brigade", ("UA",), "Ukraine"),
        ("Ukraine's Azov Brigade", ("UA",), "Ukraine"),
        ("Islamic Revolutionary Guard Corps", ("IR",), "Iran"),
        ("Kata’ib Hezbollah fighters", ("IQ",), "PMF"),
        ("M23/AFC rebels", ("CD",), "M23"),
        ("U.S. Marines", ("AF",), "United States"),
        ("Kachin Independence Army", ("MM",), "KIA"),
        ("al-Shabaab militants", ("KE",), "al-Shabaab"),
        ("al-Shabaab militants", ("MZ",), "Ansar al-Sunna"),
        ("the army", ("SD",), "Sudanese army"),
        ("rebels", ("YE",), "Houthis"),
        ("rebels", ("CD",), "M23"),
        ("SNA fighters", ("SO",), "Somalia"),
        ("Syrian National Army", ("SY",), "Turkish-backed fighters"),
        ("Rwandan soldiers", ("CD",), "Rwanda"),
        ("Kenya's troops", ("SO",), "Kenya"),
        ("US-backed fighters", ("SY",), "SDF"),
        ("separatists", ("CM", "NG"), "Ambazonian separatists"),
        ("Coalition of Patriots for Change", ("CF",), "CPC"),
        ("Bolivian soldiers", ("BO",), "Bolivia"),
    ],
)
def test_words_name_forces(words, countries, name, gazetteer):
    assert find_actor(words, countries, gazetteer) == name


@pytest.mark.parametrize(
    ("words", "countries"),
    [
        ("rebels", ("BO",)),
        ("anti-Taliban fighters", ("AF",)),
        ("Burundian rebels", ("BI",)),
        ("Colombian gunmen", ("HT",)),
        ("Iran-allied villagers", ("IR",)),
        ("the villagers", ("SD",)),
        ("Britain-based monitors", ("SY",)),
        ("is us it", ("SY",)),
    ],
)
def test_words_that_name_no_forces(words, countries, gazetteer):
    assert find_actor(words, countries, gazetteer) is None


def test_the_story_decides_between_two_wars():
    sahel = find_actors("separatists", ("ML", "UA"))
    donbas = find_actors("separatists", ("UA", "ML"))
    assert [found.actor.name for found in (*sahel, *donbas)] == ["FLA", "Pro-Russian separatists"]


def test_found_names_say_where_they_stand_and_whether_they_are_common_words():
    words = "fighters of the Arakan Army and the junta"
    found = find_actors(words, ("MM",))
    assert [(words[f.start : f.end], f.actor.name, f.common) for f in found] == [
        ("Arakan Army", "Arakan Army", False),
        ("the junta", "Myanmar", True),
        ("junta", "Myanmar", True),
    ]


@pytest.mark.parametrize(
    ("words", "backers"),
    [
        ("Turkish-backed fighters", ("Turkey",)),
        ("UAE-backed southern separatists", ("United Arab Emirates",)),
        ("US- and UK-trained commandos", ("United Kingdom",)),
        ("Iran-aligned militias", ("Iran",)),
        ("rebel-held villages", ()),
        ("Kyiv-controlled territory", ()),
        ("fighters", ()),
    ],
)
def test_who_is_said_to_back_others(words, backers, gazetteer):
    assert backers_in(words, gazetteer) == backers


def test_joint_forces_are_of_each_people(gazetteer):
    assert states_of("Turkish-Russian patrol", gazetteer) == ("Turkey", "Russia")
    assert states_of("Malian and Nigerien troops", gazetteer) == ("Mali", "Niger")
    assert states_of("Malian villagers", gazetteer) == ()


def test_the_army_of_a_story_is_that_of_its_country(gazetteer):
    assert home_state(("SY", "TR"), gazetteer) == "Syrian government"
    assert home_state(("PE",), gazetteer) == "Peru"
    assert home_state((), gazetteer) is None


def test_names_of_groups_are_no_places_but_names_of_authorities_are():
    assert is_group_name("Boko Haram")
    assert not is_group_name("Puntland")
    assert not is_group_name("Turkey")
    assert group_spans("Troops fought Boko Haram near Baga.") == ((14, 24),)


def test_the_head_of_a_phrase_is_the_name_or_something_of_it():
    assert names_actor("the SDF", "SDF", ("SY",))
    assert not names_actor("an SDF spokesman", "spokesman", ("SY",))


def test_a_coalition_and_the_state_that_leads_it_are_the_same_side():
    assert allied("United States", "US-led coalition")
    assert not allied("United States", "SDF")
    assert allied(None, None)


def test_the_curated_table_is_plain_csv():
    if not DATA.is_dir():
        pytest.skip("the tables are in the repository, not in the package")
    with (DATA / "curated" / "actors.csv").open(encoding="utf-8", newline="") as lines:
        assert all(None not in cells and None not in cells.values() for cells in csv.DictReader(lines))
