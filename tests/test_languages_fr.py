"""Movements in French sentences of many wars, and sentences that only look like it."""

import pytest
from foreign import Told, check, reading_of

from geomap.gazetteer import Gazetteer

TOLD = [
    Told("Les troupes turques se sont retirées d'[Afrin] lundi.", "Turkey", "Afrin", date="2020-03-16"),
    Told(
        "Les militaires américains ont quitté la base de [Dirkou] hier.", "United States", "Dirkou", date="2020-03-17"
    ),
    Told(
        "Un convoi de 30 camions de l'armée éthiopienne est entré dans [Mekele].", "Ethiopia", "", "Mekele", vehicles=30
    ),
    Told("Les combattants de Boko Haram ont fui [Bama] vers [Banki].", "Boko Haram", "Bama", "Banki"),
    Told("Les talibans ont pris le contrôle de [Kunduz].", "Taliban", "", "Kunduz"),
    Told("La ville de [Ghazni] a été capturée par les talibans.", "Taliban", "", "Ghazni"),
    Told("[Kidal] a été reprise par l'armée malienne jeudi.", "Mali", "", "Kidal", date="2020-03-12"),
    Told("L'Inde a déployé 5 000 soldats à [Leh].", "India", "", "Leh", troops=5000),
    Told("La France va retirer ses troupes de [Tessalit].", "France", "Tessalit", status="planned"),
    Told(
        "Le président a ordonné le retrait des soldats américains de [Mogadiscio].",
        "United States",
        "Mogadiscio",
        status="ordered",
    ),
    Told("Le ministère a démenti le retrait des troupes russes de [Tripoli].", "Russia", "Tripoli", status="denied"),
    Told("Les soldats français n'ont pas quitté [Gao].", "France", "Gao", status="denied"),
    Told("Les forces irakiennes avancent vers [Mossoul].", "Iraq", "", "Mossoul", status="ongoing"),
    Told(
        "Un convoi de l'armée syrienne se dirige de [Hama] vers [Alep] via [Saraqeb].",
        "Syrian government",
        "Hama",
        "Alep",
        "Saraqeb",
        status="ongoing",
    ),
    Told("Les troupes arméniennes ont commencé à se retirer de [Latchine].", "Armenia", "Latchine", status="ongoing"),
    Told("Les Houthis se sont emparés d'[Al Bayda].", "Houthis", "", "Al Bayda"),
    Told(
        "L'armée pakistanaise entrera dans [Miranshah] demain.",
        "Pakistan",
        "",
        "Miranshah",
        status="planned",
        date="2020-03-19",
    ),
    Told("Le 15 mars, les rebelles du M23 ont occupé [Rutshuru].", "M23", "", "Rutshuru", date="2020-03-15"),
    Told("Quelque 400 soldats britanniques ont été déployés à [Tallinn].", "United Kingdom", "", "Tallinn", troops=400),
    Told("Il y a trois jours, des chars israéliens sont entrés à [Rafah].", "Israel", "", "Rafah", date="2020-03-15"),
    Told(
        "Des navires de guerre chinois sont arrivés à [Djibouti] la semaine dernière.",
        "China",
        "",
        "Djibouti",
        date="2020-03-09/2020-03-15",
    ),
    Told(
        "Les soldats érythréens se sont repliés d'[Aksoum] en direction de [Chiraro].", "Eritrea", "Aksoum", "Chiraro"
    ),
    Told("L'armée soudanaise a repris le contrôle d'[Omdourman].", "Sudanese army", "", "Omdourman"),
    Told("Selon la police, un convoi kényan parti de [Garissa] est arrivé à [Dhobley].", "Kenya", "Garissa", "Dhobley"),
    Told("Le retrait des forces burundaises d'[Uvira] est achevé.", "Burundi", "Uvira"),
    Told("[Bria] est tombée aux mains des rebelles du M23.", "M23", "", "Bria"),
]
NOTHING = [
    "Le gouvernement a retiré son projet de loi du parlement de Dakar.",
    "Un convoi humanitaire de la Croix-Rouge est arrivé à Goma.",
    "Les habitants ont quitté Khartoum après les combats.",
    "L'aviation russe a bombardé Idlib.",
    "L'équipe de Croatie est entrée en finale du tournoi de Moscou.",
    "Le ministre français des Armées est arrivé à Bamako.",
    "Les cours du pétrole ont reculé à Londres.",
    "Les réfugiés ont franchi la frontière et atteint Edirne.",
    "L'armée a pilonné les positions près de Donetsk.",
    "La société a retiré ses investissements du Nigeria.",
    "Les troupes turques pourraient entrer dans Manbij.",
    "Des affrontements ont éclaté à Beni.",
    "Un navire chargé de blé est arrivé d'Odessa à Alexandrie.",
    "Un avion est parti de Dakar vers Abidjan.",
]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.text[:40])
def test_a_sentence_tells_its_movement(case, gazetteer):
    check(case, "fr", gazetteer)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_moves(text, gazetteer):
    assert reading_of(text, "fr", gazetteer).movements == ()
