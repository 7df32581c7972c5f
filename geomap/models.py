"""The records that go from stage to stage.

Every record is frozen. Coordinates are WGS 84 (EPSG:4326) in degrees, order lon, lat; fields that end in
``_m`` are metres, in ``_s`` seconds; ``start`` and ``end`` are half-open character offsets into the text of
the report as it was read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.quantities import Interval, Range
from geomap.shown import Shown
from geomap.terms import AreaKind, Certainty, How, IncidentKind, Mode, MovementKind, Role, SpeakerKind, Status

if TYPE_CHECKING:
    from datetime import date, datetime

    from shapely.geometry import LineString
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "Area",
    "AreaKind",
    "AreaPlan",
    "Candidate",
    "Certainty",
    "Crossing",
    "Difference",
    "Event",
    "How",
    "Incident",
    "IncidentKind",
    "Interval",
    "Issue",
    "Leg",
    "Mention",
    "Mode",
    "Movement",
    "MovementKind",
    "Passing",
    "Place",
    "PlaceRef",
    "Provenance",
    "Range",
    "Reading",
    "Report",
    "Resolution",
    "Role",
    "Route",
    "Shape",
    "SpeakerKind",
    "Status",
]


@dataclass(frozen=True, slots=True)
class Issue:
    """What could not be read, resolved or drawn, and why."""

    stage: str
    """The step that met it: load, read, resolve, route, area, draw, export."""
    message: str
    report_id: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Report(Shown):
    """One text, and where it came from."""

    id: str
    text: str
    source: str | None = None
    """Publisher, as given by the header or metadata."""
    title: str | None = None
    url: str | None = None
    published: date | None = None
    lang: str | None = None
    """ISO 639-1 code, when given."""
    spans: tuple[tuple[int, int], ...] | None = None
    """Given toponym spans: exactly these are resolved, and no others looked for."""
    body_start: int = 0
    """Offset at which the story begins, after a header that `text` keeps."""
    author: str | None = None
    """Who wrote it, as given by the header or metadata."""
    published_at: datetime | None = None
    """Moment of publication with its time zone, where both are given; `published` is its day in that zone."""


@dataclass(frozen=True, slots=True)
class Place(Shown):
    """A place of the gazetteer."""

    id: str
    """``geonames:170592``, ``icao:ORAA``, ``curated:…``, ``user:…`` or ``coordinates:LAT,LON``."""
    name: str
    lon: float
    lat: float
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    admin1: str | None = None
    """Name of the first-level unit."""
    admin1_code: str | None = None
    """GeoNames code of that unit with its country, such as ``SY.02``."""
    feature: str = "P.PPL"
    """GeoNames feature class and code: ``P.PPL``, ``A.ADM1``, ``A.PCLI``, ``S.AIRB``, ``L.RGN`` …"""
    precision_m: float = 5000.0
    """Radius of the circle round lon, lat that surely holds the place; for areas, their extent."""
    population: int = 0
    local_name: str | None = None
    source: str = ""
    """Key of the data set in ``geomap sources``."""
    note: str | None = None
    geometry: BaseGeometry | None = None
    """Polygons in EPSG:4326 that surely hold the place; only places told by where they lie to others carry them."""
    course: BaseGeometry | None = None
    """Of a road or border told by what it joins or parts: its line in EPSG:4326; `geometry` is a strip along it."""

    @property
    def is_area(self) -> bool:
        """Whether the place is a country, province, region, sea, river or road rather than a spot."""
        return self.feature[:2] in {"A.", "R.", "H."} or self.feature in {"L.RGN", "L.CONT", "T.DSRT"}

    @property
    def is_spread(self) -> bool:
        """Whether a dot would say more of the place than is known: it is an area, or somewhere in one."""
        return self.is_area or self.geometry is not None

    @property
    def is_country(self) -> bool:
        """Whether the place is a state or a dependent territory."""
        return self.feature.startswith("A.PCL") or self.feature == "A.TERR"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean, with a score from 0 to 1 and the reason in words."""

    place: Place
    score: float
    reason: str = ""
    name: str = ""
    """The gazetteer's spelling that matched."""


@dataclass(frozen=True, slots=True)
class Resolution(Shown):
    """The gazetteer's answer to one name: candidates best first, and how certain the first one is."""

    query: str
    status: Certainty
    reason: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def place(self) -> Place | None:
        """The best candidate's place, or None where the name is unknown and the candidates are only like it."""
        known = self.candidates and self.status is not Certainty.UNKNOWN
        return self.candidates[0].place if known else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym in a report: the words, what they do there, and the place they mean."""

    start: int
    end: int
    text: str
    role: Role = Role.PLACE
    resolution: Resolution | None = None
    confidence: float = 0.0
    by_hand: tuple[str, ...] = ()
    """The columns of its row that a person corrected."""

    @property
    def place(self) -> Place | None:
        """The place the mention resolves to, or None."""
        return self.resolution.place if self.resolution else None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """One end or stop of a movement: the words of the report and the place they mean."""

    text: str
    place: Place | None = None
    reason: str = ""
    """How the place was chosen, in words."""
    alternatives: tuple[Candidate, ...] = ()
    """Other places the words may mean, best first."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a claim comes from."""

    report_id: str
    source: str | None
    title: str | None
    url: str | None
    published: date | None
    quote: str
    """The sentence or sentences, verbatim."""
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()
    """Offsets into `quote` of the words that carry the claim."""
    attributed_to: str | None = None
    """Who says so, by the text."""
    speaker: SpeakerKind | None = None
    """What sort of speaker that is."""
    grade: str = "F6"
    """NATO Admiralty grade, A1 to F6; F6 is "reliability and truth cannot be judged"."""
    read_by: str | None = None
    """What read the claim out of the text, in words, where that was not the rules of this package."""
    withheld: bool = False
    """Who says so is kept back on request."""
    by_hand: tuple[str, ...] = ()
    """The columns of its row that a person corrected; ``("added",)`` where a person added the whole row."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border crossing that a route takes."""

    name: str
    between: tuple[str, str]
    lon: float
    lat: float
    at_m: float
    """Distance along the route."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """A place that a route passes."""

    place: Place
    at_m: float
    """Distance along the route."""
    off_m: float
    """Distance from the route as drawn."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a route that was obtained in one way."""

    how: How
    geometry: LineString
    length_m: float
    """Length in metres: of a road with its bends, drawn or not; of a schematic line its own, on the ellipsoid."""
    by: str | None = None
    """The make of the router that gave it; None for a network, shipped or added, and where there is no road."""
    notice: str | None = None
    """What the licence of that router's data, or of roads of the user's own, asks for."""


@dataclass(frozen=True, slots=True)
class Route(Shown):
    """The line of a movement or of a question to the road network."""

    legs: tuple[Leg, ...]
    mode: Mode = Mode.ROAD
    crossings: tuple[Crossing, ...] = ()
    snap_m: tuple[float, ...] = ()
    """Distance from each stop to the road it was joined to."""
    open_start: bool = False
    """The origin is not known: the line starts as a stub."""
    open_end: bool = False
    """The destination is not known: the line ends as a stub."""
    issues: tuple[Issue, ...] = ()
    given: bool = False
    """The line was given with the record or drawn by hand, not made from the places of the movement."""

    @property
    def length_m(self) -> float:
        """Length of all legs in metres, of roads with their bends, also of those that are not drawn."""
        return sum(leg.length_m for leg in self.legs)

    def duration_s(self, speed_kmh: float) -> float:
        """Return how long the way takes at a steady speed, in seconds: a plain fact of the road, without halts.

        Raises
        ------
        ValueError
            The speed is not positive.
        """
        if not speed_kmh > 0:
            raise ValueError(f"at {speed_kmh:g} km/h nobody arrives; give a positive speed")
        return self.length_m / (speed_kmh / 3.6)


@dataclass(frozen=True, slots=True)
class Movement(Shown):
    """Forces going, or being made to go, from, to or through a place, as one report tells it."""

    id: str
    provenance: Provenance
    trigger: str
    actor: str | None
    """Canonical name, such as "United States", "Syrian government" or "SDF"."""
    actor_text: str | None
    origin: tuple[PlaceRef, ...] = ()
    destination: tuple[PlaceRef, ...] = ()
    via: tuple[PlaceRef, ...] = ()
    co_actors: tuple[str, ...] = ()
    """Who moves along, as canonical names; "civilians" in a mixed convoy."""
    backed_by: tuple[str, ...] = ()
    """Who the words say backs the forces."""
    equipment: tuple[str, ...] = ()
    """Kinds of vehicles and heavy weapons the words name, such as "tanks"; not how many."""
    date: Interval | None = None
    date_text: str | None = None
    status: Status = Status.COMPLETED
    kind: MovementKind = MovementKind.DEPLOYMENT
    mode: Mode = Mode.UNKNOWN
    vehicles: int | None = None
    vehicles_text: str | None = None
    troops: int | None = None
    troops_text: str | None = None
    confidence: float = 0.5
    background: bool = False
    """The report tells it as history, not as news."""
    route: Route | None = None
    note: str | None = None
    event: str | None = None
    """Id of the fullest telling, where several reports tell of the same movement."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the tellings of one event say differently."""

    what: str
    """day, vehicles, troops, origin, destination, forces or status."""
    said: tuple[tuple[str, str], ...]
    """What is said, and the id of the movement that says it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One movement as all reports of a batch tell it."""

    lead: Movement
    """What is drawn: the fullest telling, with the newest status."""
    tellings: tuple[Movement, ...]
    """Each report's own, by day of publication."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """What the words say of an area's shape: enough to build it, nothing more."""

    border: tuple[str, str] | None = None
    """Country codes whose common border the area follows."""
    side: str | None = None
    """Country code of the side it lies on."""
    both_sides: bool = False
    """It lies on both sides of its border or line, as deep on each."""
    depth_m: Range | None = None
    """From the border, line or place outwards. A lower bound of 0 means "up to"."""
    width_m: Range | None = None
    """Of a corridor along its line, road or ends, from one edge to the other."""
    length_m: Range | None = None
    road: str | None = None
    """Name or reference of the road it follows."""
    line: PlaceRef | None = None
    """The river, road or other line it lies along, or on a side of."""
    bearing: float | None = None
    """Degrees clockwise from north of the side of its line, or of its border, on which it lies."""
    ends: tuple[PlaceRef, ...] = ()
    """The places it reaches from and to, and in order between them those it runs through."""
    around: tuple[PlaceRef, ...] = ()
    between: tuple[PlaceRef, ...] = ()
    """The two lines it lies between, or three or more places that it lies amid."""
    region: PlaceRef | None = None
    """The place the words put it in."""
    without: tuple[PlaceRef, ...] = ()
    """Places in the region that are said not to belong to it."""
    within: AreaPlan | None = None
    """Another area of the report that holds it."""
    part_of: PlaceRef | None = None
    """The place of which some unknown part is meant: "most of A province" cannot be drawn."""


@dataclass(frozen=True, slots=True)
class Shape(Shown):
    """A polygon or line in EPSG:4326, and how it was made."""

    geometry: BaseGeometry
    built_from: str
    """One sentence for the reader."""
    length_m: float | None = None
    """Metres along its line, of a road with its bends, drawn or not."""
    area_m2: float | None = None
    published_limits: bool = False
    """The report gave the limits themselves; otherwise they are assumed."""
    possible: BaseGeometry | None = None
    """The outer polygon that may belong to it, when the limits are uncertain."""
    issues: tuple[Issue, ...] = ()
    given: bool = False
    """The shape was given with the record or drawn by hand, not built from the plan."""


@dataclass(frozen=True, slots=True)
class Area(Shown):
    """An area a report speaks of."""

    id: str
    provenance: Provenance
    text: str
    kind: AreaKind
    status: Status
    actor: str | None
    plan: AreaPlan
    date: Interval | None = None
    date_text: str | None = None
    shape: Shape | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Incident(Shown):
    """A strike, clash, capture or sighting at a place."""

    id: str
    provenance: Provenance
    kind: IncidentKind
    trigger: str
    actor: str | None
    places: tuple[PlaceRef, ...] = ()
    date: Interval | None = None
    date_text: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reading(Shown):
    """All that was read from one report."""

    report: Report
    mentions: tuple[Mention, ...] = ()
    movements: tuple[Movement, ...] = ()
    areas: tuple[Area, ...] = ()
    incidents: tuple[Incident, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
    taken_out: tuple[str, ...] = ()
    """Identities (`geomap.tables.marks`) of items that were read in the report and that a person deleted."""
