"""The geometries of a table: in degrees, in two dimensions, valid, or said to be of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

__all__ = ["from_wkt", "in_degrees", "kind_of", "parts_of", "usable"]


def in_degrees(series: GeoSeries, problems: list[str]) -> list[BaseGeometry | None]:
    """Return geometries in EPSG:4326; none of them where it cannot be known what their coordinates are."""
    if series.crs is None:
        west, south, east, north = series.total_bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90) and series.notna().any():
            problems.append(
                f"has no CRS, and its coordinates (x to {east:g}, y to {north:g}) are no degrees, so that no geometry "
                "was read; save it with its CRS"
            )
            return [None] * len(series)
        return list(series)
    try:
        return list(series.to_crs(CRS))
    except Exception as error:  # noqa: BLE001 - projections fail in many ways
        problems.append(f"its CRS {series.crs.name!r} cannot be turned into degrees: {error}")
        return [None] * len(series)


def from_wkt(text: str) -> BaseGeometry | None:
    """Return the geometry of a text in well-known text, degrees; None where it is empty.

    Raises
    ------
    ValueError
        It is none.
    """
    import shapely

    if not text:
        return None
    try:
        return shapely.from_wkt(text.partition(";")[2] if text.upper().startswith("SRID=") else text)
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error


def usable(shape: BaseGeometry | None, problems: list[str]) -> BaseGeometry | None:
    """Return a geometry in two dimensions and valid, or None where it is empty or nowhere; what is wrong is told."""
    import numpy as np
    import shapely

    if shape is None or shape.is_empty:
        return None
    flat = shapely.force_2d(shape)
    if flat.geom_type.startswith("Multi") and shapely.get_num_geometries(flat) == 1:
        flat = shapely.get_geometry(flat, 0)  # programs that hold one kind of geometry make several parts of each
    points = shapely.get_coordinates(flat)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    if not np.isfinite(points).all() or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        problems.append(
            f"its {kind_of(flat)} cannot be used: bounds {west:g}, {south:g}, {east:g}, {north:g} are no degrees of "
            "longitude and latitude"
        )
        return None
    if flat.is_valid or kind_of(flat) == "line":
        return _without_points_alike(flat, problems)
    problems.append(f"its outline crosses itself ({shapely.is_valid_reason(flat)}); read as the area it encloses")
    mended = shapely.make_valid(flat, method="structure", keep_collapsed=False)
    return None if mended.is_empty else mended


def _without_points_alike(shape: BaseGeometry, problems: list[str]) -> BaseGeometry | None:
    """Return lines without the parts that have no length."""
    import shapely

    if kind_of(shape) != "line":
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.length > 0]
    if not parts:
        problems.append("its line has no length, so that it was not read")
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiLineString(parts)


def kind_of(shape: BaseGeometry | None) -> str:
    """Return point, line, area or collection; an empty text for no geometry."""
    if shape is None:
        return ""
    kinds = {"Point": "point", "Line": "line", "Polygon": "area"}
    return next((kind for name, kind in kinds.items() if name in shape.geom_type), "collection")


def parts_of(shape: BaseGeometry) -> Sequence[BaseGeometry]:
    """Return the parts of a geometry, also of one that has only one."""
    import shapely

    return list(shapely.get_parts(shape))
