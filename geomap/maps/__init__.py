"""Records to one interactive HTML page that needs no network."""
