"""Names of actors as databases write them."""

import pytest
from coded import resolve

from geomap.gazetteer import Gazetteer
from geomap.reports.coded.parties import Parties
from geomap.reports.coded.spots import Spots


@pytest.fixture(scope="module")
def parties():
    return Parties(Spots(resolve).country_of, Gazetteer())


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Military Forces of Turkey (2016-)", "Turkey"),
        ("Police Forces of Turkey (2016-) Gendarmerie", "Turkey"),
        ("Military Forces of Syria (2000-2024) Air Force", "Syrian government"),
        ("Government of Syria", "Syrian government"),
        ("QSD: Syrian Democratic Forces", "SDF"),
        ("Islamic State (Syria)", "ISIS"),
        ("Military Forces of Sudan (2019-) Rapid Support Forces", "RSF"),
        ("Military Forces of Yemen (2016-) Supreme Political Council", "Houthis"),
        ("Military Forces of Afghanistan (2021-)", "Taliban"),
    ],
)
def test_known_names_are_ours(parties, written, name):
    assert parties.name(written, "Syria") == name


@pytest.mark.parametrize(
    "written",
    [
        "Unidentified Armed Group (Syria)",
        "Civilians (Syria)",
        "Friends of the Syrian Democratic Forces",
        "(Syria)",
        "X: ",
    ],
)
def test_other_names_stay_as_they_are(parties, written):
    assert parties.name(written, "Syria") == written.strip()


def test_no_name_is_nobody(parties):
    assert parties.name("", "Syria") is None
    assert parties.name("  ") is None


def test_a_country_nobody_knows_keeps_its_name(parties):
    assert parties.name("Military Forces of Atlantis (1990-)") == "Atlantis"
