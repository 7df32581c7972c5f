"""What many items of a map have in common, said once in its data: actors and places by number, sources by report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.maps import style
from geomap.maps.texts import safe_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geomap.maps.style import Actor
    from geomap.models import Candidate, Place, PlaceRef, Provenance, Report

__all__ = ["Json", "Shared", "clean", "day"]

Json = dict[str, object]

_OF_REPORT = {"publisher": "source", "title": "title", "url": "url", "published": "published"}
"""What a claim says of its source -> where its report says the same."""


class Shared:
    """Tables that grow while the values of items are made."""

    def __init__(self, actors: Iterable[Actor] = (), reports: Iterable[Report] = ()) -> None:
        self.actors = {actor.name: number for number, actor in enumerate(actors)}
        self.reports: list[Json] = [_report(report) for report in reports]
        self.places: list[Json] = []
        self._by_id: dict[object, Json] = {}
        for report in self.reports:
            self._by_id[report.get("id")] = report  # of reports that count alike the page keeps the last
        self._numbers: dict[int, int] = {}
        self._known: dict[object, int] = {}
        self._kept: list[Place] = []  # an address stands for a place only as long as the place is there

    def place(self, place: Place) -> int:
        """Return the number of a place in the table."""
        number = self._numbers.get(id(place))
        if number is None:
            values = _place(place)
            number = self._known.setdefault(tuple(values.items()), len(self.places))
            if number == len(self.places):
                self.places.append(values)
            self._numbers[id(place)] = number
            self._kept.append(place)
        return number

    def ref(self, ref: PlaceRef) -> Json:
        """Return the words for a place, its number, and which others bear the name."""
        return clean(
            {
                "text": ref.text,
                "place": self.place(ref.place) if ref.place else None,
                "how": ref.reason,
                "others": [_other(other) for other in ref.alternatives[:4]] if ref.alternatives else None,
            }
        )

    def source(self, claim: Provenance) -> Json:
        """Return where a claim is from, without what its report says as well; null where only the report says it."""
        values = clean(
            {
                "report": claim.report_id,
                "quote": claim.quote,
                "marks": [list(mark) for mark in claim.marks],
                "by": claim.attributed_to,
                "readBy": claim.read_by,
                "byHand": style.by_hand_words(claim),
                "grade": style.grade_words(claim.grade),
                "withheld": claim.withheld or None,
            }
        )
        own: Mapping[str, object] = {
            "publisher": claim.source or None,
            "title": claim.title or None,
            "url": safe_url(claim.url),
            "published": day(claim.published),
        }
        report = self._by_id.get(claim.report_id, {})
        return values | {name: said for name, said in own.items() if said != report.get(_OF_REPORT[name])}


def clean(values: Mapping[str, object]) -> Json:
    """Drop what is empty, so that the file stays small; zeros and False are kept."""
    return {key: value for key, value in values.items() if value or value == 0}


def day(value: date | None) -> str | None:
    """Return a day as ISO 8601."""
    return value.isoformat() if value else None


def _report(report: Report) -> Json:
    """Return a report without its text."""
    return clean(
        {
            "id": report.id,
            "title": report.title,
            "source": report.source,
            "author": report.author,
            "lang": report.lang,
            "url": safe_url(report.url),
            "published": day(report.published),
        }
    )


def _place(place: Place) -> Json:
    """Return a place; one that is no spot says what its extent is."""
    extent = "country" if place.is_country else "area" if place.is_spread else None
    return clean(
        {
            "id": place.id,
            "name": place.name,
            "local": place.local_name if place.local_name != place.name else None,
            "x": round(place.lon, 4),
            "y": round(place.lat, 4),
            "unit": place.admin1,
            "country": place.country,
            "feature": place.feature,
            "extent": extent,
            "precision": round(place.precision_m) if math.isfinite(place.precision_m) else None,
            "note": place.note,
        }
    )


def _other(other: Candidate) -> Json:
    place = other.place
    return clean(
        {
            "name": place.name,
            "unit": place.admin1,
            "country": place.country,
            "score": round(other.score, 2),
            "why": other.reason,
        }
    )
