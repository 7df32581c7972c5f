"""The examples of the documentation hold: Python sessions as doctests, shell sessions with their output."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main

PAGES = sorted((Path(__file__).parents[1] / "docs").glob("*.md"))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page, language):
    """Yield the fenced blocks of a language, each with the number of its first line."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield found[1], text.count("\n", 0, found.start(1))


def commands(page):
    for block, line in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield pytest.param(command, output, id=f"{page.name}:{line}:{command[:40]}")


def sessions():
    return [page for page in PAGES if any(blocks(page, "pycon"))]


@pytest.mark.parametrize("page", sessions(), ids=lambda page: page.name)
def test_python_sessions_hold(page):
    """Sessions of a page share their names, as a reader who types them does."""
    names = {}
    for block, line in blocks(page, "pycon"):
        test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), line)
        said = []
        doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
        names = test.globs
        assert not said, "".join(said)


@pytest.mark.parametrize(("command", "output"), [case for page in PAGES for case in commands(page)])
def test_shell_sessions_hold(command, output):
    program, *arguments = shlex.split(command)
    assert program == "geomap"
    shown = CliRunner().invoke(main, arguments).stdout
    assert doctest.OutputChecker().check_output(output, shown, FLAGS), shown


def test_links_within_the_project_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_there_are_examples():
    assert sessions()
    assert any(True for page in PAGES for _ in commands(page))
