"""The words of :mod:`geomap.gazetteer.relations`: winds, nouns of place, and the phrases they make.

In a pattern ``{a}`` and ``{b}`` stand for the anchors; the groups are ``length``, ``point`` (a wind as seen from the
anchor), ``part`` (a wind that names a part of it), ``due`` and ``word`` (the noun that decides the kind).
"""

from __future__ import annotations

__all__ = [
    "ADJECTIVES",
    "APPOSED",
    "DIRECT",
    "KINDS",
    "LEAD",
    "LENGTH_MARK",
    "NEEDED",
    "NO_NAME",
    "ON_LINE",
    "PATTERNS",
    "POINTS",
    "TELLING",
]

POINTS = {
    wind: 22.5 * number
    for number, wind in enumerate(
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]
    )
}
"""Bearings of the sixteen winds in degrees clockwise from north."""

_WIND = r"(?:(?:north|south|east|west)[\s-]?)?(?:north|south)[\s-]?(?:east|west)|north|south|east|west"
_SIGN = r"(?-i:[NS][NS]?[EW]|[EW][NS][EW]|[NSEW])"
_POINT = rf"(?P<point>(?:{_WIND})(?:wards?)?(?!\w)|{_SIGN}(?!\w))"
_PART = rf"(?P<part>(?:{_WIND})(?:ern(?:most)?|erly)?)"

KINDS = (
    r"(?:river|creek|canal|lake|reservoir|sea|highway|motorway|road|route|freeway|expressway|autobahn|valley|mountains?"
    r"|hills?|plateau|desert|peninsula|islands?|province|governorate|oblast|region|state|district|county|raion|city"
    r"|town|village|hamlet|settlement|municipality|(?:border\s+)?crossing|dam|bridge|(?:refugee\s+)?camp|airport"
    r"|(?:military\s+)?air\s?base|airfield|(?:military\s+|army\s+|naval\s+)?base|junction|port|oil\s?field|field)"
)
"""Common nouns that stand beside a name and belong to it."""
_SPOTS = (
    r"(?:town|village|city|hamlet|settlement|community|base|position|hill|ridge|checkpoint|outpost|area|place|point|spot"
    r"|site|location|camp|crossing|bridge|dam|airport|air\s?base|airfield|field|port|somewhere|anywhere|zone|front)"
)
LEAD = (
    rf"(?:(?:(?:an?|the|one|another|some|several)\s+)?(?:[a-z-]+\s+){{0,2}}?{_SPOTS}s?,?\s+)?"
    r"(?:(?:located|situated|lying|based)\s+)?(?:(?:in|on|at|along|astride|to(?!\s+the\s+(?:north|south|east|west))|towards?|from|down|up)\s+)?"
)
"""What may stand before a whole query: "a small village", "on"."""
APPOSED = (
    rf"\s*(?:[,(–—]|\s-\s)\s*(?:(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?{_SPOTS}s?,?\s+)?"
    r"(?:(?:which|that)\s+(?:is|lies|sits|stands|lay|was)\s+)?(?:(?:located|situated|lying|based|just)\s+)?"
    rf"|\s+(?:is|lies|sits|stands|lay)\s+(?:(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?{_SPOTS},?\s+)?"
    r"(?:(?:located|situated|just)\s+)?"
    r"|\s+(?:located\s+|situated\s+)?(?=(?:(?:about|some|around|roughly)\s+)?\d)"
)
"""What stands between a name and the relation it is said to be in."""
ON_LINE = r"(?:on|along|by|beside|astride|at)\s+"
"""Stands between a name and the line it lies on."""
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|christmas|easter|ramadan)"
)
NO_NAME = (
    rf"(?:(?:early|mid|late|last|next|this)[\s-]+)?{_MONTHS}(?:\s+\d+)?|it|its|them|they|here|there|us|him|her|this|that"
    r"|which|where|noon|midnight|dawn|dusk|now|then"
    r"|(?!-?\d+(?:\.\d+)?\s*,\s*-?\d+(?:\.\d+)?$)[\d.,:%$€£]+(?:\s+(?:percent|per\s+cent|[a-z]+))*|[^\w]*|.*\b(?:and|or|of|the)"
)
"""Words in the place of a name that are none: months, pronouns, hours and amounts."""

_ROAD = (
    r"(?:(?:main|coastal|coast|desert|strategic|international|old|new|key|vital|supply|national|ring)\s+){{0,2}}"
    r"(?:road|highway|motorway|route|freeway|expressway|axis|supply\s+line)"
)
_RUNS = (
    r"(?:(?:that|which)\s+)?(?:(?:runs|running|leads|leading|goes|going|stretches|stretching|extending)\s+)?"
    r"(?:from|between|linking|links|that\s+links|connecting|connects|joining|joins)"
)
_TOWNS = r"(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?:towns|cities|villages|provinces|regions)\s+of\s+"
_DASH = r"\s?(?:[-–—‑/]|\bto\b|\band\b)\s?"
_TO = r"(?:to|and|with|towards?)"
_FRONTIER = (
    r"(?:land\s+)?(?:border|frontier)s?(?:\s+(?:area|region|zone|line|strip)s?)?"
    r"(?!\s+(?:guard|police|force|troop|town|village|cit|crossing|post|gate|patrol|security|province|control|checkpoint"
    r"|closure|dispute|war|talk|clash|camp|market|wall|fence|district|official|conflict))"
)
_HALFWAY = (
    r"(?:about\s+|roughly\s+)?(?:half|mid)[\s-]?way\s+"
    rf"(?:between|from|(?:on|along)\s+the\s+{_ROAD}\s+(?:from|between))"
)
_DIVIDES = r"(?:between|of|separating|dividing)"
_WITHIN = r"(?:with)?in(?:\s+a\s+radius\s+of)?(?:\s+an?)?"
_COAST = r"(?:coasts?|shores?|coastline)"
_FROM = r"(?:from|outside(?:\s+of)?|beyond|short\s+of|out\s+of|inland\s+(?:of|from))"
_BANK_SIDE = rf"(?P<part>(?:{_WIND}|left|right)(?:ern)?)"
_PART_NOUN = rf"(?P<part>(?:far\s+)?(?:{_WIND}))"
_AFTER = r"(?P<word>outskirts|suburbs|countryside|periphery|environs|approaches)"
_NEAR = (
    r"(?:very\s+)?(?:near(?:\s+to)?|close\s+to|not\s+far\s+from|next\s+to|adjacent\s+to|in\s+the\s+(?:vicinity|area)\s+of"
    r"|(?:just\s+)?outside(?:\s+of)?|around)"
)
_MEET = r"(?:junction|intersection|crossroads|interchange|meeting\s+point)"
_AWAY = r"(?:away\s+)?(?:(?P<due>due|directly|straight|exactly)\s+)?(?:(?:to\s+the|further|farther|just)\s+)?"
_FRINGE = (
    r"(?P<word>outskirts|suburbs|edges?|fringes?|periphery|entrances?|approaches|gates|countryside|hinterland|environs"
    r"|surroundings|vicinity|rural\s+areas|parts?|half|districts|neighbou?rhoods|quarters)"
)
LENGTH_MARK = "ꙫ"
"""Stands for each letter of a length, which is found before a pattern is tried."""
_LENGTH = f"(?P<length>{LENGTH_MARK}+)"

TELLING = (
    r"\b(?:of|from|between|where|off|near|to|around|outside|inside|within|into|beyond|rural|countryside|suburbs|periphery"
    rf"|environs|border|frontier|{_MEET}|outskirts|approaches|{_ROAD.replace('{{', '{').replace('}}', '}')})"
)
"""Some word of this is in every phrase below."""
DIRECT = frozenset({"road", "border", "junction"})
"""Relations that are lines or spots of their own, so that others may be told by them."""

PATTERNS: tuple[tuple[str, str], ...] = (
    ("stretch", rf"{{a}}\s+{_NEAR}\s+{{b}}"),
    ("halfway", rf"{_HALFWAY}\s+{{a}}\s+{_TO}\s+{{b}}"),
    ("junction", rf"(?:the\s+)?{_MEET}\s+(?:of|between|where)\s+{{a}}\s+(?:and|with|meets|crosses)\s+{{b}}"),
    ("junction", rf"(?:the\s+)?{{a}}{_DASH}(?:the\s+)?{{b}}\s+{_MEET}"),
    ("junction", r"where\s+{a}\s+(?:meets|crosses|joins|intersects(?:\s+with)?)\s+{b}"),
    ("road", rf"(?:(?:the|an?)\s+)?{_ROAD}\s+{_RUNS}\s+(?:{_TOWNS})?{{a}}\s+{_TO}\s+{{b}}"),
    ("road", rf"(?:the\s+)?{{a}}{_DASH}{{b}}\s+{_ROAD}"),
    ("border", rf"(?:the\s+)?{{a}}\s?[-–—‑/]\s?{{b}}\s+{_FRONTIER}"),
    ("border", rf"(?:the\s+)?{_FRONTIER}\s+{_DIVIDES}\s+(?:{_TOWNS})?{{a}}\s+(?:and|from)\s+{{b}}"),
    ("border", rf"(?:the\s+)?{{a}}\s+{_FRONTIER}\s+with\s+{{b}}"),
    ("border", rf"(?:the\s+|its\s+|their\s+)?{_FRONTIER}\s+with\s+{{a}}"),
    ("border", rf"(?:the\s+)?{{a}}\s+{_FRONTIER}"),
    ("within", rf"{_WITHIN}\s+{_LENGTH}[\s-]+(?:radius\s+)?(?:{_POINT}\s+)?(?:of|from|around|to)\s+{{a}}"),
    ("within", rf"an?\s+{_LENGTH}[\s-]+radius\s+(?:of|around|from)\s+{{a}}"),
    ("offshore", rf"(?:{_LENGTH}\s+)?off\s+(?:the\s+)?{_COAST}\s+of\s+{{a}}"),
    ("offshore", rf"(?:{_LENGTH}\s+)?off\s+(?:the\s+)?{{a}}\s+{_COAST}"),
    ("offshore", r"(?:the\s+|in\s+)?waters\s+off\s+(?:the\s+coast\s+of\s+)?{a}"),
    ("offshore", rf"{_LENGTH}\s+off\s+{{a}}"),
    ("inside", rf"{_LENGTH}\s+(?:deep\s+)?(?:inside|into|within)\s+{{a}}"),
    ("offset", rf"{_LENGTH},?\s+{_AWAY}{_POINT}\s+(?:of|from)\s+{{a}}"),
    ("offset", rf"{_LENGTH}\s+(?:away\s+)?{_FROM}\s+{{a}}"),
    ("offset", rf"{_POINT}\s+of\s+{{a}},?\s+(?:and\s+)?(?:at\s+a\s+distance\s+of\s+)?{_LENGTH}\s+(?:away|off)"),
    ("bank", rf"(?:the\s+)?{_BANK_SIDE}[\s-](?:river\s?)?(?:banks?|shores?|side)\s+of\s+{{a}}"),
    ("bank", r"(?:the\s+)?(?:river\s?)?(?:banks?|shores?)\s+of\s+{a}"),
    ("outskirts", rf"(?:the\s+)?(?:(?:far|immediate|outer)\s+)?(?:{_PART}\s+)?{_FRINGE}\s+(?:of|to|around)\s+{{a}}"),
    ("outskirts", rf"(?:the\s+)?{_PART}\s+{{a}}\s+{_AFTER}"),
    ("outskirts", rf"(?:the\s+)?{{a}}\s+(?:{_PART}\s+)?{_AFTER}"),
    ("countryside", r"rural\s+{a}"),
    ("near", rf"{_NEAR}\s+{{a}}"),
    ("part", rf"(?:in\s+)?the\s+{_PART_NOUN}\s+of\s+{{a}}"),
    (
        "side",
        rf"(?P<cut>to\s+the\s+)?(?:(?:just|immediately|far|further|(?P<due>due|directly))\s+)?{_POINT}\s+of\s+{{a}}",
    ),
    ("between", rf"(?:in\s+)?between\s+(?:{_TOWNS})?{{a}}\s+and\s+{{b}}"),
)

_NEARBY = ("near", "close", "far", "next", "adjacent", "vicinity", "area", "outside", "around")
_ROADS = ("road", "highway", "motorway", "route", "freeway", "expressway", "axis", "supply")
_WINDS = ("north", "south", "east", "west")
NEEDED: dict[str, tuple[str, ...]] = {
    "stretch": _NEARBY,
    "halfway": ("way",),
    "junction": ("junction", "intersection", "crossroads", "interchange", "meeting", "where"),
    "road": _ROADS,
    "border": ("border", "frontier"),
    "within": (LENGTH_MARK,),
    "offshore": ("off",),
    "inside": (LENGTH_MARK,),
    "offset": (LENGTH_MARK,),
    "bank": ("bank", "shore", "side"),
    "outskirts": (
        "outskirts", "suburbs", "edge", "fringe", "periphery", "entrance", "approaches", "gates", "countryside",
        "hinterland", "environs", "surroundings", "vicinity", "rural", "part", "half", "district", "neighbo",
        "quarters",
    ),
    "countryside": ("rural",),
    "near": _NEARBY,
    "part": _WINDS,
    "side": ("of",),
    "between": ("between",),
}  # fmt: skip
"""Letters of which some are in every phrase of a kind: looking for them first is cheaper than trying the pattern."""

ADJECTIVES = {
    **dict.fromkeys(["approaches", "gates", "entrance", "entrances"], "approaches"),
    **dict.fromkeys(["countryside", "hinterland", "rural areas"], "countryside"),
    **dict.fromkeys(["vicinity", "environs", "surroundings"], "near"),
    **dict.fromkeys(["part", "parts", "half", "districts", "neighbourhoods", "neighborhoods", "quarters"], "part"),
}
"""The kind of relation that a noun makes; the others are the outskirts."""
