"""Places meant by common nouns, by "there" and by nothing at all, from what a report has named before."""

import pytest

from geomap.models import Candidate, Certainty, Mention, Place, PlaceRef, Resolution
from geomap.reports.places.focus import Focus, is_implied


def place(name: str, feature: str = "P.PPL", population: int = 0) -> Place:
    return Place(f"test:{name}", name, 30.0, 10.0, "SD", feature=feature, population=population)


def focus(text: str, *places: Place) -> Focus:
    mentions = []
    for known in places:
        start = text.index(known.name)
        found = Resolution(known.name, Certainty.RESOLVED, "", (Candidate(known, 1.0),))
        mentions.append(Mention(start, start + len(known.name), known.name, resolution=found))
    return Focus(text, tuple(sorted(mentions, key=lambda m: m.start)))


def names(refs: list[PlaceRef]) -> list[str | None]:
    return [ref.place.name if ref.place else None for ref in refs]


BIG, SMALL, GORM = place("Wadam", "P.PPLA", 900_000), place("Tirba", "P.PPL", 8_000), place("Gorm")


@pytest.mark.parametrize(
    ("text", "noun", "meant"),
    [
        ("Guns were heard in Tirba. People left the town", "town", ["Tirba"]),
        # the same noun stands beside the name
        ("The town of Tirba lies on the road to Wadam. People left the town", "town", ["Tirba"]),
        # a name that only tells where another place is
        ("Guns were heard in Tirba, 20 km north of Wadam. People left the city", "town", ["Tirba"]),
        # size
        ("Fighting spread from Wadam to Tirba. People left the city", "city", ["Wadam"]),
        ("Fighting spread from Tirba to Wadam. People left the village", "village", ["Tirba"]),
        # a government speaks
        ("Guns were heard in Tirba. Wadam has denied it. People left the town", "town", ["Tirba"]),
        # nothing of that kind
        ("Guns were heard in Tirba. People left the island", "island", []),
    ],
)
def test_a_common_noun_takes_up_a_place(text: str, noun: str, meant: list[str]) -> None:
    found = focus(text, *(p for p in (BIG, SMALL) if p.name in text)).meant_by(noun, f"the {noun}", len(text) - 5)
    assert names(found) == meant
    assert all(is_implied(ref) and ref.text == f"the {noun}" for ref in found)


def test_where_forces_have_moved_is_in_view() -> None:
    text = "Soldiers took Tirba. Shells fell on Wadam. They withdrew"
    told = focus(text, BIG, SMALL)
    assert names(told.in_view("withdrew", len(text))) == ["Wadam"]
    told.note(text.index(".") + 1, [PlaceRef("Tirba", SMALL)])
    (meant,) = told.in_view("withdrew", len(text))
    assert (meant.text, meant.place) == ("Tirba", SMALL)
    assert "Tirba" in meant.reason


def test_what_was_told_later_is_not_in_view_yet() -> None:
    text = "Guns were heard in Wadam. They withdrew. Soldiers took Tirba."
    told = focus(text, BIG, SMALL)
    told.note(len(text), [PlaceRef("Tirba", SMALL)])
    assert names(told.in_view("withdrew", text.index("withdrew"))) == ["Wadam"]


def test_the_other_end_is_not_the_place_in_view() -> None:
    text = "Soldiers took Tirba. They withdrew to Wadam"
    told = focus(text, BIG, SMALL)
    told.note(20, [PlaceRef("Tirba", SMALL)])
    assert names(told.in_view("withdrew", len(text), but=[PlaceRef("Tirba", SMALL)])) == ["Wadam"]


def test_a_country_or_sea_is_never_in_view() -> None:
    text = "The ships crossed the Sarmat. Talks went on in Kush. They withdrew"
    told = focus(text, place("Sarmat", "H.SEA"), place("Kush", "A.PCLI"))
    assert told.in_view("withdrew", len(text)) == []


def test_what_was_named_long_ago_is_not_in_view() -> None:
    text = "Guns were heard in Tirba. One. Two. Three. They withdrew"
    assert focus(text, SMALL).in_view("withdrew", len(text)) == []


def test_part_of_an_adjective_is_no_place_in_view() -> None:
    text = "A Tirba-based monitor said they withdrew"
    assert focus(text, SMALL).in_view("withdrew", len(text)) == []


def test_several_places_are_taken_up_together() -> None:
    text = "Soldiers took Tirba and Wadam. They hold both towns"
    told = focus(text, BIG, SMALL)
    told.note(30, [PlaceRef("Tirba", SMALL), PlaceRef("Wadam", BIG), PlaceRef("Gorm")])
    assert [ref.text for ref in told.all_meant("both towns", len(text) - 10)] == ["Tirba", "Wadam", "Gorm"]


def test_as_many_as_are_counted_may_have_been_named_in_a_list() -> None:
    text = "Fighters held Tirba and Wadam. The army entered both towns"
    assert names(focus(text, BIG, SMALL).all_meant("both towns", len(text) - 10)) == ["Tirba", "Wadam"]
    text = "Fighters held Tirba and Wadam. The army entered three towns"
    assert focus(text, BIG, SMALL).all_meant("the three towns", len(text) - 11) == []


def test_a_list_in_the_same_sentence_comes_first() -> None:
    text = "Soldiers took Gorm. Fighters hold Tirba and Wadam and shell these towns"
    told = focus(text, BIG, SMALL, place("Gorm"))
    told.note(19, [PlaceRef("Gorm", place("Gorm"))])
    assert names(told.all_meant("these towns", len(text) - 11)) == ["Tirba", "Wadam"]


def test_where_forces_went_is_the_town_rather_than_where_they_came_from() -> None:
    text = "Soldiers arrived in Tirba from Gorm. People left the town"
    told = focus(text, SMALL, GORM)
    told.note(36, [PlaceRef("Gorm", GORM), PlaceRef("Tirba", SMALL)], [PlaceRef("Tirba", SMALL)])
    assert names(told.meant_by("town", "the town", len(text) - 8)) == ["Tirba"]


def test_a_quarter_is_no_city() -> None:
    text = "Soldiers left Wadam for Sabri. People left the city"
    quarter = place("Sabri", "P.PPLX", 90_000)
    assert names(focus(text, BIG, quarter).meant_by("city", "the city", len(text) - 8)) == ["Wadam"]


def test_the_town_that_no_gazetteer_has_is_no_other_one() -> None:
    text = "Soldiers left Tirba for Xyrd. They hold the town"
    told = focus(text, SMALL)
    told.note(29, [PlaceRef("Tirba", SMALL), PlaceRef("Xyrd")], [PlaceRef("Xyrd")])
    (meant,) = told.meant_by("town", "the town", len(text) - 8)
    assert (meant.text, meant.place) == ("the town", None)
    assert "Xyrd" in meant.reason


def test_a_base_in_a_town_is_the_base() -> None:
    text = "Soldiers left their base in Tirba. Men entered the base"
    assert names(focus(text, SMALL).meant_by("base", "the base", len(text) - 8)) == ["Tirba"]
    text = "Soldiers left Tirba. Men entered the base"
    assert focus(text, SMALL).meant_by("base", "the base", len(text) - 8) == []


@pytest.mark.parametrize(("words", "meant"), [("the two towns", ["Tirba", "Wadam"]), ("these towns", ["Wadam"])])
def test_towns_that_are_counted_were_reached_one_after_the_other(words: str, meant: list[str]) -> None:
    text = f"Soldiers took Tirba. Later they took Wadam. They left {words}"
    told = focus(text, BIG, SMALL)
    told.note(20, [PlaceRef("Tirba", SMALL)], [PlaceRef("Tirba", SMALL)])
    told.note(43, [PlaceRef("Wadam", BIG)], [PlaceRef("Wadam", BIG)])
    assert names(told.all_meant(words, len(text) - len(words))) == meant


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Rebels swept through Upper Gorm. They are near", "the provincial capital", ["Wadam"]),
        ("Rebels left Tirba in Upper Gorm. They hold", "the regional capital", ["Wadam"]),
        # a seat that was named last is itself meant
        ("Rebels left Wadam. They took", "the state capital", ["Wadam"]),
        # of no province
        ("Rebels swept through Upper Gorm. They are near", "the capital", []),
        ("Rebels left Tirba. They are near", "the provincial capital", []),
    ],
)
def test_the_capital_of_a_province_need_not_be_named(text: str, words: str, meant: list[str]) -> None:
    area = place("Upper Gorm", "A.ADM1")
    named = focus(text, *(p for p in (BIG, SMALL, area) if p.name in text))
    named.seat_of = lambda one: BIG if one == area else None
    found = named.meant_by("capital", words, len(text))
    assert names(found) == meant
    assert all(is_implied(ref) and ref.text == words for ref in found)
