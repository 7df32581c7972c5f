"""What is in a page: its data, which it holds deflated."""

from __future__ import annotations

import re

from geomap.maps.packing import unpack


def data_of(html: str) -> dict:
    """Return the values of a page's data."""
    return unpack(re.search(r'id="geomap-data">(.*?)</script>', html, re.DOTALL)[1])[0]
