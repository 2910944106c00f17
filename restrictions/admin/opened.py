"""The claim that is being decided: its form, its plan in words and bars, and the record as it stands for its weapon."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from restrictions.admin.bars import BarChart
from restrictions.admin.claim_form import ClaimFieldsForm
from restrictions.admin.plan_bars import change_charts, record_chart
from restrictions.admin.plan_words import PlanBlock, in_words
from restrictions.admin.queue_address import own_query, queue_of
from restrictions.admin.reasons import REASONS
from restrictions.models import Claim
from restrictions.queries.codes import Codes
from restrictions.queries.plans import Planned, claim_plan
from restrictions.queries.review import ClaimCard

DECIDES_CLAIMS = "restrictions.change_claim"


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """What the next decision would change, with its mark; and the record as it stands."""

    blocks: tuple[PlanBlock, ...] = ()
    seen: str = ""
    record: BarChart | None = None


def opened_claim(
    request: HttpRequest, claim: ClaimCard, codes: Codes, *, others: Sequence[ClaimCard] = ()
) -> dict[str, Any]:
    """All that a template prints of the open claim. A constant number of queries."""
    row = Claim.objects.select_related("dispatch_version", "merged_into").get(pk=claim.id)
    decides, queue = may_decide(request, DECIDES_CLAIMS), queue_of(request)
    return {
        "claim": claim,
        "open_plan": drawn_plan(row, claim_plan(row, codes), codes),
        "form": ClaimFieldsForm(row, codes=codes) if decides and claim.verdict.waits else None,
        "decides": decides,
        "reasons": REASONS,
        "queue_query": own_query(queue),
        "queue_fields": tuple(queue.chosen.items()),
        "merges": [(at, other) for at, other in enumerate(others, start=1) if _takes(other, claim)],
    }


def drawn_plan(row: Claim, planned: Planned | None, codes: Codes) -> OpenPlan:
    """The plan in words and bars, and what the record holds on the line of the claim; empty where there is no plan."""
    if planned is None:
        return OpenPlan()
    today = timezone.localdate()
    charts = change_charts(planned, codes, today=today)
    record = record_chart(row.line, planned, codes, today=today, effective=row.effective_latest)
    return OpenPlan(in_words(planned.lines, charts), planned.seen, record)


def _takes(other: ClaimCard, claim: ClaimCard) -> bool:
    """Whether the claim can be merged into the other one."""
    return other.id != claim.id and (other.verdict.waits or other.verdict.accepted) and not other.retracted


def may_decide(request: HttpRequest, permission: str) -> bool:
    """Whether the person who asks has this right."""
    user: Any = request.user  # whoever comes here is signed in: the pages are admin views
    return bool(user.has_perm(permission))
