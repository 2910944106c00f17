"""Bars and their rows, told once for a revision of the record: in the right language, and never too many."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from restrictions.queries import told

pytestmark = pytest.mark.usefixtures("small_record")


def page(client: Client, address: str) -> str:
    """Made anew: the page is not kept, the bars are."""
    cache.clear()
    return str(client.get(address).content.decode())


def evidence_queries(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return sum("shown::text" in query["sql"] for query in seen)


def test_what_was_told_before_is_not_read_again(client: Client) -> None:
    assert evidence_queries(client, "/timeline/?on=2024-06-01") == 1
    assert evidence_queries(client, "/timeline/?on=2024-06-02&sort=name") == 0


def test_each_language_has_bars_of_its_own(client: Client) -> None:
    english = page(client, "/timeline/")
    french = page(client, "/fr/timeline/")
    assert "Not allowed" in english
    assert "Not allowed" not in french
    assert page(client, "/timeline/") == english


def test_no_more_is_remembered_than_there_is_room_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page(client, "/timeline/")
    monkeypatch.setattr(told, "_MOST", 1)
    told._kept.cache_clear()
    assert page(client, "/timeline/") == before
    assert page(client, "/timeline/?sort=name")
    assert evidence_queries(client, "/timeline/") == 1
