"""From what a user names as a router to one that can be asked."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from geomap.errors import InputError, ServiceError
from geomap.geometry.roads.servers.channels import Network, Tiles
from geomap.geometry.roads.servers.dialects import Question, record
from geomap.geometry.roads.servers.osrm import Osrm
from geomap.geometry.roads.servers.server import OPENSTREETMAP, Server
from geomap.geometry.roads.servers.valhalla import Valhalla
from geomap.network import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.geometry.roads.servers.dialects import Dialect

__all__ = ["open_router"]

_KINDS = ("osrm", "valhalla", "tiles")
_SERVICE = re.compile(r"/(?:route|nearest|table|match|trip)/v1(?:/(?P<profile>[\w-]+))?/?$")
_ACTION = re.compile(r"/(?:route|status|locate)/?$")


def open_router(
    named: str,
    *,
    attribution: str = OPENSTREETMAP,
    limit_s: float = 30.0,
    told: Callable[[str], None] | None = None,
) -> Server:
    """Return the router that is named; it is asked nothing before the first way.

    Parameters
    ----------
    named
        The address of a running OSRM or Valhalla, whose make it is asked for; ``osrm:URL`` and ``valhalla:URL`` say
        it. ``tiles:PATH`` is Valhalla in this process, by the package pyvalhalla: a folder of tiles, their .tar, or a
        valhalla.json. A key in the address's query is sent along and never shown.
    attribution
        The notice of its data, where they are not OpenStreetMap's.
    limit_s
        Longest time in seconds that a server is waited for, over all attempts at one question.
    told
        Told of each question, in words, before it is sent.

    Raises
    ------
    InputError
        That names no router, or there are no tiles.
    DataError
        The tiles cannot be opened, or pyvalhalla is not installed.
    """
    kind, sign, rest = named.strip().partition(":")
    kind = kind.lower() if sign and kind.lower() in _KINDS else ""
    if kind == "tiles":
        tiles = Tiles(Path(rest).expanduser())
        return Server(str(tiles.path), tiles, Valhalla(), attribution=attribution, told=told)
    parts = _address(rest if kind else named.strip())
    if parts is None:
        raise InputError(f"{named!r} is no router; give http://HOST:PORT, osrm:URL, valhalla:URL or tiles:PATH")
    known: Dialect | None = Osrm() if kind == "osrm" else Valhalla() if kind == "valhalla" else None
    path = parts.path
    if (service := _SERVICE.search(path)) and kind != "valhalla":
        known, path = Osrm(service["profile"] or "driving"), path[: service.start()]
    path = _ACTION.sub("", path)
    channel = Network(urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")), limit_s)
    return Server(channel.place, channel, known or partial(_recognized, channel), attribution=attribution, told=told)


def _address(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # half an IPv6 address, or a port that is no number
        return None
    return parts if whole else None


def _recognized(channel: Network) -> Dialect:
    """Return the dialect of a server: Valhalla tells its status; OSRM has none, and snaps a point off Africa.

    Raises
    ------
    ServiceError
        It is neither, or does not answer.
    """
    status = _told_by(channel, Question("status", {}))
    if "version" in status and ("tileset_last_modified" in status or "available_actions" in status):
        return Valhalla()
    nearest = _told_by(channel, Question("nearest/v1/driving/0,0", {"number": "1"}))
    if nearest.get("code") in {"Ok", "NoSegment"}:
        return Osrm()
    raise ServiceError("it answers as neither OSRM nor Valhalla does; check the address")


def _told_by(channel: Network, question: Question) -> dict[str, object]:
    """Return what a server says of itself, nothing where that is no JSON; one that does not answer fails."""
    try:
        return dict(record(channel(question)))
    except BusyError:
        raise
    except ServiceError:
        return {}
