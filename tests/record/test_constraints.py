"""What the database refuses, whoever asks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from restrictions.domain.vocabulary import Act, AreaRole, Decision, Status, Track, WeaponKind
from restrictions.models import (
    Country,
    Dispatch,
    DispatchState,
    DispatchVersion,
    Mark,
    Position,
    PositionEvidence,
    Region,
    Revision,
    Settlement,
    Silence,
    Source,
    Stretch,
    Weapon,
)
from tests.record.refusal import refused
from tests.record.rows import (
    NOON,
    claim_row,
    make_claim,
    make_curator,
    make_dispatch_version,
    make_position,
    make_weapon,
    open_revision,
    position_row,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


# --- Positions


def at_once(*changes: Callable[[], Any]) -> list[str]:
    """What became of changes that run at the same time, each on a connection of its own: stored, or why not."""
    together = Barrier(len(changes), timeout=20)

    def outcome(change: Callable[[], Any]) -> str:
        together.wait()
        try:
            with transaction.atomic():
                change()
        except DatabaseError as error:
            return str(error)
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(len(changes)) as threads:
        return sorted(threads.map(outcome, changes), key="stored".__eq__)


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
    refused(lambda: make_position(claim, JULY), "position_one_at_a_time")


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
    refused(lambda: position_row(MAY).save(), "has no claim as its evidence")


def test_the_last_evidence_cannot_be_taken_away() -> None:
    open_revision()
    make_position(make_claim("c1"), MAY)
    other = make_position(make_claim("c2"), MAY, territory="UA")
    connection.check_constraints()
    evidence = PositionEvidence.objects.exclude(position=other)
    refused(evidence.delete, "has no claim as its evidence")
    refused(lambda: evidence.update(position=other), "has no claim as its evidence")


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
    refused(lambda: make_position(claim, MAY, JUNE, **changes), constraint)


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
    refused(lambda: make_stretch(position, MAY, None), "lies outside its days")
    refused(lambda: make_stretch(position, JUNE, JUNE), "stretch_covers_days")


def test_silences_lie_inside_their_position_also_when_it_shrinks() -> None:
    claim = make_claim("c1")
    open_revision()
    position = make_position(claim, MAY)
    Silence.objects.create(position=position, claim=claim, day=JULY)
    connection.check_constraints()
    shrunk = {"ends_edtf": "2024-06-01", "ends_earliest": JUNE, "ends_latest": JUNE, "validity": (MAY, JUNE)}
    refused(lambda: Position.objects.update(**shrunk), "lies outside its days")
    refused(lambda: Silence.objects.create(position=position, claim=claim, day=JULY), "silence_once")


# --- Claims, marks and settlements


@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REJECTED])
@pytest.mark.parametrize("missing", ["decided_by", "decided_at"])
def test_a_decided_claim_has_a_decider(decision: Decision, missing: str) -> None:
    refused(lambda: make_claim("c1", decision=decision.value, **{missing: None}), "claim_decided_has_decider")


NO_DAY = {"effective_edtf": None, "effective_earliest": None, "effective_latest": None}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        (NO_DAY, "claim_accepted_has_effective"),
        ({"effective_latest": None}, "claim_effective_is_whole"),
        ({"published_earliest": JULY}, "claim_published_is_whole"),
        ({"territory": ""}, "claim_use_has_territory"),
        ({"status": Status.WITHHELD.value}, "claim_status_fits_track"),
        ({"areas": ["UA-63"]}, "claim_areas_have_role"),
        ({"area_role": AreaRole.TARGET.value}, "claim_areas_have_role"),
        ({"retracted": True}, "claim_retracted_has_reason"),
        ({"confidence": 1.5}, "claim_confidence_is_a_share"),
        ({"quote": "no dispatch is held"}, "claim_quote_is_whole"),
    ],
)
def test_an_accepted_claim_that_contradicts_itself_is_refused(changes: dict[str, Any], constraint: str) -> None:
    refused(lambda: make_claim("c1", **changes), constraint)


def test_a_proposed_claim_may_wait_for_its_day() -> None:
    claim = claim_row("c1", **NO_DAY)
    claim.save()
    connection.check_constraints()
    claim.refresh_from_db()
    assert claim.decision == Decision.PROPOSED.value
    assert claim.effective_latest is None


def test_a_claim_of_an_undated_dispatch_is_accepted_by_its_effective_day() -> None:
    claim = make_claim("c1", published_edtf=None, published_earliest=None, published_latest=None)
    connection.check_constraints()
    assert claim.effective_edtf == "2024-05-02"


def test_a_refusal_to_supply_keeps_its_territory_and_its_line_has_none() -> None:
    claim = make_claim("c1", track=Track.SUPPLY.value, status=Status.WITHHELD.value)
    assert (claim.territory, claim.line.territory) == ("RU", "")


def quoted(version: DispatchVersion, quote: str, start: int, *, where: str = "body") -> dict[str, Any]:
    return {
        "dispatch_version": version,
        "quote": quote,
        "quote_in": where,
        "quote_start": start,
        "quote_end": start + len(quote),
    }


# Rockets and a Gothic letter lie beyond the 16-bit plane: offsets count them as one character each.
TITLE, BODY = "🚀🚀 Interdit de tir", "𝔄 🚀 Washington l’interdit. Paris aussi."


@pytest.mark.parametrize(("where", "text", "quote"), [("title", TITLE, "Interdit"), ("body", BODY, "l’interdit.")])
def test_a_quote_is_a_span_counted_in_code_points(where: str, text: str, quote: str) -> None:
    version = make_dispatch_version(TITLE, BODY)
    start = text.index(quote)
    make_claim("good", **quoted(version, quote, start, where=where))
    other = "title" if where == "body" else "body"
    for near_miss in (
        quoted(version, quote, start - 1, where=where),
        quoted(version, quote, start + 1, where=where),
        quoted(version, quote, start, where=other),
    ):
        refused(partial(make_claim, "bad", **near_miss), "not the text")


def test_a_quote_stays_a_span_when_the_claim_is_edited() -> None:
    version = make_dispatch_version(TITLE, BODY)
    claim = make_claim("c1", **quoted(version, "Paris", BODY.index("Paris")))
    claim.quote = "Londres"
    refused(claim.save, "not the text")


@pytest.mark.parametrize(
    "changes",
    [{"quote_in": ""}, {"quote_start": None}, {"quote_end": 0}, {"quote_end": None}, {"dispatch_version": None}],
)
def test_half_a_quote_is_refused(changes: dict[str, Any]) -> None:
    version = make_dispatch_version(TITLE, BODY)
    whole = quoted(version, "Paris", BODY.index("Paris"))
    refused(lambda: make_claim("c1", **(whole | changes)), "quote")


def test_marks_are_held_to_their_quotes_and_deciders() -> None:
    version = make_dispatch_version(TITLE, BODY)
    values = {"act": Act.URGES.value, "actor": "NATO"}
    Mark.objects.create(key="m1", **values, **quoted(version, "Paris", BODY.index("Paris")))
    refused(lambda: Mark.objects.create(key="m2", **values, **quoted(version, "Paris", 0)), "not the text")
    undecided = values | {"decision": "accepted", "decided_at": NOON}
    refused(lambda: Mark.objects.create(key="m3", **undecided), "mark_decided_has_decider")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reason": ""}, "settlement_has_reason"),
        ({"until": MAY}, "settlement_covers_days"),
        ({"territory": ""}, "settlement_territory_fits_track"),
        ({"status": Status.SUPPLIED.value}, "settlement_status_fits_track"),
    ],
)
def test_a_settlement_says_why_and_for_which_days(changes: dict[str, Any], constraint: str) -> None:
    values = {
        "supplier_id": "US",
        "recipient_id": "UA",
        "weapon_id": "atacms",
        "track": Track.USE.value,
        "territory": "RU",
        "first": MAY,
        "until": JUNE,
        "status": Status.BANNED.value,
        "reason": "The minister's word weighs more.",
        "author": make_curator(),
    }
    Settlement.objects.create(key="s1", **values)
    refused(lambda: Settlement.objects.create(key="s2", **(values | changes)), constraint)


def test_two_sources_of_a_claim_do_not_share_a_place() -> None:
    claim = make_claim("c1")
    Source.objects.create(claim=claim, url="https://example.org/1")
    refused(lambda: Source.objects.create(claim=claim, url="https://example.org/2"), "source_place_once")


# --- Dispatches


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"address": "https://example.org/held"}, "dispatch_one_per_address"),
        ({"published_edtf": "2024-05"}, "dispatch_published_is_whole"),
        ({"published_earliest": MAY, "published_latest": MAY}, "dispatch_published_is_whole"),
        ({"state": DispatchState.CODING}, "dispatch_coding_is_leased"),
        ({"state": DispatchState.RETRY}, "dispatch_retry_has_time"),
        ({"state": DispatchState.QUARANTINED}, "dispatch_quarantine_has_reason"),
    ],
)
def test_a_dispatch_that_contradicts_itself_is_refused(values: dict[str, Any], constraint: str) -> None:
    Dispatch.objects.create(address="https://example.org/held")
    refused(lambda: Dispatch.objects.create(**values), constraint)


def test_dispatches_without_an_address_do_not_collide() -> None:
    Dispatch.objects.create()
    Dispatch.objects.create()
    assert Dispatch.objects.filter(address=None).count() == 2


def test_one_text_of_one_publisher_is_held_once() -> None:
    held = make_dispatch_version("Title", "Body")
    refused(lambda: make_dispatch_version("Title", "Body"), "dispatch_version_content_once")
    assert make_dispatch_version("Title", "Body", publisher="another").content_hash == held.content_hash
    refused(lambda: make_dispatch_version("Other", dispatch=held.dispatch), "dispatch_version_number_once")
    refused(lambda: make_dispatch_version("Other", content_hash="short"), "dispatch_version_hash_is_sha256")


def test_the_text_of_a_version_never_changes() -> None:
    version = make_dispatch_version("Title", "Body")
    version.language = "en"
    version.save()
    version.body = "Another body"
    refused(version.save, "never changes")


# --- Weapons and places


def test_a_weapon_cannot_be_its_own_class() -> None:
    def climb(code: str, parent: str) -> Callable[[], Any]:
        return lambda: Weapon.objects.filter(code=code).update(parent_id=parent)

    refused(climb("atacms", "atacms"), "would be its own class")
    refused(climb("long_range", "ballistic_missile"), "would be its own class")
    refused(climb("long_range", "atacms"), "would be its own class")
    assert climb("atacms", "long_range")() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_that_would_close_a_cycle_one_is_refused() -> None:
    one, other = Weapon.objects.filter(code="atacms"), Weapon.objects.filter(code=make_weapon("himars").code)
    failed, stored = at_once(lambda: one.update(parent="himars"), lambda: other.update(parent="atacms"))
    assert "would be its own class" in failed
    assert stored == "stored"


def test_a_cycle_of_weapons_not_yet_stored_is_refused() -> None:
    def store_cycle() -> None:
        make_weapon("a", parent_id="b")
        make_weapon("b", parent_id="a")

    refused(store_cycle, "would be its own class")


@pytest.mark.parametrize(
    "values",
    [{"code": "other", "parent_id": None}, {"code": "other", "kind": WeaponKind.ANY.value}],
)
def test_only_any_has_no_class(values: dict[str, Any]) -> None:
    refused(lambda: make_weapon(**values), "weapon_only_any_has_no_class")


def test_codes_of_places_have_their_shape() -> None:
    refused(lambda: Country.objects.create(code="us"), "country_code_is_two_capitals")
    refused(lambda: Region.objects.create(code="Kharkiv"[:6], country_id="UA"), "region_code_is_iso_3166_2")
