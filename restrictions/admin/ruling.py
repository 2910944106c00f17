"""The queue of passages on which two codings differ: side by side, nobody named; a third person says who is right."""

from collections.abc import Callable, Mapping
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
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.edits import FIELDS
from restrictions.queries.samples import disputed_for
from restrictions.words.definitions import definitions

RULES_ON = "restrictions.add_adjudication"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two codings, as A and B say it; ``chosen`` is who was said to be right where they differ."""

    field: str
    label: str
    a: str
    b: str
    differs: bool
    chosen: str = ""


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
        "compared": compared(row, request.POST, known_codes()) if row else (),
        **(passage(row.claim) if row else {}),
    }
    return TemplateResponse(request, "admin/restrictions/sample/rule.html", context)


def is_swapped(row: SampledClaim) -> bool:
    """Whether the first coding stands as B: which is which is not to be guessed from its place."""
    return bool(sha256(f"{row.sample.seed}/{row.ordinal}".encode()).digest()[0] % 2)


def compared(row: SampledClaim, said: Mapping[str, str], codes: Codes) -> tuple[Compared, ...]:
    """Both codings, field by field: those that differ, each with what was said of it, among those that agree.

    Only whether the passage makes a claim where the two differ in that: the one claim stands beside nothing.
    """
    sides = (row.first, row.second.coding)
    a, b = reversed(sides) if is_swapped(row) else sides
    disputed = disagreements(*sides)
    return tuple(
        Compared(
            field,
            field_label(field),
            _words(a, field, codes),
            _words(b, field, codes),
            field in disputed,
            said.get(f"right-{field}", ""),
        )
        for field in ((CLAIM, *FIELDS) if CLAIM in disputed else FIELDS)
    )


def _words(coding: Mapping[str, Any] | None, field: str, codes: Codes) -> str:
    if field == CLAIM:
        return gettext("a claim") if coding is not None else gettext("no claim")
    if coding is None:
        return "–"
    value = coding.get(field)
    named = [_named(field, str(one), codes) for one in (value if isinstance(value, list) else [value or ""])]
    return ", ".join(filter(None, named)) or gettext("not stated")


def _named(field: str, code: str, codes: Codes) -> str:
    """A code with its words, as it stands in the lists of the form."""
    names: Mapping[str, str] = {
        "supplier": codes.countries,
        "recipient": codes.countries,
        "territory": codes.countries,
        "weapon": codes.weapons,
        "areas": codes.regions,
    }.get(field) or {item.code: item.label for item in definitions(field)}
    return f"{names[code]} · {code}" if code in names else code


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
    """The answer, with the way to the claim where the ruling is for the second coding: its fields are filled in."""
    kept = gettext("The ruling is kept. The claim stays as it is.")
    if set(right.values()) == {"first"} or not curator(request).has_perm(DECIDES_CLAIMS):
        return kept
    if CLAIM in right:
        where = reverse("admin:restrictions_claim_change", args=[row.claim_id])
    else:
        where = f"{reverse('admin:restrictions_claim_edit', args=[row.claim_id])}?ruled={row.pk}"
    return format_html('{} <a href="{}">{}</a>', kept, where, gettext("Change it, with its plan"))
