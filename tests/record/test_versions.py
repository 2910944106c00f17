"""The record on two clocks: versions open and close with revisions, and a past view never changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from threading import Event
from time import sleep

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from restrictions.domain.vocabulary import Status
from restrictions.models import Claim, Position, PositionVersion, Revision, Weapon
from restrictions.models.position import PositionColumns
from restrictions.queries.clock import database_now, span_known
from tests.record.refusal import why_refused
from tests.record.rows import make_claim, make_curator, make_position, make_weapon, open_revision, position_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def claim(reference: None) -> Claim:
    return make_claim("c1")


@pytest.fixture
def position(claim: Claim) -> Position:
    """A ban from 1 May, written by a first revision."""
    open_revision("the first")
    return make_position(claim, MAY)


def change(position: Position, summary: str) -> None:
    position.summary = summary
    position.save()


def versions() -> list[tuple[str, datetime, datetime | None]]:
    """What each version says, from when and until when, oldest first."""
    rows = PositionVersion.objects.order_by("recorded", "id")
    return [(row.summary, row.recorded.lower, row.recorded.upper) for row in rows]


def seen_at(instant: datetime) -> list[str]:
    return [version.summary for version in PositionVersion.objects.known_at(instant).in_force_on(JUNE)]


# --- What each change leaves


def test_a_new_position_opens_a_version_at_its_revisions_instant(position: Position) -> None:
    revision = Revision.objects.get()
    assert versions() == [("", revision.instant, None)]
    version = PositionVersion.objects.get()
    assert (version.position_id, version.opened_by, version.closed_by) == (position.id, revision, None)


def test_a_version_holds_every_column_of_its_position(claim: Claim) -> None:
    open_revision()
    told = {
        "limits": [{"kind": "area", "value": "UA-63"}],
        "rules": ["4", "9"],
        "shown": {"quotes": ["𝔄"]},
        "practice": Status.BANNED.value,
        "first_used_edtf": "2024-05",
        "contested": True,
    }
    position = make_position(claim, MAY, JUNE, **told)
    position.refresh_from_db()
    version = PositionVersion.objects.get()
    columns = [field.attname for field in PositionColumns._meta.get_fields() if hasattr(field, "attname")]
    assert {column: getattr(version, column) for column in columns} == {
        column: getattr(position, column) for column in columns
    }
    assert len(columns) > 25


def test_a_change_closes_the_version_and_opens_the_next(position: Position) -> None:
    first = Revision.objects.get()
    second = open_revision("the second")
    change(position, "changed")
    assert versions() == [("", first.instant, second.instant), ("changed", second.instant, None)]
    closed = PositionVersion.objects.get(summary="")
    assert (closed.opened_by, closed.closed_by) == (first, second)


def test_a_removal_closes_the_version(position: Position) -> None:
    first, kept_id = Revision.objects.get(), position.id
    second = open_revision("the second")
    position.delete()
    assert versions() == [("", first.instant, second.instant)]
    assert PositionVersion.objects.get().position_id == kept_id
    assert seen_at(first.instant) == [""]
    assert seen_at(second.instant) == []


def test_two_changes_in_one_revision_leave_one_version(position: Position) -> None:
    first = Revision.objects.get()
    second = open_revision("the second")
    change(position, "passing")
    change(position, "final")
    assert versions() == [("", first.instant, second.instant), ("final", second.instant, None)]


def test_what_a_revision_makes_and_removes_leaves_no_version(claim: Claim, position: Position) -> None:
    first = Revision.objects.get()
    open_revision("the second")
    make_position(claim, MAY, territory="UA", summary="passing").delete()
    assert versions() == [("", first.instant, None)]


def test_a_changed_and_removed_position_ends_with_the_revision_before(position: Position) -> None:
    first = Revision.objects.get()
    second = open_revision("the second")
    change(position, "passing")
    position.delete()
    assert versions() == [("", first.instant, second.instant)]


def test_the_database_names_the_revision_that_wrote_a_position(position: Position) -> None:
    position.refresh_from_db()
    assert position.revision.reason == "the first"
    second = open_revision("the second")
    change(position, "changed")
    position.refresh_from_db()
    assert position.revision == second


def test_versions_of_one_line_overlap_in_one_clock_only(claim: Claim, position: Position) -> None:
    open_revision("the second")
    position.delete()
    make_position(claim, MAY, summary="successor")
    connection.check_constraints()
    assert [summary for summary, _, _ in versions()] == ["", "successor"]


# --- What is refused


def set_revision(value: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('caveat.revision', %s, true)", [str(value)])


def test_nothing_derived_is_written_without_a_revision(position: Position) -> None:
    evidence = position.evidence.get()
    for value in ("", Revision.objects.get().id + 1000):
        set_revision(value)
        assert "open a revision" in why_refused(lambda: position_row(MAY, territory="UA").save())
        assert "open a revision" in why_refused(position.save)
        assert "open a revision" in why_refused(position.delete)
        assert "open a revision" in why_refused(evidence.save)


@pytest.mark.django_db(transaction=True)
def test_a_revision_of_an_earlier_transaction_does_not_serve(claim: Claim) -> None:
    with transaction.atomic():
        earlier = open_revision()

    def write_under_it() -> None:
        set_revision(earlier.id)
        make_position(claim, MAY)

    assert "open a revision" in why_refused(write_under_it)
    assert "open a revision" in why_refused(lambda: make_position(claim, MAY))


def test_versions_cannot_be_edited(position: Position) -> None:
    version = PositionVersion.objects.get()
    version.summary = "rewritten"
    assert "are history" in why_refused(version.save)
    assert "are history" in why_refused(version.delete)
    assert "are history" in why_refused(lambda: PositionVersion.objects.update(closed_by=None))
    version.pk = None
    assert "are history" in why_refused(version.save)


def test_revisions_cannot_be_edited() -> None:
    revision = open_revision()
    revision.reason = "another"
    assert "never changed or removed" in why_refused(revision.save)
    itself = Revision.objects.filter(pk=revision.pk)
    assert "never changed or removed" in why_refused(lambda: itself._raw_delete("default"))
    assert "revision_has_reason" in why_refused(lambda: open_revision(""))


# --- Revisions in turn


def test_instants_rise_strictly_whatever_the_writer_says() -> None:
    opened = [open_revision(str(number)) for number in range(20)]
    long_ago = datetime.fromisoformat("2001-01-01T00:00:00+00:00")
    opened.append(Revision.objects.create(instant=long_ago, actor=make_curator(), reason="late", rules_version="1"))
    instants = list(Revision.objects.order_by("id").values_list("instant", flat=True))
    assert instants == [revision.instant for revision in opened]
    assert all(earlier < later for earlier, later in pairwise(instants))


def test_known_at_gives_the_last_revision_before() -> None:
    first, second = open_revision("first"), open_revision("second")
    assert Revision.objects.known_at(first.instant - MICROSECOND) is None
    assert Revision.objects.known_at(second.instant - MICROSECOND) == first
    assert Revision.objects.known_at(second.instant) == second


@pytest.mark.django_db(transaction=True)
def test_a_revision_needs_a_transaction() -> None:
    with pytest.raises(TransactionManagementError, match="inside a transaction"):
        open_revision()
    assert not Revision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_began_earlier_and_commits_later_does_not_change_a_past_view(claim: Claim) -> None:
    began, other_committed = Event(), Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                Weapon.objects.get(code="atacms")  # the transaction has begun, and has its start time
                began.set()
                assert other_committed.wait(20)
                open_revision("began earlier, commits later")
                make_position(claim, MAY, territory="UA", summary="slow")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(slow_writer)
        assert began.wait(20)
        with transaction.atomic():
            quick = open_revision("began later, commits earlier")
            make_position(claim, MAY, summary="quick")
        between = quick.instant + MICROSECOND
        before = seen_at(between)
        other_committed.set()
        writing.result()

    assert before == seen_at(between) == ["quick"]
    slow = Revision.objects.get(reason__startswith="began earlier")
    assert slow.instant > quick.instant
    assert sorted(seen_at(slow.instant)) == ["quick", "slow"]


@pytest.mark.parametrize("lets_it_stand", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_day_is_closed_once_no_change_that_began_on_it_is_under_way(claim: Claim, lets_it_stand: bool) -> None:
    opened, may_end = Event(), Event()
    instants: list[datetime] = []

    def writer() -> None:
        try:
            with transaction.atomic():
                instants.append(open_revision("opened before midnight").instant)
                opened.set()
                assert may_end.wait(20)
                transaction.set_rollback(not lets_it_stand)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(writer)
        assert opened.wait(20)
        sleep(1.1)  # more than the second that any statement is given
        assert span_known().settled <= instants[0]
        may_end.set()
        writing.result()
    assert span_known().settled > instants[0]


@pytest.mark.django_db(transaction=True)
def test_who_only_reads_keeps_no_day_open() -> None:
    reads, may_end = Event(), Event()

    def reader() -> None:
        try:
            with transaction.atomic():
                Weapon.objects.exists()
                reads.set()
                assert may_end.wait(20)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(reader)
        assert reads.wait(20)
        began = database_now()
        sleep(1.1)
        assert span_known().settled > began
        may_end.set()
        reading.result()


@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_and_then_sees_what_the_first_wrote(claim: Claim) -> None:
    waiting = Event()

    def second_writer() -> list[str]:
        try:
            with transaction.atomic():
                waiting.set()
                open_revision("second")
                return [position.summary for position in Position.objects.of_pair("US", "UA")]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            open_revision("first")
            reading = threads.submit(second_writer)
            assert waiting.wait(20)
            with pytest.raises(TimeoutError):
                reading.result(timeout=0.3)
            make_position(claim, MAY, summary="of the first")
        assert reading.result(timeout=20) == ["of the first"]
    instants = dict(Revision.objects.values_list("reason", "instant"))
    assert instants["first"] < instants["second"]


@pytest.mark.django_db(transaction=True)
def test_a_revision_that_is_rolled_back_leaves_nothing(claim: Claim) -> None:
    def store_without_evidence() -> None:
        open_revision()
        position_row(MAY).save()

    assert "no claim as its evidence" in why_refused(store_without_evidence)
    assert not Revision.objects.exists()
    assert not PositionVersion.objects.exists()


# --- The audit trail


def test_decisions_are_audited_with_the_row_they_left(claim: Claim) -> None:
    claim.retracted, claim.retracted_reason = True, "The paper took it back."
    claim.save()
    trail = apps.get_model("restrictions", "ClaimEvent").objects.filter(pgh_obj=claim).order_by("pgh_id")
    assert [(event.pgh_label, event.retracted) for event in trail] == [("insert", False), ("update", True)]
    assert "Cannot update or delete" in why_refused(trail.delete, DatabaseError)


# --- The index of a day's matrix


def test_a_days_matrix_is_answered_by_the_gist_index(claim: Claim) -> None:
    weapons = [make_weapon(f"w{number}").code for number in range(15)]
    make_history(recipients=["UA", "FR", "US"], weapons=weapons, weeks=10, revisions=10)
    instant = Revision.objects.order_by("instant")[5].instant

    matrix = PositionVersion.objects.filter(recipient="UA").known_at(instant).in_force_on(JUNE)
    assert sorted(matrix.values_list("weapon_id", flat=True)) == sorted(weapons)
    plan = matrix.order_by().explain(format="json")
    assert '"Index Name": "position_version_day"' in plan
    condition = plan.split('"Index Cond": "')[1].split('"')[0]
    assert all(column in condition for column in ("recipient_id", "validity", "recorded"))


def make_history(*, recipients: list[str], weapons: list[str], weeks: int, revisions: int) -> None:
    """One position a week for each recipient and weapon, each written anew by each revision."""
    opened = [open_revision(str(number)) for number in range(revisions + 1)]
    with pgtrigger.ignore("restrictions.PositionVersion:kept_by_the_database"):
        PositionVersion.objects.bulk_create(
            version
            for recipient, weapon, week in product(recipients, weapons, range(weeks))
            for version in versions_of_week(opened, week, recipient_id=recipient, weapon_id=weapon)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE restrictions_positionversion")


def versions_of_week(revisions: list[Revision], week: int, **line: str) -> list[PositionVersion]:
    """What each revision said of one week of one line, until the next revision."""
    starts = MAY + timedelta(weeks=week)
    position = position_row(starts, starts + timedelta(weeks=1), **line)
    said = {field.attname: getattr(position, field.attname) for field in PositionColumns._meta.local_fields}
    return [
        PositionVersion(
            position_id=week, recorded=(opened.instant, closed.instant), opened_by=opened, closed_by=closed, **said
        )
        for opened, closed in pairwise(revisions)
    ]
