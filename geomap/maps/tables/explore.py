"""`explore`: any GeoDataFrame as a map of movements, areas, incidents and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.errors import InputError
from geomap.maps.tables.columns import ROLES, Columns
from geomap.maps.tables.own import layer_of, read_own
from geomap.maps.tables.parts import parts_of
from geomap.maps.tables.rows import Found, Reader
from geomap.models import Issue
from geomap.schema import CRS, Layer
from geomap.tables.cells import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geomap.maps.webmap import Map

__all__ = ["add_frame", "explore"]

POINTS = ("incidents", "places")

_HAPPENS = {"date", "kind", "actor"}  # what places do not have


def explore(
    frame: GeoDataFrame,
    *,
    points: str | None = None,
    name: str = "table",
    title: str | None = None,
    tiles: Any = None,
    colours: Mapping[str, str] | None = None,
    scope: str | None = None,
    **columns: Any,
) -> Map:
    """Return a map of a GeoDataFrame: lines as movements, polygons as areas, points as incidents or places.

    Columns are taken by their names: ``text``, ``label``, ``name``, ``actor``, ``status``, ``kind``, ``date`` and
    ``end`` (or ``start``, ``when``; days, moments with or without time zone, text), ``source``, ``title``, ``url``,
    ``published``, ``note``, ``confidence`` (0 to 1), ``precision_m``, ``how``. Another name is told by keyword:
    ``explore(frame, actor="group", date="event_date")``. What other columns hold is shown in the card of the row.
    The table is not taken to say more than it does: without a status a line is drawn as of unknown status. Tables that
    geomap made, such as ``scene.movements``, are drawn as in the scene.

    Parameters
    ----------
    frame
        In any CRS; without one its coordinates must be degrees. A third dimension is left out.
    points
        What points are: ``incidents`` or ``places``; None takes places, unless the table tells a date, a kind or an
        actor.
    name
        Of the table, in its issues and where no source is told.
    title, tiles, colours, scope
        As for :class:`geomap.Map`.
    **columns
        The column that says what is asked, by keyword as above, and further options of :class:`geomap.Map`.

    Raises
    ------
    InputError
        It is no GeoDataFrame, has no CRS and its coordinates are no degrees, or lacks a column that is named.
    """
    from geomap.maps.webmap import Map

    roles = {key: columns.pop(key) for key in list(columns) if key in ROLES}
    webmap = Map(title=title, tiles=tiles, colours=colours, scope=scope, **columns)
    return add_frame(webmap, frame, points=points, name=name, **roles)


def add_frame(
    webmap: Map, frame: GeoDataFrame, *, points: str | None = None, name: str = "table", **columns: str | None
) -> Map:
    """Add the rows of a GeoDataFrame to a map, as :func:`explore` does, and return the map.

    A row that cannot be drawn is an issue of the map.

    Raises
    ------
    InputError
        As for :func:`explore`.
    """
    if points is not None and points not in POINTS:
        raise InputError(f"points {points!r} are none of {', '.join(POINTS)}")
    table = _with_geometry(frame)
    issues: list[Issue] = []
    shapes = _in_degrees(table, name, issues)
    layer = layer_of(table.columns)
    if layer:
        found = read_own(layer, table, shapes, taken=_ids(webmap))
    else:
        found = _read(webmap, table, shapes, points=points, name=name, columns=columns)
    _add(webmap, found, issues)
    return webmap


def _with_geometry(frame: object) -> GeoDataFrame:
    import geopandas
    import pandas as pd

    if isinstance(frame, geopandas.GeoSeries):
        frame = frame.to_frame("geometry")
    elif isinstance(frame, pd.DataFrame) and layer_of(frame.columns) in {Layer.SOURCES, Layer.ISSUES}:
        frame = geopandas.GeoDataFrame(frame, geometry=[None] * len(frame), crs=CRS)  # as files give this layer back
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InputError(
            f"{type(frame).__name__} is no GeoDataFrame; make one with geopandas.GeoDataFrame(table, geometry=…)"
        )
    try:
        _ = frame.geometry
    except AttributeError as error:
        raise InputError("the GeoDataFrame has no active geometry; choose one with frame.set_geometry(…)") from error
    return frame


def _in_degrees(frame: GeoDataFrame, name: str, issues: list[Issue]) -> list[BaseGeometry | None]:
    """Return the geometries in EPSG:4326 and two dimensions."""
    series = frame.geometry
    if series.crs is None:
        west, south, east, north = np.nan_to_num(series.total_bounds)
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise InputError(
                f"the table has no CRS, and its coordinates (x to {east:g}, y to {north:g}) are no degrees; "
                "say what they are with frame.set_crs('EPSG:…')"
            )
        if len(series):
            issues.append(
                Issue("load", "the table has no CRS; its coordinates were taken as degrees (EPSG:4326)", name)
            )
    else:
        try:
            series = series.to_crs(CRS)
        except Exception as error:
            raise InputError(f"the table's CRS {series.crs.name!r} cannot be turned into degrees: {error}") from error
    return list(shapely.force_2d(series.to_numpy()))


def _read(
    webmap: Map,
    table: GeoDataFrame,
    shapes: list[BaseGeometry | None],
    *,
    points: str | None,
    name: str,
    columns: Mapping[str, str | None],
) -> Found:
    kinds = [str(dtype) for dtype in table.dtypes]
    numbers = [at for at, dtype in enumerate(table.dtypes) if getattr(dtype, "kind", "O") in "iuf"]
    shaped = [at for at, kind in enumerate(kinds) if kind == "geometry"]
    known = Columns.of(list(table.columns), columns, without=shaped, numbers=numbers)
    happen = points == "incidents" if points else not _HAPPENS.isdisjoint(known.places)
    taken = _ids(webmap)
    reader = Reader(known, _free(name, taken), taken=taken, points_happen=happen)
    for number, (row, parts) in enumerate(zip(_texts(table, shaped), parts_of(shapes), strict=True), 1):
        if parts.why_not:
            label = known.text(row, "label") or known.text(row, "text")
            told = f"row {number}{f', {label!r}' if label else ''}: {parts.why_not}"
            reader.found.issues.append(Issue("draw", told, reader.name))
        else:
            reader.read(number, row, parts)
    return reader.found


def _texts(table: GeoDataFrame, shaped: Collection[int]) -> Iterator[tuple[str, ...]]:
    """Return the rows of a table with their cells as text, column by column; geometries are told elsewhere."""
    columns = [
        [""] * len(table) if at in shaped else list(map(text_of, table.iloc[:, at].astype(object)))
        for at in range(table.shape[1])
    ]
    return zip(*columns, strict=True)


def _ids(webmap: Map) -> set[str]:
    story = webmap.story
    items = {item.id for group in (story.movements, story.areas, story.incidents) for item in group}
    return items | {report.id for report in story.reports}


def _free(name: str, taken: set[str]) -> str:
    """Return the name of a table as no other of the map has it."""
    made, number = name, 2
    while made in taken:
        made, number = f"{name}-{number}", number + 1
    return made


def _add(webmap: Map, found: Found, issues: list[Issue]) -> None:
    for report in found.reports.values():
        webmap.add_report(report)
    for movement in found.movements:
        webmap.add_movement(movement)
    for area in found.areas:
        webmap.add_area(area)
    for incident in found.incidents:
        webmap.add_incident(incident)
    for place in found.places:
        webmap.add_place(place)
    for issue in (*issues, *found.issues):
        webmap.add_issue(issue)
    webmap.story.shown.update(found.shown)
