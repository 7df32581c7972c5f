"""Names that the gazetteer does not know, asked of a service; only when told to."""

from geomap.gazetteer.online.service import NOMINATIM, Service, service_source

__all__ = ["NOMINATIM", "Service", "service_source"]
