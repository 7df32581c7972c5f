"""How questions get to a router: over the network, or to Valhalla in this process."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode, urlsplit, urlunsplit

from geomap import network
from geomap.errors import DataError, InputError, ServiceError
from geomap.network import Pacing

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.geometry.roads.servers.dialects import Question

__all__ = ["Network", "Tiles"]

_FACTS = frozenset([400, 404])
"""Statuses by which routers say that there is no way, with the reason in the body."""
_LONGEST = 1 << 25
"""Bytes of an answer: a line of three million vertices."""


FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 5.0
"""Seconds before the second and last attempt, unless the server says how long; one that asks for more is given up."""


def _patience() -> Pacing:
    return Pacing(retries=1, first_wait_s=FIRST_WAIT_S, longest_wait_s=LONGEST_WAIT_S)


@dataclass
class Network:
    """A server on the network. A question is asked twice at most, and given up after `limit_s` seconds in all."""

    address: str
    """With a key in its query where the server wants one, which goes along with each question."""
    limit_s: float = 30.0
    """Seconds."""
    pacing: Pacing = field(default_factory=_patience)

    @property
    def place(self) -> str:
        """The address as it may be shown: without name, password and key."""
        parts = urlsplit(self.address)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))

    def __call__(self, question: Question) -> object:
        """Return the JSON that the server answers.

        Raises
        ------
        ServiceError
            It does not answer in time, refuses, or answers with something else than JSON.
        """
        until = time.monotonic() + self.limit_s
        try:
            body = self.pacing.ask(lambda: self._once(question, until))
        except ServiceError as error:
            error.args = (self._plain(str(error)),)
            raise
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ServiceError("it answered with something else than JSON; is that the address of a router?") from error

    def _once(self, question: Question, until: float) -> bytes:
        left = until - time.monotonic()
        if left <= 0:
            raise ServiceError(f"it did not answer within {self.limit_s:g} s")
        url, alone = self._url(question), Pacing(retries=0)
        if question.body is None:
            return network.get(url, pacing=alone, timeout_s=left, longest=_LONGEST, answers=_FACTS)
        sent = json.dumps(question.body).encode()
        return network.post(url, sent, headers={}, pacing=alone, timeout_s=left, longest=_LONGEST, answers=_FACTS)

    def _url(self, question: Question) -> str:
        parts = urlsplit(self.address)
        query = "&".join(filter(None, [urlencode(question.query), parts.query]))
        return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{question.path}", query, ""))

    def _plain(self, words: str) -> str:
        """Return an error in words without the address, which may hold a key and is named beside it anyway."""
        parts = urlsplit(self.address)
        start = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
        return " ".join("it" if word.startswith(start) else word for word in words.split(" "))


class _Actor(Protocol):
    def route(self, request: str) -> str: ...


class Tiles:
    """Valhalla in this process, by pyvalhalla and tiles of the user's own.

    Parameters
    ----------
    path
        A folder of tiles, the archive of one (.tar), or a configuration of Valhalla (.json) that names them.

    Raises
    ------
    InputError
        There is nothing at the path.
    DataError
        What is there cannot be opened, or pyvalhalla is not installed.
    """

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise InputError(f"there are no tiles at {path}; give the folder, the .tar or the valhalla.json")
        self.path = path
        self._actor = _opened(path)

    def __call__(self, question: Question) -> object:
        """Return what Valhalla answers; its errors as its server writes them, before 3.9 without their codes."""
        try:
            answer: object = json.loads(self._actor.route(json.dumps(question.body)))
        except RuntimeError as error:
            return {"error": str(error), "error_code": getattr(error, "code", None)}
        return answer


def _opened(path: Path) -> _Actor:
    try:
        from valhalla import Actor, get_config
    except ImportError as error:
        raise DataError("tiles are read by pyvalhalla; install it with: pip install 'geomap[valhalla]'") from error
    archive, folder = (str(path), "") if path.suffix == ".tar" else ("", str(path))
    try:
        config = str(path) if path.suffix == ".json" else get_config(archive, folder, verbose=False)
        actor: _Actor = Actor(config)
    except (OSError, RuntimeError, ValueError) as error:
        raise DataError(f"the tiles {path} cannot be opened: {error}") from error
    return actor
