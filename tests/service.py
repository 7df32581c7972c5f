"""A server on this machine that answers as the real ones do, and as they do on a bad day."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Reply:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    """Bytes announced that never come."""
    silent: bool = False
    """Nothing is said until the server is shut down."""
    trickles_s: float = 0.0
    """Seconds between one byte and the next."""


@dataclass(frozen=True)
class Request:
    """What the server was asked."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Service:
    """The server: replies are given in order, the last one for ever after."""

    url: str
    replies: list[Reply] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], Reply] | None = None
    """What makes the replies instead, from each request."""

    def says(self, *replies: Reply) -> None:
        self.replies[:] = replies


@contextmanager
def running() -> Iterator[Service]:
    """Run a server on a free port of this machine."""
    service = Service("")
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(b"")

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])))

        def answer(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            request = Request(parts.path, query, dict(self.headers), body)
            service.requests.append(request)
            if service.answer:
                reply = service.answer(request)
            else:
                reply = service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]
            if reply.silent:
                closing.wait(10)
                return
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(reply.body) + reply.missing))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not reply.trickles_s:
                self.wfile.write(reply.body)
                return
            with suppress(OSError):  # nobody waits for the end of it
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    if closing.wait(reply.trickles_s):
                        return

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
