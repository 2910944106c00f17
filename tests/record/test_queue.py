"""The queue of a curator: its order, its filters, what comes next, and what was left for later."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from restrictions.actions.claims import AlreadyDecided, accept_claim, reject_claim
from restrictions.actions.skips import skip_claim
from restrictions.models import Claim, Dispatch, Skip
from restrictions.queries.backlog import queue_shares, waiting_counts
from restrictions.queries.queue import Queue, disagrees, in_order, next_in, waiting_in
from tests.record.proposing import EARLIER, PERMISSION, propose
from tests.record.rows import day, make_curator, make_dispatch_version
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

NOW = datetime(2030, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def curator(reference: None) -> User:
    return make_curator("anna")


@pytest.fixture
def claims(reference: None) -> list[Claim]:
    """Three that wait: for two weeks, three days, an hour; sure, without confidence, middling."""
    rows = [
        propose("a", confidence=0.9),
        propose("b", supplier_id="FR"),
        propose("c", confidence=0.6, **_quoted("Agency")),
    ]
    for row, waits in zip(rows, (timedelta(days=14), timedelta(days=3), timedelta(hours=1)), strict=True):
        Claim.objects.filter(pk=row.pk).update(recorded_at=NOW - waits)
    return rows


def _quoted(publisher: str) -> dict[str, object]:
    version = make_dispatch_version(body="Not allowed.", dispatch=Dispatch.objects.create(publisher=publisher))
    return {"dispatch_version": version, "quote": "Not", "quote_in": "body", "quote_start": 0, "quote_end": 3}


def keys(queue: Queue) -> str:
    return "".join(row.key for row in in_order(waiting_in(queue, NOW), queue))


def worked_through(queue: Queue, curator: User) -> str:
    """The keys of the claims as they come, each next to the one before, until the first comes again."""
    found: list[int] = []
    following = next_in(queue, after=None, curator=curator.pk, now=NOW)
    while following is not None and following not in found:
        found.append(following)
        following = next_in(queue, after=following, curator=curator.pk, now=NOW)
    return "".join(Claim.objects.get(pk=number).key for number in found)


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        (Queue(), "abc"),
        (Queue(order="newest"), "cba"),
        (Queue(order="surest"), "acb"),
        (Queue(order="doubtful"), "bca"),
        (Queue(supplier="US"), "ac"),
        (Queue(recipient="UA", supplier="FR"), "b"),
        (Queue(publisher="Agency"), "c"),
        (Queue(confidence="sure"), "a"),
        (Queue(confidence="middling"), "c"),
        (Queue(confidence="doubtful"), "b"),
        (Queue(age="overdue"), "a"),
        (Queue(age="week"), "b"),
        (Queue(age="day"), "c"),
        (Queue(record="disagrees"), ""),
    ],
)
def test_a_queue_holds_what_its_filters_leave_in_its_order(
    queue: Queue, expected: str, claims: list[Claim], curator: User
) -> None:
    assert keys(queue) == expected
    assert worked_through(queue, curator) == expected


def test_a_skipped_claim_comes_after_all_others_in_that_curators_queue_alone(
    claims: list[Claim], curator: User
) -> None:
    skip_claim(claim=claims[0].pk, by=curator)
    assert worked_through(Queue(), curator) == "bc"
    assert worked_through(Queue(), make_curator("bo")) == "abc"
    for row in claims[1:]:
        reject_claim(claim=row.pk, by=curator, reason="duplicate")
    assert next_in(Queue(), after=claims[2].pk, curator=curator.pk, now=NOW) == claims[0].pk
    assert next_in(Queue(), after=claims[0].pk, curator=curator.pk, now=NOW) is None


def test_of_two_skipped_the_one_skipped_longer_ago_comes_first(claims: list[Claim], curator: User) -> None:
    first, second, third = claims
    for row in (first, second, first):
        skip_claim(claim=row.pk, by=curator)
    assert Skip.objects.count() == 2
    reject_claim(claim=third.pk, by=curator, reason="duplicate")
    assert next_in(Queue(), after=third.pk, curator=curator.pk, now=NOW) == second.pk


def test_a_decided_claim_is_not_skipped(claims: list[Claim], curator: User) -> None:
    reject_claim(claim=claims[0].pk, by=curator, reason="duplicate")
    with pytest.raises(AlreadyDecided):
        skip_claim(claim=claims[0].pk, by=curator)
    assert not Skip.objects.exists()


def test_a_skip_that_is_not_stored_leaves_nothing(claims: list[Claim], curator: User) -> None:
    break_writes("skip")
    with pytest.raises(IntegrityError, match="the disk is full"):
        skip_claim(claim=claims[0].pk, by=curator)


def test_the_shares_of_a_queue_add_up(claims: list[Claim]) -> None:
    shares = queue_shares(Queue(), NOW)
    assert shares.total == 3
    assert dict(shares.by["supplier"]) == {"US": 2, "FR": 1}
    assert dict(shares.by["confidence"]) == {"sure": 1, "middling": 1, "doubtful": 1}
    assert dict(shares.by["age"]) == {"overdue": 1, "week": 1, "day": 1}
    assert shares.by["publisher"] == (("Agency", 1),)
    waiting = waiting_counts(NOW)
    assert (waiting.claims, waiting.overdue, waiting.oldest) == (3, 1, NOW - timedelta(days=14))


# --- Against the record


@pytest.fixture
def record(curator: User) -> None:
    """A ban known from August 2023, a permission from 30 May 2024."""
    for key, changes in (("ban", EARLIER), ("permission", PERMISSION)):
        accept_claim(claim=propose(key, **changes).pk, by=curator)


LATER = day("effective", date(2024, 7, 1)) | day("published", date(2024, 7, 2)) | {"weapon_id": "any"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"act": "reaffirms"}, True),
        ({"act": "sets"}, False),  # the news is a change
        ({"act": "sets"} | day("effective", date(2024, 5, 30)), True),  # which the record upholds the day after
        ({"act": "reaffirms", "status": "conditional"}, False),
        ({"act": "reaffirms", "status": "undisclosed"}, False),
        ({"act": "reaffirms", "weapon_id": "atacms"}, False),
        ({"act": "reaffirms", "recipient_id": "FR"}, False),
        ({"act": "denies"} | day("effective", date(2023, 1, 1)), False),
    ],
)
@pytest.mark.usefixtures("record")
def test_a_claim_disagrees_where_the_record_holds_another_status_on_its_day(
    changes: dict[str, object], expected: bool
) -> None:
    claim = propose("claim", **{**LATER, **changes})
    assert Claim.objects.filter(disagrees(), pk=claim.pk).exists() is expected
    assert [row.key for row in waiting_in(Queue(record="disagrees"), NOW)] == ["claim"] * expected
