"""What a report has told of forces so far, sentence by sentence: who was named, who acted, who fights whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.gazetteer.index import distance_m
from geomap.reports.forces.actors import actor_of, home_state, is_umbrella, names_actor, states_of
from geomap.reports.forces.armed import moves_under_arms
from geomap.reports.forces.campaigns import campaigns_in, makers_of
from geomap.reports.forces.cast import Cast, Side, side_of_noun
from geomap.reports.forces.naming import Naming, name_forces
from geomap.reports.forces.phrases import is_attending, is_bare, owner_in, taken_from, telling_noun
from geomap.reports.forces.stories import is_made_up
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.models import Place

__all__ = ["Memory"]

NEAR = 2
"""Countries named most whose rebels may act in any sentence."""
FAR_M = 2_500_000
"""From the middle of their country, beyond which "the rebels" of a report are not the ones named before."""


@dataclass(slots=True)
class Memory:
    """Remembers the forces of a report as it is read, and names those of a noun phrase by them."""

    story: tuple[str, ...]
    """Countries the story plays in, most named first."""
    gazetteer: Gazetteer
    year: int | None = None
    """When it plays."""
    cast: Cast = field(default_factory=Cast)
    countries: tuple[str, ...] = ()
    """The same, those named in the sentence in hand first."""
    here: tuple[Place, ...] = ()
    """Places that the sentence in hand names."""
    subject: Token | None = None
    """Subject of the sentence before, which "they" may mean."""
    campaign: str | None = None
    """Whose operation or offensive was told of last."""
    made_up: bool = False
    """Whether the sentence before told what happens in a film or a game."""

    def note(self, chunks: Iterator[Span], places: Iterable[Place]) -> None:
        """Remember the forces that the phrases of a sentence name; a bare country counts only where it acts.

        `places` are those that the sentence names: its "rebels" are rather of their countries, and none from far away.
        """
        self.here = tuple(places)
        self.cast.next_sentence()
        self.cast.far = frozenset(name for name in self.cast.everybody if self.is_far(name, self.here))
        named = [code for code in dict.fromkeys(p.country for p in self.here if p.country) if code in self.story]
        # In a report on several wars the rebels of another country are not those of this sentence.
        self.countries = tuple(dict.fromkeys([*named, *(self.story[:NEAR] if named else self.story)]))
        for chunk in chunks:
            head = chunk.root
            armed = moves_under_arms(head, chunk)
            if not armed and (head.pos_ != "PROPN" or not self.is_name(head, chunk.text)):
                self._note_owner(head)
                continue
            naming = self.naming(head)
            subject = head.dep_ in {"nsubj", "nsubjpass"}
            if naming is None:
                self._note_unnamed(head)
            elif not naming.loose and (armed or subject or not self.is_state(head)):
                noun = head.lemma_.lower() if armed and not naming.common else ""
                speaks = subject and head.head.lemma_ in load_lexicon().saying
                self.cast.note(naming.actors[0], noun=noun, at=head.idx, aside=speaks, attending=is_attending(head))

    def remember(self, sentence: Span) -> None:
        """Keep who fights whom, and whom "they" may mean in the next sentence: who does more than speak."""
        words = list(sentence)
        for verb in (t for t in words if t.pos_ == "VERB"):
            self._remember_foes(verb)
        for noun in campaigns_in(words):
            self.campaign = self.campaigner(noun) or self.campaign
        self.made_up = is_made_up(words)
        saying = load_lexicon().saying
        own = [
            t for t in words if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON" and t.head.lemma_ not in saying
        ]
        self.subject = own[0] if own else self.subject

    def campaigner(self, noun: Token) -> str | None:
        """Return whose operation or offensive a noun is, by the words of its sentence."""
        makers = (self.force(maker) for maker in makers_of(noun) if maker.pos_ != "PRON")
        if (maker := next(filter(None, makers), None)) is not None:
            return maker
        beside = " ".join(c.text for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.i < noun.i)
        naming = self.named(noun)
        states = states_of(f"{beside} troops", self.gazetteer)
        return naming.actors[0] if naming else next(iter(states), None)

    def is_name(self, head: Token, words: str) -> bool:
        """Whether a phrase without a noun of forces is the name of some: "the SDF", "Turkey", "the Kurds"."""
        if head.lemma_.lower() in load_lexicon().forces["not_forces"]:
            return False
        return names_actor(words, head.text, self.countries, self.year)

    def force(self, head: Token) -> str | None:
        """Return the forces that a noun phrase names or takes up, or None where it is about none."""
        phrase = noun_phrase(head)
        if not moves_under_arms(head, phrase) and not self.is_name(head, phrase.text):
            return None
        naming = self.naming(head)
        return naming.actors[0] if naming else self.meant_by(telling_noun(head), before=head.idx)

    def meant_by(self, noun: str, *, before: int) -> str | None:
        """Return whom forces without a name are: those named before, or the home country's if they are a state's."""
        home = home_state(self.countries, self.gazetteer) if side_of_noun(noun) is Side.STATE else None
        return self.cast.meant_by(noun, before=before, home=home) or home

    def named(self, head: Token) -> Naming | None:
        """Return whom a phrase names by its own words."""
        return name_forces(head, self.countries, self.gazetteer, self.year)

    def naming(self, head: Token) -> Naming | None:
        """Return whom a phrase names; common words mean those that were called so by name before."""
        naming = self.named(head)
        if naming is not None and naming.common and self.is_far(naming.actors[0], self.here):
            return None
        called = self.cast.called(head.lemma_.lower())
        if naming is not None and naming.common and called and is_bare(head):
            return replace(naming, actors=(called, *naming.actors[1:]))
        if naming is not None and naming.common and not is_umbrella(naming.actors[0]) and is_bare(head):
            known = self.cast.known_instead(naming.actors[0])
            return replace(naming, actors=(known, *naming.actors[1:])) if known else naming
        return naming

    def is_state(self, head: Token) -> bool:
        """Whether the words are a bare country or capital, of which everything is said that its people do."""
        found = self.gazetteer.candidates(head.text)
        return bool(found) and (found[0].place.is_country or self.gazetteer.capital_of(found[0].place) is not None)

    def is_far(self, name: str, places: Sequence[Place]) -> bool:
        """Whether these are the rebels of a country far from all places: those of one war are not those of another."""
        row = actor_of(name)
        if row is None or not places or not set(row.words) & load_lexicon().forces["at_home"]:
            return False
        homes = [self.gazetteer.country(code) for code in row.context]
        return all(distance_m(home.lon, home.lat, p.lon, p.lat) > FAR_M for home in homes for p in places)

    def _note_owner(self, head: Token) -> None:
        """Remember forces that only their deed or men bring in: "the rebels' withdrawal", "the regimes advance"."""
        owner = owner_in(head)
        if owner is None or owner.pos_ == "PRON" or not (is_force(owner) or self.is_name(owner, owner.text)):
            return
        naming = self.named(owner)
        if naming is not None and not naming.loose:
            self.cast.note(naming.actors[0], at=owner.idx)

    def _note_unnamed(self, head: Token) -> None:
        """Remember the home country's army where soldiers without a name come in and no state's are known."""
        if side_of_noun(head.lemma_.lower()) is Side.STATE and self.cast.latest(side=Side.STATE) is None:
            state = home_state(self.story, self.gazetteer)
            if state is not None:
                self.cast.note(state, at=head.idx)

    def _remember_foes(self, verb: Token) -> None:
        """Note who fights whom: "captured A from B", "pushed B out", "fights against B"."""
        subject = agent_of(verb) if is_passive(verb) else subject_of(verb)
        loser = taken_from(verb)
        if loser is None and any(e.frame is Frame.EXPEL for e in load_lexicon().verbs.get(verb.lemma_.lower(), ())):
            loser = next(iter(objects_of(verb)), None)
        if subject is None or loser is None or "PRON" in {subject.pos_, loser.pos_}:
            return
        winner, beaten = self.force(subject), self.force(loser)
        if winner and beaten:
            self.cast.fought(winner, beaten)
