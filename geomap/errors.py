"""One tree of errors. Each message says what is wrong, the value, and what to do."""

__all__ = [
    "DataError",
    "GeomapError",
    "InputError",
    "NoRouteError",
    "OutputError",
    "ServiceError",
    "UnknownBorderError",
    "UnknownPlaceError",
    "UnknownRoadError",
]


class GeomapError(Exception):
    """Base of every error geomap raises on purpose."""


class InputError(GeomapError, ValueError):
    """A report, table or argument cannot be used as it is."""


class OutputError(GeomapError, OSError):
    """An output file cannot be written; what stood there before is untouched."""


class DataError(GeomapError, RuntimeError):
    """A shipped or installed data file is missing, damaged or of another version."""


class ServiceError(GeomapError, ConnectionError):
    """A service on the network did not answer, refused, or answered with what cannot be used."""


class UnknownPlaceError(GeomapError, LookupError):
    """No place of that name is known, or the name fits several places equally well."""


class UnknownRoadError(GeomapError, LookupError):
    """No named road of that name or reference is known."""


class UnknownBorderError(GeomapError, LookupError):
    """The two countries share no land border, or a country code is unknown."""


class NoRouteError(GeomapError, LookupError):
    """The road network does not connect the two places."""
