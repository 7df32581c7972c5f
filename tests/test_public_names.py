import doctest
import importlib
import pkgutil
import tomllib
from pathlib import Path

import pytest

import geomap

PUBLIC = [
    "EndpointReader",
    "Gazetteer",
    "Map",
    "OfflineGeocoder",
    "Reader",
    "Report",
    "Router",
    "Scene",
    "alternatives",
    "around",
    "avoiding",
    "between",
    "border_strip",
    "build",
    "difference",
    "drawn",
    "explore",
    "find",
    "hull",
    "intersection",
    "open_router",
    "places_along",
    "read",
    "route",
    "side_of",
    "stretch",
    "to_frame",
    "union",
    "unit",
]


def names() -> list[str]:
    found = pkgutil.walk_packages(geomap.__path__, "geomap.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def test_public_names_are_these():
    assert geomap.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_is_there_and_documented(name):
    assert getattr(geomap, name).__doc__


def test_public_names_complete():
    assert set(PUBLIC) <= set(dir(geomap))


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        geomap.nothing  # noqa: B018


def test_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert geomap.__version__ == project["version"]


@pytest.mark.parametrize("name", names())
def test_exported_names_exist_once_and_are_sorted(name):
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", [])
    assert len(set(exported)) == len(exported)
    assert all(hasattr(module, item) for item in exported)
    assert list(exported) == sorted(exported, key=lambda item: (not item.isupper(), not item[0].isupper(), item))


@pytest.mark.parametrize("name", names())
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
