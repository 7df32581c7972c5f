"""The content security policy of a page: the hashes of what is in it, and exactly what its maker added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from geomap.maps.foreign import Markup, hash_of, origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.maps.foreign import Foreign

__all__ = ["policy"]


def policy(html: str, foreign: Foreign, *, hashes: Iterable[str] = ()) -> str:
    """Return the policy of a finished page; `hashes` are those of scripts that it puts into itself.

    Without anything added all is forbidden but the page's own scripts and styles. What is added may set style
    attributes, which layers do to place themselves, and load what `foreign` says.
    """
    links = [origin(url) for url in foreign.styles]
    own = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "connect-src": [],
        "script-src": [*(hash_of(text) for text in _scripts(html)), *hashes, *map(_expression, foreign.scripts)],
        "style-src": [*(hash_of(text) for _, text in _blocks(html, "style")), *map(_expression, foreign.styles)],
        "img-src": ["data:", "blob:", *links],
    }
    if foreign.anything:
        own |= {"style-src-attr": ["'unsafe-inline'"], "font-src": ["data:", *links]}
        handlers = [hash_of(text) for text in Markup.of(html).handlers]
        own["script-src"] += ["'unsafe-hashes'", *handlers] if handlers else []
    if "style-src-elem" in foreign.sources:
        own["style-src-elem"] = list(map(_expression, foreign.styles))
    directives = [*own, *sorted(set(foreign.sources) - set(own))]
    rules = {name: [*own.get(name, []), *sorted(foreign.sources.get(name, ()))] for name in directives}
    return "; ".join(
        f"{name} {' '.join(dict.fromkeys(filter(None, sources))) or _NONE}" for name, sources in rules.items()
    )


_NONE = "'none'"


def _scripts(html: str) -> Iterable[str]:
    return (text for kind, text in _blocks(html, "script") if "application/" not in kind)


def _expression(url: str) -> str:
    """Return the address of a script or style as a source expression, which has no query and no separators."""
    parts = urlsplit(url)
    if not parts.netloc:
        return ""
    return urlunsplit((parts.scheme or "https", parts.netloc, quote(parts.path, safe="/%@:+~!$&()*="), "", ""))


def _blocks(html: str, tag: str) -> list[tuple[str, str]]:
    return [found for found in re.findall(rf"<{tag}\b([^>]*)>(.*?)</{tag}>", html, flags=re.DOTALL) if found[1]]
