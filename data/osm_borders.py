"""Countries of the world from the npm package @osm_borders/maritime_10m, for the recipes that need them.

The package holds one feature per country, its territorial sea included, as OpenStreetMap maps it on the ground.
"""

import json
from pathlib import Path

from inputs import archived
from shapely import make_valid
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.ops import unary_union

# Three features come with their three-letter code only.
MISSING_ISO2 = {"BES": "BQ", "CUW": "CW", "SXM": "SX"}


def countries(cache: Path) -> dict[str, Polygon | MultiPolygon]:
    """Return the polygon of each country by its ISO 3166-1 alpha-2 code, in code order."""
    path = archived("osm-borders", cache, "borders.geo.json")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = {}
    for feature in features:
        properties = feature["properties"]
        code = properties.get("isoA2") or MISSING_ISO2[properties["isoA3"]]
        parts = [shape(part) for part in feature["geometry"]["geometries"]]
        found[code] = make_valid(unary_union([make_valid(part) for part in parts]))
    return dict(sorted(found.items()))
