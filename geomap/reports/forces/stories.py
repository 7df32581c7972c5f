"""Whether a sentence tells what happens in a film, a novel or a game: forces that move there never moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

__all__ = ["is_made_up"]


def is_made_up(sentence: Iterable[Token]) -> bool:
    """Whether a sentence is set in a work: "In the film, a squad crosses the river", "The novel follows rebels"."""
    made_up = load_lexicon().forces["made_up"]
    works = (t for t in sentence if t.lemma_.lower() in made_up)
    return any(_is_setting(work) or _tells(work) for work in works)


def _is_setting(work: Token) -> bool:
    """Whether a work is where all of its sentence happens: it opens it; "in the film posted online" shows what did."""
    opens = work.dep_ == "pobj" and work.head.lower_ in {"in", "on"} and work.head.i - work.sent.start <= 1
    after = work.doc[work.i + 1 : min(work.i + 3, work.sent.end)]
    return opens and not any(t.lower_ in load_lexicon().forces["put_out"] for t in after)


def _tells(work: Token) -> bool:
    """Whether a work is what tells the rest: "The series opens with rebels who seize the port"."""
    return work.dep_ == "nsubj" and work.head.lemma_.lower() in load_lexicon().forces["tells"]
