import json
from dataclasses import replace

import geopandas
import pytest
from records import reading, readings
from shapely.geometry import Polygon

from geomap import exports
from geomap.errors import InputError, OutputError
from geomap.exports import Format
from geomap.scene import Scene


@pytest.mark.parametrize("name", [known.suffix for known in Format if known is not Format.GPKG])
def test_the_same_readings_give_the_same_bytes(tmp_path, name):
    paths = [tmp_path / f"{run}{name}" for run in ("a", "b")]
    for path in paths:
        exports.write(readings(), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("name", [known.suffix for known in Format])
def test_no_readings_still_make_a_valid_file(tmp_path, name):
    path = tmp_path / f"none{name}"
    exports.write((), path)
    assert path.is_file()
    if name in {".geojson", ".gpkg", ".parquet"}:
        geopandas.read_parquet(path) if name == ".parquet" else geopandas.read_file(path, layer=0)


def test_unknown_suffix_lists_the_known(tmp_path):
    with pytest.raises(InputError, match=r"'shp'.*known are jsonl, geojson, gpkg, kml, parquet, csv"):
        exports.write(readings(), tmp_path / "out.shp")
    assert list(tmp_path.iterdir()) == []


def test_format_overrules_the_suffix(tmp_path):
    path = tmp_path / "out.txt"
    exports.write(readings(), path, format="CSV")
    assert path.read_text(encoding="utf-8-sig").startswith("layer,from,to,")


def test_the_longest_end_of_a_name_tells_the_format():
    assert {exports.format_of(f"Out{known.suffix}".upper()) for known in Format} == set(Format)
    assert exports.format_of("out.md.csv") is Format.CSV


@pytest.mark.parametrize("name", [known.suffix for known in Format])
def test_missing_folder_is_an_output_error(tmp_path, name):
    with pytest.raises(OutputError, match="does not exist"):
        exports.write(readings(), tmp_path / "no" / f"out{name}")


@pytest.mark.parametrize("name", [known.suffix for known in Format])
def test_an_area_of_which_nothing_is_sure_is_written_without_geometry(tmp_path, name):
    told = reading()
    possible = replace(told.areas[0].shape, geometry=Polygon(), area_m2=0.0, possible=told.areas[0].shape.geometry)
    path = tmp_path / f"up-to{name}"
    exports.write((replace(told, areas=(replace(told.areas[0], shape=possible),)),), path)
    if name == ".gpkg":
        assert geopandas.read_file(path, layer="areas").geometry.isna().all()
    if name == ".jsonl":
        (area,) = json.loads(path.read_text(encoding="utf-8"))["areas"]
        assert area["geometry"] is None
        assert area["possible"]["type"] == "Polygon"


@pytest.mark.parametrize("name", ["gpkg", "kml", "geojson", "parquet", "jsonl", "csv"])
def test_what_is_no_character_is_told_and_nothing_is_written(tmp_path, name):
    told = reading()
    broken = replace(told.movements[0], trigger="a\ud800b")
    with pytest.raises(OutputError, match=r"a text holds .*ud800"):
        exports.write((replace(told, movements=(broken,)),), tmp_path / f"out.{name}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["gpkg", "kml", "geojson", "parquet", "jsonl"])
def test_a_very_long_text_is_kept_whole(tmp_path, name):
    told = reading()
    long = '“<&>"' + "long " * 100_000 + "end"
    moved = replace(told.movements[0], provenance=replace(told.movements[0].provenance, quote=long))
    path = tmp_path / f"out.{name}"
    exports.write((replace(told, movements=(moved,)),), path)
    (quote, *_) = Scene.from_file(path).movements["quote"] if name != "jsonl" else [json.loads(path.read_text("utf-8"))]
    assert (quote["movements"][0]["quote"] if name == "jsonl" else quote) == long
