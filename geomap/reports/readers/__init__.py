"""Readers: what turns a report into a reading. The rules of this package are one, a model at an endpoint another."""

from geomap.reports.readers.endpoint import EndpointReader
from geomap.reports.readers.protocol import Reader, RuleReader

__all__ = ["EndpointReader", "Reader", "RuleReader"]
