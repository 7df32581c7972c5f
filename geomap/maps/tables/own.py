"""The frames of a scene, as `geomap.features` makes them, back to the records they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import shapely

from geomap.geometry.geodesy import length_m
from geomap.maps.tables.columns import days_of, number_of, text_of
from geomap.maps.tables.rows import Found
from geomap.models import (
    Area,
    AreaKind,
    AreaPlan,
    How,
    Incident,
    IncidentKind,
    Issue,
    Leg,
    Mode,
    Movement,
    MovementKind,
    Place,
    PlaceRef,
    Provenance,
    Range,
    Report,
    Route,
    Shape,
    SpeakerKind,
    Status,
)
from geomap.schema import SCHEMA, Layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from enum import StrEnum

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    Row = Mapping[str, object]
    Kind = TypeVar("Kind", bound=StrEnum)

__all__ = ["layer_of", "read_own"]

_HOW = "as the table has it"
_AREA_M = 25_000.0
"""A place that is known no better than this is drawn as an area, never as a dot, where its id tells nothing."""


def layer_of(columns: Iterable[object]) -> Layer | None:
    """Return the layer whose columns a table has, all of them; None where it is another table."""
    have = set(columns)
    return next((layer for layer in Layer if {column.name for column in SCHEMA[layer]} <= have), None)


def read_own(layer: Layer, table: GeoDataFrame, shapes: Sequence[BaseGeometry | None], *, taken: set[str]) -> Found:
    """Return the records of one layer.

    A row without a geometry is listed with the reason, as in the scene. What a frame does not keep (candidates, the
    words that mark a claim, how an area was planned) is not there any more.

    Parameters
    ----------
    layer
        Which of the layers the table is.
    table
        As `geomap.features` makes it, or with further columns.
    shapes
        Its geometries in EPSG:4326.
    taken
        Ids of reports and items that the map has; a report among them is not added again.
    """
    found = Found()
    names = [column.name for column in SCHEMA[layer]]
    cells = zip(*(table[name].astype(object) for name in names), strict=True)
    for values, shape in zip(cells, shapes, strict=True):
        row = dict(zip(names, values, strict=True))
        if layer not in {Layer.PLACES, Layer.ISSUES}:
            _cite(row, found, taken)
        _READERS[layer](row, None if shape is None or shape.is_empty else shape, found)
    return found


def _cite(row: Row, found: Found, taken: set[str]) -> None:
    own = _text(row, "report_id")
    if own and own not in taken:
        report = Report(own, "", _some(row, "source"), _some(row, "title"), _some(row, "url"), _day(row, "published"))
        found.reports.setdefault((own,), report)


def _movement(row: Row, shape: BaseGeometry | None, found: Found) -> None:
    mode = _one(Mode, row, "mode", Mode.UNKNOWN)
    days, _ = days_of(row["date"], row["date_end"])
    found.movements.append(
        Movement(
            id=_text(row, "id"),
            provenance=_claim(row),
            trigger=_text(row, "trigger"),
            actor=_some(row, "actor"),
            actor_text=_some(row, "actor_text"),
            origin=_end(row, "from"),
            destination=_end(row, "to"),
            via=tuple(map(_only_named, _listed(row, "via"))),
            co_actors=_listed(row, "co_actors"),
            backed_by=_listed(row, "backed_by"),
            equipment=_listed(row, "equipment"),
            date=days,
            date_text=_some(row, "date_text"),
            status=_one(Status, row, "status", Status.COMPLETED),
            kind=_one(MovementKind, row, "kind", MovementKind.DEPLOYMENT),
            mode=mode,
            vehicles=_count(row, "vehicles"),
            vehicles_text=_some(row, "vehicles_text"),
            troops=_count(row, "troops"),
            troops_text=_some(row, "troops_text"),
            confidence=number_of(row["confidence"]) or 0.0,
            background=row["background"] is True,
            route=_route(row, shape, mode),
            note=_some(row, "note"),
            event=_some(row, "event"),
        )
    )


def _route(row: Row, shape: BaseGeometry | None, mode: Mode) -> Route | None:
    """Return the line as a route, wholly obtained in the weakest of the ways that its parts were."""
    if shape is None:
        return None
    ways = [How(way) for way in _listed(row, "how") if way in set(How)] or [How.REPORTED]
    weakest = max(ways, key=list(How).index)
    lines = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]
    told, drawn = number_of(row["length_m"]), [length_m(line) for line in lines]
    scale = told / sum(drawn) if told and sum(drawn) else 1.0
    return Route(tuple(Leg(weakest, line, own * scale) for line, own in zip(lines, drawn, strict=True)), mode)


def _area(row: Row, shape: BaseGeometry | None, found: Found) -> None:
    days, _ = days_of(row["date"], row["date_end"])
    built = None
    if shape is not None:
        length = length_m(shape) if "Line" in shape.geom_type else None
        published = row["published_limits"] is True
        built = Shape(shape, _text(row, "built_from"), length, number_of(row["area_m2"]), published)
    found.areas.append(
        Area(
            id=_text(row, "id"),
            provenance=_claim(row),
            text=_text(row, "words"),
            kind=_one(AreaKind, row, "kind", AreaKind.CONTROL),
            status=_one(Status, row, "status", Status.COMPLETED),
            actor=_some(row, "actor"),
            plan=AreaPlan(depth_m=_range(row, "depth"), length_m=_range(row, "length")),
            date=days,
            date_text=_some(row, "date_text"),
            shape=built,
            note=_some(row, "note"),
        )
    )


def _incident(row: Row, shape: BaseGeometry | None, found: Found) -> None:
    days, _ = days_of(row["date"], row["date_end"])
    names = _listed(row, "places") or _listed(row, "places_text")
    points = [] if shape is None else list(shapely.get_parts(shape))
    own, radius = _text(row, "id"), number_of(row["precision_m"]) or 0.0
    named = enumerate(zip(names, points, strict=False))  # places that were not found have no point
    spots = [_spot(f"table:{own}/{number}", name, point.x, point.y, radius) for number, (name, point) in named]
    refs = [PlaceRef(spot.name, spot, _HOW) for spot in spots] + [_only_named(name) for name in names[len(spots) :]]
    found.incidents.append(
        Incident(
            id=own,
            provenance=_claim(row),
            kind=_one(IncidentKind, row, "kind", IncidentKind.PRESENCE),
            trigger=_text(row, "trigger"),
            actor=_some(row, "actor"),
            places=tuple(refs),
            date=days,
            date_text=_some(row, "date_text"),
            note=_some(row, "note"),
        )
    )


def _place(row: Row, shape: BaseGeometry | None, found: Found) -> None:
    if shape is None or not _text(row, "place"):
        return  # an unresolved name is nowhere
    point = shape.centroid
    place = Place(
        _text(row, "place"), _text(row, "name"), point.x, point.y, _some(row, "country"), _some(row, "admin1"),
        feature=_text(row, "feature") or "P.PPL", precision_m=number_of(row["precision_m"]) or 0.0,
        local_name=_some(row, "local_name"),
    )  # fmt: skip
    if place.id not in {known.id for known in found.places}:
        found.places.append(place)


def _issue(row: Row, _: BaseGeometry | None, found: Found) -> None:
    start, end = _count(row, "start"), _count(row, "end")
    found.issues.append(Issue(_text(row, "stage"), _text(row, "message"), _some(row, "report_id"), start, end))


_READERS: Mapping[Layer, Callable[[Row, BaseGeometry | None, Found], None]] = {
    Layer.MOVEMENTS: _movement,
    Layer.AREAS: _area,
    Layer.INCIDENTS: _incident,
    Layer.PLACES: _place,
    Layer.ISSUES: _issue,
}


def _claim(row: Row) -> Provenance:
    quote, speaker = _text(row, "quote"), _text(row, "speaker")
    return Provenance(
        _text(row, "report_id"), _some(row, "source"), _some(row, "title"), _some(row, "url"), _day(row, "published"),
        quote, 0, len(quote), (), _some(row, "attributed_to"),
        SpeakerKind(speaker) if speaker in set(SpeakerKind) else None, _text(row, "grade") or "F6",
    )  # fmt: skip


def _end(row: Row, end: str) -> tuple[PlaceRef, ...]:
    """Return the places of an end; the frame keeps where the first of them is."""
    names = _listed(row, end) or _listed(row, f"{end}_text")
    lon, lat = number_of(row[f"{end}_lon"]), number_of(row[f"{end}_lat"])
    if not names or lon is None or lat is None:
        return tuple(map(_only_named, names))
    own, radius = _text(row, f"{end}_place"), number_of(row[f"{end}_precision_m"]) or 0.0
    first = PlaceRef(names[0], _known(own) or _spot(own, names[0], lon, lat, radius), _HOW)
    return (first, *map(_only_named, names[1:]))


def _only_named(name: str) -> PlaceRef:
    return PlaceRef(name, None, "the table does not say where it is")


def _known(place_id: str) -> Place | None:
    """Return the place that the gazetteer has for an id, with what a frame does not keep of it."""
    from geomap.errors import UnknownPlaceError
    from geomap.gazetteer import Gazetteer

    try:
        return Gazetteer().get(place_id)
    except UnknownPlaceError:
        return None


def _spot(own: str, name: str, lon: float, lat: float, radius: float) -> Place:
    return Place(own, name, lon, lat, feature="L.RGN" if radius > _AREA_M else "L.LCTY", precision_m=radius)


def _text(row: Row, column: str) -> str:
    return text_of(row[column])


def _some(row: Row, column: str) -> str | None:
    return _text(row, column) or None


def _listed(row: Row, column: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _text(row, column).split(";") if part.strip())


def _one(kinds: type[Kind], row: Row, column: str, default: Kind) -> Kind:
    given = _text(row, column)
    return kinds(given) if given in set(kinds) else default


def _day(row: Row, column: str) -> date | None:
    days, _ = days_of(row[column])
    return days.start if days else None


def _count(row: Row, column: str) -> int | None:
    number = number_of(row[column])
    return None if number is None else int(number)


def _range(row: Row, name: str) -> Range | None:
    low, high = number_of(row[f"{name}_m"]), number_of(row[f"{name}_max_m"])
    return Range(low, high if high is not None else low) if low is not None else None
