"""A person's own table of places: what is read, and what is said of each row that cannot be."""

import json

import geopandas
import pytest
from shapely.geometry import Point, box

from geomap.errors import InputError
from geomap.gazetteer.index import Index
from geomap.gazetteer.own.tables import read_table, slug
from geomap.gazetteer.store import Entry, Unit, write

HEAD = "name,lat,lon,country,kind\n"


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    path = tmp_path_factory.mktemp("known") / "known.sqlite"
    entries = [
        Entry("geonames:163843", "Syria", 38.0, 35.0, "SY", feature="A.PCLI", names=frozenset(["سوريا"])),
        Entry("geonames:366755", "Sudan", 30.0, 16.0, "SD", feature="A.PCLI"),
        Entry("geonames:170063", "Aleppo", 37.4, 36.3, "SY", "SY.09", "A.ADM1", names=frozenset(["Halab"])),
        Entry("geonames:170062", "Aleppo", 37.1, 36.2, "SY", "SY.09", "P.PPLA"),
    ]
    write(
        path,
        entries,
        units=[Unit("SY", "geonames:163843"), Unit("SD", "geonames:366755"), Unit("SY.09", "geonames:170063")],
    )
    return Index(path)  # fmt: skip


def locate(lon, lat):
    """Tell the country in a world of two square ones."""
    countries = {"SY": box(36, 32.5, 42.4, 37.3), "SD": box(22, 9, 36, 22)}
    return next((code for code, ground in countries.items() if ground.covers(Point(lon, lat))), None)


@pytest.fixture
def read(tmp_path, known):
    def call(text, name="own.csv", **choice):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_table(path, "own", known=known, locate=locate, **choice)

    return call


def messages(rows):
    return [issue.message for issue in rows.bad]


def test_every_column_is_understood(read):
    (place,) = read(
        "id,name,names,lat,lon,country,admin1,kind,precision_m,population,note,source\n"
        'b-7,Sarrin airstrip,"Serrin; Sirrin;سرين",36.6,38.33,Syria,Halab,airstrip,800,"1,200",closed 2019,field team\n'
    ).entries
    assert (place.id, place.name, place.lat, place.lon) == ("user:own/b-7", "Sarrin airstrip", 36.6, 38.33)
    assert (place.country, place.admin1_code, place.feature) == ("SY", "SY.09", "S.AIRF")
    assert (place.precision_m, place.population) == (800, 1200)
    assert place.names == {"Serrin", "Sirrin", "سرين"}
    assert (place.local_name, place.note, place.source) == ("سرين", "closed 2019 · Source: field team", "own")


def test_little_is_needed(read):
    (place,) = read("name,lat,lon\nSarrin,36.6,38.3\n").entries
    assert (place.id, place.country, place.feature, place.precision_m) == ("user:own/sarrin", "SY", "P.PPL", None)


@pytest.mark.parametrize(
    "text",
    [
        "Name,Latitude,Longitude\nSarrin,36.6,38.3\n",
        "name;Y;X\nSarrin;36,6;38,3\n",
        "place\tlat\tlng\nSarrin\t36.6\t38.3\n",
        "title,wkt\nSarrin,POINT (38.3 36.6)\n",
        "\ufeffname,lat,lon\r\nSarrin,36.6,38.3\r\n",
        "name,lat,lon,colour\nSarrin,36.6,38.3,red\n",
        "name,lat,lon\n\nSarrin,36.6,38.3\n,,\n",
    ],
    ids=["case", "comma", "tabs", "wkt", "mark", "more", "blank"],
)
def test_tables_as_people_have_them(read, text):
    (place,) = read(text).entries
    assert (place.name, place.lat, place.lon) == ("Sarrin", 36.6, 38.3)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Sarrin,38.3,136.6,,", None),
        ("Sarrin,96.6,38.3,,", "lat '96.6' and lon '38.3' are swapped; exchange them"),
        ("Sarrin,38.3,36.6,SY,", "exchanged they lie in SY"),
        ("El Geneina,22.4,13.4,SD,", "exchanged they lie in SD"),
        ("Sarrin,36.6,190,,", "lon '190' lies outside -180 to 180"),
        ("Sarrin,-96.6,190,,", "lat '-96.6' lies outside -90 to 90"),
        ("Sarrin,nan,38,,", "lat 'nan' lies outside"),
        ("Sarrin,36°36'N,38,,", "is no number; write decimal degrees"),
        ("Sarrin,,38,,", "lat '', lon '38': both are needed"),
        ("Sarrin,0,0,,", "in the sea off Africa"),
        (",36.6,38.3,,", "has no name"),
        ("؟!,36.6,38.3,,", "has no two letters"),
        ("Sarr\ufffdn,36.6,38.3,,", "save the table as UTF-8"),
        ("Sarrin,36.6,38.3,Syrai,", "country 'Syrai' is unknown"),
        ("Sarrin,36.6,38.3,SY,airbsae", "kind 'airbsae' is unknown; is it airbase"),
        ("Sarrin,36.6,38.3,SY,xyz", "kind 'xyz' is unknown; use one of"),
        ("Sarrin,36.6,38.3,SY,town,x", "has more cells than the header"),
    ],
)
def test_a_bad_row_is_told_with_its_value_and_a_remedy(read, row, words):
    rows = read(f"{HEAD}Tabqa,35.8,38.5,SY,town\n{row}\n")
    assert len(rows.entries) == (1 if words else 2)
    assert [issue.report_id for issue in rows.bad] == ["own.csv"] * bool(words)
    for message in messages(rows):
        assert message.startswith("row 3: ")
        assert words in message


@pytest.mark.parametrize(
    "row", ["Sarrin,36.6,38.3,SY,", "Karima,18.5,31.8,SD,", "Boat,33.0,34.5,SY,", "Quito,-0.2,-78.5,,"]
)
def test_places_near_or_beyond_a_border_are_not_taken_for_swapped(read, row):
    assert messages(read(HEAD + row)) == []


def test_a_country_that_the_position_denies_is_noted(read):
    rows = read(f"{HEAD}Sarrin,36.6,38.3,SD,\nTabqa,35.8,38.5,SY,\n")
    assert [entry.country for entry in rows.entries] == ["SD", "SY"]
    (note,) = rows.notes
    assert note.message == "Sarrin lies in SY by its position, and is taken as in SD as its row says"


def test_every_bad_row_is_told_by_its_line(read):
    rows = read('name,lat,lon\n"Two\nlines",36,38\nA1,x,38\nQal,36,38\nB2,36,x\n')
    assert [message.partition(":")[0] for message in messages(rows)] == ["row 4", "row 6"]
    assert [entry.name for entry in rows.entries] == ["Two\nlines", "Qal"]


def test_ids_are_told_apart(read):
    rows = read("id,name,lat,lon\n7,Sarrin,36,38\n,Sarrin,36,39\n,Sarrin,36,40\n7,Tabqa,35.8,38.5\nx y,Raqqa,35.9,39\n")
    assert [entry.id for entry in rows.entries] == ["user:own/7", "user:own/sarrin", "user:own/sarrin-2"]
    assert messages(rows) == [
        "row 5: id '7' is that of an earlier row; give each place its own, or none",
        "row 6: id 'x y' is none; use letters, digits and . _ - / :",
    ]


def test_an_id_of_a_known_place_stays(read):
    (place,) = read("id,name,lat,lon\ngeonames:170062,Aleppo,36.2,37.15\n").entries
    assert place.id == "geonames:170062"


def test_an_unknown_province_is_noted_and_left_out(read):
    rows = read("name,lat,lon,admin1\nSarrin,36.6,38.3,Bavaria\nTabqa,35.8,38.5,Bavaria\n")
    assert [entry.admin1_code for entry in rows.entries] == [None, None]
    assert [note.message for note in rows.notes] == ["admin1 'Bavaria' is no province known in SY; left out"]


@pytest.mark.parametrize(
    ("population", "precision", "words"),
    [
        ("many", "", "population 'many'"),
        ("-3", "", "population '-3'"),
        ("", "0", "precision_m '0' is no radius"),
        ("", "wide", "precision_m 'wide'"),
        ("", "1e9", "precision_m '1e9'"),
    ],
)
def test_numbers_that_are_none(read, population, precision, words):
    (message,) = messages(read(f"name,lat,lon,population,precision_m\nSarrin,36,38,{population},{precision}\n"))
    assert words in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no column name and lat and lon"),
        ("Sarrin,36.6,38.3\n", "name the columns in the first row"),
        ("name,latitud,lon\nSarrin,36,38\n", "no column lat; is it 'latitud'"),
        ("name,lat,Lat,lon\nSarrin,36,36,38\n", "both mean lat; keep one"),
        ("name,lat,lon\n", "holds no rows"),
        (b"\x00\x01\x02\x03" * 100, "not text"),
    ],
)
def test_tables_that_cannot_be_used(read, text, words):
    with pytest.raises(InputError, match=words):
        read(text)


def test_an_old_code_page_is_read_and_told(read):
    text = HEAD + "".join(f"{name},36.6,38.3,SY,village\n" for name in ("تل حميس", "تل تمر", "عين عيسى", "رأس العين"))
    rows = read(text.encode("cp1256"))
    assert rows.entries[0].name == "تل حميس"
    assert "save it as UTF-8" in rows.notes[0].message


def test_other_formats_and_missing_files_are_told(read, tmp_path, known):
    with pytest.raises(InputError, match=r"ends in '\.shp'; places are read from \.csv"):
        read("x", "own.shp")
    with pytest.raises(InputError, match="there is no file"):
        read_table(tmp_path / "none.csv", "own", known=known, locate=locate)


def geojson(*coordinates, **properties):
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Place {number}", **properties},
            "geometry": spot and {"type": "Point", "coordinates": spot},
        }
        for number, spot in enumerate(coordinates, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_geojson(read):
    rows = read(
        geojson([38.3, 36.6], [36.6, 38.3], [38.3, 98.0], None, country="SY", names=["Serrin", "Sirrin"]), "own.geojson"
    )
    (place,) = rows.entries
    assert (place.lon, place.lat, place.names) == (38.3, 36.6, {"Serrin", "Sirrin"})
    assert [message.partition(":")[0] for message in messages(rows)] == ["feature 2", "feature 3", "feature 4"]
    assert "swapped" in messages(rows)[0]


@pytest.mark.parametrize("text", ["{", '{"type": "FeatureCollection", "features": []}', "[1, 2]", ""])
def test_json_that_holds_no_places(read, text):
    with pytest.raises(InputError):
        read(text, "own.geojson")


def frame(crs="EPSG:4326"):
    spots = geopandas.GeoDataFrame({"name": ["Sarrin"], "id": [7.0]}, geometry=[Point(38.3, 36.6)], crs="EPSG:4326")
    return spots.to_crs(crs) if crs else spots.set_crs(None, allow_override=True)


@pytest.fixture
def read_gpkg(tmp_path, known):
    def call(**layers):
        for name, spots in layers.items():
            spots.to_file(tmp_path / "own.gpkg", layer=name, driver="GPKG")
        return lambda **choice: read_table(tmp_path / "own.gpkg", "own", known=known, locate=locate, **choice)

    return call


def test_a_geopackage_in_another_crs_is_brought_to_degrees(read_gpkg):
    rows = read_gpkg(spots=frame("EPSG:32637"))()
    (place,) = rows.entries
    assert (place.lon, place.lat) == pytest.approx((38.3, 36.6), abs=1e-5)
    assert place.id == "user:own/7"
    assert "UTM zone 37N" in rows.notes[0].message


def test_polygons_become_a_point_inside(read_gpkg):
    (place,) = read_gpkg(areas=frame().set_geometry([box(38, 36, 39, 37)], crs="EPSG:4326"))().entries
    assert (place.lon, place.lat) == (38.5, 36.5)


def test_a_geopackage_of_several_layers_needs_a_choice(read_gpkg):
    read = read_gpkg(one=frame(), two=frame())
    with pytest.raises(InputError, match="has layers one, two; name one"):
        read()
    with pytest.raises(InputError, match="no layer 'three'; it has one, two"):
        read(sheet="three")
    assert len(read(sheet="two").entries) == 1


def test_a_file_that_is_no_geopackage(read):
    with pytest.raises(InputError, match="is it whole"):
        read(b"SQLite format 3\0" + bytes(5000), "own.gpkg")


@pytest.mark.parametrize(
    ("text", "slugged"),
    [("Ain al-Asad", "ain-al-asad"), ("Кобани 2", "kobani-2"), ("Kõue!", "koue"), ("--", "")],
)
def test_slugs(text, slugged):
    assert slug(text) == slugged
