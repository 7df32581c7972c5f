"""Which of the forces in a clause moves, and which is driven out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.reports.forces.actors import load_actors
from geomap.reports.languages.patterns import Form
from geomap.reports.lexicon import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.reports.languages.clauses import Clause
    from geomap.reports.languages.lexicon import Lexicon
    from geomap.reports.languages.movers import Force

__all__ = ["Cast", "cast"]

PASSIVE_REACH = 3
"""Words between the auxiliary of a passive and its participle."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One who moves in a clause."""

    mover: Force | None
    actor: str | None
    wins: bool = True
    """False for the one who is driven out."""
    inferred: bool = False
    """Taken from other clauses: the words of this one do not name the mover."""
    shared: bool = False
    """The mover of the clause before, which this one goes on telling of."""
    company: Force | None = None
    """Other words of the clause for the same forces: "Turkey sent 30 tanks"."""


def cast(
    clause: Clause, forces: Sequence[Force], lexicon: Lexicon, *,
    before: Force | None, last: Force | None, countries: Sequence[str],
) -> tuple[Cast, ...]:  # fmt: skip
    """Return who moves in a clause: nobody, one, or the one who drives out and the one driven out.

    Parameters
    ----------
    clause
        Its head is a verb or noun of movement.
    forces
        The phrases of forces of the whole sentence.
    lexicon
        Of its language.
    before
        Who moves in the clause before.
    last
        Who acted last in the sentences before.
    countries
        ISO codes of the countries the story plays in: whose army "the army" is.
    """
    entry = clause.head.entry
    assert entry is not None
    own = [f for f in forces if f.first in clause.own]
    if not own:
        own = _in_part(clause, forces)
    if entry.frame is Frame.EXPEL:
        return _duel(clause, own, lexicon, last or before, countries)
    if _led_by_others(clause, own, lexicon):
        return ()
    own = [f for f in own if f.first < clause.stop]
    if entry.frame is Frame.GO:
        own = [replace(f, against=False) for f in own]
    found = _mover(clause, own, lexicon)
    if found is not None and entry.needs_force and not any(f.armed or _stands_alone(f, clause) for f in own):
        return ()
    if found is not None:
        role = _named(found, own, last, countries)
        if role.actor is None and found.maybe_civil:
            return ()
        same = before is not None and found.first == before.first
        return (replace(role, shared=same, actor=before.actor if before and same else role.actor),)
    if _passive(clause, lexicon) and entry.frame is Frame.TAKE:
        return (Cast(None, None, inferred=True),)
    return _carried(clause, forces, lexicon, before, last, countries)


def _in_part(clause: Clause, forces: Sequence[Force]) -> list[Force]:
    """Return the forces of the head's part of the sentence that stand before it: its subject, behind other words."""
    return [f for f in forces if clause.start <= f.first < clause.head.first]


def _mover(clause: Clause, own: Sequence[Force], lexicon: Lexicon) -> Force | None:
    """Return who moves among the forces of a clause, by their marks and by the order of words."""
    entry = clause.head.entry
    assert entry is not None
    agents = [f for f in own if f.agent]
    others = [f for f in own if not f.agent and not f.against and not _carries(f, clause, lexicon)]
    if entry.frame in {Frame.TAKE, Frame.FALL}:
        if agents:
            return agents[0]
        if _passive(clause, lexicon) and entry.frame is Frame.TAKE:
            return None
    before = [f for f in others if f.first < clause.head.first]
    after = [f for f in others if f.first >= clause.head.first]
    if entry.frame is Frame.TAKE and len(before) > 1:
        before = [f for f in before if not f.object] or before
    if len(others) > 1:
        before = [f for f in before if not _means(f, clause, lexicon)]
    ranked = [*after, *before] if lexicon.order.subject_after and not before else [*before, *after]
    return ranked[0] if ranked else agents[0] if agents else None


def _stands_alone(force: Force, clause: Clause) -> bool:
    """Whether the name of a people stands right beside the verb, and so for its forces: "the Russians left"."""
    return 0 <= clause.head.first - force.last <= 1


def _carries(force: Force, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether vehicles are only told as the means: "arrived in buses"."""
    if not force.vehicles or force.first < clause.head.first or lexicon.order.marks_after:
        return False
    return any(
        (m := lexicon.prepositions.at(clause.words, at)) is not None and m.last == force.first
        for at in range(max(0, force.first - 2), force.first)
    )


def _means(force: Force, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether vehicles stand behind a preposition: "in 60 buses"."""
    if not force.vehicles or lexicon.order.marks_after or force.first == 0:
        return False
    match = lexicon.prepositions.at(clause.words, force.first - 1)
    return match is not None and match.last == force.first


def _passive(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the head tells what is done to its subject."""
    if clause.head.shape.passive:
        return True
    at = clause.head.first
    if lexicon.status["reflexive"].any(clause.words, max(clause.start, at - PASSIVE_REACH), at):
        return False
    return lexicon.status["passive"].any(clause.words, max(clause.start, at - PASSIVE_REACH), at)


def _led_by_others(clause: Clause, own: Sequence[Force], lexicon: Lexicon) -> bool:
    """Whether the first that a clause names are people who are no forces: a minister, refugees."""
    places = sorted(clause.own)
    if lexicon.order.subject_after:
        places = [at for at in places if at >= clause.head.first]
    lists = lexicon.forces["not_forces"], lexicon.forces["relief"]
    others = [at for at in places if any(words.at(clause.words, at) for words in lists)]
    if not others or _governs(clause, others[0], lexicon):
        return False
    return not own or min(f.first for f in own) > others[0]


def _governs(clause: Clause, at: int, lexicon: Lexicon) -> bool:
    """Whether those at a word only order, plan or tell what others do: "the president ordered the troops to leave"."""
    lists = lexicon.status["ordered"], lexicon.status["planned"], lexicon.status["denied"]
    return any(words.any(clause.words, at, clause.head.first) for words in lists)


def _named(mover: Force, own: Sequence[Force], last: Force | None, countries: Sequence[str]) -> Cast:
    """Return the mover with its actor: by words of the clause, by the country, by what came before."""
    company = next(
        (f for f in own if f is not mover and not f.against and not f.agent and f.actor in {None, mover.actor}), None
    )
    if mover.actor is not None:
        return Cast(mover, mover.actor, company=company)
    other = next((f for f in own if f.actor is not None and not f.against), None)
    if other is not None:
        return Cast(mover, other.actor, company=other)
    if mover.army or any(f.army for f in own):
        return Cast(mover, _home(countries), company=company)
    if last is not None and last.actor is not None:
        return Cast(mover, last.actor, company=company)
    return Cast(mover, _home(countries) if mover.home or any(f.home for f in own) else None, company=company)


def _home(countries: Sequence[str]) -> str | None:
    """Return the forces of the first country of the story."""
    if not countries:
        return None
    return next((a.name for a in load_actors() if a.kind == "state" and a.country == countries[0]), None)


def _carried(
    clause: Clause,
    forces: Sequence[Force],
    lexicon: Lexicon,
    before: Force | None,
    last: Force | None,
    countries: Sequence[str],
) -> tuple[Cast, ...]:
    """Return the mover that a clause without one takes over from those before it."""
    if clause.head.shape.form is Form.NOUN:
        return ()
    if before is not None:
        return (Cast(before, before.actor, inferred=True, shared=True),)
    earlier = [f for f in forces if f.last <= clause.head.first and not f.against]
    pronoun = any(lexicon.forces["pronouns"].at(clause.words, at) for at in clause.own)
    if earlier:
        return (_named(earlier[-1], [], last, countries),)
    dropped = lexicon.order.subject_dropped and not _has_subject(clause, lexicon)
    if last is not None and (pronoun or dropped):
        return (Cast(last, last.actor, inferred=True),)
    return ()


def _has_subject(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether people or things that are no forces may be the subject of a clause."""
    return any(lexicon.forces["not_forces"].at(clause.words, at) for at in clause.own)


def _duel(
    clause: Clause, own: Sequence[Force], lexicon: Lexicon, last: Force | None, countries: Sequence[str]
) -> tuple[Cast, ...]:
    """Return who drives out and who is driven out."""
    agents = [f for f in own if f.agent]
    others = [f for f in own if not f.agent]
    if agents or _passive(clause, lexicon):
        loser = others[0] if others else None
        winner = agents[0] if agents else None
    else:
        beaten = [f for f in others if f.object or f.against]
        upright = [f for f in others if f not in beaten]
        winner = upright[0] if upright else None
        loser = beaten[0] if beaten else next((f for f in upright[1:] if f.actor != (winner and winner.actor)), None)
    found = []
    if winner is not None:
        found.append(_named(winner, [], last, countries))
    if loser is not None:
        actor = loser.actor or (last.actor if last and last is not winner else None)
        found.append(Cast(loser, actor, wins=False))
    return tuple(found)
