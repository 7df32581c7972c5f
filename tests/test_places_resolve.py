"""What a report makes of names that the gazetteer does not have as such."""

import pytest

from geomap.gazetteer import Gazetteer
from geomap.models import Certainty, Role
from geomap.reports.places.resolve import resolve_toponyms
from geomap.reports.places.toponyms import Toponym


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def toponym(text, name, **more):
    start = text.index(name)
    return Toponym(0, 0, start, start + len(name), name, more.pop("role", Role.PLACE), **more)


def resolve(text, gazetteer, *names, **more):
    """Return the mentions of the first names, plain, and of the last one with what more is said of it."""
    *plain, last = names
    found = [toponym(text, name) for name in plain]
    mentions, context = resolve_toponyms([*found, toponym(text, last, **more)], text, gazetteer)
    return mentions[-1], context


@pytest.mark.parametrize(
    ("text", "town", "name"),
    [
        ("Worshippers gathered at Manila Cathedral in Manila.", "Manila", "Manila Cathedral"),
        ("Students of the University of Mosul marched through Mosul.", "Mosul", "University of Mosul"),
        ("Shells hit Kramatorsk Machine Works in Kramatorsk.", "Kramatorsk", "Kramatorsk Machine Works"),
        ("Fire at Nairobi Junction Mall in Nairobi.", "Nairobi", "Nairobi Junction Mall"),
    ],
)
def test_a_site_named_after_its_town_is_taken_to_be_there(gazetteer, text, town, name):
    start = text.rindex(town)
    there = Toponym(0, 0, start, start + len(town), town, Role.PLACE)
    mentions, _ = resolve_toponyms([toponym(text, name), there], text, gazetteer)
    site, home = mentions[0].place, mentions[1].place
    assert (site.lon, site.lat) == (home.lon, home.lat)
    assert site.name == name
    assert site.precision_m >= 15_000
    assert mentions[0].confidence <= 0.5


def test_a_name_spelled_anew_is_looked_for_near_the_storys_places_alone(gazetteer):
    text = "Fighters left Latakia and Jableh in Syria for Qaryateyn."
    mention, _ = resolve(text, gazetteer, "Latakia", "Jableh", "Syria", "Qaryateyn")
    assert mention.place is None


def test_a_site_named_after_no_town_stays_unknown(gazetteer):
    mention, _ = resolve("They met at Qwxyz Grove near Homs.", gazetteer, "Homs", "Qwxyz Grove")
    assert mention.place is None
    assert mention.resolution.status is Certainty.UNKNOWN


def test_a_name_spelled_anew_is_looked_for_where_the_story_plays(gazetteer):
    text = "Fighters left Palmyra and Homs in Syria for Qaryateyn."
    mention, context = resolve(text, gazetteer, "Palmyra", "Homs", "Syria", "Qaryateyn")
    assert context.countries[0] == "SY"
    assert mention.place.country == "SY"


def test_a_numbered_road_is_taken_where_the_story_plays(gazetteer):
    text = "They closed highway M99 between Homs and Hama."
    mention, _ = resolve(text, gazetteer, "Homs", "Hama", "M99", kind="highway")
    assert mention.place.feature == "R.RD"
    assert mention.place.country == "SY"


def test_what_a_name_lies_in_need_not_be_a_toponym(gazetteer):
    text = "Clashes were reported in Tripoli, Lebanon."
    mention, _ = resolve(text, gazetteer, "Tripoli", within="Lebanon")
    assert mention.place.country == "LB"


def test_part_of_an_area(gazetteer):
    mention, _ = resolve("They crossed into northern Mozambique.", gazetteer, "Mozambique", direction="northern")
    whole = gazetteer.country("MZ")
    assert mention.place.lat > whole.lat
    assert mention.place.precision_m < whole.precision_m


def test_peoples_say_where_a_story_plays(gazetteer):
    text = "Sudanese troops and Ethiopian farmers met; Sudanese tents stood in Gedaref."
    people = [toponym(text, name, role=Role.DEMONYM) for name in ("Sudanese", "Ethiopian")]
    mentions, context = resolve_toponyms([*people, toponym(text, "Gedaref")], text, gazetteer)
    assert context.countries[0] == "SD"
    assert "ET" in context.countries
    assert mentions[0].place == gazetteer.country("SD")


@pytest.mark.parametrize(
    ("people", "town", "country"),
    [
        ("Georgian", "Batumi", "GE"),
        ("Spanish", "Cordoba", "ES"),
        ("Argentine", "Cordoba", "AR"),
        ("German", "Frankfurt", "DE"),
    ],
)
def test_a_people_beside_a_town_says_where_it_lies(gazetteer, people, town, country):
    text = f"After Springfield, Lexington and Louisville she saw the {people} city of {town}."
    names = [toponym(text, name) for name in ("Springfield", "Lexington", "Louisville")]
    mentions, _ = resolve_toponyms(
        [*names, toponym(text, people, role=Role.DEMONYM), toponym(text, town)], text, gazetteer
    )
    assert mentions[-1].place.country == country


def test_no_names_no_context(gazetteer):
    mentions, context = resolve_toponyms([], "Nothing.", gazetteer)
    assert mentions == ()
    assert context.countries == ()
    assert context.near is None
