"""The look and the words of the map: actor colours, tags, plain sentences, grades.

The six colour slots hold at least 3:1 contrast on their ground and a colour difference of 25 (light) or 29
(dark) between any two for normal, protan, deutan and tritan sight. No colour means friend or foe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.maps.writing import isolated
from geomap.models import AreaKind, IncidentKind, MovementKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.models import Area, Incident, Movement, PlaceRef, Provenance

__all__ = [
    "DARK",
    "LIGHT",
    "Actor",
    "actors",
    "area_label",
    "area_sentence",
    "by_hand_words",
    "checked_colours",
    "grade_words",
    "incident_sentence",
    "joined",
    "movement_sentence",
    "place_words",
    "precision_words",
]

LIGHT = ("#1B73FC", "#BB661F", "#044036", "#A55AA6", "#4C3700", "#2506DA")
DARK = ("#38A3FC", "#C72E0C", "#31FEB0", "#91469E", "#FAA52D", "#6849F8")

# Words per kind: past, gerund, infinitive.
_VERBS = {
    MovementKind.WITHDRAWAL: ("withdrew", "withdrawing", "withdraw"),
    MovementKind.ADVANCE: ("advanced", "advancing", "advance"),
    MovementKind.DEPLOYMENT: ("deployed", "deploying", "deploy"),
    MovementKind.CONVOY: ("travelled in convoy", "travelling in convoy", "travel in convoy"),
    MovementKind.PATROL: ("patrolled", "patrolling", "patrol"),
    MovementKind.REDEPLOYMENT: ("redeployed", "redeploying", "redeploy"),
    MovementKind.REINFORCEMENT: ("moved as reinforcements", "moving as reinforcements", "move as reinforcements"),
    MovementKind.RETREAT: ("retreated", "retreating", "retreat"),
    MovementKind.EVACUATION: ("were evacuated", "being evacuated", "be evacuated"),
    MovementKind.ENTRY: ("entered", "entering", "enter"),
}

_AREAS = {
    AreaKind.SAFE_ZONE: "safe zone",
    AreaKind.BUFFER_ZONE: "buffer zone",
    AreaKind.BORDER_STRIP: "strip along the border",
    AreaKind.HIGHWAY_STRETCH: "stretch",
    AreaKind.FRONT: "front line",
    AreaKind.CONTROL: "area of control",
    AreaKind.NO_FLY: "no-fly zone",
    AreaKind.CAMP: "camp",
}

_INCIDENTS = {
    IncidentKind.STRIKE: "Strike",
    IncidentKind.SHELLING: "Shelling",
    IncidentKind.CLASH: "Clash",
    IncidentKind.CAPTURE: "Capture",
    IncidentKind.SIGHTING: "Sighting",
    IncidentKind.PRESENCE: "Presence",
}

# The two scales of the NATO Admiralty system (AJP-2.1), in words.
_RELIABILITY = {
    "A": "source completely reliable",
    "B": "source usually reliable",
    "C": "source fairly reliable",
    "D": "source not usually reliable",
    "E": "source unreliable",
    "F": "source not judged",
}
_TRUTH = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth not judged",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor's place in the legend."""

    name: str
    tag: str
    """Two or three letters, unique in the map."""
    slot: int
    """0 to 5; from the seventh actor on the colours repeat and the tag tells them apart."""
    light: str
    dark: str


def actors(names: Iterable[str], *, colours: Mapping[str, str] | None = None) -> tuple[Actor, ...]:
    """Return the actors in order of first appearance, each with a colour slot and a unique tag.

    Parameters
    ----------
    names
        Canonical actor names; repeats are ignored.
    colours
        The user's own colours, ``{"SDF": "#BB661F"}``, used on both grounds.
    """
    from geomap.reports.forces.actors import load_actors

    own = colours or {}
    known = {actor.name: actor.tag for actor in load_actors()}
    seen = tuple(dict.fromkeys(names))
    used: set[str] = set()
    found = []
    for number, name in enumerate(seen):
        slot = number % len(LIGHT)
        tag = next(tag for tag in _tag_choices(name, known) if tag not in used)
        used.add(tag)
        found.append(Actor(name, tag, slot, own.get(name, LIGHT[slot]), own.get(name, DARK[slot])))
    return tuple(found)


def checked_colours(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the user's colours if each is written ``#RRGGBB``.

    Raises
    ------
    InputError
        A colour is written otherwise.
    """
    for name, colour in colours.items():
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            raise InputError(f"colour {colour!r} of {name!r} is not readable; write it as '#RRGGBB'")
    return dict(colours)


def _tag_choices(name: str, known: Mapping[str, str]) -> Iterable[str]:
    """Yield short tags for a name, the most natural first, without end."""
    if name in known:
        yield known[name]
    if name.isupper() and len(name) <= 4:
        yield name
    words = re.findall(r"\w+", name) or ["X"]
    initials = "".join(word[0] for word in words).upper()
    if len(initials) > 1:
        yield initials[:3]
    letters = "".join(words).upper()
    yield letters[:2]
    yield letters[:3]
    number = 2
    while True:
        yield f"{letters[0]}{number}"
        number += 1


def movement_sentence(movement: Movement) -> str:
    """Return one plain sentence: who, how many, did what, from where, to where, by what way."""
    past, gerund, infinitive = _VERBS[movement.kind]
    strength = " and ".join(isolated(text) for text in (movement.troops_text, movement.vehicles_text) if text)
    subject = _forces(movement.actor, movement.co_actors) + (f" ({strength})" if strength else "")
    verb = {
        Status.COMPLETED: past,
        Status.ONGOING: f"are {gerund}",
        Status.PLANNED: f"are to {infinitive}",
        Status.ORDERED: f"were ordered to {infinitive}",
        Status.DENIED: past,
    }[movement.status]
    words = [subject, verb, *_way(movement)]
    sentence = " ".join(word for word in words if word) + "."
    sentence = sentence[:1].upper() + sentence[1:]
    return f"Denied: {sentence}" if movement.status is Status.DENIED else sentence


def _way(movement: Movement) -> Sequence[str]:
    """Return the from, via and to phrases of a movement."""
    destination = _names(movement.destination)
    if movement.kind is MovementKind.ENTRY:
        to = destination
    elif movement.kind is MovementKind.PATROL:
        to = f"at {destination}" if destination and not movement.origin else destination and f"to {destination}"
    else:
        into = any(ref.place and ref.place.is_area and ref.place.geometry is None for ref in movement.destination)
        to = destination and f"{'into' if into else 'to'} {destination}"
    origin = _names(movement.origin)
    via = _names(movement.via)
    away = origin and f"from {origin}"
    parts = (to, away) if movement.kind is MovementKind.ENTRY else (away, to)
    return [*parts, via and f"by way of {via}"]


def area_label(area: Area) -> str:
    """Return what an area is and how large, such as ``Safe zone, 30 km deep``."""
    plan = area.plan
    of = f" of the {isolated(plan.road)}" if plan.road else f" in {isolated(plan.region.text)}" if plan.region else ""
    what = "Corridor" if "corridor" in area.text.lower() else _AREAS[area.kind].capitalize()
    parts = [f"{what}{f' along {plan.line.text}' if plan.line else of}"]
    for size, word in ((plan.depth_m, "deep"), (plan.width_m, "wide"), (plan.length_m, "long")):
        if size:
            low, high = (f"{value / 1000:g}" for value in (size.low, size.high))
            told = f"up to {high}" if size.low == 0 else low if low == high else f"{low} to {high}"
            parts.append(f"{told} km {word}")
    return ", ".join(parts) + (" on both sides" if plan.both_sides else "")


def area_sentence(area: Area) -> str:
    """Return one plain sentence on an area."""
    status = {Status.COMPLETED: "", Status.ONGOING: "being set up"}.get(area.status, area.status.value)
    return ", ".join(part for part in (area_label(area), isolated(area.actor or ""), status) if part) + "."


def incident_sentence(incident: Incident) -> str:
    """Return one plain sentence on an incident."""
    places = _names(incident.places)
    by = f" by {_forces(incident.actor, ())}" if incident.actor else ""
    if incident.kind is IncidentKind.CLASH:
        by = f" involving {_forces(incident.actor, ())}" if incident.actor else ""
    elif incident.kind in {IncidentKind.SIGHTING, IncidentKind.PRESENCE}:
        by = f" of {_forces(incident.actor, ())}" if incident.actor else ""
    preposition = "of" if incident.kind in {IncidentKind.SHELLING, IncidentKind.CAPTURE} else "at"
    where = f" {preposition} {places}" if places else ""
    first, second = (by, where) if preposition == "at" else (where, by)
    return f"{_INCIDENTS[incident.kind]}{first}{second}."


def _forces(actor: str | None, others: Sequence[str]) -> str:
    words = _force_words()
    named = [words.get(name) or f"{isolated(name)} forces" for name in (actor, *others) if name]
    return joined(named) or "forces not named"


@cache
def _force_words() -> Mapping[str, str]:
    """Return what the forces of the known actors are called."""
    from geomap.reports.forces.actors import load_actors

    return {known.name: known.forces for known in load_actors()} | {"civilians": "civilians"}


def _names(refs: Sequence[PlaceRef]) -> str:
    return joined([place_words(ref) for ref in refs])


def place_words(ref: PlaceRef) -> str:
    """Return the words of the report for a place, with its name where they have none: ``the town (Kobani)``."""
    if ref.place is None or not ref.text.islower() or ref.text == ref.place.name.lower():
        return isolated(ref.text)
    return f"{isolated(ref.text)} ({isolated(ref.place.name)})"


def joined(words: Sequence[str]) -> str:
    """Return words joined as in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def grade_words(grade: str) -> str:
    """Return a NATO Admiralty grade in words; an unreadable grade is returned as it is."""
    if len(grade) == 2 and grade[0] in _RELIABILITY and grade[1] in _TRUTH:
        return f"{grade}: {_RELIABILITY[grade[0]]}, {_TRUTH[grade[1]]}"
    return grade


def by_hand_words(claim: Provenance) -> str:
    """Return what a person did to what was read; empty where nothing."""
    if not claim.by_hand:
        return ""
    if claim.by_hand == ("added",):
        return "added by hand"
    return f"corrected by hand: {', '.join(claim.by_hand).replace('_', ' ')}"


def precision_words(metres: float) -> str:
    """Return a radius for people: ``±800 m``, ``±5 km``."""
    return f"±{metres:.0f} m" if metres < 1000 else f"±{metres / 1000:.0f} km"
