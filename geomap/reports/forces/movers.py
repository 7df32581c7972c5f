"""Who moves in an event: forces named, meant by an earlier name, or not told.

The noun phrase is asked first (``naming``), then the forces of the report so far (``memory``). What moves and is no
force gives no mover at all: civilians, aid, journalists, a bare "he".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geomap.models import MovementKind
from geomap.reports.forces.actors import allied, home_rebels, home_state, is_group_name
from geomap.reports.forces.armed import (
    carries_civilians,
    counts_only,
    is_one_of,
    is_one_person,
    is_prisoner,
    is_relief,
    moves_under_arms,
    rides_along,
)
from geomap.reports.forces.campaigns import is_campaign
from geomap.reports.forces.cast import Side, side_of, side_of_noun
from geomap.reports.forces.naming import Naming, own_words
from geomap.reports.forces.phrases import (
    beside,
    brings_in_more,
    fighters_among,
    handles_relief,
    has_private_owner,
    has_sender,
    is_bare,
    is_known,
    is_vehicle,
    serving,
    taken_from,
    takes_a_place,
    telling_noun,
    without_article,
)  # fmt: skip
from geomap.reports.forces.referring import Referring
from geomap.reports.forces.stories import is_made_up
from geomap.reports.grammar import is_passive
from geomap.reports.lexicon import Frame, load_lexicon
from geomap.reports.movements.drafts import Draft, Mover
from geomap.reports.passage import noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from geomap.reports.forces.memory import Memory
    from geomap.reports.movements.events import Event

__all__ = ["Movers"]

SIDES = {"side", "party", "army", "military"}


@dataclass(slots=True)
class Movers:
    """Finds who moves, by the words of the event and by what the report has told before."""

    memory: Memory
    meaning: Referring = field(init=False)

    def __post_init__(self) -> None:
        self.meaning = Referring(self.memory)

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
        if event.void or handles_relief(event) or self.memory.made_up or is_made_up(event.trigger.token.sent):
            return None
        if head is None:
            return self._untold(event, last)
        lemma, lists = head.lemma_.lower(), load_lexicon().forces
        if head.pos_ in {"PRON", "NUM", "DET"} and head.lower_ in lists["persons"] and not is_one_of(head):
            return self.meaning.speaker_themselves(head)
        if head.pos_ in {"PRON", "DET"} and head.lower_ in lists["pronouns"]:
            return self.meaning.of_pronoun(head, event)
        if rides_along(head) and (armed_one := fighters_among(head, event.trigger.token)) is not None:
            return self._among_civilians(event, armed_one, last, sequel=sequel)
        head = serving(head, event.trigger.token)
        phrase = noun_phrase(head)
        if head.lower_ == "both" or (lemma in SIDES and any(t.lower_ in {"both", "two"} for t in phrase)):
            return self.meaning.both(phrase)
        if lemma in {"former", "latter"}:
            return self.meaning.one_of_two(head, phrase)
        if is_campaign(head):
            return self._of_campaign(event, head, phrase)
        if counts_only(head, phrase):
            return self._counted(head, phrase, event, last)
        armed = moves_under_arms(head, phrase) or self._takes_up(head) or self._part_of_named(head)
        if not armed and not self._by_own_name(head, phrase, event):
            return None
        if is_relief(phrase) or carries_civilians(head) or is_prisoner(head) or is_one_person(head):
            return None
        if has_private_owner(head):
            return None
        return self._of_phrase(event, head, phrase, last, sequel=sequel)

    def _of_campaign(self, event: Event, head: Token, phrase: Span) -> Mover | None:
        """Return whose operation takes places or pushes on: "the offensive has so far captured A"."""
        if event.trigger.token.pos_ != "VERB" or event.trigger.token.head is head:
            return None
        actor = self.memory.campaigner(head) or self.memory.campaign
        return Mover(actor, phrase.text.strip(), inferred=True) if actor else None

    def _among_civilians(self, event: Event, head: Token, last: str | None, *, sequel: bool) -> Mover | None:
        """Return the fighters who travel with civilians: "the residents and rebels from A"."""
        mover = self.mover(replace(event, mover=head, sender=None), head, last=last, sequel=sequel)
        if mover is None or "civilians" in mover.co_actors:
            return mover
        return replace(mover, co_actors=(*mover.co_actors, "civilians"))

    def beaten(self, loser: Mover, *, by: str | None) -> Mover:
        """Return who was driven out; never those who drove them out, which a word such as "terrorists" may hide."""
        if by is None or (loser.actor is not None and not allied(loser.actor, by)):
            return loser
        foe = self.memory.cast.foe_of(by) or self.memory.cast.only_other(by)
        if foe is None and loser.actor is not None:
            foe = self.memory.cast.latest(side=Side.GROUP, but=by)
        return replace(loser, actor=foe, inferred=True)

    def settled(self, draft: Draft) -> Draft:
        """Return a draft whose mover nobody named with the one whom the whole report lets it be, if only one."""
        if not draft.mover.unknown:
            return self._settled_by_side(draft)
        loser = taken_from(draft.event.trigger.token)
        foe = self.memory.cast.foe_of(actor) if loser is not None and (actor := self.memory.force(loser)) else None
        return replace(draft, mover=replace(draft.mover, actor=foe or self.memory.cast.sole_advancer()))

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
        actor = self.memory.cast.only(side, noun)
        if actor is not None and self.memory.is_far(actor, [ref.place for ref in draft.places if ref.place]):
            return draft
        if actor is None and noun in load_lexicon().forces["insurgents"] and not self.memory.cast.names_any(Side.GROUP):
            actor = home_rebels(self.memory.story, self.memory.year)
        return replace(draft, mover=replace(draft.mover, actor=actor))

    def _takes_up(self, head: Token) -> bool:
        """Whether "the group" or "the movement" can mean an armed one named before."""
        band = head.lemma_.lower() in load_lexicon().forces["bands"]
        return band and is_bare(head) and self.memory.cast.latest(side=Side.GROUP, before=head.idx) is not None

    def _part_of_named(self, head: Token) -> bool:
        """Whether a phrase counts some of those who have a name: "scores of Mai-Mai", "300 men of the Wagner Group"."""
        lists = load_lexicon().forces
        if head.lemma_.lower() not in lists["quantifiers"] | lists["if_armed"] | lists["branches"]:
            return False
        if self._of_named_group(head):
            return True
        whole = (t for c in head.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
        return any(
            self._bears_name(t) or (self.memory.is_name(t, noun_phrase(t).text) and not self.memory.is_state(t))
            for t in whole
        )

    def _of_named_group(self, head: Token) -> bool:
        """Whether people who may be anybody bear the name of a group: "ADF men", "Hamas members"."""
        if head.lemma_.lower() not in load_lexicon().forces["followers"]:
            return False
        naming = self.memory.named(head)
        if naming is None or side_of(naming.actors[0]) is not Side.GROUP:
            return False
        people = load_lexicon().forces["people"]
        return not naming.common or any(c.pos_ == "PROPN" and c.lower_ not in people for c in head.lefts)

    def _counted(self, head: Token, phrase: Span, event: Event, last: str | None) -> Mover | None:
        """Return who "200 more" or "the rest" are: forces that acted before; those who are none give no mover."""
        before = self.memory.subject
        if before is not None and (rides_along(before) or before.ent_type_ == "PERSON"):
            return None
        sender = self._sender(event.sender) if event.sender is not None else None
        actor = sender or self.meaning.antecedent(head) or last or self.memory.cast.latest(before=head.idx, age=1)
        return Mover(actor, phrase.text.strip(), inferred=True) if actor else None

    def _by_own_name(self, head: Token, phrase: Span, event: Event) -> bool:
        if head.lemma_.lower() in load_lexicon().forces["if_named"]:
            return self._bears_name(head)
        # The parser takes many a group for a person; of a state it is a statesman who bears the name.
        person = head.ent_type_ == "PERSON" and not is_group_name(without_article(phrase.text))
        named = self.memory.is_name(head, phrase.text) and not person
        return named and not (event.trigger.entry.needs_force and self.memory.is_state(head))

    def _bears_name(self, head: Token) -> bool:
        """Whether a noun that may be anybody's bears the name of forces; who left a state's is no movement of it."""
        lists = load_lexicon().forces
        if head.lemma_.lower() not in lists["if_named"]:
            return False
        naming = self.memory.named(head)
        if naming is None or naming.common:
            return False
        return head.lemma_.lower() not in lists["leavers"] or side_of(naming.actors[0]) is not Side.STATE

    def _of_phrase(self, event: Event, head: Token, phrase: Span, last: str | None, *, sequel: bool) -> Mover | None:
        words, naming = phrase.text.strip(), self.memory.naming(head)
        by = event.sender or has_sender(head)
        if naming is None and by is not None:
            sender = self._sender(by)
            naming = Naming((sender,)) if sender else None
        if naming is None:
            tells = by if by is not None and side_of_noun(telling_noun(by)) else head
            own = own_words(head, self.memory.gazetteer)
            hired = own is not None and head.lemma_.lower() in load_lexicon().forces["hired"]
            actor = own if hired else self._meant(tells, last, sequel=sequel) or own
            theirs = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.children)
            if actor is None and is_vehicle(head) and (theirs or not self.memory.cast.seen):
                return None
            return self._with_company(Mover(actor, words, inferred=True), head, event)
        mover = Mover(naming.actors[0], words, naming.loose, naming.actors[1:], naming.backed_by)
        return self._with_company(mover, head, event)

    def _sender(self, sender: Token) -> str | None:
        """Return whose order or act it is that others move: "Ankara", "the ministry", "it"."""
        if sender.pos_ == "PRON":
            return self.meaning.antecedent(sender)
        naming = self.memory.named(sender)
        if naming:
            return naming.actors[0]
        noun = sender.lemma_.lower()
        return self._acting_band(sender) or (
            self.memory.meant_by(noun, before=sender.idx) if side_of_noun(noun) else None
        )

    def _meant(self, head: Token, last: str | None, *, sequel: bool) -> str | None:
        """Return whom forces without a name are: their owner's, those moving already, the speaker's, those before."""
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        if owner is not None:
            if owner.pos_ != "PRON" and owner.lemma_.lower() in load_lexicon().places["generic"]:
                return self.memory.cast.latest(side=Side.STATE, before=head.idx)
            if owner.pos_ != "PRON":
                return self.memory.force(owner)
            found = self.meaning.antecedent(owner)
            return found if found or is_vehicle(head) else self.memory.cast.latest(before=owner.idx, age=1)
        noun = telling_noun(head)
        side = side_of_noun(noun)
        if side is not None and (called := self.memory.cast.called(noun)):
            return called
        if side is None and last is not None and (sequel or brings_in_more(head)):
            return last
        if side is not Side.GROUP and (speaker := self.meaning.speaker_above(head)) is not None:
            state = self.meaning.state_speaking(speaker)
            if state is not None:
                return state
        if (
            side is Side.STATE
            and not is_known(head)
            and self.memory.cast.latest(side=side, before=head.idx, age=1) is None
        ):
            return home_state(self.memory.story, self.memory.gazetteer)
        found = self._acting_band(head) or self.memory.meant_by(noun, before=head.idx + 1)
        above = self._acting_above(head)
        if found is not None and found == above and side is Side.GROUP:
            return self.memory.cast.latest(side=side, before=head.idx, but=above)
        return found

    def _acting_above(self, head: Token) -> str | None:
        """Return who does what a clause is about: in "A warned people after the militants entered B" they are not A."""
        clause = head.head
        while clause.pos_ == "VERB" and clause.dep_ == "conj":
            clause = clause.head
        if clause.pos_ != "VERB" or clause.dep_ != "advcl":
            return None
        acts = next((c for c in clause.head.children if c.dep_ == "nsubj" and c.i < head.i), None)
        return self.memory.force(acts) if acts is not None and acts.pos_ != "PRON" and acts is not head else None

    def _acting_band(self, head: Token) -> str | None:
        """Return who "the group" or "the alliance" is rather than those named last: the group that acted before."""
        before = self.memory.subject
        band = head.lemma_.lower() in load_lexicon().forces["bands"] and head.tag_ == "NN" and is_known(head)
        actor = self.memory.force(before) if band and before is not None else None
        return actor if actor is not None and side_of(actor) is Side.GROUP else None

    def _untold(self, event: Event, last: str | None) -> Mover | None:
        """Return who moves where no phrase tells it: a noun takes up who moved, a passive tells nobody."""
        token, frame = event.trigger.token, event.trigger.entry.frame
        falls = frame is Frame.FALL and token.pos_ == "VERB"  # "A fell on Monday"
        if falls or (frame is Frame.TAKE and (token.pos_ == "NOUN" or is_passive(token))):
            told = self.memory.cast.seen and (falls or token.pos_ == "NOUN" or takes_a_place(event))
            return Mover(None, "", inferred=True, unknown=True) if told else None
        return Mover(last or self.memory.cast.latest(), "", inferred=True) if token.pos_ == "NOUN" and last else None

    def _with_company(self, mover: Mover, head: Token, event: Event) -> Mover:
        """Return the mover with those who go along: "and Chadian soldiers", "alongside the militia", "and families"."""
        others = list(mover.co_actors)
        for noun in [*head.conjuncts, *beside(head), *beside(event.trigger.token)]:
            if rides_along(noun):
                others.append("civilians")
            elif moves_under_arms(noun, noun_phrase(noun)) or self.memory.is_name(noun, noun.text):
                naming = self.memory.named(noun)
                others += naming.actors[:1] if naming and not naming.loose else ()
        return replace(mover, co_actors=tuple(dict.fromkeys(o for o in others if o != mover.actor)))
