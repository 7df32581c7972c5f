"""Who moves in an event: forces named, meant by an earlier name, or not told.

The noun phrase is asked first (``naming``), then the forces of the report so far (``cast``). What moves and is no force
gives no mover at all: civilians, aid, journalists, a bare "he".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.forces.actors import (
    allied,
    home_rebels,
    home_state,
    is_group_name,
    is_umbrella,
    names_actor,
    states_of,
)
from geomap.reports.forces.armed import (
    carries_civilians,
    counts_only,
    is_prisoner,
    is_relief,
    moves_under_arms,
    rides_along,
)
from geomap.reports.forces.cast import Cast, Side, side_of, side_of_noun
from geomap.reports.forces.naming import Naming, name_forces
from geomap.reports.forces.phrases import (
    beside,
    brings_in_more,
    has_sender,
    is_bare,
    is_known,
    is_vehicle,
    owner_in,
    taken_from,
    takes_a_place,
    telling_noun,
    without_article,
)  # fmt: skip
from geomap.reports.grammar import agent_of, is_force, is_passive, objects_of, subject_of
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.drafts import Draft, Mover
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from geomap.gazetteer import Gazetteer
    from geomap.reports.movements.events import Event

__all__ = ["Movers"]

MAX_CLIMB = 12
"""Steps up the parse to the one who speaks."""
REACH = 60
"""Words back in its sentence in which a pronoun finds whom it means, so that endless ones cost no more."""
NEAR = 2
"""Countries named most whose rebels may act in any sentence."""
SIDES = {"side", "party", "army", "military"}


@dataclass(slots=True)
class Movers:
    """Finds who moves; remembers the forces of the report as it is read."""

    story: tuple[str, ...]
    """Countries the story plays in, most named first."""
    gazetteer: Gazetteer
    cast: Cast = field(default_factory=Cast)
    countries: tuple[str, ...] = ()
    """The same, those named in the sentence in hand first."""
    subject: Token | None = None
    """Subject of the sentence before, which "they" may mean."""

    def mover(self, event: Event, head: Token | None, *, last: str | None, sequel: bool) -> Mover | None:
        """Return who moves, or None where no force does.

        Parameters
        ----------
        event
            The word of movement and the phrases around it.
        head
            The noun or pronoun of who moves: its mover, or whom it drives out.
        last
            Who moved in the movement told before.
        sequel
            Whether this one can be told of the same movement.
        """
        if event.void:
            return None
        if head is None:
            return self._untold(event, last)
        lemma, lists = head.lemma_.lower(), load_lexicon().forces
        if head.pos_ in {"PRON", "NUM", "DET"} and head.lower_ in lists["persons"]:
            return self._speaker_themselves(head)
        if head.pos_ in {"PRON", "DET"} and head.lower_ in lists["pronouns"]:
            return self._by_pronoun(head, event)
        phrase = noun_phrase(head)
        if head.lower_ == "both" or (lemma in SIDES and any(t.lower_ in {"both", "two"} for t in phrase)):
            return self._both(phrase)
        if lemma in {"former", "latter"}:
            return self._one_of_two(head, phrase)
        if counts_only(head, phrase):
            return self._counted(head, phrase, event, last)
        armed = moves_under_arms(head, phrase) or self._takes_up(head) or self._part_of_named(head)
        if not armed and not self._by_own_name(head, phrase, event):
            return None
        if is_relief(phrase) or carries_civilians(head) or is_prisoner(head):
            return None
        return self._of_phrase(event, head, phrase, last, sequel=sequel)

    def note(self, chunks: Iterator[Span], here: Iterable[str]) -> None:
        """Remember the forces that the phrases of a sentence name; a bare country counts only where it acts.

        `here` are the countries of the places that the sentence names: its "rebels" are rather theirs.
        """
        self.cast.next_sentence()
        named = [code for code in dict.fromkeys(here) if code in self.story]
        # In a report on several wars the rebels of another country are not those of this sentence.
        self.countries = tuple(dict.fromkeys([*named, *(self.story[:NEAR] if named else self.story)]))
        for chunk in chunks:
            head = chunk.root
            armed = moves_under_arms(head, chunk)
            if not armed and (head.pos_ != "PROPN" or not self.is_name(head, chunk.text)):
                self._note_owner(head)
                continue
            naming = self._naming(head)
            subject = head.dep_ in {"nsubj", "nsubjpass"}
            if naming is None:
                self._note_unnamed(head)
            elif not naming.loose and (armed or subject or not self._is_state(head)):
                noun = head.lemma_.lower() if armed and not naming.common else ""
                speaks = subject and head.head.lemma_ in load_lexicon().saying
                self.cast.note(naming.actors[0], noun=noun, at=head.idx, aside=speaks)

    def _note_owner(self, head: Token) -> None:
        """Remember forces that only their deed or men bring in: "the rebels' withdrawal", "the regimes advance"."""
        owner = owner_in(head)
        if owner is None or owner.pos_ == "PRON" or not (is_force(owner) or self.is_name(owner, owner.text)):
            return
        naming = name_forces(owner, self.countries, self.gazetteer)
        if naming is not None and not naming.loose:
            self.cast.note(naming.actors[0], at=owner.idx)

    def _note_unnamed(self, head: Token) -> None:
        """Remember the home country's army where soldiers without a name come in and no state's are known."""
        if side_of_noun(head.lemma_.lower()) is Side.STATE and self.cast.latest(side=Side.STATE) is None:
            state = home_state(self.story, self.gazetteer)
            if state is not None:
                self.cast.note(state, at=head.idx)

    def remember(self, sentence: Span) -> None:
        """Keep who fights whom, and whom "they" may mean in the next sentence: who does more than speak."""
        for verb in (t for t in sentence if t.pos_ == "VERB"):
            self._remember_foes(verb)
        saying = load_lexicon().saying
        own = [
            t for t in sentence if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON" and t.head.lemma_ not in saying
        ]
        self.subject = own[0] if own else self.subject

    def beaten(self, loser: Mover, *, by: str | None) -> Mover:
        """Return who was driven out; never those who drove them out, which a word such as "terrorists" may hide."""
        if by is None or (loser.actor is not None and not allied(loser.actor, by)):
            return loser
        foe = self.cast.foe_of(by) or self.cast.only_other(by)
        if foe is None and loser.actor is not None:
            foe = self.cast.latest(side=Side.GROUP, but=by)
        return replace(loser, actor=foe, inferred=True)

    def settled(self, draft: Draft) -> Draft:
        """Return a draft whose mover nobody named with the one whom the whole report lets it be, if only one."""
        if not draft.mover.unknown:
            return self._settled_by_side(draft)
        loser = taken_from(draft.event.trigger.token)
        foe = self.cast.foe_of(actor) if loser is not None and (actor := self.force(loser)) else None
        return replace(draft, mover=replace(draft.mover, actor=foe or self.cast.sole_advancer()))

    def _settled_by_side(self, draft: Draft) -> Draft:
        """Return a draft of forces without a name as the only ones of their side that the report names."""
        expels = draft.event.trigger.entry.frame is Frame.EXPEL
        loser = draft.event.expelled if expels and draft.kind is MovementKind.RETREAT else None
        head = loser or draft.event.mover
        named = draft.actor is not None or head is None or head.pos_ == "PRON"
        if named or head is None or (expels and loser is None):
            return draft
        noun = telling_noun(head)
        side = side_of_noun(noun)
        if side is None:
            return draft
        actor = self.cast.only(side)
        if actor is None and noun in load_lexicon().forces["insurgents"] and not self.cast.names_any(Side.GROUP):
            actor = home_rebels(self.story)
        return replace(draft, mover=replace(draft.mover, actor=actor))

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

    def is_name(self, head: Token, words: str) -> bool:
        """Whether a phrase without a noun of forces is the name of some: "the SDF", "Turkey", "the Kurds"."""
        if head.lemma_.lower() in load_lexicon().forces["not_forces"]:
            return False
        return names_actor(words, head.text, self.countries)

    def force(self, head: Token) -> str | None:
        """Return the forces that a noun phrase names or takes up, or None where it is about none."""
        phrase = noun_phrase(head)
        if not moves_under_arms(head, phrase) and not self.is_name(head, phrase.text):
            return None
        naming = self._naming(head)
        return naming.actors[0] if naming else self.cast.meant_by(telling_noun(head), before=head.idx)

    def _takes_up(self, head: Token) -> bool:
        """Whether "the group" or "the movement" can mean an armed one named before."""
        band = head.lemma_.lower() in load_lexicon().forces["bands"]
        return band and is_bare(head) and self.cast.latest(side=Side.GROUP, before=head.idx) is not None

    def _part_of_named(self, head: Token) -> bool:
        """Whether a phrase counts some of those who have a name: "scores of Mai-Mai", "300 men of the Wagner Group"."""
        lists = load_lexicon().forces
        if head.lemma_.lower() not in lists["quantifiers"] | lists["if_armed"]:
            return False
        whole = (t for c in head.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
        return any(self.is_name(t, noun_phrase(t).text) and not self._is_state(t) for t in whole)

    def _counted(self, head: Token, phrase: Span, event: Event, last: str | None) -> Mover | None:
        """Return who "200 more" or "the rest" are: forces that acted before; those who are none give no mover."""
        before = self.subject
        if before is not None and (rides_along(before) or before.ent_type_ == "PERSON"):
            return None
        sender = self._sender(event.sender) if event.sender is not None else None
        actor = sender or self._antecedent(head) or last or self.cast.latest(before=head.idx, age=1)
        return Mover(actor, phrase.text.strip(), inferred=True) if actor else None

    def _by_own_name(self, head: Token, phrase: Span, event: Event) -> bool:
        if head.lemma_.lower() in load_lexicon().forces["if_named"]:
            naming = name_forces(head, self.countries, self.gazetteer)
            return naming is not None and not naming.common
        # The parser takes many a group for a person; of a state it is a statesman who bears the name.
        person = head.ent_type_ == "PERSON" and not is_group_name(without_article(phrase.text))
        named = self.is_name(head, phrase.text) and not person
        return named and not (event.trigger.entry.needs_force and self._is_state(head))

    def _of_phrase(self, event: Event, head: Token, phrase: Span, last: str | None, *, sequel: bool) -> Mover | None:
        words, naming = phrase.text.strip(), self._naming(head)
        by = event.sender or has_sender(head)
        if naming is None and by is not None:
            sender = self._sender(by)
            naming = Naming((sender,)) if sender else None
        if naming is None:
            tells = by if by is not None and side_of_noun(telling_noun(by)) else head
            actor = self._meant(tells, last, sequel=sequel)
            if actor is None and is_vehicle(head) and not self.cast.seen:
                return None
            return self._with_company(Mover(actor, words, inferred=True), head, event)
        mover = Mover(naming.actors[0], words, naming.loose, naming.actors[1:], naming.backed_by)
        return self._with_company(mover, head, event)

    def _naming(self, head: Token) -> Naming | None:
        """Return whom a phrase names; common words mean those that were called so by name before."""
        naming = name_forces(head, self.countries, self.gazetteer)
        called = self.cast.by_noun.get(head.lemma_.lower())
        if naming is not None and naming.common and called and is_bare(head):
            return replace(naming, actors=(called, *naming.actors[1:]))
        if naming is not None and naming.common and not is_umbrella(naming.actors[0]) and is_bare(head):
            known = self.cast.known_instead(naming.actors[0])
            return replace(naming, actors=(known, *naming.actors[1:])) if known else naming
        return naming

    def _sender(self, sender: Token) -> str | None:
        """Return whose order or act it is that others move: "Ankara", "the ministry", "it"."""
        if sender.pos_ == "PRON":
            return self._antecedent(sender)
        naming = name_forces(sender, self.countries, self.gazetteer)
        if naming:
            return naming.actors[0]
        return self.cast.meant_by(sender.lemma_.lower()) if side_of_noun(sender.lemma_.lower()) else None

    def _meant(self, head: Token, last: str | None, *, sequel: bool) -> str | None:
        """Return whom forces without a name are: their owner's, those moving already, the speaker's, those before."""
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        if owner is not None:
            if owner.pos_ != "PRON" and owner.lemma_.lower() in load_lexicon().places["generic"]:
                return self.cast.latest(side=Side.STATE, before=head.idx)
            if owner.pos_ != "PRON":
                return self.force(owner)
            return self._antecedent(owner) or self.cast.latest(before=owner.idx, age=1)
        noun = telling_noun(head)
        side = side_of_noun(noun)
        if side is not None and noun in self.cast.by_noun:
            return self.cast.by_noun[noun]
        if side is None and last is not None and (sequel or brings_in_more(head)):
            return last
        if side is not Side.GROUP and (speaker := self._speaker_above(head)) is not None:
            state = self._state_speaking(speaker)
            if state is not None:
                return state
        if side is Side.STATE and not is_known(head) and self.cast.latest(side=side, before=head.idx, age=1) is None:
            return home_state(self.story, self.gazetteer)
        found = self.cast.meant_by(noun, before=head.idx + 1)
        if found is None and side is Side.STATE:
            return home_state(self.story, self.gazetteer)
        return found

    def _untold(self, event: Event, last: str | None) -> Mover | None:
        """Return who moves where no phrase tells it: a noun takes up who moved, a passive tells nobody."""
        token = event.trigger.token
        if event.trigger.entry.frame is Frame.TAKE and (token.pos_ == "NOUN" or is_passive(token)):
            told = self.cast.seen and (token.pos_ == "NOUN" or takes_a_place(event))
            return Mover(None, "", inferred=True, unknown=True) if told else None
        return Mover(last or self.cast.latest(), "", inferred=True) if token.pos_ == "NOUN" and last else None

    def _by_pronoun(self, pronoun: Token, event: Event) -> Mover | None:
        if pronoun.lower_ == "both":
            return self._both(noun_phrase(pronoun))
        if pronoun is event.expelled and event.mover is not None:
            winner = self.force(event.mover)
            actor = self._other_than(winner, event.mover.left_edge.idx) if winner else None
        else:
            actor = self._antecedent(pronoun)
        return Mover(actor, pronoun.text, inferred=True) if actor else None

    def _other_than(self, winner: str, at: int) -> str | None:
        """Return whom "them" means that these forces drive out: their only foe, who was named or acted before them."""
        foe = self.cast.foe_of(winner) or self.cast.latest(before=at, but=winner, age=0)
        if foe is not None:
            return foe
        before = self.force(self.subject) if self.subject is not None else None
        return before if before and not allied(before, winner) else self.cast.latest(before=at, but=winner)

    def _both(self, phrase: Span) -> Mover | None:
        """Return the two forces that "both sides" are: those named last."""
        first = self.cast.latest()
        second = self.cast.latest(but=first) if first else None
        if first is None or second is None:
            return None
        return Mover(second, phrase.text, inferred=True, co_actors=(first,))

    def _one_of_two(self, head: Token, phrase: Span) -> Mover | None:
        """Return which of the two forces named last "the former" or "the latter" is."""
        latter = self.cast.latest(before=head.idx)
        former = self.cast.latest(before=head.idx, but=latter) if latter else None
        actor = latter if head.lower_ == "latter" else former
        return Mover(actor, phrase.text.strip(), inferred=True) if actor else None

    def _speaker_themselves(self, pronoun: Token) -> Mover | None:
        """Return who speaks where their "we" moves: "we have left the town", an army says."""
        actor = self._ours(pronoun) if pronoun.lower_ == "we" else None
        return Mover(actor, pronoun.text, inferred=True) if actor else None

    def _ours(self, pronoun: Token) -> str | None:
        """Return whose forces "we" and "our" are: those of the army or the government that speaks."""
        speaker = self._speaker_above(pronoun)
        if speaker is None:
            return None
        naming = name_forces(speaker, self.countries, self.gazetteer)
        if naming is not None:
            return naming.actors[0]
        official = any(t.lemma_.lower() in load_lexicon().forces["officials"] for t in speaker.subtree)
        return self._state_speaking(speaker) or (home_state(self.story, self.gazetteer) if official else None)

    def _state_speaking(self, speaker: Token) -> str | None:
        """Return the state whose army or official speaks: "the army", "the Chadian defence minister"."""
        named = name_forces(speaker, self.countries, self.gazetteer)
        if named is not None:
            return named.actors[0] if side_of(named.actors[0]) is Side.STATE else None
        phrase = noun_phrase(speaker)
        if not any(t.lemma_.lower() in load_lexicon().forces["officials"] for t in phrase):
            return None
        people = next((t.text for t in phrase if self.gazetteer.demonym(t.text)), None)
        return next(iter(states_of(f"{people} troops", self.gazetteer)), None) if people else None

    def _antecedent(self, pronoun: Token) -> str | None:
        """Return whom "it" or "they" means: the one who says so, else the forces that acted last before."""
        if pronoun.lower_ == "our":
            return self._ours(pronoun)
        speaker = self._speaker_above(pronoun)
        if speaker is not None and speaker.i < pronoun.i and (actor := self.force(speaker)):
            return actor
        before = pronoun.doc[max(pronoun.sent.start, pronoun.i - REACH) : pronoun.i]
        same = (t for t in before if t.lower_ == pronoun.lower_ and t.dep_ == "nsubj")
        if (earlier := next(same, None)) is not None:
            return self._antecedent(earlier)
        subjects = [
            t for t in before if t.dep_ in {"nsubj", "nsubjpass"} and t.pos_ != "PRON" and t.head.dep_ != "relcl"
        ]
        acting = [t for t in subjects if t.head.lemma_ not in load_lexicon().saying]
        candidates = acting or ([self.subject] if self.subject is not None else [])
        if not candidates:
            return None
        if (actor := self.force(candidates[-1])) is not None:
            return actor
        plural = pronoun.lower_ in {"they", "their", "them"}
        persons = rides_along(candidates[-1]) or candidates[-1].ent_type_ == "PERSON"
        return self.cast.latest(before=pronoun.idx, age=1) if plural and not persons else None

    def _speaker_above(self, pronoun: Token) -> Token | None:
        """Return the subject of the verb of saying over a word, or None."""
        saying, verb = load_lexicon().saying, pronoun.head
        for _ in range(MAX_CLIMB):
            if verb.head.i == verb.i or verb.lemma_ in saying:
                break
            verb = verb.head
        speaker = subject_of(verb) if verb.lemma_ in saying else None
        return speaker if speaker is not None and speaker.pos_ != "PRON" else None

    def _with_company(self, mover: Mover, head: Token, event: Event) -> Mover:
        """Return the mover with those who go along: "and Chadian soldiers", "alongside the militia", "and families"."""
        others = list(mover.co_actors)
        for noun in [*head.conjuncts, *beside(head), *beside(event.trigger.token)]:
            if rides_along(noun):
                others.append("civilians")
            elif moves_under_arms(noun, noun_phrase(noun)) or self.is_name(noun, noun.text):
                naming = name_forces(noun, self.countries, self.gazetteer)
                others += naming.actors[:1] if naming and not naming.loose else ()
        return replace(mover, co_actors=tuple(dict.fromkeys(o for o in others if o != mover.actor)))

    def _is_state(self, head: Token) -> bool:
        """Whether the words are a bare country or capital, of which everything is said that its people do."""
        found = self.gazetteer.candidates(head.text)
        return bool(found) and (found[0].place.is_country or self.gazetteer.capital_of(found[0].place) is not None)
