"""What the database refuses of positions and what hangs on them, whoever asks."""

from datetime import date
from threading import Barrier
from typing import Any

import pgtrigger
import pytest
from django.db import connection, transaction

from restrictions.domain.vocabulary import Status, Track
from restrictions.models import Position, PositionEvidence, Revision, Silence, Stretch
from tests.record.refusal import why_refused
from tests.record.rows import make_claim, make_position, open_revision, position_row
from tests.record.together import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_overlapping_positions_written_at_once_one_is_refused() -> None:
    claim = make_claim("c1")

    def store(starts: date) -> None:
        open_revision()
        make_position(claim, starts)

    failed, stored = at_once(lambda: store(MAY), lambda: store(JUNE))
    assert "position_one_at_a_time" in failed
    assert stored == "stored"
    assert Position.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_even_without_the_lock_overlapping_positions_cannot_both_be_stored() -> None:
    claim, revision = make_claim("c1"), open_in_passing()
    both_have_written = Barrier(2, timeout=20)

    def store(starts: date) -> None:
        with pgtrigger.ignore(*UNSERIALISED):
            make_position(claim, starts, revision=revision)
        both_have_written.wait()

    failed, stored = at_once(lambda: store(MAY), lambda: store(JUNE))
    # Each commit waits for the other's row: PostgreSQL refuses one as a deadlock, or the overlap itself.
    assert "deadlock" in failed or "position_one_at_a_time" in failed
    assert stored == "stored"
    assert Position.objects.count() == 1


UNSERIALISED = (
    "restrictions.Position:needs_revision",
    "restrictions.Position:keeps_versions",
    "restrictions.PositionEvidence:needs_revision",
)


def open_in_passing() -> Revision:
    """A revision that is committed at once, and changes nothing."""
    with transaction.atomic():
        return open_revision()


def test_positions_of_one_line_may_meet_but_not_overlap() -> None:
    claim = make_claim("c1")
    open_revision()
    make_position(claim, MAY, JUNE)
    make_position(claim, JUNE)
    connection.check_constraints()
    assert "position_one_at_a_time" in why_refused(lambda: make_position(claim, JULY))


def test_positions_may_overlap_while_a_revision_is_under_way() -> None:
    claim = make_claim("c1")
    open_revision()
    first = make_position(claim, MAY)
    make_position(claim, JUNE)
    first.ends_edtf, first.ends_earliest, first.ends_latest = "2024-06-01", JUNE, JUNE
    first.validity = (MAY, JUNE)
    first.save()
    connection.check_constraints()
    assert Position.objects.in_force_on(MAY).get() == first


def test_another_role_or_territory_is_another_line() -> None:
    claim = make_claim("c1")
    open_revision()
    make_position(claim, MAY)
    make_position(claim, MAY, role="consent")
    make_position(claim, MAY, territory="UA")
    connection.check_constraints()
    assert Position.objects.in_force_on(MAY).count() == 3


def test_a_position_without_evidence_is_refused() -> None:
    open_revision()
    assert "has no claim as its evidence" in why_refused(lambda: position_row(MAY).save())


def test_the_last_evidence_cannot_be_taken_away() -> None:
    open_revision()
    make_position(make_claim("c1"), MAY)
    other = make_position(make_claim("c2"), MAY, territory="UA")
    connection.check_constraints()
    evidence = PositionEvidence.objects.exclude(position=other)
    assert "has no claim as its evidence" in why_refused(evidence.delete)
    assert "has no claim as its evidence" in why_refused(lambda: evidence.update(position=other))


def test_a_position_goes_with_its_evidence() -> None:
    open_revision()
    make_position(make_claim("c1"), MAY).delete()
    connection.check_constraints()
    assert not PositionEvidence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"validity": (MAY, JULY)}, "position_validity_follows_window"),
        ({"starts_latest": JUNE, "validity": (JUNE, JUNE)}, "position_validity_follows_window"),
        ({"ends_edtf": None}, "position_ends_is_whole"),
        ({"status": Status.WITHHELD.value}, "position_status_fits_track"),
        ({"territory": ""}, "position_territory_fits_track"),
        ({"track": Track.SUPPLY.value, "status": Status.SUPPLIED.value}, "position_territory_fits_track"),
    ],
)
def test_a_position_that_contradicts_itself_is_refused(changes: dict[str, Any], constraint: str) -> None:
    claim = make_claim("c1")
    open_revision()
    assert constraint in why_refused(lambda: make_position(claim, MAY, JUNE, **changes))


def make_stretch(position: Position, first: date, until: date | None) -> Stretch:
    return Stretch.objects.create(
        position=position,
        first=first,
        until=until,
        standing=Status.BANNED.value,
        challenger=Status.ALLOWED.value,
        outcome="open",
        rule="8",
    )


def test_contested_stretches_lie_inside_their_position() -> None:
    claim = make_claim("c1")
    open_revision()
    position = make_position(claim, MAY, JULY)
    make_stretch(position, MAY, JUNE)
    connection.check_constraints()
    assert "lies outside its days" in why_refused(lambda: make_stretch(position, MAY, None))
    assert "stretch_covers_days" in why_refused(lambda: make_stretch(position, JUNE, JUNE))


def test_silences_lie_inside_their_position_also_when_it_shrinks() -> None:
    claim = make_claim("c1")
    open_revision()
    position = make_position(claim, MAY)
    Silence.objects.create(position=position, claim=claim, day=JULY)
    connection.check_constraints()
    shrunk = {"ends_edtf": "2024-06-01", "ends_earliest": JUNE, "ends_latest": JUNE, "validity": (MAY, JUNE)}
    assert "lies outside its days" in why_refused(lambda: Position.objects.update(**shrunk))
    assert "silence_once" in why_refused(lambda: Silence.objects.create(position=position, claim=claim, day=JULY))
