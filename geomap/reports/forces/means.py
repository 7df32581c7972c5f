"""By what way forces travel, and what sort of movement it is, from the words for who moves and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Mode, MovementKind
from geomap.reports.lexicon import load_lexicon
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.reports.movements.events import Event

__all__ = ["kind_of", "mode_of"]

MODES = (
    (Mode.AIR, "by_air"),
    (Mode.SEA, "by_sea"),
    (Mode.RAIL, "by_rail"),
    (Mode.FOOT, "on_foot"),
    (Mode.ROAD, "by_road"),
)
REACH = 12
"""Words from the trigger that still tell of its way."""
OF_MOVER = {"reinforcement": MovementKind.REINFORCEMENT, "patrol": MovementKind.PATROL}
PLAIN = {MovementKind.CONVOY, MovementKind.ENTRY, MovementKind.DEPLOYMENT}
"""Kinds of verbs that say only that something goes, so that what goes tells more."""


def mode_of(event: Event, mover: Token | None) -> Mode:
    """Return by what way the forces go; unknown where the words do not tell."""
    trigger = event.trigger.token
    words = {t.lemma_.lower() for t in trigger.subtree if abs(t.i - trigger.i) < REACH}
    words |= {t.lemma_.lower() for t in noun_phrase(mover)} if mover is not None else set()
    lists = load_lexicon().forces
    return next((mode for mode, name in MODES if words & lists[name]), Mode.UNKNOWN)


def kind_of(event: Event, mover: Token | None) -> MovementKind:
    """Return what sort of movement it is: the verb's, made closer by its ends and by what goes."""
    kind = event.trigger.entry.kind
    if kind is MovementKind.DEPLOYMENT and event.origin and not event.destination:
        return MovementKind.WITHDRAWAL
    noun = mover.lemma_.lower() if mover is not None else ""
    return OF_MOVER.get(noun, kind) if kind in PLAIN else kind
