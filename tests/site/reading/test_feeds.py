"""Feeds of what is new, corrected or withdrawn in the record: Atom and JSON Feed, for any supplier, weapon or track."""

from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from restrictions.actions.retractions import retract_claim
from restrictions.models import Claim
from tests.record.rows import make_curator
from tests.site.reading.rows import make_small_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record() -> None:
    make_small_record()


@pytest.fixture
def curator() -> User:
    return User.objects.first() or make_curator()


def items(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"/feeds/changes.json{query}")
    assert response["Content-Type"].startswith("application/feed+json")
    found: list[dict[str, Any]] = response.json()["items"]
    return found


def test_what_came_in_is_new_newest_first(client: Client) -> None:
    found = items(client)
    assert {item["tags"][0] for item in found} == {"new"}
    assert len(found) >= 3
    assert len({item["id"] for item in found}) == len(found)
    assert found[0]["title"].startswith("New in the record: ")


def test_atom_says_the_same(client: Client) -> None:
    response = client.get("/feeds/changes.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [item["id"] for item in items(client)]
    assert feed.entries[0].link.startswith("http://testserver/positions/")
    assert client.get(feed.entries[0].link).status_code == 200
    assert feed.feed.id.startswith("tag:testserver,2026:")


def test_a_retraction_is_told_as_what_it_does_to_each_position(client: Client, curator: User) -> None:
    before = {item["id"] for item in items(client)}
    lets = Claim.objects.get(status="conditional")
    retract_claim(claim=lets.pk, by=curator, reason="Withdrawn by its publisher.")
    found = items(client)
    news = [item for item in found if item["id"] not in before]
    assert {item["tags"][0] for item in news} == {"withdrawn"}
    assert before <= {item["id"] for item in found}
    assert found[: len(news)] == news
    assert client.get(news[0]["url"]).status_code == 200


def test_a_correction_says_what_stood_before(client: Client, curator: User) -> None:
    still_not = Claim.objects.get(weapon_id="atacms")
    held = [item for item in items(client, "?weapon=atacms") if item["tags"][0] == "new"]
    assert len(held) == 1
    Claim.objects.filter(pk=still_not.pk).update(attribution="named_official", speaker="A minister")
    lets = Claim.objects.get(status="conditional")
    retract_claim(claim=lets.pk, by=curator, reason="Withdrawn.")
    [corrected] = [item for item in items(client, "?weapon=atacms") if item["tags"][0] == "corrected"]
    assert corrected["_caveat"]["before"]


@pytest.mark.parametrize(
    ("query", "some"),
    [("?supplier=US", True), ("?supplier=GB", False), ("?weapon=atacms", True), ("?weapon=long_range", True),
     ("?track=use", True), ("?track=supply", False), ("?recipient=IL", False), ("?weapon=taurus", False),
     ("?after=conditional", True), ("?after=allowed", False), ("?before=banned", True), ("?before=withheld", False),
     ("?kind=more", True), ("?kind=less", False), ("?condition=counter_fire", True), ("?condition=self_defence", False),
     ("?region=UA-63", True), ("?region=RU-KRS", False), ("?attribution=anonymous_official", True),
     ("?attribution=document", False), ("?evidence=two", False), ("?text=attack+kharkiv", True),
     ("?text=zeppelin", False),
     ("?from=2024-05-01&to=2024-05-31", True), ("?from=2024-06-01", False)],
)  # fmt: skip
def test_a_filter_leaves_out_what_does_not_fit(client: Client, query: str, some: bool) -> None:
    assert bool(items(client, query)) is some


@pytest.mark.parametrize(
    "query", ["?supplier=XX", "?kind=odd", "?track=both", "?on=2024-06-01", "?page=2", "?reported=2024-06-01"]
)
def test_what_is_not_understood_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/feeds/changes.json{query}").status_code == 400


def test_whoever_was_told_of_a_status_is_told_that_it_was_withdrawn(client: Client, curator: User) -> None:
    query = "?before=banned&after=conditional"
    (told,) = items(client, query)
    assert told["tags"][0] == "new"
    retract_claim(claim=Claim.objects.get(status="conditional").pk, by=curator, reason="Withdrawn.")
    assert [item["tags"][0] for item in items(client, query)] == ["withdrawn", "new"]
    with CaptureQueriesContext(connection) as queries:
        items(client, query)
    assert len(queries) <= 10


def test_a_feed_is_french_where_its_address_is(client: Client) -> None:
    response = client.get("/fr/feeds/changes.json").json()
    assert response["language"] == "fr"
    assert response["items"][0]["title"].startswith("Nouveau dans le registre")


def test_the_page_leads_to_the_feed_of_its_subject(client: Client) -> None:
    said = client.get("/changes/?supplier=US&kind=more").content.decode()
    assert 'href="/feeds/changes.atom?territory=RU&amp;supplier=US&amp;kind=more"' in said


def test_what_was_seen_is_not_sent_again(client: Client) -> None:
    first = client.get("/feeds/changes.atom")
    assert client.get("/feeds/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_queries_do_not_grow_with_the_news(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        items(client)
    assert len(queries) <= 9
