"""Names of a report that the gazetteer does not know, asked of its service in the light of the story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.models import Certainty, Mention, PlaceRef, Reading, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.resolve import Context

__all__ = ["ask_for_ends", "ask_for_mentions"]

SURENESS = {Certainty.RESOLVED: 0.8, Certainty.AMBIGUOUS: 0.5}
"""How far a service's own score is believed: it does not know the story."""


def ask_for_mentions(mentions: Sequence[Mention], gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Return the mentions, those of unknown names with what the gazetteer's service says; it is asked for nothing else.

    Parameters
    ----------
    mentions
        Place names of a report with what the gazetteer knows of them.
    gazetteer
        One that may ask a service; with another the mentions stay as they are.
    context
        Where the story plays: places in other countries are refused.
    """
    return tuple(_mention(mention, gazetteer, context) for mention in mentions)


def ask_for_ends(reading: Reading, gazetteer: Gazetteer, context: Context) -> Reading:
    """Return a reading whose movements and incidents have places at ends that were nothing but unknown names.

    Parameters
    ----------
    reading
        What was read of a report.
    gazetteer, context
        As for `ask_for_mentions`.
    """

    def found(refs: Sequence[PlaceRef]) -> tuple[PlaceRef, ...]:
        return tuple(_end(ref, gazetteer, context) for ref in refs)

    return replace(
        reading,
        movements=tuple(
            replace(m, origin=found(m.origin), via=found(m.via), destination=found(m.destination))
            for m in reading.movements
        ),
        incidents=tuple(replace(incident, places=found(incident.places)) for incident in reading.incidents),
    )


def _mention(mention: Mention, gazetteer: Gazetteer, context: Context) -> Mention:
    unknown = mention.resolution
    if unknown is None or unknown.status is not Certainty.UNKNOWN or mention.role is not Role.PLACE:
        return mention
    answer = gazetteer.asked(unknown, countries=context.countries, near=context.near)
    if answer is unknown:
        return mention
    score = answer.candidates[0].score * SURENESS.get(answer.status, 0.0) if answer.candidates else 0.0
    return replace(mention, resolution=answer, confidence=round(score, 3))


def _end(ref: PlaceRef, gazetteer: Gazetteer, context: Context) -> PlaceRef:
    if ref.place is not None or ref.text[:1].islower():
        return ref
    unknown = Resolution(ref.text, Certainty.UNKNOWN, ref.reason)
    answer = gazetteer.asked(unknown, countries=context.countries, near=context.near)
    if answer is unknown:
        return ref
    return replace(ref, place=answer.place, reason=answer.reason, alternatives=answer.candidates[1:4])
