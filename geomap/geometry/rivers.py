"""The courses of rivers known by name, from their source to their mouth; EPSG:4326."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.datasets import data_path
from geomap.errors import DataError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.models import Place

__all__ = ["course", "rivers"]


def course(place: Place) -> BaseGeometry | None:
    """Return the course of a river as a line that runs downstream, or None where none is known.

    From the World Data Bank II, right within about 2 km; see `data/build_rivers.py`.

    Raises
    ------
    DataError
        The file of courses is missing or damaged.
    """
    return rivers().get(place.name.casefold()) if place.feature.startswith("H.STM") else None


@cache
def rivers() -> dict[str, BaseGeometry]:
    """Return the courses by the river's name in the gazetteer, in lower case.

    Raises
    ------
    DataError
        The file of courses is missing or damaged.
    """
    path = data_path("rivers.npz")
    try:
        with path.open("rb") as opened, np.load(opened) as data:
            names = [name.casefold() for name in data["names"].tolist()]
            steps = np.split(data["steps"], np.cumsum(data["sizes"])[:-1])
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"the rivers {path} cannot be read: {error}; install geomap again") from error
    return {name: shapely.linestrings(np.cumsum(own, axis=0) / 1e4) for name, own in zip(names, steps, strict=True)}
