"""The ground of the map: the part of the shipped world that a page shows, cut, simplified and named."""
