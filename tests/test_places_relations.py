"""What whole sentences tell of where places lie, from the text to the place of the movement or the issue."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.geometry.geodesy import distance_m
from geomap.models import PlaceRef, Reading, Report
from geomap.pipeline import build
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def reading(text: str, gazetteer: Gazetteer) -> Reading:
    return read(Report("test", text, published=date(2024, 3, 15)), gazetteer)


def ends(found: Reading) -> list[PlaceRef]:
    return [ref for movement in found.movements for ref in (*movement.origin, *movement.via, *movement.destination)]


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon", "km"),
    [
        ("Turkish troops advanced to 20 km north of Raqqa in Syria.", "20 km north of Raqqa", 36.13, 39.01, 10),
        ("Israeli soldiers pushed north of the Litani River in Lebanon.", "north of the Litani River", 33.9, 35.7, 40),
        ("US forces withdrew east of the Euphrates in Syria.", "east of the Euphrates", 35.7, 40.6, 120),
        ("Ukrainian troops pulled back to positions west of Bakhmut.", "west of Bakhmut", 48.59, 37.85, 15),
        (
            "Sudanese army troops moved from Port Sudan to the border with Chad.",
            "the border with Chad", 15.8, 23.8, 600,
        ),
        (
            "Turkish forces deployed between Tal Tamr and Ayn Issa in Syria.",
            "between Tal Tamr and Ayn Issa", 36.5, 39.7, 30,
        ),
        (
            "Ethiopian troops withdrew to 50 km south of the Eritrean border.",
            "50 km south of the Eritrean border", 13.6, 39.5, 300,
        ),
        (
            "Russian troops crossed to the left bank of the Dnipro and left Kherson.",
            "the left bank of the Dnipro", 47.4, 34.1, 150,
        ),
    ],
)  # fmt: skip
def test_a_place_told_by_others_is_an_end_of_the_movement(
    gazetteer: Gazetteer, text: str, words: str, lat: float, lon: float, km: float
) -> None:
    found = [ref for ref in ends(reading(text, gazetteer)) if ref.text == words]
    assert found, "the movement does not end there"
    place = found[0].place
    assert place is not None
    assert place.geometry is not None
    assert distance_m(place.lon, place.lat, lon, lat) < km * 1000
    assert found[0].reason


def test_a_name_that_contradicts_where_it_is_told_to_lie_is_an_issue(gazetteer: Gazetteer) -> None:
    text = "US troops left Rmeilan, 20 km west of Baghdad, for Iraq."
    found = reading(text, gazetteer)
    (issue,) = [issue for issue in found.issues if "Baghdad" in issue.message]
    assert issue.stage == "resolve"
    assert issue.report_id == "test"
    assert "not 20 km west of Baghdad" in issue.message
    assert text[issue.start : issue.end] == "Rmeilan, 20 km west of Baghdad"
    assert found.movements[0].origin[0].place is not None
    assert found.movements[0].origin[0].place.country == "SY"


@pytest.mark.parametrize(
    "text",
    [
        "US troops left Ain al-Asad, 160 km west of Baghdad, for Syria.",
        "M23 rebels captured Sake, 25 km west of Goma, on Friday.",
        "US troops left Kobani, 30 km east of the Euphrates, for Iraq.",
        "Malian soldiers retook Kidal, 300 km north of Gao, from Tuareg rebels.",
        "US troops drove to the Ain al-Asad base in the west of Anbar province.",
        "RSF fighters moved to El Fasher in the west of Sudan.",
    ],
)
def test_a_name_that_lies_as_told_is_no_issue(gazetteer: Gazetteer, text: str) -> None:
    found = reading(text, gazetteer)
    assert [issue.message for issue in found.issues] == []
    assert found.movements


def test_the_words_say_which_place_of_a_name_is_meant(gazetteer: Gazetteer) -> None:
    found = reading("Fighters seized Tripoli, 85 km north of Beirut, on Friday.", gazetteer)
    places = [mention.place for mention in found.mentions if mention.text == "Tripoli"]
    assert [place.country for place in places if place] == ["LB"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The footage was taken in northern Syria, on the highway between Tabqa and Kobani.",
            "the highway between Tabqa and Kobani",
        ),
        (
            "Video was filmed in Ukraine's Kharkiv region, on the road between Izyum and Barvinkove.",
            "the road between Izyum and Barvinkove",
        ),
    ],
)
def test_words_after_an_area_tell_of_a_spot_in_it(gazetteer: Gazetteer, text: str, words: str) -> None:
    found = reading(text, gazetteer)
    assert [ref.text for incident in found.incidents for ref in incident.places] == [words]
    assert found.issues == ()


def test_an_unknown_name_lies_where_the_words_put_it(gazetteer: Gazetteer) -> None:
    text = "Syrian government forces captured Khan Qwzxun, 12 km south of Saraqib, from rebels."
    (ref,) = ends(reading(text, gazetteer))
    assert ref.text == "Khan Qwzxun"
    assert ref.place is not None
    assert distance_m(ref.place.lon, ref.place.lat, 36.81, 35.76) < 8_000
    assert "12 km south of Saraqib" in ref.reason


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Ankara and Damascus failed, officials said.",
        "Fighting between Armenia and Azerbaijan resumed on Friday.",
        "The ceasefire between January and March held in Aleppo.",
        "Wagner fighters withdrew from Tinzaouaten in the north of Mali.",
        "More than 20 km of pipeline was laid in Libya.",
    ],
)
def test_what_is_no_place_of_its_own_is_left_alone(gazetteer: Gazetteer, text: str) -> None:
    assert [ref.text for ref in ends(reading(text, gazetteer)) if ref.place and ref.place.geometry is not None] == []


def test_a_movement_to_a_place_told_by_others_is_drawn_into_it() -> None:
    scene = build(Report("test", "Syrian troops moved from Raqqa to 20 km north of the M4 highway, near Ayn Issa."))
    (movement,) = scene.readings[0].movements
    place = movement.destination[0].place
    assert place is not None
    assert place.geometry is not None
    assert movement.route is not None
    assert movement.route.length_m > 40_000
