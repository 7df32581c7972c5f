"""Listed roads laid on the bare network: bends of the edges it has, and roads it lacks."""

import sys
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parent.parent / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the recipes are in the repository, not in the package")


@pytest.fixture(scope="module")
def recipe():
    sys.path.insert(0, str(DATA))
    import road_links

    yield road_links
    sys.path.remove(str(DATA))


def base_of(recipe, points, edges):
    """A network of edges given as (junction, junction, kilometres of road)."""
    from bare_network import Base

    pairs = np.array([edge[:2] for edge in edges])
    return Base(np.array(points, dtype=float), pairs, np.array([1000.0 * edge[2] for edge in edges]))


def lay(recipe, base, *towns):
    """Lay a road of towns given as (name, lon, lat)."""
    laying = recipe.Laying(base)
    names, spots = tuple(town[0] for town in towns), tuple(town[1:] for town in towns)
    laying.lay(recipe.Road("XX", "X1", names, spots))
    return laying.links(), laying.doubts


@pytest.fixture
def plain(recipe):
    """Two junctions 111 km apart on the equator, with 125 km of road between them, and one that stands alone."""
    return base_of(recipe, [(10.0, 0.0), (11.0, 0.0), (10.5, 1.0)], [(0, 1, 125)])


def test_a_town_beside_a_straight_edge_becomes_its_bend(recipe, plain):
    (link,), doubts = lay(recipe, plain, ("A", 10.01, 0.0), ("B", 10.5, 0.2), ("C", 10.99, 0.0))
    assert link.replaces
    assert link.points == ((10.0, 0.0), (10.5, 0.2), (11.0, 0.0))
    assert doubts == []


def test_bends_stand_in_the_order_of_the_edge_however_the_road_is_listed(recipe, plain):
    towns = ("C", 10.99, 0.0), ("B2", 10.7, 0.1), ("B1", 10.3, 0.1), ("A", 10.01, 0.0)
    (link,), _ = lay(recipe, plain, *towns)
    assert [lon for lon, _ in link.points] == [10.0, 10.3, 10.7, 11.0]


def test_a_town_further_off_than_the_measured_road_can_go_is_on_another_road(recipe, plain):
    (link,), _ = lay(recipe, plain, ("A", 10.0, 0.0), ("B", 10.5, 0.45), ("C", 11.0, 0.0))
    assert not link.replaces
    assert link.points == ((10.0, 0.0), (10.5, 0.45), (11.0, 0.0))


def test_bends_that_together_are_longer_than_the_road_are_left_away_and_told(recipe, plain):
    towns = ("A", 10.0, 0.0), ("B1", 10.3, 0.25), ("B2", 10.7, -0.25), ("C", 11.0, 0.0)
    (link,), doubts = lay(recipe, plain, *towns)
    assert len(link.points) == 3
    assert link.length_m() <= 1.08 * 125_000 + 1_000
    assert any("too long" in doubt for doubt in doubts)


def test_a_road_that_is_not_there_is_added_from_junction_to_junction(recipe):
    base = base_of(recipe, [(10.0, 0.0), (11.0, 0.0), (10.0, 1.0), (11.0, 1.0)], [(0, 2, 111), (1, 3, 111)])
    (link,), doubts = lay(recipe, base, ("A", 10.01, 0.01), ("B", 10.5, 0.0), ("C", 10.99, 0.0))
    assert not link.replaces
    assert (link.points[0], link.points[-1]) == ((10.0, 0.0), (11.0, 0.0))
    assert doubts == []


def test_a_road_that_goes_on_past_the_last_junction_bends_the_edge_that_goes_on(recipe, plain):
    (link,), _ = lay(recipe, plain, ("A", 10.0, 0.0), ("B", 10.4, 0.1))
    assert link.replaces
    assert link.points == ((10.0, 0.0), (10.4, 0.1), (11.0, 0.0))


@pytest.mark.parametrize("end", [(9.7, 0.0), (10.0, 0.4), (9.9, -0.3)])
def test_a_road_that_leaves_another_way_is_a_road_of_its_own(recipe, plain, end):
    (link,), _ = lay(recipe, plain, ("A", 10.0, 0.0), ("B", *end))
    assert not link.replaces
    assert link.points == ((10.0, 0.0), end)


def test_no_road_is_made_up_between_towns_far_apart(recipe, plain):
    links, doubts = lay(recipe, plain, ("A", 10.0, 0.0), ("B", 10.0, -0.5), ("C", 10.0, -2.5), ("D", 10.0, -3.0))
    assert [link.name for link in links] == ["A–B", "C–D"]
    assert doubts == ["XX X1: B–C is missing, 221 km"]


def test_the_roads_of_a_town_are_joined_where_the_network_does_not(recipe):
    points = [(10.0, 0.0), (11.0, 0.0), (11.03, 0.0), (12.0, 0.0)]
    town = ("B", 11.01, 0.0)
    towns = ("A", 10.0, 0.0), town, ("C", 12.0, 0.0)
    (link,), _ = lay(recipe, base_of(recipe, points, [(0, 1, 112), (2, 3, 109)]), *towns)
    assert (link.name, link.points) == ("in B", ((11.0, 0.0), (11.03, 0.0)))
    joined = base_of(recipe, points, [(0, 1, 112), (2, 3, 109), (1, 2, 4)])
    assert lay(recipe, joined, *towns) == ([], [])


def test_no_road_is_laid_over_a_river_whose_bridge_is_gone(recipe):
    """The Dnipro at Kherson, with a junction at the bridge and one on either bank."""
    points = [(32.62, 46.64), (32.72, 46.671), (33.0, 46.5), (33.7, 46.72)]
    base = base_of(recipe, points, [(0, 1, 9), (1, 3, 80), (2, 3, 60)])
    towns = ("Kherson", 32.615, 46.637), ("Oleshky", 32.724, 46.626), ("C", 33.0, 46.5)
    laying = recipe.Laying(
        base.without([(points[1], points[3])], around_m=1500), gone=[recipe.LineString((points[1], points[3]))]
    )
    laying.lay(recipe.Road("UA", "M1", tuple(t[0] for t in towns), tuple(t[1:] for t in towns)))
    assert [(link.name, link.points) for link in laying.links()] == [("Oleshky–C", ((32.724, 46.626), (33.0, 46.5)))]
    assert laying.doubts == ["UA M1: Kherson–Oleshky is missing, its bridge is gone"]


def test_an_edge_across_the_antimeridian_is_no_trouble(recipe):
    base = base_of(recipe, [(179.5, 10.0), (-179.6, 10.0)], [(0, 1, 100)])
    assert base.near((-179.61, 10.0), 5_000) == [1]


def test_the_tables_row_that_replaces_takes_the_edge_nearest_to_its_ends(recipe):
    base = base_of(recipe, [(10.0, 0.0), (11.0, 0.0), (10.02, 0.0)], [(0, 1, 125), (2, 1, 120)])
    row = recipe.Link("XX", "X1", "A–B", ((10.019, 0.0), (10.5, 0.1), (11.0, 0.0)), replaces=True)
    assert recipe._fitted(base, row).points[0] == (10.02, 0.0)
    elsewhere = recipe.Link("XX", "X1", "A–B", ((10.0, 5.0), (11.0, 5.0)), replaces=True)
    assert recipe._fitted(base, elsewhere) is None


@pytest.mark.parametrize(
    ("column", "value"), [("replaces", "perhaps"), ("points", "1 2 3"), ("open_until", "2022-13-01"), ("points", "")]
)
def test_a_row_that_cannot_be_right_stops_the_recipe(recipe, column, value):
    row = dict.fromkeys(("country", "ref", "name", "open_from", "open_until", "note"), "")
    row |= {"points": "1 2;1 3", "replaces": "no", column: value}
    with pytest.raises(SystemExit, match=r"road_links\.csv"):
        recipe._link(row)


def test_the_tables_are_read(recipe):
    assert len(recipe.listed()) > 50
    assert all(len(link.points) >= 2 for link in recipe.listed())
    assert len(recipe.highways()) > 400
