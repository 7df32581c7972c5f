"""GeoDataFrames as records of a map: the user's own, and those that geomap writes."""
