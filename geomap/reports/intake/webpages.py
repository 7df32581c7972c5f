"""News pages: the story out of the page, and what the page says of itself to search engines and social networks."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.written_days import parse_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Page", "read_page"]

_ARTICLES = frozenset(
    ["newsarticle", "article", "reportagenewsarticle", "liveblogposting", "blogposting", "analysisnewsarticle",
     "backgroundnewsarticle", "report", "webpage", "socialmediaposting"]
)  # fmt: skip
_LIVE = "liveblogposting"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h\d|blockquote)\b[^>]{0,200}>", re.IGNORECASE)
_DEEPEST = 60
"""Levels of lists in lists that are looked through."""
_META = {
    "published": ["article:published_time", "og:published_time", "datepublished", "date", "dc.date.issued",
                  "dcterms.created", "parsely-pub-date", "sailthru.date", "publishdate", "publication_date"],
    "publisher": ["og:site_name", "publisher", "dc.publisher", "application-name"],
    "author": ["author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"],
    "title": ["og:title", "twitter:title", "dc.title"],
    "url": ["og:url"],
    "language": ["og:locale", "content-language", "dc.language", "language"],
}  # fmt: skip
"""Names of meta elements by what they tell, the ones most believed first."""
_STAMPED = 3
"""So many times of day within a page make it a live blog."""


@dataclass(frozen=True, slots=True)
class Page:
    """A news page."""

    text: str
    facts: Mapping[str, object]
    """What it says of itself, by the keys of a header."""
    is_map: bool = False
    """It is a map that this package wrote."""


def read_page(source: str) -> Page:
    """Return the story of a page without its scripts, menus, comments and hidden parts, and its facts.

    Facts come from JSON-LD before the meta elements (OpenGraph and others) before what the text looks like. A live blog
    that lists its entries in JSON-LD is read from there, each entry after a line with its time.

    Raises
    ------
    InputError
        The page holds no article.
    """
    from lxml import etree
    from trafilatura import bare_extraction, load_html

    try:
        tree = load_html(source)
    except (ValueError, etree.LxmlError) as error:
        raise InputError(f"is no readable page: {error}") from error
    if tree is None:
        raise InputError("holds no HTML; save the page itself")
    if any(e.get("name") == "generator" and e.get("content") == "geomap" for e in tree.iter("meta")):
        return Page("", {}, is_map=True)
    linked = list(_linked_data(tree))
    facts = _facts(tree, linked)
    entries = _live_entries(linked)
    _drop_hidden(tree)
    _keep_times(tree)
    page = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # A date found by guessing, such as that of a copyright line, would be none.
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
    )
    found = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    text = "\n\n".join(entries) or str(found.get("text") or "")
    if not text.strip():
        raise InputError("holds no article text; save the page itself, not its frame or its script")
    guessed = {
        "published": found.get("date"),
        "publisher": found.get("sitename") or found.get("hostname"),
        "author": found.get("author"),
        "title": found.get("title"),
        "url": found.get("url"),
        "language": found.get("language"),
    }
    return Page(text, {key: facts.get(key) or value for key, value in guessed.items()})


def _facts(tree: HtmlElement, linked: list[Mapping[str, object]]) -> dict[str, object]:
    """Return what the page says of itself, by the keys of a header."""
    article = next((item for item in linked if _types(item) & _ARTICLES and _text(item.get("headline"))), {})
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content"):
            meta.setdefault(str(name).strip().lower(), str(element.get("content")).strip())
    told: dict[str, object] = {
        "published": _text(article.get("datePublished")),
        "publisher": _names(article.get("publisher")),
        "author": _names(article.get("author")),
        "title": _text(article.get("headline")),
        "url": _text(article.get("url")),
        "language": _names(article.get("inLanguage")),
    }
    for key, names in _META.items():
        told[key] = told[key] or next((meta[name] for name in names if _fits(key, meta.get(name))), None)
    told["published"] = told["published"] or _time_of(tree)
    told["language"] = told["language"] or tree.get("lang") or next((e.get("lang") for e in tree.iter("html")), None)
    return told


def _fits(key: str, value: str | None) -> bool:
    """Whether a meta element tells what it should: authors are often given as addresses of their pages."""
    if not value or (key == "author" and re.match(r"https?://|www\.|@", value)):
        return False
    return key != "published" or parse_day(value) is not None


def _time_of(tree: HtmlElement) -> str | None:
    """Return the moment of the time element that is marked as that of publication, else of the article's first one."""
    times = [e for e in tree.iter("time") if parse_day(str(e.get("datetime") or ""))]
    marked = [e for e in times if e.get("pubdate") is not None or e.get("itemprop") == "datePublished"]
    own = [e for e in times if any(up.tag in {"article", "main"} for up in e.iterancestors())]
    first = next(iter(marked or own or (times if len(times) == 1 else [])), None)
    return None if first is None else str(first.get("datetime"))


def _linked_data(tree: HtmlElement) -> Iterator[Mapping[str, object]]:
    """Yield the objects of all JSON-LD scripts; one that is no JSON tells nothing."""
    for script in tree.iter("script"):
        if "ld+json" in str(script.get("type") or "").lower():
            try:
                yield from _objects(json.loads(script.text or "", strict=False), 0)
            except (ValueError, RecursionError):
                continue


def _objects(content: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for item in content:
            yield from _objects(item, depth + 1)
    elif isinstance(content, Mapping):
        yield content
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(content.get(key), depth + 1)


def _types(item: Mapping[str, object]) -> frozenset[str]:
    given = item.get("@type")
    return frozenset(str(name).lower() for name in (given if isinstance(given, list) else [given]))


def _text(value: object) -> str | None:
    """Return a text without its markup and line ends, None where there is none."""
    if not isinstance(value, str):
        return None
    plain = re.sub(r"<[^>]{1,200}>", "", _BREAK.sub(" ", value))
    return " ".join(html.unescape(plain).split()) or None


def _names(value: object) -> str | None:
    """Return the names of a person, an organisation, or several."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_names, value)))) or None
    if isinstance(value, Mapping):
        return _names(value.get("name") or value.get("alternateName"))
    text = _text(value)
    return None if text is None or re.match(r"https?://", text) else text


def _live_entries(linked: list[Mapping[str, object]]) -> list[str]:
    """Return the entries of a live blog, each after a line with its time."""
    for item in linked:
        updates = item.get("liveBlogUpdate")
        if _LIVE not in _types(item) or not isinstance(updates, list):
            continue
        entries = [entry for update in updates if isinstance(update, Mapping) and (entry := _entry(update))]
        if len(entries) > 1:
            return entries
    return []


def _entry(update: Mapping[str, object]) -> str | None:
    body, when = _text(update.get("articleBody")), _text(update.get("datePublished"))
    if not body or not when or parse_day(when) is None:
        return None
    return "\n".join(part for part in (when, _text(update.get("headline")), body) if part)


def _drop_hidden(tree: HtmlElement) -> None:
    """Take out what no reader of the page sees."""
    hidden = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in {"html", "body"}
        and (element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""))
    ]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()


def _keep_times(tree: HtmlElement) -> None:
    """Write the times of a live blog's entries as paragraphs: the words "10h ago" say less than their element."""
    from lxml.html import builder

    times = [e for e in tree.iter("time") if re.search(r"\dT\d\d:\d\d", str(e.get("datetime") or ""))]
    if len({e.get("datetime") for e in times}) < _STAMPED:
        return
    for element in times:
        line = builder.P(str(element.get("datetime")))
        parent = element.getparent()
        if parent is None:
            continue
        at = (
            parent if parent.tag in {"p", "span", "a", "h2", "h3", "h4"} and parent.getparent() is not None else element
        )
        at.addprevious(line)
        element.drop_tree()
