"""Who may sign in and how: each action works and is written down, refuses, and leaves nothing half done."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from restrictions.actions.audit import enter, enter_export
from restrictions.actions.curators import give_one_time_password
from restrictions.actions.reasons import history_of
from restrictions.actions.second_factor import (
    begin_setup,
    confirm_setup,
    renew_recovery_codes,
    reset_second_factor,
)
from restrictions.models import Account, Entry, EntryKind, GroupRight, Membership
from restrictions.rights import CURATORS
from tests.record.refusal import why_refused
from tests.record.rows import make_curator
from tests.record.together import break_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    return make_curator("anna")


def test_a_one_time_password_is_written_down_with_its_reason(anna: User) -> None:
    berta = make_curator("berta")
    password = give_one_time_password(user=berta, by=anna, reason=" Forgotten ")
    assert berta.check_password(password)
    entry = Entry.objects.get()
    assert (entry.kind, entry.who, entry.what, entry.why) == ("one_time_password", "anna", "berta", "Forgotten")


def test_a_one_time_password_needs_a_reason_and_changes_nothing_where_the_log_fails(anna: User) -> None:
    with pytest.raises(ValueError, match="needs its reason"):
        give_one_time_password(user=anna, by=anna, reason="")
    break_writes("entry")
    with pytest.raises(IntegrityError, match="disk is full"):
        give_one_time_password(user=anna, by=anna, reason="Forgotten")
    anna.refresh_from_db()
    assert anna.password == ""
    assert not anna.groups.exists()


def test_what_is_no_code_sets_nothing_up_and_a_phone_stays_where_the_log_fails(anna: User) -> None:
    assert confirm_setup(by=anna, code="123456") is None
    device = begin_setup(by=anna)
    assert confirm_setup(by=anna, code="not a code") is None
    device.confirmed = True
    device.save()
    with pytest.raises(ValueError, match="needs its reason"):
        reset_second_factor(user=anna, by=anna, reason=" ")
    break_writes("entry")
    with pytest.raises(IntegrityError, match="disk is full"):
        reset_second_factor(user=anna, by=anna, reason="Lost")
    assert TOTPDevice.objects.filter(user=anna).exists()


def test_recovery_codes_stay_where_the_new_ones_fail(anna: User) -> None:
    old = renew_recovery_codes(by=anna)
    break_writes("entry")
    with pytest.raises(IntegrityError, match="disk is full"), transaction.atomic():
        renew_recovery_codes(by=anna)
    assert StaticToken.objects.count() == len(old)


def test_an_export_is_a_line(anna: User) -> None:
    enter_export(by=anna, what="333 claims as CSV")
    assert Entry.objects.get().kind == EntryKind.EXPORTED


def run(sql: str) -> None:
    """What somebody does past the program."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE restrictions_entry SET who = 'x'", "DELETE FROM restrictions_entry"])
def test_the_database_refuses_to_change_the_log(sql: str, anna: User) -> None:
    enter(kind=EntryKind.SIGNED_IN, by=anna)
    assert "never changed or removed" in why_refused(lambda: run(sql))
    assert Entry.objects.count() == 1


def events(tracked: type) -> list[tuple[str, int]]:
    """What the database kept of the rows of a table: what was done, and by whom."""
    rows = tracked.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    return [(row.pgh_label, row.pgh_context.metadata["user"] if row.pgh_context else 0) for row in rows]


def test_each_change_of_rights_is_kept_by_the_database_itself(anna: User) -> None:
    group = Group.objects.get(name=CURATORS)
    before = len(events(GroupRight))
    with history_of(anna, "Starts on Monday"):
        berta = User.objects.create_user("berta")
        berta.groups.add(group)
        berta.is_active = False
        berta.save()
        group.permissions.add(Permission.objects.get(codename="delete_claim"))
        run(f"DELETE FROM auth_user_groups WHERE user_id = {berta.pk}")
    assert events(Account)[-2:] == [("insert", anna.pk), ("update", anna.pk)]
    assert events(Membership)[-2:] == [("insert", anna.pk), ("delete", anna.pk)]
    assert events(GroupRight)[before:] == [("insert", anna.pk)]


def test_a_sign_in_alone_is_no_change_of_rights(anna: User) -> None:
    before = events(Account)
    User.objects.filter(pk=anna.pk).update(last_login="2026-11-22T12:00Z", first_name="Anna", password="x")
    assert events(Account) == before


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("""UPDATE pghistory_context SET metadata = '{"user": 0}'""", "never rewritten"),
        ("DELETE FROM pghistory_context", "never removed"),
        ("UPDATE restrictions_accountevent SET is_superuser = true", "Cannot update or delete"),
        ("DELETE FROM restrictions_membershipevent", "Cannot update or delete"),
    ],
)
def test_who_did_what_and_why_is_never_rewritten(sql: str, sentence: str, anna: User) -> None:
    with history_of(anna, "Starts on Monday"):
        User.objects.create_user("berta").groups.add(Group.objects.get(name=CURATORS))

    assert sentence in why_refused(lambda: run(sql), DatabaseError)
