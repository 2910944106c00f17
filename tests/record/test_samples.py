"""Second coding: samples that can be drawn again, codings nobody saw, rulings that change no claim."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from restrictions.actions.claims import accept_claim, reject_claim
from restrictions.actions.samples import (
    AlreadyCoded,
    NotBlind,
    NothingToDraw,
    adjudicate,
    code_second,
    draw_sample,
)
from restrictions.models import Adjudication, Claim, DispatchVersion, Region, Sample, SampledClaim, SecondCoding
from restrictions.models.claim import BY_HAND
from restrictions.queries.edits import field_values
from restrictions.queries.samples import (
    agreement_figures,
    disputed_for,
    drawn_claims,
    machine_figures,
    sample_counts,
    waiting_for,
)
from tests.record.refusal import why_refused
from tests.record.rows import make_curator
from tests.site.desk_rows import LETS, STILL_NOT, make_dispatch, propose, propose_loosening

pytestmark = pytest.mark.django_db

MACHINE = {"supplier": "US", "weapon": "atacms", "status": "banned", "territory": "RU", "act": "sets", "areas": []}


@pytest.fixture
def first(reference: None) -> User:
    """Somebody who accepted two claims of each of three dispatches, and rejected one of each."""
    Region.objects.create(code="UA-63", country_id="UA", name_en="Kharkiv", name_fr="Kharkiv")
    by = make_curator("anna")
    for number, language in enumerate(("en", "fr", "fr")):
        version = make_dispatch(title=f"Dispatch {number}", address=f"https://courier.example/{number}")
        DispatchVersion.objects.filter(pk=version.pk).update(language=language)
        accept_claim(claim=propose_loosening(version).pk, by=by)
        accept_claim(claim=propose(version, STILL_NOT, act="reaffirms", machine=MACHINE, coder_version="2").pk, by=by)
        reject_claim(claim=propose(version, LETS, machine=MACHINE, coder_version="2").pk, by=by, reason="duplicate")
    return by


def draw(by: User, size: int = 9, **more: Any) -> Sample:
    return draw_sample(sample=Sample(**{"name": "June", "size": size, "seed": "a"} | more), by=by)


def keys(sample: Sample) -> list[str]:
    return list(sample.claims.order_by("ordinal").values_list("claim__key", flat=True))


def test_the_same_seed_draws_the_same_claims_and_another_draws_others(first: User) -> None:
    drawn = [keys(draw(first, 6, seed=seed)) for seed in ("a", "a", "b")]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) == 6


def test_strata_give_in_turn_as_far_as_they_have(first: User) -> None:
    spread = draw(first, 5, strata="language").claims.values_list("stratum", flat=True)
    assert sorted(spread) == ["en", "en", "fr", "fr", "fr"] or sorted(spread) == ["en", "en", "en", "fr", "fr"]
    assert {row.period for row in draw(first, strata="period").claims.all()} == {"2024"}
    assert {row.stratum for row in draw(first, strata="supplier").claims.all()} == {"US"}


def test_a_sample_is_drawn_from_what_it_describes(first: User) -> None:
    assert {row.language for row in draw(first, languages=["fr"]).claims.all()} == {"fr"}
    assert len(drawn_claims(Sample(size=99, seed="a", suppliers=["US"], published_from="2024-01-01"))) == 9
    with pytest.raises(NothingToDraw):
        draw(first, suppliers=["FR"])
    with pytest.raises(NothingToDraw):
        draw(first, published_until="2023-01-01")
    assert not Sample.objects.filter(suppliers=["FR"]).exists()


def test_what_the_machine_withdrew_is_nobodys_decision(first: User) -> None:
    before = (len(drawn_claims(Sample(size=99, seed="a"))), machine_figures())
    withdrawn = propose(make_dispatch(title="Old rules"), STILL_NOT, machine=MACHINE, coder_version="2")
    Claim.objects.filter(pk=withdrawn.pk).update(decision="withdrawn", decision_reason="new rules")
    assert (len(drawn_claims(Sample(size=99, seed="a"))), machine_figures()) == before


def test_what_was_coded_first_is_kept_as_it_stood(first: User) -> None:
    sample = draw(first)
    codings = [row.first for row in sample.claims.all()]
    assert sum(coding is None for coding in codings) == 3
    assert {coding["status"] for coding in codings if coding} == {"conditional", "banned"}
    for table in (Sample, SampledClaim.objects.none().model):
        assert table.objects.exists()
    assert "as it was drawn" in why_refused(lambda: Sample.objects.update(size=1))


def test_nobody_codes_their_own_claims_again_and_nobody_codes_one_twice(first: User) -> None:
    sample, second, third = draw(first), make_curator("bert"), make_curator("cora")
    row = sample.claims.first()
    assert row
    assert not waiting_for(first, sample.pk).exists()
    with pytest.raises(NotBlind):
        code_second(sampled=row.pk, by=first, coding=None)
    code_second(sampled=row.pk, by=second, coding=None, note="too vague")
    with pytest.raises(AlreadyCoded):
        code_second(sampled=row.pk, by=third, coding=None)
    assert SecondCoding.objects.get().note == "too vague"
    assert waiting_for(third, sample.pk).count() == 8
    assert "stays as it was made" in why_refused(lambda: SecondCoding.objects.update(note=""))


def coded_twice(by: User, sample: Sample) -> None:
    """The second coder agrees, but for the status of the conditional ones."""
    for row in sample.claims.select_related("claim"):
        coding = row.first and field_values(row.claim)
        if coding and coding["status"] == "conditional":
            coding |= {"status": "allowed", "conditions": []}
        code_second(sampled=row.pk, by=by, coding=coding)


def test_a_third_person_rules_and_no_claim_changes(first: User) -> None:
    sample, second, third = draw(first), make_curator("bert"), make_curator("cora")
    coded_twice(second, sample)
    assert (disputed_for(first, sample.pk), disputed_for(second, sample.pk)) == ([], [])
    row = disputed_for(third, sample.pk)[0]
    before = field_values(row.claim)
    right = {"status": "first", "conditions": "neither"}
    for wrong in ({}, {"status": "first"}, right | {"status": "me"}):
        with pytest.raises(ValueError, match="each field"):
            adjudicate(sampled=row.pk, by=third, right=wrong, reason="so")
    with pytest.raises(ValueError, match="reason"):
        adjudicate(sampled=row.pk, by=third, right=right, reason=" ")
    for by in (first, second):
        with pytest.raises(NotBlind):
            adjudicate(sampled=row.pk, by=by, right=right, reason="so")
    adjudicate(sampled=row.pk, by=third, right=right, reason="the text says only")
    with pytest.raises(AlreadyCoded):
        adjudicate(sampled=row.pk, by=make_curator("dora"), right=right, reason="so")
    assert Adjudication.objects.get().right == right
    assert field_values(Claim.objects.get(pk=row.claim_id)) == before
    assert len(disputed_for(third, sample.pk)) == 2
    assert sample_counts()[sample.pk] == {"drawn": 9, "coded": 9, "ruled": 1}


def test_a_draw_that_fails_leaves_nothing(first: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE restrictions_sampledclaim ADD CONSTRAINT few CHECK (ordinal < 3)")
    with pytest.raises(IntegrityError, match="few"):
        draw(first)
    assert not Sample.objects.exists()


def test_agreement_is_counted_from_the_codings(first: User) -> None:
    sample = draw(first)
    coded_twice(make_curator("bert"), sample)
    with CaptureQueriesContext(connection) as queries:
        figures = {(row.by, row.group, row.field): row for row in agreement_figures(sample.pk)}
    assert len(queries) == 1
    assert (figures["all", "", "claim"].passages, figures["all", "", "claim"].agreed) == (9, 9)
    status = figures["all", "", "status"]
    assert (status.passages, status.agreed, status.percent, status.too_few) == (6, 3, 0.5, True)
    assert figures["language", "fr", "status"].passages == 4
    assert figures["all", "", "conditions"].agreed == 3
    assert agreement_figures() == agreement_figures(sample.pk)


def test_the_machine_is_judged_by_what_curators_left(first: User) -> None:
    version = DispatchVersion.objects.filter(language="en").first()
    assert version
    accept_claim(claim=propose(version, "Deep strikes stay excluded.", coder=BY_HAND, machine=None).pk, by=first)
    with CaptureQueriesContext(connection) as queries:
        scores = {(score.version, score.language): score for score in machine_figures()}
    assert len(queries) == 2
    # Three bans were right; three rejected, and three conditional ones that the machine had called allowed.
    total = scores["all", "all"]
    assert (total.hits, total.false_positives, total.misses) == (3, 6, 4)
    assert scores["2", "fr"].precision == 0.5
    acts = next(field for field in total.fields if field.field == "act")
    assert (acts.right, acts.of) == (0, 3)
