"""How services on the network are asked: by name, not too often, again when they are busy, and not for ever."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from geomap.errors import ServiceError

if TYPE_CHECKING:
    from pathlib import Path

    from requests import Response

__all__ = ["BusyError", "Download", "Pacing", "fetch", "get", "post", "retry_after", "user_agent"]

Answer = TypeVar("Answer")
Progress = Callable[[int, int | None], None]
"""Told the bytes that have come, and how many will come where that is known."""

_BLOCK = 1 << 16
_TOO_MANY = 429
_SERVER_ERROR = 500


class BusyError(ServiceError):
    """A service could not answer just now and may be asked again."""

    def __init__(self, message: str, after_s: float | None = None) -> None:
        super().__init__(message)
        self.after_s = after_s
        """Seconds the service asks to be left alone, where it says so."""


@dataclass
class Pacing:
    """The pace at which one service is asked.

    The waits between attempts double, unless the service says how long it wants to be left alone.
    """

    apart_s: float = 0.0
    """Least time between two requests."""
    retries: int = 3
    first_wait_s: float = 2.0
    longest_wait_s: float = 90.0
    """A service that asks for more patience than this is given up."""
    last: float | None = None
    """When it was last asked, in seconds of the clock."""
    clock: Callable[[], float] = field(default=time.time, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Return the answer to a question, which is asked again as long as it raises `BusyError`.

        Raises
        ------
        ServiceError
            As the question does; `BusyError` where the service stays busy or asks for too much patience.
        """
        for attempt in range(self.retries + 1):
            self._keep_apart()
            try:
                return question()
            except BusyError as error:
                wait = self.first_wait_s * 2**attempt if error.after_s is None else error.after_s
                if attempt == self.retries or wait > self.longest_wait_s:
                    raise
                self.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _keep_apart(self) -> None:
        if self.last is not None:
            # a clock set back must not make anybody wait for more than the gap
            early = min(self.last + self.apart_s - self.clock(), self.apart_s)
            if early > 0:
                self.sleep(early)
        self.last = self.clock()


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was downloaded whole."""

    url: str
    size: int
    """Bytes."""
    sha256: str
    modified: datetime | None
    """When the service says it was changed last."""


def user_agent(contact: str | None = None) -> str:
    """Return how geomap calls itself, with where the person who runs it can be reached, if they say so."""
    from geomap import __version__

    return f"geomap/{__version__} ({contact})" if contact else f"geomap/{__version__}"


def fetch(
    url: str, path: Path, *, pacing: Pacing | None = None, timeout_s: float = 30.0, progress: Progress | None = None
) -> Download:
    """Download a file to `path` block by block; what breaks off is begun again.

    Parameters
    ----------
    url
        Address of the file; redirects are followed.
    path
        Where its bytes go; what stands there is replaced, also by a download that fails.
    pacing
        How often it is tried.
    timeout_s
        Longest silence in seconds.
    progress
        Told of each block.

    Raises
    ------
    ServiceError
        The service does not answer, refuses, or breaks off each time. `FileNotFoundError` is its cause where there is
        no such file.
    """
    return (pacing or Pacing()).ask(lambda: _fetch_once(url, path, timeout_s, progress))


def _fetch_once(url: str, path: Path, timeout_s: float, progress: Progress | None) -> Download:
    import requests

    try:
        with requests.get(
            url, stream=True, timeout=timeout_s, headers={"User-Agent": user_agent(), "Accept-Encoding": "identity"}
        ) as response:
            _check(response)
            return _save(response, path, progress)
    except requests.Timeout as error:
        raise BusyError(f"{url} did not answer within {timeout_s:g} s; try later") from error
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise BusyError(f"{url} cannot be reached, or broke off: {_root(error)}; is there a network?") from error
    except requests.RequestException as error:
        raise ServiceError(f"{url} cannot be downloaded: {error}; check the address") from error


def get(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    pacing: Pacing | None = None,
    timeout_s: float = 60.0,
    longest: int = 1 << 22,
    answers: Collection[int] = (),
) -> bytes:
    """Return what a service answers to a question that its address holds; otherwise as `post`."""
    sent = {"Accept": "application/json", **(headers or {})}
    return (pacing or Pacing()).ask(lambda: _ask_once("GET", url, None, sent, timeout_s, longest, answers))


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    pacing: Pacing | None = None,
    timeout_s: float = 60.0,
    longest: int = 1 << 22,
    answers: Collection[int] = (),
) -> bytes:
    """Return what a service answers to JSON that is sent to it; a service that is busy is asked again.

    Redirects are not followed: what was meant for one service is not sent to another.

    Parameters
    ----------
    url
        Address of the service.
    body
        JSON in UTF-8.
    headers
        Further headers, such as one with a key.
    pacing
        How often it is tried.
    timeout_s
        Longest time in seconds from the question to the end of the answer.
    longest
        Bytes of an answer that are read; a longer one is refused.
    answers
        Statuses that are answers as 200 is, since their body says more than they do.

    Raises
    ------
    ServiceError
        The service does not answer in time, refuses, breaks off each time, or answers with too much.
    """
    sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    return (pacing or Pacing()).ask(lambda: _ask_once("POST", url, body, sent, timeout_s, longest, answers))


def _ask_once(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    timeout_s: float,
    longest: int,
    answers: Collection[int],
) -> bytes:
    import requests

    sent = {"User-Agent": user_agent(), **headers}
    until = time.monotonic() + timeout_s
    try:
        with requests.request(
            method, url, data=body, headers=sent, timeout=timeout_s, stream=True, allow_redirects=False
        ) as response:
            if response.is_redirect:
                raise ServiceError(f"{url} sends on to another address; give that one if it is the one you mean")
            if response.status_code not in answers:
                _check(response)
            return _collect(response, until, timeout_s, longest)
    except requests.Timeout as error:
        raise BusyError(f"{url} did not answer within {timeout_s:g} s; try later") from error
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise BusyError(f"{url} cannot be reached, or broke off: {_root(error)}; is there a network?") from error
    except requests.RequestException as error:
        raise ServiceError(f"{url} cannot be asked: {error}; check the address") from error


def _collect(response: Response, until: float, timeout_s: float, longest: int) -> bytes:
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    collected = bytearray()
    try:
        # as it comes: a service that trickles would keep a whole block waiting for hours
        while block := response.raw.read1(_BLOCK, decode_content=True):
            collected += block
            if len(collected) > longest:
                raise ServiceError(f"{response.url} answers with more than {longest:,} bytes; that is no answer")
            if time.monotonic() > until:
                raise BusyError(f"{response.url} did not come to an end within {timeout_s:g} s; try later")
    except ReadTimeoutError as error:
        raise BusyError(f"{response.url} did not come to an end within {timeout_s:g} s; try later") from error
    except HTTPError as error:
        raise BusyError(f"{response.url} broke off: {_root(error)}; try again") from error
    return bytes(collected)


def _save(response: Response, path: Path, progress: Progress | None) -> Download:
    digest, size = hashlib.sha256(), 0
    announced = response.headers.get("Content-Length", "")
    total = int(announced) if announced.isdecimal() else None
    with path.open("wb") as opened:
        for block in response.iter_content(_BLOCK):
            opened.write(block)
            digest.update(block)
            size += len(block)
            if progress:
                progress(size, total)
    if total is not None and size != total:
        raise BusyError(f"{response.url} broke off after {size:,} of {total:,} bytes; try again")
    return Download(response.url, size, digest.hexdigest(), _modified(response.headers.get("Last-Modified")))


def _check(response: Response) -> None:
    """Raise what a status means: that one may ask again, that there is no such file, that the service refuses."""
    if response.ok:
        return
    words = f"{response.url} answers {response.status_code} {response.reason}"
    if response.status_code == _TOO_MANY or response.status_code >= _SERVER_ERROR:
        raise BusyError(f"{words}; try later", retry_after(response.headers.get("Retry-After")))
    if response.status_code in {404, 410}:
        raise ServiceError(f"{words}: there is no such file") from FileNotFoundError(response.url)
    raise ServiceError(f"{words}; it refuses, and asking again will not help")


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, which gives them or a date; None where it says neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    moment = _modified(value)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else None


def _modified(value: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(value) if value else None
    except ValueError:
        return None


def _root(error: BaseException) -> BaseException:
    """Return the plain error at the end of a chain: connection errors come wrapped several times over."""
    while True:
        inner = (getattr(error, "reason", None), error.args[-1] if error.args else None, error.__cause__)
        deeper = next((one for one in inner if isinstance(one, BaseException) and one is not error), None)
        if deeper is None:
            return error
        error = deeper
