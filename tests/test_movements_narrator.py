"""Sentences of many wars, each with what it tells, and sentences that only look like movements."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Reading, Report
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def reading(text: str, gazetteer: Gazetteer) -> Reading:
    return read(Report("test", text, published=FRIDAY), gazetteer)


def told(movement: Movement) -> tuple[str | None, list[str], list[str], str]:
    return (
        movement.actor,
        [ref.text for ref in movement.origin],
        [ref.text for ref in movement.destination],
        movement.status.value,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ukrainian forces withdrew from Avdiivka to Pokrovsk.",
            ("Ukraine", ["Avdiivka"], ["Pokrovsk"], "completed"),
        ),
        (
            "A Russian armoured column rolled from Belgorod towards Kharkiv.",
            ("Russia", ["Belgorod"], ["Kharkiv"], "completed"),
        ),
        ("RSF fighters captured El Fasher, witnesses said.", ("RSF", [], ["El Fasher"], "completed")),
        ("The town of Goma was captured by M23 rebels.", ("M23", [], ["Goma"], "completed")),
        ("Armenian troops were ordered to withdraw from Lachin.", ("Armenia", ["Lachin"], [], "ordered")),
        ("Eritrean forces are expected to leave Tigray.", ("Eritrea", ["Tigray"], [], "planned")),
        ("Rwandan troops have not left Goma, the ministry said.", ("Rwanda", ["Goma"], [], "denied")),
        ("Ethiopian soldiers are advancing on Mekelle.", ("Ethiopia", [], ["Mekelle"], "ongoing")),
        ("Wagner mercenaries began pulling out of Bangui.", ("Wagner", ["Bangui"], [], "ongoing")),
        ("France has agreed to withdraw its troops from Niamey.", ("France", ["Niamey"], [], "planned")),
        ("Somali troops retook the town of Adado from al-Shabaab.", ("Somalia", [], ["Adado"], "completed")),
        ("Turkish tanks crossed into Syria near Jarablus.", ("Turkey", [], ["Syria"], "completed")),
        ("The Houthis attempted to enter Marib but failed.", None),
        ("Colombian troops were deployed to Cali.", ("Colombia", [], ["Cali"], "completed")),
        ("The withdrawal of French troops from Gao began on Monday.", ("France", ["Gao"], [], "ongoing")),
        (
            "Sudan's army sent reinforcements from Port Sudan to Atbara.",
            ("Sudanese army", ["Port Sudan"], ["Atbara"], "completed"),
        ),
        ("Mosul fell to Islamic State.", ("ISIS", [], ["Mosul"], "completed")),
        ("A Chadian convoy carrying ammunition reached Abeche.", ("Chad", [], ["Abeche"], "completed")),
        ("Taliban fighters seized control of Kunduz.", ("Taliban", [], ["Kunduz"], "completed")),
    ],
)
def test_one_movement(
    text: str, expected: tuple[str | None, list[str], list[str], str] | None, gazetteer: Gazetteer
) -> None:
    movements = reading(text, gazetteer).movements
    assert [told(m) for m in movements if m.status != "denied" or expected] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "The president withdrew the bill in Ankara.",
        "Prices moved from 10 to 12 dollars in Lagos.",
        "The team advanced to the final in Paris.",
        "Protesters marched on Khartoum.",
        "Russian jets bombed Kharkiv overnight.",
        "Shells fell on Gaza City.",
        "The minister left Baghdad for Tehran.",
        "Refugees crossed from Sudan into Chad.",
        "An aid convoy entered Gaza from Egypt.",
        "Britain left the European Union in Brussels.",
        "He travelled from London to Kyiv.",
        "Talks between the army and the rebels advanced in Doha.",
        "Troops are stationed at a base in Djibouti.",
        "Peace talks moved from Geneva to Vienna.",
        "Turkey withdrew its ambassador from Paris.",
    ],
)
def test_no_movement_of_forces(text: str, gazetteer: Gazetteer) -> None:
    assert [told(m) for m in reading(text, gazetteer).movements] == []


def test_driving_out_is_an_advance_and_a_retreat(gazetteer: Gazetteer) -> None:
    movements = reading("Ukrainian forces drove Russian troops out of Kherson on Monday.", gazetteer).movements
    assert [told(m) for m in movements] == [
        ("Ukraine", [], ["Kherson"], "completed"),
        ("Russia", ["Kherson"], [], "completed"),
    ]
    assert all(m.date and m.date.iso() == "2024-03-11" for m in movements)


def test_who_drives_others_back_is_not_put_where_they_had_been(gazetteer: Gazetteer) -> None:
    movements = reading(
        "Fighting went on in Sake. Malian soldiers pushed the rebels back to Goma.", gazetteer
    ).movements
    assert [(m.kind.value, [ref.text for ref in m.destination]) for m in movements] == [("retreat", ["Goma"])]


def test_steps_of_one_trip_are_joined(gazetteer: Gazetteer) -> None:
    text = "US columns crossed into Iraq from Syria on Monday, taking soldiers and gear to Erbil."
    (movement,) = reading(text, gazetteer).movements
    assert told(movement) == ("United States", ["Syria"], ["Erbil"], "completed")
    assert movement.mode == "road"


def test_the_sentence_before_dates_the_same_event(gazetteer: Gazetteer) -> None:
    text = "The pullout started on Thursday night, a monitor said. A column of 12 US lorries left Erbil."
    (movement,) = reading(text, gazetteer).movements
    assert movement.date is not None
    assert movement.date.iso() == "2024-03-14"
    assert movement.vehicles == 12
    assert movement.provenance.quote.startswith("A column of 12")


def test_what_follows_an_attack_happened_on_its_day(gazetteer: Gazetteer) -> None:
    text = "Boko Haram fighters attacked Kautikari on Tuesday night. They left in the direction of Chibok."
    (left,) = (m for m in reading(text, gazetteer).movements if m.trigger == "left")
    assert left.date is not None
    assert left.date.iso() == "2024-03-12"


def test_what_had_happened_before_does_not_date_what_follows(gazetteer: Gazetteer) -> None:
    text = "Soldiers recaptured Bria on Wednesday. The rebels had seized Bria on Monday. They fled towards Ndele."
    (fled,) = (m for m in reading(text, gazetteer).movements if m.trigger == "fled")
    assert fled.date is not None
    assert fled.date.iso() == "2024-03-13"


def test_an_order_is_not_dated_by_what_happened_before(gazetteer: Gazetteer) -> None:
    text = "The first column set off on Thursday. The order to withdraw US troops from Iraq has been signed."
    (movement,) = reading(text, gazetteer).movements
    assert (movement.status, movement.date) == ("ordered", None)


def test_the_speaker_is_named_in_full(gazetteer: Gazetteer) -> None:
    text = (
        "The Syrian Observatory for Human Rights watches the war. "
        "The Observatory said that rebel fighters had entered Idlib."
    )
    (movement,) = reading(text, gazetteer).movements
    assert movement.provenance.attributed_to == "Syrian Observatory for Human Rights"


def test_the_day_of_a_statement_is_not_the_day_of_the_movement(gazetteer: Gazetteer) -> None:
    (movement,) = reading("The ministry said on Tuesday that Malian troops had entered Kidal.", gazetteer).movements
    assert movement.date is None


def test_a_caption_tells_no_movement(gazetteer: Gazetteer) -> None:
    text = "This Dec. 29, 2019 file photo shows US troops leaving Erbil. (AP)\n\nTalks went on in Baghdad."
    assert reading(text, gazetteer).movements == ()


def test_offsets_point_at_the_quote(gazetteer: Gazetteer) -> None:
    text = "Quiet reigned in Niamey.\n\nFrench troops left Gao for Niamey, officials said. Nobody was hurt."
    (movement,) = reading(text, gazetteer).movements
    claim = movement.provenance
    assert text[claim.start : claim.end] == claim.quote == "French troops left Gao for Niamey, officials said."
    assert [claim.quote[a:b] for a, b in claim.marks] == ["French troops", "left", "Gao", "Niamey"]
    assert claim.attributed_to == "officials"


@pytest.mark.parametrize("text", ["  French troops left Gao for Niamey. ", "  Ethiopian forces shelled Mekelle. "])
def test_blanks_before_a_sentence_are_not_quoted(text: str, gazetteer: Gazetteer) -> None:
    found = reading(text, gazetteer)
    (record,) = (*found.movements, *found.incidents)
    claim = record.provenance
    assert text[claim.start : claim.end] == claim.quote == text.strip()
    assert all(claim.quote[a:b].strip() for a, b in claim.marks)
    assert all(claim.quote[a:b] == record.trigger for a, b in claim.marks[-1:] if found.incidents)
    assert all(m.actor_text == "French troops" for m in found.movements)


def test_the_town_is_the_one_named_before(gazetteer: Gazetteer) -> None:
    text = "Fighting went on around the town of Kobani. A Syrian army unit was seen heading towards the town."
    (movement,) = reading(text, gazetteer).movements
    assert [ref.place.country for ref in movement.destination if ref.place] == ["SY"]
    assert "Kobani" in movement.destination[0].reason


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebel fighters entered Tripoli, Lebanon.", "LB"),
        ("Rebel fighters stormed the town of Tripoli in northern Lebanon.", "LB"),
        ("The Libyan army entered Tripoli.", "LY"),
        ("South Sudanese soldiers entered Juba.", "SS"),
    ],
)
def test_a_name_means_the_place_of_its_own_story(text: str, country: str, gazetteer: Gazetteer) -> None:
    (movement,) = reading(text, gazetteer).movements
    assert [ref.place.country for ref in movement.destination if ref.place] == [country]


def test_a_name_is_not_looked_for_outside_the_country_it_is_put_in(gazetteer: Gazetteer) -> None:
    (movement,) = reading("Rebel fighters stormed the town of Palermo in northern Mozambique.", gazetteer).movements
    assert [ref.place for ref in movement.destination] == [None]


def test_history_is_marked_as_background(gazetteer: Gazetteer) -> None:
    (movement,) = reading("Rebels captured Goma in 2012.", gazetteer).movements
    assert movement.background


@pytest.mark.parametrize(
    "text", ["", "…", "A", "\n\n\n", "12345 " * 50, "ATTACK " * 200, "Paris London Rome Madrid " * 100]
)
def test_nothing_is_made_of_nothing(text: str, gazetteer: Gazetteer) -> None:
    assert reading(text, gazetteer).movements == ()
