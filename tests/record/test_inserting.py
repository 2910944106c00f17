"""Many rows by one statement are the rows that the model alone would write."""

import pytest
from django.db import IntegrityError
from django.db.utils import DataError

from restrictions.actions.inserting import insert_new
from restrictions.models import Dispatch, DispatchVersion, Fingerprint
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db


PUBLISHER = "Der “Standard”, \\ {1,2}\n%s"


def row(address: str, **more: object) -> dict[str, object]:
    return {"address": address, "address_key": address, "publisher": PUBLISHER, **more}


def test_rows_hold_what_was_said_and_else_the_defaults() -> None:
    [pk] = insert_new(
        Dispatch,
        [
            row(
                "https://example.org/a",
                published_edtf="2024-05",
                published_earliest="2024-05-01",
                published_latest="2024-05-31",
            )
        ],
    )
    alone = Dispatch.objects.create(address="https://example.org/b", address_key="b", publisher=PUBLISHER)
    stored = Dispatch.objects.get(pk=pk)
    assert (stored.published_edtf, str(stored.published_latest)) == ("2024-05", "2024-05-31")
    own = {"id", "address", "address_key", "received_at", "waits_since"}
    for name in {field.attname for field in Dispatch._meta.concrete_fields if "published" not in field.name} - own:
        assert getattr(stored, name) == getattr(alone, name), name
    insert_new(Fingerprint, [{"dispatch_id": pk, "sketch": "\\x00ff", "bands": (1, -2)}], told="dispatch_id")
    kept = Fingerprint.objects.get()
    assert (bytes(kept.sketch), kept.bands) == (b"\x00\xff", [1, -2])


def test_what_is_held_is_passed_over_and_not_told() -> None:
    first = insert_new(Dispatch, [row("a"), row("b")])
    more = insert_new(Dispatch, [row("b"), row("c"), row("c")])
    assert (len(first), len(more), first & more) == (2, 1, set())
    assert list(Dispatch.objects.order_by("pk").values_list("address", flat=True)) == ["a", "b", "c"]
    assert insert_new(Dispatch, []) == set()


def test_what_a_column_does_not_take_is_refused_with_all_the_others() -> None:
    with pytest.raises(DataError, match="too long"):
        insert_new(Dispatch, [row("a"), row("b", published_edtf="2024" * 20)])


def test_nothing_is_kept_where_the_write_fails() -> None:
    break_writes("dispatchversion")
    [pk] = insert_new(Dispatch, [row("a")])
    with pytest.raises(IntegrityError, match="the disk is full"):
        insert_new(DispatchVersion, [{"dispatch_id": pk, "content_hash": "0" * 64}])
