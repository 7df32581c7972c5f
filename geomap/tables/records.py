"""Rows of a table as movements, incidents and mentions; `geomap.tables.zones` has the areas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.models import (
    Candidate,
    Certainty,
    How,
    Incident,
    IncidentKind,
    Leg,
    Mention,
    Mode,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Resolution,
    Role,
    Route,
    Status,
)
from geomap.tables import marks
from geomap.tables.claims import claim
from geomap.tables.details import route_from
from geomap.tables.places import BY_HAND, moved
from geomap.tables.shapes import kind_of, parts_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.tables.claims import Cited
    from geomap.tables.places import Places
    from geomap.tables.rows import Row

__all__ = ["incident", "mention", "movement", "tell_place"]

_WAY = tuple(
    f"{end}{part}"
    for end in ("from", "to", "via")
    for part in ("", "_place", "_lon", "_lat")
    if end != "via" or part in {"", "_place"}
)
"""The columns that a line is made from; the way of travel too."""


def movement(row: Row, cited: Cited, places: Places) -> Movement:
    """Return the movement of a row: without a route where one is to be traced, anew or for the first time."""
    origin, destination = places.refs(row, "from", "from_"), places.refs(row, "to", "to_")
    via = places.refs(row, "via")
    mode = row.choice(Mode, "mode", Mode.UNKNOWN)
    actor = row.some("actor")
    return Movement(
        id=cited.own_id(row.text("id"), "m", len(cited.movements) + 1),
        provenance=claim(row, cited),
        trigger=row.text("trigger"),
        actor=actor,
        actor_text=row.some("actor_text") or (None if row.is_own else actor),
        origin=origin,
        destination=destination,
        via=via,
        co_actors=row.listed("co_actors"),
        backed_by=row.listed("backed_by"),
        equipment=row.listed("equipment"),
        date=row.days(),
        date_text=_words(row, "date"),
        status=row.choice(Status, "status", Status.COMPLETED),
        kind=row.choice(MovementKind, "kind", MovementKind.DEPLOYMENT),
        mode=mode,
        vehicles=row.amount("vehicles"),
        vehicles_text=_words(row, "vehicles"),
        troops=row.amount("troops"),
        troops_text=_words(row, "troops"),
        confidence=_confidence(row),
        background=row.yes("background"),
        route=_route(row, cited, mode),
        note=row.some("note"),
        event=row.some("event"),
    )


def _words(row: Row, column: str) -> str | None:
    """Return the words for a number or day; where a person wrote the row, the cell itself."""
    return row.some(f"{column}_text") or (None if row.is_own else row.some(column))


def _confidence(row: Row) -> float:
    given = row.number("confidence")
    if given is not None and not 0 <= given <= 1:
        row.problems.append(f"confidence {given:g} is not between 0 and 1; left out")
        given = None
    return given if given is not None else 0.0 if row.is_own else 1.0


def _route(row: Row, cited: Cited, mode: Mode) -> Route | None:
    """Return the line of a row; None where it is to be traced from the places."""
    if not row.is_own:
        return _given(row, mode)
    own = cited.issues_of(row, "route")
    if marks.GEOMETRY in row.changed:
        cited.settled.update(own)
        return _given(row, mode, by_hand=True)
    if row.ends((*_WAY, "mode")):
        cited.settled.update(own)
        if row.yes("given"):
            row.problems.append("its line was given, and no longer fits its places; it was dropped and traced anew")
        return None
    if row.geometry is None and row.has_geometry and not row.text("route"):
        return None
    try:
        found = route_from(row.text("route"), row.geometry)
    except (ValueError, KeyError, TypeError) as error:
        row.problems.append(f"route cannot be read ({error}); the line was taken as one part")
        found = None
    found = found or _given(row, mode)
    return replace(found, issues=own, given=row.yes("given")) if found else None


def _given(row: Row, mode: Mode, *, by_hand: bool = False) -> Route | None:
    """Return the line of a row as it stands: reported, unless the row says that it was obtained in a weaker way."""
    from geomap.geometry.geodesy import length_m

    if row.geometry is None or kind_of(row.geometry) != "line":
        return None
    ways = [How(way) for way in row.listed("how") if way in set(How)]
    weakest = max(ways or [How.REPORTED], key=list(How).index)
    how = How.REPORTED if by_hand else weakest
    legs = tuple(Leg(how, line, length_m(line)) for line in parts_of(row.geometry))
    return Route(legs, mode=Mode.ROAD if mode is Mode.UNKNOWN else mode, given=True)


def incident(row: Row, cited: Cited, places: Places) -> Incident:
    """Return the incident of a row."""
    refs = places.refs(row, "places", "")
    if row.geometry is not None and (not row.is_own or marks.GEOMETRY in row.changed):
        refs = _at_points(row, refs)
    return Incident(
        id=cited.own_id(row.text("id"), "i", len(cited.incidents) + 1),
        provenance=claim(row, cited),
        kind=row.choice(IncidentKind, "kind", IncidentKind.PRESENCE),
        trigger=row.text("trigger"),
        actor=row.some("actor"),
        places=refs,
        date=row.days(),
        date_text=_words(row, "date"),
        note=row.some("note"),
    )


def _at_points(row: Row, refs: tuple[PlaceRef, ...]) -> tuple[PlaceRef, ...]:
    """Return places where the points of a row are: each takes the next point, and points beyond them have no name."""
    assert row.geometry is not None
    points = [part for part in parts_of(row.geometry) if kind_of(part) == "point"]
    if not points:
        row.problems.append(f"an incident has points, no {kind_of(row.geometry)}; its geometry was not read")
        return refs
    typed = row.ends(("lon", "lat"))  # what is typed is meant more exactly than what is dragged
    radius = row.number("precision_m") if not row.is_own or "precision_m" in row.changed else None
    found: list[PlaceRef] = []
    for ref in refs:
        takes = bool(points) and (ref.place is not None or not row.is_own)
        point = points.pop(0) if takes else None
        if point is None or (typed and not found):
            found.append(ref)
        else:
            place = moved(ref.place, ref.text, point.x, point.y, radius)
            found.append(replace(ref, place=place, reason=BY_HAND) if place != ref.place else ref)
    found += [_unnamed(row, point, radius) for point in points]
    return tuple(found)


def _unnamed(row: Row, point: BaseGeometry, radius: float | None) -> PlaceRef:
    name = row.text("words") or row.text("name") or f"{point.y:.5f}, {point.x:.5f}"
    return PlaceRef(name, moved(None, name, point.x, point.y, radius), BY_HAND)


def tell_place(row: Row, places: Places) -> None:
    """Keep what an uncorrected row of the layer of places says of a place, for other rows that have only its id."""
    own = row.text("place")
    lon, lat, radius = row.number("lon"), row.number("lat"), row.number("precision_m")
    if own and row.text("reason"):
        places.reasons.setdefault(own, row.text("reason"))
    if own and lon is not None and lat is not None and not row.changed:
        places.told.setdefault(
            own,
            Place(
                own,
                row.text("name") or row.text("words"),
                lon,
                lat,
                row.some("country"),
                row.some("admin1"),
                feature=row.text("feature") or "P.PPL",
                precision_m=radius or 0.0,
                local_name=row.some("local_name"),
            ),
        )


def mention(row: Row, cited: Cited, places: Places) -> Mention:
    """Return the mention of a row; where a person corrected its place, movements under the same words follow."""
    words = row.verbatim("words")
    place, corrected = _meant(row, places)
    certainty = row.choice(Certainty, "certainty", Certainty.UNKNOWN) if row.text("certainty") else None
    reason = row.text("reason")
    if corrected:
        certainty, reason = Certainty.RESOLVED if place else Certainty.UNKNOWN, BY_HAND
        key = (cited.report.id, words.casefold())
        if places.moved.setdefault(key, place) != place:
            row.problems.append(f"{words!r} was corrected to two places; movements and incidents stay where they were")
            places.moved[key] = None
    confidence = 1.0 if corrected and place else row.number("confidence") or 0.0
    candidates = (Candidate(place, confidence, reason),) if place else ()
    return Mention(
        row.offset("start") or 0,
        row.offset("end") or 0,
        words,
        row.choice(Role, "role", Role.PLACE),
        Resolution(words, certainty, reason, candidates) if certainty else None,
        confidence,
        row.by_hand,
    )


def _meant(row: Row, places: Places) -> tuple[Place | None, bool]:
    """Return the place of a mention, and whether a person has said which or where it is."""
    own = row.text("place")
    place = places.by_id(own, row.text("words")) if own else None
    corrected = False
    if own and "place" in row.changed:
        corrected = True
        if place is None:
            row.problems.append(f"place {own!r} is the id of no known place; look it up with geomap find")
    elif "place" in row.changed:
        place, corrected = None, True
    elif "name" in row.changed and row.text("name"):
        place, corrected = places.ask(row.text("name")).place, True
        if place is None:
            row.problems.append(f"name {row.text('name')!r} is that of no known place; give its lon and lat")
    spot = _spot(row)
    if spot:
        radius = row.number("precision_m") if "precision_m" in row.changed else None
        name = row.text("name") or row.text("words")
        place, corrected = moved(place, name, *spot, radius), True
    return place, corrected


def _spot(row: Row) -> tuple[float, float] | None:
    """Return where a person has put the point of a mention, by its cells or by its geometry."""
    if row.ends(("lon", "lat")):
        lon, lat = row.number("lon"), row.number("lat")
        if lon is not None and lat is not None and -180 <= lon <= 180 and -90 <= lat <= 90:
            return lon, lat
        row.problems.append("lon and lat are no degrees of longitude and latitude; the point stays")
    if marks.GEOMETRY in row.changed and row.geometry is not None:
        return float(row.geometry.centroid.x), float(row.geometry.centroid.y)
    return None
