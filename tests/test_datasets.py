import re

import pytest

from geomap import datasets
from geomap.errors import DataError

FOLDER = datasets.data_path("sources.toml").parent
LICENSES = FOLDER.parent.parent / "data"


def test_every_shipped_file_names_its_source():
    named = {name for source in datasets.sources() for name in source.used_for}
    shipped = {path.name for path in FOLDER.iterdir() if path.is_file() and path.name != "sources.toml"}
    assert shipped <= named


@pytest.mark.parametrize("source", datasets.sources(), ids=lambda source: source.key)
def test_a_source_says_where_it_comes_from_and_on_what_terms(source):
    assert all((source.title, source.version, source.licence, source.attribution, source.changes, source.used_for))
    assert source.url.startswith("https://") or not source.registry
    assert re.fullmatch(r"([0-9a-f]{64})?", source.sha256)


@pytest.mark.skipif(
    not LICENSES.is_dir(), reason="licence texts are in the repository, not beside an installed package"
)
@pytest.mark.parametrize("source", datasets.sources(), ids=lambda source: source.key)
def test_a_source_has_its_licence_text(source):
    assert (LICENSES / source.licence_file).is_file()


@pytest.mark.skipif(not LICENSES.is_dir(), reason="the recipe is in the repository, not beside an installed package")
def test_the_shipped_table_of_sources_is_the_recipe_s():
    assert (LICENSES / "sources.toml").read_text("utf-8") == (FOLDER / "sources.toml").read_text("utf-8")


def test_a_missing_file_is_an_error_that_helps():
    with pytest.raises(DataError, match="reinstall"):
        datasets.data_path("nothing.bin")


def test_a_damaged_table_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "sources.toml").write_text("[broken\n")
    monkeypatch.setattr(datasets, "_FOLDER", tmp_path)
    with pytest.raises(DataError, match="damaged"):
        datasets.sources.__wrapped__()
