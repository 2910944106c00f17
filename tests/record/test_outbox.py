"""The outbox: each revision leaves one entry in its own transaction, whatever becomes of whoever wrote it."""

from collections.abc import Callable
from datetime import date

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from restrictions.actions.claims import accept_claim
from restrictions.models import OutboxEntry, Revision
from restrictions.models.triggers import RECORD_LOCK
from tests.record.rows import claim_row, day, make_curator, make_reference, open_revision
from tests.record.together import at_once, break_writes


def entries() -> list[int]:
    return list(OutboxEntry.objects.values_list("revision_id", flat=True))


def revisions() -> list[int]:
    return list(Revision.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_change_of_the_record_leaves_its_entry(reference: None) -> None:
    claim = claim_row("ban", **day("effective", date(2024, 1, 10)))
    claim.save()
    accept_claim(claim=claim.pk, by=make_curator())
    assert entries() == revisions() != []
    assert OutboxEntry.objects.get().spread_at is None


@pytest.mark.django_db
def test_without_its_entry_there_is_no_change(reference: None) -> None:
    break_writes("outboxentry")
    with pytest.raises(IntegrityError, match="the disk is full"), transaction.atomic():
        open_revision()
    assert (entries(), revisions()) == ([], [])


def _killed(raw: "psycopg.Connection[tuple[int]]") -> None:
    """The database ends the connection in the middle of its transaction, as it does when the writer dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [raw.info.backend_pid])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("commits", [False, True])
def test_a_writer_that_dies_leaves_both_or_neither(commits: bool) -> None:
    actor = make_curator().pk
    params = connection.get_connection_params()
    known = {name: params[name] for name in ("dbname", "user", "host", "port", "password") if params.get(name)}
    with psycopg.connect(**known) as raw:
        raw.execute(
            "INSERT INTO restrictions_revision (actor_id, reason, rules_version) VALUES (%s, 'a test', '1')", [actor]
        )
        if commits:
            raw.commit()
        _killed(raw)
        with pytest.raises(psycopg.OperationalError):
            raw.execute("SELECT 1")
    assert entries() == revisions()
    assert len(entries()) == int(commits)


@pytest.mark.django_db(transaction=True)
def test_entries_are_committed_in_the_order_of_their_numbers() -> None:
    make_reference()
    change: Callable[[], object] = open_revision
    assert at_once(*[change] * 4) == ["stored"] * 4
    assert entries() == revisions()
    instants = list(Revision.objects.order_by("pk").values_list("instant", flat=True))
    assert instants == sorted(instants)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [RECORD_LOCK])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [RECORD_LOCK])
