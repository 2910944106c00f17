"""What the database refuses of claims, marks, settlements and sources, whoever asks."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection

from restrictions.domain.vocabulary import Act, AreaRole, Decision, Status, Track
from restrictions.models import DispatchVersion, Mark, Settlement, Source
from tests.record.refusal import why_refused
from tests.record.rows import NOON, claim_row, make_claim, make_curator, make_dispatch_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REJECTED])
@pytest.mark.parametrize("missing", ["decided_by", "decided_at"])
def test_a_decided_claim_has_a_decider(decision: Decision, missing: str) -> None:
    assert "claim_decided_has_decider" in why_refused(
        lambda: make_claim("c1", decision=decision.value, **{missing: None})
    )


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
    assert constraint in why_refused(lambda: make_claim("c1", **changes))


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
        assert "not the text" in why_refused(partial(make_claim, "bad", **near_miss))


def test_a_quote_stays_a_span_when_the_claim_is_edited() -> None:
    version = make_dispatch_version(TITLE, BODY)
    claim = make_claim("c1", **quoted(version, "Paris", BODY.index("Paris")))
    claim.quote = "Londres"
    assert "not the text" in why_refused(claim.save)


@pytest.mark.parametrize(
    "changes",
    [{"quote_in": ""}, {"quote_start": None}, {"quote_end": 0}, {"quote_end": None}, {"dispatch_version": None}],
)
def test_half_a_quote_is_refused(changes: dict[str, Any]) -> None:
    version = make_dispatch_version(TITLE, BODY)
    whole = quoted(version, "Paris", BODY.index("Paris"))
    assert "quote" in why_refused(lambda: make_claim("c1", **(whole | changes)))


def test_marks_are_held_to_their_quotes_and_deciders() -> None:
    version = make_dispatch_version(TITLE, BODY)
    values = {"act": Act.URGES.value, "actor": "NATO"}
    Mark.objects.create(key="m1", **values, **quoted(version, "Paris", BODY.index("Paris")))
    assert "not the text" in why_refused(lambda: Mark.objects.create(key="m2", **values, **quoted(version, "Paris", 0)))
    undecided = values | {"decision": "accepted", "decided_at": NOON}
    assert "mark_decided_has_decider" in why_refused(lambda: Mark.objects.create(key="m3", **undecided))


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
    assert constraint in why_refused(lambda: Settlement.objects.create(key="s2", **(values | changes)))


def test_two_sources_of_a_claim_do_not_share_a_place() -> None:
    claim = make_claim("c1")
    Source.objects.create(claim=claim, url="https://example.org/1")
    assert "source_place_once" in why_refused(lambda: Source.objects.create(claim=claim, url="https://example.org/2"))
