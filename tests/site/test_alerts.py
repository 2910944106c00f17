"""The public form of alerts and the links in its mails: without script, without telling who is known."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.alerting import MOST_OF_ONE
from restrictions.actions.subscriptions import MOST_IN_AN_HOUR, confirm_alerts
from restrictions.models import Subscription
from restrictions.queries.digests import confirm_link, leave_link
from tests.record.rows import make_reference

pytestmark = pytest.mark.django_db

SAID = {"email": "a@reader.example", "rhythm": "weekly"}


@pytest.fixture(autouse=True)
def _reference() -> None:
    make_reference()
    cache.clear()


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_the_form_keeps_the_filter_and_the_language(client: Client) -> None:
    page = client.get("/fr/alerts/?supplier=US&weapon=atacms")
    said = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Ukraine · United States · atacms" in said
    assert "<script" not in re.sub(r"<script[^>]*src=[^>]*></script>", "", said)
    answer = client.post("/fr/alerts/?supplier=US&weapon=atacms", SAID)
    assert answer["Location"] == "/fr/alerts/sent/"
    row = Subscription.objects.get()
    assert (row.address, row.rhythm, row.language) == ("a@reader.example", "weekly", "fr")
    assert (row.recipient, row.suppliers, row.weapons) == ("UA", ["US"], ["atacms"])
    assert row.confirmed_at is None
    assert "trois jours" in client.get("/fr/alerts/sent/").content.decode()


def test_every_filter_is_kept_and_told_on_the_page_that_leaves(client: Client) -> None:
    query = "before=banned&after=conditional&kind=more&condition=counter_fire&attribution=document&text=deep"
    query += "&evidence=official&from=2024-05-01&to=2027-05-31"
    for _ in range(2):
        assert client.post(f"/alerts/?{query}", SAID).status_code == 302
    row = Subscription.objects.get()
    assert (row.before, row.after, row.kinds, row.text) == (["banned"], ["conditional"], ["more"], "deep")
    assert (row.conditions, row.attributions, row.evidence) == (["counter_fire"], ["document"], "official")
    for link in (leave_link(row), confirm_link(row)):
        said = client.get(path_of(link)).content.decode()
        assert "what was before: Not allowed" in said
        assert "from 1 May 2024 on" in said
        assert "confirmed by an official or a document" in said


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    answers = []
    for _ in range(2):
        answer = client.post("/alerts/", SAID)
        answers.append((answer.status_code, answer["Location"], answer.content))
        for row in Subscription.objects.filter(confirmed_at=None):
            confirm_alerts(key=row.key, now=timezone.now())
    assert answers[0] == answers[1]
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": ""}, "Say where the mails should go."),
        ({"email": "nobody"}, "This is no e-mail address"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "This is no e-mail address"),
        ({"rhythm": "hourly"}, "Choose one."),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client: Client, wrong: dict[str, str], told: str) -> None:
    answer = client.post("/alerts/", SAID | wrong)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Subscription.objects.exists()


def test_what_is_not_understood_programs_and_too_many_are_refused(client: Client) -> None:
    assert client.get("/alerts/?supplier=XX").status_code == 400
    assert client.post("/alerts/", SAID | {"website": "https://spam.example"}).status_code == 302
    assert not Subscription.objects.exists()
    assert Client(enforce_csrf_checks=True).post("/alerts/", SAID).status_code == 403
    for _ in range(MOST_OF_ONE):
        assert client.post("/alerts/", SAID).status_code == 302
    refused = client.post("/alerts/", SAID)
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Try again in an hour" in refused.content.decode()


def test_all_readers_together_are_limited_too(client: Client) -> None:
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(address=f"{n}@reader.example", rhythm="daily", language="en", requested_at=now)
        for n in range(MOST_IN_AN_HOUR)
    )
    assert client.post("/alerts/", SAID).status_code == 429


def test_opening_the_link_confirms_nothing_and_the_button_does(client: Client) -> None:
    client.post("/alerts/", SAID)
    link = path_of(confirm_link(Subscription.objects.get()))
    page = client.get(link)
    assert (page.status_code, page["Referrer-Policy"], page["X-Robots-Tag"]) == (200, "same-origin", "noindex")
    assert "Yes, send them" in page.content.decode()
    assert Subscription.objects.get().confirmed_at is None
    assert "Confirmed." in client.post(link).content.decode()
    assert Subscription.objects.get().confirmed_at
    assert client.get(link[:-2] + "/").status_code == 404
    Subscription.objects.all().delete()
    assert "not good any more" in client.post(link).content.decode()


def test_a_mail_program_leaves_with_one_click_and_a_scanner_does_not(client: Client) -> None:
    client.post("/alerts/", SAID)
    row = Subscription.objects.get()
    link = path_of(leave_link(row))
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert Subscription.objects.filter(pk=row.pk).exists()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    assert "You have left." in strict.post(link).content.decode()
    assert strict.post("/alerts/leave/forged/").status_code == 404


def test_the_page_of_changes_leads_to_the_form(client: Client) -> None:
    assert client.get("/alerts/").status_code == 200
