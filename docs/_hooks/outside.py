"""Whom a built page would ask: the site opens from disk, and nothing in it comes from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FETCHED = ("src", "srcset", "poster", "data", "background")
_READ = {"canonical", "prev", "next", "alternate", "author", "license"}
"""Relations of a link that is never fetched."""
_ELSEWHERE = re.compile(r"(?:https?:)?//[^\s\"')]+")
_IN_STYLES = re.compile(rf"(?:url\(|@import)\s*[\"']?\s*({_ELSEWHERE.pattern})")


def asked(page: str) -> list[str]:
    """Return the addresses elsewhere that a browser asks when it opens a page."""
    tree = html.fromstring(page)
    found = []
    for element in tree.iter("*"):
        loaded = [element.get(name) for name in _FETCHED]
        if element.tag == "link" and not set((element.get("rel") or "").split()) & _READ:
            loaded.append(element.get("href"))
        found += [address for address in loaded if address and _ELSEWHERE.match(address.strip())]
        found += asked_by_styles(element.get("style") or "")
        if element.tag == "style":
            found += asked_by_styles(element.text or "")
    return found


def asked_by_styles(styles: str) -> list[str]:
    """Return the addresses elsewhere that a style sheet loads from."""
    return _IN_STYLES.findall(styles)


def asked_by_site(folder: Path) -> Iterator[str]:
    """Yield, for each page and style sheet of a built site that asks elsewhere, which it is and whom it asks."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".css"}:
            text = path.read_text(encoding="utf-8")
            for address in asked(text) if path.suffix == ".html" else asked_by_styles(text):
                yield f"{path.relative_to(folder)} asks {address}"
