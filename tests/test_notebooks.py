"""The notebooks as they lie in the repository: without outputs, with one title, with names that geomap shows."""

from __future__ import annotations

import ast
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

import geomap

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_CELLS = 20

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[str]:
    book = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == kind]


def code(path: Path) -> ast.Module:
    """Return the code of a notebook without the lines that only IPython understands."""
    return ast.parse("\n".join(re.sub(r"^[%!].*", "", cell, flags=re.MULTILINE) for cell in cells(path, "code")))


def test_they_are_numbered_without_a_gap():
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{number:02d}" for number in range(1, len(NOTEBOOKS) + 1)]


@each
def test_they_are_short_and_begin_with_their_one_title(path):
    words = cells(path, "markdown")
    assert len(words) + len(cells(path, "code")) <= MOST_CELLS
    assert re.match(r"# \S[^\n]*\n\n\S", words[0]), "a title, and a sentence on what it shows"
    assert len(re.findall(r"^# ", "\n".join(words), re.MULTILINE)) == 1


@each
def test_outputs_and_machines_are_not_in_them(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    run = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in run)
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert not any(cell["metadata"] for cell in book["cells"])


@each
def test_paths_are_relative_and_lead_somewhere(path):
    texts = [
        node.value for node in ast.walk(code(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts if re.match(r"/|~|[A-Za-z]:\\", text)]
    given = [text for text in texts if text.startswith(("../", "reports/"))]
    links = re.findall(r"\]\((?!https?:)([^)#]+)", "\n".join(cells(path, "markdown")))
    assert [name for name in (*given, *links) if not (FOLDER / name).exists()] == []


@each
def test_of_geomap_only_public_names_are_used(path):
    """What `geomap` lists, and of its modules what they list."""
    for node in ast.walk(code(path)):
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_"), f"{node.attr} is private"
            if isinstance(node.value, ast.Name) and node.value.id == "geomap":
                assert node.attr in geomap.__all__
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("geomap"):
            assert {alias.name for alias in node.names} <= set(import_module(node.module).__all__)


@each
def test_nothing_is_asked_of_a_network(path):
    assert not re.search(r"https?://|online=|router=|tiles=", "\n".join(cells(path, "code")))


def test_every_report_is_used_and_says_that_it_is_made_up():
    reports = [path for path in (FOLDER / "reports").rglob("*") if path.is_file()]
    used = "\n".join(text for path in NOTEBOOKS for text in cells(path, "code"))
    assert reports
    for report in reports:
        assert f"reports/{report.parent.name}" in used
        assert "source: made up for a notebook" in report.read_text(encoding="utf-8")
