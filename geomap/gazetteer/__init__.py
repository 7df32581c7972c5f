"""Names to coordinates, offline."""
