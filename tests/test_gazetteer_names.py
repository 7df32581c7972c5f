import tomllib
from importlib.resources import files

import pytest

from geomap.gazetteer.names import Kind, abbreviation, key, skeleton, split_generic, without_article, without_compass


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ar-Raqqah", "ar raqqah"),
        ("Ar-Raqqah", "El Raqqah"),
        ("ash-Shaddadi", "al-Shaddadi"),
        ("Deir ez-Zor", "Deir al-Zor"),
        ("alTabqa", "al-Tabqa"),
        ("Kobanê", "KOBANE"),
        ("Şanlıurfa", "Sanliurfa"),
        ("Łódź", "Lodz"),
        ("Ma'arrat an-Nu‘man", "Maarrat al-Numan"),
        ("U.S.", "US"),
        ("St. Louis", "Saint Louis"),
        ("الرقة", "رقة"),
        ("عين\u200fعيسى", "عينعيسي"),
        ("Харьков", "ХАРЬКОВ"),
        ("Tel Abyad", "Tall Abyad"),
        ("Til Temir", "Tell Temir"),
        ("Ain al-Arab", "'Ayn al-Arab"),
        ("Ein el-Hilweh", "Aïn el-Hilweh"),
        ("Der Zor", "Deir Zor"),
        ("Om Durman", "Umm Durman"),
        ("Cheikh Miskin", "Sheikh Miskin"),
        ("Djebel Barkal", "Jabal Barkal"),
        ("Ksar el-Kebir", "Qasr al-Kebir"),
        ("Oued Zem", "Wadi Zem"),
        ("al-Kafr al-Gharbi", "al-Kfar el-Gharbi"),
        ("Bet She'an", "Beit Shean"),
        ("Beni Suef", "Bani Suef"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hama", "Homs"),
        ("El Salvador", "Salvador"),
        ("Ansar", "Al Sar"),
        ("Aden", "Eden"),
        ("Ain", "Ayn"),
        ("Tel", "Til"),
        ("Derby", "Deirby"),
        ("Umma", "Oumma"),
        ("Tilburg", "Tellburg"),
    ],
)
def test_different_names_keep_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "name", ["Ar-Raqqah", "Ain al-Asad", "Київ", "قوات", "A. B.-C.", "El Paso", "Al-Al", "ẞß", "&"]
)
def test_the_key_of_a_key_is_itself(name):
    assert key(key(name)) == key(name)


@pytest.mark.parametrize("name", ["", " ", "'’", "\x00\x01", "…", "\u200f"])
def test_a_name_without_letters_has_no_key(name):
    assert key(name) == ""
    assert skeleton(name) == ""
    assert split_generic(name) is None


def test_a_long_name_is_cut():
    assert len(key("a" * 10_000)) <= 120


def test_only_a_leading_article_goes():
    assert without_article(key("al-Bab")) == "bab"
    assert without_article(key("Ayn al-Asad")) == "ayn al asad"
    assert without_article("al") == "al"


@pytest.mark.parametrize(
    "names",
    [
        ("Rmeilan", "Rumaylan", "Rimelan", "Rmelan", "رميلان"),
        ("Deir ez-Zor", "Dayr az Zawr", "Deir Ezzour"),
        ("Qamishli", "Kamishly", "Qamishlo", "القامشلي"),
        ("al-Hasakah", "Hassakeh", "Haseke"),
        ("Manbij", "Membij", "Munbij"),
        ("Kharkiv", "Kharkov", "Харків"),
        ("Baghuz", "Bagouz", "Baghouz"),
    ],
)
def test_transliterations_share_a_skeleton(names):
    assert len({skeleton(name) for name in names}) == 1
    assert skeleton(names[0])


def test_skeletons_tell_names_apart():
    assert len({skeleton(name) for name in ("Damascus", "Aleppo", "Homs", "Idlib", "Raqqa", "Mosul")}) == 6


@pytest.mark.parametrize(
    ("name", "core", "kind"),
    [
        ("Al-Asad airbase", "asad", Kind.AIRFIELD),
        ("Hasakah province", "hasakah", Kind.PROVINCE),
        ("Kharkiv Oblast", "kharkiv", Kind.PROVINCE),
        ("city of Homs", "homs", Kind.TOWN),
        ("Semalka border crossing", "semalka", Kind.CROSSING),
        ("al-Hol refugee camp", "hol", Kind.CAMP),
        ("Omar oil field", "omar", Kind.FIELD),
        ("Khabur River", "khabur", Kind.WATER),
        ("Idlib countryside", "idlib", Kind.REGION),
        ("Baghdad International Airport", "baghdad", Kind.AIRFIELD),
        ("northern Aleppo", "aleppo", Kind.REGION),
        ("the city of Homs", "homs", Kind.TOWN),
        ("la ville de Mossoul", "mossoul", Kind.TOWN),
        ("province d'Idleb", "idleb", Kind.PROVINCE),
        ("gouvernorat du Sud-Kivu", "sud kivu", Kind.PROVINCE),
        ("base aérienne d’Ain al-Asad", "ayn al asad", Kind.AIRFIELD),
        ("camp de réfugiés de Zaatari", "zaatari", Kind.CAMP),
        ("aéroport de Gao", "gao", Kind.AIRFIELD),
        ("ciudad de Alepo", "alepo", Kind.TOWN),
        ("provincia di Aleppo", "aleppo", Kind.PROVINCE),
        ("Flughafen Bagdad", "bagdad", Kind.AIRFIELD),
        ("Stadt Charkiw", "charkiw", Kind.TOWN),
        ("Militärflugplatz Saki", "saki", Kind.AIRFIELD),
        ("Halep kenti", "halep", Kind.TOWN),
        ("İdlib vilayeti", "idlib", Kind.PROVINCE),
        ("İncirlik Hava Üssü", "incirlik", Kind.AIRFIELD),
        ("город Славянск", "славянск", Kind.TOWN),
        ("місто Бахмут", "бахмут", Kind.TOWN),
        ("Донецька область", "донецька", Kind.PROVINCE),
        ("مدينة الرقة", "رقه", Kind.TOWN),
        ("محافظة الحسكة", "حسكه", Kind.PROVINCE),
        ("مخيم الهول", "هول", Kind.CAMP),
        ("مطار دمشق", "دمشق", Kind.AIRFIELD),
        ("ولایت هلمند", "هلمند", Kind.PROVINCE),
        ("Zaporizhzhia Nuclear Power Plant", "zaporizhzhia", Kind.DAM),
        ("Ghwayran prison", "ghwayran", Kind.PRISON),
        ("port of Tartus", "tartus", Kind.PORT),
        ("Berdyansk port", "berdyansk", Kind.PORT),
        ("Tigray Zone", "tigray", Kind.DISTRICT),
        ("Baiji oil refinery", "baiji", Kind.FIELD),
        ("FOB Shank", "shank", Kind.BASE),
        ("western countryside of Raqqa", "raqqa", Kind.REGION),
    ],
)
def test_generic_words_are_understood(name, core, kind):
    generic = split_generic(name)
    assert (generic.core, generic.kind) == (core, kind)


@pytest.mark.parametrize(
    "name",
    [
        "Aleppo",
        "Airport",
        "Camp",
        "Riverside",
        "Townsville",
        "Port Said",
        "Provincetown",
        "Ville",
        "Stadtallendorf",
        "Basel",
        "Кировоград",
        "Isle",
        "Oblastnoy",
    ],
)
def test_names_that_are_no_compound_stay_whole(name):
    assert split_generic(name) is None


@pytest.mark.parametrize(
    ("name", "rest"),
    [("northern aleppo", "aleppo"), ("raqqa western", "raqqa"), ("north eastern sudan", "sudan"), ("norton", "norton")],
)
def test_a_point_of_the_compass_goes(name, rest):
    assert without_compass(name) == rest


def test_kinds_know_their_features():
    assert Kind.AIRFIELD.fits("S.AIRB")
    assert not Kind.AIRFIELD.fits("P.PPL")
    assert Kind.PROVINCE.fits("A.ADM1")
    assert not Kind.PROVINCE.fits("A.PCLI")


def test_a_word_cut_short_is_kept_apart_from_the_word():
    assert abbreviation("Mass.") == "mass @short"
    assert abbreviation("Ont.") == "ont @short"
    for name in ("Mass", "mass.", "N.J.", "St. Louis", "U.S.", "Damascus.", "", "."):
        assert abbreviation(name) is None


def test_a_generic_term_has_one_kind_on_each_side():
    tables = tomllib.loads(files("geomap.gazetteer").joinpath("generic_words.toml").read_text(encoding="utf-8"))
    assert set(tables) <= {kind.value for kind in Kind}
    for side in ("after", "before"):
        words = [key(word) for table in tables.values() for word in table[side]]
        assert len(words) == len(set(words))
        assert all(words)
