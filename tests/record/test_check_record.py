"""`manage.py check_record`: clean is said, and each kind of breach is named with its row."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from restrictions.actions.claims import accept_claim
from restrictions.models import Claim, Position, PositionEvidence, PositionVersion
from restrictions.queries.invariants import Breach, breaches
from tests.record.rows import claim_row, day, make_curator, make_dispatch_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_record")]

QUOTED = {"quote": "No ATACMS.", "quote_in": "body", "quote_start": 0, "quote_end": 10}


@pytest.fixture
def small_record(reference: None) -> None:
    """Two bans from May 2024: on all American weapons, and on ATACMS by a sentence that is held."""
    general = claim_row("c1", weapon_id="any")
    own = claim_row("c2", dispatch_version=make_dispatch_version(body="No ATACMS. Not now."), **QUOTED)
    for claim in (general, own):
        claim.save()
        accept_claim(claim=claim.pk, by=make_curator())


@contextmanager
def behind_the_databases_back() -> Iterator[None]:
    """No trigger, no foreign key and no check that waits for the commit looks at what is written here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def position(weapon: str) -> Position:
    return Position.objects.get(weapon=weapon)


def overlap() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_position DROP CONSTRAINT position_one_at_a_time")
    copy = position("any")
    copy.pk = None
    copy.save()


def lose_evidence() -> None:
    PositionEvidence.objects.filter(claim__key="c1").delete()


def exchange_evidence() -> None:
    PositionEvidence.objects.filter(claim__key="c1").update(claim=Claim.objects.get(key="c2"))


def reject_its_claim() -> None:
    Claim.objects.filter(key="c1").update(decision="rejected")


def retract_its_claim() -> None:
    Claim.objects.filter(key="c1").update(retracted=True, retracted_reason="The paper took it back.")


def lose_its_decider() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_claim DROP CONSTRAINT claim_decided_has_decider")
    Claim.objects.filter(key="c1").update(decided_by=None)


def lose_its_version() -> None:
    PositionVersion.objects.filter(weapon="any").delete()


def open_a_second_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_positionversion DROP CONSTRAINT position_version_one_at_a_time")
    copy = PositionVersion.objects.get(weapon="any")
    copy.pk = None
    copy.save()


def lose_the_position() -> None:
    PositionEvidence.objects.filter(position=position("any")).delete()
    Position.objects.filter(weapon="any").delete()


def misquote() -> None:
    Claim.objects.filter(key="c2").update(quote="All ATACMS.")


def change_its_status() -> None:
    Position.objects.filter(weapon="any").update(status="allowed")


def change_its_limits() -> None:
    limit = {"kind": "area", "value": "UA-63", "holds_from": "2024-05-02", "claims": ["c1"], "area_role": "defended"}
    Position.objects.filter(weapon="any").update(limits=[limit])


def accept_by_hand() -> None:
    later = {**day("effective", date(2024, 7, 1)), **day("published", date(2024, 7, 1))}
    decided = Claim.objects.filter(key="c1").values("decision", "decided_by_id", "decided_at").get()
    claim_row("c3", weapon_id="any", status="allowed", **later, **decided).save()


NOT_DERIVED = "a stored position is not what the claims give"


@pytest.mark.parametrize(
    ("damage", "what", "row"),
    [
        (overlap, "two positions of one line overlap", r"\d+ and \d+"),
        (lose_evidence, "a position has no evidence", r"\d+"),
        (exchange_evidence, "a position rests on other claims than it shows", r"\d+"),
        (reject_its_claim, "a position rests on a claim that does not count", r"\d+ on c1"),
        (retract_its_claim, "a position rests on a claim that does not count", r"\d+ on c1"),
        (lose_its_decider, "a decided claim has no decider", "c1"),
        (lose_its_version, "a position has no open version, or more than one", r"\d+"),
        (open_a_second_version, "a position has no open version, or more than one", r"\d+"),
        (lose_the_position, "a version is open whose position is gone", r"\d+"),
        (misquote, "a quote is not in its text", "c2"),
        (change_its_status, NOT_DERIVED, "US/supplier/UA/any/use/RU 2024-05-02"),
        (change_its_limits, NOT_DERIVED, "US/supplier/UA/any/use/RU 2024-05-02"),
        (lose_the_position, NOT_DERIVED, "US/supplier/UA/any/use/RU 2024-05-02"),
        (accept_by_hand, NOT_DERIVED, "US/supplier/UA/any/use/RU 2024-07-01"),
    ],
)
def test_each_breach_is_named_with_its_row(damage: Callable[[], None], what: str, row: str) -> None:
    with behind_the_databases_back():
        damage()
    assert [found for found in breaches() if found.what == what and re.fullmatch(row, found.row)]
    errors = StringIO()
    with pytest.raises(CommandError, match=r"rows are not as they must be\.") as ended:
        call_command("check_record", stderr=errors)
    assert ended.value.returncode == 1
    assert re.search(f"^{what}: {row}$", errors.getvalue(), re.MULTILINE)


def test_a_clean_record_is_said_to_be_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(breaches()) == []
    call_command("check_record")
    assert capsys.readouterr().out == "The record is clean: 2 positions follow from their claims.\n"


def test_a_position_whose_last_claim_is_gone_is_found() -> None:
    with behind_the_databases_back():
        PositionEvidence.objects.filter(claim__key="c1").delete()
        Claim.objects.filter(key="c1").delete()
    assert Breach(NOT_DERIVED, "US/supplier/UA/any/use/RU 2024-05-02") in list(breaches())
