"""Styles for QGIS, as it keeps them in a GeoPackage: the map's look as symbols, rules, labels and map tips."""
