"""Expressions in QGIS's language that several styles need, over the columns of `geomap.schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.exports.look import DENIED, SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.maps.style import Actor

__all__ = ["any_of", "by_actor", "colour_of", "column", "html", "is_link", "literal", "meant", "opacity", "worded"]

meant = "\"status\" IN ('planned', 'ordered')"
"""What is planned or ordered: not yet so."""


def column(name: str) -> str:
    """Return a column as an expression names it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an expression writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(name: str, values: Iterable[str]) -> str:
    """Return whether a column holds one of some values."""
    return f"{column(name)} IN ({', '.join(literal(value) for value in values)})"


def by_actor(actors: Sequence[Actor], value: Callable[[Actor], str], otherwise: str) -> str:
    """Return a text for each actor, and for any other."""
    cases = " ".join(f'WHEN "actor" = {literal(actor.name)} THEN {literal(value(actor))}' for actor in actors)
    return f"CASE {cases} ELSE {literal(otherwise)} END" if cases else literal(otherwise)


def colour_of(actors: Sequence[Actor], *, denied: str | None = None) -> str:
    """Return the colour of a row's actor; grey for none, and for what the expression `denied` is true of."""
    own = by_actor(actors, lambda actor: actor.light, DENIED)
    return f"if({denied}, {literal(DENIED)}, {own})" if denied else own


def opacity() -> str:
    """Return the per cent with which the map draws what was read with a row's confidence."""
    cases = " ".join(f'WHEN {step.least} <= "confidence" THEN {step.opacity * 100:g}' for step in SURE)
    return f'CASE WHEN "confidence" IS NULL THEN 100 {cases} ELSE 100 END'


def worded(name: str) -> str:
    """Return a term such as ``safe_zone`` in words, its first letter large."""
    plain = f"replace({column(name)}, '_', ' ')"
    return f"upper(left({plain}, 1)) || substr({plain}, 2)"


def html(name: str) -> str:
    """Return a column for HTML, in which nothing of it is markup; an empty text where it has nothing."""
    text = f"coalesce({column(name)}, '')"
    for sign, stand_in in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = f"replace({text}, '{sign}', '{stand_in}')"
    return text


def is_link(name: str) -> str:
    """Return whether a column holds an address of the web; no other is followed."""
    return f"regexp_match(coalesce({column(name)}, ''), '^https?://') > 0"
