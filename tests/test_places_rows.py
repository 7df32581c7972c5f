"""Lists of names, whole and without their commas, and lists that a noun announces."""

from datetime import date

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Report
from geomap.reports.places.rows import joint
from geomap.reports.read import read


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def reached(text: str, gazetteer: Gazetteer) -> list[str]:
    found = read(Report("test", text, published=date(2024, 3, 15)), gazetteer)
    return sorted(ref.text for movement in found.movements for ref in movement.destination)


@pytest.mark.parametrize(
    ("gap", "mark"),
    [
        (", ", ","), (" and ", "and"), (", and ", ", and"), (" ", " "), (" and the ", "and"), (" & ", "&"),
        (" village and ", "and"), (" as well as ", "as well as"), (" fell and ", None), (" said ", None),
        (" to ", None), (". ", None), (", where ", None), ("", None),
    ],
)  # fmt: skip
def test_what_joins_two_names(gap: str, mark: str | None) -> None:
    assert joint(gap) == mark


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iraqi forces seized the towns of Qayyarah, Makhmur and Hawija.", ["Hawija", "Makhmur", "Qayyarah"]),
        (
            "Iraqi forces seized three towns Qayyarah Hajj Ali and Hawija south of Mosul.",
            ["Hajj Ali", "Hawija", "Qayyarah"],
        ),
        (
            "Congolese soldiers retook three villages north of Goma - Kibumba Kibati and Rugari - on Friday.",
            ["Kibati", "Kibumba", "Rugari"],
        ),
        (
            "Somali troops captured several towns in Lower Shabelle, including Qoryoley and Barawe.",
            ["Barawe", "Qoryoley"],
        ),
        (
            "Azerbaijani troops entered two towns from the south on Friday, Hadrut and Fuzuli.",
            ["Fuzuli", "Hadrut"],
        ),
        ("Malian soldiers captured Kidal and Gao fell to rebels.", ["Gao", "Kidal"]),
        # what follows holds the place, or is no part of the list
        ("Syrian troops captured Saraqib, Syria.", ["Saraqib"]),
    ],
)
def test_a_list_is_read_whole(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert reached(text, gazetteer) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Congolese troops retook Kibumba town north of Goma.", ["Kibumba"]),
        ("Syrian troops captured Tadef town, to the south of al-Bab.", ["Tadef"]),
        ("Turkish troops advanced from Tadef to 20 km north of Raqqa.", ["20 km north of Raqqa"]),
    ],
)
def test_words_after_a_name_that_lies_so_only_describe_it(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert reached(text, gazetteer) == names


def test_all_unknown_names_of_a_list_lie_where_it_is_put(gazetteer: Gazetteer) -> None:
    text = (
        "Soldiers moved from Bunia to Rutshuru. They captured the villages of Qwzxun and Xqertal to the north of Goma."
    )
    found = read(Report("test", text, published=date(2024, 3, 15)), gazetteer)
    places = {mention.text: mention.place for mention in found.mentions}
    for name in ("Qwzxun", "Xqertal"):
        place = places[name]
        assert place is not None
        assert -1.7 < place.lat < -1.2
