"""Letting dispatches out of quarantine, to be tried again."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from restrictions.actions.dispatches import try_again
from restrictions.pipelines.waking import wake_coder

LETS_OUT = "restrictions.change_dispatch"


@require_POST
def try_again_view(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    """One dispatch waits for a worker again."""
    user: Any = request.user
    if not user.has_perm(LETS_OUT):
        raise PermissionDenied
    let_out(request, [dispatch_id])
    return redirect("admin:restrictions_dispatch_change", dispatch_id)


def let_out(request: HttpRequest, dispatches: Collection[int]) -> None:
    """Those of them that are in quarantine wait for a worker again; says how many, and how many were not there."""
    user: Any = request.user
    count = try_again(dispatches=dispatches, by=user)
    if count:
        wake_coder()
        said = ngettext("%(n)d dispatch is tried again.", "%(n)d dispatches are tried again.", count)
        messages.success(request, said % {"n": count})
    if others := len(dispatches) - count:
        said = ngettext("%(n)d was not in quarantine.", "%(n)d were not in quarantine.", others)
        messages.warning(request, said % {"n": others})
