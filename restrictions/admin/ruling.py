"""The queue of passages on which two codings differ: side by side, nobody named; a third person says who is right."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from restrictions.actions.samples import AlreadyCoded, NotBlind, adjudicate
from restrictions.admin.agreement_page import field_label
from restrictions.admin.deciding import check_permission, curator
from restrictions.admin.opened import DECIDES_CLAIMS
from restrictions.admin.second_coding import passage
from restrictions.domain.agreement import CLAIM, disagreements
from restrictions.models import Sample, SampledClaim
from restrictions.queries.samples import disputed_for

RULES_ON = "restrictions.add_adjudication"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two codings differ, as A and B say it."""

    field: str
    label: str
    a: str
    b: str
    chosen: str


@require_http_methods(["GET", "POST"])
def rule_view(
    request: HttpRequest, sample_id: int, *, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """The next disputed passage; a ruling is kept, and the next one comes."""
    check_permission(request, RULES_ON)
    sample = get_object_or_404(Sample, pk=sample_id)
    waiting = disputed_for(curator(request), sample_id)
    asked = request.POST.get("sampled", "")
    row = next((row for row in waiting if str(row.pk) == asked), None) if asked else next(iter(waiting), None)
    if request.method == "POST" and row and _ruled(request, row):
        return redirect("admin:restrictions_sample_rule", sample_id)
    context = {
        **each_context(request),
        "opts": Sample._meta,
        "title": gettext("Rule on a passage"),
        "sample": sample,
        "sampled": row,
        "waiting": len(waiting),
        "reason": request.POST.get("reason", ""),
        "differences": differences(row, request.POST) if row else (),
        **(passage(row.claim) if row else {}),
    }
    return TemplateResponse(request, "admin/restrictions/sample/rule.html", context)


def is_swapped(row: SampledClaim) -> bool:
    """Whether the first coding stands as B: which is which is not to be guessed from its place."""
    return bool(sha256(f"{row.sample.seed}/{row.ordinal}".encode()).digest()[0] % 2)


def differences(row: SampledClaim, said: Any) -> tuple[Difference, ...]:
    """The fields that differ, with what each side says."""
    sides = (row.first, row.second.coding)
    a, b = reversed(sides) if is_swapped(row) else sides
    return tuple(
        Difference(field, field_label(field), _words(a, field), _words(b, field), said.get(f"right-{field}", ""))
        for field in disagreements(*sides)
    )


def _words(coding: dict[str, Any] | None, field: str) -> str:
    if field == CLAIM:
        return gettext("a claim") if coding is not None else gettext("no claim")
    value = (coding or {}).get(field)
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return text or gettext("not stated")


def _ruled(request: HttpRequest, row: SampledClaim) -> bool:
    """Whether the ruling is kept; the message offers the edit where the record says otherwise."""
    swapped = is_swapped(row)
    names = {"a": "second" if swapped else "first", "b": "first" if swapped else "second", "neither": "neither"}
    fields = disagreements(row.first, row.second.coding)
    right = {field: names.get(request.POST.get(f"right-{field}", ""), "") for field in fields}
    try:
        adjudicate(sampled=row.pk, by=curator(request), right=right, reason=request.POST.get("reason", ""))
    except ValueError as missing:
        messages.error(request, str(missing))
        return False
    except (AlreadyCoded, NotBlind) as told:
        messages.warning(request, str(told))
        return True
    messages.success(request, _what_now(request, row, right))
    return True


def _what_now(request: HttpRequest, row: SampledClaim, right: dict[str, str]) -> str:
    kept = gettext("The ruling is kept. The claim stays as it is.")
    if set(right.values()) == {"first"} or not curator(request).has_perm(DECIDES_CLAIMS):
        return kept
    where = reverse("admin:restrictions_claim_change", args=[row.claim_id])
    return format_html('{} <a href="{}">{}</a>', kept, where, gettext("Change it, with its plan"))
