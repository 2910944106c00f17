"""A web server on loopback that answers as each test wants it to, also as no server should."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from restrictions.feeds.http import Door, Limits, Reach

Say = Callable[[BaseHTTPRequestHandler], None]
AGENT = "Caveat-tests/1 (+https://caveat.example)"


@dataclass
class Site:
    """What stands under which path, and what was asked for."""

    port: int
    pages: dict[str, Say] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    together: int = 0
    most_together: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def door(self, **limits: float) -> Door:
        """A door that opens to this server besides the public web, within limits that make no test wait."""
        return Door(AGENT, Reach(frozenset({self.port})), Limits(**{"seconds": 2.0, **limits}))  # type: ignore[arg-type]


def page(body: bytes | str, kind: str = "application/rss+xml", status: int = 200, **headers: str) -> Say:
    """An answer with this body. An underscore in a header's name is a hyphen."""
    raw = body.encode() if isinstance(body, str) else body

    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    return say


def redirect(to: str, status: int = 302) -> Say:
    return page(b"", status=status, Location=to)


def drip(opening: bytes, drop: bytes, *, every: float = 0.05, drops: int = 10_000) -> Say:
    """Raw bytes that come by and by, and all but never end."""

    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(opening)
        for _ in range(drops):
            handler.wfile.write(drop)
            handler.wfile.flush()
            if every:
                time.sleep(every)

    return say


def raw(answer: bytes) -> Say:
    """Exactly these bytes, whether they are HTTP or not."""
    return drip(answer, b"", every=0, drops=0)


@contextmanager
def serving() -> Iterator[Site]:
    """A running server without any page yet."""
    site = Site(0)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                site.asked.append((self.path, self.headers))
                site.together += 1
                site.most_together = max(site.most_together, site.together)
            try:
                with suppress(ConnectionError):
                    site.pages.get(self.path, page("nothing here", "text/plain", 404))(self)
            finally:
                with lock:
                    site.together -= 1

        def do_POST(self) -> None:
            site.sent.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.do_GET()

        def log_message(self, *_args: object) -> None:
            """Nothing is said on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.socket.close()


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(*addresses: str) -> Any:
    """A name server that gives these addresses to any question."""

    def lookup(_host: str, port: int, *_more: Any) -> list[Any]:
        families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        places = [(address, port, 0, 0) if ":" in address else (address, port) for address in addresses]
        kinds = zip(families, places, strict=True)
        return [(family, socket.SOCK_STREAM, 6, "", place) for family, place in kinds]

    return lookup
