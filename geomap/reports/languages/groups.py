"""Armed groups, armies and the like whose names hold those of places: "Suriye Milli Ordusu", "هيئة تحرير الشام"."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import ActorKind, actor_names
from geomap.reports.languages.folding import fold
from geomap.reports.languages.morphology import proclitics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.reports.languages.tokens import Word

__all__ = ["group_words"]

BEGINNING = 3
"""Letters by which names are filed."""
ENDING = 4
"""Letters by which an inflected word may differ from the one listed, and those it must share with it."""


def group_words(words: Sequence[Word], lang: str) -> frozenset[int]:
    """Return the numbers of the words of a sentence that belong to names of groups of several words."""
    names = _names(lang)
    taken: set[int] = set()
    for at, word in enumerate(words):
        for particles, form in proclitics(word.form) if lang == "ar" else (("", word.form),):
            for name in names.get(form[:BEGINNING], ()):
                forms = [form, *(other.form for other in words[at + 1 : at + len(name)])]
                if len(forms) == len(name) and all(map(_is, forms, name)) and len(particles) < ENDING:
                    taken.update(range(at, at + len(name)))
    return frozenset(taken)


@cache
def _names(lang: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the names of several words by the beginning of the first."""
    filed: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for actor in actor_names(lang):
        if actor.kind is ActorKind.STATE:  # a state's own name is that of a place
            continue
        for alias in actor.aliases:
            name = tuple(fold(word, lang) for word in alias.split())
            if len(name) > 1:
                filed[name[0][:BEGINNING]].append(name)
    return {beginning: tuple(names) for beginning, names in filed.items()}


def _is(form: str, listed: str) -> bool:
    """Return whether a word is a listed one, perhaps in another case."""
    shared = max(BEGINNING, len(listed) - ENDING // 2)
    return form == listed or (form[:shared] == listed[:shared] and len(form) <= len(listed) + ENDING)
