"""Alerts by mail, through a real mail server: asked for, confirmed, told, left, and forgotten."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import timezone

from restrictions.actions.retractions import retract_claim
from restrictions.actions.subscriptions import (
    CONFIRM_WITHIN,
    LEASE,
    MOST_IN_AN_HOUR,
    MOST_UNCONFIRMED,
    TooManySubscriptions,
    ask_for_alerts,
    confirm_alerts,
    drop_unconfirmed,
    lease_mails,
    leave_alerts,
    record_mail,
    record_refusal,
)
from restrictions.domain.alerts import Rhythm, next_due
from restrictions.models import Claim, OutboxEntry, Subscription
from restrictions.pipelines.mailing import mail_readers
from restrictions.queries.digests import confirm_link, key_to_confirm, key_to_leave, leave_link
from restrictions.queries.news_filters import NewsWanted
from tests.record.post_office import PostOffice, post_office
from tests.record.rows import make_curator, make_reference
from tests.record.together import break_writes, together
from tests.site.reading.rows import make_small_record

pytestmark = pytest.mark.django_db
READER = "a@reader.example"


@pytest.fixture(scope="module")
def server() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture
def office(server: PostOffice) -> PostOffice:
    server.clear()
    return server


def ask(address: str = READER, **changes: Any) -> None:
    values: dict[str, Any] = {"rhythm": Rhythm.DAILY, "language": "en", "wanted": NewsWanted("UA")}
    values |= {"address": address, "now": timezone.now()}
    ask_for_alerts(**(values | changes))


def confirmed(**changes: Any) -> Subscription:
    """A subscription that has been confirmed, whose next digest is due now."""
    ask(**changes)
    row = Subscription.objects.latest("pk")
    assert confirm_alerts(key=row.key, now=timezone.now())
    Subscription.objects.filter(pk=row.pk).update(due=timezone.now())
    row.refresh_from_db()
    return row


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert html
    return str(text.get_content()), str(html.get_content())


def test_a_mail_asks_first_and_nothing_else_comes_before_the_answer(office: PostOffice) -> None:
    make_reference()
    ask(" A@Reader.example ", wanted=NewsWanted("UA", suppliers=("US",), weapons=("atacms",)))
    assert (mail_readers(), mail_readers()) == (1, 0)
    [mail] = office.mails
    assert office.recipients == [READER]
    row = Subscription.objects.get()
    text, html = parts(mail)
    assert "Ukraine · United States · atacms (daily)" in text
    [token] = re.findall(r"http://127\.0\.0\.1:8000/alerts/confirm/([^/]+)/", text)
    assert key_to_confirm(token, within=CONFIRM_WITHIN) == row.key
    assert f'href="{leave_link(row)}"' in html
    assert (row.confirmed_at, row.due, row.lease_token) == (None, None, None)


def test_links_are_signed_and_the_one_to_confirm_ends(db: None) -> None:
    ask()
    row = Subscription.objects.get()
    yes, no = (link(row).split("/")[-2] for link in (confirm_link, leave_link))
    assert (key_to_confirm(yes, within=CONFIRM_WITHIN), key_to_leave(no)) == (row.key, row.key)
    assert key_to_confirm(yes, within=timedelta(seconds=-1)) is None
    forged = [yes[:-1] + ("A" if yes[-1] != "A" else "B"), no, "x", ""]
    assert [key_to_confirm(token, within=CONFIRM_WITHIN) for token in forged] == [None] * 4
    assert [key_to_leave(token) for token in (yes, no[:-1], "", row.key.hex)] == [None] * 4
    with override_settings(SECRET_KEY="another"):
        assert key_to_leave(no) is None


def test_asking_again_changes_nothing_and_fills_no_letter_box(db: None) -> None:
    now = timezone.now()
    for supplier in ("US", "FR", "GB", "DE", "US"):
        ask(wanted=NewsWanted("UA", suppliers=(supplier,)), now=now)
    assert Subscription.objects.count() == MOST_UNCONFIRMED
    Subscription.objects.update(due=None)
    ask(wanted=NewsWanted("UA", suppliers=("US",)), now=now)
    assert not Subscription.objects.exclude(due=None).exists()
    ask(wanted=NewsWanted("UA", suppliers=("US",)), now=now + timedelta(hours=2))
    assert Subscription.objects.exclude(due=None).count() == 1
    first = Subscription.objects.earliest("pk")
    assert confirm_alerts(key=first.key, now=now)
    due = Subscription.objects.get(pk=first.pk).due
    assert confirm_alerts(key=first.key, now=now + timedelta(days=3)), "a second click"
    ask(wanted=NewsWanted("UA", suppliers=("US",)), now=now + timedelta(hours=4))
    assert Subscription.objects.get(pk=first.pk).due == due


def test_no_more_are_taken_in_an_hour_than_are_asked_for_by_people(db: None) -> None:
    for number in range(MOST_IN_AN_HOUR):
        ask(f"{number}@reader.example")
    with pytest.raises(TooManySubscriptions):
        ask()
    ask(now=timezone.now() + timedelta(hours=2))
    assert Subscription.objects.count() == MOST_IN_AN_HOUR + 1


def test_a_digest_tells_what_came_since_and_nothing_twice(office: PostOffice) -> None:
    make_small_record()
    row = confirmed(language="fr")
    assert row.told_until == OutboxEntry.objects.latest("revision_id").revision_id
    assert mail_readers() == 1
    assert office.mails == []
    retract_claim(claim=Claim.objects.get(status="conditional").pk, by=make_curator(), reason="Withdrawn.")
    Subscription.objects.update(due=timezone.now())
    assert mail_readers() == 1
    [mail] = office.mails
    text, html = parts(mail)
    assert "Retiré" in text
    assert "Retiré" in html
    assert "/fr/positions/" in text
    leave = leave_link(row).replace("/alerts/", "/fr/alerts/")
    assert mail["List-Unsubscribe"].strip() == f"<{leave}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave in text
    Subscription.objects.update(due=timezone.now())
    assert mail_readers() == 1
    assert len(office.mails) == 1
    row.refresh_from_db()
    assert row.due is not None
    assert row.due > timezone.now()


def test_each_piece_says_whether_it_is_new_corrected_or_withdrawn(office: PostOffice) -> None:
    make_small_record()
    row = confirmed()
    retract_claim(claim=Claim.objects.get(weapon_id="atacms").pk, by=make_curator(), reason="Withdrawn.")
    Subscription.objects.filter(pk=row.pk).update(told_until=0)
    assert mail_readers() == 1
    text, html = parts(office.mails[0])
    kinds = re.findall(r"^\* (New in the record|Corrected|Withdrawn) \(", text, re.MULTILINE)
    assert set(kinds) == {"New in the record", "Withdrawn"}
    assert office.mails[0]["Subject"] == f"Caveat: {len(kinds)} changes"
    assert html.count("<li>") == len(kinds)


def test_a_correction_says_what_stood_before() -> None:
    codes = {"kind_words": "Corrected", "sentence": "<b>Now</b>", "before": "Then", "at": timezone.now()}
    said = {"news": [{"row": codes, "address": "https://caveat.example/positions/7/"}], "title": "Caveat: 1 change"}
    text, html = (render_to_string(f"mail/digest.{form}", said) for form in ("txt", "html"))
    assert "Corrected" in text
    assert "The record said until then: Then" in text
    assert "&lt;b&gt;Now&lt;/b&gt;" in html
    assert "<s>Then</s>" in html


def test_a_server_that_is_down_loses_no_digest_and_no_address_is_logged(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    make_small_record()
    row = confirmed()
    Subscription.objects.filter(pk=row.pk).update(told_until=0)
    with override_settings(EMAIL_PORT=1), caplog.at_level(logging.INFO):
        assert mail_readers() == 1
    assert mail_readers() == 0, "the lease holds until the next try"
    Subscription.objects.update(leased_until=timezone.now())
    assert mail_readers() == 1
    assert len(office.mails) == 1
    assert "ConnectionRefusedError" in caplog.text
    assert READER not in caplog.text


def test_an_address_that_is_refused_three_times_is_deleted(
    office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    make_reference()
    ask()
    office.says = "450 later"
    assert mail_readers() == 1
    assert Subscription.objects.get().refusals == 0
    office.says = "550 nobody here"
    for left in (1, 1, 0):
        Subscription.objects.update(leased_until=timezone.now())
        assert mail_readers() == 1
        assert Subscription.objects.count() == left
    assert READER not in caplog.text


def test_a_reader_whose_server_refuses_for_an_hour_is_told_with_the_next_digest(office: PostOffice) -> None:
    make_small_record()
    row = confirmed()
    Subscription.objects.filter(pk=row.pk).update(told_until=0)
    office.says = "550 relaying denied"
    assert mail_readers() == 1
    Subscription.objects.filter(due__lte=timezone.now() + timedelta(hours=1)).update(leased_until=timezone.now())
    assert mail_readers() == 0
    row.refresh_from_db()
    assert (row.refusals, row.told_until, row.lease_token) == (1, 0, None)
    assert row.due == next_due(Rhythm(row.rhythm), after=timezone.now())
    Subscription.objects.update(due=timezone.now())
    office.says = "250 OK"
    assert mail_readers() == 1
    assert len(office.mails) == 1
    assert Subscription.objects.get().refusals == 0


def test_a_crash_between_sending_and_noting_sends_the_same_mail_again(office: PostOffice) -> None:
    make_small_record()
    row = confirmed()
    Subscription.objects.filter(pk=row.pk).update(told_until=0)
    with transaction.atomic():
        break_writes("subscription", "UPDATE", "NEW.told_until > OLD.told_until")
        with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
            mail_readers()
        transaction.set_rollback(True)
    assert mail_readers() == 1
    first, second = office.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_who_leaves_is_deleted_and_who_never_confirmed_too(db: None) -> None:
    row = confirmed()
    assert leave_alerts(key=row.key)
    assert not leave_alerts(key=row.key)
    assert not confirm_alerts(key=row.key, now=timezone.now())
    ask(now=timezone.now() - CONFIRM_WITHIN - timedelta(minutes=1))
    kept = confirmed(wanted=NewsWanted("UA", suppliers=("US",)))
    assert drop_unconfirmed(now=timezone.now()) == 1
    assert list(Subscription.objects.all()) == [kept]


def test_one_sender_that_is_late_writes_nothing_over_the_other(db: None) -> None:
    row = confirmed()
    now = timezone.now()
    first = lease_mails(now=now, most=9)
    assert lease_mails(now=now, most=9).subscriptions == ()
    second = lease_mails(now=now + LEASE, most=9)
    assert first.subscriptions == second.subscriptions == (row,)
    record_refusal(subscription=row, token=first.token, now=now)
    assert not record_mail(subscription=row, token=first.token, told_until=5, now=now)
    assert record_mail(subscription=row, token=second.token, told_until=5, now=now)
    row.refresh_from_db()
    assert (row.told_until, row.refusals, row.lease_token) == (5, 0, None)


def test_asking_and_confirming_roll_back_whole(db: None) -> None:
    ask()
    row = Subscription.objects.get()
    break_writes("subscription", "INSERT OR UPDATE OR DELETE")
    changes: list[Callable[[], Any]] = [
        partial(ask, "b@reader.example"),
        partial(confirm_alerts, key=row.key, now=timezone.now()),
        partial(leave_alerts, key=row.key),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
            change()
    assert Subscription.objects.get().confirmed_at is None
    assert not confirm_alerts(key=uuid4(), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(office: PostOffice) -> None:
    make_reference()
    for number in range(12):
        ask(f"{number}@reader.example")
    assert sum(together(*[mail_readers] * 3)) == 12
    assert sorted(office.recipients) == sorted(f"{number}@reader.example" for number in range(12))
