"""The only door to the web: feeds, articles and whatever else is fetched go through it, and to public addresses alone.

Each address is checked before it is resolved, each answer of the name server before it is connected to, and again on
every redirect. A request ends within its time and size whatever the server does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from ipaddress import ip_network
from ssl import SSLContext

import httpx
from ssrfguard import Policy, SSRFGuardError
from ssrfguard.httpx import Client

from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.hosts import host_of
from restrictions.feeds.timed import TimedTransport, Until
from restrictions.feeds.unpacking import Packed, Unpacker

_LOOPBACK = ip_network("127.0.0.0/8")
_PERMANENT = (301, 308)
_BUSY = (429, 503)
_TEXT_TYPES = ("application/xml", "application/json", "application/xhtml+xml")
_TEXT_ENDINGS = ("+xml", "+json")
_EXCERPT = 300
"""Bytes that are read of what a receiver says to a message."""
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where requests may go: public addresses on the ports 80 and 443, and nowhere else.

    Tests name the ports of their own loopback servers. Nothing that the running program reads can.
    """

    loopback_ports: frozenset[int] = frozenset()

    @property
    def policy(self) -> Policy:
        """The guard that decides it."""
        return Policy(
            allowed_networks=(_LOOPBACK,) if self.loopback_ports else (),
            allowed_ports=frozenset({80, 443}) | self.loopback_ports,
            # Two addresses of a host are tried, each for half of the time that is left.
            max_connection_attempts=2,
        )


PUBLIC = Reach()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take in all: seconds, bytes as they are read (unpacked), redirects."""

    seconds: float = 10.0
    bytes: int = 5_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receiver said to a message: its status, 0 where none came, and the start of its words.

    ``reason`` is a sentence where the message was not taken.
    """

    status: int
    excerpt: str = ""
    reason: str = ""

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300


class _Ends(Exception):
    """The request came to an end without a text."""

    def __init__(self, kind: AnswerKind, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


_FAULTS = (_Ends, SSRFGuardError, httpx.InvalidURL, httpx.HTTPError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Door:
    """The way out. ``agent`` says to every server who asks and where to complain."""

    agent: str
    reach: Reach = PUBLIC
    limits: Limits = Limits()

    def fetch(self, address: str, *, etag: str = "", modified: str = "", stay: bool = False, led: int = 0) -> Answer:
        """What is at the address now. Never raises for what a server does, nor for what an address is.

        With ``etag`` or ``modified`` of an earlier answer, the server may say that nothing changed. With ``stay`` no
        other host is asked: a redirect to one is answered with its address, for whoever has to ask that host first.
        ``led`` redirects have been followed before.
        """
        try:
            return self._fetch(address, _headers(etag, modified), stay=stay, led=led)
        except _FAULTS as fault:
            kind, reason = self._what_failed(fault)
            return Answer(kind, address, reason=reason)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """What the receiver at the address says to a message. Never raises, and follows no redirect.

        Of its words no more than a few lines are read, and they are for a person's eyes alone.
        """
        try:
            return self._post(address, body, headers)
        except _FAULTS as fault:
            return Receipt(0, reason=self._what_failed(fault)[1])

    def _post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Receipt:
        transport = TimedTransport(policy=self.reach.policy, until=Until(self.limits.seconds), tls=_tls())
        who = {"User-Agent": self.agent, "Accept-Encoding": "identity", **headers}
        with Client(transport=transport, trust_env=False, timeout=self.limits.seconds, headers=who) as client:
            request = client.build_request("POST", address, content=body)
            response = client.send(request, stream=True, follow_redirects=False)
            excerpt = _excerpt(response)
            response.close()
        status, reason = response.status_code, f"{response.status_code} {response.reason_phrase}".rstrip()
        if response.is_success:
            return Receipt(status, excerpt)
        led = " A redirect is not followed." if response.has_redirect_location else ""
        return Receipt(status, excerpt, f"The receiver answers {reason}.{led} {excerpt}".strip())

    def _what_failed(self, fault: Exception) -> tuple[AnswerKind, str]:
        """What came in the way of an answer, with a sentence."""
        match fault:
            case _Ends():
                return fault.kind, fault.reason
            case SSRFGuardError():
                return AnswerKind.NOT_PUBLIC, f"The address is not to be visited: {fault}."
            case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
                return AnswerKind.NOT_PUBLIC, f"This is no web address: {fault}"
            case httpx.TimeoutException():
                return AnswerKind.TIMEOUT, f"The server did not finish within {self.limits.seconds:g} seconds."
            case httpx.NetworkError():
                return AnswerKind.UNREACHABLE, f"The server cannot be reached: {fault}"
            case _:
                return AnswerKind.BROKEN, f"The answer breaks off or is no HTTP: {fault}"

    def _fetch(self, address: str, headers: dict[str, str], *, stay: bool, led: int) -> Answer:
        policy, until = self.reach.policy, Until(self.limits.seconds)
        transport = TimedTransport(policy=policy, until=until, tls=_tls())
        with Client(transport=transport, trust_env=False, timeout=self.limits.seconds, headers=self._who()) as client:
            request = client.build_request("GET", address, headers=headers)
            hops: list[httpx.Response] = []
            while True:
                response = client.send(request, stream=True, follow_redirects=False)
                if response.next_request is None:
                    return self._answer(response, hops)
                hops.append(response)
                response.close()  # its text is not read: it could be endless
                if led + len(hops) > self.limits.redirects:
                    reason = f"The address leads on more than {self.limits.redirects} times."
                    raise _Ends(AnswerKind.TOO_MANY_REDIRECTS, reason)
                request = response.next_request
                if stay and host_of(str(request.url)) != host_of(address):
                    policy.check_url(str(request.url))
                    return _elsewhere(str(request.url), hops, led)

    def _who(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}

    def _answer(self, response: httpx.Response, hops: list[httpx.Response]) -> Answer:
        found = Answer(
            AnswerKind.UNCHANGED if response.status_code == 304 else AnswerKind.TEXT,
            str(response.url),
            charset=response.charset_encoding or "",
            etag=response.headers.get("ETag", ""),
            modified=response.headers.get("Last-Modified", ""),
            moved_to=_moved_to(hops, str(response.url)),
        )
        if response.status_code == 304:
            return found
        if not response.is_success:
            return _refused(found, response, straight=not hops or bool(found.moved_to))
        return replace(found, body=self._text(response))

    def _text(self, response: httpx.Response) -> bytes:
        """The body, unpacked as it comes; no more of it is ever held than the limit."""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if not _is_text(kind):
            raise _Ends(AnswerKind.NOT_TEXT, f"The server sends {kind}, which is no text.")
        body = bytearray()
        try:
            for piece in _unpacked(response, self.limits.bytes):
                body += piece
                if len(body) > self.limits.bytes:
                    raise _Ends(AnswerKind.TOO_LARGE, f"The text is larger than {_size(self.limits.bytes)}.")
        except Packed as error:
            raise _Ends(AnswerKind.BROKEN, str(error)) from error
        if b"\0" in body and not kind:
            raise _Ends(AnswerKind.NOT_TEXT, "The server does not say what it sends, and it is no text.")
        return bytes(body)


@lru_cache(maxsize=1)
def _tls() -> SSLContext:
    """Certificates are checked, always; reading the list of authorities takes longer than many a request."""
    return httpx.create_ssl_context(trust_env=False)


def _excerpt(response: httpx.Response) -> str:
    """The start of what a receiver says; the rest is not read, for it could be endless."""
    said = bytearray()
    for piece in response.iter_raw():
        said += piece
        if len(said) >= _EXCERPT:
            break
    return said[:_EXCERPT].decode("utf-8", "replace").strip()


def _headers(etag: str, modified: str) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in conditions.items() if value}


def _elsewhere(address: str, hops: list[httpx.Response], led: int) -> Answer:
    """The address of another host, which was not asked; ``moved_to`` is it where lasting redirects alone led there."""
    reason = "The address leads to another host."
    moved_to = _moved_to(hops, address)
    return Answer(AnswerKind.ELSEWHERE, address, reason=reason, moved_to=moved_to, led=led + len(hops))


def _moved_to(hops: list[httpx.Response], end: str) -> str:
    """Where an unbroken chain of lasting redirects leads from the address that was asked for; empty where none does."""
    reached, addresses = "", [*(str(hop.url) for hop in hops), end]
    for hop, following in zip(hops, addresses[1:], strict=True):
        if hop.status_code not in _PERMANENT:
            break
        reached = following
    return reached


def _refused(found: Answer, response: httpx.Response, *, straight: bool) -> Answer:
    """What a status without a text says. ``straight``: no passing redirect led to it, so that it is final."""
    status = response.status_code
    reason = f"The server answers {status} {response.reason_phrase}".rstrip() + "."
    if status == 410 and straight:
        return replace(found, kind=AnswerKind.GONE, reason="The server says that the address is gone for good (410).")
    if status in _BUSY:
        return replace(found, kind=AnswerKind.BUSY, reason=reason, retry_after=_retry_after(response))
    return replace(found, kind=AnswerKind.SERVER_FAULT if status >= 500 else AnswerKind.TURNED_AWAY, reason=reason)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds until the server wants to be asked again; none where it names no time that can be read."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said).astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None


def _is_text(kind: str) -> bool:
    """Whether a media type is text; a server that names none is given the benefit of the doubt."""
    return (
        not kind
        or kind.startswith("text/")
        or kind in _TEXT_TYPES
        or (kind.startswith("application/") and kind.endswith(_TEXT_ENDINGS))
    )


def _unpacked(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """The pieces of the body; also what comes packed may not be larger than the limit, whatever it unpacks to."""
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""), most=limit + 1)
    received = 0
    for piece in response.iter_raw():
        received += len(piece)
        if received > limit:
            raise _Ends(AnswerKind.TOO_LARGE, f"The text is larger than {_size(limit)}.")
        yield from unpacker.feed(piece)
    unpacker.finish()


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB"
