"""Movements as trajectories of movingpandas: only those whose ends and days are told."""

from __future__ import annotations

import logging
import warnings
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from geomap.errors import InputError
from geomap.features import route_line
from geomap.geometry.geodesy import cumulative_m
from geomap.models import Status
from geomap.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from movingpandas import TrajectoryCollection

    from geomap.models import Event, Movement, PlaceRef

__all__ = ["trajectories"]

logger = logging.getLogger(__name__)

_HAPPENED = frozenset([Status.COMPLETED, Status.ONGOING])


def trajectories(events: Iterable[Event]) -> TrajectoryCollection:
    """Return the movements that are surely trips from one spot to another on told days, one trajectory each.

    Left out are planned, ordered and denied movements, those without a day of their own, those of which an end is not
    known, is several places, or is an area such as a country, and those whose line is not in one piece.

    A report tells days, no hours. Each trip is taken to leave as its first day begins and to arrive as its last one
    ends, at a steady pace along its line: it was no faster than what its days allow only if they are right, and where
    it was in between is a guess, which the column `fix` says ("told" at the ends, "guessed" between them). Moments have
    no time zone, as days have none.

    Parameters
    ----------
    events
        Movements as all reports together tell them.

    Returns
    -------
    movingpandas.TrajectoryCollection
        In EPSG:4326; by `movement`, the id, with `actor`, `kind`, `status`, `how` the line was obtained, and `fix`.

    Raises
    ------
    InputError
        There is no such movement, or movingpandas is not installed.
    """
    import geopandas
    import shapely

    told = [event.lead for event in events]
    trips = [movement for movement in told if _is_trip(movement)]
    if not trips:
        raise InputError(
            f"none of {len(told)} movements is a trajectory: those have a day, and a spot at either end, and happened"
        )
    logger.info("%d of %d movements are trajectories", len(trips), len(told))
    rows = [row for movement in trips for row in _fixes(movement)]
    points = shapely.points([row.pop("at") for row in rows])
    frame = geopandas.GeoDataFrame(rows, geometry=points, crs=CRS)
    return _collection()(frame, traj_id_col="movement", t="t")


def _collection() -> type[TrajectoryCollection]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of smoothers that nobody asked for
            from movingpandas import TrajectoryCollection
    except ImportError as error:
        raise InputError("trajectories need movingpandas; install it with: pip install 'geomap[interop]'") from error
    return cast("type[TrajectoryCollection]", TrajectoryCollection)


def _is_trip(movement: Movement) -> bool:
    route = movement.route
    return (
        movement.status in _HAPPENED
        and movement.date is not None
        and _is_spot(movement.origin)
        and _is_spot(movement.destination)
        and route is not None
        and not (route.open_start or route.open_end)
        and getattr(route_line(route), "geom_type", None) == "LineString"
    )


def _is_spot(end: tuple[PlaceRef, ...]) -> bool:
    return len(end) == 1 and end[0].place is not None and not end[0].place.is_spread


def _fixes(movement: Movement) -> Iterator[dict[str, Any]]:
    """Yield the vertices of a line with the moments at which a steady pace passes them."""
    import numpy as np

    assert movement.date is not None
    assert movement.route is not None
    points = np.array(route_line(movement.route).coords)[:, :2]  # type: ignore[union-attr]
    passed = cumulative_m(points)
    start = datetime.combine(movement.date.start, time())
    whole = timedelta(days=movement.date.days)
    about = {
        "movement": movement.id,
        "actor": movement.actor,
        "kind": movement.kind.value,
        "status": movement.status.value,
        "how": "; ".join(dict.fromkeys(leg.how.value for leg in movement.route.legs)),
    }
    last, seen = len(points) - 1, set()
    for number, (point, metres) in enumerate(zip(points, passed, strict=True)):
        moment = start + whole * float(metres / passed[-1])
        if moment not in seen:  # two vertices in one spot are one fix
            seen.add(moment)
            yield {**about, "t": moment, "fix": "told" if number in {0, last} else "guessed", "at": point}
