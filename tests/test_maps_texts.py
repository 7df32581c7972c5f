"""Text and addresses from outside, made fit for a page."""

import unicodedata

import pytest

from geomap.maps.texts import LONGEST_URL, fit, is_fit, safe_url

RLO, PDF, RLI, PDI, LRE = "\u202e", "\u202c", "\u2067", "\u2069", "\u202a"


@pytest.mark.parametrize("text", ["", "Kobani", "عين العرب", "a\nb\tc", "naïve “quotes” – 30 km", "日本", "\u200fא"])
def test_ordinary_text_is_left_as_it_is(text):
    assert fit(text, 100) == text


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("a\x00b\x1bc\x9bd", "a b c d"),
        ("a\ud800b\udc00", "a\ufffdb\ufffd"),
        (f"{RLO}abc", f"{RLO}abc{PDF}"),
        (f"{RLI}{LRE}abc", f"{RLI}{LRE}abc{PDF}{PDI}"),
        (f"{RLI}{LRE}abc{PDI}d", f"{RLI}{LRE}abc{PDI}d"),
        (f"a{PDF}b{PDI}c", "a\u200bb\u200bc"),
        (f"{LRE}a{RLI}b{PDF}c", f"{LRE}a{RLI}b\u200bc{PDI}{PDF}"),
        (f"{RLO}abc\ndef", f"{RLO}abc\ndef"),
    ],
)
def test_what_would_disturb_a_page_is_ended_or_replaced(text, fitting):
    assert fit(text, 100) == fitting
    assert fit(fitting, 100) == fitting


def test_words_and_offsets_stay():
    text = f"The {RLO}column\x00 left{PDI} Raqqa\ud83d."
    start = text.index("Raqqa")
    assert fit(text, 100)[start : start + 5] == "Raqqa"


def test_long_text_is_cut_and_still_ended():
    cut = fit(RLO + "x" * 1_000_000, 300)
    assert len(cut) == 301
    assert cut.endswith(f"x…{PDF}")
    assert not is_fit("x" * 301, 300)


def test_fitting_text_can_be_written():
    nasty = "".join(map(chr, range(0x250))) + "\ud800\udfff\u2028\u202e\ufffe"
    written = fit(nasty, 10_000)
    assert written.encode("utf-8")
    assert not any(unicodedata.category(c) in {"Cs", "Cc"} and c not in "\t\n\r" for c in written)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" http://a.example ", "http://a.example"),
        ("https://a.example/two words?q=a b", "https://a.example/two%20words?q=a%20b"),
        ("https://good.example@evil.example/x", "https://evil.example/x"),
        ("https://user:secret@a.example:8080/x#y", "https://a.example:8080/x#y"),
        ("https://例え.example/あ", "https://例え.example/あ"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("https://a.example/\x00", None),
        ("https://a.example/\u202egpj.exe", None),
        ("https://a.example\\@evil.example", None),
        ("https://a.example:port/", None),
        ("https://user@/x", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//a.example", None),
        ("https:", None),
        ("http://[", None),
        ("", None),
        (None, None),
        ("https://a.example/" + "x" * LONGEST_URL, None),
    ],
)
def test_only_web_addresses_are_kept(url, kept):
    assert safe_url(url) == kept
