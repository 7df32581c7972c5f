"""The forces of one report, in the order it names them: whom "the group", "the army" and "they" mean, who fights whom.

Only names and offsets are kept, nothing of the parse, so that each rule can be tried by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from geomap.reports.forces.actors import ActorKind, actor_of, allied, singular
from geomap.reports.lexicon import load_lexicon

__all__ = ["Cast", "Seen", "Side", "side_of", "side_of_noun"]

REMEMBERED = 12
"""Namings that later words can still mean."""


class Side(StrEnum):
    """Whether forces are a state's or fight for none."""

    STATE = "state"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Seen:
    """Forces named in the report."""

    actor: str
    side: Side | None
    """None for those who can be called either."""
    at: int | None = None
    """Offset in the paragraph while its sentence is read; None in later ones."""
    aside: bool = False
    """Named as a source or in the name of something else, not as forces in the field."""
    age: int = 0
    """Sentences since."""
    attending: bool = False
    """Named only as going along with or after others: "with Hezbollah and Iran in pursuit"."""

    def in_next_sentence(self) -> Seen:
        """Return the same, one sentence later."""
        return Seen(self.actor, self.side, None, self.aside, self.age + 1, self.attending)


def side_of(actor: str) -> Side | None:
    """Return whose forces an actor's are; None for the government of a region, which is called either."""
    row = actor_of(actor)
    if row is None:
        return Side.GROUP if _is_band(actor) else Side.STATE
    if row.kind in {ActorKind.STATE, ActorKind.COALITION}:
        return Side.STATE
    return None if row.kind is ActorKind.AUTHORITY else Side.GROUP


def _is_band(name: str) -> bool:
    """Whether a name that no table has is that of a group rather than of a country."""
    forces = load_lexicon().forces
    words = {singular(word) for word in name.lower().split()}
    return bool(words & (forces["irregular"] | forces["unit_names"] | forces["bands"] | forces["people"]))


def side_of_noun(noun: str) -> Side | None:
    """Return whose forces a common noun can mean: "soldiers" a state's, "gunmen" a group's, "convoy" anybody's."""
    forces = load_lexicon().forces
    if noun in forces["irregular"] or noun in forces["bands"]:
        return Side.GROUP
    return Side.STATE if noun in forces["regular"] else None


def _may_be_called(actor: str, noun: str) -> bool:
    """Whether forces may be what a noun says of their creed: "jihadists" are not the SDF."""
    forces = load_lexicon().forces
    return noun not in forces["zealots"] or actor.lower() not in forces["secular"]


@dataclass(slots=True)
class Cast:
    """Remembers who was named, with which noun, who advanced and against whom."""

    seen: list[Seen] = field(default_factory=list)
    by_noun: dict[str, str] = field(default_factory=dict)
    """Noun to the forces it was last said of by name: "rebels" after "Houthi rebels"."""
    advancing: list[str] = field(default_factory=list)
    foes: list[tuple[str, str]] = field(default_factory=list)
    everybody: set[str] = field(default_factory=set)
    far: frozenset[str] = frozenset()
    """Those whose war is far from the places of the sentence in hand."""

    def next_sentence(self) -> None:
        """Forget where in its sentence each was named, and who was named long ago."""
        self.everybody |= {one.actor for one in self.seen if not one.aside}
        self.seen = [one.in_next_sentence() for one in self.seen[-REMEMBERED:]]

    def note(
        self, actor: str, *, noun: str = "", at: int | None = None, aside: bool = False, attending: bool = False
    ) -> None:
        """Remember that forces were named, and the common noun that was said of them."""
        self.seen.append(Seen(actor, side_of(actor), at, aside, attending=attending))
        if side_of_noun(noun) and noun not in load_lexicon().forces["bands"]:
            self.by_noun[noun] = actor

    def latest(
        self, *, side: Side | None = None, before: int | None = None, but: str | None = None, age: int | None = None
    ) -> str | None:
        """Return the forces named last: of a side, before an offset of the sentence in hand, other than some.

        With `age`, only those named so many sentences ago at most.

        Those named as forces come before those that are only sources.
        """
        fitting = [
            one
            for one in self._named_before(before)
            if (side is None or one.side in {side, None})
            and (age is None or (one.age <= age and not one.aside))
            and (but is None or not allied(one.actor, but))
        ]
        return next((one.actor for one in fitting), None)

    def _named_before(self, before: int | None) -> list[Seen]:
        """Return who was named, the last first; after all others those only attending, and then mere sources."""
        near = (one for one in reversed(self.seen) if one.actor not in self.far)
        named = [one for one in near if before is None or one.at is None or one.at < before]
        return sorted(named, key=lambda one: (one.aside, one.attending))

    def meant_by(self, noun: str, *, before: int | None = None, home: str | None = None) -> str | None:
        """Return whom "the rebels" or "the army" takes up: those last called so by name, else the last of that side.

        "The army" without a name is rather that of the country the report is about, `home`, than the one named last.
        """
        side = side_of_noun(noun)
        if side is not None and (called := self.called(noun)):
            return called
        if noun in load_lexicon().forces["bodies"] and home in self._everybody() - self.far:
            return home
        if noun in load_lexicon().forces["irregular"]:
            # A government of a region may be called a group, but not by those who call others terrorists.
            bands = (one.actor for one in self._named_before(before) if one.side is Side.GROUP)
            band = next((actor for actor in bands if _may_be_called(actor, noun)), None)
            if band is not None:
                return band
        found = self.latest(side=side, before=before)
        return found if found is None or _may_be_called(found, noun) else None

    def called(self, noun: str) -> str | None:
        """Return whom the report called by a noun when it named them last, unless they are far away."""
        called = self.by_noun.get(noun)
        return called if called not in self.far else None

    def advanced(self, actor: str) -> None:
        """Remember that forces gained ground."""
        if not any(allied(actor, other) for other in self.advancing):
            self.advancing.append(actor)

    def fought(self, winner: str, loser: str) -> None:
        """Remember that one fights the other."""
        if not allied(winner, loser) and (winner, loser) not in self.foes:
            self.foes.append((winner, loser))

    def foe_of(self, actor: str) -> str | None:
        """Return the only forces that the report tells to fight these, or None."""
        others = {b if a == actor else a for a, b in self.foes if actor in (a, b)}
        return others.pop() if len(others) == 1 else None

    def only(self, side: Side | None, noun: str = "") -> str | None:
        """Return the only forces of a side that the whole report names, or None; also where a noun cannot mean them."""
        fitting = sorted(actor for actor in self._everybody() if side is None or side_of(actor) in {side, None})
        return fitting[0] if len(fitting) == 1 and _may_be_called(fitting[0], noun) else None

    def only_other(self, actor: str) -> str | None:
        """Return the only forces of the report beside some, or None."""
        others = {one for one in self._everybody() if not allied(one, actor)}
        return others.pop() if len(others) == 1 else None

    def names_any(self, side: Side) -> bool:
        """Whether the report names forces of a side at all."""
        return any(side_of(actor) is side for actor in self._everybody())

    def known_instead(self, actor: str) -> str | None:
        """Return the group that a report about another one than these calls by their common word, or None."""
        if actor in self._everybody() or side_of(actor) is not Side.GROUP:
            return None
        return next((one.actor for one in self._named_before(None) if one.side is Side.GROUP), None)

    def _everybody(self) -> set[str]:
        return {one.actor for one in self.seen if not one.aside} | self.everybody

    def sole_advancer(self) -> str | None:
        """Return who gains ground in the report where only one side does, or None."""
        return self.advancing[0] if len(self.advancing) == 1 else None
