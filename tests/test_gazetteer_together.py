"""Names of one text, weighed together: each text marks its names with brackets."""

import re

import pytest

from geomap.gazetteer import Gazetteer
from geomap.gazetteer.together import Named, resolve_together
from geomap.models import Certainty

MARKED = re.compile(r"\[([^\]]+)\]")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def read(marked, gazetteer):
    """Return the answer to each bracketed name of a text, by name; a people's name is bracketed with a plus sign."""
    text, names = "", []
    for number, part in enumerate(MARKED.split(marked)):
        words = part.removeprefix("+") if number % 2 else part
        if number % 2:
            names.append(Named(words, len(text), len(text) + len(words), people=part.startswith("+")))
        text += words
    answers = resolve_together(names, text, gazetteer)
    return {name.name: answer for name, answer in zip(names, answers, strict=True)}


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("A convoy left [Rmeilan] and reached [Sinjar] in [Iraq].", "Sinjar", "IQ.15"),
        ("Clashes broke out in [Tripoli], [Lebanon], after prayers.", "Tripoli", "LB"),
        ("Haftar's forces shelled [Tripoli] after leaving [Sirte] and [Benghazi].", "Tripoli", "LY"),
        ("Troops from [Asmara] crossed at [Zalambessa] and took [Adigrat] in [Tigray].", "Adigrat", "ET.53"),
        ("The RSF left [Nyala] and [Zalingei] for [Al-Fashir] in [Darfur].", "Nyala", "SD.49"),
        ("In [Mali], gunmen attacked [Gao], [Menaka] and [Kidal].", "Gao", "ML"),
        ("Rebels entered [Goma] after [Sake] and [Bukavu] fell.", "Sake", "CD.11"),
        ("The army withdrew from [Avdiivka] towards [Pokrovsk] and [Kramatorsk].", "Pokrovsk", "UA.05"),
        ("Shells hit [Belgorod] and [Kursk] in [Russia].", "Belgorod", "RU"),
        ("Soldiers took [Shusha] and [Lachin], [Yerevan] said.", "Lachin", "AZ"),
        ("Fighters advanced on [Marib] from [Al Jawf] and [Saada] in [Yemen].", "Marib", "YE"),
        ("They seized [Kunduz], [Sar-e Pol] and [Taloqan] in northern [Afghanistan].", "Kunduz", "AF"),
        ("Tanks entered [Khan Younis] and [Rafah] from the east of [Gaza].", "Rafah", "PS"),
        ("[Israel] bombed [Tyre] and [Nabatieh] in southern [Lebanon].", "Tyre", "LB"),
        ("Troops exchanged fire near [Kupwara] and [Uri] in [Kashmir].", "Uri", "IN"),
        ("The army lost [Lashio] and [Hsipaw] in northern [Shan State].", "Hsipaw", "MM"),
        ("Insurgents attacked [Macomia] and [Mocimboa da Praia] in northern [Mozambique].", "Macomia", "MZ"),
        ("They raided villages near [Maiduguri], [Bama] and [Gwoza].", "Bama", "NG.27"),
        ("The group attacked [Kismayo] and [Jilib] in [Somalia].", "Jilib", "SO"),
        ("Gangs fought in [Culiacan] and [Mazatlan] in [Mexico]'s [Sinaloa].", "Sinaloa", "MX"),
        ("Dissidents moved from [Tibu] to [Cucuta] in [Colombia].", "Tibu", "CO"),
        ("Soldiers patrolled [Santa Ana] and [San Miguel], [El Salvador].", "Santa Ana", "SV"),
        ("The army fought in [Marawi] and [Butig] on [Mindanao].", "Butig", "PH"),
        ("Jets struck [Zap] in northern [Iraq] and [Tal Rifaat] in [Syria].", "Tal Rifaat", "SY"),
        ("Forces gathered near [Raska], north of [Mitrovica] in [Kosovo].", "Mitrovica", "XK"),
        ("The tornado hit [Paris] and [Lamar County], [Texas].", "Paris", "US.TX"),
        ("In [Ontario], police in [London] and [Kitchener] closed the roads.", "London", "CA.08"),
        ("[Boston], [Worcester] and [Springfield] in [Massachusetts] were without power.", "Springfield", "US.MA"),
        ("Ships left [Alexandria] and [Port Said] for [Cyprus].", "Alexandria", "EG"),
        ("Miners from [Antofagasta] and [Copiapo] went to [Santiago].", "Santiago", "CL"),
        ("Buses from [Cordoba] and [Rosario] reached [Buenos Aires].", "Cordoba", "AR"),
        ("Buses from [Cordoba] and [Seville] reached [Madrid].", "Cordoba", "ES"),
        ("[Valencia] and [Maracay] in [Venezuela] saw protests.", "Valencia", "VE"),
        ("[Valencia], [Alicante] and [Murcia] were flooded.", "Valencia", "ES"),
        ("[Victoria], [B.C.], and [Vancouver] were shaken by a quake.", "Victoria", "CA.02"),
        ("A bomb hit [Hyderabad]; the [Sindh] governor in [Karachi] condemned it.", "Hyderabad", "PK"),
        ("A fire hit [Hyderabad]; help came from [Warangal] in [India]'s [Telangana].", "Hyderabad", "IN"),
        ("[Syria]'s [Raqqa] and [Hasakah] were quiet.", "Raqqa", "SY"),
        ("The rebels hold [al-Bab] in [Aleppo] province.", "al-Bab", "SY.09"),
        ("[Kobani] ([Syria]) was rebuilt.", "Kobani", "SY"),
        ("[+Russian] tanks stand near [Gori], close to [Tbilisi]; [Georgia] protested.", "Georgia", "GE"),
        ("[Atlanta] and [Savannah] expect storms; [Georgia] and [Alabama] are ready.", "Georgia", "US.GA"),
        ("The governors of [Oregon], [Idaho] and [Washington] met.", "Washington", "US.WA"),
        ("Soldiers crossed from [Jordan] into [Syria] near [Daraa].", "Jordan", "JO"),
        ("[Chad]'s army chased them from [Faya] to [Bardai].", "Bardai", "TD"),
        ("Rebels took [Bouake] and [Korhogo].", "Korhogo", "CI"),
        ("The junta sent troops to [Tillaberi] and [Torodi] in [Niger].", "Torodi", "NE"),
        ("Parties in [Sulaymaniyah], [Kalar] and [Khanaqin] protested.", "Khanaqin", "IQ"),
        ("Shells were fired from [Haeju] and [Kaesong].", "Kaesong", "KP"),
        ("[+Ukrainian] drones hit [Engels] and [Saratov].", "Engels", "RU"),
        ("Floods hit [York], [Leeds] and [Hull].", "York", "GB"),
        ("Voters of the [Maine] town of [Paris] and of [London] met.", "Paris", "US.ME"),
        ("Police of the [Damascus] suburb of [Douma] spoke; [Jerusalem] and [Ramallah] did not.", "Douma", "SY"),
        ("[Calif.], [Ore.] and [Wash.] share the coast.", "Wash.", "US.WA"),
    ],
)  # fmt: skip
def test_the_other_names_choose(gazetteer, text, name, place):
    answer = read(text, gazetteer)[name]
    assert answer.status is Certainty.RESOLVED, answer.reason
    assert place in {answer.place.country, answer.place.admin1_code}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor of [Springfield] resigned.", "Springfield"),
        ("A man from [San Jose] won.", "San Jose"),
        ("They met in [Clinton] and [Franklin].", "Clinton"),
        ("[Washington County] voted.", "Washington County"),
        ("The mill at [Newtown] closed.", "Newtown"),
        ("He was born in [Santa Maria].", "Santa Maria"),
    ],
)
def test_names_without_a_clue_are_ambiguous(gazetteer, text, name):
    answer = read(text, gazetteer)[name]
    assert answer.status is Certainty.AMBIGUOUS
    assert len(answer.candidates) > 1
    assert answer.reason


@pytest.mark.parametrize("name", ["Qwxyzzplk", "Zzyzxville", "Brrghtown-on-Mmm", "Ĝŭŝĥŝ", "—", "Blorbistan"])
def test_names_nobody_knows_are_unknown(gazetteer, name):
    answers = read(f"From [{name}] they went to [Damascus].", gazetteer)
    assert answers[name].status is Certainty.UNKNOWN
    assert answers[name].place is None
    assert answers["Damascus"].place.country == "SY"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A village called [Timbuktu] in [Finland] voted.", "Timbuktu"),
        ("They left [Raqqa] in [Japan].", "Raqqa"),
        ("The mine at [Kramatorsk] ([Peru]) closed.", "Kramatorsk"),
    ],
)
def test_a_place_in_the_wrong_country_is_no_answer(gazetteer, text, name):
    answer = read(text, gazetteer)[name]
    assert answer.status is Certainty.UNKNOWN
    assert "where the text puts it" in answer.reason


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("In [Ankara], [Syria] was discussed.", "Ankara", "TR"),
        ("[Turkey]'s [Afrin] operation went on.", "Afrin", "SY"),
        ("[AMMAN] - [Syria] opened the border.", "AMMAN", "JO"),
        ("From [Moscow], [Iran] and [Turkey] came envoys.", "Moscow", "RU"),
        ("In [Geneva], [Yemen] and its donors met.", "Geneva", "CH"),
    ],
)
def test_a_country_beside_a_name_need_not_hold_it(gazetteer, text, name, country):
    assert read(text, gazetteer)[name].place.country == country


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        # regions and waters have an article, towns and provinces of the same name have none
        ("Jihadists in the [Sahel] have attacked army posts.", "Sahel", "L.RGN"),
        ("In the [Levant], they have lost ground.", "Levant", "L.RGN"),
        ("Ministers of the [Gulf] states spoke in [Riyadh].", "Gulf", "H.GULF"),
        ("Rebels fled the [Sahel] province of [Burkina Faso].", "Sahel", "A.ADM1"),
        # an article of another noun says nothing
        ("The [Victoria] police spoke in [Melbourne].", "Victoria", "A.ADM1"),
        ("He flew to the [Hague] and on to [Amsterdam].", "Hague", "P.PPLG"),
    ],
)
def test_an_article_of_its_own_is_that_of_a_region(gazetteer, text, name, feature):
    assert read(text, gazetteer)[name].place.feature == feature


def test_a_qualifier_tells_two_of_one_name_apart(gazetteer):
    text = "Ships from [Tripoli], [Libya], came to [Tripoli], [Lebanon]."
    names = [Named(m[1], m.start(), m.start() + len(m[1])) for m in MARKED.finditer(text)]
    plain = MARKED.sub(r"\1", text)
    starts = [plain.index("Tripoli"), plain.index("Libya"), plain.rindex("Tripoli"), plain.index("Lebanon")]
    names = [Named(n.name, start, start + len(n.name)) for n, start in zip(names, starts, strict=True)]
    answers = resolve_together(names, plain, gazetteer)
    assert [answer.place.country for answer in answers] == ["LY", "LY", "LB", "LB"]


def test_one_spelling_means_one_place_throughout(gazetteer):
    answers = read("[Paris] burned. [Texas] sent help; [Dallas] too. The people of [Paris], [Texas], slept.", gazetteer)
    assert answers["Paris"].place.admin1_code == "US.TX"


def test_a_people_votes_for_its_country_and_is_named_by_it(gazetteer):
    answers = read("[+Lebanese] soldiers entered [Tripoli].", gazetteer)
    assert answers["Tripoli"].place.country == "LB"
    assert answers["Lebanese"].place == gazetteer.country("LB")


def test_the_reason_names_what_spoke_for_it(gazetteer):
    reason = read("The road from [Raqqa] to [al-Bab] in [Syria] is open.", gazetteer)["al-Bab"].reason
    assert "in Syria, as the text says" in reason
    assert "in SY like the other places of the text" in reason
    assert "km from Raqqa" in reason


def test_scores_are_shares_of_belief(gazetteer):
    answer = read("They met in [Valencia].", gazetteer)["Valencia"]
    scores = [candidate.score for candidate in answer.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_the_order_of_names_and_no_names_at_all(gazetteer):
    assert resolve_together([], "Nothing here.", gazetteer) == ()
    text = "From Homs to Hama."
    there, back = Named("Homs", 5, 9), Named("Hama", 13, 17)
    first, second = resolve_together([there, back], text, gazetteer)
    assert resolve_together([back, there], text, gazetteer) == (second, first)


def test_a_very_long_text_is_read_in_parts(gazetteer):
    text = "They went from Homs to Hama, Paris, Cordoba and San Jose. " * 300
    names = [Named(m[0], m.start(), m.end()) for m in re.finditer("Homs|Hama|Paris|Cordoba|San Jose", text)]
    answers = resolve_together(names, text, gazetteer)
    assert len(answers) == 1_500
    assert {a.place.country for a, n in zip(answers, names, strict=True) if n.name == "Homs"} == {"SY"}


def test_names_that_belong_together_need_no_text(gazetteer):
    assert gazetteer.resolve_all(["Cordoba", "Rosario"])[0].place.country == "AR"
    assert gazetteer.resolve_all(iter(["Cordoba", "Seville"]))[0].place.country == "ES"
    assert [answer.query for answer in gazetteer.resolve_all(["Homs", "", "Homs"])] == ["Homs", "", "Homs"]
    assert gazetteer.resolve_all([]) == ()
