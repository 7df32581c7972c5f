import csv
import sys
from datetime import date
from pathlib import Path

import pytest

from geomap.errors import InputError
from geomap.gazetteer import Gazetteer
from geomap.geometry.borders import border
from geomap.geometry.finding import find_place
from geomap.geometry.geodesy import locate
from geomap.geometry.roads.closures import parse
from geomap.geometry.roads.crossings import Known, crossing, crossings, gate, named, nearest, table
from geomap.geometry.routing import route
from geomap.models import Certainty

DATA = Path(__file__).parents[1] / "data"
recipe_only = pytest.mark.skipif(not DATA.is_dir(), reason="the recipe is in the repository, not in the package")


def known(closures=""):
    return Known("Gate", ("AA", "BB"), 10.0, 50.0, closures=parse(closures))


@pytest.mark.parametrize(
    ("asked", "name", "between"),
    [
        ("Bab al-Hawa", "Bab al-Hawa–Cilvegözü", {"SY", "TR"}),
        ("Bab el Hawa border crossing", "Bab al-Hawa–Cilvegözü", {"SY", "TR"}),
        ("معبر باب الهوى", "Bab al-Hawa–Cilvegözü", {"SY", "TR"}),
        ("Oncupinar border gate", "Bab al-Salama–Öncüpınar", {"SY", "TR"}),
        ("Jaber–Nasib", "Nasib–Jaber", {"SY", "JO"}),
        ("Naseeb crossing", "Nasib–Jaber", {"SY", "JO"}),
        ("Верхний Ларс", "Verkhny Lars–Dariali", {"GE", "RU"}),
        ("Hoptovka", "Hoptivka–Nekhoteyevka", {"UA", "RU"}),
        ("Chaman", "Spin Boldak–Chaman", {"AF", "PK"}),
        ("Adikong", "Adré–Adikong", {"SD", "TD"}),
        ("Metemma", "Gallabat–Metema", {"SD", "ET"}),
        ("Simon Bolivar", "Simón Bolívar Bridge", {"CO", "VE"}),
        ("Dajabon", "Ouanaminthe–Dajabón", {"HT", "DO"}),
        ("Beit Bridge", "Beitbridge", {"ZA", "ZW"}),
        ("Mae Sai", "Tachileik–Mae Sai", {"MM", "TH"}),
        ("Rosh Hanikra", "Naqoura–Rosh HaNikra", {"IL", "LB"}),
    ],
)
def test_a_crossing_is_found_under_either_side_s_name_in_any_spelling(asked, name, between):
    found = crossing(asked)
    assert found.name == name
    assert set(found.between) == between


def test_every_name_of_the_table_finds_its_crossing():
    for one in table():
        for name in (one.name, *one.name.split("–"), *one.names):
            assert one in named(name), name


@pytest.mark.parametrize("name", ["Paris", "Aleppo", "the border", "Nowhere crossing", "", "—"])
def test_what_is_no_crossing_is_none(name):
    assert named(name) == ()
    with pytest.raises(InputError, match="no border crossing"):
        crossing(name)


def test_a_name_of_several_is_asked_back_and_told_apart_by_a_country():
    with pytest.raises(InputError, match=r"al-Walid–Sahela \(SY–IQ\); al-Tanf–al-Walid \(SY–IQ\)"):
        crossing("al-Walid")
    with pytest.raises(InputError, match="between which countries"):
        crossing("Friendship Bridge")
    assert crossing("Friendship Bridge", countries=["AF", "UZ"]).name == "Hairatan–Termez"
    assert crossing("friendship bridge", countries=["bg"]).name == "Giurgiu–Ruse"
    assert named("Nasib", countries=["TR"]) == ()


@pytest.mark.parametrize("name", ["Guerguerat", "Merdare crossing", "Torugart", "Rusumo border", "Kasumbalesa"])
def test_a_crossing_that_no_list_of_places_has_is_a_place_as_well(name):
    found = find_place(name, Gazetteer())
    assert found.status is Certainty.RESOLVED
    known = crossing(name)
    assert (found.place.name, found.place.lon, found.place.lat) == (known.name, known.lon, known.lat)
    assert found.place.feature == "S.PSTB"


def test_the_gazetteer_goes_before_the_table_and_what_is_unknown_stays_so():
    assert find_place("Goma", Gazetteer()).place.id.startswith("geonames:")
    assert find_place("Nowhere-under-Sea crossing", Gazetteer()).place is None


def test_a_crossing_as_a_place_is_of_the_likely_country_and_tells_its_state():
    assert gate("Friendship Bridge", ["RO"]).place.name == "Giurgiu–Ruse"
    assert gate("Friendship Bridge").status is Certainty.AMBIGUOUS
    assert gate("Paris") is None
    assert crossing("Malanville").place.note.startswith("closed since 30 July 2023")


def test_crossings_of_a_pair_do_not_depend_on_the_order():
    assert crossings("SY", "IQ") == crossings("iq", "sy")
    assert {"Semalka–Faysh Khabur", "al-Bukamal–al-Qaim"} <= {one.name for one in crossings("SY", "IQ")}
    assert crossings("SY", "FR") == ()


def test_the_nearest_is_of_the_two_countries_and_not_too_far():
    assert nearest(36.2, 32.54, "JO", "SY").name == "Nasib–Jaber"
    assert nearest(36.2, 32.54, "LB", "SY") is None
    assert nearest(38.0, 33.0, "JO", "SY") is None
    assert nearest(38.0, 33.0, "JO", "SY", max_m=300_000) is not None


@pytest.mark.parametrize(
    ("name", "day", "is_open"),
    [
        ("Nasib", date(2015, 3, 31), True),
        ("Nasib", date(2016, 1, 1), False),
        ("Nasib", date(2019, 1, 1), True),
        ("al-Qaim", date(2019, 9, 29), False),
        ("al-Qaim", date(2019, 9, 30), True),
        ("Qamishli–Nusaybin", date(2011, 6, 1), None),
        ("Qamishli–Nusaybin", date(2024, 6, 1), False),
        ("Hoptivka", date(2022, 2, 23), True),
        ("Hoptivka", date(2022, 2, 24), False),
        ("Vaalimaa", date(2023, 11, 18), False),
        ("Arar", date(2015, 1, 1), False),
        ("Salwa", date(2018, 1, 1), False),
        ("Malanville", date(2023, 7, 29), True),
        ("Malanville", None, False),
        ("Poipet", date(2025, 8, 1), False),
        ("Medyka", date(2023, 1, 1), True),
        ("Medyka", date(1995, 1, 1), None),
        ("Margara", date(1995, 1, 1), False),
    ],
)
def test_open_or_closed_on_a_day(name, day, is_open):
    assert crossing(name).is_open_on(day) is is_open


def test_what_is_said_of_a_day():
    gate = known("closed 2015-04/2018-10-15: held by rebels; unknown 2024-12/..: nobody says")
    assert gate.said(date(2014, 1, 1)) == "open"
    assert gate.said(date(2016, 1, 1)) == "closed from April 2015 to 15 October 2018: held by rebels"
    assert gate.said(date(2015, 4, 3)).startswith("not known whether open on that day: closed from April 2015")
    assert gate.said() == "not known whether open since December 2024: nobody says"
    assert gate.said(date(1990, 1, 1)) == "not known whether open: before the table's time"


def test_without_a_day_the_last_known_state_is_told():
    assert known("").is_open_on(None) is True
    assert known("unknown 2024/..").is_open_on(None) is None
    assert known("closed 2024/..").is_open_on(None) is False
    assert known("closed 2024/2030").is_open_on(None) is True
    assert known("closed 2024-01-01/2024-02-01; unknown 2024-02-01/..").said() == (
        "not known whether open since 1 February 2024"
    )


def test_the_table_is_broad_and_every_row_has_its_source():
    assert len(table()) >= 350
    assert len({frozenset(one.between) for one in table()}) >= 150
    assert sum(bool(one.closures) for one in table()) >= 150
    assert all(one.source and 500 <= one.precision_m <= 20_000 for one in table())


def test_every_crossing_stands_on_its_border():
    for one in table():
        lines = border(*one.between).geoms
        assert min(locate(line, one.lon, one.lat)[1] for line in lines) < 30, one.name


@pytest.fixture
def recipe(monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    sys.modules.pop("build_crossings", None)
    import build_crossings

    return build_crossings


@recipe_only
def test_the_shipped_table_is_what_the_recipe_makes(recipe, tmp_path):
    recipe.build(tmp_path, tmp_path)
    with (tmp_path / "crossings.csv").open(encoding="utf-8", newline="") as opened:
        assert [row["name"] for row in csv.DictReader(opened)] == [one.name for one in table()]


@recipe_only
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lat": "51.0", "lon": "10.0"}, "km from the"),
        ({"closures": "closed 2018/2015"}, "does not end after it starts"),
        ({"closures": "shut since the war"}, "is no closure"),
        ({"source": ""}, "has no source"),
        ({"precision_m": "0"}, "precision"),
    ],
)
def test_the_recipe_refuses_what_cannot_be_right(recipe, change, message):
    row = recipe.read(recipe.CURATED)[0]
    assert recipe.moved(row)
    with pytest.raises(SystemExit, match=message):
        recipe.moved(row | change)


@recipe_only
def test_the_recipe_refuses_one_crossing_told_twice(recipe):
    row = recipe.read(recipe.CURATED)[0]
    with pytest.raises(SystemExit, match="share a name"):
        recipe.unlike([row, row | {"name": f"{row['name']} gate", "names": row["name"], "a": row["b"], "b": row["a"]}])
    recipe.unlike([row, row | {"name": "Another gate", "names": ""}])


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("Deir ez-Zor", "Ramadi", "al-Bukamal–al-Qaim"),
        ("Damascus", "Beirut", "Jdeidet Yabous–Masnaa"),
        ("Kharkiv", "Belgorod", "Hoptivka–Nekhoteyevka"),
        ("Goma", "Kigali", "Goma–Gisenyi Grande Barrière"),
        ("Addis Ababa", "Nairobi", "Moyale"),
        ("Tbilisi", "Vladikavkaz", "Verkhny Lars–Dariali"),
        ("Bangkok", "Siem Reap", "Poipet–Aranyaprathet"),
        ("Mandalay", "Kunming", "Muse–Ruili"),
        ("Johannesburg", "Harare", "Beitbridge"),
        ("Laredo", "Monterrey", "Laredo–Nuevo Laredo"),
        ("Helsinki", "Saint Petersburg", "Nuijamaa–Brusnichnoye"),
        ("Santo Domingo", "Port-au-Prince", "Malpasse–Jimaní"),
    ],
)
def test_the_way_between_two_towns_takes_the_crossing_that_is_known_for_it(start, end, name):
    assert [passed.name for passed in route((start, end)).crossings] == [name]


def test_a_way_goes_by_the_crossing_that_was_open_on_its_day():
    open_day, closed_day = (route(("Qamishli", "Mosul"), on=day) for day in (date(2012, 1, 1), date(2022, 1, 1)))
    assert [passed.name for passed in open_day.crossings] == ["al-Yaarubiyah–Rabia"]
    assert [passed.name for passed in closed_day.crossings] == ["Semalka–Faysh Khabur"]
