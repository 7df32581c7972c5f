"""Points on the unit sphere, so that the nearest of many are found at any latitude and across the antimeridian."""

import numpy as np
from numpy.typing import NDArray

EARTH_M = 6_371_000.0
"""Mean radius of the earth: a chord of the unit sphere times it is nearly a distance in metres."""


def on_sphere(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return lon, lat in degrees as x, y, z; a chord of it times the earth's radius is nearly the distance."""
    lon, lat = np.radians(points).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
