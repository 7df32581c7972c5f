import pytest

from geomap.errors import UnknownBorderError
from geomap.geometry.countries import country_code, country_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SY", "SY"),
        (" ua ", "UA"),
        ("Syria", "SY"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Ivory Coast", "CI"),
        ("UK", "GB"),
        ("Niger", "NE"),
        ("Georgia", "GE"),
    ],
)
def test_a_country_goes_by_its_code_and_its_names(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["Damascus", "Atlantis", "ZZ", "", "Q1"])
def test_what_is_no_country_has_no_code(text):
    with pytest.raises(UnknownBorderError, match="no country has the code or name"):
        country_code(text)


def test_a_name_for_a_sentence():
    assert country_name("SY") == "Syria"
    assert country_name("ZZ") == "ZZ"
