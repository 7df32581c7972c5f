"""Which language a report and its paragraphs are in, and what is said where it is not read."""

from __future__ import annotations

import pytest

from geomap.models import Report
from geomap.reports.intake.story import blocks
from geomap.reports.languages import detect as detection
from geomap.reports.languages.detect import detect, languages, name_of, tongues

SHORT = {
    "ar": "غادرت الدورية قرية الطيبة باتجاه الحدود. وقال سكان إنها عادت مساء.",
    "tr": "Tugay Sincar'ın güneyine kaydırıldı. Komutanlık bunu bir tatbikat olarak açıkladı.",
    "fr": "Deux bataillons ont quitté Abéché mardi. Ils se dirigent vers la frontière.",
    "ru": "Две роты покинули Душанбе во вторник. Они направились к границе.",
    "es": "Dos batallones salieron de Iquitos el martes. Se dirigen hacia la frontera.",
    "uk": "Дві роти залишили Ужгород у вівторок. Вони рушили до кордону.",
    "en": "Two battalions left Abéché on Tuesday. They are heading for the border.",
    "de": "Zwei Bataillone verließen Kundus am Dienstag. Sie sind auf dem Weg zur Grenze.",
    "it": "Due battaglioni hanno lasciato Herat martedì. Si dirigono verso il confine.",
    "pt": "Dois batalhões deixaram Pemba na terça-feira. Eles seguem para a fronteira.",
    "pl": "Dwa bataliony opuściły Gardez we wtorek. Zmierzają w stronę granicy.",
    "fa": "دو گردان روز سه شنبه هرات را ترک کردند. آنها به سوی مرز می‌روند.",
    "he": "שני גדודים עזבו את העיר ביום שלישי. הם בדרכם אל הגבול.",
    "am": "ሁለት ሻለቃ ጦር ማክሰኞ ከተማዋን ለቀቀ። ወደ ድንበሩ እያመሩ ነው።",
    "zh": "两个营星期二离开喀什。他们正前往边境。",
    "ckb": "دوو یەکەی سەربازی شارەکەیان بەجێهێشت و بەرەو سنوور دەڕۆن.",
}


def report(text, lang=None):
    return Report("r", text, lang=lang)


def spoken(text, lang=None):
    one = report(text, lang)
    return tongues(one, blocks(one))


@pytest.mark.parametrize("code", SHORT)
def test_two_sentences_are_enough(code):
    assert detect(SHORT[code]).code == code


@pytest.mark.parametrize("text", ["", "1 234", "Raqqa", "Raqqa, Homs, Aleppo, Idlib", "Kıta intikali", "M4 – M5"])
def test_too_little_stays_english(text):
    found = spoken(text)
    assert (found.main, found.foreign, found.issues) == ("en", False, ())


@pytest.mark.parametrize(
    "text",
    [
        "THE TROOPS LEFT THE BASE AT DAWN AND HEADED FOR THE BORDER.",
        "Forces from the Junta de Defensa in La Paz and El Alto were sent to the Lago Titicaca.",
        "El Fasher, El Obeid and El Geneina were quiet, said the Forces de soutien rapide in a statement.",
        "Kyiv (Київ) and Kharkiv (Харків) were hit by drones, said the mayor of the city.",
    ],
)
def test_english_with_foreign_names_is_english(text):
    assert not spoken(text).foreign


def test_english_needs_no_classifier(monkeypatch):
    monkeypatch.setattr(detection, "_classifier", lambda: pytest.fail("the classifier is asked"))
    assert spoken(SHORT["en"]).main == "en"
    heading = "Marines storm Mariupol districts"
    assert spoken(f"{heading}\n\n{SHORT['en']}").blocks == ("en", "en")


@pytest.mark.parametrize(("code", "done"), [("de", "place names"), ("fa", "place names"), ("am", "nothing")])
def test_what_is_not_supported_says_so(code, done):
    found = spoken(SHORT[code])
    (issue,) = found.issues
    assert found.main == code
    assert name_of(code) in issue.message
    assert done in issue.message
    assert (issue.start, issue.report_id) == (0, "r")


@pytest.mark.parametrize("code", ["ar", "tr", "fr", "ru", "es", "uk"])
def test_supported_languages_have_no_issue(code):
    assert spoken(SHORT[code]) == tongues(report(SHORT[code], code), blocks(report(SHORT[code])))
    assert spoken(SHORT[code]).issues == ()


def test_paragraphs_of_other_languages_are_told_apart():
    found = spoken(f"{SHORT['en']}\n\n{SHORT['ru']}\n\n{SHORT['en']} {SHORT['en']}\n\n{SHORT['ar']}")
    assert found.main == "en"
    assert found.blocks == ("en", "ru", "en", "ar")


def test_the_header_is_believed_where_the_text_does_not_tell():
    assert spoken("Tugay, Sincar, Musul", "tr").main == "tr"
    assert spoken("Рота, Душанбе", "uk-UA").main == "uk"


def test_the_header_is_not_believed_against_the_text():
    found = spoken(f"{SHORT['fr']} {SHORT['fr']}", "en")
    assert found.main == "fr"
    assert "English" in found.issues[0].message
    assert "French" in found.issues[0].message
    assert spoken(SHORT["ar"], "en").main == "ar"


def test_an_unknown_header_is_no_matter():
    assert spoken(SHORT["es"], "tlh").main == "es"


def test_languages_have_names_and_scripts():
    assert all(language.name and language.script.isupper() for language in languages().values())
    assert name_of("uk") == "Ukrainian"
    assert name_of("tlh") == "tlh"
