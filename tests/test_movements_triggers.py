"""Which words tell a movement: verbs with their particles, idioms of control, nouns; and which only look like one."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Report
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def told(text: str, gazetteer: Gazetteer) -> list[tuple[list[str], list[str]]]:
    """Return the names of the places that each movement of a text goes from and to."""

    def ends(movement: Movement) -> tuple[list[str], list[str]]:
        slots = (movement.origin, movement.destination)
        return tuple([ref.place.name if ref.place else ref.text for ref in slot] for slot in slots)  # type: ignore[return-value]

    return [ends(movement) for movement in read(Report("test", text), gazetteer).movements]


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        # a hold on a place that is news
        ("The army is in full control of Kindu.", [], ["Kindu"]),
        ("Fano fighters are now in control of Lalibela.", [], ["Lalibela"]),
        ("The rebels said they had complete control of Goma.", [], ["Goma"]),
        ("Gao has been under the full control of jihadist fighters.", [], ["Gao"]),
        ("Iraqi forces broke through the berm and are inside Bartella.", [], ["Bartella"]),
        ("By Friday the insurgents were inside Kunduz.", [], ["Kunduz"]),
        # ships that arrive off a coast have come there, soldiers driven off a hill have left it
        ("Two Russian frigates arrived off Libya last week.", [], ["Libya"]),
        ("The Indian carrier that appeared off Karachi on Monday was alone.", [], ["Karachi"]),
        ("Soldiers pulled off Mount Sinjar at dawn.", ["Mount Sinjar"], []),
        ("Trucks took fighters and their gear to Kidal.", [], ["Kidal"]),
        # nouns with a hyphen
        ("The pull-out of Kenyan troops from Dhobley went unnoticed.", ["Dhobley"], []),
        ("The build-up of Ethiopian troops in Beledweyne continued.", [], ["Beledweyne"]),
        ("Take-over of Gao by Islamist rebels completed.", [], ["Gao"]),
        ("Rwandan soldiers are now in charge of the border post at Gisenyi.", [], ["Gisenyi"]),
        # whom a relative clause is about
        ("Malian soldiers who seized Gao on Wednesday were joined by others.", [], ["Gao"]),
        ("Ethiopian troops took Alamata, the first town in Tigray to fall to them.", [], ["Alamata"]),
        # where a report was written is no place in view
        ("KINSHASA (AFP) - Rebels captured Goma on Friday.", [], ["Goma"]),
        # particles that bring somebody to where the story is
        ("Officers quit Bria as the rebels poured in.", [], ["Bria"]),
        # sites told by where they lie
        ("Fighters captured the artillery college in Bamako.", [], ["Bamako"]),
        ("Troops took up positions in the old market of Sirte.", [], ["Sirte"]),
        # particles far from their verb, and the way out of a place
        ("The army took the oil terminals of Brega back from the guards.", [], ["Brega"]),
        ("A hundred of the fighters have been taken out of Homs.", ["Homs"], []),
        ("Soldiers ran across the border into Cameroon.", [], ["Cameroon"]),
        # who speaks has run into the place
        ("Jihadists have seized Ansongo residents told reporters.", [], ["Ansongo"]),
        ("Boko Haram took Damboa police sources said.", [], ["Damboa"]),
        ("The army has captured Damboa village state media reported.", [], ["Damboa"]),
        # who comes to the help of others
        ("Wagner fighters reinforced the garrison in Bria.", [], ["Bria"]),
        ("Rwandan troops flew to Bria to reinforce the garrison there.", [], ["Bria"]),
        # those who are driven somewhere
        ("Nigerian troops pursued the terrorists towards Diffa.", [], ["Diffa"]),
    ],
)
def test_words_that_tell_a_movement(text: str, origin: list[str], destination: list[str], gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [(origin, destination)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels entered Gao after the army abandoned its bases there.", [([], ["Gao"]), (["Gao"], [])]),
        ("Soldiers took Gao, but they ceded it to rebels.", [([], ["Gao"]), (["Gao"], []), ([], ["Gao"])]),
        ("The garrison in Gao handed it over to the rebels.", [(["Gao"], []), ([], ["Gao"])]),
        ("The Congolese army repulsed the rebels from Kibumba.", [([], ["Kibumba"]), (["Kibumba"], [])]),
        ("RSF fighters held Kosti for a day before withdrawing.", [(["Kosti"], [])]),
        ("Ethiopian troops seized Dolow, then left after looting it.", [([], ["Dolow"]), (["Dolow"], [])]),
    ],
)
def test_words_that_tell_two_movements_or_one_of_two(
    text: str, expected: list[tuple[list[str], list[str]]], gazetteer: Gazetteer
) -> None:
    assert told(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The army entered Gao and jihadists fled to Kidal.",
            [("the army", [], ["Gao"]), ("jihadists", ["Gao"], ["Kidal"])],
        ),
        (
            "Libyan troops reached Sabha and rebels withdrew to Murzuq.",
            [("libyan troops", [], ["Sabha"]), ("rebels", ["Sabha"], ["Murzuq"])],
        ),
        (
            "Rebels seized Bria and government soldiers retreated to Bambari.",
            [("rebels", [], ["Bria"]), ("government soldiers", ["Bria"], ["Bambari"])],
        ),
        ("Militants attacked Gao and soldiers were driven out.", [("soldiers", ["Gao"], [])]),
        ("Soldiers and militiamen entered Gao.", [("soldiers", [], ["Gao"])]),
    ],
)
def test_forces_that_stand_beside_a_place_act_on_their_own(
    text: str, expected: list[tuple[str, list[str], list[str]]], gazetteer: Gazetteer
) -> None:
    movers = [(m.actor_text or "").lower() for m in read(Report("test", text), gazetteer).movements]
    assert [(who, *where) for who, where in zip(movers, told(text, gazetteer), strict=True)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army is in control of most of the road to Kindu.",
        "The rebels maintain full control of their emotions in Kindu.",
        "The company is in full control of its mine.",
        "The garrison in Bria was reinforced with concrete.",
        "Rebels seized a truck in Goma and gave it up.",
        "The team scored in Goma and lost it late.",
        "Thousands fled to Rwanda when soldiers were near.",
        "The army left two million who had fled Sudan without food.",
        "The Malian efforts to get John Smith out of Gao went on for months.",
        "The children of the fighters boarded a plane chartered by a singer to Lagos.",
        "Soldiers captured rebels who lived in Goma.",
        "KINSHASA (AFP) - Rebels overran an army base on Friday.",
        "Villagers ran across the border into Cameroon.",
        "The college they attended in Bamako was built by soldiers.",
        "Officials want control of the port of Berbera.",
        "The build-up of debt in Ghana worries lenders.",
        "The take-over of the bank in Accra was approved.",
        "Detectives pursued the case to Diffa.",
    ],
)
def test_words_that_only_look_like_it(text: str, gazetteer: Gazetteer) -> None:
    assert not told(text, gazetteer)
