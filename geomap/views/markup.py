"""The few forms that all views are made of; whatever text goes in comes out escaped."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, NewType

from geomap.maps.texts import fit, safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.models import Issue

__all__ = [
    "Html",
    "bold",
    "facts",
    "figure",
    "image",
    "issues",
    "kilometres",
    "line",
    "link",
    "page",
    "small",
    "table",
    "text",
]

Html = NewType("Html", str)
"""Markup whose texts are escaped."""

LONG = 4000
"""Most characters of one text; a reading shows more of its report by itself."""
_CELL = "padding:2px 10px 2px 0;text-align:left;vertical-align:top"
_WIDEST = "max-width:60em"


def text(words: object, most: int = LONG) -> Html:
    """Return a text in an element of its own direction, so that Arabic does not turn the line around it."""
    return Html(f'<span dir="auto">{escape(fit(str(words), most))}</span>')


def bold(words: object) -> Html:
    """Return a text that stands out."""
    return Html(f"<b>{text(words)}</b>")


def line(*parts: Html | str, quiet: bool = False) -> Html:
    """Return a line of parts; plain strings are our own words."""
    style = "margin:2px 0;opacity:0.75" if quiet else "margin:2px 0"
    return Html(f'<div style="{style}">{" ".join(part for part in parts if part)}</div>')


def link(url: str | None, words: str) -> Html:
    """Return a link where the address is one of the web; else the words alone."""
    if url and (address := safe_url(url)):
        return Html(f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{text(words)}</a>')
    return text(words)


def facts(rows: Iterable[tuple[str, Html | str]]) -> Html:
    """Return names and what they are, those without left out."""
    cells = "".join(
        f'<tr><th scope="row" style="{_CELL};font-weight:normal;opacity:0.75">{name}</th>'
        f'<td style="{_CELL}">{value}</td></tr>'
        for name, value in rows
        if value
    )
    return Html(f"<table>{cells}</table>") if cells else Html("")


def table(head: Sequence[str], rows: Iterable[Sequence[Html | str]]) -> Html:
    """Return a table; its head is our own words."""
    top = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name in head)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return Html(f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>")


def _cells(row: Sequence[Html | str]) -> str:
    return "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row)


def image(svg: str, words: str) -> Html:
    """Return a drawing as a picture, which asks for no trust."""
    data = base64.b64encode(svg.encode()).decode()
    style = "max-width:100%;height:auto;margin:6px 0 0"
    return Html(f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(fit(words, LONG))}" style="{style}">')


def small(words: str) -> Html:
    """Return a text as small print."""
    return Html(f'<div style="font-size:0.75em;opacity:0.75;margin:0 0 6px">{text(words)}</div>')


def issues(found: Iterable[Issue]) -> Html:
    """Return what could not be read, resolved or drawn, as a list; empty where all could."""
    items = "".join(f"<li>{text(issue.stage)}: {text(issue.message)}</li>" for issue in dict.fromkeys(found))
    return Html(f"<div>What is not known or could not be drawn:</div><ul>{items}</ul>") if items else Html("")


def figure(metres: float) -> str:
    """Return a length for people."""
    return f"{metres:,.0f} m" if metres < 1000 else kilometres(metres)


def kilometres(metres: float) -> str:
    """Return a length in kilometres."""
    return f"{metres / 1000:,.0f} km" if metres >= 10_000 else f"{metres / 1000:,.1f} km"


def page(*parts: Html) -> Html:
    """Return the whole view of a record."""
    return Html(f'<div class="geomap" style="{_WIDEST};line-height:1.45">{"".join(parts)}</div>')
