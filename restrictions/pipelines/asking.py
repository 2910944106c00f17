"""The model coder's door: one question to the operator's own endpoint, answered within its time and size or not at all.

The address is the operator's word and may well be a private one, so it is no business of the guarded client's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from restrictions.feeds.timed import TimedBackend, Until

SECONDS = 60.0
"""What one question may take in all, whatever the server does and however often it is put."""
LARGEST_ANSWER = 500_000
"""Bytes of an answer that are read."""
_NOT_UNDERSTOOD = (400, 404, 415, 422, 501)
"""What servers say to a form of answer, or another wish, that they do not know."""


class NoAnswer(Exception):
    """The endpoint gave no answer that can be used; the words say why, and repeat nothing that it said.

    ``lasts``: the next question would probably fare no better.
    """

    def __init__(self, reason: str, *, lasts: bool = False) -> None:
        super().__init__(reason)
        self.lasts = lasts


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask: the base address of an OpenAI-compatible server, its key (empty: none), the model's name."""

    url: str
    key: str
    model: str
    seconds: float = SECONDS

    @property
    def address(self) -> str:
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> str:
        """The text of the model's answer. Raises NoAnswer.

        A server that does not know JSON by schema is asked for any JSON, and at last for mere text.
        """
        try:
            with self._client() as client:
                for wishes in _wishes(schema):
                    status, body = self._post(client, {"model": self.model, "messages": messages, **wishes})
                    if status not in _NOT_UNDERSTOOD:
                        break
        except (httpx.TimeoutException, TimeoutError) as error:
            raise NoAnswer(f"no answer within {self.seconds:g} seconds", lasts=True) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer("the endpoint cannot be reached, or breaks off", lasts=True) from error
        return _content(status, body)

    def _client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.Client(
            transport=_Transport(Until(self.seconds)), trust_env=False, timeout=self.seconds, headers=headers
        )

    def _post(self, client: httpx.Client, question: dict[str, Any]) -> tuple[int, bytes]:
        """Status and body. The body is not unpacked: none was asked for that needs it, and it could grow."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        body = bytearray()
        with client.stream("POST", self.address, json=question, headers=headers) as response:
            for piece in response.iter_raw():
                body += piece
                if len(body) > LARGEST_ANSWER:
                    raise NoAnswer("the answer is too large")
        return response.status_code, bytes(body)


def _wishes(schema: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """What is asked besides the question, the strictest first; some models take no temperature."""
    by_schema = {"name": "coding", "strict": True, "schema": schema}
    yield {"temperature": 0, "response_format": {"type": "json_schema", "json_schema": by_schema}}
    yield {"temperature": 0, "response_format": {"type": "json_object"}}
    yield {}


def _content(status: int, body: bytes) -> str:
    if status != 200:
        raise NoAnswer(f"the endpoint answers {status}", lasts=status not in _NOT_UNDERSTOOD)
    try:
        message = json.loads(body)["choices"][0]["message"]
        content = message["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise NoAnswer("the answer is none of a chat") from error
    if not isinstance(content, str) or not content.strip() or message.get("refusal"):
        raise NoAnswer("the model refuses")
    return content


@lru_cache(maxsize=1)
def _tls() -> SSLContext:
    """Certificates are checked, always; SSL_CERT_FILE may name an authority of the operator's own."""
    return httpx.create_ssl_context()


class _Transport(httpx.HTTPTransport):
    """Connections that look at one clock: a server that sends drop after drop gains no time by it."""

    def __init__(self, until: Until) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        backend = TimedBackend(httpcore.SyncBackend(), until)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend)
