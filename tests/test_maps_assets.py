"""The page's modules: one scope holds them all."""

import re
from collections import Counter

import pytest

from geomap.maps.page import bundle

_NAMED = re.compile(r"^(?:async )?(?:function\*?|const|let|class) +(\w+)", re.MULTILINE)
_UNPACKED = re.compile(r"^(?:const|let) +[\[{]([^\]}]*)[\]}] *=", re.MULTILINE)


def source_of(name: str) -> str:
    from importlib import resources

    return resources.files("geomap.maps").joinpath("assets", f"{name}.js").read_text(encoding="utf-8")


def modules() -> list[str]:
    """The names of the modules that the page is made of, by following imports from the last one."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        for other in re.findall(r'from "\./([\w/]+)\.js"', source_of(name)):
            if other not in found:
                visit(other)
        found[name] = None

    visit("main")
    return list(found)


def names_of(source: str) -> list[str]:
    plain = re.sub(r"^export +", "", source, flags=re.MULTILINE)
    unpacked = [name for names in _UNPACKED.findall(plain) for name in re.findall(r"\w+", names)]
    return _NAMED.findall(plain) + unpacked


def test_no_two_modules_use_one_name():
    used = Counter(name for module in modules() for name in names_of(source_of(module)))
    assert [name for name, times in used.items() if times > 1] == []


@pytest.mark.parametrize("module", modules())
def test_every_module_is_in_the_page(module):
    exported = re.findall(r"^export (?:async )?(?:function\*?|const|class) +(\w+)", source_of(module), re.MULTILINE)
    assert all(
        re.search(rf"^(?:async )?(?:function\*?|const|class) +{name}\b", bundle(), re.MULTILINE) for name in exported
    )
