"""What a decision would change, asked of the record as it stands, in words a curator reads."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from restrictions.actions.claims import accept_claim, undo_decision
from restrictions.actions.reference import load_reference
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Role, Status, Track
from restrictions.models import Claim
from restrictions.queries.plans import plan_lines, undo_lines
from tests.record.rows import claim_row, day, make_curator
from tests.record.standing import history

pytestmark = pytest.mark.django_db

GENERAL = "United States → Ukraine, all weapons, use in Russia"
MONTH = {f"{name}_edtf": "2024-05" for name in ("effective", "published")} | {
    f"{name}_{bound}": on
    for name in ("effective", "published")
    for bound, on in (("earliest", date(2024, 5, 1)), ("latest", date(2024, 5, 31)))
}
PERMISSION: dict[str, Any] = {
    "weapon_id": "any",
    "status": Status.CONDITIONAL.value,
    "attribution": Attribution.ANONYMOUS_OFFICIAL.value,
    "areas": ["UA-63"],
    "area_role": AreaRole.DEFENDED.value,
    "conditions": ["counter_fire", "no_deep_strike"],
    "prior": Status.BANNED.value,
    **MONTH,
}
TURN = (
    "ends *not allowed*, starts *limits: around Kharkiv only, as counter-fire, no deep strikes* "
    "in May 2024 (day unknown)"
)


def propose(key: str, **changes: Any) -> Claim:
    claim = claim_row(key, **changes)
    claim.save()
    return claim


@pytest.fixture
def curator(db: None) -> User:
    return make_curator()


@pytest.fixture
def earlier_ban(curator: User) -> Claim:
    """A record that holds only the ban on all American weapons, upheld on 23 August 2023."""
    load_reference()
    upheld = date(2023, 8, 23)
    days = {**day("effective", upheld), **day("published", upheld)}
    claim = propose("ban", weapon_id="any", act=Act.REAFFIRMS.value, **days)
    accept_claim(claim=claim.pk, by=curator)
    return claim


def test_a_first_permission_ends_the_ban(earlier_ban: Claim) -> None:
    before = history()
    claim = propose("c1", **PERMISSION)
    [line] = plan_lines(claim.pk)
    assert line.heading == GENERAL
    assert line.sentences[0] == TURN
    assert history() == before | {"Claim": before["Claim"] + 1, "ClaimEvent": before["ClaimEvent"] + 1}


def test_an_accepted_claim_tells_what_its_acceptance_changed(earlier_ban: Claim, curator: User) -> None:
    claim = propose("c1", **PERMISSION)
    planned = plan_lines(claim.pk)
    accept_claim(claim=claim.pk, by=curator)
    assert plan_lines(claim.pk) == planned


def test_taking_it_back_lets_the_ban_go_on(earlier_ban: Claim, curator: User) -> None:
    claim = propose("c1", **PERMISSION)
    accept_claim(claim=claim.pk, by=curator)
    [line] = undo_lines(claim.pk)
    assert line.heading == GENERAL
    assert "lets *not allowed* go on with no end known" in line.sentences
    assert any(sentence.startswith("removes the position *limits") for sentence in line.sentences)
    undo_decision(claim=claim.pk, by=curator, reason="Read it again")
    assert undo_lines(claim.pk) == ()


def test_a_claim_without_a_day_has_no_plan_yet(earlier_ban: Claim) -> None:
    undated = dict.fromkeys(MONTH)
    claim = propose("c1", **{**PERMISSION, **undated})
    assert plan_lines(claim.pk) == ()


def test_the_plan_is_said_in_the_readers_language(earlier_ban: Claim) -> None:
    claim = propose("c1", **PERMISSION)
    with translation.override("fr"):
        [line] = plan_lines(claim.pk)
    assert line.heading.startswith("États-Unis → Ukraine, ")
    assert "Russie" in line.heading
    assert "mai 2024" in line.sentences[0]
    assert "Kharkiv" in line.sentences[0]


def test_the_plan_names_the_weapon_in_the_readers_language(earlier_ban: Claim) -> None:
    claim = propose("c1", weapon_id="cluster_munition")
    with translation.override("fr"):
        [line] = plan_lines(claim.pk)
    assert "Armes à sous-munitions" in line.heading


def test_a_claim_that_is_not_there_has_no_plan() -> None:
    with pytest.raises(Claim.DoesNotExist):
        plan_lines(0)
    with pytest.raises(Claim.DoesNotExist):
        undo_lines(0)


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({}, "United States → Ukraine, ATACMS, use in Russia"),
        ({"role": Role.CONSENT.value}, "United States (its consent) → Ukraine, ATACMS, use in Russia"),
        (
            {"track": Track.SUPPLY.value, "territory": "RU", "status": Status.WITHHELD.value},
            "United States → Ukraine, ATACMS, supply",
        ),
        ({"territory": "UA"}, "United States → Ukraine, ATACMS, use in Ukraine"),
    ],
)
def test_the_heading_names_the_line(changes: dict[str, Any], heading: str, earlier_ban: Claim) -> None:
    claim = propose("c1", **changes)
    assert [line.heading for line in plan_lines(claim.pk)] == [heading]
