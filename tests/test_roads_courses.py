"""Lines of roads where the network has them, and where it has not."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import pytest

from geomap.geometry.geodesy import distance_m, length_m
from geomap.geometry.roads import courses
from geomap.geometry.roads.courses import course


@dataclass(frozen=True)
class Road:
    towns: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    countries: tuple[str, ...] = ("XX",)


@dataclass(frozen=True)
class Found:
    points: tuple[tuple[float, float], ...]
    start_m: float = 0.0
    end_m: float = 0.0
    bends: float = 1.0

    @property
    def along_m(self) -> tuple[float, ...]:
        steps = [self.bends * distance_m(*a, *b) for a, b in pairwise(self.points)]
        return tuple(accumulate(steps, initial=0.0))


ROAD = Road(("A", "B", "C"), ((10.0, 0.0), (10.2, 0.0), (10.4, 0.0)))


@pytest.fixture
def network(monkeypatch):
    """A network of the ways given by their ends."""
    ways = {}
    monkeypatch.setattr(courses, "to_point", lambda a, b, countries: ways.get((a[0], b[0])))
    course.cache_clear()
    yield ways
    course.cache_clear()


def test_a_road_follows_the_network(network):
    network[10.0, 10.2] = Found(((10.0, 0.0), (10.1, 0.05), (10.2, 0.0)))
    network[10.2, 10.4] = Found(((10.2, 0.0), (10.3, 0.05), (10.4, 0.0)))
    found = course(ROAD)
    assert len(found.line.coords) == 5
    assert found.gaps == ()
    assert found.caveat() == ""


def test_a_drive_into_a_town_and_out_again_is_left_away(network):
    network[10.0, 10.2] = Found(((10.0, 0.0), (10.18, 0.0), (10.18, 0.03)))
    network[10.2, 10.4] = Found(((10.18, 0.03), (10.18, 0.0), (10.4, 0.0)))
    assert list(course(ROAD).line.coords) == [(10.0, 0.0), (10.18, 0.0), (10.4, 0.0)]


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        (None, "no road connects them"),
        (Found(((10.0, 0.0), (10.1, 0.4), (10.2, 0.0))), "the way round is 91 km for 22 km"),
        (Found(((10.0, 0.0), (10.2, 0.06)), end_m=6_600.0), "B lies 7 km from the nearest road"),
    ],
)
def test_a_piece_that_cannot_be_followed_is_straight_and_known(network, way, reason):
    network[10.0, 10.2] = way
    network[10.2, 10.4] = Found(((10.2, 0.0), (10.4, 0.0)))
    found = course(ROAD)
    (gap,) = found.gaps
    assert (gap.start, gap.end, gap.reason) == ("A", "B", reason)
    assert gap.start_m == 0
    assert gap.end_m == pytest.approx(22_264, rel=0.01)
    assert found.straight_m() == pytest.approx(gap.end_m)
    assert found.straight_m(gap.end_m, length_m(found.line)) == 0
    assert found.straight_m(10_000, 0) == pytest.approx(10_000)
    assert found.caveat() == "22 km of it are drawn straight between its towns: A–B"
    assert found.caveat(25_000, 40_000) == ""


def test_a_road_the_network_has_nothing_of_is_straight_all_along(network):
    found = course(ROAD)
    assert list(found.line.coords) == list(ROAD.points)
    assert [(gap.start, gap.end) for gap in found.gaps] == [("A", "B"), ("B", "C")]
    assert found.gaps[1].end_m == pytest.approx(length_m(found.line), rel=1e-3)


def test_other_countries_are_entered_only_for_a_road_that_is_nowhere_else(monkeypatch):
    asked = []

    def to_point(a, b, countries):
        asked.append(tuple(countries))
        return None if countries else Found((a, b))

    monkeypatch.setattr(courses, "to_point", to_point)
    course.cache_clear()
    assert course(ROAD).gaps == ()
    assert asked == [("XX",), (), ("XX",), ()]
    course.cache_clear()


def test_the_road_is_as_long_as_its_bends_make_it(network):
    network[10.0, 10.2] = Found(((10.0, 0.0), (10.1, 0.0), (10.2, 0.0)), bends=1.2)
    found = course(ROAD)  # from B to C the network has nothing
    assert len(found.along_m) == len(found.line.coords)
    assert found.along_m[-2] == pytest.approx(1.2 * 22_264, rel=1e-3)
    assert found.along_m[-1] == pytest.approx(2.2 * 22_264, rel=1e-3)


def test_a_drive_that_is_left_away_adds_nothing_to_the_road(network):
    network[10.0, 10.2] = Found(((10.0, 0.0), (10.18, 0.0), (10.18, 0.03)))
    network[10.2, 10.4] = Found(((10.18, 0.03), (10.18, 0.0), (10.4, 0.0)))
    assert course(ROAD).along_m[-1] == pytest.approx(length_m(course(ROAD).line))
