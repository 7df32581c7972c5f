"""What the layers and elements that a user adds load from elsewhere: read out of what they render to.

A page with nothing added loads nothing. Whatever is added may name scripts, styles, pictures or data; each is found
here, for the page's policy to allow exactly that, and for the page to say it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, JavascriptLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from branca.element import Element, Figure

__all__ = ["Foreign", "Markup", "hash_of", "head_elements", "hosts", "origin"]

_ADDRESS = re.compile(r"""//[^"'`\s)<>\\]{1,300}""")
_SCHEME = re.compile(r"(?:https?:|(?<=[\"'`(]))\Z")
_NEAR = 200  # characters before an address that tell what is loaded from it
# What stands before an address, by the directive that has to allow it.
_BEFORE = {
    "img-src": r"L\.(?:tileLayer|TileLayer|imageOverlay|ImageOverlay)(?:\.\w+)*\("
    r"|(?:[iI]con|[rR]etina|shadow|image)_?[uU]rl[\"']?\s*:|<img\b[^>]*\bsrc=\\?|\burl\(",
    "media-src": r"L\.videoOverlay\(|<(?:video|audio|source)\b[^>]*\bsrc=\\?",
    "connect-src": r"(?:\bfetch|\.getJSON|\bd3\.\w+|\.get|\.protobuf|\.realtime)\(|\burl:|\.open\(\s*[\"']\w+[\"']\s*,",
    "frame-src": r"<iframe\b[^>]*\bsrc=\\?",
}
_TOLD = {directive: re.compile(rf"""(?:{words})\s*["'`]?\Z""") for directive, words in _BEFORE.items()}
_HELD_FRAME = re.compile(r"""<iframe\b[^>]{0,300}\bsrc=\\?["']data:""")
_GEOCODERS = {
    "nominatim": "https://nominatim.openstreetmap.org",
    "photon": "https://photon.komoot.io",
    "arcgis": "https://geocode.arcgis.com",
}
_GEOCODER = re.compile(r"Geocoder\.(\w+)\(|\bprovider[\"']?\s*:\s*[\"'](\w+)")
_SUBDOMAINS = re.compile(r"""["']?subdomains["']?\s*:\s*(\[[^\]]*\]|"[^"]*")""")
_SUBDOMAINS_ARE_NEAR = 1500  # characters: options follow the address
# What known plugins do beside what can be read off their addresses: make code of text, add style sheets of their own,
# fetch letters for their buttons.
_KNOWN = (
    (("vegaEmbed", "vega_parse", "L.Control.Measure"), "script-src", "'unsafe-eval'"),
    (("vegaEmbed", "antPath"), "style-src-elem", "'unsafe-inline'"),
    (("timeDimension", "TimeDimension"), "font-src", "https://netdna.bootstrapcdn.com"),
)
_NEEDS_JQUERY = re.compile(r"\$\.|\bjQuery\b|\$\([^`]")


@dataclass(slots=True)
class Foreign:
    """What is loaded, by the words of a content security policy."""

    scripts: list[str] = field(default_factory=list)
    """Addresses, in the order in which they have to run."""
    styles: list[str] = field(default_factory=list)
    sources: dict[str, set[str]] = field(default_factory=dict)
    """Hosts or other source expressions by directive."""
    parses: bool = False
    """Popups need a function that makes elements of their text."""
    anything: bool = False

    @classmethod
    def of(cls, figure: Figure, script: str, html: str, head: str, *, anything: bool) -> Foreign:
        """Return what a rendered tree loads.

        Parameters
        ----------
        figure
            The root; its header holds the links of plugins.
        script, html, head
            What the user's elements rendered to.
        anything
            Whether something was added at all.
        """
        found = cls(anything=anything)
        for link in figure.header._children.values():
            if isinstance(link, JavascriptLink | CssLink):
                (found.scripts if isinstance(link, JavascriptLink) else found.styles).append(link.url)
        found._folium(f"{head}\n{script}")
        found._text(script)
        found._markup(f"{head}\n{html}")
        found.scripts = list(dict.fromkeys(found.scripts))
        found.styles = list(dict.fromkeys(found.styles))
        return found

    def _folium(self, script: str) -> None:
        """Add what folium's own marks need; jQuery only where more is asked of it than to parse a popup."""
        icons = "AwesomeMarkers" in script
        jquery = bool(self.scripts or icons) and "$" in script
        needed = {"jquery"} if jquery or _NEEDS_JQUERY.search(script) else set()
        needed |= {"awesome", "bootstrap", "glyphicons"} if icons else set()
        self.parses = "$(" in script and not needed
        self.scripts[:0] = [url for name, url in folium.Map.default_js if _any_in(needed, name)]
        self.styles[:0] = [url for name, url in folium.Map.default_css if _any_in(needed, name)]

    def _text(self, text: str) -> None:
        for match in _ADDRESS.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            scheme = _SCHEME.search(before)
            if scheme:
                near = text[match.end() : match.end() + _SUBDOMAINS_ARE_NEAR]
                self._address(before[: scheme.start()], scheme[0] + match[0], near)
        if "<iframe" in text and _HELD_FRAME.search(text):
            self.allow("frame-src", "data:")
        for match in _GEOCODER.finditer(text) if "eocoder" in text else ():
            if host := _GEOCODERS.get((match[1] or match[2]).lower()):
                self.allow("connect-src", host)
        for words, directive, source in _KNOWN:
            if any(word in text for word in words):
                self.allow(directive, source)

    def _address(self, before: str, url: str, behind: str) -> None:
        """Allow an address by what stands before it; what stands behind may name its subdomains."""
        for directive, told in _TOLD.items():
            if told.search(before):
                self.allow(directive, *hosts(url, _subdomains(behind)))

    def _markup(self, html: str) -> None:
        self._text(html)
        reader = Markup.of(html)
        self.scripts += reader.scripts
        self.styles += reader.styles

    def allow(self, directive: str, *sources: str) -> None:
        """Let a directive name more sources."""
        self.sources.setdefault(directive, set()).update(sources)

    @property
    def tiles_and_pictures(self) -> list[str]:
        """The hosts that pictures are asked from."""
        return _names(self.sources.get("img-src", ()))

    @property
    def hosts(self) -> list[str]:
        """All hosts that the page may ask."""
        links = [origin(url) for url in (*self.scripts, *self.styles)]
        named = [source for directive in self.sources.values() for source in directive]
        return _names((*links, *named))


class Markup(HTMLParser):
    """Collects what markup that a user wrote into the page itself loads and runs."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.handlers: list[str] = []

    @classmethod
    def of(cls, html: str) -> Markup:
        """Return what is in some HTML."""
        reader = cls()
        reader.feed(html)
        return reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what one tag loads and runs."""
        values = {name: value or "" for name, value in attrs}
        if tag == "script" and values.get("src"):
            self.scripts.append(values["src"])
        if tag == "link" and "stylesheet" in values.get("rel", "") and values.get("href"):
            self.styles.append(values["href"])
        self.handlers += [value for name, value in values.items() if name.startswith("on") and value]


def hash_of(text: str) -> str:
    """Return the source expression of an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def origin(url: str) -> str:
    """Return scheme and host of an address; without a scheme https."""
    parts = urlsplit(url)
    return f"{parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else ""


def hosts(url: str, subdomains: Iterable[str] = "abc") -> Iterator[str]:
    """Yield the origins that an address with Leaflet's placeholders stands for, ``{s}`` for each of its subdomains."""
    base = origin(re.sub(r"(?<=//)([^/]*)", lambda match: match[0].replace("{r}", ""), url, count=1))
    for name in subdomains if "{s}" in base else ("",):
        host = re.sub(r"\{\w+\}", "*", base.replace("{s}", name))
        # A star stands for whole labels only, and only in front.
        yield re.sub(r"//.*\*[^.]*", "//*", host)


def _subdomains(options: str) -> list[str]:
    if found := _SUBDOMAINS.search(options.split("L.tileLayer", 1)[0]):
        return re.findall(r'"([^"]*)"', found[1]) if found[1].startswith("[") else list(found[1].strip('"'))
    return list("abc")


def _names(sources: Iterable[str]) -> list[str]:
    return sorted({urlsplit(source).netloc for source in sources if "//" in source} - {""})


def _any_in(words: Iterable[str], name: str) -> bool:
    return any(word in name.lower() for word in words)


def head_elements(header: Element) -> tuple[str, str]:
    """Return what the header holds beside links: what belongs there, and what holds scripts, which run later."""
    children = [c for c in header._children.values() if not isinstance(c, JavascriptLink | CssLink)]
    texts = [child.render() for child in children]
    return (
        "\n".join(text for text in texts if "<script" not in text.lower()),
        "\n".join(text for text in texts if "<script" in text.lower()),
    )
