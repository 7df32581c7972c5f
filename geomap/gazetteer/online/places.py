"""What a service answers, as places: which of the things it found are places that reports name, and where they lie."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from geomap.gazetteer.feature_codes import precision_m
from geomap.gazetteer.index import distance_m
from geomap.gazetteer.names import bones, key, split_generic, without_article
from geomap.models import Place

__all__ = ["Answer", "alike", "place_of"]

ALIKE = 0.9
"""Least likeness of the name asked for and one that a service gives, by Jaro and Winkler."""
LEAST_M, MOST_M = 300.0, 3_000_000.0
"""Bounds of the radius that a place gets from the box a service gives."""
DEFAULT_M = 5000.0

_PLACES = {
    "country": "A.PCLI", "state": "A.ADM1", "province": "A.ADM1", "region": "L.RGN", "county": "A.ADM2",
    "district": "A.ADM2", "municipality": "A.ADM3", "city": "P.PPL", "town": "P.PPL", "village": "P.PPL",
    "hamlet": "P.PPL", "isolated_dwelling": "P.PPL", "farm": "P.PPL", "allotments": "P.PPLX", "suburb": "P.PPLX",
    "borough": "P.PPLX", "quarter": "P.PPLX", "neighbourhood": "P.PPLX", "city_district": "P.PPLX",
    "locality": "L.LCTY", "island": "T.ISL", "islet": "T.ISLT", "archipelago": "T.ISLS", "sea": "H.SEA",
}  # fmt: skip
_FEATURES = {
    "place": _PLACES,
    "boundary": {**_PLACES, "administrative": "A.ADMD", "national_park": "L.PRK", "protected_area": "L.RES"},
    "natural": {
        "peak": "T.MT", "hill": "T.HLL", "mountain_range": "T.MTS", "ridge": "T.RDGE", "saddle": "T.PASS",
        "volcano": "T.VLC", "valley": "T.VAL", "gorge": "T.GRGE", "plateau": "T.PLAT", "desert": "T.DSRT",
        "peninsula": "T.PEN", "cape": "T.CAPE", "bay": "H.BAY", "strait": "H.STRT", "water": "H.LK", "wood": "V.FRST",
        "wetland": "H.MRSH", "oasis": "L.OAS",
    },
    "water": {"lake": "H.LK", "reservoir": "H.RSV", "lagoon": "H.LGN", "river": "H.STM"},
    "waterway": {"river": "H.STM", "wadi": "H.WAD", "stream": "H.STM", "canal": "H.CNL", "dam": "S.DAM"},
    "aeroway": {"aerodrome": "S.AIRP", "airstrip": "S.AIRF", "heliport": "S.AIRH"},
    "military": {"airfield": "S.AIRB", "naval_base": "L.NVB", "checkpoint": "S.PSTP", "": "S.INSM"},
    "landuse": {"military": "S.INSM", "industrial": "L.INDS", "forest": "V.FRST", "quarry": "S.MN"},
    "barrier": {"border_control": "S.PSTB", "checkpoint": "S.PSTP"},
    "amenity": {"prison": "S.PRN", "refugee_site": "S.CMPRF", "border_control": "S.PSTB", "checkpoint": "S.PSTP"},
    "railway": {"station": "S.RSTN", "halt": "S.RSTN", "junction": "S.RSTJ"},
    "man_made": {"bridge": "S.BDG", "petroleum_well": "L.OILF", "gasometer": "L.GASF", "mineshaft": "S.MN"},
    "power": {"plant": "S.PS"},
    "highway": {"motorway_junction": "R.RDJCT"},
    "tunnel": {"": "R.TNL"},
    "industrial": {"oil": "S.OILR", "refinery": "S.OILR", "mine": "S.MN", "port": "L.PRT"},
    "historic": {"fort": "S.FT", "archaeological_site": "S.ANS", "castle": "S.FT"},
}  # fmt: skip
"""OpenStreetMap's main tags (https://wiki.openstreetmap.org/wiki/Map_features) of what reports name, and the code for
it; under "" any other value. Shops, streets and offices bear the names of places everywhere: they are left out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a service found, as it is kept in the cache."""

    lat: float
    lon: float
    address: str
    raw: Mapping[str, object]
    """The service's own record."""

    def plain(self) -> dict[str, object]:
        """Return the answer as JSON can hold it."""
        return asdict(self)


def place_of(answer: Answer, service: str, country_at: Callable[[float, float], str | None]) -> Place | None:
    """Return the place that an answer is, or None where it is a thing that reports do not name.

    Parameters
    ----------
    answer
        What the service said.
    service
        Its name, which becomes the place's source.
    country_at
        Tells the country of a position, where the service does not.
    """
    feature = _feature(answer.raw)
    if feature is None or not _is_position(answer):
        return None
    osm = answer.raw.get("osm_type"), answer.raw.get("osm_id")
    own_id = f"osm:{osm[0]}/{osm[1]}" if all(osm) else f"{service}:{answer.lat:.5f},{answer.lon:.5f}"
    name = next(_names(answer), answer.address)
    return Place(
        own_id, name, lon=round(answer.lon, 6), lat=round(answer.lat, 6),
        country=_country(answer.raw) or country_at(answer.lon, answer.lat), admin1=_state(answer.raw), feature=feature,
        precision_m=_radius(answer) or precision_m(feature) or DEFAULT_M, source=service,
        note=answer.address or None,
    )  # fmt: skip


def alike(name: str, answer: Answer) -> bool:
    """Return whether a thing bears the name that was asked for, and not only a word of it."""
    from rapidfuzz.distance import JaroWinkler

    asked = _own_part(name)
    for given in _names(answer):
        theirs = _own_part(given)
        if asked == theirs or (bones(asked) == bones(theirs) and len(bones(asked)) > 1):
            return True
        if JaroWinkler.similarity(asked.replace(" ", ""), theirs.replace(" ", "")) >= ALIKE:
            return True
    return False


def _own_part(name: str) -> str:
    generic = split_generic(name)
    return without_article(generic.core if generic else key(name))


def _names(answer: Answer) -> Iterator[str]:
    """Yield the names of a thing, the one it is shown under first."""
    if isinstance(name := answer.raw.get("name"), str) and name:
        yield name
    if isinstance(details := answer.raw.get("namedetails"), Mapping):
        yield from (part for value in details.values() for part in str(value).split(";") if part.strip())
    if isinstance(properties := answer.raw.get("properties"), Mapping) and isinstance(properties.get("name"), str):
        yield str(properties["name"])
    if answer.address:
        yield answer.address.partition(",")[0].strip()


def _feature(raw: Mapping[str, object]) -> str | None:
    """Return the code of a thing; of a service that does not speak of OpenStreetMap's kinds, that of a town."""
    inner = raw.get("properties")
    record = inner if isinstance(inner, Mapping) else raw
    category = record.get("category") or record.get("class") or record.get("osm_key")
    kind = record.get("addresstype") if category == "boundary" else record.get("type") or record.get("osm_value")
    if not isinstance(category, str):
        return "P.PPL"
    known = _FEATURES.get(category, {})
    own = record.get("osm_value") or record.get("type") or ""
    return known.get(str(kind)) or known.get(str(own)) or known.get("")


def _is_position(answer: Answer) -> bool:
    return math.isfinite(answer.lat) and math.isfinite(answer.lon) and abs(answer.lat) <= 90 and abs(answer.lon) <= 180


def _radius(answer: Answer) -> float | None:
    """Return the distance in metres from the point to the farthest corner of the box that a service gives, if any."""
    box = answer.raw.get("boundingbox")
    if not isinstance(box, Sequence) or isinstance(box, str) or len(box) != 4:
        return None
    try:
        south, north, west, east = (float(side) for side in box)
    except (TypeError, ValueError):
        return None
    corners = [(lon, lat) for lon in (west, east) for lat in (south, north)]
    farthest = max(distance_m(answer.lon, answer.lat, *corner) for corner in corners)
    return round(min(max(farthest, LEAST_M), MOST_M), -2)


def _country(raw: object) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that stands somewhere in a record, however the service calls it."""
    for name, value in _pairs(raw):
        plain = name.lower().replace("_", "").replace("-", "")
        if plain == "countrycode" and isinstance(value, str) and len(value) == 2 and value.isalpha():
            return value.upper()
    return None


def _state(raw: object) -> str | None:
    found = {name: value for name, value in _pairs(raw) if isinstance(value, str)}
    return found.get("state") or found.get("province") or found.get("region")


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    """Yield the names and values of a record and of the records in it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name), inner
            yield from _pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner)
