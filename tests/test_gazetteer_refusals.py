import pytest

from geomap.errors import InputError
from geomap.gazetteer.refusals import why_no_name


@pytest.mark.parametrize(
    "name",
    [
        "Saint-Louis-du-Ha! Ha!", "!Kheis", "al_Bab", "Deir_ez_Zor", "#Kobani", "Kobani[1]", "Manbij*", "M4/M5", "H-2",
        "B&H", "Ta‘izz", "Slov'yansk", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "Winchester-on-the-Severn, Maryland", "Où?", "ʻAyn al ʻArab", "“Point 204”", "Tell Rifaat (Aleppo)",
        "100 Mile House", "القامشلي", "Куп’янськ", "སྐྱེ་དགུ་མདོ", "", "🙂",
    ],
)  # fmt: skip
def test_names_with_unusual_signs_may_be_names(name):
    assert why_no_name(name) is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("[a-z]+", "+"), ("%s%s%n", "%"), ("a=b", "="), ("{{ name }}", "{"), ("<script>", "<"), ("a|b", "|"),
        ("C:\\temp", "\\"), ("$HOME", "$"), ("^abc", "^"), ("https://example.org", "://"), ("**c**", "*"),
        ("x_y_z_w", "_"), ("press@example.org", "@"),
    ],
)  # fmt: skip
def test_code_addresses_and_markup_are_no_names(text, sign):
    assert why_no_name(text) == f"no name is written with {sign}"


def test_a_text_that_is_too_long_is_no_name():
    assert why_no_name("ab " * 1_000) == "3,000 characters are too many for a name"


@pytest.mark.parametrize("value", [None, 3, b"Goma", ["Goma"]])
def test_what_is_no_text_is_an_error(value):
    with pytest.raises(InputError, match="is no text"):
        why_no_name(value)
