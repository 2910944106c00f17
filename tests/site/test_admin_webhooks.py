"""Webhooks at the desk: made with a secret that is shown once, switched, tested, sent again."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from restrictions.actions.webhooks import queue_test, secrets_of
from restrictions.models import Webhook, WebhookDelivery
from restrictions.rights import EDITORS
from tests.record.rows import make_reference

pytestmark = pytest.mark.django_db

SAID = {
    "name": "A newsroom",
    "address": "https://newsroom.example/hook",
    "language": "en",
    "recipient": "ua",
    "territory": "ru",
    "track": "use",
    "suppliers": "us, FR, us",
    "weapons": "ATACMS",
}


@pytest.fixture
def desk() -> Client:
    make_reference()
    user = User.objects.create_user("erin", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def row(desk: Client) -> Webhook:
    desk.post(reverse("admin:restrictions_webhook_add"), SAID)
    return Webhook.objects.get()


def press(desk: Client, row: Webhook, button: str, **said: str) -> str:
    where = reverse(f"admin:restrictions_webhook_{button}", args=[row.pk])
    return desk.post(where, said, follow=True).content.decode()


def looked_at(desk: Client, row: Webhook) -> str:
    return desk.get(reverse("admin:restrictions_webhook_change", args=[row.pk])).content.decode()


def test_the_secret_is_shown_once(desk: Client) -> None:
    page = desk.get(reverse("admin:restrictions_webhook_add"))
    assert "no-store" in page["Cache-Control"]
    shown = desk.post(reverse("admin:restrictions_webhook_add"), SAID).content.decode()
    row = Webhook.objects.get()
    [secret] = secrets_of(row, now=timezone.now())
    assert secret in shown
    assert "kept nowhere" in shown
    assert (row.recipient, row.territory, row.track, row.suppliers, row.weapons) == (
        *("UA", "RU", "use"),
        *(["FR", "US"], ["atacms"]),
    )
    assert secret not in looked_at(desk, row)
    assert "Ukraine · France · United States · " in looked_at(desk, row)
    assert "newsroom.example" in desk.get(reverse("admin:restrictions_webhook_changelist")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"suppliers": "US, XX"}, "XX is no code that we know."),
        ({"weapons": "laser"}, "laser is no code that we know."),
        ({"recipient": ","}, "Say to whom: a code such as UA."),
        ({"address": "nowhere"}, "URL"),
    ],
)
def test_what_is_not_understood_is_said_beside_the_field(desk: Client, wrong: dict[str, str], told: str) -> None:
    assert told in desk.post(reverse("admin:restrictions_webhook_add"), SAID | wrong).content.decode()
    assert not Webhook.objects.exists()


def test_a_new_secret_is_shown_once_and_the_former_signs_for_a_day(desk: Client, row: Webhook) -> None:
    [former] = secrets_of(row, now=timezone.now())
    shown = press(desk, row, "rotate")
    row.refresh_from_db()
    new, still = secrets_of(row, now=timezone.now())
    assert (still, new in shown, former in shown) == (former, True, False)
    assert "Former secret signs until" in looked_at(desk, row)


def test_it_is_switched_off_and_on(desk: Client, row: Webhook) -> None:
    assert "Switched off." in press(desk, row, "switch", to="off")
    assert not Webhook.objects.get().enabled
    assert "from now on" in press(desk, row, "switch", to="on")
    assert Webhook.objects.get().enabled
    assert "Nothing was changed" in press(desk, row, "switch")


def test_the_log_shows_each_try_and_sends_again(desk: Client, row: Webhook) -> None:
    assert "None yet" in looked_at(desk, row)
    assert "A test is in the queue" in press(desk, row, "test")
    delivery = WebhookDelivery.objects.get()
    page = looked_at(desk, row)
    assert str(delivery.pk) in page
    assert "Send again" not in page
    tried = {"at": "2026-11-23T00:00:00+00:00", "status": 503, "said": "<b>The receiver answers 503.</b>"}
    WebhookDelivery.objects.update(state="given_up", tries=9, attempts=[tried])
    page = looked_at(desk, row)
    assert re.search(r"<strong>503</strong>.*&lt;b&gt;The receiver answers 503", page)
    assert "Send again" in page
    assert "In the queue again" in press(desk, row, "again", delivery=str(delivery.pk))
    assert WebhookDelivery.objects.get().state == "waiting"
    assert "waiting already" in press(desk, row, "again", delivery=str(delivery.pk))
    assert "gone" in press(desk, row, "again", delivery=str(uuid4()))
    assert "Nothing was changed" in press(desk, row, "again", delivery="x")


def test_a_message_of_another_webhook_is_not_sent_again(desk: Client, row: Webhook) -> None:
    other = Webhook.objects.create(
        name="other", address="https://o.example", nonce="1", digest="2", made_by=row.made_by
    )
    delivery = queue_test(webhook=other.pk, now=timezone.now())
    WebhookDelivery.objects.update(state="sent")
    assert "gone" in press(desk, row, "again", delivery=str(delivery.pk))
    assert WebhookDelivery.objects.get().state == "sent"
