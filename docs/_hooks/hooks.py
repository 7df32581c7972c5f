"""What the site has beside the pages in `docs/`: made parts, live maps, and the project's own files as pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gallery
import made
import outside
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#:]+?)/?\)")
"""A link from a page at the top to a file of the project that is no part of the site."""
_PROJECT_FILES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changes.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the maps, the notebooks, and the project's files at its root."""
    docs, root = Path(config.docs_dir), Path(config.config_file_path).parent
    for page in gallery.pages(docs):
        for name, text in gallery.maps_of(page).items():
            below = (page.parent / "maps" / name).relative_to(docs).as_posix()
            files.append(File.generated(config, below, content=text))
    for notebook in sorted((root / "notebooks").glob("*.ipynb")):
        files.append(File.generated(config, f"notebooks/{notebook.name}", abs_src_path=str(notebook)))
    for name, as_page in _PROJECT_FILES.items():
        text = (root / name).read_text(encoding="utf-8")
        files.append(File.generated(config, as_page, content=re.sub(r"\]\(docs/", "](", text)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Put the made parts in; files of the project that are no part of the site are named instead of linked."""
    if "/" not in page.file.src_uri:
        markdown = markdown.replace("](../notebooks/", "](notebooks/")
        markdown = _OUTSIDE.sub(r"\1 (`\2`)", markdown)
    return gallery.with_reports(made.fill(markdown))


def on_post_build(config: MkDocsConfig) -> None:
    """Refuse a site that would ask anybody for anything.

    Raises
    ------
    PluginError
        A page or style sheet loads something from elsewhere.
    """
    if found := list(outside.asked_by_site(Path(config.site_dir))):
        raise PluginError("the site has to work without a network; " + "; ".join(found))
