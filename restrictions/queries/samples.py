"""Second coding: whom a sample can draw, what waits for a coder or for a third person, and how far codings agree."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet

from restrictions.domain.agreement import Agreement, Twice, agreement_rows, disagreements
from restrictions.domain.machine import Judged, MachineScore, machine_scores
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Sample, SampledClaim, Strata
from restrictions.models.claim import BY_HAND
from restrictions.queries.edits import field_values


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim that a sample draws, and what it was drawn for."""

    claim: Claim
    stratum: str
    period: str
    language: str


def first_coding(claim: Claim) -> dict[str, Any] | None:
    """The coding that a claim stands for; none where it was rejected."""
    return field_values(claim) if claim.decision == Decision.ACCEPTED else None


def drawn_claims(sample: Sample) -> list[Drawn]:
    """The claims that a sample draws now: in turn from each stratum, in an order that the seed alone decides.

    Decided claims with a quote, merged ones left out. One query.
    """
    claims = Claim.objects.decided().filter(merged_into=None).exclude(quote="")
    if sample.languages:
        claims = claims.filter(dispatch_version__language__in=sample.languages)
    if sample.suppliers:
        claims = claims.filter(supplier__in=sample.suppliers)
    if sample.published_from:
        claims = claims.filter(published_latest__gte=sample.published_from)
    if sample.published_until:
        claims = claims.filter(published_earliest__lte=sample.published_until)
    found = claims.select_related("dispatch_version").defer("dispatch_version__body", "dispatch_version__title")
    by_seed = sorted(found, key=lambda claim: sha256(f"{sample.seed}/{claim.key}".encode()).digest())
    return _in_turn([_as_drawn(claim, sample.strata) for claim in by_seed], sample.size)


def _as_drawn(claim: Claim, strata: str) -> Drawn:
    period = str(claim.published_latest.year) if claim.published_latest else ""
    language = claim.dispatch_version.language if claim.dispatch_version else ""
    strata_of = {
        Strata.LANGUAGE.value: language,
        Strata.PERIOD.value: period,
        Strata.SUPPLIER.value: claim.supplier_id,
    }
    return Drawn(claim, strata_of.get(strata, ""), period, language)


def _in_turn(drawn: Sequence[Drawn], size: int) -> list[Drawn]:
    """One of each stratum, then the next of each, until there are enough."""
    strata: dict[str, list[Drawn]] = defaultdict(list)
    for item in drawn:
        strata[item.stratum].append(item)
    turns = [(turn, name, item) for name, items in strata.items() for turn, item in enumerate(items)]
    return [item for _, _, item in sorted(turns, key=lambda found: found[:2])[:size]]


def waiting_for(user: User, sample: int) -> "QuerySet[SampledClaim]":
    """The passages that this user may code: nobody coded them a second time, and the first coding is not theirs."""
    return _of(sample).filter(second=None).exclude(claim__decided_by=user)


def disputed_for(user: User, sample: int) -> list[SampledClaim]:
    """The passages on which two codings differ and nobody ruled, for a user who made neither. One query."""
    open_ones = _of(sample).filter(second__isnull=False, adjudication=None)
    others = open_ones.exclude(claim__decided_by=user).exclude(second__coder=user)
    return [row for row in others if disagreements(row.first, row.second.coding)]


def ruled_values(sampled: str, claim: int) -> dict[str, Any]:
    """What a ruling for the second coding would change in the claim, by field; nothing where there is none."""
    rows = SampledClaim.objects.filter(claim=claim, adjudication__isnull=False).select_related("second", "adjudication")
    row = rows.filter(pk=sampled).first() if sampled.isdecimal() else None
    if row is None or row.second.coding is None:
        return {}
    coding: dict[str, Any] = row.second.coding
    return {name: coding[name] for name, side in row.adjudication.right.items() if side == "second" and name in coding}


def _of(sample: int) -> "QuerySet[SampledClaim]":
    rows = SampledClaim.objects.filter(sample=sample).order_by("ordinal")
    return rows.select_related("sample", "claim__dispatch_version__dispatch", "second")


def sample_counts() -> dict[int, dict[str, int]]:
    """How far each sample is, by its row: drawn, coded, ruled on. One query."""
    counted = SampledClaim.objects.order_by().values("sample")
    found = counted.annotate(drawn=Count("pk"), coded=Count("second"), ruled=Count("adjudication"))
    return {row["sample"]: {name: row[name] for name in ("drawn", "coded", "ruled")} for row in found}


def agreement_figures(sample: int | None = None) -> tuple[Agreement, ...]:
    """How far first and second codings agree, as rows: of one sample, or of all. One query."""
    rows = SampledClaim.objects.filter(second__isnull=False).select_related("second")
    if sample is not None:
        rows = rows.filter(sample=sample)
    return agreement_rows([Twice(row.period, row.language, row.first, row.second.coding) for row in rows])


def machine_figures() -> tuple[MachineScore, ...]:
    """How good the machine's claims were, as decisions tell, by its version and the language. Two queries.

    Merged claims are left out: they repeat another of their dispatch.
    """
    decided = Claim.objects.decided().filter(merged_into=None)
    held = decided.filter(dispatch_version__isnull=False).filter(Q(machine__isnull=False) | Q(coder=BY_HAND))
    rows = held.annotate(spoken=F("dispatch_version__language")).order_by()
    versions = dict(
        Claim.objects.filter(machine__isnull=False, dispatch_version__isnull=False)
        .order_by("-pk")
        .values_list("dispatch_version", "coder_version")
    )
    return machine_scores([_judged(row, versions.get(row.dispatch_version_id or 0, "")) for row in rows])


def _judged(row: Any, version_of_dispatch: str) -> Judged:
    said = row.machine
    version = row.coder_version if said is not None else version_of_dispatch
    return Judged(version or "?", row.spoken or "?", said, first_coding(row))
