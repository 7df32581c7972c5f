"""Strikes, shelling, clashes, captures, sightings and presence, and what only sounds like them."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Incident, Report
from geomap.reports.read import read

FRIDAY = date(2024, 3, 15)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def incidents(text: str, gazetteer: Gazetteer) -> tuple[Incident, ...]:
    return read(Report("test", text, published=FRIDAY), gazetteer).incidents


@pytest.mark.parametrize(
    ("text", "kind", "place", "actor"),
    [
        ("Kharkiv was bombed by Russian aircraft on Friday.", "strike", "Kharkiv", "Russia"),
        ("An airstrike on Idlib killed three people.", "strike", "Idlib", None),
        ("Two drones hit a fuel depot in Feodosia overnight.", "strike", "Feodosia", None),
        ("Air strikes by Saudi-led forces on Hodeidah killed 12 people.", "strike", "Hodeidah", "Saudi-led coalition"),
        ("A missile struck the market in Kramatorsk.", "strike", "Kramatorsk", None),
        ("A car bomb exploded in Mogadishu.", "strike", "Mogadishu", None),
        ("A suicide attack on a checkpoint in Maiduguri killed nine.", "strike", "Maiduguri", None),
        ("Ethiopian forces shelled Mekelle.", "shelling", "Mekelle", "Ethiopia"),
        ("Shelling of Kherson continued on Tuesday.", "shelling", "Kherson", None),
        ("Rockets were fired at the Ain al-Asad base.", "shelling", "Ain al-Asad", None),
        ("Turkish artillery hit Tel Rifaat.", "shelling", "Tel Rifaat", "Turkey"),
        ("Mortar fire hit the outskirts of Bakhmut.", "shelling", "Bakhmut", None),
        ("Heavy clashes erupted in Omdurman.", "clash", "Omdurman", None),
        ("Fighting raged near Severodonetsk.", "clash", "Severodonetsk", None),
        ("Gunmen ambushed a convoy near Djibo, killing eight soldiers.", "clash", "Djibo", None),
        ("M23 fighters attacked army positions in Sake.", "clash", "Sake", "M23"),
        ("Gun battles erupted between rival gangs in Port-au-Prince.", "clash", "Port-au-Prince", None),
        ("Azerbaijani troops opened fire near Jermuk on Sunday.", "clash", "Jermuk", "Azerbaijan"),
        ("M23 fighters traded fire with soldiers near Rutshuru.", "clash", "Rutshuru", "M23"),
        ("Soldiers scuffled near Tawang on Friday.", "clash", "Tawang", None),
        ("Troops were seen at Kindu airport.", "sighting", "Kindu", None),
        ("Wagner fighters were filmed in Kidal.", "sighting", "Kidal", "Wagner"),
        ("About 900 US troops are stationed at al-Tanf.", "presence", "al-Tanf", "United States"),
        ("Turkish warplanes carried out air raids on Sinjar on Thursday.", "strike", "Sinjar", "Turkey"),
        ("A roadside bomb went off in Kabul, killing a judge.", "strike", "Kabul", None),
        ("An improvised explosive device hit a UN convoy near Kidal.", "strike", "Kidal", None),
        ("Ukrainian drones attacked a refinery in Ryazan on Wednesday.", "strike", "Ryazan", "Ukraine"),
        ("Explosions were heard in Erbil late on Monday.", "strike", "Erbil", None),
        ("Nine people were killed in airstrikes that targeted a market in Idlib.", "strike", "Idlib", None),
        ("Air defence shot down four drones over Odesa.", "strike", "Odesa", None),
        ("In Yemen, coalition jets launched strikes on Harad.", "strike", "Harad", "Saudi-led coalition"),
        ("Four people were wounded by shelling in the Nikopol district.", "shelling", "Nikopol", None),
        ("A barrage of Grad rockets slammed into the market of Lyman.", "shelling", "Lyman", None),
        ("A shell landed on a house in Goma, North Kivu.", "shelling", "Goma", None),
        ("Al-Shabaab claimed responsibility for a mortar attack on Baidoa.", "shelling", "Baidoa", "al-Shabaab"),
        ("Tanks and infantry clashed in the streets of Bakhmut.", "clash", "Bakhmut", None),
        ("Army positions near Goma came under fire from Ugandan soldiers.", "clash", "Goma", "Uganda"),
        ("Fighting between the RSF and the army intensified in Omdurman.", "clash", "Omdurman", "RSF"),
        ("Gunmen shot dead three teachers in Maiduguri.", "clash", "Maiduguri", None),
        ("Three soldiers were killed in an encounter with militants in Srinagar.", "clash", "Srinagar", None),
        ("Drone footage showed burning tanks outside Vuhledar.", "sighting", "Vuhledar", None),
        ("Soldiers said they had arrested two suspected bombers in Mombasa.", "capture", "Mombasa", None),
        ("The army arrested five members of Boko Haram in Maroua.", "capture", "Maroua", None),
        ("Insurgents beheaded eleven people in an attack on Palma.", "clash", "Palma", None),
        ("Gunmen kidnapped twelve schoolgirls in Chibok.", "capture", "Chibok", None),
        ("Israeli aggression targeted positions in the vicinity of Damascus.", "strike", "Damascus", "Israel"),
        ("Shots were fired at an army patrol in Mitrovica.", "clash", "Mitrovica", None),
        ("Troops repelled an attack by M23 rebels on Kibumba.", "clash", "Kibumba", "M23"),
        ("Two Katyushas crashed near the embassy in Baghdad.", "shelling", "Baghdad", None),
        ("The rebel mortar bombardment hit a quarter of Damascus.", "shelling", "Damascus", "Syrian rebels"),
        ("Police officers clashed with ELN guerrillas in Arauca.", "clash", "Arauca", None),
        ("Artillery duels continued near Kherson.", "shelling", "Kherson", None),
        ("Drone strikes on the road to Kobo were reported by drivers.", "strike", "Kobo", None),
        ("A grenade was thrown into a church in Garissa.", "shelling", "Garissa", None),
        ("A missile fired by Houthi rebels hit a mosque in Marib.", "strike", "Marib", "Houthis"),
        ("Israeli troops arrested twelve Palestinians in Hebron.", "capture", "Hebron", "Israel"),
        ("Italian soldiers have been stationed in Misrata since 2016.", "presence", "Misrata", "Italy"),
        ("Thirty soldiers died in battles around Ghazni.", "clash", "Ghazni", None),
        ("Myanmar army troops captured 30 fighters near Lashio.", "capture", "Lashio", "Myanmar"),
    ],
)  # fmt: skip
def test_incidents(text: str, kind: str, place: str, actor: str | None, gazetteer: Gazetteer) -> None:
    (incident,) = incidents(text, gazetteer)
    assert (incident.kind.value, [p.text for p in incident.places], incident.actor) == (kind, [place], actor)


@pytest.mark.parametrize(
    "text",
    [
        "Teachers went on strike in Paris.",
        "An attack on Taipei remains unlikely.",
        "Fears grew of fighting in Juba.",
        "A helicopter dropped water on fires near Athens.",
        "The chef shelled peas in his kitchen in Lyon.",
        "The 1982 bombing of Hyde Park killed eleven soldiers.",
        "Two decades ago NATO bombed Belgrade.",
        "A mock missile attack was staged in Taipei.",
        "Shots were fired in Chicago.",
        "The army foiled an attack on Kibumba.",
        "He shelled out 40 million dollars for a villa in Cannes.",
        "In 1944 Allied bombers destroyed Caen.",
        "The army held an exercise simulating a missile strike on Kaliningrad.",
        "The minister came under fire in Warsaw for his remarks.",
        "Goma came under fire for its roads.",
        "A military helicopter crashed near Kabul.",
        "A gas explosion in a block of flats in Izhevsk killed three.",
        "Explosions were heard at a coal mine near Donetsk.",
        "Tax inspectors raided a bank in Zurich.",
        "Police arrested two burglars in Leeds.",
        "Protesters scuffled with guards in Paris.",
        "The two teams traded shots in Manchester.",
        "The minister opened fire safety talks in Accra.",
        "The strike by railway workers hit Mumbai.",
        "The film bombed in London.",
        "The government plans to bomb Idlib.",
        "The deal struck in Doha holds.",
        "Oil prices struck a new high in London.",
        "The mayor fought for Odesa.",
        "Fighting corruption in Kyiv is hard.",
        "Demonstrators clashed with police in Tbilisi.",
        "A storm hit Manila.",
        "Lightning struck a tree in Oslo.",
        "The company targeted customers in Lagos.",
        "The firm fired 300 people in Turin.",
        "The army denied it had shelled Goma.",
        "The president was attacked in the press in Paris.",
    ],
)
def test_no_incident(text: str, gazetteer: Gazetteer) -> None:
    assert incidents(text, gazetteer) == ()


def test_the_day_is_that_of_the_deed(gazetteer: Gazetteer) -> None:
    (incident,) = incidents("Jets bombed Ariha on Monday, a monitor said on Wednesday.", gazetteer)
    assert incident.date
    assert incident.date.iso() == "2024-03-11"


def test_a_place_struck_twice_is_told_once(gazetteer: Gazetteer) -> None:
    found = incidents("Jets bombed Ariha. Ariha was bombed by jets again. Fighting raged in Ariha.", gazetteer)
    assert [one.kind.value for one in found] == ["strike", "clash"]
