"""The buttons of the curators: each calls one action, and comes back with what it did in words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from restrictions.actions.claims import (
    AlreadyDecided,
    CannotAccept,
    NotDecided,
    reject_claim,
    undo_decision,
)
from restrictions.actions.imports import AlreadyWritten
from restrictions.actions.marks import MarkAlreadyDecided, accept_mark, reject_mark
from restrictions.actions.merges import CannotMerge, part_claims
from restrictions.actions.missed import AlreadyProposed
from restrictions.actions.retractions import CannotRetract, restore_claim, retract_claim
from restrictions.actions.seen import PlanChanged
from restrictions.actions.settlements import AlreadyWithdrawn, CannotSettle
from restrictions.actions.skips import skip_claim
from restrictions.admin.opened import DECIDES_CLAIMS
from restrictions.admin.plan_words import in_words
from restrictions.admin.queue_address import page_after, queue_of
from restrictions.admin.reasons import RejectForm, RestoreForm, RetractForm, UndoForm, first_error
from restrictions.admin.review_page import DECIDES_MARKS
from restrictions.models import Claim, Mark, Settlement
from restrictions.queries.backlog import dispatch_of_mark
from restrictions.queries.edits import FaultyFields
from restrictions.queries.plans import PlanLine, plan_lines, undo_lines

# Somebody was first, or the record moved on; and what cannot be, whoever asks.
_TOLD = (AlreadyDecided, AlreadyProposed, NotDecided, MarkAlreadyDecided, AlreadyWithdrawn, AlreadyWritten, PlanChanged)
_REFUSED = (CannotAccept, CannotMerge, CannotRetract, CannotSettle, FaultyFields)


@require_POST
def reject_claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Rejected with a reason of the list; or what is missing."""
    form = RejectForm(request.POST)

    def reject() -> str:
        reject_claim(claim=claim_id, by=curator(request), reason=form.words)
        return gettext("Rejected (%(reason)s). The record stays as it is.") % {"reason": form.words}

    return _decide(request, claim_id, reject, form)


@require_POST
def skip_claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Left for later: nothing is decided, and the next claim comes."""

    def skip() -> str:
        skip_claim(claim=claim_id, by=curator(request))
        return gettext("Skipped. It comes back after all others in your queue.")

    return _decide(request, claim_id, skip)


@require_POST
def undo_claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Proposed again, and the record without it."""
    form = UndoForm(request.POST)

    def undo() -> str:
        changed = undo_lines(claim_id)
        take_back = part_claims if Claim.objects.get(pk=claim_id).merged_into_id else undo_decision
        revision = take_back(
            claim=claim_id, by=curator(request), reason=form.cleaned_data["reason"], seen=seen(request)
        )
        if revision is None:
            return gettext("Taken back: the claim waits again. The record stays as it is.")
        return said(gettext("Taken back: the claim waits again. This changed the record:"), changed)

    return _decide(request, claim_id, undo, form, stay=True)


@require_POST
def retract_claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Retracted: it stays in the log, and the record goes without it."""
    form = RetractForm(request.POST)

    def retract() -> str:
        changed = undo_lines(claim_id)
        retract_claim(claim=claim_id, by=curator(request), reason=form.cleaned_data["reason"], seen=seen(request))
        return said(gettext("Retracted: the claim stays in the log. This changed the record:"), changed)

    return _decide(request, claim_id, retract, form, stay=True)


@require_POST
def restore_claim_view(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Counted again, and the record with it."""
    form = RestoreForm(request.POST)

    def restore() -> str:
        restore_claim(claim=claim_id, by=curator(request), reason=form.cleaned_data["reason"], seen=seen(request))
        return said(gettext("The claim counts again. This changed the record:"), plan_lines(claim_id))

    return _decide(request, claim_id, restore, form, stay=True)


@require_POST
def accept_mark_view(request: HttpRequest, mark_id: int) -> HttpResponse:
    """The mark is public."""

    def accept() -> str:
        accept_mark(mark=mark_id, by=curator(request))
        return gettext("Mark accepted: it is public.")

    return _decide_mark(request, mark_id, accept)


@require_POST
def reject_mark_view(request: HttpRequest, mark_id: int) -> HttpResponse:
    """The mark stays out."""

    def reject() -> str:
        reject_mark(mark=mark_id, by=curator(request))
        return gettext("Mark rejected: it stays out.")

    return _decide_mark(request, mark_id, reject)


def _decide(
    request: HttpRequest,
    claim_id: int,
    act: Callable[[], str],
    form: forms.Form | None = None,
    *,
    stay: bool = False,
) -> HttpResponse:
    """Carry it out and go on to the next claim; stay where it was refused, or to see what came of it."""
    check_permission(request, DECIDES_CLAIMS)
    done = False
    if form is not None and not form.is_valid():
        messages.error(request, first_error(form))
    else:
        done = carry_out(request, act)
    return redirect(page_after(request, claim_id, stay=stay or not done))


def carry_out(request: HttpRequest, act: Callable[[], str]) -> bool:
    """Whether it was done; the message says what came of it either way."""
    try:
        messages.success(request, act())
    except _TOLD as told:
        messages.warning(request, str(told))
    except _REFUSED as refused:
        messages.error(request, str(refused))
    except (Claim.DoesNotExist, Mark.DoesNotExist, Settlement.DoesNotExist) as missing:
        raise Http404 from missing
    else:
        return True
    return False


def _decide_mark(request: HttpRequest, mark_id: int, act: Callable[[], str]) -> HttpResponse:
    check_permission(request, DECIDES_MARKS)
    carry_out(request, act)
    dispatch = dispatch_of_mark(mark_id)
    if dispatch is None:
        return redirect("admin:restrictions_mark_change", mark_id)
    address = reverse("admin:restrictions_dispatch_change", args=[dispatch])
    return redirect(f"{address}?{urlencode({'mark': str(mark_id), **queue_of(request).chosen})}#outcome")


def check_permission(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied for whoever lacks it."""
    if not curator(request).has_perm(permission):
        raise PermissionDenied


def seen(request: HttpRequest) -> str:
    """The mark of the plan on the page whose button was pressed; empty where the page showed none."""
    return request.POST.get("seen", "")


def curator(request: HttpRequest) -> Any:
    """Who is signed in: admin views let nobody else through."""
    return request.user


def said(heading: str, lines: tuple[PlanLine, ...]) -> str:
    """What came of it, with what changed in the record, as a message."""
    return render_to_string("admin/restrictions/decided.html", {"heading": heading, "plan": in_words(lines)})
