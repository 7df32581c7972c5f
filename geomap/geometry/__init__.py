"""Places to lines and polygons, in metres on the ellipsoid."""
