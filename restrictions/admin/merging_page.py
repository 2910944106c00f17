"""The page where a curator merges a claim into another one of its dispatch; what that changes comes first."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from restrictions.actions.merges import merge_claim
from restrictions.admin.deciding import carry_out, check_permission, curator, said, seen
from restrictions.admin.opened import DECIDES_CLAIMS, drawn_plan
from restrictions.admin.queue_address import claim_address, own_query, page_after, queue_of
from restrictions.admin.settling import EachContext
from restrictions.models import Claim
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.edits import FaultyFields
from restrictions.queries.merging import gain, merging
from restrictions.queries.plans import Planned, planned
from restrictions.queries.review import claim_card


@require_http_methods(["GET", "POST"])
def merge_claim_view(request: HttpRequest, claim_id: int, *, each_context: EachContext) -> HttpResponse:
    """The two claims and the plan of merging them; or, once that is carried out, the next claim."""
    check_permission(request, DECIDES_CLAIMS)
    row, target = _claim(str(claim_id)), _claim(request.GET.get("into", ""))
    if row is None:
        raise Http404
    if target is None:
        messages.error(request, gettext("Choose the claim that it is merged into."))
        return redirect(page_after(request, claim_id, stay=True))
    codes = known_codes()
    plan = _plan(row, target, codes)
    if request.method == "POST" and carry_out(request, lambda: _merged(request, row, target, plan)):
        return redirect(page_after(request, claim_id, stay=False))
    if plan is None or not Claim.objects.proposed().filter(pk=claim_id).exists():
        return redirect(page_after(request, claim_id, stay=True))
    context = {**each_context(request), "opts": Claim._meta, **_page(request, row, target, plan, codes)}
    return TemplateResponse(request, "admin/restrictions/claim/merge.html", context)


def _claim(number: str) -> Claim | None:
    return Claim.objects.select_related("dispatch_version").filter(pk=number).first() if number.isdecimal() else None


def _plan(row: Claim, target: Claim, codes: Codes) -> Planned | None:
    """None where the united claim could not stand; the action says why."""
    try:
        return planned(merging(row, target), codes)
    except FaultyFields:
        return None


def _merged(request: HttpRequest, row: Claim, target: Claim, plan: Planned | None) -> str:
    revision = merge_claim(claim=row.pk, into=target.pk, by=curator(request), seen=seen(request))
    if revision is None or plan is None:
        return gettext("Merged. The record stays as it is.")
    return said(gettext("Merged. This changed the record:"), plan.lines)


def _page(request: HttpRequest, row: Claim, target: Claim, plan: Planned, codes: Codes) -> dict[str, Any]:
    queue = queue_of(request)
    return {
        "title": gettext("Merge a claim"),
        "claim": claim_card(row.pk, codes),
        "target": claim_card(target.pk, codes),
        "gained": [value for name in ("areas", "conditions") for value in gain(row, target).get(name, [])],
        "open_plan": drawn_plan(target, plan, codes),
        "back": claim_address(queue, row.pk),
        "queue_query": own_query(queue),
    }
