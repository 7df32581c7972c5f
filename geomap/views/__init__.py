"""Records as HTML for notebooks: without scripts, styled in place, legible in light and dark.

What a notebook keeps of it differs: one that is not trusted takes out scripts, GitHub all styles, a mail most of both.
So the order of the words, tables and `<mark>` say everything, and styles only make it pleasant. Colours are those of
text, or half transparent, so that they hold on any ground. All texts are escaped: a report may be hostile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Area, Incident, Movement, Place, Reading, Report, Resolution, Route, Shape

if TYPE_CHECKING:
    from geomap.shown import Shown

__all__ = ["html"]


def html(record: Shown) -> str:
    """Return a record as HTML.

    Raises
    ------
    TypeError
        There is no view of such a thing.
    """
    from geomap.views import claims, places, readings

    match record:
        case Place():
            return places.place(record)
        case Resolution():
            return places.resolution(record)
        case Route():
            return places.route(record)
        case Shape():
            return places.shape(record)
        case Movement():
            return claims.movement(record)
        case Area():
            return claims.area(record)
        case Incident():
            return claims.incident(record)
        case Report():
            return readings.report(record)
        case Reading():
            return readings.reading(record)
    raise TypeError(f"{type(record).__name__} has no view")
