"""“Report an error”: from the position's page by the form into the curators' queue, and out of it again."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config.reporting import MOST_OF_ONE
from restrictions.actions.claims import undo_decision
from restrictions.models import Claim, Position, Report
from restrictions.rights import CURATORS
from tests.record.rows import make_curator

pytestmark = pytest.mark.usefixtures("small_record")

SAID = {"kind": "day", "words": "The decision was announced a day earlier."}


def number() -> int:
    return Position.objects.get(weapon_id="any", status="conditional").pk


def send(client: Client, **changes: str) -> int:
    return client.post(f"/positions/{number()}/report/", SAID | changes).status_code


def test_every_position_leads_to_the_form_and_sets_no_cookie_itself(client: Client) -> None:
    response = client.get(f"/positions/{number()}/")
    assert f'href="/positions/{number()}/report/"' in response.content.decode()
    assert not response.cookies


def test_the_form_is_made_anew_each_time_and_asks_for_no_account(client: Client) -> None:
    response = client.get(f"/positions/{number()}/report/")
    said = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "csrfmiddlewaretoken" in said
    assert "around Kharkiv only" in said
    assert re.findall(r'name="(\w+)"[^>]*required', said) == ["kind"] * 5 + ["words"]


def test_what_is_sent_waits_for_a_curator_with_what_the_page_said(client: Client) -> None:
    response = client.post(f"/fr/positions/{number()}/report/", SAID | {"contact": "a@reader.example"})
    assert response["Location"] == f"/fr/positions/{number()}/report/sent/"
    row = Report.objects.get()
    assert (row.position_id, row.kind, row.words, row.language) == (number(), "day", SAID["words"], "fr")
    assert row.contact == "a@reader.example"
    assert "Kharkiv" in row.sentence
    assert row.revision
    assert "file des curateurs" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "nonsense"}, "Choose one."),
        ({"words": ""}, "Say what is wrong."),
        ({"words": "short"}, "Say a little more"),
        ({"source": "javascript:alert(1)"}, "This is no web address"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    response = client.post(f"/positions/{number()}/report/", SAID | wrong)
    assert response.status_code == 400
    said = response.content.decode()
    assert told in said
    assert wrong.get("words", SAID["words"]) in said
    assert not Report.objects.exists()


def test_a_program_that_fills_in_everything_is_not_heard(client: Client) -> None:
    assert send(client, website="https://spam.example") == 302
    assert not Report.objects.exists()


def test_one_address_sends_so_many_an_hour_and_is_not_kept(client: Client) -> None:
    assert [send(client) for _ in range(MOST_OF_ONE + 1)] == [302] * MOST_OF_ONE + [429]
    response = client.post(f"/positions/{number()}/report/", SAID)
    assert response["Retry-After"] == "3600"
    assert SAID["words"] in response.content.decode()
    assert Report.objects.count() == MOST_OF_ONE
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert send(other) == 302
    assert not [field.name for field in Report._meta.fields if "address" in field.name]


def test_without_a_cache_reports_are_taken_all_the_same(client: Client, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert send(client) == 302
    assert Report.objects.count() == 1


def test_a_form_from_elsewhere_is_refused_with_words(small_record: None) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/positions/{number()}/report/", SAID)
    assert response.status_code == 403
    assert "The form was not sent." in response.content.decode()
    assert not Report.objects.exists()


def test_a_position_that_stands_no_longer_can_be_reported_and_one_that_never_was_cannot(client: Client) -> None:
    closed = number()
    lets = Claim.objects.get(status="conditional")
    undo_decision(claim=lets.pk, by=make_curator(), reason="It was a misreading.")
    assert client.post(f"/positions/{closed}/report/", SAID).status_code == 302
    for never in ("999999", "9" * 30):
        assert client.get(f"/positions/{never}/report/").status_code == 404


@pytest.fixture
def desk() -> Client:
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name=CURATORS))
    client = Client()
    client.force_login(user)
    return client


def test_a_curator_finds_it_on_the_front_page_and_closes_it(client: Client, desk: Client) -> None:
    cache.clear()
    send(client, contact="a@reader.example", source="https://paper.example/1")
    row = Report.objects.get()
    assert "report of an error" in desk.get(reverse("admin:index")).content.decode()
    page = desk.get(reverse("admin:restrictions_report_change", args=[row.pk])).content.decode()
    assert f'href="/positions/{number()}/"' in page
    assert "a@reader.example" in page
    refused = desk.post(reverse("admin:restrictions_report_answer", args=[row.pk]), {"answer": ""}, follow=True)
    assert "Say in a sentence what came of it." in refused.content.decode()
    for button, told in (("refuse", "Refused."), ("answer", "anna has closed this report")):
        where = reverse(f"admin:restrictions_report_{button}", args=[row.pk])
        assert told in desk.post(where, {"answer": "The letter is of the 30th."}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.contact) == ("refused", "")
    page = desk.get(reverse("admin:restrictions_report_change", args=[row.pk])).content.decode()
    assert reverse("admin:restrictions_report_answer", args=[row.pk]) not in page
    assert SAID["words"] in desk.get(reverse("admin:restrictions_report_changelist")).content.decode()
