import pytest

from geomap.gazetteer.feature_codes import WORDS, feature_of, is_kept, precision_m, same_kind


@pytest.mark.parametrize(
    ("words", "feature"),
    [
        ("airbase", "S.AIRB"),
        ("Air base", "S.AIRB"),
        ("oil_field", "L.OILF"),
        ("Village", "P.PPL"),
        ("naval base", "L.NVB"),
        (" s.airb ", "S.AIRB"),
        ("P.PPLA2", "P.PPLA2"),
        ("spaceport", None),
        ("", None),
        ("AIRB", None),
        ("X.AIRB", None),
        ("P.", None),
    ],
)
def test_words_for_kinds(words, feature):
    assert feature_of(words) == feature


def test_every_word_means_a_kind_worth_having():
    assert [word for word, feature in WORDS.items() if not (is_kept(feature) or feature == "R.RD")] == []


@pytest.mark.parametrize("feature", ["S.SCH", "S.FRM", "S.MSQE", "H.WLL", "R.ST", "P.PPLH", "A.ADM1H", "."])
def test_what_the_news_does_not_name(feature):
    assert not is_kept(feature)


def test_wider_kinds_reach_farther():
    radii = [precision_m(feature) for feature in ("S.PSTB", "S.AIRB", "A.ADM3", "A.ADM2", "A.ADM1", "A.PCLI")]
    assert radii == sorted(set(radii))
    assert precision_m("P.PPL") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("P.PPL", "P.PPLA", True),
        ("S.AIRB", "S.INSM", True),
        ("S.AIRP", "S.AIRF", True),
        ("H.LK", "H.RSV", True),
        ("V.FRST", "V.FRST", True),
        ("P.PPL", "A.ADM2", False),
        ("P.PPLX", "A.ADM3", False),
        ("P.PPL", "S.AIRB", False),
        ("A.ADM1", "A.PCLI", False),
        ("S.DAM", "P.PPL", False),
    ],
)
def test_one_kind(one, other, same):
    assert same_kind(one, other) is same
    assert same_kind(other, one) is same
