"""The outlines of places that are areas: countries, their first-level units, and regions made of such units."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Point

from geomap.datasets import data_path
from geomap.errors import DataError, UnknownBorderError
from geomap.geometry.borders import country
from geomap.geometry.geodesy import buffer_m

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["admin1", "circle", "is_region", "outline"]

KEPT = 256
"""Units whose outlines are kept: those of all the world take fifty megabytes."""


@dataclass(frozen=True, eq=False)
class _Units:
    """The outlines of all first-level units, as ragged arrays; see `data/build_admin1.py`."""

    rows: dict[str, int]
    xy: NDArray[np.float64]
    offsets: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

    def outline(self, code: str) -> BaseGeometry:
        rings, polygons, parts = self.offsets
        row = self.rows[code]
        first, last = parts[row], parts[row + 1]
        made = []
        for polygon in range(first, last):
            lines = [self.xy[rings[ring] : rings[ring + 1]] for ring in range(polygons[polygon], polygons[polygon + 1])]
            made.append(shapely.Polygon(lines[0], lines[1:]))
        return shapely.union_all(shapely.make_valid(made))


def outline(place: Place) -> BaseGeometry | None:
    """Return the polygon of a country, first-level unit or listed region in EPSG:4326, or None where none is known.

    Countries come from OpenStreetMap, right within 50 m on land and 2 km at the coast; units from Natural Earth, right
    within a kilometre or two; a region is the union of the units that make it up (`data/curated/region_units.csv`); a
    place told by where it lies to others has its own.
    """
    if place.geometry is not None:
        return place.geometry
    if place.is_country and place.country:
        try:
            return country(place.country)
        except UnknownBorderError:
            return None
    if place.feature == "A.ADM1" and place.admin1_code:
        return admin1(place.admin1_code)
    codes = _regions().get(place.name.casefold(), ()) if is_region(place) else ()
    found = [admin1(code) for code in codes]
    # With a unit missing the region would look smaller than it is.
    return shapely.union_all(found) if found and None not in found else None


@lru_cache(maxsize=KEPT)
def admin1(code: str) -> BaseGeometry | None:
    """Return the polygon of a first-level unit by its GeoNames code, such as "SY.02", or None where none is known."""
    units = _units()
    if code not in units.rows:
        return None
    try:
        # The two sources draw the national border a little differently; the finer one holds.
        return shapely.intersection(units.outline(code), country(code[:2]))
    except UnknownBorderError:
        return units.outline(code)


def circle(place: Place) -> BaseGeometry:
    """Return what surely holds the place: the circle of its precision round its point, cut to its country."""
    disc = buffer_m(Point(place.lon, place.lat), place.precision_m)
    try:
        inside = shapely.intersection(disc, country(place.country)) if place.country else disc
    except UnknownBorderError:
        return disc
    return disc if inside.is_empty else inside


def is_region(place: Place) -> bool:
    """Whether the place is an area with an inside, other than a country: a line may end at its edge."""
    return place.is_area and not place.is_country and not place.feature.startswith(("R", "H"))


@cache
def _units() -> _Units:
    path = data_path("admin1.npz")
    try:
        with path.open("rb") as opened, np.load(opened) as data:
            rows = {code: row for row, code in enumerate(data["units"].tolist())}
            xy = np.cumsum(data["xy"], axis=0) / 1e4
            return _Units(rows, xy, (data["rings"], data["polygons"], data["parts"]))
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the outlines {path} cannot be read: {error}; install geomap again") from error


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    path = data_path("region_units.csv")
    try:
        with path.open(encoding="utf-8") as opened:
            return {row["name"].casefold(): tuple(row["units"].split()) for row in csv.DictReader(opened)}
    except (OSError, KeyError) as error:
        raise DataError(f"the regions {path} cannot be read: {error}; install geomap again") from error
