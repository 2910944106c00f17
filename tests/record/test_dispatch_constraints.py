"""What the database refuses of dispatches and their texts, whoever asks."""

from datetime import date
from typing import Any

import pytest

from restrictions.models import Dispatch, DispatchState
from tests.record.refusal import why_refused
from tests.record.rows import make_dispatch_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"address": "https://www.example.org/held", "address_key": "held"}, "dispatch_one_per_address"),
        ({"address": "https://example.org/other"}, "dispatch_address_has_key"),
        ({"pk": 7, "cluster_id": 7}, "dispatch_copies_another"),
        ({"published_edtf": "2024-05"}, "dispatch_published_is_whole"),
        ({"published_earliest": MAY, "published_latest": MAY}, "dispatch_published_is_whole"),
        ({"state": DispatchState.CODING}, "dispatch_coding_is_leased"),
        ({"state": DispatchState.RETRY}, "dispatch_retry_has_time"),
        ({"state": DispatchState.QUARANTINED}, "dispatch_quarantine_has_reason"),
    ],
)
def test_a_dispatch_that_contradicts_itself_is_refused(values: dict[str, Any], constraint: str) -> None:
    Dispatch.objects.create(address="https://example.org/held", address_key="held")
    assert constraint in why_refused(lambda: Dispatch.objects.create(**values))


def test_dispatches_without_an_address_do_not_collide() -> None:
    Dispatch.objects.create()
    Dispatch.objects.create()
    assert Dispatch.objects.filter(address=None).count() == 2


def test_one_text_of_one_publisher_is_held_once() -> None:
    held = make_dispatch_version("Title", "Body")
    assert "dispatch_version_content_once" in why_refused(lambda: make_dispatch_version("Title", "Body"))
    assert make_dispatch_version("Title", "Body", publisher="another").content_hash == held.content_hash
    assert "dispatch_version_number_once" in why_refused(lambda: make_dispatch_version("Other", dispatch=held.dispatch))
    assert "dispatch_version_hash_is_sha256" in why_refused(
        lambda: make_dispatch_version("Other", content_hash="short")
    )


def test_the_text_of_a_version_never_changes() -> None:
    version = make_dispatch_version("Title", "Body")
    version.language = "en"
    version.save()
    version.body = "Another body"
    assert "never changes" in why_refused(version.save)


def test_a_dispatch_never_leaves_its_cluster() -> None:
    first, second = Dispatch.objects.create(), Dispatch.objects.create()
    copy = Dispatch.objects.create()
    copy.cluster = first
    copy.save()
    copy.cluster = second
    assert "stays in its cluster" in why_refused(copy.save)
    copy.cluster = None
    assert "stays in its cluster" in why_refused(copy.save)
