"""A reader that asks an endpoint of the user's choice, which speaks OpenAI's chat completions; only when told to."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomap.errors import InputError, ServiceError
from geomap.models import Issue
from geomap.network import Pacing, post
from geomap.reports.readers.cache import Cache
from geomap.reports.readers.claims import parse_answer, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.gazetteer import Gazetteer
    from geomap.models import Reading, Report
    from geomap.reports.intake.story import Block
    from geomap.reports.readers.claims import Claim

__all__ = ["KEY_VARIABLE", "EndpointReader"]

logger = logging.getLogger(__name__)

KEY_VARIABLE = "GEOMAP_READER_KEY"
"""Environment variable that holds the key; no option does, since commands are kept and shown."""
PATH = "/chat/completions"
TIMEOUT_S = 120.0
PIECE = 8_000
"""Characters of a story that are sent at once; a longer one is sent in several pieces."""
PIECES = 40
"""Pieces of one report that are sent at most."""
FAILURES = 3
"""After so many failures in a row the endpoint is not asked again."""
_HERE = frozenset(["localhost", "127.0.0.1", "::1"])


class EndpointReader:
    """Reads movements by asking a model, and believes no more of the answer than what stands in the text.

    The story of each report is sent, without what stands around it, and nothing else of the report. A claim is kept
    when its quote, its trigger and the words for its actor and places stand in the story. Places are those of the
    gazetteer, days those of this package's own rules, and numbers have to stand in the quote. Place names, areas and
    incidents are those of the rules; so are the movements where the endpoint fails, and an issue says so.

    Parameters
    ----------
    url
        Address of the API, such as ``http://127.0.0.1:8080/v1``.
    model
        Name of the model, as the endpoint calls it.
    gazetteer
        Where place names are looked up; None takes the shipped one.
    key
        Sent as a bearer token; None takes that of the environment variable ``GEOMAP_READER_KEY``, if it is set.
    timeout_s
        Longest time in seconds for one answer.
    pacing
        How often it is asked.
    cache
        Where answers are kept; by default in the user's own folder.
    told
        Told in words of each text before it is sent.

    Raises
    ------
    InputError
        The address is none, no model is named, or a key would go over the network unencrypted.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        gazetteer: Gazetteer | None = None,
        key: str | None = None,
        timeout_s: float = TIMEOUT_S,
        pacing: Pacing | None = None,
        cache: Cache | None = None,
        told: Callable[[str], None] | None = None,
    ) -> None:
        from geomap.gazetteer import Gazetteer

        self._url = _address(url)
        if not model.strip():
            raise InputError("no model is named; name it as the endpoint calls it")
        self._model = model.strip()
        self._gazetteer = gazetteer or Gazetteer()
        self._key = os.environ.get(KEY_VARIABLE, "") if key is None else key
        _check_key(self._key, self._url)
        self._timeout_s = timeout_s
        self._pacing = pacing or Pacing()
        self._cache = cache or Cache()
        self._told = told or logger.info
        self._failures = 0

    @property
    def name(self) -> str:
        """What reads, in words: the model and the host that runs it."""
        return f"{self._model} at {urlsplit(self._url).netloc}"

    def read(self, report: Report) -> Reading:
        """Return what the rules and the endpoint read in a report."""
        from geomap.reports.intake.story import BlockKind, blocks
        from geomap.reports.read import read
        from geomap.reports.readers.checking import Checker

        reading = read(report, self._gazetteer)
        known = self._gazetteer.offline()
        parts = blocks(reading.report, is_place=lambda name: bool(known.candidates(name)))
        story = tuple(part for part in parts if part.kind is BlockKind.STORY)
        try:
            claims, problems = self._claims(reading.report, story)
        except ServiceError as error:
            words = f"{self.name}: {error}; the movements are those of the rules"
            return replace(reading, issues=(*reading.issues, Issue("read", words, report.id)))
        movements, issues = Checker(reading, story, self._gazetteer, self.name).check(claims)
        told = tuple(Issue("read", f"{self.name}: {words}", report.id) for words in problems)
        return replace(
            reading,
            movements=tuple(replace(m, id=f"{report.id}:m{n}") for n, m in enumerate(movements, 1)),
            issues=(*reading.issues, *told, *issues),
        )

    def _claims(self, report: Report, story: tuple[Block, ...]) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
        """Return what the endpoint claims of all pieces of a story, and what was wrong with the answers."""
        claims: list[Claim] = []
        problems: list[str] = []
        pieces = list(_pieces(report.text, story))
        for piece in pieces[:PIECES]:
            found, odd = self._ask(report.id, piece)
            claims += found
            problems += odd
        if len(pieces) > PIECES:
            left_out = sum(map(len, pieces[PIECES:]))
            problems.append(f"the last {left_out:,} characters were not sent; split the report")
        return tuple(claims), tuple(problems)

    def _ask(self, report_id: str, text: str) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
        """Return what the endpoint claims of a text, now or an earlier time."""
        body = json.dumps(question(self._model, text, mark=_mark(text)), ensure_ascii=False).encode()
        kept = self._cache.get(self._url, body)
        if kept is not None:
            return parse_answer(kept)
        if self._failures >= FAILURES:
            raise ServiceError("not asked, since it failed again and again")
        self._told(f"sending {len(text):,} characters of report {report_id!r} to {self._url} for model {self._model!r}")
        try:
            answer = self._answer(body)
            parsed = parse_answer(answer)
        except ServiceError:
            self._failures += 1
            raise
        self._failures = 0
        self._cache.put(self._url, body, answer)
        return parsed

    def _answer(self, body: bytes) -> bytes:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        return post(self._url, body, headers=headers, pacing=self._pacing, timeout_s=self._timeout_s)


def _address(url: str) -> str:
    """Return the address that is asked: that of the chat completions of an API."""
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url!r} is no address of an API; give one such as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError(f"the address of the API holds more than an address; give a key in {KEY_VARIABLE}")
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path if path.endswith(PATH) else path + PATH}"


def _check_key(key: str, url: str) -> None:
    parts = urlsplit(url)
    if key and parts.scheme == "http" and parts.hostname not in _HERE:
        raise InputError(f"the key of {KEY_VARIABLE} would go to {parts.netloc} unencrypted; use https, or unset it")
    if key and (not key.isascii() or not key.isprintable()):
        raise InputError(f"the key of {KEY_VARIABLE} holds characters no key has; copy it again")


def _pieces(text: str, story: tuple[Block, ...]) -> Iterator[str]:
    """Yield the story in pieces of whole paragraphs."""
    piece: list[str] = []
    size = 0
    for part in story:
        told = text[part.start : part.end].strip()
        if piece and size + len(told) > PIECE:
            yield "\n".join(piece)
            piece, size = [], 0
        piece.append(told)
        size += len(told)
    if piece:
        yield "\n".join(piece)


def _mark(text: str) -> str:
    """Return a line to put round a text, which the text cannot know: it comes of the whole of it."""
    return f"--- {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:24]} ---"
