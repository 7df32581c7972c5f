"""From inflected names to the spellings that a gazetteer may have."""

from __future__ import annotations

import pytest

from geomap.reports.languages.morphology import Case, bases, proclitics
from geomap.reports.languages.tokens import sentences


def spellings(text, lang, before=""):
    return {base.name: base for base in bases(sentences(text, lang)[0].words, lang, before)}


@pytest.mark.parametrize(
    ("lang", "written", "name", "case"),
    [
        ("ru", "Горловки", "Горловка", Case.GENITIVE),
        ("ru", "Астраханью", "Астрахань", Case.INSTRUMENTAL),
        ("ru", "Грузии", "Грузия", Case.LOCATIVE),
        ("ru", "Череповца", "Череповец", Case.GENITIVE),
        ("ru", "Дубая", "Дубай", Case.GENITIVE),
        ("ru", "Афин", "Афины", Case.GENITIVE),
        ("ru", "Нового Уренгоя", "Новый Уренгой", Case.GENITIVE),
        ("ru", "Комсомольске-на-Амуре", "Комсомольск-на-Амуре", Case.LOCATIVE),
        ("ru", "ЕЛЬНЕ", "ЕЛЬНЯ", Case.LOCATIVE),
        ("uk", "Харкова", "Харків", Case.GENITIVE),
        ("uk", "Борисполем", "Бориспіль", Case.INSTRUMENTAL),
        ("uk", "Полтаві", "Полтава", Case.LOCATIVE),
        ("uk", "Горлівці", "Горлівка", Case.LOCATIVE),
        ("uk", "Нової Каховки", "Нова Каховка", Case.GENITIVE),
        ("uk", "Кривого Рогу", "Кривий Ріг", Case.GENITIVE),
        ("uk", "Білоруссю", "Білорусь", Case.INSTRUMENTAL),
        ("tr", "Bağdat'tan", "Bağdat", Case.ABLATIVE),
        ("tr", "Tel Kaif'e", "Tel Kaif", Case.DATIVE),
        ("tr", "Kıbrıs’taki", "Kıbrıs", Case.LOCATIVE),
        ("tr", "Suriyeden", "Suriye", Case.ABLATIVE),
        ("tr", "Zonguldağa", "Zonguldak", Case.DATIVE),
        ("tr", "LİBYA'NIN", "LİBYA", Case.GENITIVE),
    ],
)
def test_cases(lang, written, name, case):
    assert case in spellings(written, lang)[name].cases


def test_words_of_a_name_agree():
    assert "Нове Каховка" not in spellings("Нової Каховки", "uk")
    assert "Старый Осколы" not in spellings("Старого Оскола", "ru")


@pytest.mark.parametrize(
    ("written", "name", "clitics", "kept"),
    [
        ("بالموصل", "الموصل", "ب", "الموصل"),
        ("ولبنغازي", "بنغازي", "ول", "بنغازي"),
        ("للسويداء", "السويداء", "ل", "سويداء"),
        ("والنبطية", "النبطية", "و", "النبطية"),
        ("وَبِعَدَن", "عَدَن", "وب", "عَدَن"),
        ("بتل كيف", "تل كيف", "ب", "تل كيف"),
        ("لبنان", "لبنان", "", "لبنان"),
    ],
)
def test_arabic_particles(written, name, clitics, kept):
    base = spellings(written, "ar")[name]
    assert (base.clitics, written[base.start : base.end]) == (clitics, kept)


def test_proclitics_begin_with_the_whole_word():
    assert proclitics("ولبنان")[0] == ("", "ولبنان")
    assert ("ول", "بنان") in proclitics("ولبنان")
    assert ("ل", "الحسكه") in proclitics("للحسكه")
    assert proclitics("من") == (("", "من"),)


def test_turkish_endings_need_harmony_and_a_stem():
    assert "İzmi" not in spellings("İzmir", "tr")
    assert set(spellings("Bolu", "tr")) == {"Bolu"}
    assert "Konya" not in spellings("Konyede", "tr")


def test_the_ending_after_an_apostrophe_is_not_of_the_name():
    text = "Musul'dan"
    (base,) = spellings(text, "tr").values()
    assert text[base.start : base.end] == "Musul"


def test_articles_come_back():
    assert "Le Caire" in spellings("Caire", "fr", "du")
    assert "La Habana" in spellings("Habana", "es", "la")
    assert list(spellings("Gao", "fr", "à")) == ["Gao"]


def test_other_languages_are_left_as_written():
    assert list(spellings("Kundus-Stadt", "de")) == ["Kundus-Stadt"]
