import pytest
import shapely

from geomap.errors import UnknownBorderError
from geomap.geometry import borders
from geomap.geometry.geodesy import area_m2, length_m


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("SY", "TR", 909),
        ("SY", "IQ", 599),
        ("US", "MX", 3145),
        ("SD", "TD", 1360),
        ("TH", "MM", 2416),
        ("IL", "EG", 206),
        ("EG", "SD", 1276),  # a parallel, without a vertex in common
        ("ID", "PG", 824),  # a meridian
        ("DE", "LU", 128),  # rivers that both claim
        ("TZ", "UG", 391),  # a parallel across a lake
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


@pytest.mark.parametrize(
    ("a", "b", "pieces"),
    [
        ("SY", "TR", 1),
        ("KE", "UG", 1),  # two outlines that part by metres a dozen times
        ("FI", "RU", 1),
        ("IT", "CH", 1),
        ("RU", "KZ", 1),
        ("FR", "ES", 2),  # Andorra
        ("AM", "AZ", 2),  # Nakhchivan
        ("RU", "CN", 2),  # Mongolia
        ("RO", "UA", 2),  # Moldova
    ],
)
def test_a_border_is_in_as_many_pieces_as_on_the_ground(a, b, pieces):
    """Leaving aside enclaves, and islets at river mouths."""
    lines = borders.border(a, b).geoms
    assert sum(not line.is_ring and length_m(line) > 20_000 for line in lines) == pieces


def test_each_country_draws_its_own_line_where_they_disagree():
    """Between Sudan and Egypt lie Hala'ib, claimed by both, and Bir Tawil, claimed by neither."""
    egypt, sudan = (borders.border("EG", "SD", drawn_by=code) for code in ("EG", "SD"))
    assert length_m(egypt) == pytest.approx(length_m(borders.border("SD", "EG")), rel=0.2)
    assert shapely.hausdorff_distance(egypt, sudan) > 0.2
    for code, line in (("EG", egypt), ("SD", sudan)):
        assert shapely.hausdorff_distance(line, shapely.intersection(line, borders.country(code).boundary)) < 0.01


def test_enclaves_are_rings_of_the_border():
    rings = [line for line in borders.border("BE", "NL").geoms if line.is_ring]
    assert len(rings) >= 22
    assert any(line.is_ring for line in borders.border("CH", "IT").geoms)
    assert [line.is_ring for line in borders.border("LS", "ZA").geoms] == [True]


@pytest.mark.parametrize("code", ["US", "CL", "BE", "FJ"])
def test_the_land_of_a_country_in_an_area_is_that_of_its_polygon(code):
    area = shapely.union_all(
        [
            shapely.box(*shapely.box(*part.bounds).buffer(0.3).bounds)
            for part in shapely.get_parts(borders.country(code))[:3]
        ]
    )
    expected = shapely.intersection(borders.country(code), area).area
    assert borders.land_in(code, area).area == pytest.approx(expected, rel=1e-9)


def test_the_land_of_a_country_elsewhere_is_nothing():
    assert borders.land_in("SY", shapely.box(0, 0, 1, 1)).is_empty


def test_pieces_near_leave_out_who_is_not_asked_for():
    box = (42.2, 37.0, 42.5, 37.2)
    assert len(borders.pieces_near(*box)) >= 3
    others = borders.pieces_near(*box, but=("SY", "TR"))
    assert [shapely.intersects_xy(part, 44.37, 33.31) for part in others] == [True]  # Baghdad


def test_the_box_of_a_country_holds_it():
    assert borders.box_of("SY") == pytest.approx(borders.country("SY").bounds)
