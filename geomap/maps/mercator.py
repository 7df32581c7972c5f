"""The projection of web maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_LAT", "ordinate"]

MOST_LAT = 85.0
"""Latitude in degrees at which web maps end, rounded towards the equator."""


def ordinate(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the heights of latitudes on a Web Mercator map, in degrees of longitude at the equator.

    Snyder, Map Projections: A Working Manual (1987), equation 7-2a, for the sphere.
    """
    height: NDArray[np.float64] = np.degrees(np.arcsinh(np.tan(np.radians(lat))))
    return height
