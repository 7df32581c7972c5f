"""Sentences and words of other languages, each where it stands in the text."""

from __future__ import annotations

import pytest

from geomap.reports.languages.tokens import Sort, fold, sentences

TEXTS = {
    "ar": "انسحبت ١٢٠ آليّة من دير الزور، وبالرقة؛ هل وصلت؟ نعم. قـــال المرصد: «وصلت إلى تل أبيض».",
    "tr": "Prof. Dr. Kaya, 3. Ordu'nun Erzincan’dan ayrıldığını söyledi. IĞDIR'da 1.250 asker var.",
    "fr": "M. Diallo l’a dit : «\u00a01\u202f500 soldats sont à Gao\u00a0». Aujourd'hui, jusqu'à l'aube, rien.",
    "ru": "Об этом сообщил ген. А. П. Орлов. В г. Гори вошли 1 200 человек, т. е. бригада! Что дальше?",
    "es": "¿Salieron? El Gral. Paz dijo que EE. UU. envió 2.500 soldados. ¡No!",
    "uk": "О 14:30 у м. Ніжин прибули 2 тис. бійців. Зі Слов’янська — ні.",
}
COUNTS = {"ar": 3, "tr": 2, "fr": 2, "ru": 3, "es": 3, "uk": 2}


@pytest.mark.parametrize("lang", TEXTS)
def test_sentences_end_where_they_end(lang):
    assert len(sentences(TEXTS[lang], lang)) == COUNTS[lang]


@pytest.mark.parametrize("lang", TEXTS)
def test_offsets_are_into_the_text(lang):
    text = f"…\n{TEXTS[lang]}"
    told = sentences(text, lang, start=2)
    ends = [0]
    for sentence in told:
        assert sentence.start == sentence.words[0].start
        assert sentence.end == sentence.words[-1].end
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
            assert word.start >= ends[-1]
            ends.append(word.end)
    assert "".join("".join(w.text for s in told for w in s.words).split()) == "".join(text[2:].split())


def forms(text, lang):
    return [word.form for sentence in sentences(text, lang) for word in sentence.words]


def test_turkish_letters_keep_their_dots():
    assert forms("IĞDIR'DA İZMİR", "tr") == ["ığdır'da", "izmir"]


def test_arabic_marks_are_left_out_of_forms_alone():
    assert forms("قـــالَ أحمدُ إلى ١٢", "ar") == ["قال", "احمد", "الي", "12"]


def test_elided_words_stand_alone():
    assert forms("jusqu'à l’aéroport d'Alep", "fr") == ["jusqu'", "à", "l'", "aéroport", "d'", "alep"]


def test_hyphens_and_apostrophes_hold_words_together():
    assert forms("юго-запад Порт-о-Пренса", "ru") == ["юго-запад", "порт-о-пренса"]
    assert forms("Куп’янськ", "uk") == ["куп'янськ"]


def test_numbers_with_separators_are_one():
    for text, lang in (("1\u202f500", "fr"), ("2.500", "es"), ("1 200", "ru"), ("14:30", "uk"), ("٣٬٠٠٠", "ar")):
        (word,) = sentences(text, lang)[0].words
        assert word.sort is Sort.NUMBER


def test_marks_are_words_of_their_own():
    assert [w.sort for w in sentences("«Гао»،", "ar")[0].words] == [Sort.MARK, Sort.WORD, Sort.MARK, Sort.MARK]


def test_capitals():
    assert [w.capital for w in sentences("Gao est là, 12 حلب", "fr")[0].words] == [True, *[False] * 5]


def test_folding_keeps_what_tells_words_apart():
    assert fold("Ёлка", "ru") == "елка"
    assert fold("Où", "fr") == "où"
    assert fold("Часі\u0301в", "uk") == "часів"
    assert fold("Kâğıt", "tr") == "kağıt"


@pytest.mark.parametrize("lang", ["ar", "tr", "fr", "ru", "es", "uk", "de"])
def test_long_text_without_end_is_one_sentence(lang):
    assert len(sentences("aб " * 20_000, lang)) == 1
