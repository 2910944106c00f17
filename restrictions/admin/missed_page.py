"""The page where a curator or coder makes a claim that the machine missed: its quote, its fields, its plan."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from restrictions.actions.missed import accept_missed, propose_missed
from restrictions.admin.claim_form import ACCEPT
from restrictions.admin.deciding import carry_out, check_permission, curator, said, seen
from restrictions.admin.missed_form import PROPOSE, MissedClaimForm
from restrictions.admin.opened import DECIDES_CLAIMS, drawn_plan, may_decide
from restrictions.admin.queue_address import claim_address, own_query, queue_of
from restrictions.admin.review_page import PROPOSES, text_context
from restrictions.admin.settling import EachContext
from restrictions.models import Claim, DispatchVersion
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.plans import Planned, planned
from restrictions.queries.review import review_sheet
from restrictions.queries.steps import taking_in


@require_http_methods(["GET", "POST"])
def missed_claim_view(request: HttpRequest, dispatch_id: int, *, each_context: EachContext) -> HttpResponse:
    """The form with its plan; or, once the claim is stored, the claim in its dispatch."""
    check_permission(request, PROPOSES)
    version, codes = _version(request, dispatch_id), known_codes()
    selected = {name: request.GET[name] for name in ("quote", "near", "place") if request.GET.get(name)}
    form = MissedClaimForm(version, request.POST if request.method == "POST" else None, codes=codes, selected=selected)
    if form.is_bound and form.is_valid() and _stored(request, form):
        return redirect(claim_address(queue_of(request), form.after.pk, part="#outcome"))
    context = {**each_context(request), "opts": Claim._meta, **_page(request, version, form, codes)}
    return TemplateResponse(request, "admin/restrictions/dispatch/missed.html", context)


def _version(request: HttpRequest, dispatch_id: int) -> DispatchVersion:
    """The version whose text was on the page; else the newest."""
    number = request.GET.get("version", "")
    rows = DispatchVersion.objects.select_related("dispatch").filter(dispatch=dispatch_id).order_by("-number")
    found = rows.filter(number=number).first() if number.isdecimal() and len(number) < 6 else rows.first()
    if found is None:
        raise Http404
    return found


def _stored(request: HttpRequest, form: MissedClaimForm) -> bool:
    """Whether the button stored the claim: the one that shows the plan does not."""
    do = request.POST.get("do")
    if do == ACCEPT:
        check_permission(request, DECIDES_CLAIMS)
        return carry_out(request, lambda: _accepted(request, form.after))
    return do == PROPOSE and carry_out(request, lambda: _proposed(request, form.after))


def _accepted(request: HttpRequest, draft: Claim) -> str:
    lines = planned(taking_in(draft)).lines
    accept_missed(draft=draft, by=curator(request), seen=seen(request))
    return said(gettext("Accepted. This changed the record:"), lines)


def _proposed(request: HttpRequest, draft: Claim) -> str:
    propose_missed(draft=draft, by=curator(request))
    return gettext("Proposed: the claim waits for a decision. The record stays as it is.")


def _page(request: HttpRequest, version: DispatchVersion, form: MissedClaimForm, codes: Codes) -> dict[str, Any]:
    plan, sheet = _plan(form, codes), review_sheet(version.dispatch_id, codes, version=version.number)
    queue = queue_of(request)
    return {
        "title": gettext("A claim that the machine missed"),
        "form": form,
        "open_plan": drawn_plan(form.after, plan, codes),
        "is_planned": plan is not None,
        "decides": may_decide(request, DECIDES_CLAIMS),
        "queue_query": own_query(queue),
        **(text_context(sheet) if sheet else {}),
    }


def _plan(form: MissedClaimForm, codes: Codes) -> Planned | None:
    """None before the form is sent and while it has errors, and for a claim without its day."""
    if not form.is_bound or not form.is_valid() or not form.after.effective_edtf:
        return None
    return planned(taking_in(form.after), codes)
