import pytest
import shapely
from shapely.geometry import Point

from geomap.errors import InputError, UnknownBorderError
from geomap.geometry import borders
from geomap.geometry.geodesy import area_m2, length_m
from geomap.geometry.strips import border_strip
from geomap.models import Place

TELL_ABYAD = Place("t:1", "Tell Abyad", 38.956, 36.697, "SY")
RAS_AL_AYN = Place("t:2", "Ras al-Ayn", 40.07, 36.85, "SY")
DAMASCUS = Place("t:3", "Damascus", 36.29, 33.51, "SY")


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("SY", "TR", 909),
        ("SY", "IQ", 599),
        ("US", "MX", 3145),
        ("SD", "TD", 1360),
        ("TH", "MM", 2416),
        ("IL", "EG", 206),
    ],
)
def test_border_is_as_long_as_published(a, b, km):
    assert length_m(borders.border(a, b)) / 1000 == pytest.approx(km, rel=0.03)
    assert borders.border(a, b).equals(borders.border(b, a))


@pytest.mark.parametrize(
    ("code", "km2"), [("SY", 185_180), ("AU", 7_688_000), ("CD", 2_345_000), ("ML", 1_240_000), ("BO", 1_098_581)]
)
def test_countries_have_their_size(code, km2):
    assert area_m2(borders.country(code)) / 1e6 == pytest.approx(km2, rel=0.02)


@pytest.mark.parametrize("code", ["CN", "FJ", "HR", "KI", "MV", "SG", "TV"])
def test_countries_of_many_islands_have_a_valid_polygon(code):
    polygon = borders.country(code)
    assert polygon.is_valid
    assert polygon.area > 0
    assert polygon.geom_type in {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (35.783, 35.531, "SY"),  # Latakia
        (35.859, 34.856, "SY"),  # Arwad, an island
        (30.733, 46.477, "UA"),  # Odesa
        (37.216, 19.617, "SD"),  # Port Sudan
        (42.954, 14.798, "YE"),  # Hodeidah
        (103.85, 1.29, "SG"),
        (73.509, 4.175, "MV"),  # Male
    ],
)
def test_ports_and_islands_lie_in_their_country(lon, lat, code):
    assert borders.country_at(lon, lat) == code


@pytest.mark.parametrize(("lon", "lat"), [(35.74, 35.85), (30.9, 46.3), (37.5, 19.6), (42.6, 14.8)])
def test_the_territorial_sea_is_no_land(lon, lat):
    assert borders.country_at(lon, lat) is None


def test_a_strip_to_the_coast_ends_there():
    strip = border_strip("SY", "TR", side="SY", depth_m=30_000).geometry
    assert strip.covers(Point(35.95, 35.85))
    assert not strip.covers(Point(35.74, 35.85))
    assert strip.difference(borders.country("SY")).area < 1e-9


def test_neighbours_are_mutual_and_on_land():
    assert borders.neighbours("SY") == ("IL", "IQ", "JO", "LB", "TR")
    assert borders.neighbours("CY") == ()
    for code in ("SY", "UA", "CD", "ML"):
        assert all(code in borders.neighbours(other) for other in borders.neighbours(code))


def test_no_common_border_names_the_neighbours():
    with pytest.raises(UnknownBorderError, match="SY borders IL, IQ, JO, LB, TR"):
        borders.border("SY", "UA")
    with pytest.raises(UnknownBorderError, match="'ZZ'"):
        borders.country("ZZ")


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(41.95, 37.0, "SY"), (42.44, 33.79, "IQ"), (30.5, 50.4, "UA"), (29.22, -1.68, "CD"), (0, 0, None)],
)
def test_country_at(lon, lat, code):
    assert borders.country_at(lon, lat) == code


def test_strip_is_as_deep_as_asked_and_stays_on_its_side():
    strip = border_strip("SY", "TR", side="SY", depth_m=30_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    assert not strip.geometry.intersects(borders.country("TR").buffer(-1e-4))
    assert strip.published_limits
    line = borders.border("SY", "TR")
    deepest = max(geodesic_to(line, lon, lat) for lon, lat in shapely.get_coordinates(strip.geometry))
    assert deepest == pytest.approx(30_000, rel=0.02)
    assert 100_000 > strip.length_m > 100_000 * 0.7
    assert strip.area_m2 == pytest.approx(strip.length_m * 30_000, rel=0.5)


def geodesic_to(line, lon, lat):
    from geomap.geometry.geodesy import locate

    return min(locate(part, lon, lat)[1] for part in line.geoms)


def test_whole_strip_holds_the_cut_one():
    whole = border_strip("SY", "TR", side="SY", depth_m=30_000)
    part = border_strip("SY", "TR", side="SY", depth_m=30_000, start=TELL_ABYAD, end=RAS_AL_AYN)
    assert part.area_m2 < whole.area_m2 / 4
    # The two leave out other small bends of the border.
    assert whole.geometry.buffer(0.001).covers(part.geometry)
    assert whole.geometry.covers(Point(39.5, 36.6))


@pytest.mark.parametrize("depth", [0.0, -1.0, float("nan")])
def test_depth_must_be_positive(depth):
    with pytest.raises(InputError, match="depth"):
        border_strip("SY", "TR", side="SY", depth_m=depth)


def test_side_must_be_one_of_the_two():
    with pytest.raises(InputError, match="IQ"):
        border_strip("SY", "TR", side="IQ", depth_m=1000)


def test_ends_must_lie_by_the_border_and_come_in_pairs():
    with pytest.raises(InputError, match="one end only"):
        border_strip("SY", "TR", side="SY", depth_m=1000, start=TELL_ABYAD)
    with pytest.raises(InputError, match="Damascus lies"):
        border_strip("SY", "TR", side="SY", depth_m=1000, start=TELL_ABYAD, end=DAMASCUS)


def test_a_depth_beyond_the_country_is_told():
    strip = border_strip("LB", "SY", side="LB", depth_m=300_000)
    assert "nearly all of LB" in strip.issues[0].message
