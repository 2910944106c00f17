"""Copies of a story come together as they are stored, whichever door and whichever moment they come by."""

from dataclasses import replace
from functools import partial

import pytest
from django.db import IntegrityError

from restrictions.actions.dispatches import Received, store_dispatch, store_plain
from restrictions.models import Dispatch, Fingerprint
from tests.record.together import break_writes, together

pytestmark = pytest.mark.django_db

STORY = (
    "Norland will let Ukraine fire the shells that it has supplied at targets inside Russia, Minister Ingrid Solheim"
    " told parliament on Thursday. The decision covers 40,000 rounds delivered since January and applies only to"
    " positions from which Russian forces attack the Kharkiv region. Until now Norland had asked Kyiv to stay within"
    " its own borders."
)
FIRST = Received(title="Norland lets Ukraine fire", body=STORY, publisher="Wire One", address="https://one.example/a-1")
REPRINT = Received(title="Shells may fly", body=f"PARIS — {STORY}", publisher="The Paper")
CUT = Received(title="", body=STORY.partition(" Until")[0], publisher="The Leaflet")
FLIPPED = Received(title="", body=STORY.replace("will let", "will not let"), publisher="The Rumour")
OTHER = Received(title="", body=STORY.replace("Norland", "Suderia").replace("Ingrid Solheim", "Marta Vilk"))


def clusters() -> list[int | None]:
    """For each dispatch in order, the place of the one that it is a copy of."""
    rows = list(Dispatch.objects.order_by("pk").values_list("pk", "cluster_id"))
    places: dict[int | None, int | None] = {pk: place for place, (pk, _) in enumerate(rows)}
    return [places.get(cluster) for _, cluster in rows]


def test_copies_join_the_first_and_another_story_does_not() -> None:
    for received in (FIRST, REPRINT, OTHER, CUT, FLIPPED):
        assert store_dispatch(received).is_new
    assert clusters() == [None, 0, None, 0, 0]


def test_copies_that_come_in_one_batch_are_put_together_as_if_they_had_come_in_turn() -> None:
    assert all(store_plain([FIRST, REPRINT, OTHER, CUT, FLIPPED]))
    assert clusters() == [None, 0, None, 0, 0]
    store_plain([replace(received, publisher="Another") for received in (CUT, OTHER)])
    assert clusters() == [None, 0, None, 0, 0, 0, 2]


def test_only_the_text_that_stands_for_a_cluster_is_compared_with() -> None:
    store_plain([FIRST, REPRINT, OTHER, CUT])
    firsts = Dispatch.objects.filter(cluster=None)
    assert set(Fingerprint.objects.values_list("pk", flat=True)) == set(firsts.values_list("pk", flat=True))


def test_a_new_version_stays_in_the_cluster_of_its_dispatch() -> None:
    store_dispatch(FIRST)
    store_dispatch(replace(REPRINT, address="https://two.example/a-2"))
    assert store_dispatch(replace(OTHER, address="https://two.example/a-2")).is_new
    assert clusters() == [None, 0]


def test_empty_texts_are_no_copies_of_each_other() -> None:
    store_plain([Received(title="", body="", publisher=name) for name in ("One", "Two")])
    assert clusters() == [None, None]


@pytest.mark.django_db(transaction=True)
def test_copies_that_arrive_at_once_end_in_one_cluster() -> None:
    copies = [replace(REPRINT, publisher=f"Paper {number}") for number in range(4)]
    batches = [[replace(CUT, publisher=f"Leaflet {number}"), replace(OTHER, publisher=str(number))] for number in "ab"]
    calls = [partial(store_dispatch, copy) for copy in copies]
    outcomes = together(*calls, *(partial(store_plain, batch) for batch in batches))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    stories = Dispatch.objects.filter(cluster=None)
    assert stories.count() == 2
    assert sorted(story.copies.count() for story in stories) == [1, 5]


def test_a_dispatch_whose_cluster_cannot_be_written_is_not_kept_at_all() -> None:
    break_writes("fingerprint")
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_dispatch(FIRST)
    with pytest.raises(IntegrityError, match="the disk is full"):
        store_plain([FIRST])
    assert not Dispatch.objects.exists()


def test_one_article_at_several_spellings_of_its_address_is_one_dispatch() -> None:
    store_dispatch(FIRST)
    again = replace(FIRST, body=f"{STORY} More follows.", address="http://www.one.example/a-1/?utm_source=rss#top")
    assert store_plain([again]) == [None]
    assert store_dispatch(again).is_new
    dispatch = Dispatch.objects.get()
    assert dispatch.address == FIRST.address
    assert dispatch.versions.count() == 2


def test_two_spellings_of_one_address_in_a_batch_are_taken_in_turn() -> None:
    again = replace(FIRST, body=f"{STORY} More follows.", address="https://m.one.example/a-1")
    kept = store_plain([FIRST, again])
    assert [item is None for item in kept] == [False, True]
