"""The user's layers and the shipped store as one gazetteer.

A person's own tables go first: a place they share an id with is theirs, under all its names. Then comes the shipped
store, then downloads, which only add: what they share an id with keeps the shipped position, and gains names.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from geomap.errors import DataError
from geomap.gazetteer.index import LIMIT, Index
from geomap.gazetteer.own.shelf import LayerKind, common_ids, layer_at, layer_files, shared_ids
from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from geomap.datasets import Source
    from geomap.gazetteer.index import Lookup
    from geomap.gazetteer.own.shelf import Layer
    from geomap.models import Place

__all__ = ["Layers", "layer_sources", "with_layers"]

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Store:
    """An opened layer."""

    layer: Layer
    index: Index


def with_layers(shipped: Index, paths: Iterable[Path] | None = None) -> Lookup:
    """Return a store with layers over and under it; the store itself where there are none.

    Parameters
    ----------
    shipped
        The store.
    paths
        Files of layers; None takes those that the user has added.
    """
    files = layer_files() if paths is None else tuple(paths)
    return Layers(shipped, files) if files else shipped


def layer_sources() -> tuple[Source, ...]:
    """Return the data sets of the user's layers; a damaged layer has none."""
    found = []
    for path in layer_files():
        try:
            found.append(layer_at(path).source)
        except DataError as error:
            logger.warning("%s", error)
    return tuple(found)


class Layers:
    """Several stores as one; what its methods return is told in `geomap.gazetteer.index.Lookup`.

    A layer that is damaged is done without: that is logged, and an issue.
    """

    def __init__(self, shipped: Index, paths: Iterable[Path]) -> None:
        self._shipped = shipped
        self.issues: tuple[Issue, ...] = ()
        """Layers that could not be used, and how to be rid of them."""
        stores = [store for path in paths if (store := self._opened(path))]
        own = [store for store in stores if store.layer.kind is LayerKind.PLACES]
        self._own = sorted(own, key=lambda store: store.layer.added, reverse=True)
        self._more = [store for store in stores if store.layer.kind is not LayerKind.PLACES]

    def has(self, form: str) -> bool:
        """Return whether some place has this form of a name."""
        return self._shipped.has(form) or any(self._each((*self._own, *self._more), lambda index: index.has(form)))

    def exact(self, form: str, *, limit: int = LIMIT) -> tuple[Place, ...]:
        """Return up to `limit` places with this form of a name: the user's own, then the others."""
        own = self._each(self._own, lambda index: index.exact(form, limit=limit))
        more = self._each(self._more, lambda index: index.exact(form, limit=limit))
        return self._merged(own, self._shipped.exact(form, limit=limit), more, limit)

    def exact_many(self, forms: Iterable[str], *, limit: int = LIMIT) -> dict[str, tuple[Place, ...]]:
        """Return the same for many forms at once; forms that no place has are left out."""
        wanted = set(forms)
        own = list(self._each(self._own, lambda index: index.exact_many(wanted, limit=limit)))
        more = list(self._each(self._more, lambda index: index.exact_many(wanted, limit=limit)))
        shipped = self._shipped.exact_many(wanted, limit=limit)
        known = {form for answer in (*own, shipped, *more) for form in answer}
        return {
            form: self._merged(
                [answer.get(form, ()) for answer in own],
                shipped.get(form, ()),
                [answer.get(form, ()) for answer in more],
                limit,
            )
            for form in known
        }

    def spelled(self, skeletons: Iterable[str]) -> list[str]:
        """Return the forms of names with these skeletons, and now and then one with another."""
        wanted = tuple(skeletons)
        layers = self._each((*self._own, *self._more), lambda index: index.spelled(wanted))
        return list(dict.fromkeys(form for forms in (self._shipped.spelled(wanted), *layers) for form in forms))

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id such as ``geonames:170654`` or ``user:mine/hill-7``, or None."""
        own = filter(None, self._each(self._own, lambda index: index.place(place_id)))
        more = filter(None, self._each(self._more, lambda index: index.place(place_id)))
        return next(own, None) or self._shipped.place(place_id) or next(more, None)

    def unit(self, code: str) -> Place | None:
        """Return the country or first-level unit with a code such as ``SY`` or ``SY.01``, or None."""
        place = self._shipped.unit(code)
        return place and self._theirs(place)

    def capital(self, code: str) -> Place | None:
        """Return the capital of a country or first-level unit, or None."""
        place = self._shipped.capital(code)
        return place and self._theirs(place)

    def demonym(self, spelling: str) -> Place | None:
        """Return the place of a people's name or adjective, given its key, or None."""
        place = self._shipped.demonym(spelling)
        return place and self._theirs(place)

    def within(
        self, west: float, south: float, east: float, north: float, *, least_population: int = 0
    ) -> Iterator[Place]:
        """Yield the places in a box of lon and lat in degrees; `west` greater than `east` crosses the antimeridian."""

        def inside(index: Index) -> list[Place]:
            return list(index.within(west, south, east, north, least_population=least_population))

        own: dict[str, Place] = {}
        for place in chain.from_iterable(self._each(self._own, inside)):
            own.setdefault(place.id, place)
        yield from (place for place in own.values() if place == self._theirs(place))
        # what a layer above has at another position is not here
        yield from (place for place in inside(self._shipped) if place.id not in self._taken)
        for place in chain.from_iterable(self._each(self._more, inside)):
            if place.id not in self._taken and place.id not in self._shipped_too:
                yield place

    @cached_property
    def _taken(self) -> frozenset[str]:
        """The ids of places that the user's own layers share with what is below them."""
        return frozenset(place_id for ids in self._each(self._own, _shared) for place_id in ids)

    @cached_property
    def _shipped_too(self) -> frozenset[str]:
        """The ids of downloaded places that are shipped."""
        path = self._shipped.path
        return frozenset().union(*self._each(self._more, lambda index: common_ids(index.path, path)))

    def _theirs(self, place: Place) -> Place:
        """Return a place as the user's own layers have it, where they do."""
        if place.id not in self._taken:
            return place
        return next(filter(None, self._each(self._own, lambda index: index.place(place.id))), place)

    def _merged(
        self, own: Iterable[Iterable[Place]], shipped: Iterable[Place], more: Iterable[Iterable[Place]], limit: int
    ) -> tuple[Place, ...]:
        """Return places of all stores, each id once, as the first store that has it says."""
        found: dict[str, Place] = {}
        for place in chain(chain.from_iterable(own), shipped):
            if place.id not in found:
                found[place.id] = self._theirs(place)
        for place in chain.from_iterable(more):
            if place.id not in found:
                shipped_place = self._shipped.place(place.id) if place.id in self._shipped_too else None
                found[place.id] = self._theirs(shipped_place or place)
        return tuple(found.values())[:limit]

    def _each(self, stores: Iterable[_Store], ask: Callable[[Index], Answer]) -> Iterator[Answer]:
        """Yield the answers of layers; one that turns out to be damaged is put aside."""
        for store in tuple(stores):
            try:
                yield ask(store.index)
            except DataError as error:
                self._lost(store.index.path, error)
                self._own = [other for other in self._own if other is not store]
                self._more = [other for other in self._more if other is not store]

    def _opened(self, path: Path) -> _Store | None:
        try:
            return _Store(layer_at(path), Index(path, units=self._shipped))
        except DataError as error:
            self._lost(path, error)
            return None

    def _lost(self, path: Path, error: DataError) -> None:
        message = f"places of layer {path.stem!r} are left out: {error}; remove it: geomap data remove {path.stem}"
        logger.warning("%s", message)
        self.issues += (Issue("data", message),)


def _shared(index: Index) -> frozenset[str]:
    return shared_ids(index.path)
