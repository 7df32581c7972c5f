"""Tiles: whom they ask and when, and archives that go into the page."""

import base64
import json
import re
import sqlite3

import folium
import pytest
import samples
import xyzservices
from test_maps_page import GROUND, data_of, loads, policy, rendered

from geomap.errors import InputError
from geomap.maps import archives
from geomap.maps.ground import basemap
from geomap.maps.tiles import HeldTiles
from geomap.maps.webmap import Map

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WORLD = (-180.0, -85.0, 180.0, 85.0)


@pytest.fixture(autouse=True)
def _small_ground(monkeypatch):
    monkeypatch.setattr(basemap, "clip", lambda bounds, **more: GROUND)


@pytest.fixture
def mbtiles(tmp_path):
    """An archive of the whole world with zooms 0 to 3 by default."""

    def make(tile=PNG, *, zooms=range(4), **metadata):
        path = tmp_path / "world.mbtiles"
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        base.execute("CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)")
        told = {"name": "World", "format": "png", "attribution": "© The <b>makers</b>"} | metadata
        base.executemany("INSERT INTO metadata VALUES (?, ?)", list(told.items()))
        for z in zooms:
            # the picture says where it is: row counted from the south
            rows = [(z, x, y, tile + f"{z}/{x}/{y}".encode()) for x in range(2**z) for y in range(2**z)]
            base.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        base.commit()
        base.close()
        return path

    return make


def story(**options) -> Map:
    return Map.from_readings(samples.readings(), title="T", **options)


def img(html: str) -> list[str]:
    return policy(html).split("img-src ")[1].split(";")[0].split()


def test_network_tiles_wait_for_the_reader():
    html = rendered(story(tiles="OpenStreetMap"))
    assert loads(html).found == ["data:" + u[5:] for u in loads(html).found if u.startswith("data:")]
    assert img(html) == ["data:", "blob:", "https://tile.openstreetmap.org"]
    layer = re.search(r"var (tile_layer_\w+) = L\.tileLayer", html)[1]
    assert f"{layer}.addTo(" not in html
    assert data_of(html)["tilesOff"] == ["tile.openstreetmap.org"]
    assert "connect-src 'none'" in policy(html)


def test_tiles_on_from_the_start_are_said_to_be():
    html = rendered(story(tiles="OpenStreetMap", tiles_on=True))
    layer = re.search(r"var (tile_layer_\w+) = L\.tileLayer", html)[1]
    assert f"{layer}.addTo(" in html
    assert data_of(html)["tilesOff"] == []
    assert data_of(html)["network"] == ["tile.openstreetmap.org"]


def test_the_server_learns_the_site_and_no_more():
    html = rendered(story(tiles="OpenStreetMap"))
    assert '"referrerPolicy": "strict-origin-when-cross-origin"' in html
    assert '<meta name="referrer" content="no-referrer">' in html


def test_there_is_one_control_the_users_before_ours():
    webmap = story(tiles="OpenStreetMap")
    assert rendered(webmap).count("L.control.layers(") == 1
    folium.LayerControl(collapsed=False).add_to(webmap)
    assert rendered(webmap).count("L.control.layers(") == 1
    assert "L.control.layers(" not in rendered(story())


def test_same_map_same_bytes():
    webmap = story(tiles="OpenStreetMap")
    assert rendered(webmap) == rendered(webmap) == rendered(story(tiles="OpenStreetMap"))


@pytest.mark.parametrize(
    ("tiles", "hosts"),
    [
        ("OpenStreetMap.HOT", {f"https://{s}.tile.openstreetmap.fr" for s in "abc"}),
        (xyzservices.providers.OpenTopoMap, {f"https://{s}.tile.opentopomap.org" for s in "abc"}),
        ("https://tiles.example/{z}/{x}/{y}.png", {"https://tiles.example"}),
        (
            folium.TileLayer("https://{s}.t.example/{z}/{x}/{y}.png", attr="T", subdomains=["x", "y"]),
            {"https://x.t.example", "https://y.t.example"},
        ),
        (
            ["OpenStreetMap", "https://tiles.example/{z}/{x}/{y}.png"],
            {"https://tile.openstreetmap.org", "https://tiles.example"},
        ),
    ],
)
def test_exactly_the_hosts_are_allowed(tiles, hosts):
    assert {source for source in img(rendered(story(tiles=tiles))) if source.startswith("http")} == hosts


@pytest.mark.parametrize(
    ("tiles", "words"),
    [
        ("OpenStretMap", "like it are OpenStreetMap"),
        (xyzservices.providers.Thunderforest.Outdoors, "key"),
        (42, "nothing to make tiles of"),
        ("nowhere.mbtiles", "no tiles at"),
    ],
)
def test_what_cannot_be_used_says_what_to_do(tiles, words):
    with pytest.raises(InputError, match=words):
        story(tiles=tiles)


def test_an_archive_goes_into_the_page(mbtiles):
    path = mbtiles()
    html = rendered(story(tiles=str(path)))
    assert img(html) == ["data:", "blob:"]
    assert data_of(html)["network"] == []
    held = json.loads(re.search(r'_held">(.*?)</script>', html)[1])
    assert set(held) == {"0/0/0", "1/1/0", "2/2/1", "3/4/3"}
    assert base64.b64decode(held["1/1/0"].split(",")[1]).endswith(b"1/1/1"), "rows are counted from the north"
    assert "maxNativeZoom: 3" in html
    assert "makers" in html


def test_only_what_the_view_needs_is_taken(mbtiles):
    with archives.opened(mbtiles()) as archive:
        cut = archives.cut(archive, (38.0, 35.0, 42.0, 37.0))
        assert cut.zooms == (0, 3)
        assert len(cut.tiles) == 4
        assert len(archives.cut(archive, WORLD).tiles) == 85


def test_levels_are_whole_or_left_out(mbtiles):
    size = len(PNG) + 5
    with archives.opened(mbtiles()) as archive:
        cut = archives.cut(archive, WORLD, limit=size * 30)
    assert (cut.zooms, cut.left_out) == ((0, 2), 3)
    assert len(cut.tiles) == 21


def test_what_was_left_out_is_an_issue(mbtiles, monkeypatch):
    monkeypatch.setattr(archives.cut, "__kwdefaults__", {"limit": 200})
    issues = data_of(rendered(story(tiles=mbtiles())))["issues"]
    assert any("zooms 0 to" in issue["message"] and "8 MB" in issue["message"] for issue in issues)


def test_an_archive_of_elsewhere_is_an_issue(mbtiles):
    path = mbtiles(zooms=[3])
    with sqlite3.connect(path) as base:
        base.execute("DELETE FROM tiles WHERE tile_column > 0")
    assert any("no tiles where the map is" in one["message"] for one in data_of(rendered(story(tiles=path)))["issues"])


def test_an_empty_archive_is_refused(mbtiles):
    with pytest.raises(InputError, match="holds no tiles"):
        story(tiles=mbtiles(zooms=[]))


def test_vector_tiles_are_refused(mbtiles):
    with pytest.raises(InputError, match="vector"):
        story(tiles=mbtiles(format="pbf"))


def test_what_is_no_picture_is_refused(mbtiles):
    with pytest.raises(InputError, match="no png, jpg or webp"):
        rendered(story(tiles=mbtiles(b"nothing ")))


@pytest.mark.parametrize("name", ["a.mbtiles", "a.pmtiles"])
def test_a_damaged_archive_is_refused(tmp_path, name):
    if name.endswith("pmtiles"):
        pytest.importorskip("pmtiles")
    path = tmp_path / name
    path.write_bytes(b"this is no archive" * 20)
    with pytest.raises(InputError, match="no readable"):
        Map(tiles=path)


def pmtiles_file(path, kind: str):
    writer = pytest.importorskip("pmtiles.writer")
    tile = pytest.importorskip("pmtiles.tile")
    with writer.write(str(path)) as out:
        for z, x, y in [(0, 0, 0), (1, 1, 0)]:
            out.write_tile(tile.zxy_to_tileid(z, x, y), PNG)
        out.finalize(
            {
                "tile_type": tile.TileType[kind],
                "tile_compression": tile.Compression.NONE,
                "min_lon_e7": int(-180e7),
                "min_lat_e7": int(-85e7),
                "max_lon_e7": int(180e7),
                "max_lat_e7": int(85e7),
                "center_zoom": 0,
                "center_lon_e7": 0,
                "center_lat_e7": 0,
            },
            {"attribution": "makers"},
        )
    return path


def test_pmtiles_are_read(tmp_path):
    path = pmtiles_file(tmp_path / "a.pmtiles", "PNG")
    layer = HeldTiles(path, lambda: (38.0, 35.0, 42.0, 37.0))
    layer.take()
    assert layer.attribution == "makers"
    assert set(layer.held.tiles) == {"0/0/0", "1/1/0"}


def test_vector_pmtiles_are_refused(tmp_path):
    with pytest.raises(InputError, match="vector"):
        Map(tiles=pmtiles_file(tmp_path / "a.pmtiles", "MVT"))
