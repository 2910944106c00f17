"""The starter record in the database: whole, the same when loaded again, and what it answers on the codebook's days."""

from collections import defaultdict
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError

from restrictions.actions.claims import accept_claim, reject_claim, undo_decision
from restrictions.actions.reference import load_reference
from restrictions.actions.starter import CURATOR, load_starter
from restrictions.domain.resolution import Rules
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Status, Track
from restrictions.models import Claim, Mark, Position, PositionVersion, Revision, Source, Stretch
from restrictions.queries.bars import OWN
from restrictions.queries.changes import Wanted, turns
from restrictions.queries.codes import known_codes
from restrictions.queries.invariants import breaches
from restrictions.queries.plans import plan_lines
from restrictions.queries.stored import as_derived
from restrictions.queries.timeline import timeline_answers, timeline_marks
from restrictions.queries.weapons import recorded_tree
from tests.record.rows import claim_row, make_curator
from tests.record.standing import history, standing, stored_positions
from tests.record.together import break_writes

pytestmark = [pytest.mark.usefixtures("starter_record"), pytest.mark.django_db]


def rules_of(supplier: str) -> Rules:
    """What the stored positions say of one supplier's weapons in Ukraine's hands, against targets in Russia."""
    rows = Position.objects.of_pair(supplier, "UA")
    return Rules([as_derived(row) for row in rows], recorded_tree(), territory="RU")


# --- Whole


def test_it_gives_positions_of_thirty_suppliers_and_five_recipients() -> None:
    assert Position.objects.order_by().values("supplier").distinct().count() == 30
    recipients = Position.objects.order_by("recipient").values_list("recipient", flat=True).distinct()
    assert list(recipients) == ["AE", "IL", "SA", "TR", "UA"]
    assert 200 <= Position.objects.count() <= 260
    assert 1 <= Position.objects.filter(contested=True).count() <= 10


def test_every_claim_is_accepted_with_its_sources_in_the_name_of_one_who_cannot_sign_in() -> None:
    assert Claim.objects.count() == Claim.objects.accepted().count() == 333
    assert Mark.objects.count() == Mark.objects.accepted().count() == 9
    assert Source.objects.filter(stored_copy=True).count() == Source.objects.count() > 600
    assert not Claim.objects.filter(sources=None).exists()
    curator = User.objects.get(username=CURATOR)
    assert not curator.is_active
    assert not curator.has_usable_password()
    assert set(Claim.objects.values_list("decided_by", flat=True)) == {curator.pk}
    assert Revision.objects.filter(reason="Loaded the starter record").count() == 1


def test_what_a_version_shows_holds_its_sources_names_and_path() -> None:
    line = {"supplier": "US", "weapon": "atacms", "track": "use"}
    shown = PositionVersion.objects.filter(**line).earliest("validity", "id").shown
    assert shown["names"]["US"] == {"en": "United States", "fr": "États-Unis"}
    assert shown["path"] == ["atacms", "ballistic_missile", "long_range", "any"]
    [first, *_] = shown["evidence"]
    assert shown["claims"][first]["sources"][0]["url"].startswith("http")
    assert shown["claims"][first]["summary"]


def test_weak_sources_are_marked_on_claims_and_marks() -> None:
    assert Claim.objects.filter(weak_source=True).count() == 35
    assert Mark.objects.filter(weak_source=True).count() == 2
    told = [mark.words for mark in timeline_marks(recipient="UA", territory="RU") if "weak source" in mark.words]
    assert told


@pytest.mark.parametrize(
    ("until", "newest"), [(date(2024, 5, 30), date(2024, 5, 30)), (date(2024, 6, 1), date(2024, 5, 31))]
)
def test_the_latest_turns_have_rules_of_their_own_and_a_start_that_is_known_and_past(until: date, newest: date) -> None:
    asked: dict[str, Any] = {"recipient": "UA", "territory": "RU", "codes": known_codes()}
    answers = timeline_answers(**asked, track=Track.USE, today=date(2026, 11, 1))
    past = [row for row in answers.found if row.first_day <= until]
    assert any(row.open_start for row in past)
    assert any(row.answered_by != OWN for row in past)
    expected = {row.id for row in past if not row.open_start and row.answered_by == OWN}
    expected -= {row.id for row in past if row.status is Status.UNSTATED}
    found = turns(**asked, wanted=Wanted(track=Track.USE, until=until)).rows
    assert {row.position for row in found} == expected
    assert found[0].day == newest
    assert [row.day for row in found] == sorted((row.day for row in found), reverse=True)
    assert turns(**asked, wanted=Wanted(track=Track.USE, until=until), limit=1).rows == found[:1]


def test_the_record_is_clean() -> None:
    out = StringIO()
    call_command("check_record", stdout=out)
    assert out.getvalue() == f"The record is clean: {Position.objects.count()} positions follow from their claims.\n"


# --- Again


def test_loading_it_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = (history(), stored_positions(), Stretch.objects.count())
    call_command("load_starter")
    assert capsys.readouterr().out == "The starter record is already held; nothing changed.\n"
    assert (history(), stored_positions(), Stretch.objects.count()) == before


def test_what_curators_decided_since_stays() -> None:
    claim = Claim.objects.get(key="us-ua-2024-05-30-any")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    reject_claim(claim=claim.pk, by=make_curator(), reason="Not the supplier's own position")
    before = history()
    assert (load_starter().claims, load_starter().marks) == (0, 0)
    claim.refresh_from_db()
    assert claim.decision == "rejected"
    assert history() == before


def test_what_is_missing_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    before = stored_positions()
    claim = Claim.objects.get(key="us-ua-2024-05-30-any")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    assert stored_positions() != before
    Source.objects.filter(claim=claim).delete()
    claim.delete()
    call_command("load_starter")
    assert capsys.readouterr().out == "1 claims and 0 marks accepted.\n"
    assert stored_positions() == before
    assert load_starter().claims == 0


def test_a_part_that_cannot_be_written_leaves_the_record_as_it_was() -> None:
    claim = Claim.objects.get(key="us-ua-2024-05-30-any")
    undo_decision(claim=claim.pk, by=make_curator(), reason="Read it again")
    Source.objects.filter(claim=claim).delete()
    claim.delete()
    before, positions = history(), standing()
    break_writes("source")
    with pytest.raises(IntegrityError, match="the disk is full"):
        load_starter()
    assert (history(), standing()) == (before, positions)


def test_reference_data_loaded_after_it_changes_nothing() -> None:
    before = history()
    assert load_reference()["weapons"] == 0
    assert history() == before


# --- What it answers: the codebook's spot checks, asked of the stored positions


@pytest.mark.parametrize(
    ("supplier", "weapon", "day", "status", "level"),
    [
        ("US", "any", "2024-05-29", "banned", "any"),
        ("US", "any", "2024-06-01", "conditional", "any"),
        ("US", "atacms", "2024-06-02", "banned", "atacms"),
        ("US", "himars", "2024-06-02", "conditional", "any"),
        ("US", "atacms", "2023-12-01", "banned", "any"),
        ("US", "atacms", "2024-11-16", "banned", "atacms"),
        ("US", "atacms", "2024-11-18", "conditional", "atacms"),
        ("GB", "storm_shadow", "2024-09-15", "banned", "storm_shadow"),
        ("FR", "scalp", "2024-11-19", "conditional", "scalp"),
        ("DE", "any", "2022-04-01", "unstated", "any"),
        ("DE", "any", "2023-03-01", "banned", "any"),
        ("DE", "any", "2024-06-01", "conditional", "any"),
        ("DK", "f16", "2024-06-01", "allowed", "f16"),
        ("NL", "f16", "2024-06-01", "allowed", "f16"),
        ("BE", "f16", "2024-06-01", "banned", "f16"),
    ],
)
def test_the_stored_positions_give_the_rule_of_use(
    supplier: str, weapon: str, day: str, status: str, level: str
) -> None:
    answer = rules_of(supplier).use(weapon, date.fromisoformat(day))
    assert (answer.status, answer.level) == (status, level)


def test_the_turn_of_may_2024_is_stored_with_its_limits() -> None:
    position = Position.objects.get(supplier="US", recipient="UA", weapon="any", track="use", starts_edtf="2024-05-30")
    held = {
        (limit["area_role"] or limit["kind"], limit["value"])
        for limit in position.limits
        if limit["holds_from"] <= "2024-06-01"
    }
    assert held >= {("defended", "UA-63"), ("condition", "counter_fire"), ("condition", "no_deep_strike")}
    assert position.evidence.get(ordinal=0).claim.key == "us-ua-2024-05-30-any"


def test_the_stored_supply_track_answers_too() -> None:
    assert rules_of("US").supply("atacms", date(2023, 12, 1)).status is Status.SUPPLIED
    assert rules_of("DE").supply("any", date(2022, 4, 1)).status is Status.SUPPLIED
    paused = rules_of("US").supply("patriot", date(2025, 3, 5))
    assert (paused.status, paused.level) == ("withheld", "any")
    assert rules_of("US").use("any", date(2025, 3, 5)).status is Status.CONDITIONAL


def test_atacms_were_first_used_under_the_permission_of_november_2024() -> None:
    in_force = Position.objects.in_force_on(date(2024, 11, 19))
    position = in_force.get(supplier="US", weapon="atacms", track="use", territory="RU")
    assert position.status == "conditional"
    assert position.first_used_edtf == "2024-11-19"
    assert "RU-KRS" in [limit["value"] for limit in position.limits]


def test_storm_shadow_was_contested_from_11_to_13_september_2024() -> None:
    stretches = Stretch.objects.filter(position__supplier="GB", position__weapon="storm_shadow", first__gt="2024-08-01")
    assert list(stretches.values_list("first", "until", "standing")) == [
        (date(2024, 9, 11), date(2024, 9, 14), "banned"),
    ]


def test_suppliers_by_their_general_rule_on_1_june_2024() -> None:
    rows = Position.objects.in_force_on(date(2024, 6, 1)).filter(
        recipient="UA", weapon="any", track="use", territory="RU", role="supplier"
    )
    counted = defaultdict(list)
    for status, supplier in rows.exclude(status="unstated").order_by("supplier").values_list("status", "supplier"):
        counted[status].append(supplier)
    assert counted == {
        "allowed": ["CA", "CZ", "DK", "EE", "FI", "GB", "LT", "LV", "NL", "NO", "PL", "PT", "SE"],
        "conditional": ["DE", "FR", "US"],
        "banned": ["BE", "ES", "IT"],
    }


# --- What the dispatch of May 2024 adds to it


def proposed_in_may(**changes: Any) -> Claim:
    """A claim of an unnamed official, dated to the month."""
    month = {"edtf": "2024-05", "earliest": date(2024, 5, 1), "latest": date(2024, 5, 31)}
    days = {f"{name}_{part}": value for name in ("effective", "published") for part, value in month.items()}
    claim = claim_row("seed", attribution=Attribution.ANONYMOUS_OFFICIAL.value, **days, **changes)
    claim.save()
    return claim


def test_the_permission_of_may_joins_the_evidence_of_the_known_turn() -> None:
    claim = proposed_in_may(
        weapon_id="any",
        status=Status.CONDITIONAL.value,
        areas=["UA-63"],
        area_role=AreaRole.DEFENDED.value,
        conditions=["counter_fire", "no_deep_strike"],
        prior=Status.BANNED.value,
    )
    [line] = plan_lines(claim.pk)
    assert line.heading == "United States → Ukraine, all weapons, use in Russia"
    assert line.sentences == ("joins the evidence of the position that starts on 30 May 2024",)
    before = standing()
    accept_claim(claim=claim.pk, by=make_curator())
    assert standing() == before
    turn = Position.objects.get(supplier="US", recipient="UA", weapon="any", starts_edtf="2024-05-30")
    assert turn.evidence.filter(claim=claim).exists()
    assert list(breaches()) == []


def test_the_ban_on_atacms_joins_the_evidence_of_its_position() -> None:
    [line] = plan_lines(proposed_in_may(act=Act.REAFFIRMS.value).pk)
    assert line.heading == "United States → Ukraine, ATACMS, use in Russia"
    assert line.sentences == ("joins the evidence of the position that starts in February 2024 (day unknown)",)
