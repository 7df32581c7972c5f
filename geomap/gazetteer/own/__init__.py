"""Places of the user's own: tables and GeoNames' country dumps, read, checked and kept beside the shipped store."""
