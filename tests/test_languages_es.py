"""Movements in Spanish sentences of many wars, and sentences that only look like it."""

import pytest
from foreign import Told, check, reading_of

from geomap.gazetteer import Gazetteer

TOLD = [
    Told("Las tropas turcas se retiraron de [Afrin] el lunes.", "Turkey", "Afrin", date="2020-03-16"),
    Told(
        "Los militares estadounidenses abandonaron la base de [Kobane] ayer.",
        "United States",
        "Kobane",
        date="2020-03-17",
    ),
    Told("Un convoy de 30 camiones del ejército etíope entró en [Mekele].", "Ethiopia", "", "Mekele", vehicles=30),
    Told("Los combatientes de Boko Haram huyeron de [Bama] hacia [Banki].", "Boko Haram", "Bama", "Banki"),
    Told("Los talibanes tomaron el control de [Kunduz].", "Taliban", "", "Kunduz"),
    Told("La ciudad de [Ghazni] fue capturada por los talibanes.", "Taliban", "", "Ghazni"),
    Told("[Kidal] fue recuperada por el ejército maliense el jueves.", "Mali", "", "Kidal", date="2020-03-12"),
    Told("La India desplegó 5.000 soldados en [Leh].", "India", "", "Leh", troops=5000),
    Told("Francia retirará sus tropas de [Tessalit].", "France", "Tessalit", status="planned"),
    Told(
        "El presidente ordenó la retirada de los soldados estadounidenses de [Mogadiscio].",
        "United States",
        "Mogadiscio",
        status="ordered",
    ),
    Told("El ministerio negó la retirada de las tropas rusas de [Trípoli].", "Russia", "Trípoli", status="denied"),
    Told("Los soldados franceses no han abandonado [Gao].", "France", "Gao", status="denied"),
    Told("Las fuerzas iraquíes avanzan hacia [Mosul].", "Iraq", "", "Mosul", status="ongoing"),
    Told(
        "Un convoy del ejército sirio se dirige desde [Hama] hacia [Alepo] por [Saraqeb].",
        "Syrian government",
        "Hama",
        "Alepo",
        "Saraqeb",
        status="ongoing",
    ),
    Told("Las tropas armenias comenzaron a replegarse de [Lachín].", "Armenia", "Lachín", status="ongoing"),
    Told("Los hutíes se apoderaron de [Al Bayda].", "Houthis", "", "Al Bayda"),
    Told(
        "El ejército pakistaní entrará en [Miranshah] mañana.",
        "Pakistan",
        "",
        "Miranshah",
        status="planned",
        date="2020-03-19",
    ),
    Told("El 15 de marzo los rebeldes del M23 ocuparon [Rutshuru].", "M23", "", "Rutshuru", date="2020-03-15"),
    Told("Unos 400 soldados británicos fueron desplegados en [Tallin].", "United Kingdom", "", "Tallin", troops=400),
    Told("Hace tres días, tanques israelíes entraron en [Rafah].", "Israel", "", "Rafah", date="2020-03-15"),
    Told(
        "Buques de guerra chinos llegaron a [Yibuti] la semana pasada.",
        "China",
        "",
        "Yibuti",
        date="2020-03-09/2020-03-15",
    ),
    Told("Los soldados eritreos se replegaron desde [Axum] en dirección a [Shiraro].", "Eritrea", "Axum", "Shiraro"),
    Told(
        "El ejército colombiano trasladó 200 efectivos de [Cúcuta] a [Tibú].", "Colombia", "Cúcuta", "Tibú", troops=200
    ),
    Told(
        "Según la policía, un convoy keniano procedente de [Garissa] llegó a [Dhobley].", "Kenya", "Garissa", "Dhobley"
    ),
    Told("[Arauquita] cayó en manos del ELN el sábado.", "ELN", "", "Arauquita", date="2020-03-14"),
    Told("Rusia planea retirar sus soldados de [Tiraspol].", "Russia", "Tiraspol", status="planned"),
]
NOTHING = [
    "El gobierno retiró su proyecto de ley del congreso de Lima.",
    "Un convoy humanitario de la Cruz Roja llegó a Goma.",
    "Los habitantes abandonaron Jartum tras los combates.",
    "La aviación rusa bombardeó Idlib.",
    "La selección de Croacia avanzó a la final del torneo de Moscú.",
    "El ministro francés de Defensa llegó a Bamako.",
    "Los precios del petróleo retrocedieron en Londres.",
    "Los refugiados cruzaron la frontera y llegaron a Edirne.",
    "La artillería atacó las posiciones cerca de Donetsk.",
    "La empresa retiró sus inversiones de Nigeria.",
    "Las tropas turcas podrían entrar en Manbij.",
    "Hubo enfrentamientos en Tibú.",
]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.text[:40])
def test_a_sentence_tells_its_movement(case, gazetteer):
    check(case, "es", gazetteer)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_moves(text, gazetteer):
    assert reading_of(text, "es", gazetteer).movements == ()
