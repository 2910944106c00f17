"""The page where a curator changes a claim's fields, sees what that would do to the record, and accepts it so."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from restrictions.actions.claims import accept_claim, edit_claim
from restrictions.admin.claim_form import ACCEPT, KEEP, ClaimFieldsForm
from restrictions.admin.deciding import carry_out, check_permission, curator, said, seen
from restrictions.admin.opened import DECIDES_CLAIMS, drawn_plan
from restrictions.admin.queue_address import claim_address, own_query, page_after, queue_of
from restrictions.admin.review_page import text_context
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.edits import field_values
from restrictions.queries.plans import PlanLine, Planned, planned
from restrictions.queries.review import claim_card, review_sheet
from restrictions.queries.samples import ruled_values
from restrictions.queries.steps import taking_in


@require_http_methods(["GET", "POST"])
def edit_claim_view(
    request: HttpRequest, claim_id: int, *, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """The form with its plan; or, once a plan that was seen is carried out, the next claim."""
    check_permission(request, DECIDES_CLAIMS)
    codes = known_codes()
    if request.POST.get("do") in (ACCEPT, KEEP) and _carried_out(request, claim_id, codes):
        return redirect(page_after(request, claim_id, stay=request.POST["do"] == KEEP))
    row = _claim(claim_id)
    form = ClaimFieldsForm(row, request.POST if request.method == "POST" else _as_ruled(request, row), codes=codes)
    if row.decision in (Decision.REJECTED, Decision.WITHDRAWN) or _has_nothing_to_show(request, row, form):
        return redirect(page_after(request, claim_id, stay=True))
    context = {**each_context(request), "opts": Claim._meta, **_page(request, row, form, codes)}
    return TemplateResponse(request, "admin/restrictions/claim/edit.html", context)


def _as_ruled(request: HttpRequest, row: Claim) -> dict[str, Any] | None:
    """The form as if somebody had filled in what a third curator ruled, where the address names a ruling."""
    ruled = ruled_values(request.GET.get("ruled", ""), row.pk)
    if not ruled:
        return None
    values = {name: "" if value is None else value for name, value in {**field_values(row), **ruled}.items()}
    return {**values, "areas": ", ".join(values["areas"]), "reason": gettext("A ruling on its second coding.")}


def _has_nothing_to_show(request: HttpRequest, row: Claim, form: ClaimFieldsForm) -> bool:
    """After an acceptance that was refused: somebody decided first, or no field was changed. The claim's own page says
    the rest."""
    if request.POST.get("do") != ACCEPT:
        return False
    return row.decision != Decision.PROPOSED or (form.is_valid() and not form.cleaned_data["changes"])


def _carried_out(request: HttpRequest, claim_id: int, codes: Codes) -> bool:
    """Whether the button wrote something: a form with errors does not."""
    row = _claim(claim_id)
    form = ClaimFieldsForm(row, request.POST, codes=codes)
    if not form.is_valid():
        return False
    act = _accepted if request.POST["do"] == ACCEPT else _kept
    return carry_out(request, lambda: act(request, row, form, planned(taking_in(row, form.after), codes).lines))


def _accepted(request: HttpRequest, row: Claim, form: ClaimFieldsForm, lines: tuple[PlanLine, ...]) -> str:
    accept_claim(claim=row.pk, by=curator(request), changes=form.cleaned_data["changes"], seen=seen(request))
    if form.cleaned_data["changes"]:
        return said(gettext("Accepted as edited. This changed the record:"), lines)
    return said(gettext("Accepted. This changed the record:"), lines)


def _kept(request: HttpRequest, row: Claim, form: ClaimFieldsForm, lines: tuple[PlanLine, ...]) -> str:
    revision = edit_claim(
        claim=row.pk,
        by=curator(request),
        changes=form.cleaned_data["changes"],
        reason=form.cleaned_data["reason"],
        seen=seen(request),
    )
    if revision is None:
        return gettext("The edits are kept. The claim still waits, and the record stays as it is.")
    return said(gettext("The claim is changed. This changed the record:"), lines)


def _claim(claim_id: int) -> Claim:
    row = Claim.objects.filter(pk=claim_id).first()
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, row: Claim, form: ClaimFieldsForm, codes: Codes) -> dict[str, Any]:
    """What the page prints: the text that is coded, the fields, and the plan of the claim as the form has it."""
    card = claim_card(row.pk, codes)
    plan = _plan(row, form, codes)
    sheet = review_sheet(card.dispatch, codes) if card and card.dispatch else None
    queue = queue_of(request)
    return {
        "title": gettext("Edit a claim"),
        "claim": card,
        "waits": row.decision == Decision.PROPOSED,
        "form": form,
        "open_plan": drawn_plan(form.after, plan, codes),
        "is_planned": plan is not None,
        "back": claim_address(queue, row.pk),
        "queue_query": own_query(queue),
        **(text_context(sheet) if sheet else {}),
    }


def _plan(row: Claim, form: ClaimFieldsForm, codes: Codes) -> Planned | None:
    """None where the form has errors, and where the claim does not say since when it holds."""
    if form.is_bound and not form.is_valid():
        return None
    return planned(taking_in(row, form.after), codes) if form.after.effective_edtf else None
