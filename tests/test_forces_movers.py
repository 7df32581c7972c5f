"""Who moves: sentences of many wars, by what the words name, take up or leave untold."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Movement, Report
from geomap.reports.read import read

DAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def movements(text: str, gazetteer: Gazetteer) -> tuple[Movement, ...]:
    return read(Report("test", text, published=DAY), gazetteer).movements


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Fighters loyal to Khalifa Haftar entered Sirte.", "LNA"),
        ("Dozens of members of the Arakan Army entered Sittwe.", "Arakan Army"),
        ("The armed group known as Wazalendo entered Masisi.", "Wazalendo"),
        ("Dozens of defectors from Boko Haram have gathered in Diffa.", "Boko Haram"),
        ("More than 20 al-Shabaab diehards have retreated to Jilib.", "al-Shabaab"),
        ("Guerrillas of the ELN withdrew from Ituango in Colombia.", "ELN"),
        ("Insurgents led by Hayat Tahrir al-Sham entered Hama.", "HTS"),
        ("America's troops withdrew from Niamey.", "United States"),
        ("Soldiers from Chad crossed into Cameroon.", "Chad"),
        ("Troops were withdrawn from Chad by France.", "France"),
        ("Paris sent a convoy from Niamey to Zinder.", "France"),
        ("Azov fighters withdrew from Mariupol in Ukraine.", "Ukraine"),
        ("Trucks carrying Wagner mercenaries left Bangui.", "Wagner"),
        ("Seleka rebels captured Bambari in the Central African Republic.", "Seleka"),
        ("US-backed Kurdish fighters entered Raqqa in Syria.", "YPG"),
        ("A UN mission convoy of peacekeepers left Kidal.", "United Nations"),
        ("Government forces recaptured Bor in South Sudan.", "South Sudan"),
        ("Government forces recaptured Ayacucho in Peru.", "Peru"),
        ("Army units withdrew from Wad Madani in Sudan.", "Sudanese army"),
    ],
)
def test_words_beside_the_noun_name_who_moves(text, actor, gazetteer):
    assert [movement.actor for movement in movements(text, gazetteer)][:1] == [actor]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Boko Haram attacked Nigerian soldiers near Baga on Monday. The militants then entered Monguno.",
            ["Boko Haram"],
        ),
        (
            "Boko Haram attacked Nigerian soldiers near Baga on Monday. The soldiers withdrew from Monguno.",
            ["Nigeria"],
        ),
        (
            "Fano clashed with Ethiopian troops on Sunday. The group captured Lalibela the next day.",
            ["Fano"],
        ),
        (
            "The Colombian army fought FARC dissidents. The army entered Argelia on Friday.",
            ["Colombia"],
        ),
        (
            "An M23 column left Goma at dawn. A second column left Sake an hour later.",
            ["M23", "M23"],
        ),
        (
            "The Tatmadaw shelled the hills for days. Its troops entered Lashio on Monday.",
            ["Myanmar"],
        ),
        (
            "Congolese troops shelled the hills. Rwanda denied sending soldiers. The army entered Masisi on Friday.",
            ["DR Congo"],
        ),
        (
            "A spokesman for the Arakan Army said it had entered Sittwe.",
            ["Arakan Army"],
        ),
        (
            "Fano stormed a camp as OLA fighters watched from a hill. The group then moved to Dessie.",
            ["Fano"],
        ),
        (
            "The first brigade of the presidential guard is in Aden. Its vanguard left Lawdar on Saturday in Yemen.",
            ["Yemeni government"],
        ),
        (
            "Twelve hundred men of the 5th Division were moved from Cali to Pasto in Colombia.",
            [None],
        ),
        (
            "M23 shelled Sake. Wazalendo fighters told people to leave after the militants entered Masisi.",
            ["M23"],
        ),
        (
            "Sudanese army troops shelled the bank. Soldiers backed by Joint Forces militiamen pushed into Nyala.",
            ["Sudanese army"],
        ),
        (
            "Fighters of Abu Sayyaf held a school. Under the deal its militants and their families went to Jolo.",
            ["Abu Sayyaf"],
        ),
        ("Iran-backed paramilitaries entered Sinjar in Iraq. ISIS shelled them.", ["PMF"]),
        ("Egyptian army engineers crossed into Gaza City.", ["Egypt"]),
        ("Boko Haram men entered Damasak.", ["Boko Haram"]),
        ("Russian peacekeepers drove from Yerevan to Stepanakert.", ["Russia"]),
        ("Kenyan peacekeepers left Bor.", ["United Nations"]),
        ("The Macina wing of JNIM entered Djenné.", ["JNIM"]),
        ("Pickup trucks full of Zetas gunmen drove into Monclova.", ["Zetas"]),
        ("Fighters loyal to the commander Khalifa Haftar advanced on Sebha in Libya.", ["LNA"]),
        (
            "Several hundred Marines have arrived in Helmand in Afghanistan.",
            ["United States"],
        ),
        (
            "Turkish soldiers shelled Zakho in Iraq. They entered Bashiqa on Tuesday.",
            ["Turkey"],
        ),
    ],
)
def test_later_words_take_up_forces_named_before(text, actors, gazetteer):
    found = movements(text, gazetteer)
    assert [movement.actor for movement in found] == actors


def test_what_is_taken_up_is_less_sure(gazetteer):
    named, meant = (
        movements(text, gazetteer)[0]
        for text in ("Houthi fighters entered Marib.", "The Houthis regrouped. The fighters entered Marib.")
    )
    assert named.actor == meant.actor == "Houthis"
    assert meant.confidence < named.confidence


def test_we_are_those_who_speak(gazetteer):
    (movement,) = movements("“We have withdrawn from Lyman,” the Russian army said in Moscow.", gazetteer)
    assert movement.actor == "Russia"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("RSF fighters captured Wad Madani on Monday. Sennar was captured on Tuesday.", "RSF"),
        ("RSF fighters captured Wad Madani. The Sudanese army captured Sennar. El Obeid was captured later.", None),
    ],
)
def test_a_place_that_was_taken_was_taken_by_the_only_side_that_advances(text, actor, gazetteer):
    last = movements(text, gazetteer)[-1]
    assert (last.actor, last.actor_text) == (actor, None)
    assert last.confidence < 0.8


def test_who_is_driven_out_is_never_who_drives_out(gazetteer):
    text = "Taliban fighters pushed Afghan government troops out of Kunduz in Afghanistan."
    assert {(m.actor, m.kind.value) for m in movements(text, gazetteer)} == {
        ("Taliban", "advance"),
        ("Afghan government", "retreat"),
    }


def test_those_who_go_along_are_told(gazetteer):
    (movement,) = movements("Malian soldiers and Wagner fighters entered Kidal.", gazetteer)
    assert (movement.actor, movement.co_actors) == ("Mali", ("Wagner",))
    (movement,) = movements("Turkish and Azerbaijani troops entered Nakhchivan.", gazetteer)
    assert (movement.actor, movement.co_actors) == ("Turkey", ("Azerbaijan",))


def test_civilians_go_along_with_fighters_and_make_no_movement_alone(gazetteer):
    (movement,) = movements("FARC fighters and their families left San Vicente in Colombia.", gazetteer)
    assert movement.co_actors == ("civilians",)
    assert movements("Buses carrying families and other residents left Homs for Idlib.", gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The residents and rebels from Goma and Sake arrived in Bukavu.", "M23"),
        ("Civilians as well as FARC fighters left Mitu for Bogota.", "FARC"),
        ("Families together with dozens of Houthi fighters left Marib for Sanaa.", "Houthis"),
        ("The villagers alongside Boko Haram fighters had left Banki.", "Boko Haram"),
    ],
)
def test_fighters_named_with_civilians_move_with_them(text: str, actor: str, gazetteer: Gazetteer) -> None:
    assert [(m.actor, m.co_actors) for m in movements(text, gazetteer)] == [(actor, ("civilians",))]


@pytest.mark.parametrize(
    "text",
    [
        "Residents and shopkeepers left Debaltseve for Donetsk.",
        "Villagers and aid workers fled Bor.",
    ],
)
def test_civilians_with_civilians_are_no_forces(text: str, gazetteer: Gazetteer) -> None:
    assert movements(text, gazetteer) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The state allowed the Red Cross to drive lorries full of relief goods to Kadugli.",
        "The Sudanese army let in trucks of medical supplies to Tawila.",
        "Trucks loaded with flour and blankets crossed from Adre into Chad.",
        "The Ethiopian government will send trucks carrying food to Mekelle.",
    ],
)
def test_vehicles_with_help_are_no_forces(text: str, gazetteer: Gazetteer) -> None:
    assert movements(text, gazetteer) == ()


def test_vehicles_with_arms_are(gazetteer: Gazetteer) -> None:
    found = movements("Ethiopia sent a convoy of tanks with artillery to Mekelle.", gazetteer)
    assert [m.actor for m in found] == ["Ethiopia"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            (
                "The army of Mali began an offensive in May. "
                "The offensive has so far captured Kidal and is pushing towards Tessalit."
            ),
            [("Mali", "Kidal"), ("Mali", "Tessalit")],
        ),
        (
            "Kyiv started a cross-border operation in August, officials said. The operation has captured Sudzha.",
            [("Ukraine", "Sudzha")],
        ),
        (
            "The Ethiopian army's campaign has so far captured Shire and is advancing towards Axum.",
            [("Ethiopia", "Shire"), ("Ethiopia", "Axum")],
        ),
        ("Doctors began a campaign against measles in May. The campaign has reached Kidal.", []),
        ("The offensive has captured the world's attention in Kidal.", []),
    ],
)
def test_what_an_operation_takes_is_taken_by_those_whose_it_is(
    text: str, ends: list[tuple[str, str]], gazetteer: Gazetteer
) -> None:
    assert [(m.actor, m.destination[0].text) for m in movements(text, gazetteer)] == ends


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A coalition of Karen, Chin and Shan fighters advanced towards Loikaw.", None),
        ("An alliance of Arab, Turkmen and Armenian militias entered Kirkuk.", None),
        ("A coalition of Kenyan and Ugandan troops advanced towards Kismayo.", "Kenya"),
    ],
)
def test_a_coalition_is_none_of_the_peoples_it_is_made_of(text: str, actor: str | None, gazetteer: Gazetteer) -> None:
    assert [m.actor for m in movements(text, gazetteer)] == [actor]


def test_who_backs_forces_is_said_beside_them(gazetteer):
    (movement,) = movements("Rwandan-backed M23 rebels entered Bukavu.", gazetteer)
    assert (movement.actor, movement.backed_by) == ("M23", ("Rwanda",))
    (movement,) = movements("M23 rebels entered Bukavu.", gazetteer)
    assert movement.backed_by == ()


@pytest.mark.parametrize(
    "text",
    [
        "An aid convoy reached Gaza City from Rafah.",
        "Two ambulances left Kherson for Mykolaiv.",
        "Journalists entered Goma on Monday.",
        "Lorries from Lima are moving again to Cusco, traders say.",
        "Refugees crossed from Sudan into Chad.",
        "The players travelled from Madrid to Lisbon.",
        "Firefighters reached Valparaíso from Santiago.",
        "They went on to Peru a day later.",
        "A trade mission from Berlin arrived in Lagos.",
        "In the film, a squad of Dutch soldiers enters Breda. They then march on Ghent.",
        "The company's convoy of trucks left Graz for Linz. The army had closed the pass.",
        "The carrier will leave Bristol. It will move its fleet to Cork.",
        "An army of volunteers moved on to Porto.",
        "His party hopes to capture Cebu, where Abu Sayyaf began.",
        "Tesla fell after the Houthis fired at a ship. It will send its ships to Durban.",
        "The Chilean army football team flew from Santiago to Lima.",
        "Opposition members left Caracas for Oslo. The rebels of the ELN were not asked.",
        "The Salvation Army moved into Leeds.",
    ],
)
def test_what_moves_and_is_no_force(text, gazetteer):
    assert movements(text, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "mode", "kind"),
    [
        ("Egyptian warships sailed from Alexandria to Port Sudan.", "sea", "convoy"),
        ("Russian troops arrived in Brest by rail.", "rail", "entry"),
        ("Kenyan soldiers were flown from Nairobi to Kismayo.", "air", "convoy"),
        ("Karen fighters advanced on foot to Myawaddy.", "foot", "advance"),
        ("A convoy of Saudi tanks left Sharurah for Seiyun.", "road", "withdrawal"),
        ("Colombian reinforcements arrived in Cali.", "unknown", "reinforcement"),
        ("An Indian patrol entered Demchok.", "unknown", "patrol"),
        ("France deployed troops from Gao.", "unknown", "withdrawal"),
    ],
)
def test_mode_and_kind_come_from_the_words(text, mode, kind, gazetteer):
    movement = movements(text, gazetteer)[0]
    assert (movement.mode.value, movement.kind.value) == (mode, kind)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Terrorists withdrew from Maarat Misrin in Syria.", "Syrian rebels"),
        ("Foreign-backed militants pulled out of Darayya in Syria.", "Syrian rebels"),
        ("Militants withdrew from Saada in Yemen.", "Houthis"),
        ("The guerrillas withdrew from Jaffna in Sri Lanka.", "LTTE"),
    ],
)
def test_where_no_group_is_named_militants_are_the_rebels_of_the_country(
    text: str, actor: str, gazetteer: Gazetteer
) -> None:
    assert [m.actor for m in movements(text, gazetteer)] == [actor]


def test_militants_of_a_report_that_names_a_group_are_not_the_rebels(gazetteer: Gazetteer) -> None:
    found = movements("Troops fought Islamic State near Sukhna in Syria. Militants left Sukhna at night.", gazetteer)
    assert [m.actor for m in found] == ["ISIS"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Security forces entered Jaffna in Sri Lanka.", "Sri Lanka"),
        ("Units of the armed forces entered Bouna in Ivory Coast.", "Ivory Coast"),
        ("A brigade of the Presidential Guard left Juba in South Sudan for Bor.", "South Sudan"),
        ("Iran closed its embassy in Mali. It gave no reason. Nothing else was known. Soldiers left Kidal.", "Mali"),
    ],
)
def test_forces_of_no_name_that_serve_a_state_are_the_country_s(text: str, actor: str, gazetteer: Gazetteer) -> None:
    assert [m.actor for m in movements(text, gazetteer)] == [actor]


@pytest.mark.parametrize(("word", "actor"), [("former", "Sudanese army"), ("latter", "RSF")])
def test_of_two_forces_each_can_be_meant(word: str, actor: str, gazetteer: Gazetteer) -> None:
    text = f"The Sudanese army and the RSF clashed in Sennar. Then the {word} withdrew to Kosti."
    assert [m.actor for m in movements(text, gazetteer)] == [actor]


def test_them_are_those_named_before_the_ones_who_drive_them_out(gazetteer: Gazetteer) -> None:
    text = "Boko Haram fled to Cameroon after Nigerias army and the MNJTF pushed them out of Banki."
    found = movements(text, gazetteer)
    assert {(m.actor, m.origin[0].text) for m in found if m.origin} == {("Boko Haram", "Banki")}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Mali's junta sent its soldiers with Russian mercenaries to Kidal.", "Mali"),
        ("Ugandas army has sent hundreds of soldiers to Bunia where CODECO killed dozens.", "Uganda"),
        ("Ahrar al-Sham advanced towards Jisr al-Shughur from Idlib.", "Syrian rebels"),
        ("The Russian defence minister said our soldiers had entered Sudzha.", "Russia"),
        ("Fighters of the Popular Front for the Rebirth of Chad entered Faya-Largeau.",
         "Popular Front for the Rebirth of Chad"),
    ],
)  # fmt: skip
def test_those_who_send_own_or_speak_are_told_from_those_beside_them(
    text: str, actor: str, gazetteer: Gazetteer
) -> None:
    assert movements(text, gazetteer)[0].actor == actor


def test_rebels_are_the_group_that_the_report_names(gazetteer: Gazetteer) -> None:
    text = "The ADF attacked Oicha in DR Congo. The rebels entered Beni at night."
    assert movements(text, gazetteer)[-1].actor == "ADF"
    # Where all who rise are called so, a group beside them is another.
    text = "Islamic State attacked Azaz in Syria. The rebels entered Marea at night."
    assert movements(text, gazetteer)[-1].actor == "Syrian rebels"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Nigerian members of Boko Haram crossed into Cameroon.", "Boko Haram"),
        ("The army drove the terrorists out of Salma in Syria.", "Syrian rebels"),
    ],
)
def test_a_group_comes_before_the_people_its_members_are_of(text: str, actor: str, gazetteer: Gazetteer) -> None:
    assert [m.actor for m in movements(text, gazetteer)][-1] == actor


def test_two_men_are_no_forces(gazetteer: Gazetteer) -> None:
    text = "The YPG patrols Manbij in Syria. The two men were trying to escape to Turkey."
    assert all(place.text != "Turkey" for m in movements(text, gazetteer) for place in m.destination)


@pytest.mark.parametrize(
    "text",
    [
        "Syrian rebels lost Aleppo. In Somalia the war goes on. The insurgents seized Kismayo.",
        "Russia arms separatists in Ukraine. In Nepal the talks failed. The rebels seized Jumla.",
    ],
)
def test_the_rebels_of_one_war_are_not_those_of_another(text, gazetteer):
    assert movements(text, gazetteer)[-1].actor not in {"Syrian rebels", "Pro-Russian separatists"}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Houthi rebels shelled the border. The rebels then entered Najran in Saudi Arabia.", "Houthis"),
        ("Syrian rebels were flown abroad. The rebels arrived in Tripoli in Libya.", "Syrian rebels"),
    ],
)
def test_rebels_cross_the_border_of_their_country(text, actor, gazetteer):
    assert movements(text, gazetteer)[-1].actor == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Liberian mercenaries crossed into Ivory Coast.", "Liberian mercenaries"),
        ("About 200 pro-Gbagbo fighters withdrew from Abobo in Ivory Coast.", "Pro-Gbagbo fighters"),
        ("The army fought M23 rebels for a week. Romanian mercenaries withdrew from Sake.", "Romanian mercenaries"),
        ("Turkish-backed fighters withdrew from Afrin in Syria.", "Turkish-backed fighters"),
    ],
)
def test_those_without_a_name_are_called_by_their_own_words(text, actor, gazetteer):
    assert movements(text, gazetteer)[-1].actor == actor


def test_those_in_pursuit_are_not_whom_the_next_sentence_means(gazetteer):
    text = (
        "Al-Shabaab is retreating in the south with the Kenyan army and the Ras Kamboni brigade in pursuit. "
        "Some of the foreign fighters have moved to Jilib."
    )
    assert movements(text, gazetteer)[-1].actor == "al-Shabaab"


@pytest.mark.parametrize(
    "text",
    [
        "A former soldier in the French army, Jean Moreau, crossed into Iraq.",
        "Okello, who toured Somalia with the King of Buganda's Regiment in 2012, travelled to Juba.",
        "Kenyan police held two al-Shabaab suspects. The pair had tried to slip away to Somalia.",
    ],
)
def test_one_person_or_suspects_on_their_way_are_no_movement(text, gazetteer):
    assert not movements(text, gazetteer)


def test_several_who_were_soldiers_move(gazetteer):
    assert movements("Former soldiers of the Libyan army entered Sirte.", gazetteer)
