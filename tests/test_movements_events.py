"""Words of movement and control: who goes, where from, where to and by what way, and words that only look like it."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, MovementKind, Report, Status
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def movements(text: str, gazetteer: Gazetteer) -> tuple[Movement, ...]:
    return read(Report("test", text, published=FRIDAY), gazetteer).movements


def ends(movement: Movement) -> tuple[list[str], list[str], list[str]]:
    """Return the names of the places a movement goes from, to and through."""
    slots = (movement.origin, movement.destination, movement.via)
    return tuple([ref.place.name if ref.place else ref.text for ref in slot] for slot in slots)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "origin", "destination", "via"),
    [
        # control, in many words
        ("Sudanese army troops have surrounded Babanusa.", [], ["Babanusa"], []),
        ("Nigerian soldiers freed the town of Gwoza.", [], ["Gwoza"], []),
        ("M23 fighters managed to control Bunagana.", [], ["Bunagana"], []),
        ("RSF fighters managed to hold Nyala.", [], ["Nyala"], []),
        ("Gao came under the control of jihadist fighters.", [], ["Gao"], []),
        ("The town of Popasna is now in the hands of Russian forces.", [], ["Popasna"], []),
        ("Kidal was captured on Tuesday by Malian soldiers.", [], ["Kidal"], []),
        ("Backed by drones, Ethiopian troops took Dessie.", [], ["Dessie"], []),
        ("After capturing Bakhmut, Russian forces dug in.", [], ["Bakhmut"], []),
        # what describes an end stands between it and its preposition
        ("The exodus of fighters from army-held parts of Borno goes on.", ["parts of Borno"], [], []),
        ("Soldiers pulled out of rebel-held parts of Lugansk.", ["Luhansk"], [], []),
        ("Fighters moved from areas held by Boko Haram to Mubi.", [], ["Mubi"], []),
        # towards and away
        ("Colombian troops were flown into Arauca.", [], ["Arauca"], []),
        ("Russian troops inched towards Pokrovsk.", [], ["Pokrovsk"], []),
        ("Rebel fighters marched on Bangui.", [], ["Bangui"], []),
        ("Malian soldiers fell back on Gossi.", [], ["Gossi"], []),
        ("Soldiers drove off in the direction of Bamako.", [], ["Bamako"], []),
        ("Libyan fighters came to Sirte from as far as Murzuq.", ["Murzuq"], ["Sirte"], []),
        ("Malian soldiers pulled back 2 kilometres from Gao.", ["Gao"], [], []),
        ("Armenian troops left their positions near Lachin.", ["Lachin"], [], []),
        ("French troops left the airfield at Tessalit.", ["Tessalit"], [], []),
        ("Rwandan soldiers crossed Lake Kivu into Goma.", [], ["Goma"], ["Lake Kivu"]),
        ("Two brigades are on their way from Pathankot to Leh via Srinagar.", ["Pathankot"], ["Leh"], ["Srinagar"]),
        ("The Chadian column is out of Mao.", ["Mao"], [], []),
        ("Wagner mercenaries assembled at a base near Rostov-on-Don.", [], ["Rostov-on-Don"], []),
        ("Turkish forces launched an offensive on Afrin.", [], ["Afrin"], []),
        ("India has built up its forces in Ladakh.", [], ["Ladakh"], []),
        ("Rebel fighters punched through to Mekelle.", [], ["Mekelle"], []),
        ("RSF fighters fought their way into Wad Medani.", [], ["Wad Medani"], []),
        ("The army won back Gwoza from Boko Haram.", [], ["Gwoza"], []),
        ("Taliban fighters raised their flag over Ghazni.", [], ["Ghazni"], []),
        ("Peshmerga fighters set up positions near Makhmour.", [], ["Makhmour"], []),
        ("Russian and Turkish troops conducted a joint patrol near Kobani.", [], ["Kobani"], []),
        ("Pakistan recalled its troops from Darfur.", ["Darfur"], [], []),
        ("Wagner fighters broke out of Bakhmut and drove towards Soledar.", ["Bakhmut"], ["Soledar"], []),
        ("The landing of Emirati troops at Aden surprised everybody.", [], ["Aden"], []),
        ("Russian soldiers are now in Melitopol.", [], ["Melitopol"], []),
        # words for what is done with control, and light verbs
        ("Malian soldiers imposed full control on Kidal.", [], ["Kidal"], []),
        ("M23 fighters extended their presence to Masisi.", [], ["Masisi"], []),
        ("Somali troops achieved new progress near Jowhar.", [], ["Jowhar"], []),
        ("Russian forces have lost their grip on Kupiansk.", ["Kupiansk"], [], []),
        ("Goma fell into rebel hands.", [], ["Goma"], []),
        # as far as, for, out of
        ("Houthi fighters went as far as Abyan.", [], ["Abyan"], []),
        ("RSF fighters bolted from Sennar.", ["Sennar"], [], []),
        ("Boko Haram fighters were hounded out of Banki.", ["Banki"], [], []),
        ("Afghan soldiers were driven back to Kunduz.", [], ["Kunduz"], []),
        ("Colombia asked FARC fighters to retreat north of Mocoa.", [], ["north of Mocoa"], []),
        ("Congolese soldiers pushed the rebels towards Masisi.", [], ["Masisi"], []),
        ("Iraqi forces reached the gates of Tikrit.", [], ["Tikrit"], []),
        ("Taliban fighters seized the base east of Kunduz.", [], ["east of Kunduz"], []),
        # nouns
        ("The rebel withdrawal from Bunia was welcomed.", ["Bunia"], [], []),
        ("The flight of Afghan soldiers from Zaranj went on.", ["Zaranj"], [], []),
        ("The invasion of Kuwait by Iraqi troops was swift.", [], ["Kuwait"], []),
        ("The Malian army confirmed the loss of Tessalit.", ["Tessalit"], [], []),
        # participles before a noun, and after its relative
        ("Drones shelled the retreating Russian soldiers near Lyman.", ["Lyman"], [], []),
    ],
)
def test_words_of_movement(
    text: str, origin: list[str], destination: list[str], via: list[str], gazetteer: Gazetteer
) -> None:
    (movement,) = movements(text, gazetteer)
    assert ends(movement) == (origin, destination, via)


@pytest.mark.parametrize(
    ("text", "actor", "place"),
    [
        ("In Gwoza, Nigerian troops took control.", "Nigeria", "Gwoza"),
        ("It was from Gao that the French troops withdrew.", "France", "Gao"),
        ("With M23 rebels taking Rutshuru, panic spread.", "M23", "Rutshuru"),
        ("Taliban capture Kunduz", "Taliban", "Kunduz"),
        ("Without firing a shot Ethiopian troops entered Axum.", "Ethiopia", "Axum"),
        ("Chased by drones, the Malian column fled to Kidal.", "Mali", "Kidal"),
        ("Nigerian troops' withdrawal from Baga went on.", "Nigeria", "Baga"),
        ("A Kenyan push towards Kismayo is under way.", "Kenya", "Kismayo"),
        ("Turkey plans to withdraw many of its troops from Afrin.", "Turkey", "Afrin"),
        ("Capturing most of Gwoza has helped Boko Haram fighters reach the border.", "Boko Haram", "Gwoza"),
        ("A Taliban attempt to enter Ghazni failed.", "Taliban", "Ghazni"),
        ("Hours after the start of the offensive Chadian soldiers seized Malam Fatori.", "Chad", "Malam Fatori"),
        ("The Iraqi army sent reinforcements backed by helicopters to Rutba.", "Iraq", "Rutba"),
        ("Boko Haram fighters used boats to cross into Chad.", "Boko Haram", "Chad"),
        ("Chadian troops have appeared in Mora.", "Chad", "Mora"),
        ("Boko Haram, whose fighters had pulled out of Gwoza, shelled the barracks.", "Boko Haram", "Gwoza"),
        ("The decision to cross into Chad was taken by Boko Haram.", "Boko Haram", "Chad"),
        ("Soldiers prevented M23 rebels from entering Bunia.", "M23", "Bunia"),
        ("Nyala, which RSF fighters captured on Monday, is calm.", "RSF", "Nyala"),
    ],
)
def test_sentences_of_many_shapes(text: str, actor: str, place: str, gazetteer: Gazetteer) -> None:
    (movement,) = movements(text, gazetteer)
    origin, destination, _ = ends(movement)
    assert (movement.actor, origin + destination) == (actor, [place])


@pytest.mark.parametrize(
    "text",
    [
        "The company pulled out of Russia.",
        "Retreating glaciers worry farmers near Cusco.",
        "The flight from Lagos to Accra was delayed.",
        "Students made progress in Lima.",
        "The soldiers were talked out of a strike in Suva.",
        "The team lost its grip on the cup in Dakar.",
        "The expulsion of the ambassador from Quito angered Mexico.",
        "Markets retreated in Tokyo.",
        "Argentina took the lead in Doha.",
        "The two sides reached an agreement in Doha.",
        "The army's delegation entered talks in Geneva.",
        "The general left the meeting in Addis Ababa.",
        "The striker moved from Lagos to Porto.",
        "A storm moved from Cuba towards Florida.",
        "An army of volunteers cleaned the streets of Manila.",
        "Volunteers poured into Valencia after the floods.",
        "Shells fell on Kharkiv.",
        "Workers marched on the palace in Colombo.",
        "The senate withdrew the bill in Manila.",
        "Police launched a campaign against drunk driving in Perth.",
        "The health ministry launched a vaccination campaign in Kano.",
        "The bank controls half of the market in Kenya.",
        "Soldiers carried out strikes in Marib.",
        "The army took 40 prisoners in Mekelle.",
        "Russia launched an air campaign in Syria.",
        "The report comes under the heading of defence in London.",
        "The town of Goma came under fire from rebels.",
        "The attack left 20 soldiers dead in Goma.",
        "The price of wheat fell to a new low in Odesa.",
        "The soldiers returned fire in Mopti.",
        "The government took the case to The Hague.",
        "The rebel group grabbed headlines in Manila.",
        "The coalition won a majority in Baghdad.",
        "Soldiers ran for office in Abuja.",
        "Forces removed mines from fields near Kherson.",
        "Rebels freed 20 hostages in Jolo.",
        "The militia gathered information in Kabul.",
        "Armed groups continue to receive money from Turkey.",
        "The regime, bolstered by support from Moscow, survived.",
        "Two men who were captured by soldiers in Mopti deny it.",
        "The army took part in the games in Minsk.",
    ],
)
def test_what_only_looks_like_movement(text: str, gazetteer: Gazetteer) -> None:
    assert [(m.actor, ends(m)) for m in movements(text, gazetteer)] == []


def test_a_place_handed_over_is_left_by_one_and_entered_by_another(gazetteer: Gazetteer) -> None:
    left, entered = movements("M23 rebels handed over Kibumba to Kenyan soldiers.", gazetteer)
    assert (left.actor, ends(left)[0], left.kind) == ("M23", ["Kibumba"], MovementKind.RETREAT)
    assert (entered.actor, ends(entered)[1], entered.kind) == ("Kenya", ["Kibumba"], MovementKind.ADVANCE)


def test_those_driven_out_and_those_who_drive_them_out_both_move(gazetteer: Gazetteer) -> None:
    found = movements("Somali soldiers pushed al-Shabaab fighters out of Jowhar.", gazetteer)
    assert [(m.actor, ends(m)[:2]) for m in found] == [("Somalia", ([], ["Jowhar"])), ("al-Shabaab", (["Jowhar"], []))]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        # the subject stands far from its verb, or the parse gives another
        ("Taliban fighters extended their gains, seizing Kunduz.", "Taliban"),
        ("Hours after the talks failed, Taliban fighters seized Kunduz.", "Taliban"),
        ("The ministry asked for Rwandan troops to leave Goma.", "Rwanda"),
        ("A general and 40 Rwandan soldiers entered Goma.", "Rwanda"),
        ("Kunduz, besieged for weeks and shelled daily, was taken at dawn by the Taliban.", "Taliban"),
    ],
)
def test_who_moves_is_found_far_from_the_verb(text: str, actor: str, gazetteer: Gazetteer) -> None:
    (movement,) = movements(text, gazetteer)
    assert movement.actor == actor


def test_those_who_speak_do_not_move(gazetteer: Gazetteer) -> None:
    (movement,) = movements("French officers said Malian soldiers gave up Kidal to the rebels.", gazetteer)[:1]
    assert movement.actor == "Mali"


def test_to_whom_troops_are_loyal_is_no_end_of_their_way(gazetteer: Gazetteer) -> None:
    found = movements("Troops loyal to Tripoli took control of Tarhuna.", gazetteer)
    assert [ends(m)[1] for m in found] == [["Tarhuna"]]


def test_a_distance_from_a_town_is_no_departure_from_it(gazetteer: Gazetteer) -> None:
    (movement,) = movements("Rebel fighters took Saraqib and are now 10 km from Hama.", gazetteer)
    assert ends(movement)[:2] == ([], ["Saraqib"])


def test_an_attempt_that_was_repelled_is_denied(gazetteer: Gazetteer) -> None:
    (movement,) = movements("Soldiers thwarted an infiltration attempt by Houthi fighters towards Marib.", gazetteer)
    assert (movement.actor, ends(movement)[1], movement.status) == ("Houthis", ["Marib"], "denied")


def test_a_relative_takes_up_the_place(gazetteer: Gazetteer) -> None:
    entered, fled = movements("Kenyan troops entered Barawe, from which al-Shabab fighters had fled.", gazetteer)
    assert (ends(entered)[1], ends(fled)[0]) == (["Barawe"], ["Barawe"])


def test_those_who_are_made_to_go_go(gazetteer: Gazetteer) -> None:
    (movement,) = movements("The shelling prompted hundreds of soldiers to flee to Bukavu.", gazetteer)
    assert (ends(movement)[1], movement.status) == (["Bukavu"], Status.COMPLETED)


def test_the_next_base_is_not_the_place_named_before(gazetteer: Gazetteer) -> None:
    (taken,) = movements("Taliban fighters captured Lashkar Gah. Soldiers withdrew to a nearby base.", gazetteer)
    assert ends(taken)[1] == ["Lashkar Gah"]


def test_a_place_is_handed_over_to_a_country(gazetteer: Gazetteer) -> None:
    left, entered = movements("Armenian forces handed over Lachin to Azerbaijan.", gazetteer)
    assert (left.actor, entered.actor) == ("Armenia", "Azerbaijan")


def test_those_expelled_and_their_foes_stand_beside_a_noun(gazetteer: Gazetteer) -> None:
    (loser,) = movements("The expulsion of M23 fighters from Goma was welcomed.", gazetteer)
    assert (loser.actor, ends(loser)[0]) == ("M23", ["Goma"])


def test_which_was_taken_is_the_place_right_before(gazetteer: Gazetteer) -> None:
    text = "Lorries cross the border and the plain south of Rutba, which was recaptured by Iraqi soldiers on Monday."
    assert ends(movements(text, gazetteer)[-1]) == ([], ["Rutba"], [])


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("Kenyan troops captured Kismayo on Monday. They had come from Garissa.", ["Garissa"], ["Kismayo"]),
        ("Kenyan troops captured Kismayo. Another column set out from Garissa.", ["Garissa"], ["Kismayo"]),
        ("Kenyan troops captured Kismayo. They advanced from Garissa with tanks.", ["Garissa"], ["Kismayo"]),
        ("Kenyan troops captured Kismayo. A battalion withdrew from Garissa.", ["Garissa"], []),
        ("Kenyan troops captured Kismayo. Another convoy drove home from Garissa.", ["Garissa"], []),
        ("Rebels attacked Aden but were driven back to Zinjibar.", ["Aden"], ["Zinjibar"]),
        ("M23 rebels had taken Sake and pushed the soldiers back to Goma.", ["Sake"], ["Goma"]),
        ("Houthi fighters advanced on Marib. One force came from Sirwah.", ["Sirwah"], ["Marib"]),
        ("Kenyan troops captured Kismayo as Shabaab cadres fled to Baidoa.", ["Kismayo"], ["Baidoa"]),
        ("Kenyan troops captured Kismayo. Most of the fighters retreated to Baidoa.", ["Kismayo"], ["Baidoa"]),
        ("Gunmen stormed Kolbiyow. Kenyan reinforcements sent from Garissa arrived at noon.", ["Garissa"], []),
        ("Some went from Poltava to Bakhmut. Wagner fighters entered Soledar and captured it.", [], ["Soledar"]),
        ("Reinforcements had reached Kismayo from Garissa. The militants fled to Baidoa.", ["Kismayo"], ["Baidoa"]),
        ("Kenyan troops captured Kismayo. Shabaab fighters fled to the western villages.", ["Kismayo"], []),
    ],
)
def test_the_other_end_was_told_before(
    text: str, origin: list[str], destination: list[str], gazetteer: Gazetteer
) -> None:
    assert ends(movements(text, gazetteer)[-1])[:2] == (origin, destination)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("M23 rebels pushed south for a week. Bukavu fell on Monday without a fight.", ["Bukavu"]),
        ("Malian soldiers dug in. Kidal fell on Friday after a long siege.", ["Kidal"]),
        ("Malian soldiers dug in. Temperatures in Kidal fell by ten degrees on Friday.", []),
        ("Malian soldiers dug in. Kidal fell silent on Friday.", []),
        ("Malian soldiers dug in as the hills on the Algerian side receded and night fell.", []),
        ("Malian soldiers dug in. Exports of Mali fell in March.", []),
    ],
)
def test_a_place_that_falls_is_taken_by_somebody(text: str, places: list[str], gazetteer: Gazetteer) -> None:
    assert [ref.place.name for m in movements(text, gazetteer) for ref in m.destination if ref.place] == places


@pytest.mark.parametrize(
    ("text", "origin", "destination", "status"),
    [
        # where those who flee look for shelter
        ("Gunmen are fleeing Marawi City to find shelter in Cotabato.", ["Marawi City"], ["Cotabato"], "ongoing"),
        ("The rebels fled Goma and took refuge in Bukavu.", ["Goma"], ["Bukavu"], "completed"),
        # those on their way are met where they have come to
        ("Soldiers killed rebels in Bardai who had been crossing from Libya.", ["Libya"], ["Bardai"], "ongoing"),
        ("Nine rebels were killed in Diffa who had crossed from Chad.", ["Chad"], ["Diffa"], "completed"),
        # a passage is theirs to whom it is granted
        ("Rebels from Bouar and Bria were not granted safe passage out of town.", ["Bouar", "Bria"], [], "denied"),
        ("The army gave the rebels safe passage from Bouar to Bria.", ["Bouar"], ["Bria"], "completed"),
        # where a clause says that the areas are
        ("The army took control of areas where gunmen were dug in in Derna.", [], ["Derna"], "completed"),
        ("Militia fighters seized two oil fields located on the outskirts of Sabha.", [], ["Sabha"], "completed"),
    ],
)  # fmt: skip
def test_ends_told_in_another_clause(
    text: str, origin: list[str], destination: list[str], status: str, gazetteer: Gazetteer
) -> None:
    (movement,) = movements(text, gazetteer)
    assert (ends(movement)[:2], movement.status.value) == ((origin, destination), status)


def test_the_subject_that_several_verbs_share_is_found_where_the_parse_loses_it(gazetteer: Gazetteer) -> None:
    told = movements(
        "After establishing control over the airport of Derna in addition to two camps in the countryside of Ajdabiya "
        "the army has continued advancing and quickly established control over the town of Marj.",
        gazetteer,
    )
    assert [(m.actor_text, m.status) for m in told] == [("the army", Status.COMPLETED)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Ethiopian units took control of Dolow to the northwest of Luuq.",
        "Ethiopian troops took Dolow to the north of Luuq.",
    ],
)
def test_where_a_place_lies_is_no_way_there(text: str, gazetteer: Gazetteer) -> None:
    assert [ends(m)[:2] for m in movements(text, gazetteer)] == [([], ["Dolow"])]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        # a group that the table lacks goes by its own name; who is known by it, by that
        ("The Kassala Mountain Fighters entered Gedaref.", "Kassala Mountain Fighters"),
        ("The Upper Kivu Defence Fighters captured Uvira.", "Upper Kivu Defence Fighters"),
        ("The Syrian Democratic Forces entered Raqqa.", "SDF"),
        ("Iraqi Counter Terrorism Troops entered Mosul.", "Iraq"),
    ],
)
def test_groups_go_by_their_own_name(text: str, actor: str, gazetteer: Gazetteer) -> None:
    assert [m.actor for m in movements(text, gazetteer)] == [actor]


def test_headlines_name_no_groups(gazetteer: Gazetteer) -> None:
    assert "Syrian Rebel Fighters" not in {m.actor for m in movements("Syrian Rebel Fighters Seize Azaz.", gazetteer)}


def test_who_is_made_to_order_others_out_does_not_leave(gazetteer: Gazetteer) -> None:
    assert not movements("Floods forced the army to order residents out of Baidoa.", gazetteer)
    assert movements("Floods forced the army to pull out of Baidoa.", gazetteer)
