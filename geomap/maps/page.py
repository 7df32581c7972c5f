"""The single file: everything inlined, nothing fetched, the same bytes for the same records.

A content security policy in the page names the hash of each of its scripts and styles and forbids all else;
layers that a user adds through folium widen it by exactly what they load.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import folium
import jinja2
import numpy as np
from branca.element import CssLink, Figure, JavascriptLink

from geomap.errors import DataError
from geomap.maps import packing, picture, writing
from geomap.maps.notices import licences, notices

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from branca.element import Element

    from geomap.maps.payload import Bounds
    from geomap.maps.values import Json
    from geomap.maps.webmap import Map

__all__ = ["LISTED", "Page", "bundle"]

LISTED = 300
"""Most entries of the list that stands in where no script runs; the file would double with thousands."""

_IMPORT = re.compile(r'^import\s[^;]*?"\./(\w+)\.js";\n', re.MULTILINE)
# Lines of comment and indentation, of scripts and styles; no string of theirs goes over several lines.
_SPARE = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/)\n|^[ \t]+", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?function|const|let|class)", re.MULTILINE)
_FOLIUM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


class Page(Figure):
    """The root of a map's folium tree; renders the whole file."""

    def __init__(self, webmap: Map) -> None:
        super().__init__(height="720px")
        self.header._children.clear()  # our template has its own encoding line
        self._map = webmap

    def render(self, **kwargs: object) -> str:
        """Return the page as HTML."""
        for part in (self.header, self.html, self.script):
            part._children.clear()
        for child in tuple(self._children.values()):
            child.render(**kwargs)
        story = self._map.story
        payload = page_payload(self._map)
        script = self.script.render(**kwargs)
        links = _links(self, script)
        values = {
            "lang": writing.language(story.reports),
            "dir": writing.direction(self._map.title, story.reports),
            "description": self._map.scope or f"{self._map.title}. A map of what reports tell, with their words.",
            "title": self._map.title,
            "csp": "",
            "leaflet_css": _leaflet_css(),
            "style": _SPARE.sub("", _asset("page.css")),
            "links": links,
            "user_head": _without_links(self.header),
            "user_html": self.html.render(**kwargs),
            "leaflet": _leaflet_js(),
            "script": script,
            "module": bundle(),
            "data": packing.pack(payload | {"base": _packable(payload["base"])}),
            "picture": picture.svg(story, cast("Json", payload["base"])),
            "entries": list(islice(picture.entries(story), LISTED)),
            "unlisted": max(0, len(story.movements) + len(story.areas) + len(story.incidents) - LISTED),
            "foreign": bool(links) or _has_foreign_layers(self._map),
        }
        template = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(_asset("page.html"))
        html = stable_ids(_as_read(template.render(values)), _ids(self))
        return html.replace("{{csp}}", _policy(html, links, foreign=bool(values["foreign"])), 1)


def page_payload(webmap: Map) -> Json:
    """Return the data of the page: story, clipped basemap and what the About panel says."""
    story = webmap.story
    base = _base(view_with_margin(story.bounds()))
    about: Json = {"scope": webmap.scope, "sources": licences(story), "ground": notices(base, story)}
    payload = story.payload(title=webmap.title, base=base, about=about)
    payload["asOf"] = webmap.as_of.isoformat() if webmap.as_of else None
    payload["fit"] = webmap.fitted
    return payload


def view_with_margin(bounds: Bounds | None) -> Bounds:
    """Return the bounds the basemap is cut to: the story and as much again on every side, at least 2 degrees.

    Bounds are west, south, east, north in degrees; without a story the whole world below 84 degrees.
    """
    if bounds is None:
        return (-180.0, -58.0, 180.0, 80.0)
    west, south, east, north = bounds
    side = max(2.0, 0.9 * max(east - west, north - south))
    low, high = max(-84.0, south - 0.8 * side), min(84.0, north + 0.8 * side)
    edges = (max(-180.0, west - 1.2 * side), low, min(180.0, east + 1.2 * side), high)
    return (math.floor(edges[0]), math.floor(edges[1]), math.ceil(edges[2]), math.ceil(edges[3]))


def _base(bounds: Bounds) -> Json:
    from geomap.maps import basemap

    return basemap.clip(bounds)


def _packable(base: object) -> Json:
    """Return the ground with each line as an array of units."""
    ground = cast("dict[str, Any]", base)
    layers = {
        name: [np.cumsum(np.reshape(flat, (-1, 2)), axis=0, dtype=np.int64) for flat in lines]
        for name, lines in ground.get("layers", {}).items()
    }
    return ground | {"layers": layers}


@cache
def bundle() -> str:
    """Return our modules as one, each after those it imports, without the lines that import and export."""
    order: list[str] = []

    def add(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"modules import each other in a circle: {' > '.join((*path, name))}")
        if name not in order:
            for other in _IMPORT.findall(_asset(f"{name}.js")):
                add(other, (*path, name))
            order.append(name)

    add("main", ())
    return "".join(_SPARE.sub("", _EXPORT.sub("", _IMPORT.sub("", _asset(f"{name}.js")))) for name in order)


@cache
def _asset(name: str) -> str:
    return resources.files("geomap.maps").joinpath("assets", name).read_text(encoding="utf-8")


def _leaflet_file(name: str) -> bytes:
    try:
        root = resources.files("js_lib_leaflet")
    except ModuleNotFoundError as error:
        raise DataError("Leaflet's files are missing; install them with 'pip install django-js-lib-leaflet'") from error
    return root.joinpath("static", "js_lib_leaflet", name).read_bytes()


@cache
def _leaflet_js() -> str:
    text = _leaflet_file("leaflet.js").decode("utf-8")
    icons = {
        key: f"data:image/png;base64,{base64.b64encode(_leaflet_file(f'images/{name}')).decode()}"
        for key, name in {
            "iconUrl": "marker-icon.png",
            "iconRetinaUrl": "marker-icon-2x.png",
            "shadowUrl": "marker-shadow.png",
        }.items()
    }
    text = re.sub(r"\n?//# sourceMappingURL=\S+", "", text)
    return f"{text}\nL.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({json.dumps(icons)});"


@cache
def _leaflet_css() -> str:
    def inline(match: re.Match[str]) -> str:
        picture_bytes = _leaflet_file(match[1])
        return f"url(data:image/png;base64,{base64.b64encode(picture_bytes).decode()})"

    text = _leaflet_file("leaflet.css").decode("utf-8")
    return re.sub(r"url\((images/[\w.-]+)\)", inline, text)


def _as_read(html: str) -> str:
    """Return the text as a browser will read it: one kind of line end, and nothing UTF-8 cannot hold."""
    return html.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def stable_ids(html: str, ids: Container[str]) -> str:
    """Return the page with the given random ids numbered by first appearance."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"{len(numbers):032d}") if match[0] in ids else match[0]

    return _FOLIUM_ID.sub(number, html)


def _ids(element: Element) -> set[str]:
    found = {element._id}
    for child in element._children.values():
        found |= _ids(child)
    return found


def _links(figure: Figure, script: str) -> tuple[tuple[str, str], ...]:
    """Return (kind, url) of what the user's layers load, and of what folium's own marks need."""
    loaded = [child for child in figure.header._children.values() if isinstance(child, (JavascriptLink, CssLink))]
    links = [("script" if isinstance(child, JavascriptLink) else "style", child.url) for child in loaded]
    needed = {"jquery"} if "$(" in script else set()
    if "AwesomeMarkers" in script:
        needed |= {"jquery", "awesome", "bootstrap", "glyphicons"}
    own = [("script", url) for name, url in folium.Map.default_js if _any_in(needed, name)]
    own += [("style", url) for name, url in folium.Map.default_css if _any_in(needed, name)]
    return tuple(dict.fromkeys([*own, *links]))


def _any_in(words: Iterable[str], name: str) -> bool:
    return any(word in name.lower() for word in words)


def _without_links(header: Element) -> str:
    children = header._children.values()
    return "\n".join(c.render() for c in children if not isinstance(c, (JavascriptLink, CssLink)))


def _has_foreign_layers(webmap: Map) -> bool:
    return bool(webmap._children)


def _policy(html: str, links: Iterable[tuple[str, str]], *, foreign: bool) -> str:
    """Return the content security policy of a finished page."""
    scripts = [_hash(text) for kind, text in _blocks(html, "script") if "application/" not in kind]
    styles = [_hash(text) for _, text in _blocks(html, "style")]
    origins = sorted({f"https://{urlsplit(url).netloc}" for _, url in links})
    script_urls = sorted(url for kind, url in links if kind == "script")
    style_urls = sorted(url for kind, url in links if kind == "style")
    images = ["data:", "blob:", *(["https:"] if foreign else [])]
    rules = [
        "default-src 'none'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"script-src {' '.join([*scripts, *script_urls])}",
        f"style-src {' '.join([*styles, *style_urls])}",
        f"img-src {' '.join(images)}",
    ]
    if foreign:
        rules += ["style-src-attr 'unsafe-inline'", f"font-src data: {' '.join(origins)}".rstrip()]
    return "; ".join(rules)


def _blocks(html: str, tag: str) -> list[tuple[str, str]]:
    return re.findall(rf"<{tag}\b([^>]*)>(.+?)</{tag}>", html, flags=re.DOTALL)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
