"""Whom words mean that only point at forces: pronouns, "both sides", "the latter", the "we" of who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import allied, home_state, states_of
from geomap.reports.forces.armed import rides_along
from geomap.reports.forces.cast import Side, side_of, side_of_noun
from geomap.reports.forces.phrases import telling_noun
from geomap.reports.grammar import subject_of
from geomap.reports.lexicon import load_lexicon
from geomap.reports.movements.drafts import Mover
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from geomap.reports.forces.memory import Memory
    from geomap.reports.movements.events import Event

__all__ = ["Referring"]

MAX_CLIMB = 12
"""Steps up the parse to the one who speaks."""
REACH = 60
"""Words back in its sentence in which a pronoun finds whom it means, so that endless ones cost no more."""


@dataclass(frozen=True, slots=True)
class Referring:
    """Finds whom a word points at among the forces remembered."""

    memory: Memory

    def of_pronoun(self, pronoun: Token, event: Event) -> Mover | None:
        """Return who "they", "it" or "them" is in an event, or None where nobody fits."""
        if pronoun.lower_ == "both":
            return self.both(noun_phrase(pronoun))
        if pronoun is event.expelled and event.mover is not None:
            winner = self.memory.force(event.mover)
            actor = self._other_than(winner, event.mover.left_edge.idx) if winner else None
        else:
            actor = self.antecedent(pronoun)
        return Mover(actor, pronoun.text, inferred=True) if actor else None

    def _other_than(self, winner: str, at: int) -> str | None:
        """Return whom "them" means that these forces drive out: their only foe, who was named or acted before them."""
        foe = self.memory.cast.foe_of(winner) or self.memory.cast.latest(before=at, but=winner, age=0)
        if foe is not None:
            return foe
        before = self.memory.force(self.memory.subject) if self.memory.subject is not None else None
        return before if before and not allied(before, winner) else self.memory.cast.latest(before=at, but=winner)

    def both(self, phrase: Span) -> Mover | None:
        """Return the two forces that "both sides" are: those named last."""
        first = self.memory.cast.latest()
        second = self.memory.cast.latest(but=first) if first else None
        if first is None or second is None:
            return None
        return Mover(second, phrase.text, inferred=True, co_actors=(first,))

    def one_of_two(self, head: Token, phrase: Span) -> Mover | None:
        """Return which of the two forces named last "the former" or "the latter" is."""
        latter = self.memory.cast.latest(before=head.idx)
        former = self.memory.cast.latest(before=head.idx, but=latter) if latter else None
        actor = latter if head.lower_ == "latter" else former
        return Mover(actor, phrase.text.strip(), inferred=True) if actor else None

    def speaker_themselves(self, pronoun: Token) -> Mover | None:
        """Return who speaks where their "we" moves: "we have left the town", an army says."""
        actor = self._ours(pronoun) if pronoun.lower_ == "we" else None
        return Mover(actor, pronoun.text, inferred=True) if actor else None

    def _ours(self, pronoun: Token) -> str | None:
        """Return whose forces "we" and "our" are: those of the army or the government that speaks."""
        speaker = self.speaker_above(pronoun)
        if speaker is None:
            return None
        naming = self.memory.named(speaker)
        if naming is not None:
            return naming.actors[0]
        official = any(t.lemma_.lower() in load_lexicon().forces["officials"] for t in speaker.subtree)
        return self.state_speaking(speaker) or (
            home_state(self.memory.story, self.memory.gazetteer) if official else None
        )

    def state_speaking(self, speaker: Token) -> str | None:
        """Return the state whose army or official speaks: "the army", "the Chadian defence minister"."""
        named = self.memory.named(speaker)
        if named is not None:
            return named.actors[0] if side_of(named.actors[0]) is Side.STATE else None
        phrase = noun_phrase(speaker)
        if not any(t.lemma_.lower() in load_lexicon().forces["officials"] for t in phrase):
            return None
        people = next((t.text for t in phrase if self.memory.gazetteer.demonym(t.text)), None)
        return next(iter(states_of(f"{people} troops", self.memory.gazetteer)), None) if people else None

    def antecedent(self, pronoun: Token) -> str | None:
        """Return whom "it" or "they" means: the one who says so, else the forces that acted last before."""
        if pronoun.lower_ == "our":
            return self._ours(pronoun)
        speaker = self.speaker_above(pronoun)
        if speaker is not None and speaker.i < pronoun.i and (actor := self._spoken_for(speaker)):
            return actor
        before = pronoun.doc[max(pronoun.sent.start, pronoun.i - REACH) : pronoun.i]
        same = (t for t in before if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj")
        if (earlier := next(same, None)) is not None:
            return self.antecedent(earlier)
        subjects = [
            t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON" and t.head.dep_ != "relcl"
        ]
        acting = [t for t in subjects if t.head.lemma_ not in load_lexicon().saying]
        candidates = acting or ([self.memory.subject] if self.memory.subject is not None else [])
        if not candidates:
            return None
        if (actor := self.memory.force(candidates[-1])) is not None:
            return actor
        plural = pronoun.lower_ in {"they", "their", "them"}
        persons = rides_along(candidates[-1]) or candidates[-1].ent_type_ == "PERSON"
        side = side_of_noun(telling_noun(candidates[-1]))
        return self.memory.cast.latest(before=pronoun.idx, age=1, side=side) if plural and not persons else None

    def _spoken_for(self, speaker: Token) -> str | None:
        """Return the forces that speak, themselves or by somebody: "the army", "a spokesman for the SDF"."""
        if (actor := self.memory.force(speaker)) is not None or speaker.lemma_.lower() not in load_lexicon().forces[
            "officials"
        ]:
            return actor
        preps = (c for c in speaker.children if c.lower_ in {"for", "of", "from"})
        whose = [t for p in preps for t in p.children if t.dep_ == "pobj"]
        whose += [c for c in speaker.children if c.dep_ in {"poss", "compound", "amod", "nmod"} and c.i < speaker.i]
        return next(filter(None, map(self.memory.force, whose)), None)

    def speaker_above(self, pronoun: Token) -> Token | None:
        """Return the subject of the verb of saying over a word, or None."""
        saying, verb = load_lexicon().saying, pronoun.head
        for _ in range(MAX_CLIMB):
            if verb.head.i == verb.i or verb.lemma_ in saying:
                break
            verb = verb.head
        speaker = subject_of(verb) if verb.lemma_ in saying else None
        return speaker if speaker is not None and speaker.pos_ != "PRON" else None
