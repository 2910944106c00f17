"""Webhooks: what each is told of, once; how messages are signed, sent, sent again, and given up."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone, translation

from restrictions.actions.deliveries import LEASE, drop_deliveries, lease_deliveries, record_try
from restrictions.actions.retractions import retract_claim
from restrictions.actions.webhooks import (
    FORMER_SIGNS,
    make_webhook,
    queue_test,
    rotate_secret,
    secrets_of,
    send_again,
    spread_outbox,
    switch_webhook,
)
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.webhooks import signature
from restrictions.models import Claim, OutboxEntry, Webhook, WebhookDelivery
from restrictions.pipelines.going_out import door as public_door
from restrictions.pipelines.telling import signed_headers, tell_programs
from restrictions.queries.codes import known_codes
from restrictions.queries.news_filters import NewsWanted, filter_in_words, wanted_of
from restrictions.queries.sought import Sought
from tests.loopback import Site, page, serving
from tests.record.rows import make_curator
from tests.record.together import break_writes, together
from tests.site.reading.rows import make_small_record

LONG_AGO = timezone.now() - timedelta(days=365)
ALL = NewsWanted("UA")


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    server.pages.clear()
    server.asked.clear()
    server.sent.clear()
    server.pages["/hook"] = page("thank you", "text/plain")
    return server


@pytest.fixture
def anna(db: None) -> User:
    return make_curator("anna")


def made(anna: User, address: str = "https://newsroom.example/hook", **changes: Any) -> tuple[Webhook, str]:
    values: dict[str, Any] = {"name": "A newsroom", "language": "en", "wanted": ALL, "now": LONG_AGO}
    return make_webhook(address=address, by=anna, **(values | changes))


def events() -> list[str]:
    return list(
        apps.get_model("restrictions", "WebhookEvent").objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    )


def test_a_webhook_is_made_with_a_secret_that_is_nowhere_stored(anna: User) -> None:
    row, secret = made(anna, name=" A newsroom ")
    row.refresh_from_db()
    assert (row.name, row.enabled, events()) == ("A newsroom", True, ["insert"])
    assert secret not in str(Webhook.objects.values().get())
    assert secrets_of(row, now=timezone.now()) == [secret]
    assert not hasattr(apps.get_model("restrictions", "WebhookEvent"), "nonce")


def test_a_webhook_without_a_name_is_refused(anna: User) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        made(anna, name=" ")
    assert not Webhook.objects.exists()


def test_making_and_changing_roll_back_whole(anna: User) -> None:
    row, secret = made(anna)
    break_writes("webhookevent")
    changes: list[Callable[[], Any]] = [
        partial(made, anna),
        partial(rotate_secret, webhook=row.pk, by=anna, now=timezone.now()),
        partial(switch_webhook, webhook=row.pk, on=False, by=anna),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
            change()
    kept = Webhook.objects.get()
    assert (kept.enabled, secrets_of(kept, now=timezone.now())) == (True, [secret])


def test_after_a_rotation_both_secrets_sign_for_a_day(anna: User) -> None:
    row, former = made(anna)
    now = timezone.now()
    new = rotate_secret(webhook=row.pk, by=anna, now=now)
    row.refresh_from_db()
    assert secrets_of(row, now=now) == [new, former]
    assert secrets_of(row, now=now + FORMER_SIGNS) == [new]
    delivery = queue_test(webhook=row.pk, now=now)
    said = signed_headers(delivery, now=now)["webhook-signature"].split(" ")
    second, body = int(now.timestamp()), delivery.body.encode()
    assert said == [signature(one, message=str(delivery.pk), timestamp=second, body=body) for one in (new, former)]
    with pytest.raises(Webhook.DoesNotExist):
        rotate_secret(webhook=row.pk + 1, by=anna, now=now)


def test_a_replaced_key_signs_on_while_it_is_named_and_says_so_when_not(anna: User, site: Site) -> None:
    with override_settings(SECRET_KEY="the one before"):
        row, secret = made(anna, f"{site.url}/hook")
    with override_settings(SECRET_KEY_FALLBACKS=["the one before"]):
        assert secrets_of(row, now=timezone.now()) == [secret]
    delivery = queue_test(webhook=row.pk, now=timezone.now())
    assert tell_programs(site.door()) == 1
    delivery.refresh_from_db()
    assert "give the webhook a new secret" in delivery.attempts[0]["said"]
    assert (delivery.state, site.sent) == ("waiting", [])


def told(webhook: Webhook) -> list[dict[str, Any]]:
    return [json.loads(body) for body in webhook.deliveries.order_by("entry").values_list("body", flat=True)]


def test_each_webhook_is_told_of_what_its_filter_asks_for(anna: User) -> None:
    every, _ = made(anna)
    french, _ = made(anna, language="fr", wanted=NewsWanted("UA", suppliers=("US",), weapons=("atacms",)))
    nothing, _ = made(anna, wanted=NewsWanted("UA", suppliers=("FR",)))
    supply, _ = made(anna, wanted=NewsWanted("UA", track=Track.SUPPLY, territory="RU"))
    off, _ = made(anna)
    switch_webhook(webhook=off.pk, on=False, by=anna)
    late, _ = made(anna, now=timezone.now() + timedelta(hours=1))
    make_small_record()
    assert spread_outbox(now=timezone.now()) == OutboxEntry.objects.count() > 0
    [message] = told(every)
    assert {piece["kind"] for piece in message["news"]} == {"new"}
    assert message["type"] == "record.changed"
    assert message["news"][0]["address"].startswith("http://127.0.0.1:8000/positions/")
    [message] = told(french)
    assert {piece["weapon"] for piece in message["news"]} == {"atacms"}
    assert "/fr/positions/" in message["news"][0]["address"]
    assert [told(row) for row in (nothing, supply, off, late)] == [[], [], [], []]


def test_a_filter_by_status_gets_the_change_and_not_the_other(anna: User) -> None:
    wanted = NewsWanted("UA", before=(Status.BANNED,), after=(Status.CONDITIONAL,), sought=Sought(regions=("UA-63",)))
    turned, _ = made(anna, wanted=wanted)
    other, _ = made(anna, wanted=NewsWanted("UA", after=(Status.ALLOWED,)))
    assert wanted_of(turned) == wanted
    make_small_record()
    spread_outbox(now=timezone.now())
    [message] = told(turned)
    assert [piece["weapon"] for piece in message["news"]] == ["any"]
    assert told(other) == []
    words = filter_in_words(wanted, known_codes())
    assert words == "Ukraine · what was before: Not allowed · what came: Limits · regions: Kharkiv"
    with translation.override("fr"):
        assert "ce qui valait avant" in filter_in_words(wanted, known_codes())


def test_a_correction_is_told_with_what_stood_before_and_a_withdrawal_as_one(anna: User) -> None:
    make_small_record()
    spread_outbox(now=timezone.now())
    hook, _ = made(anna)
    retract_claim(claim=Claim.objects.get(status="conditional").pk, by=anna, reason="Withdrawn by its publisher.")
    spread_outbox(now=timezone.now())
    [message] = told(hook)
    assert {piece["kind"] for piece in message["news"]} == {"withdrawn"}
    assert message["revision"] == OutboxEntry.objects.latest("revision_id").revision_id


def test_spreading_rolls_back_whole_and_then_spreads_once(anna: User) -> None:
    hook, _ = made(anna)
    make_small_record()
    with transaction.atomic():
        break_writes("outboxentry", "UPDATE")
        with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
            spread_outbox(now=timezone.now())
        assert not hook.deliveries.exists()
        transaction.set_rollback(True)
    assert spread_outbox(now=timezone.now()) == 1
    assert spread_outbox(now=timezone.now()) == 0
    assert hook.deliveries.count() == 1


def test_a_message_is_sent_signed_and_its_answer_stays(anna: User, site: Site) -> None:
    hook, secret = made(anna, f"{site.url}/hook")
    make_small_record()
    assert tell_programs(site.door()) == 1
    delivery = hook.deliveries.get()
    assert (delivery.state, delivery.tries, delivery.lease_token) == ("sent", 1, None)
    [tried] = delivery.attempts
    assert (tried["status"], tried["said"]) == (200, "thank you")
    [(_, headers)] = site.asked
    assert site.sent == [delivery.body.encode()]
    expected = signature(
        secret, message=str(delivery.pk), timestamp=int(headers["webhook-timestamp"]), body=site.sent[0]
    )
    assert (headers["webhook-id"], headers["webhook-signature"]) == (str(delivery.pk), expected)
    assert tell_programs(site.door()) == 0


def due_again(delivery: WebhookDelivery) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(due=timezone.now() - timedelta(seconds=1))


def test_what_is_not_taken_is_sent_again_with_the_same_number_until_two_days_are_over(anna: User, site: Site) -> None:
    hook, _ = made(anna, f"{site.url}/hook")
    delivery = queue_test(webhook=hook.pk, now=timezone.now())
    site.pages["/hook"] = page("\x1b[31mno", "text/plain", 503)
    for _ in range(9):
        assert tell_programs(site.door()) == 1
        assert tell_programs(site.door()) == 0
        due_again(delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, len(delivery.attempts)) == ("given_up", 9, 9)
    assert delivery.attempts[0]["said"] == "The receiver answers 503 Service Unavailable. \\x1b[31mno"
    assert {headers["webhook-id"] for _, headers in site.asked} == {str(delivery.pk)}
    assert len(set(site.sent)) == 1
    site.pages["/hook"] = page("", "text/plain", 204)
    assert send_again(delivery=delivery.pk, webhook=hook.pk, now=timezone.now())
    assert not send_again(delivery=delivery.pk, webhook=hook.pk, now=timezone.now())
    assert tell_programs(site.door()) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, len(delivery.attempts)) == ("sent", 1, 10)


def test_the_running_program_sends_to_public_addresses_alone(anna: User, site: Site) -> None:
    hook, _ = made(anna, f"{site.url}/hook")
    delivery = queue_test(webhook=hook.pk, now=timezone.now())
    assert tell_programs(public_door()) == 1
    delivery.refresh_from_db()
    assert "not to be visited" in delivery.attempts[0]["said"]
    assert not site.asked


def test_one_sender_that_is_late_writes_nothing_over_the_other(anna: User) -> None:
    hook, _ = made(anna)
    queue_test(webhook=hook.pk, now=timezone.now())
    now = timezone.now() + timedelta(seconds=1)
    first = lease_deliveries(now=now, most=8)
    assert len(first.deliveries) == 1
    assert lease_deliveries(now=now, most=8).deliveries == ()
    second = lease_deliveries(now=now + LEASE, most=8)
    [row] = second.deliveries
    answer: dict[str, Any] = {"delivery": row.pk, "status": 200, "said": "ok", "taken": True, "now": now, "chance": 0}
    assert not record_try(token=first.token, **answer)
    assert record_try(token=second.token, **answer)
    assert not record_try(token=second.token, **answer)
    assert WebhookDelivery.objects.get().tries == 1


def test_a_webhook_with_many_messages_waiting_keeps_no_other_waiting(anna: User) -> None:
    slow, _ = made(anna)
    other, _ = made(anna)
    for _number in range(20):
        queue_test(webhook=slow.pk, now=timezone.now())
    queue_test(webhook=other.pk, now=timezone.now())
    leased = lease_deliveries(now=timezone.now() + timedelta(seconds=1), most=2)
    assert {row.webhook_id for row in leased.deliveries} == {slow.pk, other.pk}


def test_a_crash_between_sending_and_noting_sends_again_with_the_same_number(anna: User, site: Site) -> None:
    hook, _ = made(anna, f"{site.url}/hook")
    delivery = queue_test(webhook=hook.pk, now=timezone.now())
    with transaction.atomic():
        break_writes("webhookdelivery", "UPDATE", "NEW.tries > OLD.tries")
        with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
            tell_programs(site.door())
        transaction.set_rollback(True)
    assert len(site.sent) == 1
    assert tell_programs(site.door()) == 1
    delivery.refresh_from_db()
    assert (delivery.state, len(site.sent)) == ("sent", 2)
    assert {headers["webhook-id"] for _, headers in site.asked} == {str(delivery.pk)}


def test_what_ended_is_forgotten_after_a_time_and_what_waits_is_not(anna: User) -> None:
    hook, _ = made(anna)
    ended, waits = (queue_test(webhook=hook.pk, now=timezone.now()) for _ in range(2))
    WebhookDelivery.objects.filter(pk=ended.pk).update(state="sent")
    assert drop_deliveries(before=timezone.now() - timedelta(days=1)) == 0
    assert drop_deliveries(before=timezone.now() + timedelta(days=1)) == 1
    assert list(hook.deliveries.all()) == [waits]
    assert not send_again(delivery=uuid4(), webhook=hook.pk, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(site: Site) -> None:
    anna = make_curator("anna")
    hooks = [made(anna, f"{site.url}/hook")[0] for _ in range(6)]
    make_small_record()
    tried = together(*[partial(tell_programs, site.door())] * 3)
    assert sum(tried) == len(hooks)
    numbers = [headers["webhook-id"] for _, headers in site.asked]
    assert len(numbers) == len(set(numbers)) == len(hooks)
    assert set(WebhookDelivery.objects.values_list("state", "tries")) == {("sent", 1)}


def test_the_receiver_of_the_documentation_believes_us_and_nobody_else(anna: User, site: Site) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "alerts.md").read_text("utf-8")
    example: dict[str, Any] = {}
    exec(guide.split("```python\n")[1].split("```")[0], example)
    hook, secret = made(anna, f"{site.url}/hook")
    queue_test(webhook=hook.pk, now=timezone.now())
    tell_programs(site.door())
    [(_, headers)], [body] = site.asked, site.sent
    is_genuine = example["is_genuine"]
    assert is_genuine(secret, headers, body)
    assert not is_genuine(secret, headers, body + b" ")
    assert not is_genuine("whsec_" + "A" * 44, headers, body)
    assert not is_genuine(secret, dict(headers) | {"webhook-timestamp": "1700000000"}, body)
