"""The closed sets of words that records use: each a field's term, the same everywhere."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "AreaKind",
    "Certainty",
    "How",
    "IncidentKind",
    "Mode",
    "MovementKind",
    "Role",
    "SpeakerKind",
    "Status",
]


class Status(StrEnum):
    """How far a movement or an area has come, by the words of the report."""

    COMPLETED = "completed"
    ONGOING = "ongoing"
    PLANNED = "planned"
    ORDERED = "ordered"
    DENIED = "denied"


class MovementKind(StrEnum):
    """What sort of movement the words describe."""

    WITHDRAWAL = "withdrawal"
    ADVANCE = "advance"
    DEPLOYMENT = "deployment"
    CONVOY = "convoy"
    PATROL = "patrol"
    REDEPLOYMENT = "redeployment"
    REINFORCEMENT = "reinforcement"
    RETREAT = "retreat"
    EVACUATION = "evacuation"
    ENTRY = "entry"


class Mode(StrEnum):
    """By what way the forces travel."""

    ROAD = "road"
    AIR = "air"
    RAIL = "rail"
    SEA = "sea"
    FOOT = "foot"
    UNKNOWN = "unknown"


class AreaKind(StrEnum):
    """What sort of area the words describe."""

    SAFE_ZONE = "safe_zone"
    BUFFER_ZONE = "buffer_zone"
    BORDER_STRIP = "border_strip"
    HIGHWAY_STRETCH = "highway_stretch"
    FRONT = "front"
    CONTROL = "control"
    NO_FLY = "no_fly"
    CAMP = "camp"


class IncidentKind(StrEnum):
    """What sort of incident the words describe; an incident is never a movement."""

    STRIKE = "strike"
    SHELLING = "shelling"
    CLASH = "clash"
    CAPTURE = "capture"
    SIGHTING = "sighting"
    PRESENCE = "presence"


class Role(StrEnum):
    """What a place name does in its sentence."""

    PLACE = "place"
    DEMONYM = "demonym"
    METONYM = "metonym"
    DATELINE = "dateline"
    """It tells where the report was written, not where something happened."""


class SpeakerKind(StrEnum):
    """What sort of speaker a claim is attributed to, by the words of the report."""

    MONITOR = "monitor"
    """A group that watches a war."""
    MILITARY = "military"
    """Forces of a state or a coalition."""
    GROUP = "group"
    """An armed group."""
    OFFICIAL = "official"
    MEDIA = "media"
    ORGANISATION = "organisation"
    """The United Nations, an aid agency, a union of states."""
    ACTIVIST = "activist"
    ANALYST = "analyst"
    WITNESS = "witness"
    ANONYMOUS = "anonymous"
    """A source without a name."""
    OTHER = "other"

    @property
    def is_party(self) -> bool:
        """Whether forces speak of a war they take part in."""
        return self in {SpeakerKind.MILITARY, SpeakerKind.GROUP}


class How(StrEnum):
    """How a line was obtained."""

    REPORTED = "reported"
    """The report itself names the road, or gives the line."""
    INFERRED = "inferred"
    """Computed as the shortest way along the road network."""
    SCHEMATIC = "schematic"
    """Only the ends are known; the line between them means nothing."""


class Certainty(StrEnum):
    """The answer of the gazetteer to a name."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
