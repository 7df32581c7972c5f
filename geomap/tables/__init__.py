"""Tables that people prepare or correct, and those that geomap writes itself, read back as readings."""
