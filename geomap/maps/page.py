"""The single file: everything inlined, nothing fetched, the same bytes for the same records.

A content security policy in the page names the hash of each of its scripts and styles and forbids all else;
layers that a user adds through folium widen it by exactly what they load.
"""

from __future__ import annotations

import base64
import gc
import json
import re
from contextlib import contextmanager
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import jinja2
from branca.element import Figure

from geomap.errors import DataError
from geomap.maps import hosts, packing, writing
from geomap.maps.about import about
from geomap.maps.foreign import Foreign, hash_of, head_elements
from geomap.maps.policy import policy
from geomap.maps.still import picture
from geomap.maps.symbols import symbol_values
from geomap.maps.values import issue_values
from geomap.maps.view import view_with_margin

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from branca.element import Element
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.payload import Story
    from geomap.maps.values import Json
    from geomap.maps.view import Bounds
    from geomap.maps.webmap import Map

__all__ = ["LISTED", "Page", "bundle"]

LISTED = 300
"""Most entries of the list that stands in where no script runs; the file would double with thousands."""

_IMPORT = re.compile(r'^import\s[^;]*?"\./(\w+)\.js";\n', re.MULTILINE)
# Lines of comment and indentation, of scripts and styles; no string of theirs goes over several lines.
_SPARE = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/)\n|^[ \t]+", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?function|const|let|class)", re.MULTILINE)
# Popups parse their markup with jQuery's function; where nothing more is asked of it, this does so, and runs nothing.
_PARSER = 'window.$=(html)=>[...new DOMParser().parseFromString(html,"text/html").body.children];'
_FOLIUM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


_DATA = "packed"
_DATA_BLOCK = f'id="geomap-data">{_DATA}</script>'


class Page(Figure):
    """The root of a map's folium tree; renders the whole file."""

    def __init__(self, webmap: Map) -> None:
        super().__init__(height="640px")
        self.header._children.clear()  # our template has its own encoding line
        self._map = webmap
        self._made: set[str] = set()
        self.latest: str | None = None
        self.still = ""

    def render(self, **kwargs: object) -> str:
        """Return the page as HTML."""
        with _uncollected():
            return self._rendered(kwargs)

    def _rendered(self, kwargs: dict[str, object]) -> str:
        with self._as_root():
            mine, later = self._render_layers(kwargs)
            user_html = self.html.render(**kwargs)
            head, scripts = head_elements(self.header)
            foreign = Foreign.of(self, later, user_html, head + scripts, anything=self._map.has_additions)
        for directive, sources in self._map.allowed.items():
            foreign.allow(directive, *sources)
        story = self._map.story.ready()
        payload = page_payload(self._map, story)
        payload |= {"network": foreign.hosts, "tilesOff": sorted(self._map.hosts_of_tiles_off)}
        payload["issues"] = [*cast("list[Json]", payload["issues"]), *map(issue_values, self._map.tile_issues)]
        view = cast("Bounds | None", payload["view"])
        self.still = picture.svg(story, cast("Json", payload["base"]), view=view, as_of=self._map.as_of)
        values = {
            "lang": writing.language(story.reports),
            "dir": writing.direction(self._map.title, story.reports),
            "description": self._map.scope or f"{self._map.title}. A map of what reports tell, with their words.",
            "title": self._map.title,
            "csp": "",
            "leaflet_css": _leaflet_css(pictures=foreign.anything),
            "style": _style(),
            "style_links": foreign.styles,
            "script_links": foreign.scripts,
            "user_head": head,
            "user_html": user_html,
            "leaflet": _leaflet_js(pictures=foreign.anything),
            "parser": _PARSER if foreign.parses else "",
            "user_scripts": scripts,
            "map_script": _closed(mine),
            "script": _closed(later),
            "modules": _modules(),
            "loader": _SPARE.sub("", _asset("apart/loader.js")),
            "data": _DATA,
            "picture": self.still,
            "entries": list(islice(picture.entries(story), LISTED)),
            "unlisted": max(0, len(story.movements) + len(story.areas) + len(story.incidents) - LISTED),
        }
        template = jinja2.Environment(autoescape=True, trim_blocks=True).from_string(_asset("page.html"))
        html = stable_ids(_as_read(template.render(values)), _ids(self))
        # What is large comes last, so that nobody looks through it.
        html = html.replace("{{csp}}", policy(html, foreign, hashes=[hash_of(bundle())]), 1)
        self.latest = html.replace(_DATA_BLOCK, _DATA_BLOCK.replace(_DATA, packing.pack(_packable(payload))), 1)
        return self.latest

    @property
    def has_additions(self) -> bool:
        """Whether the user has put elements of their own into the page."""
        return any(set(part._children) - self._made for part in (self.header, self.html, self.script))

    def _repr_html_(self, **kwargs: object) -> str:
        """Return the page in a frame, as a notebook shows it, before a picture for notebooks that are not trusted."""
        page = self.render(**kwargs)
        return hosts.notebook(page, self.still, title=self._map.title, width=self.width, height=self.height or "640px")

    @contextmanager
    def _as_root(self) -> Iterator[None]:
        """Be the map's root while it is rendered, also where a user has put it into another figure."""
        before = self._map._parent
        self._map._parent, self._map.is_in_page = self, True
        try:
            yield
        finally:
            self._map._parent, self._map.is_in_page = before, False

    def _render_layers(self, kwargs: dict[str, object]) -> tuple[str, str]:
        """Render folium's tree into header, html and script; return the script that makes the map, and what follows it.

        What an earlier rendering made is out, what the user added to the three parts stays, behind what was made after
        it. The map comes before all that is added, and on its own: what fails in a script of a layer leaves it whole.
        """
        parts = (self.header, self.html, self.script)
        behind = [_without_made(part, self._made) for part in parts]
        given = {name for part in parts for name in part._children}
        for child in tuple(self._children.values()):
            child.render(**kwargs)
        self._made = {name for part in parts for name in part._children} - given
        for part, later in zip(parts, behind, strict=True):
            part._children.update(later)
        own = {self._map.get_name(), *self._map.drawn_names}
        rendered = [(name, child.render(**kwargs)) for name, child in self.script._children.items()]
        before = [text for name, text in rendered if name.endswith("_includes")]
        first = [text for name, text in rendered if name in own]
        after = [text for name, text in rendered if name not in own and not name.endswith("_includes")]
        return "\n".join([*before, *first]), "\n".join(after)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles away: a page makes none, and its rounds over thousands of records take a quarter."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def page_payload(webmap: Map, story: Story | None = None) -> Json:
    """Return the data of the page: story, made ready where it is not given, clipped basemap, what About says."""
    story = story or webmap.story.ready()
    view = story.bounds()
    base = _base(view_with_margin(view), story.focus())
    payload = story.payload(title=webmap.title, base=base, about=about(story, base, scope=webmap.scope), view=view)
    payload["asOf"] = webmap.as_of.isoformat() if webmap.as_of else None
    payload["fit"] = webmap.is_fitted
    if webmap.affiliations is not None:
        payload["symbols"] = symbol_values(story.movements, webmap.affiliations)
    return payload


def _packable(payload: Json) -> Json:
    """Return the data with the thousands of lines of each layer of the ground as one range."""
    base = cast("dict[str, Any]", payload["base"])
    layers = {name: packing.Lines(lines) for name, lines in base.get("layers", {}).items()}
    return payload | {"base": base | {"layers": layers}}


def _base(bounds: Bounds, focus: Iterable[BaseGeometry]) -> Json:
    from geomap.maps.ground import basemap

    return basemap.clip(bounds, focus=focus)


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
def _modules() -> str:
    return packing.deflated(bundle().encode("utf-8"))


@cache
def _style() -> str:
    return _SPARE.sub("", _asset("page.css"))


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
def _leaflet_js(*, pictures: bool) -> str:
    """Return Leaflet's script; with pictures, those of markers, which only what users add can show."""
    text = re.sub(r"\n?//# sourceMappingURL=\S+", "", _leaflet_file("leaflet.js").decode("utf-8"))
    files = {"iconUrl": "marker-icon", "iconRetinaUrl": "marker-icon-2x", "shadowUrl": "marker-shadow"}
    icons = {key: _picture(f"images/{name}.png") for key, name in files.items()} if pictures else {}
    return f"{text}\nL.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({json.dumps(icons)});"


@cache
def _leaflet_css(*, pictures: bool) -> str:
    def inline(match: re.Match[str]) -> str:
        return f"url({_picture(match[1])})" if pictures else "none"

    style = _SPARE.sub("", _leaflet_file("leaflet.css").decode("utf-8").replace("\r\n", "\n"))
    return re.sub(r"url\((images/[\w.-]+)\)", inline, style)


def _picture(name: str) -> str:
    return f"data:image/png;base64,{base64.b64encode(_leaflet_file(name)).decode()}"


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


def _without_made(part: Element, made: set[str]) -> dict[str, Element]:
    """Take out of a part what an earlier rendering made, and return what the user added behind it."""
    names = list(part._children)
    first = next((at for at, name in enumerate(names) if name in made), len(names))
    taken = {name: part._children.pop(name) for name in names[first:]}
    return {name: child for name, child in taken.items() if name not in made}


def _closed(script: str) -> str:
    """Return a script without what would end its block: to JavaScript an escaped slash in a text is the same."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", script, flags=re.IGNORECASE)
