"""What follows from a poll, as values: the next time, what is remembered, when a feed is silent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restrictions.domain.days import parse_day
from restrictions.feeds.answers import Answer, AnswerKind
from restrictions.feeds.parse import Item
from restrictions.feeds.schedule import LONGEST_WISH, TURN_WAIT, Health, Poll, Standing, after_poll, health

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STANDING = Standing(HOUR, etag="old", modified="then")
ADDRESS = "https://news.example/feed"


def poll(
    kind: AnswerKind = AnswerKind.TEXT, *, new: tuple[Item, ...] = (), unreadable: str = "", **said: object
) -> Poll:
    given = {"etag": "new", "modified": "now", "reason": "It said no."} | said
    return Poll(Answer(kind, ADDRESS, **given), unreadable, new)  # type: ignore[arg-type]


def items(*days: str) -> tuple[Item, ...]:
    return tuple(Item(f"{n}", "T", published=parse_day(day) if day else None) for n, day in enumerate(days))


def test_a_good_poll_is_followed_by_the_next_at_the_interval() -> None:
    following = after_poll(replace(STANDING, failures=3, failure="It said no."), poll(), now=NOW, jitter=0)
    assert following.due == NOW + HOUR
    assert following.standing == replace(STANDING, etag="new", modified="now", last_polled=NOW)
    assert (following.moved_to, following.retired) == ("", "")


def test_what_did_not_change_keeps_what_is_known() -> None:
    following = after_poll(STANDING, poll(AnswerKind.UNCHANGED), now=NOW, jitter=0)
    assert (following.standing.etag, following.standing.modified) == ("old", "then")
    assert following.standing.failures == 0


def test_failures_double_the_wait_up_to_a_day() -> None:
    standing, waits = STANDING, []
    for _ in range(7):
        following = after_poll(standing, poll(AnswerKind.SERVER_FAULT), now=NOW, jitter=0)
        standing = following.standing
        waits.append((following.due - NOW) / HOUR)
    assert waits == [2, 4, 8, 16, 24, 24, 24]
    assert (standing.failures, standing.failure, standing.etag) == (7, "It said no.", "old")


@pytest.mark.parametrize(
    "failed",
    [
        poll(AnswerKind.TURNED_AWAY),
        poll(AnswerKind.NOT_TEXT),
        poll(AnswerKind.NOT_PUBLIC),
        poll(unreadable="It is a web page."),
    ],
)
def test_what_will_hardly_heal_in_an_hour_is_asked_later(failed: Poll) -> None:
    assert after_poll(STANDING, failed, now=NOW, jitter=0).due == NOW + 6 * HOUR


def test_a_server_that_says_when_is_heard_up_to_a_week() -> None:
    waits = [
        after_poll(STANDING, poll(AnswerKind.BUSY, retry_after=wait), now=NOW, jitter=0).due - NOW
        for wait in (None, 60.0, 5 * 3600.0, 1e12)
    ]
    assert waits == [2 * HOUR, 2 * HOUR, 5 * HOUR, LONGEST_WISH]


def test_a_weekly_feed_that_fails_is_not_asked_more_often() -> None:
    weekly = replace(STANDING, interval=7 * DAY)
    assert after_poll(weekly, poll(AnswerKind.TIMEOUT), now=NOW, jitter=0).due == NOW + 7 * DAY


def test_a_feed_that_is_gone_for_good_retires() -> None:
    following = after_poll(STANDING, poll(AnswerKind.GONE, reason="Gone (410)."), now=NOW, jitter=0)
    assert (following.retired, following.standing.failure) == ("Gone (410).", "Gone (410).")


def test_a_move_counts_where_a_feed_was_found_there() -> None:
    there = "https://news.example/new"
    assert after_poll(STANDING, poll(moved_to=there), now=NOW, jitter=0).moved_to == there
    assert after_poll(STANDING, poll(moved_to=there, unreadable="A web page."), now=NOW, jitter=0).moved_to == ""
    assert after_poll(STANDING, poll(AnswerKind.SERVER_FAULT, moved_to=there), now=NOW, jitter=0).moved_to == ""


@given(st.floats(0, 1), st.sampled_from(list(AnswerKind)), st.integers(0, 500))
def test_feeds_are_spread_and_never_asked_early_nor_forgotten(jitter: float, kind: AnswerKind, failures: int) -> None:
    failing = replace(STANDING, failures=failures, failure="no" if failures else "")
    wait = after_poll(failing, poll(kind), now=NOW, jitter=jitter).due - NOW
    assert (TURN_WAIT if kind is AnswerKind.ELSEWHERE else HOUR) <= wait <= 1.1 * DAY + timedelta(seconds=1)


def test_the_first_items_tell_the_usual_gap_by_their_days() -> None:
    known = after_poll(STANDING, poll(new=items("2024-06-11", "2024-06-01", "2024-06-03")), now=NOW, jitter=0).standing
    assert known.usual_gap == 5 * DAY
    assert known.last_item is not None
    assert known.last_item.date().isoformat() == "2024-06-11"
    alone = after_poll(STANDING, poll(new=items("2024-06-15")), now=NOW, jitter=0).standing
    assert (alone.usual_gap, alone.last_item) == (None, NOW)


def test_undated_items_count_from_when_they_came() -> None:
    known = after_poll(STANDING, poll(new=items("2024-06-01", "")), now=NOW, jitter=0).standing
    assert known.last_item == NOW


def test_each_new_item_moves_the_usual_gap_a_little() -> None:
    before = replace(STANDING, last_item=NOW - 10 * DAY)
    first = after_poll(before, poll(new=items("")), now=NOW, jitter=0).standing
    assert first.usual_gap == 10 * DAY
    second = after_poll(first, poll(new=items("")), now=NOW + 5 * DAY, jitter=0).standing
    assert second.usual_gap == 9 * DAY
    old = after_poll(second, poll(new=items("2020-01-01")), now=NOW + 6 * DAY, jitter=0).standing
    assert old.last_item == second.last_item


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (STANDING, Health.UNTRIED),
        (replace(STANDING, failures=1, failure="no"), Health.FAILING),
        (replace(STANDING, last_polled=NOW, last_item=NOW - 2.9 * DAY), Health.WELL),
        (replace(STANDING, last_polled=NOW, last_item=NOW - 3.1 * DAY), Health.SILENT),
        (replace(STANDING, last_polled=NOW, last_item=NOW - 3.1 * DAY, usual_gap=2 * DAY), Health.WELL),
        (replace(STANDING, last_polled=NOW, last_item=NOW - 6.1 * DAY, usual_gap=2 * DAY), Health.SILENT),
        (replace(STANDING, last_polled=NOW, last_item=NOW - 2 * DAY, usual_gap=HOUR), Health.WELL),
        (replace(STANDING, last_polled=NOW), Health.SILENT),
    ],
)
def test_health_at_a_glance(standing: Standing, wanted: Health) -> None:
    assert health(standing, enabled=True, retired=False, now=NOW) == wanted
    assert health(standing, enabled=False, retired=False, now=NOW) == Health.OFF
    assert health(standing, enabled=False, retired=True, now=NOW) == Health.RETIRED
