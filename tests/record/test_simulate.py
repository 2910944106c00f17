"""A simulated record: of the size asked for, the same for the same seed, clean, synthetic, never beside a real one."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from restrictions.actions.record import derive_again, open_revision
from restrictions.actions.reference import load_reference
from restrictions.actions.simulation import APART, REVISIONS, RecordHeld, Simulated, simulate
from restrictions.models import Claim, Dispatch, Position, PositionVersion, Revision
from restrictions.queries.invariants import breaches
from restrictions.queries.pairs import pairs_on_record
from tests.record.rows import make_claim, make_curator

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
INDEXES = "SELECT indexname FROM pg_indexes WHERE tablename LIKE 'restrictions_%' ORDER BY indexname"
CONSTRAINTS = """
    SELECT conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text LIKE 'restrictions_%' ORDER BY 1
"""
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'D'"


def answers(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [found for (found,) in cursor.fetchall()]


def told() -> list[tuple[object, ...]]:
    columns = ("supplier", "recipient", "weapon", "status", "starts_edtf", "recorded")
    return list(PositionVersion.objects.order_by("id").values_list(*columns))


def passing(seed: int) -> list[tuple[object, ...]]:
    """What a simulated record says, of which nothing is kept."""
    with transaction.atomic():
        simulate(positions=40, dispatches=4, seed=seed, now=NOW)
        found = told()
        transaction.set_rollback(True)
    return found


@pytest.fixture(autouse=True)
def _reference(db: None) -> None:
    load_reference()


class TestMade:
    """Of some hundred positions, made once for all that is asked of them."""

    @pytest.fixture(autouse=True)
    def made(self, _reference: None) -> Simulated:
        return simulate(positions=400, dispatches=30, seed=7, now=NOW)

    def test_it_has_the_size_asked_for_and_is_clean(self, made: Simulated) -> None:
        assert abs(made.positions - 400) <= 8
        assert made.dispatches == 30
        assert (
            Simulated(
                Position.objects.count(),
                PositionVersion.objects.count(),
                Claim.objects.count(),
                Dispatch.objects.count(),
            )
            == made
        )
        assert made.versions > made.positions
        assert list(breaches()) == []

    def test_all_of_it_is_synthetic_and_quoted(self) -> None:
        assert not Dispatch.objects.exclude(synthetic=True).exists()
        assert not Claim.objects.filter(dispatch_version=None).exists()
        assert not Claim.objects.filter(quote="").exists()

    def test_deriving_again_changes_nothing(self) -> None:
        before = told()
        open_revision(by=make_curator(), reason="Again")
        derive_again(pairs_on_record())
        assert told() == before

    def test_its_past_can_be_asked_for(self, client: Client) -> None:
        days = [(NOW - APART * ago).date() for ago in (REVISIONS - 1, 1)]
        early, late = (client.get(f"/timeline.csv?known={day}").getvalue() for day in days)
        assert early.count(b"\n") < late.count(b"\n")
        assert client.get(f"/matrix.json?known={days[1]}&reported=2025-01-01").status_code == 200

    def test_what_was_put_to_sleep_for_it_is_awake_and_built(self) -> None:
        assert answers(TRIGGERS) == []
        assert any("position_version_day" in index for index in answers(INDEXES))
        assert any("position_version_one_at_a_time" in constraint for constraint in answers(CONSTRAINTS))
        assert Revision.objects.filter(instant__lt=NOW - timedelta(days=300)).exists()


def test_the_same_seed_gives_the_same_record_and_leaves_the_tables_as_built() -> None:
    built = answers(INDEXES), answers(CONSTRAINTS)
    assert passing(seed=3) == passing(seed=3) != passing(seed=4)
    simulate(positions=5, dispatches=1, seed=3, now=NOW)
    assert (answers(INDEXES), answers(CONSTRAINTS)) == built


def test_without_dispatches_its_claims_say_what_they_sum_up(client: Client) -> None:
    out = StringIO()
    call_command("simulate", positions=10, dispatches=0, seed=1, stdout=out)
    assert "of 0 synthetic dispatches." in out.getvalue()
    assert not Claim.objects.filter(summary="").exists()
    assert list(breaches()) == []


def test_more_dispatches_than_claims_leaves_some_without_any() -> None:
    simulate(positions=5, dispatches=20, seed=1, now=NOW)
    assert Dispatch.objects.filter(state="irrelevant").exists()


@pytest.mark.parametrize("count", ["-1", "many"])
def test_a_size_is_a_number(count: str) -> None:
    with pytest.raises(CommandError):
        call_command("simulate", "--positions", count)


def test_a_record_that_holds_claims_is_left_alone() -> None:
    make_claim("a-real-one")
    with pytest.raises(CommandError, match="not empty"):
        call_command("simulate", positions=10, dispatches=1, seed=1)
    assert Claim.objects.count() == 1


def test_without_reference_rows_it_says_what_to_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE restrictions_weapon CASCADE")
    with pytest.raises(RecordHeld, match="load_reference"):
        simulate(positions=10, dispatches=1, seed=1, now=NOW)


def test_a_part_that_cannot_be_written_leaves_the_record_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_positionversion ADD CONSTRAINT full_disk CHECK (role = '')")
    with pytest.raises(IntegrityError):
        simulate(positions=10, dispatches=1, seed=1, now=NOW)
    assert not Claim.objects.exists()
