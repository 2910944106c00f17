"""Connections that end in time: name, connection, encryption, headers and body share one allowance of seconds."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import httpcore
from ssrfguard import Policy
from ssrfguard.httpx import SafeBackend, SafeTransport

_Answers = Sequence[tuple[int, int, int, str, tuple[Any, ...]]]


class Until:
    """An allowance of seconds that starts now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left. Raises httpcore's timeout where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


class TimedTransport(SafeTransport):
    """ssrfguard's transport, whose connections look at one clock."""

    def __init__(self, *, policy: Policy, until: Until, tls: ssl.SSLContext) -> None:
        super().__init__(policy=policy, verify=tls, trust_env=False)
        safe = SafeBackend(policy=policy, resolver=partial(_resolved, until))
        # Half of the time at most for the name, the other half for all attempts to connect.
        backend = TimedBackend(safe, until, share=0.5 / policy.max_connection_attempts)
        # As its own base does it: where the socket comes from is the backend's affair alone.
        self._pool = httpcore.ConnectionPool(ssl_context=tls, max_keepalive_connections=0, network_backend=backend)


class TimedBackend(httpcore.NetworkBackend):
    """Connects as another backend does, and gives connections that look at one clock.

    ``share`` of the time that is left is what one attempt to connect may take.
    """

    def __init__(self, backend: httpcore.NetworkBackend, until: Until, *, share: float = 1.0) -> None:
        self._backend, self._until, self._share = backend, until, share

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        most = self._until.left() * self._share
        return TimedStream(self._backend.connect_tcp(host, port, most, local_address, socket_options), self._until)


def _resolved(until: Until, *question: Any) -> _Answers:
    """What the machine's name server says. It knows no time limit, so it is asked beside us and left behind."""
    answers: list[_Answers | OSError] = []

    def ask() -> None:
        try:
            answers.append(socket.getaddrinfo(*question))
        except OSError as error:
            answers.append(error)

    asking = threading.Thread(target=ask, daemon=True, name="name server")
    asking.start()
    asking.join(until.left() / 2)
    if not answers:
        raise TimeoutError("the name server did not answer in time")
    if isinstance(answers[0], OSError):
        raise answers[0]
    return answers[0]


class TimedStream(httpcore.NetworkStream):
    """A connection on which no wait is longer than the time that is left, however small the drops that come.

    httpcore's own timeouts are not used: each is for one wait, and a server may let any number of waits follow.
    """

    def __init__(self, stream: httpcore.NetworkStream, until: Until) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._until.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._until.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._until.left()), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
