"""What a name does in its sentence: a place, the people of one, or a government or office that goes by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.models import Role
from geomap.reports.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.places.spans import Stretch

__all__ = ["is_people", "role_of"]


def is_people(stretch: Stretch, gazetteer: Gazetteer) -> bool:
    """Return whether the words name a people ("Turkish", "Syrians"), and not its country ("in the US", "Georgia")."""
    if len(stretch.span) > 2 or gazetteer.demonym(stretch.span.text) is None:
        return False
    root = stretch.span.root
    attributive = root.dep_ in {"amod", "compound", "nmod", "npadvmod"} and root.head not in stretch.span
    return attributive or not gazetteer.has(stretch.span.text)


def role_of(stretch: Stretch, *, people: bool = False) -> Role | None:
    """Return the role of a name; none where it is a language, or a part of the name of a company or society."""
    tail = _tail(stretch)
    if people:
        return None if _is_language(stretch) or _names_company(stretch, tail) else Role.DEMONYM
    names = load_lexicon().names
    if tail and (tail[0] in names["public"] or tail[-1] in names["public"]) and tail[0] not in _areas():
        return Role.METONYM
    if _backs(stretch):
        return Role.METONYM
    root = stretch.span.root
    if root.dep_ == "nsubj" and root.head.lemma_ in names["reporting"]:
        return Role.METONYM
    return Role.PLACE


def _backs(stretch: Stretch) -> bool:
    """Whether the name stands before a hyphen for those who act: "US-led", "a London-based group"; not "Goma-bound"."""
    doc, after = stretch.doc, stretch.last
    if after + 1 >= len(doc) or doc[after].text not in {"-", "–", "‑"} or doc[after - 1].whitespace_:
        return False
    return doc[after + 1].is_lower and doc[after + 1].lower_ != "bound"


def _areas() -> frozenset[str]:
    return load_lexicon().places["generic"] - {"front", "garrison", "headquarters"}


def _tail(stretch: Stretch) -> list[str]:
    """Return the words with capitals behind a name, in lower case."""
    tail: list[Token] = []
    at = stretch.last
    while at < len(stretch.doc) and stretch.doc[at].text[0].isupper() and not stretch.doc[at].is_sent_start:
        tail.append(stretch.doc[at])
        at += 1
    return [token.lower_ for token in tail]


def _is_language(stretch: Stretch) -> bool:
    """Whether something is said or written in it: "shouted in Turkish", "speaks Arabic"."""
    root, text = stretch.span.root, stretch.span.text
    if root.ent_type_ == "LANGUAGE":
        return True
    if text.endswith("s") or root.tag_ not in {"NNP", "NN", "JJ"}:
        return False
    if root.dep_ == "pobj" and root.head.lower_ in {"in", "into"}:
        return root.n_lefts == 0
    return root.dep_ == "dobj" and root.head.lemma_ in load_lexicon().names["speaking"]


def _names_company(stretch: Stretch, tail: list[str]) -> bool:
    """Whether the people's name is a word in a company's or society's: "British Airways", "Anglo American"."""
    names = load_lexicon().names
    before = stretch.doc[stretch.first - 1] if stretch.first else None
    if before is not None and before.ent_type_ == "ORG" and before.text[0].isupper() and not tail:
        return stretch.doc[stretch.first].ent_type_ == "ORG" and stretch.doc[stretch.first].ent_iob_ == "I"
    if not tail or stretch.doc[stretch.first].ent_type_ != "ORG":
        return False
    return tail[-1] in names["companies"] | names["societies"] or tail[0] in names["societies"]
