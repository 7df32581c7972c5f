"""Corrections by hand, laid over what was read anew from the same reports: reading again never undoes them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.models import Area, Incident, Mention, Movement
from geomap.schema import Layer
from geomap.tables.marks import identities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geomap.models import Reading

__all__ = ["by_hand", "corrected"]

_Item = TypeVar("_Item", bound=Movement | Area | Incident | Mention)


def corrected(readings: Sequence[Reading], tables: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings with the corrections that tables hold, as `geomap.tables.read` gives them.

    Of a table only what a person changed counts: a corrected row takes the place of what was read, an added one comes
    behind, a deleted one stays away. All else is as read anew. Corrections of reports that are not read this time are
    kept with what the table tells of the report.

    Parameters
    ----------
    readings
        One for each report, as read anew.
    tables
        What earlier readings were corrected to; several may speak of one report, and the later goes before.
    """
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for table in tables:
        found[table.report.id].append(table)
    done = []
    for reading in readings:
        for table in found.pop(reading.report.id, ()):
            reading = _laid_over(reading, table)  # noqa: PLW2901 - each goes over the one before
        done.append(reading)
    left = (_only_by_hand(table) for several in found.values() for table in several)
    return (*done, *(table for table in left if any(by_hand([table]))))


def by_hand(readings: Iterable[Reading]) -> Iterator[tuple[str, str]]:
    """Yield of all that a person corrected, added or deleted the report's id and the identity within it."""
    for reading in readings:
        for layer, items in _layers(reading).items():
            for identity, item in zip(identities(layer, reading), items, strict=True):
                if _is_by_hand(item):
                    yield reading.report.id, identity
        yield from ((reading.report.id, gone) for gone in reading.taken_out)


def _layers(reading: Reading) -> Mapping[Layer, Sequence[Movement | Area | Incident | Mention]]:
    return {
        Layer.MOVEMENTS: reading.movements,
        Layer.AREAS: reading.areas,
        Layer.INCIDENTS: reading.incidents,
        Layer.PLACES: reading.mentions,
    }


def _laid_over(reading: Reading, table: Reading) -> Reading:
    return replace(
        reading,
        movements=_items(Layer.MOVEMENTS, reading, table, reading.movements, table.movements),
        areas=_items(Layer.AREAS, reading, table, reading.areas, table.areas),
        incidents=_items(Layer.INCIDENTS, reading, table, reading.incidents, table.incidents),
        mentions=_items(Layer.PLACES, reading, table, reading.mentions, table.mentions),
        taken_out=tuple(dict.fromkeys((*reading.taken_out, *table.taken_out))),
    )


def _items(
    layer: Layer, reading: Reading, table: Reading, read: Sequence[_Item], told: Sequence[_Item]
) -> tuple[_Item, ...]:
    own = dict(zip(identities(layer, table), told, strict=True))
    anew = dict(zip(identities(layer, reading), read, strict=True))
    kept = {identity: item for identity, item in own.items() if _is_by_hand(item)}
    apart = {identity: item for identity, item in kept.items() if identity not in anew}
    found: list[_Item] = []
    for identity, item in anew.items():
        if identity in table.taken_out:
            continue
        match = identity if identity in own else _moved(item, apart)
        correction = kept.pop(match, None) if match else None
        found.append(_under(_id_of(item), correction) if correction else item)
    taken = set(map(_id_of, found))
    return (*found, *(_under(_free_id(item, taken), item) for item in kept.values()))


def _is_by_hand(item: Movement | Area | Incident | Mention) -> bool:
    return bool(item.by_hand if isinstance(item, Mention) else item.provenance.by_hand)


def _moved(item: _Item, kept: Mapping[str, _Item]) -> str | None:
    """Return which correction is of the same words, where the report has become longer or shorter before them."""
    words = _words(item)
    same = [identity for identity, other in kept.items() if words and _words(other) == words]
    return same[0] if len(same) == 1 else None


def _words(item: Movement | Area | Incident | Mention) -> tuple[str, str] | None:
    if isinstance(item, Mention) or not item.provenance.quote:
        return None
    return item.provenance.quote, item.text if isinstance(item, Area) else item.trigger


def _id_of(item: Movement | Area | Incident | Mention) -> str | None:
    return None if isinstance(item, Mention) else item.id


def _under(own: str | None, item: _Item) -> _Item:
    """Return an item under an id; mentions have none."""
    named: dict[str, Any] = {"id": own} if own else {}
    return replace(item, **named)


def _free_id(item: Movement | Area | Incident | Mention, taken: set[str | None]) -> str | None:
    """Return the id of an item, numbered where another has it."""
    wanted = own = _id_of(item)
    number = 2
    while own and own in taken:
        own, number = f"{wanted}-{number}", number + 1
    taken.add(own)
    return own


def _only_by_hand(table: Reading) -> Reading:
    """Return a report of a table with nothing but what a person corrected."""
    return replace(
        table,
        movements=tuple(filter(_is_by_hand, table.movements)),
        areas=tuple(filter(_is_by_hand, table.areas)),
        incidents=tuple(filter(_is_by_hand, table.incidents)),
        mentions=tuple(filter(_is_by_hand, table.mentions)),
    )
