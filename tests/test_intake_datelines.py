from __future__ import annotations

from datetime import date

import pytest

from geomap.models import Report
from geomap.reports.intake.datelines import datelines_within, find_dateline
from geomap.reports.intake.story import BlockKind, blocks, completed

PLACES = {
    "nairobi",
    "kidal",
    "bogotá",
    "maiduguri",
    "bunia",
    "kismayo",
    "geneva",
    "donetsk",
    "juba",
    "goma",
    "drc",
    "gambia",
}


def known(name: str) -> bool:
    return name.lower() in PLACES


def dateline(text: str, *, first: bool = True):
    return find_dateline(text, 0, len(text), is_place=known, first=first)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("NAIROBI, Mar 3 (Reuters) - Soldiers left.", "NAIROBI", "Reuters"),
        ("KIDAL, Mali, 3 March 2023 /Sahel Wire/ Soldiers left.", "KIDAL, Mali", "Sahel Wire"),
        ("MAIDUGURI (AFP) - Soldiers left.", "MAIDUGURI", "AFP"),
        ("DONETSK, March 3. /TASS/. Soldiers left.", "DONETSK", "TASS"),
        ("DONETSK (Sputnik) According to residents", "DONETSK", "Sputnik"),
        ("JUBA/NAIROBI (Reuters) - Soldiers left.", "JUBA/NAIROBI", "Reuters"),
        ("Hanoi (VNA) – Soldiers left.", "Hanoi", "VNA"),
        ("Bogotá, 3 mar (EFE).- Los soldados", "Bogotá", "EFE"),
        ("Bunia (Ituri), le 3 mars 2023 (ACP).- Les soldats", "Bunia (Ituri)", "ACP"),
        ("МОСКВА, 3 марта — РИА Новости. Колонна", "МОСКВА", "RIA Novosti"),
        ("ХЕРСОН, 3 березня (Укрінформ) – Колона", "ХЕРСОН", "Ukrinform"),
        ("Erzurum, 3 Mart (AA) - Askerler", "Erzurum", "Anadolu Agency"),
        ("عدن (رويترز) - انسحب", "عدن", "Reuters"),
        ("حلب-سانا انسحب", "حلب", "SANA"),
        ("KIDAL — Soldiers left.", "KIDAL", None),
        ("(Goma) – Rebels left.", "Goma", None),
        ("Goma (DRC) – Rebels left.", "Goma (DRC)", None),
        ("KISMAYO Soldiers left.", "KISMAYO", None),
        ("JUBA (AP) _ Soldiers left.", "JUBA", "AP"),
        ("KIDAL–Soldiers left.", "KIDAL", None),
        ("JUBA, South Sudan, Mar. 3. Soldiers left.", "JUBA, South Sudan", None),
        ("Bogotá, 3 de marzo de 2023. Los soldados", "Bogotá", None),
        ("GENEVA - 3 March 2023 - The mission", "GENEVA", None),
        ("Bogotá, Colombia.- Los soldados", "Bogotá, Colombia", None),
        ("بغداد/ واع: انسحب", "بغداد", "INA"),
        ("GENEVA (3 March 2023) – The mission", "GENEVA", None),
    ],
)
def test_places_and_agencies(text, place, agency):
    found = dateline(text)
    assert found is not None
    assert (text[slice(*found.place)], found.agency) == (place, agency)
    assert text[found.end].isalpha()


@pytest.mark.parametrize(
    "text",
    [
        "Kenya – which has soldiers in Somalia – sent more.",
        "Exclusive – Soldiers left Kidal.",
        "UPDATE 2-Soldiers left Kidal.",
        "The army (FARDC) said it had left.",
        "Sahel Defence Forces (SDF) Soldiers left Kidal.",
        "On Friday, Mar 3 - a day later - soldiers left.",
        "Kidal: soldiers left.",
        "Ambassador Smith, 3 March 2023. The talks went on.",
        "Goma–Bunia buses run again.",
        "Goma: Army Leaves",
        "UNHCR Staff left Kidal.",
        "President Adama Barrow (Gambia) - The visit",
        "Soldiers left Kidal - Gao is next.",
    ],
)
def test_what_only_looks_like_one(text):
    assert dateline(text) is None


def test_without_a_gazetteer_a_dash_alone_is_not_enough():
    text = "KIDAL — Soldiers left."
    assert find_dateline(text, 0, len(text)) is None
    assert dateline(text, first=False) is None


def test_days_with_and_without_their_year():
    assert dateline("KIDAL, March 3, 2023 (AP) — Soldiers").day == date(2023, 3, 3)
    bare = dateline("KIDAL, March 3 (AP) — Soldiers")
    assert (bare.day, bare.day_of_year) == (None, (3, 3))


def test_stories_that_were_run_together():
    text = "Soldiers left Kidal on Friday. DONETSK (Sputnik) According to residents, a convoy came."
    (found,) = datelines_within(text, 0, len(text))
    assert text[slice(*found.place)] == "DONETSK"
    assert not list(datelines_within("The army left. NATO (the alliance) said so.", 0, 42))


@pytest.mark.parametrize(
    ("report", "source", "published"),
    [
        (Report("a", "KIDAL, March 3, 2023 (AP) — Soldiers left."), "AP", date(2023, 3, 3)),
        (Report("a", "KIDAL, March 3 (AP) — Soldiers left.", source="Paper"), "Paper", None),
        (Report("a", "KIDAL, Dec 31 (AP) — Men left.", url="https://x.org/2023/01/01/kidal"), "AP", date(2022, 12, 31)),
        (Report("a", "KIDAL, March 3 (AP) — Men left.", published=date(2023, 3, 5)), "AP", date(2023, 3, 5)),
        (Report("a", "Updated 4 March 2023 09:15\nKIDAL, March 3 (AP) — Men left."), "AP", date(2023, 3, 4)),
        (Report("a", "3 May 2014 – Rebels took Kidal.\n9 May 2014 – They left."), None, None),
    ],
)  # fmt: skip
def test_a_year_is_never_invented(report, source, published):
    told = completed(report, blocks(report, is_place=known))
    assert (told.source, told.published) == (source, published)


def test_today_is_the_day_of_the_dateline():
    text = "KIDAL, March 3 (AP) — Soldiers left today."
    (story,) = (b for b in blocks(Report("a", text, published=date(2023, 3, 4))) if b.kind is BlockKind.STORY)
    assert story.day == date(2023, 3, 3)
    (story,) = (b for b in blocks(Report("a", text, published=date(2023, 6, 4))) if b.kind is BlockKind.STORY)
    assert story.day == date(2023, 6, 4)
