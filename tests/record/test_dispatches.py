"""Dispatches are stored once, leased to one worker at a time, and end coded, tried again or set aside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError

from restrictions.actions.dispatches import (
    LEASE,
    TRIES,
    Received,
    content_hash,
    finish,
    give_up,
    lease_batch,
    store_dispatch,
    try_again,
)
from restrictions.domain.days import parse_day
from restrictions.domain.retries import Failure
from restrictions.models import Dispatch, DispatchState, DispatchVersion
from restrictions.queries.dispatches import progress_of
from tests.record.rows import make_curator
from tests.record.together import break_writes, together

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RECEIVED = Received(
    title="A permission",
    body="The minister allowed it.",
    publisher="An agency",
    address="https://example.org/1",
    language="en",
    published=parse_day("2024-05"),
)


def stored() -> list[tuple[int, int, str]]:
    return list(DispatchVersion.objects.order_by("dispatch", "number").values_list("dispatch", "number", "body"))


def states() -> list[str]:
    return list(Dispatch.objects.order_by("pk").values_list("state", flat=True))


# --- Storing once


def test_a_new_dispatch_is_kept_with_all_that_is_known_of_it() -> None:
    kept = store_dispatch(RECEIVED)
    assert kept.is_new
    dispatch = Dispatch.objects.get(pk=kept.dispatch)
    assert (dispatch.address, dispatch.publisher, dispatch.synthetic) == (RECEIVED.address, "An agency", False)
    assert dispatch.state == DispatchState.NEW
    days = (dispatch.published_edtf, str(dispatch.published_earliest), str(dispatch.published_latest))
    assert days == ("2024-05", "2024-05-01", "2024-05-31")
    version = dispatch.versions.get()
    assert (version.number, version.title, version.body) == (1, RECEIVED.title, RECEIVED.body)
    assert (version.language, version.publisher) == ("en", "An agency")
    assert version.content_hash == content_hash(RECEIVED.title, RECEIVED.body)


@pytest.mark.parametrize(
    "again",
    [
        RECEIVED,
        replace(RECEIVED, address="https://example.org/other"),
        replace(RECEIVED, address=None),
        replace(RECEIVED, published=None, language="", synthetic=True),
    ],
    ids=["all the same", "at another address", "without its address", "with less known of it"],
)
def test_the_same_text_again_changes_nothing(again: Received) -> None:
    first = store_dispatch(RECEIVED)
    before = (list(Dispatch.objects.values()), list(DispatchVersion.objects.values()))
    second = store_dispatch(again)
    assert (second.dispatch, second.is_new) == (first.dispatch, False)
    assert (list(Dispatch.objects.values()), list(DispatchVersion.objects.values())) == before


def test_the_same_words_composed_otherwise_are_the_same_text() -> None:
    assert content_hash("", "Zélé") == content_hash("", "Ze\N{COMBINING ACUTE ACCENT}le\N{COMBINING ACUTE ACCENT}")
    assert content_hash("a", "b") != content_hash("ab", "") != content_hash("", "ab")


@pytest.mark.parametrize("address", [None, "https://example.org/2"])
def test_the_same_text_of_another_publisher_is_another_dispatch(address: str | None) -> None:
    first = store_dispatch(RECEIVED)
    second = store_dispatch(replace(RECEIVED, publisher="A paper", address=address))
    assert second.is_new
    assert second.dispatch != first.dispatch


def test_other_text_at_a_held_address_is_a_new_version_and_is_coded_anew() -> None:
    first = store_dispatch(RECEIVED)
    lease = lease_batch(now=NOW)
    finish(dispatch=first.dispatch, token=lease.token, state=DispatchState.CODED, outcome="1 claims, 0 marks")
    second = store_dispatch(replace(RECEIVED, body="The minister allowed nothing."))
    assert (second.dispatch, second.is_new) == (first.dispatch, True)
    assert [(number, body) for _, number, body in stored()] == [
        (1, "The minister allowed it."),
        (2, "The minister allowed nothing."),
    ]
    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.attempts, dispatch.lease_token) == (DispatchState.NEW, 0, None)


def test_a_new_version_takes_the_dispatch_from_the_worker_that_codes_the_old_one() -> None:
    first = store_dispatch(RECEIVED)
    lease = lease_batch(now=NOW)
    store_dispatch(replace(RECEIVED, body="The minister allowed nothing."))
    assert not finish(dispatch=first.dispatch, token=lease.token, state=DispatchState.CODED, outcome="")
    assert lease_batch(now=NOW).dispatches == (first.dispatch,)


def test_a_dispatch_whose_text_cannot_be_written_is_not_kept_at_all() -> None:
    break_writes("dispatchversion")
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_dispatch(RECEIVED)
    assert not Dispatch.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [None, "https://example.org/1"])
def test_one_dispatch_that_arrives_at_once_by_several_doors_is_one_row(address: str | None) -> None:
    outcomes = together(*[partial(store_dispatch, replace(RECEIVED, address=address))] * 4)
    assert sorted(outcome.is_new for outcome in outcomes) == [False, False, False, True]
    assert len({outcome.dispatch for outcome in outcomes}) == 1
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_texts_that_arrive_at_once_at_one_address_are_versions_of_one_dispatch() -> None:
    texts = [f"Text {number}" for number in range(4)]
    outcomes = together(*(partial(store_dispatch, replace(RECEIVED, body=text)) for text in texts))
    assert [outcome.is_new for outcome in outcomes] == [True] * 4, outcomes
    assert Dispatch.objects.count() == 1
    assert [number for _, number, _ in stored()] == [1, 2, 3, 4]
    assert sorted(body for _, _, body in stored()) == texts


# --- Leasing


def store(count: int) -> list[int]:
    return [store_dispatch(Received(title=f"Dispatch {number}", body="Words.")).dispatch for number in range(count)]


def test_a_lease_takes_what_came_first_and_no_more_than_it_may() -> None:
    dispatches = store(4)
    lease = lease_batch(now=NOW, size=3)
    assert lease.dispatches == tuple(dispatches[:3])
    assert states() == ["coding"] * 3 + ["new"]
    row = Dispatch.objects.get(pk=dispatches[0])
    assert (row.lease_token, row.leased_until, row.attempts) == (lease.token, NOW + LEASE, 1)
    assert lease_batch(now=NOW).dispatches == (dispatches[3],)
    assert lease_batch(now=NOW).dispatches == ()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_never_get_the_same_dispatch() -> None:
    dispatches = store(30)
    leases = together(*[partial(lease_batch, now=NOW, size=8)] * 4)
    taken = [dispatch for lease in leases for dispatch in lease.dispatches]
    assert len(taken) == len(set(taken)) >= 8
    taken += lease_batch(now=NOW, size=30).dispatches
    assert sorted(taken) == dispatches
    assert set(Dispatch.objects.values_list("attempts", flat=True)) == {1}


def test_a_lease_that_ran_out_is_handed_on_and_its_first_holder_writes_nothing() -> None:
    [dispatch] = store(1)
    first = lease_batch(now=NOW)
    assert lease_batch(now=NOW + LEASE - SECOND).dispatches == ()
    second = lease_batch(now=NOW + LEASE)
    assert second.dispatches == first.dispatches == (dispatch,)
    assert not finish(dispatch=dispatch, token=first.token, state=DispatchState.CODED, outcome="the first")
    give_up(dispatch=dispatch, token=first.token, now=NOW, reason="the first")
    assert (states(), Dispatch.objects.get().outcome) == (["coding"], "")
    assert finish(dispatch=dispatch, token=second.token, state=DispatchState.CODED, outcome="the second")
    row = Dispatch.objects.get()
    assert (row.state, row.outcome, row.lease_token, row.leased_until) == ("coded", "the second", None, None)


def test_what_is_finished_is_finished_once() -> None:
    [dispatch] = store(1)
    token = lease_batch(now=NOW).token
    assert not finish(dispatch=dispatch, token=uuid4(), state=DispatchState.CODED, outcome="")
    assert finish(dispatch=dispatch, token=token, state=DispatchState.IRRELEVANT, outcome="about football")
    assert not finish(dispatch=dispatch, token=token, state=DispatchState.CODED, outcome="")
    assert states() == ["irrelevant"]


def test_what_failed_is_tried_later_and_set_aside_after_the_third_time() -> None:
    [dispatch] = store(1)
    now = NOW
    for wait in (60, 120):
        token = lease_batch(now=now).token
        give_up(dispatch=dispatch, token=token, now=now, reason="ValueError: no verb")
        row = Dispatch.objects.get()
        assert (row.state, row.outcome) == (DispatchState.RETRY, "ValueError: no verb")
        assert row.retry_at == now + wait * SECOND
        assert lease_batch(now=row.retry_at - SECOND).dispatches == ()
        now = row.retry_at
    give_up(dispatch=dispatch, token=lease_batch(now=now).token, now=now, reason="ValueError: no verb")
    row = Dispatch.objects.get()
    assert (row.state, row.outcome, row.retry_at) == (DispatchState.QUARANTINED, "ValueError: no verb", None)
    assert lease_batch(now=now + timedelta(days=365)).dispatches == ()


def test_a_dispatch_that_kills_its_worker_ends_in_quarantine_and_holds_back_no_other() -> None:
    deadly, *others = store(4)
    now, coded = NOW, []
    for _ in range(12):
        lease = lease_batch(now=now)
        for dispatch in lease.dispatches:
            if dispatch == deadly:
                break  # the worker dies here: nothing of the rest of its batch is finished
            assert finish(dispatch=dispatch, token=lease.token, state=DispatchState.CODED, outcome="")
            coded.append(dispatch)
        now += LEASE
    assert sorted(coded) == others
    row = Dispatch.objects.get(pk=deadly)
    assert (row.state, row.attempts) == (DispatchState.QUARANTINED, TRIES)
    assert row.outcome == "its worker died or hung, 3 tries in all"
    assert (row.lease_token, row.leased_until) == (None, None)
    assert set(Dispatch.objects.filter(pk__in=others).values_list("attempts", flat=True)) == {2}


def test_new_dispatches_are_leased_beside_one_that_ran_out() -> None:
    first, *later = store(3)
    assert lease_batch(now=NOW, size=1).dispatches == (first,)
    ran_out = lease_batch(now=NOW + LEASE)
    assert ran_out.dispatches == (first,)
    assert lease_batch(now=NOW + LEASE).dispatches == tuple(later)
    Dispatch.objects.filter(pk=first).update(state=DispatchState.NEW, lease_token=None, leased_until=None)
    assert lease_batch(now=NOW + LEASE + LEASE).dispatches == (first,)


def test_a_lease_that_cannot_be_written_takes_nothing() -> None:
    store(2)
    break_writes("dispatch", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        lease_batch(now=NOW)
    assert states() == ["new", "new"]


def test_progress_counts_by_state() -> None:
    dispatches = store(3)
    lease = lease_batch(now=NOW, size=2)
    finish(dispatch=dispatches[0], token=lease.token, state=DispatchState.CODED, outcome="")
    progress = progress_of(dispatches)
    assert progress.counts == {"coded": 1, "coding": 1, "new": 1}
    assert progress.unfinished == 2
    assert progress_of(dispatches[:1]).unfinished == 0


# --- Out of quarantine


def quarantined(count: int) -> list[int]:
    dispatches = store(count)
    Dispatch.objects.update(state=DispatchState.QUARANTINED, outcome="no verb", attempts=TRIES)
    return dispatches


def test_what_is_let_out_of_quarantine_is_coded_from_the_first_try() -> None:
    first, _, third = quarantined(3)
    Dispatch.objects.filter(pk=third).update(state=DispatchState.CODED)
    assert try_again(dispatches=[first, third], by=make_curator()) == 1
    row = Dispatch.objects.get(pk=first)
    assert (row.state, row.attempts, row.outcome) == (DispatchState.NEW, 0, "")
    assert states() == ["new", "quarantined", "coded"]
    assert lease_batch(now=NOW).dispatches == (first,)


def test_what_cannot_be_let_out_stays_with_its_reason() -> None:
    dispatches = quarantined(2)
    break_writes("dispatch", "UPDATE")
    with pytest.raises(IntegrityError, match="the disk is full"):
        try_again(dispatches=dispatches, by=make_curator())
    assert states() == ["quarantined"] * 2
    assert set(Dispatch.objects.values_list("outcome", flat=True)) == {"no verb"}


def test_a_fault_that_will_pass_is_tried_longer() -> None:
    [dispatch] = store(1)
    now, tries = NOW, 0
    while states() != ["quarantined"]:
        token, tries = lease_batch(now=now).token, tries + 1
        give_up(dispatch=dispatch, token=token, now=now, reason="busy", kind=Failure.PASSING, chance=0.5)
        now = Dispatch.objects.get().retry_at or now
    assert tries == 8
    assert now - NOW > timedelta(minutes=30)
