"""Which language a report is in, paragraph by paragraph where it has several.

Most reports are English, and are known for it by their short words, at no cost. Of the rest the script is looked at
first; what it leaves open is judged by py3langid, whose answers are kept to the languages of ``languages.toml`` in
that script. A short text says too little: it is taken for English, or for what the rest of the report is in.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from geomap.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from py3langid.langid import LanguageIdentifier

    from geomap.models import Report
    from geomap.reports.intake.story import Block

__all__ = ["DEFAULT", "Tongue", "Tongues", "detect", "languages", "name_of", "tongues"]

DEFAULT = "en"
SAMPLE = 2_000
"""Characters of a paragraph that are looked at."""
ENGLISH_SHARE = 0.14
"""Share of English short words from which a text is English without further question; news has .3 to .45."""
LEAST_WORDS = 4
"""Words in Latin letters, fewer of which are not judged."""
UNSPACED = 3
"""Letters that count as a word where a script writes none apart."""
FOREIGN_WORDS = 3
"""Words in another script that are more than a name in a text."""
OWN_WORDS = 8
"""Words of a paragraph that may be of another language than the report."""
SURE, PLAIN = 0.8, 0.97
"""Belief from which a text is said to be of a language; and from which that goes before what a header says."""
PLAIN_WORDS = 12
"""Words of a text that may contradict its header."""
_WORD = re.compile(r"(?<![\w'’])[^\W\d_]+")
"""A word, or what stands before its apostrophe: "Halep" of "Halep'in", "l" of "l'armée"."""
_OTHER_LETTERS = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True)
class Language:
    """A language that is told apart from others."""

    code: str
    """ISO 639-1, or 639-3 where that has none."""
    name: str
    script: str
    read: Literal["whole", "names", "nothing"]
    common: frozenset[str]
    letters: frozenset[str]
    """Letters that the others in its script do not have, or seldom."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """What language a text is in, as far as it tells."""

    code: str | None
    """None where it cannot be told."""
    belief: float
    """From 0 to 1."""
    words: int


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages of a report."""

    main: str
    """ISO 639-1 code of the language that most of it is in; English where nothing can be told."""
    blocks: tuple[str, ...]
    """The language of each paragraph."""
    issues: tuple[Issue, ...] = ()
    """What is not read for its language, and headers that are wrong about it."""

    @property
    def foreign(self) -> bool:
        """Whether some paragraph is not English."""
        return any(code != DEFAULT for code in self.blocks)


@cache
def languages() -> dict[str, Language]:
    """Return the languages that are told apart, by code."""
    table = tomllib.loads(files("geomap.reports.languages").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {
        code: Language(
            code, row["name"], row["script"], row.get("read", "nothing"),
            frozenset(row.get("common", "").split()), frozenset(row.get("letters", "")),
        )
        for code, row in table.items()
    }  # fmt: skip


def tongues(report: Report, parts: Sequence[Block]) -> Tongues:
    """Return the languages of a report.

    The language its header names is believed unless the text is plainly in another; a paragraph is taken for another
    language than the report when it is long enough to tell.

    Parameters
    ----------
    report
        The report.
    parts
        Its paragraphs.
    """
    given = _given(report.lang)
    found = _tongues([report.text[part.start : min(part.end, part.start + SAMPLE)] for part in parts], given)
    main = _main(found)
    if given and not _contradicts(main, given):
        main = Tongue(given, 1.0, main.words)
    code = main.code or DEFAULT
    blocks = tuple(_of_block(tongue, code) for tongue in found)
    return Tongues(code, blocks, tuple(_issues(report, given, code, blocks, parts)))


def _tongues(texts: Sequence[str], given: str | None) -> list[Tongue]:
    """Return the languages of paragraphs; a heading beside many English words is not worth asking the classifier."""
    seen = [_at_sight(text) for text in texts]
    english = sum(tongue.words for tongue in seen if tongue and tongue.code == DEFAULT)
    words = sum(tongue.words if tongue else _count(text) for tongue, text in zip(seen, texts, strict=True))
    plain = given in {None, DEFAULT} and 2 * english > words
    return [
        tongue or (Tongue(None, 0.0, 0) if plain and _count(text) < OWN_WORDS else _by_classifier(text))
        for tongue, text in zip(seen, texts, strict=True)
    ]


def detect(text: str) -> Tongue:
    """Return the language of a text, judged by its beginning."""
    return _at_sight(text) or _by_classifier(text)


def _count(text: str) -> int:
    return len(_WORD.findall(text[:SAMPLE]))


def _at_sight(text: str) -> Tongue | None:
    """Return the language that short words or letters tell; None where only the classifier may know."""
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    if not words:
        return Tongue(None, 0.0, 0)
    foreign = _OTHER_LETTERS.findall(text[:SAMPLE])
    if len(foreign) * 2 > sum(map(len, words)):
        return _in_script(text[:SAMPLE], foreign, max(len(words), len(foreign) // UNSPACED))
    if _share(words, DEFAULT) >= max(ENGLISH_SHARE, 2 / len(words)):
        return Tongue(DEFAULT, 1.0, len(words))
    if len(words) < LEAST_WORDS:
        return Tongue(None, 0.0, len(words))
    return None


def _by_classifier(text: str) -> Tongue:
    code, belief = _classified(text, "LATIN")
    return Tongue(code if belief >= SURE else None, belief, _count(text))


def _share(words: Sequence[str], code: str) -> float:
    """Return the share of a language's short words."""
    common = languages()[code].common
    return sum(word in common for word in words) / len(words)


def _in_script(text: str, letters: Sequence[str], words: int) -> Tongue:
    """Return the language of a text in other letters than Latin."""
    counts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters[:500])
    script = "HIRAGANA" if {"HIRAGANA", "KATAKANA"} & counts.keys() else counts.most_common(1)[0][0]
    known = [language for language in languages().values() if language.script == script]
    if len(known) < 2:
        return Tongue(known[0].code if known else None, 1.0 if known else 0.0, words)
    present = Counter(text.lower())
    signs = {k.code: sum(present[letter] for letter in k.letters) for k in known}
    first, second = sorted(signs.values(), reverse=True)[:2]
    told = max(signs, key=lambda code: signs[code]) if first >= 3 and first > 3 * second else None
    code, belief = _classified(text, script)
    if told and belief < PLAIN:
        return Tongue(told, PLAIN, words)
    if belief < SURE and script in {"ARABIC", "CYRILLIC"}:
        return Tongue(max(signs, key=lambda k: signs[k]) if first else known[0].code, belief, words)
    return Tongue(code, belief, words)


def _classified(text: str, script: str) -> tuple[str, float]:
    """Return what the classifier takes a text for, among the languages of a script, and its belief."""
    ranked = _classifier().rank(text.replace("\n", " "))
    known = [(str(code), float(belief)) for code, belief in ranked if languages()[code].script == script]
    total = sum(belief for _, belief in known)
    code, belief = known[0]
    return code, belief / total if total else 0.0


@cache
def _classifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classifier.set_languages([code for code in languages() if code in classifier.labels])
    return classifier


def _main(found: Iterable[Tongue]) -> Tongue:
    """Return the language that most words are in, with the highest belief in it."""
    words: Counter[str] = Counter()
    belief: dict[str, float] = {}
    for tongue in found:
        if tongue.code:
            words[tongue.code] += tongue.words
            belief[tongue.code] = max(tongue.belief, belief.get(tongue.code, 0.0))
    if not words:
        return Tongue(None, 0.0, 0)
    code, count = words.most_common(1)[0]
    return Tongue(code, belief[code], count)


def _given(lang: str | None) -> str | None:
    """Return the code of the language a header names: "fr", "fr-CA", "pt_BR"."""
    code = re.split(r"[-_]", lang.strip().lower())[0] if lang else ""
    return code if code in languages() else None


def _contradicts(tongue: Tongue, given: str) -> bool:
    """Return whether a text is plainly not in the language its header names."""
    if tongue.code in {None, given}:
        return False
    if languages()[tongue.code or given].script != languages()[given].script:
        return True
    return tongue.belief >= PLAIN and tongue.words >= PLAIN_WORDS


def _of_block(tongue: Tongue, main: str) -> str:
    """Return the language of a paragraph: the report's unless it is plainly another."""
    if tongue.code in {None, main}:
        return main
    if languages()[tongue.code or main].script != languages()[main].script and tongue.words >= FOREIGN_WORDS:
        return tongue.code or main
    return tongue.code or main if tongue.words >= OWN_WORDS and tongue.belief >= PLAIN else main


def _issues(
    report: Report, given: str | None, main: str, blocks: Sequence[str], parts: Sequence[Block]
) -> Iterable[Issue]:
    if given and given != main:
        known = languages()
        message = f"the header says {known[given].name}, the text is {known[main].name}, and is read as such"
        yield Issue("read", message, report.id)
    for code in dict.fromkeys(blocks):
        language = languages()[code]
        if language.read != "whole":
            done = "only place names are read" if language.read == "names" else "nothing is read"
            first = parts[blocks.index(code)]
            yield Issue("read", f"{language.name} is not supported: {done} of such text", report.id,
                        first.start, first.end)  # fmt: skip


def name_of(code: str) -> str:
    """Return the English name of a language, or its code where it is not one that is told apart."""
    known = languages().get(code)
    return known.name if known else code
