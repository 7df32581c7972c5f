"""The documentation holds: sessions, commands with their output, links, commands, made parts."""

import doctest
import re
import shlex
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import geomap
from geomap.cli import main
from geomap.schema import SCHEMA

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "reports" not in page.parts)
TEXTS = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

sys.path.insert(0, str(DOCS / "_hooks"))

import gallery  # noqa: E402
import made  # noqa: E402
import outside  # noqa: E402


def named(page):
    return page.relative_to(ROOT).as_posix()


def blocks(page, language):
    """Yield the fenced blocks of a language, each with the number of its first line."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield found[1], text.count("\n", 0, found.start(1))


def commands(page):
    for block, line in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield pytest.param(command, output, id=f"{named(page)}:{line}:{command[:40]}")


def told_commands(page):
    """Yield the commands of geomap that blocks of a shell tell, as lists of arguments."""
    for language in ("sh", "", "text"):
        for block, line in blocks(page, language):
            for told in block.replace("\\\n", " ").splitlines():
                if told.startswith("geomap ") and not told.startswith("geomap extract reports/ -o FILE"):
                    yield pytest.param(shlex.split(told, comments=True)[1:], id=f"{named(page)}:{line}:{told[:50]}")


def sessions():
    return [page for page in PAGES if any(blocks(page, "pycon"))]


@pytest.mark.parametrize("page", sessions(), ids=named)
def test_python_sessions_hold(page):
    """Sessions of a page share their names, as a reader who types them does."""
    names = {}
    for block, line in blocks(page, "pycon"):
        test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), line)
        said = []
        doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
        names = test.globs
        assert not said, "".join(said)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param(code, f"{named(page)}:{line}", id=f"{named(page)}:{line}")
        for page in TEXTS
        for code, line in blocks(page, "python")
    ],
)
def test_python_blocks_are_python_and_name_what_exists(code, name):
    tree = compile(code, name, "exec", flags=1024)  # ast.PyCF_ONLY_AST
    assert tree
    for used in re.findall(r"\bgeomap\.([A-Za-z_]\w*)", code):
        assert hasattr(geomap, used) or (ROOT / "geomap" / used).exists() or (ROOT / f"geomap/{used}.py").exists()


@pytest.mark.parametrize(("command", "output"), [case for page in PAGES for case in commands(page)])
def test_shell_sessions_hold(command, output):
    program, *arguments = shlex.split(command)
    assert program == "geomap"
    shown = CliRunner().invoke(main, arguments).stdout
    assert doctest.OutputChecker().check_output(output, shown, FLAGS), shown


@pytest.mark.parametrize("arguments", [case for page in TEXTS for case in told_commands(page)])
def test_commands_have_these_options(arguments, tmp_path, monkeypatch):
    """Every command that a page tells is understood; files that it names may be missing here."""
    monkeypatch.chdir(tmp_path)
    context, command = click.Context(main), main
    while isinstance(command, click.Group):
        name, *arguments = arguments
        command = command.get_command(context, name)
        assert command, f"there is no command {name!r}"
    for option in (each for each in arguments if each.startswith("--") or re.fullmatch("-[a-z]", each)):
        known = {name for parameter in command.params for name in parameter.opts}
        assert option.partition("=")[0] in known, f"{command.name} has no option {option}"


def test_links_within_the_project_lead_somewhere():
    for page in TEXTS:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            generated = (page.parent / target).resolve() in {DOCS / "changes.md", DOCS / "contributing.md"}
            assert generated or (page.parent / target).exists(), f"{named(page)} links to {target}"


def test_there_are_examples():
    assert sessions()
    assert any(True for page in PAGES for _ in commands(page))


def test_every_public_name_has_its_place_in_the_reference():
    told = {
        name
        for page in (DOCS / "reference").glob("*.md")
        for name in re.findall(r"^::: geomap\.(\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert set(geomap.__all__) <= told


def test_made_parts_say_what_the_package_says():
    columns = made.columns()
    assert all(f"| `{column.name}` | `{column.dtype}` |" in columns for layer in SCHEMA.values() for column in layer)
    commands = made.commands()
    assert "## geomap map\n" in commands
    assert "### geomap area strip\n" in commands
    assert "GeoNames" in made.sources()


def test_pages_name_only_parts_that_are_made():
    for page in PAGES:
        for part in re.findall(r"<!-- made: (\S+) -->", page.read_text(encoding="utf-8")):
            assert part in made.PARTS, f"{named(page)} asks for {part}"


def test_the_traced_sentence_is_read_as_the_method_tells():
    story, slots, line = (made.PARTS[f"trace.{part}"]() for part in ("story", "slots", "line"))
    assert '<mark class="place">Abeche</mark>' in story
    assert re.sub(r"</?mark[^>]*>", "", story).startswith('<p class="traced">Some 30 trucks of the Chadian army')
    assert story.count("<mark") == story.count("</mark>") > 4
    assert "| 2025-06-16, counted from Wednesday, 2025-06-18 |" in slots
    assert "Crosses the border at Adré" in line


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="https://cdn.example/a.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css?family=Inter">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img src=" http://pictures.example/a.png">',
        '<img srcset="https://pictures.example/a.png 2x">',
        '<iframe src="https://maps.example/"></iframe>',
        "<style>@import 'https://styles.example/a.css';</style>",
        '<p style="background: url(https://pictures.example/a.png)">',
    ],
)
def test_pages_that_ask_elsewhere_are_found(fetched):
    assert outside.asked(f"<html><body>{fetched}</body></html>")


def test_links_to_elsewhere_ask_nobody():
    page = (
        '<link rel="canonical" href="https://a.example/"><a href="https://a.example/">a</a><img src="data:image/png,">'
    )
    assert not outside.asked(f"<html><body>{page}<script src='assets/a.js'></script></body></html>")
    assert not outside.asked_by_styles("a { background: url(pictures/a.png) } /* https://a.example */")


def test_maps_that_pages_show_are_made_by_their_code():
    shown = gallery.pages(DOCS)
    assert len(shown) > 5
    for page in shown:
        frames = re.findall(r'<iframe class="map" src="maps/([\w-]+\.html)"', page.read_text(encoding="utf-8"))
        assert frames
        assert all(f'"{name}"' in gallery.code_of(page) for name in frames), named(page)
