"""What the names of roads say."""

import pytest

from geomap.geometry.roads.naming import place_key, road_name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("M4", "m4"),
        ("the M4 highway", "m4"),
        ("highway M-04", "m4"),
        ("M 4 motorway", "m4"),
        ("трасса М-14", "m14"),
        ("Н-20", "h20"),
        ("RN16", "rn16"),
        ("National Road 1", "1"),
        ("Interstate I-35", ""),
        ("طريق 12", "12"),
        ("D400", "d400"),
        ("E 40", "e40"),
        ("T-05-04", "t504"),
        ("the Damascus–Aleppo highway", ""),
    ],
)
def test_a_number_is_told_from_a_name(name, number):
    assert road_name(name).number == number


@pytest.mark.parametrize(
    "name",
    [
        "Ras al-Ayn–Tell Tamer road",
        "Ras al-Ayn-Tell Tamer road",
        "the Tal Tamr-Ras al-Ain highway",
        "the road from Ras al-Ain to Tal Tamer",
        "the highway between Tell Tamer and Ras al-Ayn",
        "Tell Tamer – Ras al-Ayn motorway",
    ],
)
def test_two_places_are_found_in_either_order_and_in_any_spelling(name):
    said = road_name(name)
    assert frozenset((place_key("Ras al-Ayn"), place_key("Tell Tamer"))) in said.ends
    assert said.says_road


def test_places_between_the_ends_do_not_hide_them():
    for name in ("Khartoum–Kosti–El Obeid road", "Khartoum-Kosti-El Obeid road"):
        assert frozenset((place_key("Khartoum"), place_key("El Obeid"))) in road_name(name).ends


def test_a_name_without_a_word_for_a_road_says_so():
    assert not road_name("Salah al-Din").says_road
    assert road_name("Salah al-Din Street").says_road
    assert not road_name("M5").says_road
    assert road_name("خط M5").number == ""


def test_what_is_only_common_words_keeps_them():
    assert road_name("the international highway").own == road_name("The International Highway").own != ""


def test_a_place_has_no_road_to_itself():
    assert road_name("Kyiv–Kyiv road").ends == ()
    assert road_name("").ends == ()
