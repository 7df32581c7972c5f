"""The maps that pages show: a page's own code is run, so that the map is made by the code beside it."""

from __future__ import annotations

import contextlib
import re
import tempfile
import textwrap
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("index.md", "method.md", "gallery/*.md")
"""Whose code is run, if they show a map; the HTML files it writes go into the folder `maps` beside the page."""

_REPORTS = re.compile(r"^<!-- reports: ([\w-]+) -->$", re.MULTILINE)
_FILES = re.compile(r"^cat > (\S+) <<'END'\n(.*?)^END$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def pages(docs: Path) -> list[Path]:
    """Return the pages that show maps of their own."""
    return [page for pattern in PAGES for page in sorted(docs.glob(pattern)) if "<iframe" in page.read_text("utf-8")]


def code_of(page: Path) -> str:
    """Return what a page has as Python, one block after the other."""
    return "\n".join(_CODE.findall(page.read_text(encoding="utf-8")))


def files_of(page: Path) -> dict[str, str]:
    """Return the files that a page tells its reader to write in a shell, by path."""
    return dict(_FILES.findall(page.read_text(encoding="utf-8")))


def maps_of(page: Path) -> dict[str, str]:
    """Return the HTML files that a page's code writes, by name.

    It is run in a folder in which `docs` and `seeds` stand as they do in a clone, and the files that the page tells to
    write.
    """
    return dict(_run(code_of(page), tuple(files_of(page).items()), str(page), _changed()))


def with_reports(markdown: str) -> str:
    """Return a page with the reports of the folders it names, each folded away behind its file name."""
    return _REPORTS.sub(lambda found: _folded(ROOT / "docs" / "gallery" / found[1]), markdown)


def _folded(folder: Path) -> str:
    texts = {path.name: path.read_text(encoding="utf-8").strip() for path in sorted(folder.glob("*.txt"))}
    return "## The reports\n\n" + "\n\n".join(
        f'??? quote "{name}"\n\n' + textwrap.indent(f"```text\n{text}\n```", "    ") for name, text in texts.items()
    )


@cache
def _run(code: str, files: tuple[tuple[str, str], ...], name: str, _changed: float) -> tuple[tuple[str, str], ...]:
    with tempfile.TemporaryDirectory() as place:
        for folder in ("docs", "seeds"):
            (Path(place) / folder).symlink_to(ROOT / folder)
        for path, text in files:
            (Path(place) / path).parent.mkdir(exist_ok=True)
            (Path(place) / path).write_text(text, encoding="utf-8")
        with contextlib.chdir(place):
            exec(compile(code, name, "exec"), {"__name__": "__main__"})
        return tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(Path(place).glob("*.html")))


def _changed() -> float:
    """Return when a report or the package last changed, so that `mkdocs serve` draws anew."""
    kept = (ROOT / "docs", ROOT / "seeds", ROOT / "geomap")
    return max(path.stat().st_mtime for folder in kept for path in folder.rglob("*.*"))
