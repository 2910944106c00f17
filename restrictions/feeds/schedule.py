"""What follows from a poll: when to ask again, what to remember, when a feed has fallen silent. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.parse import Item

LONGEST_WAIT = timedelta(days=1)
"""However often a feed has failed, it is asked once a day, or at its own interval where that is longer."""
SLOW_WAIT = timedelta(hours=6)
"""The least wait after an answer that will hardly be another one in an hour."""
TURN_WAIT = timedelta(minutes=5)
"""Until a feed is asked again that leads to a host which was not to be had; that is no failure of anyone's."""
LONGEST_WISH = timedelta(days=7)
"""How long a server may send us away at most."""
LEAST_GAP = timedelta(days=1)
"""A feed that brings more than one item a day may rest for a night and be silent about it."""
SILENT_AFTER = 3
"""Times its usual gap after which a feed counts as silent."""
NEW_GAP_WEIGHS = 0.2
JITTER = 0.1

_SLOW = (AnswerKind.TURNED_AWAY, AnswerKind.NOT_PUBLIC, AnswerKind.NOT_TEXT, AnswerKind.TOO_LARGE, AnswerKind.TEXT)


class Health(StrEnum):
    """How a feed is, at a glance."""

    RETIRED = "retired"
    OFF = "off"
    UNTRIED = "untried"
    FAILING = "failing"
    SILENT = "silent"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of a feed between polls. ``failures`` are those in a row."""

    interval: timedelta
    failures: int = 0
    failure: str = ""
    etag: str = ""
    modified: str = ""
    last_polled: datetime | None = None
    last_item: datetime | None = None
    usual_gap: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll came to. ``unreadable`` says why a text that came is no feed; ``new`` are items not seen before."""

    answer: Answer
    unreadable: str = ""
    new: tuple[Item, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether the feed was there, changed or not."""
        kind = self.answer.kind
        return kind is AnswerKind.UNCHANGED or (kind is AnswerKind.TEXT and not self.unreadable)


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be remembered and done. ``moved_to`` and ``retired`` are empty where neither is the case."""

    standing: Standing
    due: datetime
    moved_to: str = ""
    retired: str = ""


def after_poll(standing: Standing, poll: Poll, *, now: datetime, jitter: float) -> Next:
    """What follows. ``jitter`` from 0 to 1 spreads feeds that were polled together."""
    spread = 1 + JITTER * jitter
    if poll.answer.kind is AnswerKind.ELSEWHERE:
        return Next(standing, now + TURN_WAIT * spread)
    if not poll.is_good:
        failed = replace(
            standing,
            failures=standing.failures + 1,
            failure=poll.unreadable or poll.answer.reason,
            last_polled=now,
        )
        gone = poll.answer.reason if poll.answer.kind is AnswerKind.GONE else ""
        return Next(failed, now + _wait(failed, poll.answer) * spread, retired=gone)
    known = replace(standing, failures=0, failure="", last_polled=now)
    if poll.answer.kind is AnswerKind.TEXT:
        known = replace(known, etag=poll.answer.etag, modified=poll.answer.modified)
    if poll.new:
        known = _with_new(known, poll.new, now)
    return Next(known, now + standing.interval * spread, moved_to=poll.answer.moved_to)


def _wait(failed: Standing, answer: Answer) -> timedelta:
    """Twice as long after each failure in a row; longer where the kind of failure or the server asks for it."""
    longest = max(LONGEST_WAIT, failed.interval)
    wait: timedelta = min(failed.interval * 2 ** min(failed.failures, 16), longest)
    if answer.kind in _SLOW:
        wait = max(wait, SLOW_WAIT)
    if answer.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(answer.retry_after, LONGEST_WISH.total_seconds())))
    return wait


def _with_new(known: Standing, new: tuple[Item, ...], now: datetime) -> Standing:
    """The feed with its newest item, and the usual gap between items as it is now."""
    days = sorted(item.published.latest for item in new if item.published)
    # Where all say their day, a feed that died years ago is not taken for fresh because it was met today.
    newest = min(now, _end_of(days[-1])) if len(days) == len(new) else now
    if known.last_item is None:
        return replace(known, last_item=newest, usual_gap=(days[-1] - days[0]) / (len(days) - 1) if days[1:] else None)
    gap = max(timedelta(), newest - known.last_item)
    before = gap if known.usual_gap is None else known.usual_gap
    usual: timedelta = before + (gap - before) * NEW_GAP_WEIGHS
    return replace(known, last_item=max(newest, known.last_item), usual_gap=usual)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=UTC)


def health(standing: Standing, *, enabled: bool, retired: bool, now: datetime) -> Health:
    """How the feed is. One that never brought an item is as silent as one that has stopped."""
    if retired:
        return Health.RETIRED
    if not enabled:
        return Health.OFF
    if standing.failures:
        return Health.FAILING
    if standing.last_polled is None:
        return Health.UNTRIED
    gap = max(standing.usual_gap or LEAST_GAP, LEAST_GAP)
    silent = standing.last_item is None or now - standing.last_item > SILENT_AFTER * gap
    return Health.SILENT if silent else Health.WELL
