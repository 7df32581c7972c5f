"""A scene for other libraries: trajectories for movingpandas, layers of lonboard and pydeck for very large ones.

Each library is asked for only where it is used; `geomap.scene.Scene` has a method for each.
"""
