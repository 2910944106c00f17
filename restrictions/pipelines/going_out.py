"""The door to the web as the running program opens it: to public addresses, and saying who asks.

Each host is held by one process while it is asked: the first by the caller, any other that it leads to from here.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from django.conf import settings

from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.hosts import host_of
from restrictions.feeds.http import Door

NAME = "Caveat/0.1"
"""What the program calls itself; a robots.txt names it by what stands before the stroke."""

Hold = Callable[[str], AbstractContextManager[bool]]
"""Holds a host for whoever asks it; gives false where it is not to be had just now."""


def door() -> Door:
    """The only way out. No setting makes it lead anywhere but to public addresses."""
    contact = f"+{settings.CONTACT}" if settings.CONTACT else "its operator left no contact"
    return Door(agent=f"{NAME} ({contact})")


def fetch_held(door: Door, address: str, hold: Hold, *, etag: str = "", modified: str = "") -> Answer:
    """What is at the address, also where it leads to other hosts: each of them is asked while it is held.

    The first host is the caller's to hold. The answer stays ELSEWHERE where another is not to be had just now.
    """
    answer = door.fetch(address, etag=etag, modified=modified, stay=True)
    while answer.kind is AnswerKind.ELSEWHERE:
        other = host_of(answer.address)
        if other == host_of(address):
            answer = _led_on(answer, door.fetch(answer.address, stay=True, led=answer.led))
            continue
        with hold(other) as held:
            if not held:
                return replace(answer, reason=f"It leads to {other}, which is being asked just now, or rests.")
            onward = door.fetch(answer.address, etag=etag, modified=modified, stay=True, led=answer.led)
        answer = _led_on(answer, onward)
    return answer


def _led_on(before: Answer, answer: Answer) -> Answer:
    """The answer as one to the first request: what a passing redirect led to is neither remembered nor final."""
    if before.moved_to == before.address:
        return replace(answer, moved_to=answer.moved_to or before.address)
    gone = answer.kind is AnswerKind.GONE
    return replace(answer, moved_to=before.moved_to, kind=AnswerKind.TURNED_AWAY if gone else answer.kind)
