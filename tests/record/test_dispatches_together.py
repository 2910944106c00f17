"""Many dispatches stored at once come out as one by one, and exactly once however many store them."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from restrictions.actions.dispatches import Kept, Received, lease_batch, store_dispatch, store_plain
from restrictions.domain.days import parse_day
from restrictions.models import Dispatch, DispatchVersion
from tests.record.together import break_writes, together

pytestmark = pytest.mark.django_db


def many(count: int) -> list[Received]:
    """Dispatches of different texts, every other one with an address."""
    return [
        Received(f"Title {number}", "Words.", address=f"https://example.org/{number}" if number % 2 else None)
        for number in range(count)
    ]


def one_by_one(received: Sequence[Received]) -> list[Kept]:
    return [store_dispatch(item) for item in received]


def at_once(received: Sequence[Received]) -> list[Kept]:
    """As the pipelines do it: together what is plain, then alone and in turn what is not."""
    return [kept or store_dispatch(item) for kept, item in zip(store_plain(received), received, strict=True)]


def test_many_are_kept_in_their_order_with_all_that_is_known_of_them() -> None:
    received = Received("T", "B", "P", "https://example.org/t", "fr", parse_day("2024-05"), synthetic=True)
    kept = store_plain([received, *many(9)])
    assert [item and item.is_new for item in kept] == [True] * 10
    assert [item and item.dispatch for item in kept] == sorted(Dispatch.objects.values_list("pk", flat=True))
    alone = Dispatch.objects.get(pk=store_dispatch(replace(received, body="C", address=None)).dispatch)
    together_with_others = Dispatch.objects.get(address=received.address)
    own = {"id", "address", "address_key", "received_at", "waits_since"}
    for name in (field.attname for field in Dispatch._meta.concrete_fields if field.name not in own):
        assert getattr(together_with_others, name) == getattr(alone, name), name
    one, other = (dispatch.versions.get() for dispatch in (alone, together_with_others))
    for name in ("number", "title", "language", "publisher"):
        assert getattr(one, name) == getattr(other, name), name
    assert timedelta() < one.recorded_at - other.recorded_at < timedelta(minutes=1)
    assert timedelta() < alone.received_at - together_with_others.received_at < timedelta(minutes=1)


def test_the_same_again_is_held_and_nothing_is_written() -> None:
    first = store_plain(many(6))
    before = list(DispatchVersion.objects.values())
    assert store_plain(many(6)) == [item and replace(item, is_new=False) for item in first]
    assert list(DispatchVersion.objects.values()) == before
    assert store_plain([]) == []


def test_what_meets_a_held_address_or_an_earlier_one_is_left_to_be_stored_alone() -> None:
    store_dispatch(Received("Held", "Old words.", address="https://example.org/held"))
    edited = Received("Held", "New words.", address="https://example.org/held")
    first, second = many(2)
    same_text, same_address = replace(first, address="https://example.org/x"), replace(second, body="Others.")
    kept = store_plain([edited, first, second, same_text, same_address])
    assert [item and item.is_new for item in kept] == [None, True, True, None, None]


def outcome(store: Callable[[Sequence[Received]], list[Kept]], held: list[Received], batch: list[Received]) -> object:
    """What is stored and what was said, without the numbers that rows happen to have."""
    with transaction.atomic():
        one_by_one(held)
        kept = store(batch)
        rows = DispatchVersion.objects.order_by("dispatch__address", "dispatch__publisher", "number", "title", "body")
        said = rows.values_list("dispatch__address", "dispatch__publisher", "number", "title", "body", "publisher")
        told = [(item.is_new, Dispatch.objects.get(pk=item.dispatch).address) for item in kept]
        result = (sorted(said, key=str), told, Dispatch.objects.count())
        transaction.set_rollback(True)
    return result


@pytest.mark.parametrize("seed", range(12))
def test_at_once_comes_out_as_one_by_one(seed: int) -> None:
    chance = random.Random(seed)

    def some(count: int) -> list[Received]:
        addresses = [None, None, "https://example.org/1", "https://example.org/2", "https://example.org/3"]
        return [
            Received("", chance.choice("abcdef"), chance.choice(["", "An agency"]), chance.choice(addresses))
            for _ in range(count)
        ]

    held, batch = some(4), some(12)
    assert outcome(at_once, held, batch) == outcome(one_by_one, held, batch)


@pytest.mark.django_db(transaction=True)
def test_the_same_many_by_several_doors_at_once_are_stored_once() -> None:
    received = many(200)
    said = together(*[partial(at_once, received)] * 3, partial(one_by_one, received[::-1]))
    assert [len(kept) for kept in said] == [200] * 4, said
    assert sum(item.is_new for kept in said for item in kept) == 200
    assert (Dispatch.objects.count(), DispatchVersion.objects.count()) == (200, 200)
    assert not Dispatch.objects.filter(versions=None).exists()
    numbers = [[item.dispatch for item in kept] for kept in (*said[:3], said[3][::-1])]
    assert numbers[0] == numbers[1] == numbers[2] == numbers[3]


def test_where_one_text_cannot_be_written_none_is_kept() -> None:
    break_writes("dispatchversion")
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_plain(many(3))
    assert not Dispatch.objects.exists()


def test_workers_get_them_in_the_order_in_which_they_came() -> None:
    kept = store_plain(many(5))
    lease = lease_batch(now=datetime.now(UTC) + timedelta(days=1), size=3)
    assert lease.dispatches == tuple(item.dispatch for item in kept[:3] if item)
