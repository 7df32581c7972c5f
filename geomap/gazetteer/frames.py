"""Columns of names to GeoDataFrames, EPSG:4326: what the gazetteer answers, for people who work in tables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from geomap.errors import InputError
from geomap.models import Certainty, Resolution
from geomap.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence

    from geopandas import GeoDataFrame

    from geomap.gazetteer.names import Kind
    from geomap.gazetteer.search import Gazetteer
    from geomap.models import Candidate, Place

__all__ = ["candidates_frame", "places_frame", "resolve_frame"]

Position: TypeAlias = tuple[float, float]
Reader: TypeAlias = "Callable[[Any], object]"

AT_ONCE = 1_000
"""Names looked up at once; more would only hold more memory, and keep the garbage collector busy."""
_DTYPES = {"rank": "Int64", "population": "Int64", "precision_m": "float64", "score": "float64"}
"""Of the columns that hold numbers; the others hold text."""
_PLACE = {"place": "id", "name": "name", "country": "country", "admin1": "admin1", "feature": "feature",
          "precision_m": "precision_m"}  # fmt: skip
"""Columns every table has of a place, and its attributes they hold."""
_MORE = ("population", "local_name", "source", "note")
_SPOT = ("lon", "lat")
_cells = attrgetter(*_PLACE.values(), *_SPOT)
_NOWHERE = (None,) * len(_PLACE) + (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class _NoText:
    """A value of a column of names that is none, as it is shown; the value itself may not be hashable."""

    shown: str


def resolve_frame(
    gazetteer: Gazetteer,
    names: Iterable[object],
    *,
    countries: Collection[str] = (),
    country: Iterable[object] | str | None = None,
    near: Position | Iterable[object] | None = None,
    kind: Kind | str | Iterable[object] | None = None,
) -> GeoDataFrame:
    """Return the place each name of a column means, one row a name, in its order and under its index.

    Columns are ``query``, ``status`` (resolved, ambiguous or unknown), ``place`` (its id), ``name``, ``country``,
    ``admin1``, ``feature``, ``precision_m`` (metres), ``score`` (0 to 1), ``reason`` and ``geometry``, a Point in
    EPSG:4326. An ambiguous name carries its likeliest place, and its reason names the rivals; to be sure, keep
    ``frame[frame["status"] == "resolved"]``. An unknown name has neither place nor geometry, and its reason gives the
    closest spellings; so has what is missing or no text. Each different question is asked once.

    Parameters
    ----------
    gazetteer
        Who answers.
    names
        A Series, whose index is kept, or any other iterable of names.
    countries
        ISO 3166-1 alpha-2 codes that every place is likely in.
    country
        Such a code for each name, or a missing value; or one for all.
    near
        Position, lon and lat in degrees, that every place is likely near; or one for each name, as a pair or Point.
    kind
        What sort of place every one should be; or one for each name.

    Raises
    ------
    InputError
        `names` is a single text, another column has not its length or index, or a value is no code, position or kind.
    """
    column = _series(names)
    hints = (
        _hints("country", country, column, _code) if not isinstance(country, str) else [_code(country)] * len(column),
        _hints("near", near, column, _position) if not _is_position(near) else [near] * len(column),
        _hints("kind", kind, column, str) if not isinstance(kind, str) else [kind] * len(column),
    )
    queries = [value if value is None or isinstance(value, str) else _NoText(repr(value))
               for value in _without_missing(column)]  # fmt: skip
    rows, questions = _distinct(zip(queries, *hints, strict=True))
    # plain rows rather than answers are kept: a hundred thousand records are a burden on the garbage collector
    answers = [_row(answer) for answer in _answers(gazetteer, questions, tuple(countries))]
    frame = _frame(answers, ("status", "score", "reason", *_PLACE, *_SPOT)).take(rows).set_axis(column.index)
    frame.insert(0, "query", column)
    return frame[["query", "status", *_PLACE, "score", "reason", "geometry"]]


def candidates_frame(candidates: Iterable[Candidate]) -> GeoDataFrame:
    """Return candidates, as `Gazetteer.search` or a `Resolution` has them, one a row, as Points in EPSG:4326.

    Columns are ``rank`` (from 1), ``place`` (its id), ``name``, ``country``, ``admin1``, ``feature``, ``precision_m``
    (metres), ``score`` (0 to 1), ``reason`` and ``geometry``.
    """
    rows = [(rank, *_cells(candidate.place), candidate.score, candidate.reason)
            for rank, candidate in enumerate(candidates, start=1)]  # fmt: skip
    frame = _frame(rows, ("rank", *_PLACE, *_SPOT, "score", "reason"))
    return frame[["rank", *_PLACE, "score", "reason", "geometry"]]


def places_frame(places: Iterable[Place]) -> GeoDataFrame:
    """Return places, as `Gazetteer.within` and `Gazetteer.nearest` find them, one a row, as Points in EPSG:4326.

    Columns are ``place`` (its id), ``name``, ``country``, ``admin1``, ``feature``, ``precision_m`` (metres),
    ``population``, ``local_name``, ``source``, ``note`` and ``geometry``.
    """
    more = attrgetter(*_MORE)
    return _frame([(*_cells(place), *more(place)) for place in places], (*_PLACE, *_SPOT, *_MORE))


def _series(names: Iterable[object]) -> Any:
    import pandas as pd

    if isinstance(names, str):
        raise InputError(f"{names!r} is a single name; give a column of names, or use Gazetteer.resolve")
    return names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)


def _without_missing(column: Any) -> list[Any]:
    """Return the values of a column, None for those that are missing."""
    return [None if gone else value for value, gone in zip(column, column.isna(), strict=True)]


def _hints(what: str, values: Any, names: Any, read: Reader) -> list[Any]:
    """Return one value for each name; a Series has to have the index of the names."""
    import pandas as pd

    if values is None:
        return [None] * len(names)
    if isinstance(values, pd.Series) and not values.index.equals(names.index):
        raise InputError(f"the column for {what!r} has another index than the names; take both from one table")
    hints = _without_missing(_series(values))
    if len(hints) != len(names):
        raise InputError(f"the column for {what!r} holds {len(hints)} values for {len(names)} names; give one for each")
    return [None if hint is None else read(hint) for hint in hints]


def _code(value: object) -> str:
    if not (isinstance(value, str) and len(value) == 2 and value.isalpha()):
        raise InputError(f"{value!r} is no country; give ISO 3166-1 alpha-2 codes such as SY")
    return value


def _is_position(value: object) -> bool:
    """Return whether a value is one position rather than a column of them."""
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, int | float) for part in value)


def _position(value: Any) -> Position | None:
    """Return lon and lat of a pair or Point; an empty Point is none."""
    if getattr(value, "is_empty", False):
        return None
    try:
        lon, lat = (value.x, value.y) if hasattr(value, "x") else value
        return float(lon), float(lat)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{value!r} is no position; give pairs of lon, lat in degrees, or Points") from error


def _distinct(questions: Iterable[Hashable]) -> tuple[list[int], list[Any]]:
    """Return the number of each question's like among the different ones, and these."""
    numbers: dict[Any, int] = {}
    rows = [numbers.setdefault(question, len(numbers)) for question in questions]
    return rows, list(numbers)


def _answers(gazetteer: Gazetteer, questions: Iterable[Any], countries: tuple[str, ...]) -> Iterator[Resolution]:
    """Yield the answers to questions, their names looked up many at a time."""
    rest = iter(questions)
    while some := list(islice(rest, AT_ONCE)):
        ready = gazetteer.ahead_of({name for name, *_ in some if isinstance(name, str)})
        yield from (_answer(ready, *question, countries=countries) for question in some)


def _answer(
    gazetteer: Gazetteer, name: str | _NoText | None, country: str | None, near: Position | None, kind: str | None, *,
    countries: tuple[str, ...],
) -> Resolution:  # fmt: skip
    if not isinstance(name, str):
        reason = "no name is given" if name is None else f"{name.shown} is no text"
        return Resolution("", Certainty.UNKNOWN, reason)
    return gazetteer.resolve(name, countries=(*countries, country) if country else countries, near=near, kind=kind)


def _row(answer: Resolution) -> tuple[object, ...]:
    """Return the status, score and reason of an answer, and the cells of its place."""
    place = answer.place
    score = answer.candidates[0].score if place else None
    return (answer.status.value, score, answer.reason, *(_cells(place) if place else _NOWHERE))


def _frame(rows: Sequence[tuple[object, ...]], names: Sequence[str]) -> GeoDataFrame:
    """Return rows as a table; the columns lon and lat become its geometry, which is missing where they are."""
    import geopandas
    import numpy as np
    import pandas as pd
    import shapely

    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    lon, lat = (np.array(columns.pop(name), dtype="float64") for name in _SPOT)
    points = shapely.points(lon, lat)
    points[np.isnan(lon)] = None
    series = {name: pd.Series(list(cells), dtype=_DTYPES.get(name, "string")) for name, cells in columns.items()}
    return geopandas.GeoDataFrame(series, geometry=points, crs=CRS)
