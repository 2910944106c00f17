"""Deriving again writes what differs and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from restrictions.actions.record import derive_again, open_revision
from restrictions.domain.claims import Claim as CodedClaim
from restrictions.domain.positions import Outcome
from restrictions.domain.rules import RULES_VERSION
from restrictions.domain.vocabulary import Act, Attribution, Status, Track
from restrictions.models import Claim, Position, PositionVersion, Settlement, Silence, Stretch
from restrictions.queries.claims import as_derived_from, claims_of_pair
from restrictions.queries.invariants import breaches
from tests.record.rows import claim_row, day, make_claim, make_curator
from tests.record.standing import history, standing
from tests.record.together import break_writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

PAIR = ("US", "UA")


def derive_now(reason: str = "A test") -> None:
    with transaction.atomic():
        open_revision(by=make_curator(), reason=reason)
        derive_again([PAIR])
        connection.check_constraints()


def said(key: str, on: date, **changes: Any) -> Claim:
    """An accepted claim about all American weapons that came out on the day from which it holds."""
    return make_claim(key, weapon_id="any", **{**day("effective", on), **day("published", on), **changes})


def dispute() -> None:
    """A ban that somebody denies two days later."""
    said("ban", date(2024, 3, 1))
    said(
        "denial",
        date(2024, 3, 3),
        status=Status.ALLOWED.value,
        act=Act.REAFFIRMS.value,
        attribution=Attribution.MEDIA.value,
    )


def settle(status: Status) -> Settlement:
    return Settlement.objects.create(
        key=f"s-{status}",
        supplier_id="US",
        recipient_id="UA",
        weapon_id="any",
        track=Track.USE.value,
        territory="RU",
        first=date(2024, 3, 3),
        until=date(2024, 4, 1),
        status=status.value,
        practice=Status.CONDITIONAL.value,
        reason="The letter of 3 March is clear.",
        author=make_curator(),
    )


def test_what_follows_from_the_claims_is_written_once() -> None:
    said("ban", date(2024, 3, 1))
    said("permission", date(2024, 5, 30), status=Status.CONDITIONAL.value, conditions=["counter_fire"])
    derive_now()
    assert standing() == [
        "any use: banned from 2024-03-01 until 2024-05-30",
        "any use: conditional from 2024-05-30",
    ]
    before = history()
    derive_now("Again")
    assert history() == before | {"Revision": before["Revision"] + 1}
    assert set(Position.objects.values_list("revision__reason", flat=True)) == {"A test"}


def test_only_the_positions_that_differ_are_written() -> None:
    said("ban", date(2024, 3, 1))
    said("permission", date(2024, 5, 30), status=Status.CONDITIONAL.value)
    derive_now("First")
    said("echo", date(2024, 6, 20), status=Status.CONDITIONAL.value, act=Act.REAFFIRMS.value)
    derive_now("Second")
    assert dict(Position.objects.values_list("status", "revision__reason")) == {
        "banned": "First",
        "conditional": "Second",
    }
    kept = Position.objects.get(status="conditional")
    assert [row.claim.key for row in kept.evidence.all()] == ["permission", "echo"]
    assert kept.last_confirmed == date(2024, 6, 20)


def test_evidence_that_comes_before_takes_its_place() -> None:
    said("c2", date(2024, 5, 30), status=Status.CONDITIONAL.value)
    derive_now()
    said("c1", date(2024, 5, 28), status=Status.CONDITIONAL.value)
    derive_now()
    [position] = Position.objects.all()
    assert [row.claim.key for row in position.evidence.all()] == position.shown["evidence"] == ["c1", "c2"]
    assert list(breaches()) == []


def test_what_no_longer_follows_goes_with_all_that_hangs_on_it() -> None:
    dispute()
    derive_now()
    assert Stretch.objects.count() == 1
    Claim.objects.update(retracted=True, retracted_reason="The paper took it back.")
    derive_now()
    assert not Position.objects.exists()
    assert not Stretch.objects.exists()
    assert not PositionVersion.objects.filter(recorded__upper_inf=True).exists()
    assert list(breaches()) == []


def test_a_dispute_is_stored_with_both_sides_and_ends_with_its_cause() -> None:
    dispute()
    derive_now()
    stretch = Stretch.objects.get()
    assert (stretch.position.status, stretch.first, stretch.until) == ("banned", date(2024, 3, 3), None)
    assert (stretch.standing, stretch.challenger) == ("banned", "allowed")
    assert (stretch.standing_claims, stretch.challenger_claims) == (["ban"], ["denial"])
    assert (stretch.outcome, stretch.settlement) == (Outcome.OPEN, None)
    assert stretch.position.contested
    assert set(stretch.position.shown["claims"]) == {"ban", "denial"}
    Claim.objects.filter(key="denial").update(retracted=True, retracted_reason="The paper took it back.")
    derive_now()
    assert not Stretch.objects.exists()
    assert not Position.objects.get().contested
    assert list(breaches()) == []


def test_a_settlement_decides_a_dispute_and_stands_beside_it() -> None:
    dispute()
    derive_now()
    ruling = settle(Status.BANNED)
    derive_now()
    stretch = Stretch.objects.get()
    assert (stretch.outcome, stretch.settlement, stretch.until) == (Outcome.SETTLED, ruling, ruling.until)
    position = Position.objects.get()
    assert (position.contested, position.practice) == (False, Status.CONDITIONAL)
    assert position.shown["stretches"][0]["settlement"] == ruling.key
    assert list(breaches()) == []


def test_a_refusal_to_say_is_a_silence_of_the_position_in_force() -> None:
    said("ban", date(2024, 3, 1))
    claim = said("silent", date(2024, 4, 1), status=Status.UNDISCLOSED.value, act=Act.REAFFIRMS.value)
    derive_now()
    silence = Silence.objects.get()
    assert (silence.claim, silence.day, silence.position.status) == (claim, date(2024, 4, 1), "banned")
    Claim.objects.filter(key="silent").update(retracted=True, retracted_reason="Misheard.")
    derive_now()
    assert not Silence.objects.exists()
    assert list(breaches()) == []


def test_a_revision_names_the_rules_it_was_made_by() -> None:
    with transaction.atomic():
        revision = open_revision(by=make_curator(), reason="A test")
    assert revision.rules_version == RULES_VERSION


def test_nothing_is_derived_without_a_revision() -> None:
    said("ban", date(2024, 3, 1))
    with pytest.raises(IntegrityError, match="open a revision"), transaction.atomic():
        derive_again([PAIR])
    assert not Position.objects.exists()


@pytest.mark.parametrize("table", ["positionevidence", "stretch"])
def test_positions_are_written_whole_or_not_at_all(table: str) -> None:
    dispute()
    break_writes(table)
    with pytest.raises(IntegrityError, match="the disk is full"):
        derive_now()
    assert not Position.objects.exists()
    assert not PositionVersion.objects.exists()


def test_a_claim_without_a_publication_day_counts_as_said_when_it_took_effect() -> None:
    empty = {f"published_{part}": None for part in ("edtf", "earliest", "latest")}
    said("ban", date(2024, 3, 1), **empty)
    [claim] = claims_of_pair(*PAIR)
    assert isinstance(claim, CodedClaim)
    assert claim.published == claim.effective


def test_a_claim_without_its_day_cannot_be_derived_from() -> None:
    row = claim_row("c1", effective_edtf=None, effective_earliest=None, effective_latest=None)
    with pytest.raises(ValueError, match="c1 does not say since when it holds"):
        as_derived_from(row)
