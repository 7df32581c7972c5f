"""The places of a table's rows: those it tells itself, those the gazetteer knows, and those a person moved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from geomap.models import Place, PlaceRef
from geomap.schema import Layer
from geomap.tables.cells import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.tables.rows import Row

__all__ = ["Places", "Resolve", "moved", "only_words", "spot"]

Position = tuple[float, float, float | None]
"""Longitude and latitude in degrees, and the radius that surely holds the place in metres where it is told."""

BY_HAND = "put here by hand"
_AS_WRITTEN = "as the table has it"
_AREA_M = 25_000.0
"""A place that is known no better than this is an area, never a dot, where its id tells nothing."""
_TOLD = re.compile(r"relation:.*@(-?[\d.]+),(-?[\d.]+)$")
"""The id of a place told by others ends with its latitude and longitude."""
_TOLD_BY_ROWS = ("name", "lon", "lat", "country", "admin1", "feature", "precision_m", "local_name")
"""What the layer of places tells of a place."""
_UNKNOWN = "-"
_SPOT_M = 500.0
"""Radius of a point that was put into an area by hand: no better than that is a click on a map."""


class Resolve(Protocol):
    """Turns a place name, id or ``lat,lon`` into a place."""

    def __call__(self, name: str, near: tuple[float, float] | None = None) -> PlaceRef:
        """Return the place of a name, likely near a longitude and latitude in degrees."""


def only_words(name: str, near: tuple[float, float] | None = None) -> PlaceRef:  # noqa: ARG001
    """Return a name without a place."""
    return PlaceRef(name)


@dataclass(slots=True)
class Places:
    """The places of one file.

    Parameters
    ----------
    resolve
        Asks the gazetteer.
    """

    resolve: Resolve
    told: dict[str, Place] = field(default_factory=dict)
    """By id, places that rows of the layer of places tell."""
    reasons: dict[str, str] = field(default_factory=dict)
    """By id, how these places were chosen."""
    moved: dict[tuple[str, str], Place | None] = field(default_factory=dict)
    """By report and words, what a person says that these words mean; None where that was said in two ways."""
    _asked: dict[str, PlaceRef] = field(default_factory=dict)

    def ask(self, name: str) -> PlaceRef:
        """Return what the gazetteer says of a name, id or position; each is asked once."""
        if name not in self._asked:
            self._asked[name] = self.resolve(name)
        return self._asked[name]

    def known(self, place: Place, words: str = "") -> Place:
        """Return a place with all that a table does not hold of it; where it lies is as the table says."""
        full = self.by_id(place.id, words)
        if full is None:
            return place
        return replace(full, name=place.name, lon=place.lon, lat=place.lat, precision_m=place.precision_m)

    def by_id(self, place_id: str, words: str = "") -> Place | None:
        """Return the place of an id, by its row, by the gazetteer, or by the words that have told of it."""
        told = _TOLD.match(place_id)
        found = self._told_again(words, float(told[2]), float(told[1])) if told else self.ask(place_id).place
        full = found if found is not None and found.id == place_id else None
        row = self.told.get(place_id)
        if full is None or row is None:
            return full or row
        return replace(full, **{name: getattr(row, name) for name in _TOLD_BY_ROWS})

    def _told_again(self, words: str, lon: float, lat: float) -> Place | None:
        """Return what words mean near where they were once found to mean something."""
        return self.resolve(words, near=(lon, lat)).place if words else None

    def refs(self, row: Row, end: str, prefix: str | None = None) -> tuple[PlaceRef, ...]:
        """Return the places of a row, as they were written or as a person has corrected them.

        Parameters
        ----------
        row
            The row.
        end
            The column of their names; ``{end}_text`` and ``{end}_place`` hold their words and ids.
        prefix
            Start of the columns with the longitude, latitude and radius of the first; None where there are none.
        """
        if not row.is_own:
            return self._moved(row, tuple(self.ask(name) for name in row.listed(end)), prefix, given=True)
        if f"{end}_place" in row.changed and row.listed(f"{end}_place"):
            found = self._by_new_ids(row, end)
            return self._moved(row, found, prefix, given=False)
        written = self._written(row, end, _positions(row, end, prefix))
        if end in row.changed:
            known = {
                name.casefold(): ref for ref in written for name in (ref.text, ref.place and ref.place.name) if name
            }
            named = tuple(known.get(name.casefold()) or self.ask(name) for name in row.listed(end))
            return self._moved(row, named, prefix, given=False)
        followed = self._followed(row, written)
        if followed != written:
            row.follow(end)
        return self._moved(row, followed, prefix, given=False)

    def _written(self, row: Row, end: str, positions: Sequence[Position]) -> tuple[PlaceRef, ...]:
        """Return places as geomap wrote them; `positions` are those of the known ones, as far as the row has them."""
        words, ids = row.listed(f"{end}_text"), row.listed(f"{end}_place")
        names = row.listed(end) if end not in row.changed else ()
        texts = words or names
        left = list(positions)
        found = []
        for number, text in enumerate(texts):
            own = ids[number] if number < len(ids) and ids[number] != _UNKNOWN else None
            at = left.pop(0) if own and left else None
            place = self._at(own, text, at) if own else None
            if place is not None and len(names) == len(texts):
                place = replace(place, name=names[number])
            reason = self.reasons.get(own or "", _AS_WRITTEN) if place else "the table does not say where it is"
            found.append(PlaceRef(text, place, reason))
        return tuple(found)

    def _at(self, own: str, text: str, at: Position | None) -> Place | None:
        """Return the place of an id where a row has it; None where nobody knows where it is."""
        place = self.by_id(own, text)
        if at is None:
            return place
        lon, lat, radius = at
        if place is None:
            return spot(own, text, lon, lat, radius or 0.0)
        return replace(place, lon=lon, lat=lat, precision_m=place.precision_m if radius is None else radius)

    def _followed(self, row: Row, refs: tuple[PlaceRef, ...]) -> tuple[PlaceRef, ...]:
        """Return places that a person has corrected where the report mentions them, under the same words."""
        report = row.text("report_id")
        found = []
        for ref in refs:
            place = self.moved.get((report, ref.text.casefold()))
            found.append(replace(ref, place=place, reason=BY_HAND) if place else ref)
        return tuple(found)

    def _by_new_ids(self, row: Row, end: str) -> tuple[PlaceRef, ...]:
        ids, words = row.listed(f"{end}_place"), row.listed(f"{end}_text")
        found = []
        for number, own in enumerate(ids):
            place = self.by_id(own)
            if place is None:
                row.problems.append(f"{end}_place {own!r} is the id of no known place; look it up with geomap find")
            text = words[number] if number < len(words) else (place.name if place else own)
            found.append(PlaceRef(text, place, BY_HAND))
        return tuple(found)

    def _moved(self, row: Row, refs: tuple[PlaceRef, ...], prefix: str | None, *, given: bool) -> tuple[PlaceRef, ...]:
        """Return places, the first of them where a person has put it."""
        if prefix is None or not (given or row.ends(_spot_columns(prefix))):
            return refs
        cells = _cells(row, prefix)
        if cells is None:
            return refs
        lon, lat, radius = cells
        first = next((number for number, ref in enumerate(refs) if ref.place), 0)
        old = refs[first] if refs else PlaceRef(f"{lat:.5f}, {lon:.5f}")
        is_spot = old.place is None and radius is not None and radius <= _AREA_M
        told = radius if given or is_spot or f"{prefix}precision_m" in row.changed else None
        new = replace(old, place=moved(old.place, old.text, lon, lat, told), reason=BY_HAND, alternatives=())
        return (*refs[:first], new, *refs[first + 1 :])


def _spot_columns(prefix: str) -> tuple[str, str, str]:
    return (f"{prefix}lon", f"{prefix}lat", f"{prefix}precision_m")


def _positions(row: Row, end: str, prefix: str | None) -> list[Position]:
    """Return where geomap has put the known places of a row; the first by its own cells, where it has some."""
    found = [at for part in row.listed(f"{end}_at") if (at := _position(part))]
    if prefix is None or row.ends(_spot_columns(prefix)):
        return found
    first = _cells(row, prefix)
    if first and found:
        # the radius of an incident is that of its least certain place
        first = (*first[:2], found[0][2]) if row.layer is Layer.INCIDENTS else first
    return [*([first] if first else found[:1]), *found[1:]]


def _position(text: str) -> Position | None:
    numbers = [number_of(part) for part in text.split(",")]
    lat, lon, radius = numbers if len(numbers) == 3 else (None, None, None)
    return None if lat is None or lon is None else (lon, lat, radius)


def _cells(row: Row, prefix: str) -> Position | None:
    lon, lat, radius = (row.number(column) for column in _spot_columns(prefix))
    if lon is None or lat is None:
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        row.problems.append(f"{prefix}lon {lon:g} and {prefix}lat {lat:g} are no degrees of longitude and latitude")
        return None
    return lon, lat, radius if radius is None or radius >= 0 else None


def moved(place: Place | None, name: str, lon: float, lat: float, radius: float | None) -> Place:
    """Return a place where a person has put it; a point in an area is then a spot, no longer the area."""
    if place is None or (place.lon, place.lat) != (lon, lat):
        own = f"coordinates:{lat:.6f},{lon:.6f}"
        title = place.name if place else name
        was = _SPOT_M if place is None or place.is_spread else place.precision_m
        return Place(own, title, lon, lat, country=place.country if place else None, feature="L.LCTY", source="given",
                     precision_m=was if radius is None else radius)  # fmt: skip
    return place if radius is None else replace(place, precision_m=radius)


def spot(own: str, name: str, lon: float, lat: float, radius: float) -> Place:
    """Return a place of which no more is known than an id, a name and where it is."""
    return Place(own, name, lon, lat, feature="L.RGN" if radius > _AREA_M else "L.LCTY", precision_m=radius)
