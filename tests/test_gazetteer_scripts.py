import pytest

from geomap.gazetteer.scripts import display, is_name, local_name


@pytest.mark.parametrize(
    ("name", "alternates", "country", "local"),
    [
        ("Manbij", ["Mambij", "Манбидж", "منبج"], "SY", "منبج"),
        ("Bakhmut", ["Артемовск", "Бахмут", "バフムート"], "UA", "Бахмут"),
        ("Al Qāmishlī", ["قامشلي", "القامشلي", "Qamişlo"], "SY", "القامشلي"),
        ("Stepanakert", ["Степанакерт", "Ստեփանակերտ"], "AZ", "Ստեփանակերտ"),
        ("Ma'rib", ["مارب", "מאריב"], "YE", "مارب"),
        ("Barvinkove", ["Барвинкове", "Барвінкове"], "UA", "Барвінкове"),
        ("Dishmuk", ["ديشمك", "دیشمک"], "IR", "دیشمک"),
        ("Bir Zayt", ["ביר זית", "بير زيت"], "PS", "بير زيت"),
        ("East Jerusalem", ["مشرقی یروشلم", "القدس الشرقية"], "PS", "القدس الشرقية"),
        ("Muharraq", ["اَلْمُحَرَّق", "المحرق"], "BH", "المحرق"),
        ("Kidal", ["كيدال", "Кидаль"], "ML", None),
        ("Lisichansk", [], "UA", None),
        ("Haifa", ["حيفا", "חיפה"], "IL", "חיפה"),
    ],
)
def test_the_name_in_the_countrys_own_script(name, alternates, country, local):
    assert local_name(name, alternates, country) == local


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Tall Ḩamīs", "SY", "Tall Hamis"),
        ("‘Ayn ‘Īsá", "SY", "Ayn Isa"),
        ("Kharkiv’", "UA", "Kharkiv"),
        ("Şanlıurfa", "TR", "Şanlıurfa"),
        ("Düsseldorf", "DE", "Düsseldorf"),
        ("N'Djaména", "TD", "NDjamena"),
        ("São Tomé", "ST", "São Tomé"),
        ("‘", "SY", "‘"),
    ],
)
def test_names_are_shown_as_english_texts_write_them(name, country, shown):
    assert display(name, country) == shown


@pytest.mark.parametrize("text", ["Aleppo", "حلب", "Алеппо", "Ḩalab", "L.A.", "Al-Bab", "阿勒颇"])
def test_names(text):
    assert is_name(text)


@pytest.mark.parametrize("text", ["", "ALP", "hlb", "http://a.org/b", "Route 66", "12", "A" * 61, "…"])
def test_no_names(text):
    assert not is_name(text)
