"""What a KML says of a row: its name in lists, and its balloon. Whatever a report says, it is never markup."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from geomap.schema import Layer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["description", "title"]

_TITLES = {
    Layer.MOVEMENTS: ("actor", "kind"),
    Layer.AREAS: ("actor", "kind"),
    Layer.INCIDENTS: ("kind", "actor", "places"),
    Layer.PLACES: ("name", "words"),
    Layer.SOURCES: ("source", "title"),
    Layer.ISSUES: ("stage", "report_id"),
}
_DETAILS = {
    "status": "status",
    "date_text": "in the words of the report",
    "vehicles_text": "vehicles",
    "troops_text": "people",
    "how": "how the line was obtained",
    "built_from": "how the shape was made",
    "attributed_to": "said by",
    "grade": "grade",
    "confidence": "confidence of the reading",
    "reason": "how it was chosen",
    "precision_m": "known to within, metres",
    "note": "note",
    "issues": "open",
    "corrected": "corrected by hand",
    "message": "what was wrong",
}


def title(layer: Layer, row: Mapping[str, Any]) -> str:
    """Return what a row is called; what did not happen yet, or not at all, says so first."""
    parts = [str(row[name]).replace("_", " ") for name in _TITLES[layer] if row[name]]
    if layer is Layer.PLACES:
        parts = parts[:1]
    if layer is Layer.MOVEMENTS:
        parts.append(f"{row['from'] or '…'} → {row['to'] or '…'}")
    words = " · ".join(parts) or layer.value
    return f"{row['status']}: {words}" if row.get("status") in {"planned", "ordered", "denied"} else words


def description(row: Mapping[str, Any]) -> str:
    """Return a balloon as HTML: the quote, what is known, whose words they are."""
    quote = f"<blockquote>“{_safe(row['quote'])}”</blockquote>" if row.get("quote") else ""
    told = [(words, row.get(name)) for name, words in _DETAILS.items() if row.get(name) not in (None, "")]
    lines = "".join(f"<tr><td><i>{words}</i></td><td>{_safe(value)}</td></tr>" for words, value in told)
    source = " · ".join(_safe(row[name]) for name in ("source", "title") if row.get(name))
    when = f" ({row['published']})" if row.get("published") else ""
    said = f"<p>{source}{when}</p>" if source else ""
    return quote + (f"<table>{lines}</table>" if lines else "") + said + _link(row.get("url"))


def _link(address: str | None) -> str:
    """Return a link to an address of the web; any other is only shown."""
    if not address:
        return ""
    shown = _safe(address)
    is_web = address.lower().startswith(("http://", "https://"))
    return f'<p><a href="{shown}">{shown}</a></p>' if is_web else f"<p>{shown}</p>"


def _safe(value: object) -> str:
    return html.escape(f"{value:g}" if isinstance(value, float) else str(value))
