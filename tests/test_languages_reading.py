"""What is common to the other languages: patterns, lexicons, tales of several sentences, mixed reports."""

from datetime import date

import pytest
from foreign import PUBLISHED, as_told, reading_of

from geomap.errors import DataError
from geomap.gazetteer import Gazetteer
from geomap.models import IncidentKind, MovementKind, Report, Status
from geomap.reports.languages.lexicon import LANGUAGES, load_lexicon
from geomap.reports.languages.patterns import Form, Grammar, Matcher, Shape
from geomap.reports.languages.tokens import sentences
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


def words_of(text, lang="fr"):
    return sentences(text, lang)[0].words


GRAMMAR = Grammar("fr", {"A": "ae"}, {"er": {"past": ["é", "A"], "future not": ["pra~era"]}})


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("ville", "la ville", True),
        ("ville", "la villette", False),
        ("vill*", "la villette", True),
        ("*ette", "la villette", True),
        ("quitt:er", "ils ont quitté", True),
        ("quitt:er", "ils quitte", True),
        ("quitt:er", "ils quittent", False),
        ("pris|prend le|un", "ils prend un camp", True),
        ("pris .. contrôle", "ils ont pris hier soir le contrôle", True),
        ("pris .. contrôle", "ils ont pris, sans contrôle", False),
        ("pris .. contrôle", "ils ont pris a b c d e f contrôle", False),
    ],
)
def test_a_pattern_finds_its_words(pattern, text, found):
    assert Matcher(GRAMMAR, [(pattern, None, Form.PAST)]).any(words_of(text)) is found


def test_the_longest_pattern_wins_and_tells_its_shape():
    matcher = Matcher(GRAMMAR, [("quitt:er", 1, Form.NOUN), ("quitt:er la ville", 2, Form.NOUN)])
    match = matcher.find(words_of("ils ont quitté la ville"))[0]
    assert (match.value, match.at, match.shape) == (2, (2, 3, 4), Shape(Form.PAST))


def test_a_form_may_stand_round_its_stem_and_be_negated():
    match = Matcher(GRAMMAR, [("quitt:er", None, Form.NOUN)]).find(words_of("ils praquittera"))[0]
    assert match.shape == Shape(Form.FUTURE, negated=True)


@pytest.mark.parametrize("words", ["past soon", "gone"])
def test_a_form_that_is_none_is_refused(words):
    with pytest.raises(ValueError, match=r"soon|gone"):
        Shape.parse(words)


def test_a_pattern_with_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match="which is not in"):
        Matcher(GRAMMAR, [("quitt:xyz", None, Form.NONE)])


def test_and_is_taken_off_an_arabic_word():
    matcher = Matcher(Grammar("ar", {}, {}), [("انسحبت", None, Form.PAST)])
    assert matcher.find(words_of("وانسحبت القوات", "ar"))[0].joined == "و"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_all_its_lists(lang):
    lexicon = load_lexicon(lang)
    assert all([lexicon.triggers, lexicon.generic, lexicon.numbers, lexicon.look_alikes, lexicon.time.weekdays])
    assert {"people", "vehicles", "not_forces", "relief", "army", "home"} <= lexicon.forces.keys()
    assert {"planned", "ordered", "ongoing", "denied", "negation", "speculation"} <= lexicon.status.keys()


def test_a_language_without_lexicon_is_told():
    with pytest.raises(DataError, match="no lexicon of the language 'de'; there are ar, es"):
        load_lexicon("de")


@pytest.mark.parametrize(
    ("lang", "text", "winner", "loser"),
    [
        ("ru", "Иракские войска выбили боевиков ИГИЛ из [Фаллуджи].", "Iraq", "ISIS"),
        ("uk", "Російські війська вибили бійців ЗСУ із [Селидового].", "Russia", "Ukraine"),
        ("fr", "Les talibans ont été chassés de [Kunduz] par l'armée afghane.", "Afghan government", "Taliban"),
        ("es", "El ELN fue expulsado de [Arauquita] por el ejército colombiano.", "Colombia", "ELN"),
        ("tr", "Irak ordusu DEAŞ militanlarını [Felluce]'den çıkardı.", "Iraq", "ISIS"),
        ("ar", "طردت القوات العراقية مسلحي داعش من [الفلوجة].", "Iraq", "ISIS"),
    ],
)
def test_who_drives_out_advances_and_the_other_retreats(lang, text, winner, loser, gazetteer):
    movements = reading_of(text, lang, gazetteer).movements
    told = {(m.actor, m.kind, bool(m.origin), bool(m.destination)) for m in movements}
    assert told == {(winner, MovementKind.ADVANCE, False, True), (loser, MovementKind.RETREAT, True, False)}


@pytest.mark.parametrize(
    ("lang", "there", "back"),
    [
        ("ru", "Войска Эфиопии вышли из [Мэкэле] в [Аксум].", "Войска Эфиопии вышли из [Аксум] в [Мэкэле]."),
        ("uk", "Війська Ефіопії відійшли з [Мекеле] до [Аксума].", "Війська Ефіопії відійшли з [Аксума] до [Мекеле]."),
        ("fr", "Le M23 s'est replié de [Gao] vers [Kidal].", "Le M23 s'est replié de [Kidal] vers [Gao]."),
        ("es", "Los rusos se retiraron de [Kiev] hacia [Gómel].", "Los rusos se retiraron de [Gómel] hacia [Kiev]."),
        ("tr", "Türk askerleri [Afrin]'den [Azez]'e geçti.", "Türk askerleri [Azez]'den [Afrin]'e geçti."),
        ("ar", "انسحب الجيش السوداني من [الخرطوم] إلى [سنار].", "انسحب الجيش السوداني من [سنار] إلى [الخرطوم]."),
    ],
)  # fmt: skip
def test_both_directions_are_told_apart(lang, there, back, gazetteer):
    first = as_told(there, reading_of(there, lang, gazetteer).movements[0])
    second = as_told(back, reading_of(back, lang, gazetteer).movements[0])
    assert first.origin
    assert (first.origin, first.destination) == (second.destination, second.origin)


def test_two_legs_of_one_trip_are_one_movement(gazetteer):
    text = "Колонна армии Армении вышла из [Гориса] и через [Лачин] проследовала в [Степанакерт]."
    (movement,) = reading_of(text, "ru", gazetteer).movements
    told = as_told(text, movement)
    assert (told.origin, told.via, told.destination) == ("Гориса", "Лачин", "Степанакерт")


def test_the_town_means_the_place_named_before(gazetteer):
    text = "Le M23 est entré dans [Goma] lundi. Les soldats congolais ont quitté la ville."
    left = reading_of(text, "fr", gazetteer).movements[1]
    assert left.origin[0].text == "ville"
    assert left.origin[0].place.name == "Goma"
    assert "Goma" in left.origin[0].reason


def test_those_who_make_room_leave_the_place_others_took(gazetteer):
    text = "Талибы захватили [Газни]. Афганские войска отступили в [Кабул]."
    retreat = reading_of(text, "ru", gazetteer).movements[1]
    assert [ref.text for ref in retreat.origin] == ["Газни"]
    assert "others took" in retreat.origin[0].reason


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("fr", "Selon l'état-major, les soldats maliens ont quitté [Gao].", "état-major"),
        ("es", "Las tropas turcas se retiraron de [Afrin], informó el gobernador.", "gobernador"),
        ("ru", "Войска Турции вышли из [Африна], сообщил в понедельник губернатор.", "губернатор"),
        ("tr", "Valiliğe göre Türk askerleri [Afrin]'den çekildi.", "Valiliğe"),
        ("ar", "انسحبت القوات التركية من [عفرين]، بحسب مصادر محلية.", "مصادر محلية"),
    ],
)
def test_who_says_so_is_named_in_the_words_of_the_text(lang, text, speaker, gazetteer):
    assert reading_of(text, lang, gazetteer).movements[0].provenance.attributed_to == speaker


def test_the_day_of_saying_is_not_the_day_of_moving(gazetteer):
    text = "أعلن مصدر أمني، الاثنين، أن القوات العراقية سيطرت على [الفلوجة]."
    assert reading_of(text, "ar", gazetteer).movements[0].date is None


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("ru", "Российская авиация нанесла удар по [Идлибу].", IncidentKind.STRIKE),
        ("uk", "Артилерія обстріляла [Харків].", IncidentKind.SHELLING),
        ("fr", "Des affrontements ont éclaté à [Beni].", IncidentKind.CLASH),
        ("es", "La aviación rusa bombardeó [Idlib].", IncidentKind.STRIKE),
        ("tr", "Savaş uçakları [İdlib]'i bombaladı.", IncidentKind.STRIKE),
        ("ar", "اندلعت اشتباكات في [سبها].", IncidentKind.CLASH),
    ],
)
def test_strikes_shelling_and_clashes_are_incidents_and_no_movements(lang, text, kind, gazetteer):
    reading = reading_of(text, lang, gazetteer)
    assert [incident.kind for incident in reading.incidents] == [kind]
    assert reading.movements == ()


def test_what_a_language_is_read_with_is_told(gazetteer):
    issues = reading_of("Türk askerleri [Afrin]'den çekildi.", "tr", gazetteer).issues
    assert [i.message for i in issues] == [
        "read with the short word lists of Turkish: place names, incidents and plain movements only"
    ]


def test_paragraphs_in_two_languages_are_read_each_in_its_own(gazetteer):
    english = "Turkish troops entered the town of Afrin in northern Syria on Sunday, the army said in a statement."
    russian = "Войска Турции вышли из города Африн на севере Сирии в понедельник, сообщил губернатор провинции."
    reading = read(Report("two", f"{english}\n\n{russian}", published=PUBLISHED), gazetteer)
    assert [(m.id, m.actor, m.date.start) for m in reading.movements] == [
        ("two:m1", "Turkey", date(2020, 3, 15)),
        ("two:m2", "Turkey", date(2020, 3, 16)),
    ]
    assert [m.provenance.quote for m in reading.movements] == [english, russian]
    assert all(reading.report.text[m.start : m.end] == m.text for m in reading.mentions)


def test_a_language_that_is_not_supported_gives_an_issue_and_no_movement(gazetteer):
    text = "Die türkischen Truppen haben sich am Montag aus der Stadt Afrin im Norden Syriens zurückgezogen."
    reading = read(Report("de", text, published=PUBLISHED), gazetteer)
    assert reading.movements == ()
    assert any("German is not supported" in issue.message for issue in reading.issues)


def test_an_endless_sentence_is_read_in_parts(gazetteer):
    text = "Les soldats maliens ont quitté [Gao] lundi " + "et encore des mots sans fin " * 100
    movements = reading_of(text, "fr", gazetteer).movements
    assert [(m.actor, m.status) for m in movements] == [("Mali", Status.COMPLETED)]
    assert len(movements[0].provenance.quote) < 600
