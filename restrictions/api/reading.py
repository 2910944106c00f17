"""From a request's body to dispatches: every fault is found, and named by where it stands."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from restrictions.actions.dispatches import Received
from restrictions.api.problems import Fault, Problem
from restrictions.domain.unreadable import Unreadable
from restrictions.pipelines.checking import FIELDS, received

LARGEST = 20_000_000
"""Bytes of one request."""
MOST = 500
"""Dispatches of one request."""
LONGEST_KEY = 255
_SHOWN = 50
"""Faults that are named at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request hands in, and how it is known again."""

    received: tuple[Received, ...]
    digest: str
    key: str | None


def read_request(request: HttpRequest) -> Asked:
    """The dispatches of a request, checked. Raises Problem: 400, 413, 415 or 422."""
    key = _key(request)
    _check_type(request)
    raw = _body(request)
    return Asked(_dispatches(_parsed(raw)), hashlib.sha256(raw).hexdigest(), key)


def _key(request: HttpRequest) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not (key.isascii() and key.isprintable() and len(key.strip()) > 0 and len(key) <= LONGEST_KEY):
        detail = f"The header Idempotency-Key takes 1 to {LONGEST_KEY} printable letters of ASCII."
        raise Problem(400, "bad-key", "The key cannot be used", detail)
    return key


def _check_type(request: HttpRequest) -> None:
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if request.content_type != "application/json" or encoding not in ("identity", ""):
        detail = "Send JSON as it is: Content-Type: application/json, and no Content-Encoding."
        raise Problem(415, "not-json", "Only JSON is read", detail, headers={"Accept": "application/json"})


def _body(request: HttpRequest) -> bytes:
    """The body, of which no more is read than may be sent."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    try:
        raw = request.read(LARGEST + 1) if int(said) <= LARGEST else None
    except (UnreadablePostError, OSError, ValueError) as error:
        raise Problem(400, "cut-short", "The body broke off", "Send it again.") from error
    if raw is None or len(raw) > LARGEST:
        detail = f"A request takes {LARGEST // 1_000_000} MB at most. Send fewer dispatches at once."
        raise Problem(413, "too-large", "The request is too large", detail)
    return raw


def _parsed(raw: bytes) -> list[tuple[str, Any]]:
    """What is handed in, each with its place: one object stands at the top, those of a list under their numbers."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "no-json", "The body is no JSON", f"It cannot be read: {str(error)[:200]}.") from error
    if isinstance(body, dict):
        return [("", body)]
    if not isinstance(body, list) or not body:
        raise _unfit(Fault("", f"Send one object with a title or a body, or a list of 1 to {MOST} of them."))
    if len(body) > MOST:
        detail = f"A request takes {MOST} dispatches at most, and these are {len(body):,}."
        raise Problem(413, "too-many-dispatches", "The request holds too many dispatches", detail)
    return [(f"/{number}", item) for number, item in enumerate(body)]


def _dispatches(items: list[tuple[str, Any]]) -> tuple[Received, ...]:
    read: list[Received] = []
    faults: list[Fault] = []
    for place, item in items:
        try:
            read.append(_dispatch(place, item))
        except Problem as problem:
            faults += problem.faults
    if faults:
        raise _unfit(*faults)
    return tuple(read)


def _dispatch(place: str, item: Any) -> Received:
    if not isinstance(item, dict):
        raise _unfit(Fault(place, "A dispatch is an object with a title or a body."))
    faults = [fault for name, value in item.items() if (fault := _fault(f"{place}/{_escaped(name)}", name, value))]
    if faults:
        raise _unfit(*faults)
    try:
        return received({name: value for name, value in item.items() if value is not None})
    except Unreadable as refusal:
        raise _unfit(Fault(f"{place}/{refusal.field}", str(refusal))) from refusal


def _fault(pointer: str, name: str, value: Any) -> Fault | None:
    if name not in FIELDS:
        return Fault(pointer, f"There is no such field. A dispatch has {', '.join(FIELDS)}.")
    if value is not None and not isinstance(value, str):
        return Fault(pointer, "It takes a text, or null.")
    return None


def _escaped(name: str) -> str:
    """A name as a part of a JSON pointer, fit to be said back."""
    sayable = name[:80].encode("ascii", "backslashreplace").decode()
    return sayable.replace("~", "~0").replace("/", "~1")


def _unfit(*faults: Fault) -> Problem:
    detail = f"Nothing of it was stored. {len(faults)} {'thing is' if len(faults) == 1 else 'things are'} wrong."
    return Problem(422, "unfit", "The request cannot be taken as it is", detail, faults[:_SHOWN])
