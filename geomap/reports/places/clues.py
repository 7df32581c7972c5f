"""What tells the name of a place from other words, and how much each thing counts.

The weights were fitted by maximum likelihood, with a quadratic penalty, on news in English of six sorts: local papers,
world news, epidemics, news of the web, the war in Syria, and dispatches from ten wars, each sort counting the same. On
either half of the texts, weights fitted on the other half were right at most three points in a hundred less often than
those fitted on all. Three are set by hand, since the texts have few such names: UNKNOWN_DWELLING, CAPITAL_SAYS and
FULL_NAME.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["WEIGHTS", "Clue"]


class Clue(StrEnum):
    """What speaks for or against a place; a fraction where there is more or less of it."""

    ALWAYS = "always"
    # What the parser takes the words for, and which part of it they are.
    AREA_WHOLE = "area whole"
    AREA_FIRST = "area first"
    AREA_REST = "area rest"
    SITE_WHOLE = "site whole"
    SITE_FIRST = "site first"
    SITE_REST = "site rest"
    BODY_WHOLE = "body whole"
    BODY_REST = "body rest"
    PERSON_WHOLE = "person whole"
    PERSON_REST = "person rest"
    PEOPLE = "people"
    TIME = "time"
    """A date, an hour, a number."""
    # What stands before.
    LOCATIVE = "locative"
    NOUN_BEFORE = "noun before"
    SETTLEMENT = "settlement"
    """Called a town, a village, a quarter, a base."""
    ENUMERATED = "enumerated"
    """In a list of several such: "the villages of A, B and C", "A and B districts"."""
    TAKEN = "taken"
    OF = "of"
    TITLE = "title"
    NAME_BEFORE = "name before"
    COMPASS = "compass"
    ARTICLE = "article"
    HYPHEN_BEFORE = "hyphen before"
    # What stands behind.
    NOUN_AFTER = "noun after"
    TOWNSFOLK = "townsfolk"
    PUBLIC = "public"
    SITE = "site"
    COMPANY = "company"
    NAME_AFTER = "name after"
    OWNER = "owner"
    JOINED = "joined"
    """By a hyphen to another name: "the Sumy-Kyiv road", "Logan-Rogersville"."""
    DATELINE = "dateline"
    COMMA_NAME = "comma name"
    ACTS = "acts"
    SAYS = "says"
    # The words themselves.
    ALL_CAPS = "all caps"
    SHORT_CAPS = "short caps"
    OPENS = "opens"
    ORDINARY = "ordinary"
    NOUN = "noun"
    LOWER = "lower"
    # What the gazetteer knows.
    KNOWN = "known"
    COUNTRY = "country"
    NATURE = "nature"
    DISTRICT = "district"
    OWN_NAME = "own name"
    PEOPLE_LARGE = "large"
    # Two of them together.
    KNOWN_LOCATIVE = "known locative"
    UNKNOWN_AREA = "unknown area"
    UNKNOWN_DWELLING = "unknown dwelling"
    """On no map, but called a town or village, or listed among settlements."""
    CAPITAL_SAYS = "capital says"
    """It says something, as governments do under the name of their capital."""
    FULL_NAME = "full name"
    """With one more word, which is no common one, it makes up an entity that is no place: "Paris Hilton"."""
    BODY_PUBLIC = "body public"
    PERSON_LOCATIVE = "person locative"
    # What the report says elsewhere.
    HELD = "held"
    SURNAME = "surname"
    FIRST_NAME = "first name"
    ELSEWHERE = "elsewhere"
    BEST_ELSEWHERE = "best elsewhere"
    LISTED = "listed"


WEIGHTS: dict[Clue, float] = {
    Clue.ALWAYS: -2.9,
    Clue.AREA_WHOLE: 1.9,
    Clue.AREA_FIRST: 0.4,
    Clue.AREA_REST: 0.4,
    Clue.SITE_WHOLE: 0.7,
    Clue.SITE_FIRST: 0.2,
    Clue.SITE_REST: 0.1,
    Clue.BODY_WHOLE: 0.3,
    Clue.BODY_REST: -0.4,
    Clue.PERSON_WHOLE: 0.5,
    Clue.PERSON_REST: -0.7,
    Clue.PEOPLE: 0.8,
    Clue.TIME: -1.0,
    Clue.LOCATIVE: 0.8,
    Clue.NOUN_BEFORE: 1.2,
    Clue.SETTLEMENT: 1.1,
    Clue.ENUMERATED: 2.1,
    Clue.TAKEN: 1.7,
    Clue.OF: 0.3,
    Clue.TITLE: -1.1,
    Clue.NAME_BEFORE: -0.5,
    Clue.COMPASS: 0.4,
    Clue.ARTICLE: -0.2,
    Clue.HYPHEN_BEFORE: 0.3,
    Clue.NOUN_AFTER: -0.1,
    Clue.TOWNSFOLK: 0.7,
    Clue.PUBLIC: -0.2,
    Clue.SITE: -0.3,
    Clue.COMPANY: -0.9,
    Clue.NAME_AFTER: -0.5,
    Clue.OWNER: -0.6,
    Clue.JOINED: -0.2,
    Clue.DATELINE: 0.9,
    Clue.COMMA_NAME: 0.3,
    Clue.ACTS: -0.5,
    Clue.SAYS: -1.5,
    Clue.ALL_CAPS: -0.4,
    Clue.SHORT_CAPS: 0.7,
    Clue.OPENS: -0.2,
    Clue.ORDINARY: -1.8,
    Clue.NOUN: -1.2,
    Clue.LOWER: -1.4,
    Clue.KNOWN: 2.0,
    Clue.COUNTRY: -0.8,
    Clue.NATURE: -0.6,
    Clue.DISTRICT: 0.8,
    Clue.OWN_NAME: 0.9,
    Clue.PEOPLE_LARGE: 0.6,
    Clue.KNOWN_LOCATIVE: 0.6,
    Clue.UNKNOWN_AREA: 0.3,
    Clue.UNKNOWN_DWELLING: 2.2,
    Clue.CAPITAL_SAYS: 1.0,
    Clue.FULL_NAME: -1.0,
    Clue.BODY_PUBLIC: 0.1,
    Clue.PERSON_LOCATIVE: 0.8,
    Clue.HELD: 0.5,
    Clue.SURNAME: -1.7,
    Clue.FIRST_NAME: -2.3,
    Clue.ELSEWHERE: 0.4,
    Clue.BEST_ELSEWHERE: 0.1,
    Clue.LISTED: 0.6,
}
