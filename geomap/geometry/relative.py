"""A relation and the places of its anchors to a place with a geometry and the precision it deserves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import Point

from geomap.errors import InputError
from geomap.gazetteer.relations import ALONG, Anchor, Relation, RelationKind
from geomap.geometry.borders import country_at
from geomap.geometry.geodesy import bearing, distance_m
from geomap.geometry.grounds import Ground, Setting, border_ground, ground, junction_ground, road_ground, stretch_ground
from geomap.geometry.relation_rules import draft
from geomap.geometry.sweeps import farthest_m, gap_m, nearest_spot, spot_in, wind, wrapped
from geomap.models import Place

__all__ = ["Located", "Setting", "beside", "by_spot", "disagreement", "locate", "part"]

_LINES = {RelationKind.ROAD, RelationKind.BORDER, RelationKind.JUNCTION, RelationKind.STRETCH}
"""Relations that others are measured from, so that their own line counts rather than the strip along it."""
_COURSES = {RelationKind.ROAD, RelationKind.BORDER}
"""Relations that are lines, wherever they run."""
Resolve = Callable[[Anchor], Place]
"""Returns the place an anchor's words mean, or raises :class:`geomap.errors.GeomapError`."""

FAR_M = 300_000.0
"""From further than this the middle of the story says nothing of where in an area a place lies."""
CONTRADICTION_SHARE, CONTRADICTION_LEAST_M = 0.3, 10_000.0
"""A place contradicts what is told of it when it lies further off than 30 % of the distance told, and 10 km: reporters
measure by road or by eye, and round."""
UNTOLD_M = 50_000.0
"""The same where no distance is told: "near" has been said of places a day's walk away."""
PART_SHARE = 0.5
"""Of a part's radius: how far beyond "the west of A" a place may lie that is said to be in it."""
OTHER_SIDE_DEG = 67.5
"""A place that bears further from the direction told than to the wind beyond the next of eight lies on another side."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place made from a relation, with what it was made from."""

    place: Place
    reason: str
    """How it was made, in words."""
    anchors: tuple[Ground, ...]


def beside(setting: Setting, subject: Place | None) -> Setting:
    """Return the setting of what is told of a place: a border with one country named is that of the place's own."""
    own = subject.country if subject is not None else None
    return setting if own is None else replace(setting, countries=tuple(dict.fromkeys((own, *setting.countries))))


def locate(relation: Relation, resolve: Resolve, setting: Setting | None = None) -> Located:
    """Return the place a relation tells of.

    Its geometry holds it, lon and lat lie in that, and `precision_m` is the distance from there to its farthest point;
    a road, a border and a part of either carry their `course` too.
    ``L.LCTY`` is the feature of what is a spot somewhere in the area, ``L.RGN`` of what is an area itself, ``R.RD`` of
    a road, ``H.SEA`` of waters.

    Parameters
    ----------
    relation
        What the words say.
    resolve
        Returns the place of an anchor; it is asked for plain names only.
    setting
        Where the story plays: says which country a border or a road is of, and limits open sides.

    Raises
    ------
    GeomapError
        An anchor is unknown, or no area follows from the words; the message says why.
    """
    scene = setting or Setting()
    anchors = _anchors(relation, resolve, scene)
    scene = _told_by(anchors, scene)
    made = draft(relation, anchors, scene)
    area = wrapped(made.area)
    if area.is_empty:
        raise InputError(f"nothing lies {relation.text}: {made.words}")
    near = scene.near if scene.near and gap_m(area, *scene.near) < FAR_M else None
    spot = made.spot if made.spot and shapely.intersects_xy(area, *made.spot) else spot_in(area, near)
    notes = [note for anchor in anchors if (note := anchor.note)]
    place = Place(
        id=f"relation:{_slug(relation.text)}@{spot[1]:.3f},{spot[0]:.3f}",
        name=" ".join(relation.text.split()),
        lon=round(spot[0], 5),
        lat=round(spot[1], 5),
        country=country_at(*spot) or next((anchor.country for anchor in anchors if anchor.country), None),
        feature=made.feature,
        precision_m=float(round(max(farthest_m(area, *spot), 500.0), -2)),
        source="relation",
        geometry=area,
        course=made.course,
    )
    return Located(place, "; ".join([made.words, *notes]), anchors)


def by_spot(relation: Relation, resolve: Resolve, setting: Setting) -> bool:
    """Return whether a relation is told by one spot, as a town is, rather than by a line, an area or two places.

    Raises
    ------
    GeomapError
        An anchor is unknown.
    """
    inner = relation.anchors[0].relation or relation
    if inner.kind in _COURSES:
        return False
    anchors = _anchors(relation, resolve, setting)
    return len(anchors) == 1 and anchors[0].is_spot


def part(place: Place, bearing_deg: float, name: str) -> Place:
    """Return the part of an area that lies on the side of a bearing from its middle, under a name.

    Raises
    ------
    InputError
        The place is a line and has no such part.
    """
    told = Relation(RelationKind.PART, name, 0, len(name), (Anchor(place.name, 0, len(name)),), bearing=bearing_deg)
    made = locate(told, lambda _: place).place
    return replace(made, country=place.country, admin1=place.admin1, admin1_code=place.admin1_code)


def disagreement(place: Place, relation: Relation, located: Located) -> str | None:
    """Return in words how a place contradicts what is told of it, or None where it lies as told, about.

    A place is given the benefit of its own precision and of 30 % of the distance, at least 10 km; where no distance is
    told, of 50 km, and of a town's side only the direction counts. "The west of A" is said of all but its east: half
    the part's radius more is allowed.
    """
    area = located.place.geometry
    if area is None or place.is_country:
        return None
    anchor = located.anchors[0]
    if relation.kind is RelationKind.SIDE and relation.bearing is not None and anchor.is_spot:
        seen = bearing(anchor.shape.x, anchor.shape.y, place.lon, place.lat)
        fits = abs((seen - relation.bearing + 180.0) % 360.0 - 180.0) <= OTHER_SIDE_DEG
    else:
        told = relation.distance
        leeway = max(CONTRADICTION_SHARE * told.high_m, CONTRADICTION_LEAST_M) if told else UNTOLD_M
        leeway = CONTRADICTION_LEAST_M if relation.kind is RelationKind.SIDE else leeway
        if relation.kind is RelationKind.PART:
            leeway = max(leeway, PART_SHARE * located.place.precision_m)
        fits = gap_m(area, place.lon, place.lat) <= max(place.precision_m, leeway)
    if fits:
        return None
    words = " and ".join(_from(place, anchor) for anchor in located.anchors)
    on = "on " if relation.kind in ALONG else ""
    return f"{place.name} lies {words}, not {on}{' '.join(relation.text.split())}"


def _from(place: Place, anchor: Ground) -> str:
    x, y = nearest_spot(anchor.shape, place.lon, place.lat)
    away = distance_m(x, y, place.lon, place.lat)
    if away < 500.0:
        return f"in {anchor.name}" if anchor.is_area else f"at {anchor.name}"
    return f"{away / 1000:.0f} km {wind(bearing(x, y, place.lon, place.lat))} of {anchor.name}"


def _anchors(relation: Relation, resolve: Resolve, setting: Setting) -> tuple[Ground, ...]:
    """Return the anchors on the ground; those of a road, border or junction are what they make."""
    kind = relation.kind
    if kind is RelationKind.BORDER:
        return (border_ground([resolve(anchor) for anchor in relation.anchors], setting),)
    if kind is RelationKind.ROAD:
        first, last = (resolve(anchor) for anchor in relation.anchors)
        return (road_ground(first, last),)
    found = tuple(_anchor(anchor, resolve, setting) for anchor in relation.anchors)
    if kind is RelationKind.STRETCH:
        return (stretch_ground(*found),)
    return (junction_ground(found[0], found[1], setting),) if kind is RelationKind.JUNCTION else found


def _anchor(anchor: Anchor, resolve: Resolve, setting: Setting) -> Ground:
    inner = anchor.relation
    if inner is None:
        return ground(resolve(anchor), setting)
    if inner.kind in _LINES:
        return _anchors(inner, resolve, setting)[0]
    made = locate(inner, resolve, setting).place
    return Ground(made.name, made.geometry or Point(made.lon, made.lat), country=made.country)


def _told_by(anchors: tuple[Ground, ...], setting: Setting) -> Setting:
    """Return the setting with the anchors' own country where none is known."""
    own = tuple(dict.fromkeys(anchor.country for anchor in anchors if anchor.country))
    return setting if setting.countries else replace(setting, countries=own)


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")
