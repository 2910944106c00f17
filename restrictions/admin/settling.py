"""The pages where an editor settles contested days of a position, and withdraws a settlement; the plan first."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from restrictions.actions.settlements import settle, withdraw_settlement
from restrictions.admin.deciding import carry_out, check_permission, curator, said, seen
from restrictions.admin.plan_words import in_words
from restrictions.admin.reasons import first_error
from restrictions.admin.settlement_form import SettleForm, WithdrawForm
from restrictions.domain.positions import Outcome
from restrictions.models import Position, Settlement
from restrictions.queries.plans import planned
from restrictions.queries.sides import contested_sides
from restrictions.queries.steps import settling, unsettling

SETTLES = "restrictions.add_settlement"
WITHDRAWS = "restrictions.change_settlement"
SETTLE = "settle"

EachContext = Callable[[HttpRequest], dict[str, Any]]


@require_http_methods(["GET", "POST"])
def settle_view(request: HttpRequest, position_id: int, *, each_context: EachContext) -> HttpResponse:
    """The form with both sides and the plan; or, once a plan that was seen is carried out, what came of it."""
    check_permission(request, SETTLES)
    position = get_object_or_404(Position.objects.select_related("supplier", "recipient", "weapon"), pk=position_id)
    open_ones = list(position.stretches.exclude(outcome=Outcome.SETTLED.value))
    form = SettleForm(position.line, open_ones, curator(request), request.POST if request.method == "POST" else None)
    ruling = form.ruling if form.is_bound and form.is_valid() else None
    if ruling and request.POST.get("do") == SETTLE and carry_out(request, partial(_settled, request, form, ruling)):
        return redirect("admin:restrictions_settlement_changelist")
    plan = planned(settling(ruling)) if ruling else None
    context = {
        **each_context(request),
        "opts": Position._meta,
        "title": gettext("Settle contested days"),
        "position": position,
        "disputes": contested_sides(open_ones),
        "form": form,
        "plan": in_words(plan.lines) if plan else (),
        "seen": plan.seen if plan else "",
        "is_planned": plan is not None,
    }
    return TemplateResponse(request, "admin/restrictions/position/settle.html", context)


def _settled(request: HttpRequest, form: SettleForm, ruling: Settlement) -> str:
    lines = planned(settling(ruling)).lines
    settle(line=ruling.line, by=curator(request), seen=seen(request), **form.values())
    return said(gettext("Settled. This changed the record:"), lines)


@require_POST
def withdraw_view(request: HttpRequest, settlement_id: int) -> HttpResponse:
    """Withdrawn: it stays in the log, and the record goes without it."""
    check_permission(request, WITHDRAWS)
    row = get_object_or_404(Settlement, pk=settlement_id)
    form = WithdrawForm(request.POST)

    def withdraw() -> str:
        lines = planned(unsettling(row)).lines
        withdraw_settlement(
            settlement=row.pk, by=curator(request), reason=form.cleaned_data["reason"], seen=seen(request)
        )
        return said(gettext("Withdrawn: the settlement stays in the log. This changed the record:"), lines)

    if form.is_valid():
        carry_out(request, withdraw)
    else:
        messages.error(request, first_error(form))
    return redirect("admin:restrictions_settlement_change", row.pk)


def withdrawal_context(request: HttpRequest, row: Settlement | None) -> dict[str, Any]:
    """The plan of withdrawing, and whether the button is there."""
    if row is None or row.withdrawn:
        return {}
    plan = planned(unsettling(row))
    return {
        "withdraws": curator(request).has_perm(WITHDRAWS),
        "plan": in_words(plan.lines),
        "seen": plan.seen,
        "reason_field": WithdrawForm()["reason"],
    }
