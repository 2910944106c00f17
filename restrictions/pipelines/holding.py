"""Hosts that are held while they are asked; and work beside one another that asks them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from restrictions.actions.polls import lease_host, release_host
from restrictions.pipelines.going_out import Hold

Job = TypeVar("Job")
Result = TypeVar("Result")


@contextmanager
def held_here(host: str) -> Iterator[bool]:
    """The host, for this thread that may use the database."""
    token = lease_host(host=host, now=timezone.now())
    try:
        yield token is not None
    finally:
        if token:
            release_host(host=host, token=token)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A thread's wish for a host, and what it gets: the token of its lease, or nothing."""

    host: str
    token: "Future[UUID | None]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Returned:
    host: str
    token: UUID


def side_by_side(jobs: Sequence[Job], do: Callable[[Job, Hold], Result]) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, as they come. Each is done in a thread, which must not touch the database.

    It may hold hosts all the same: it says so to this thread, which alone takes them and gives them back.
    """
    said: SimpleQueue[Future[Result] | _Wish | _Returned] = SimpleQueue()

    @contextmanager
    def hold(host: str) -> Iterator[bool]:
        wish = _Wish(host)
        said.put(wish)
        token = wish.token.result()
        try:
            yield token is not None
        finally:
            if token:
                said.put(_Returned(host, token))

    with ThreadPoolExecutor(max(1, len(jobs))) as threads:
        futures = {threads.submit(do, job, hold): job for job in jobs}
        for future in futures:
            future.add_done_callback(said.put)
        try:
            while futures:
                word = said.get()
                if isinstance(word, Future):
                    yield futures.pop(word), word.result()
                else:
                    _heed(word)
        finally:
            _dismiss(futures, said)


def _heed(word: _Wish | _Returned) -> None:
    if isinstance(word, _Returned):
        release_host(host=word.host, token=word.token)
        return
    token = None
    try:
        token = lease_host(host=word.host, now=timezone.now())
    finally:
        word.token.set_result(token)


def _dismiss(futures: dict[Future[Result], Job], said: "SimpleQueue[Future[Result] | _Wish | _Returned]") -> None:
    """Where whoever asks gives up, no thread waits for ever: it gets no more hosts. Leases end by themselves."""
    while futures:
        word = said.get()
        if isinstance(word, Future):
            futures.pop(word, None)
        elif isinstance(word, _Wish):
            word.token.set_result(None)
