"""Lines and polygons that a person drew, as GeoJSON or WKT, made fit to be measured; EPSG:4326.

What can be put right without guessing is, and an issue says so; what would need a guess is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon

from geomap.errors import InputError
from geomap.geometry.geodesy import distance_m
from geomap.geometry.shapes import made
from geomap.models import Issue, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["drawn"]

_MOST_BYTES = 50_000_000
_MOST_POINTS = 2_000_000
_CLOSED = "a ring was open; it is closed straight from its last point to its first"
_SAME_M = 1.0
"""A ring whose ends are this near to each other is closed for all that a map can show."""
_FAR_M = 500_000.0
_NEAR_SHARE = 0.25
"""Coordinates change places for a drawing that lies further off than 500 km, and four times nearer turned."""
_WKT = re.compile(
    r"\s*(?:SRID\s*=\s*(?P<srid>\d+)\s*;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)", re.I
)
_LON_LAT = re.compile(r"(?:^|[:/#])(?:CRS84h?|(?:EPSG:.*:?)?4326|4979)$", re.IGNORECASE)
"""Names of the system that GeoJSON is in anyway (RFC 7946, 4): lon, lat on WGS 84."""


def drawn(source: str | Path | Mapping[str, Any], *, near: tuple[float, float] | None = None) -> Shape:
    """Return a line or polygons that a person drew, with what had to be put right as issues.

    Rings that are open are closed, edges that cross each other taken apart, heights left out, several features
    united, and what is cut at the antimeridian or runs across it made whole.

    Parameters
    ----------
    source
        GeoJSON as a mapping, as text or in a file; WKT or EWKT as text or in a file. Order lon, lat.
    near
        lon, lat in degrees of a spot that it should lie near: then coordinates in the order lat, lon are noticed also
        where they are possible as they are.

    Raises
    ------
    InputError
        It cannot be read, is too large, is empty, holds points only or lines beside polygons, is in a reference
        system that is not known, or its coordinates are no lon, lat.
    """
    name, parts, notes = _parsed(source)
    drawing = _Drawing(name)
    for note in notes:
        drawing.tell(note)
    geometries = [geometry for record in parts for geometry in drawing.geometries(record)]
    if not geometries:
        raise InputError(f"{name} is empty; draw a line or a polygon")
    _check_order(geometries, name, near)
    solid = [geometry for geometry in geometries if geometry.geom_type == "Polygon"]
    lines = [geometry for geometry in geometries if geometry.geom_type == "LineString"]
    if solid and lines:
        raise InputError(f"{name} holds {len(solid)} polygons and {len(lines)} lines; give one kind only")
    if solid:
        area = shapely.union_all([drawing.repaired(polygon) for polygon in solid])
        return made(area, f"{_counted(len(solid), 'polygon')} drawn in {name}", published=True, issues=drawing.issues)
    line = lines[0] if len(lines) == 1 else shapely.line_merge(MultiLineString(lines))
    return made(line, f"{_counted(len(lines), 'line')} drawn in {name}", published=True, issues=drawing.issues)


def _parsed(source: str | Path | Mapping[str, Any]) -> tuple[str, list[dict[str, Any]], list[str]]:
    """Return what the drawing is called, its geometries as GeoJSON each with its `crs`, and what was put right."""
    if not isinstance(source, str | Path):
        return "the GeoJSON given", list(_features(source, "the GeoJSON given")), []
    text, name = str(source), "the text given"
    if isinstance(source, Path) or not (text.lstrip().startswith(("{", "[")) or _WKT.match(text)):
        text, name = _content(Path(source)), str(source)
    if _WKT.match(text):
        return name, *_from_wkt(text, name)
    try:
        record = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(
            f"{name} is neither GeoJSON nor WKT: {error}; draw it anew, for example on geojson.io"
        ) from error
    return name, list(_features(record, name)), []


def _content(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise InputError(
                f"{path} has {size / 1e6:.0f} MB; simplify the drawing to less than {_MOST_BYTES / 1e6:.0f}"
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text in UTF-8, so no GeoJSON or WKT; export the drawing as GeoJSON") from error
    except (OSError, ValueError) as error:
        shown = f"{str(path)[:80]!r}"
        raise InputError(f"{shown} is no GeoJSON, no WKT and no file that can be read: {error}") from error


def _features(record: Any, name: str, crs: Any = None) -> Iterator[dict[str, Any]]:
    """Yield the geometries of GeoJSON, the innermost ones, each with the ``crs`` member that holds for it."""
    if not isinstance(record, dict) and not hasattr(record, "keys"):
        raise InputError(f"{name} is JSON but no GeoJSON object; its outermost member has to have a type")
    crs = record.get("crs", crs)
    kind = record.get("type")
    inner = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind))
    if inner:
        members = record.get(inner)
        if not isinstance(members, list):
            raise InputError(f"{name}: a {kind} without its list of {inner}; draw it anew")
        for member in members:
            yield from _features(member, name, crs)
    elif kind == "Feature":
        if record.get("geometry") is not None:
            yield from _features(record["geometry"], name, crs)
    else:
        yield {"type": kind, "coordinates": record.get("coordinates"), "crs": crs}


def _from_wkt(text: str, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the geometries of WKT, and whether rings had to be closed."""
    found = _WKT.match(text)
    srid = found["srid"] if found else None
    body = text.split(";", 1)[1] if srid else text
    notes = []
    try:
        with np.errstate(invalid="ignore"):
            geometry = shapely.from_wkt(body.strip())
    except shapely.GEOSException as error:
        # What is no WKT at all comes back as None; what has only open rings is closed.
        geometry = shapely.from_wkt(body.strip(), on_invalid="fix")
        if geometry is None:
            raise InputError(f"{name} is no WKT: {error}; write for example POLYGON ((lon lat, lon lat, …))") from error
        notes.append(_CLOSED)
    crs = {"properties": {"name": f"EPSG:{srid}"}} if srid else None
    parts = geometry.geoms if geometry.geom_type == "GeometryCollection" else [geometry]
    return [{**shapely.geometry.mapping(part), "crs": crs} for part in parts if not part.is_empty], notes


@dataclass
class _Drawing:
    """A drawing while it is read: what was put right is told once."""

    name: str
    issues: list[Issue] = field(default_factory=list)
    _points: int = 0

    def tell(self, message: str) -> None:
        self.issues.append(Issue("area", f"{self.name}: {message}"))

    def geometries(self, record: Mapping[str, Any]) -> Iterator[BaseGeometry]:
        """Yield the lines and polygons of a GeoJSON geometry.

        Raises
        ------
        InputError
            It is a point, or its coordinates are none.
        """
        crs, kind, held = record.get("crs"), record.get("type"), record.get("coordinates")
        if kind in {"Point", "MultiPoint"}:
            raise InputError(f"{self.name} holds points; draw a line or a polygon, or build an area around the place")
        if kind not in {"LineString", "MultiLineString", "Polygon", "MultiPolygon"}:
            raise InputError(f"{self.name}: {kind!r} is no GeoJSON geometry; draw a line or a polygon")
        for part in _listed(held, self.name) if kind.startswith("Multi") else [held]:
            if kind.endswith("Polygon"):
                yield from self._polygon(part, crs)
            elif part:
                yield LineString(self._positions(part, crs, least=2))

    def _polygon(self, rings: Any, crs: Any) -> Iterator[Polygon]:
        if not rings:
            return
        made_rings = [self._ring(ring, crs) for ring in _listed(rings, self.name)]
        lon = float(np.mean(made_rings[0][:, 0]))
        turns = [360.0 * round((lon - float(ring[:, 0].mean())) / 360.0) for ring in made_rings[1:]]
        holes = [ring + np.array([turn, 0.0]) for turn, ring in zip(turns, made_rings[1:], strict=True)]
        yield Polygon(made_rings[0], holes)

    def _ring(self, ring: Any, crs: Any) -> NDArray[np.float64]:
        points = self._positions(ring, crs, least=3)
        if not np.array_equal(points[0], points[-1]):
            if distance_m(*points[0], *points[-1]) > _SAME_M:
                self.tell(_CLOSED)
            points = np.vstack([points, points[:1]])
        if len(np.unique(points, axis=0)) < 3:
            raise InputError(f"{self.name}: a ring of fewer than three points encloses nothing; draw its other corners")
        return points

    def _positions(self, held: Any, crs: Any, *, least: int) -> NDArray[np.float64]:
        """Return positions as lon, lat, in one piece where they run across the antimeridian."""
        try:
            if any(len(position) > 2 for position in held):
                self.tell("heights are left out")
            points = np.array([position[:2] for position in held], dtype=np.float64).reshape(-1, 2)
        except (TypeError, ValueError, KeyError) as error:
            raise InputError(
                f"{self.name}: positions have to be lists of lon and lat: {error}; draw it anew"
            ) from error
        self._points += len(points)
        if self._points > _MOST_POINTS:
            raise InputError(f"{self.name} has more than {_MOST_POINTS:,} points; simplify the drawing")
        if len(points) < least:
            raise InputError(f"{self.name}: {len(points)} points make no line or ring; draw at least {least}")
        points = self._converted(points, crs)
        if not np.isfinite(points).all():
            raise InputError(f"{self.name}: a coordinate is no number; draw it anew")
        _check_range(points, self.name)
        steps = np.abs(np.diff(points[:, 0]))
        if ((steps > 180.0) & (steps < 360.0)).any():
            self.tell("it crosses the antimeridian, and is taken the short way")
            points[:, 0] = np.unwrap(points[:, 0], period=360.0)
        return points

    def _converted(self, points: NDArray[np.float64], crs: Any) -> NDArray[np.float64]:
        """Return positions in lon, lat where a ``crs`` member or an SRID says that they are in something else."""
        if crs is None:
            return points
        name = str((crs.get("properties") or {}).get("name") if hasattr(crs, "get") else crs)
        if _LON_LAT.search(name):
            return points
        from pyproj import CRS, Transformer
        from pyproj.exceptions import CRSError

        try:
            turn = Transformer.from_crs(CRS.from_user_input(name), "EPSG:4326", always_xy=True)
        except CRSError as error:
            raise InputError(f"{self.name} is in {name!r}, which is not known; export it in EPSG:4326") from error
        self.tell(f"converted from {name} to lon and lat (EPSG:4326)")
        return np.column_stack(turn.transform(points[:, 0], points[:, 1]))

    def repaired(self, polygon: Polygon) -> BaseGeometry:
        """Return a polygon whose edges crossed each other taken apart there."""
        if polygon.is_valid:
            return polygon
        why = shapely.is_valid_reason(polygon)
        self.tell(
            f"its edges cross or touch each other ({why}); it is taken apart there, and what they enclose is kept"
        )
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(polygon, method="linework")))
        area = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
        if area.is_empty:
            raise InputError(f"{self.name}: a ring encloses nothing; draw its corners apart from each other")
        return area


def _listed(held: Any, name: str) -> list[Any]:
    if held is None:
        return []
    if not isinstance(held, list | tuple):
        raise InputError(f"{name}: {held!r} is no list of coordinates; draw it anew")
    return list(held)


def _check_range(points: NDArray[np.float64], name: str) -> None:
    lon, lat = np.abs(points).max(axis=0)
    if lat > 90.0 and lon <= 90.0:
        raise InputError(f"{name}: latitudes reach {lat:g}°; its coordinates seem to be lat, lon; write lon before lat")
    if lat > 90.0 or lon > 360.0:
        raise InputError(f"{name}: {lon:g}, {lat:g} is no lon and lat in degrees; export the drawing in EPSG:4326")


def _check_order(geometries: list[BaseGeometry], name: str, near: tuple[float, float] | None) -> None:
    """Refuse a drawing that lies near where it should only when its coordinates change places."""
    if near is None:
        return
    west, south, east, north = shapely.total_bounds(np.array(geometries, dtype=object)).tolist()
    x, y = (west + east) / 2, (south + north) / 2
    if abs(x) > 90.0:
        return
    here, turned = distance_m(x, y, *near), distance_m(y, x, *near)
    if here > _FAR_M and turned < _NEAR_SHARE * here:
        raise InputError(
            f"{name} lies {here / 1000:,.0f} km from where it should, and {turned / 1000:,.0f} km when its coordinates "
            "change places; they seem to be lat, lon: write lon before lat"
        )


def _counted(number: int, word: str) -> str:
    return f"the {word}" if number == 1 else f"the {number} {word}s"
