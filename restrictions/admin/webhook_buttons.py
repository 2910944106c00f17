"""What the buttons of a webhook do: switch it, give it a new secret, send a test, send a message again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from restrictions.actions.webhooks import queue_test, rotate_secret, send_again, switch_webhook
from restrictions.admin.deciding import curator
from restrictions.models import Webhook

CHANGES = "restrictions.change_webhook"
EachContext = Callable[[HttpRequest], dict[str, Any]]


def may(request: HttpRequest, right: str) -> bool:
    """Whether whoever asks has this right."""
    user: Any = request.user
    return bool(user.has_perm(right))


def _webhook(request: HttpRequest, number: int) -> Webhook:
    if not may(request, CHANGES):
        raise PermissionDenied
    return get_object_or_404(Webhook, pk=number)


def _back(number: int) -> HttpResponse:
    return redirect("admin:restrictions_webhook_change", number)


@require_POST
def switch_view(request: HttpRequest, number: int) -> HttpResponse:
    """On, or off, as the button says."""
    row = _webhook(request, number)
    wish = request.POST.get("to")
    if wish not in ("on", "off"):
        messages.error(request, gettext("The button did not say whether on or off. Nothing was changed."))
    else:
        switch_webhook(webhook=row.pk, on=wish == "on", by=curator(request))
        said = gettext("Switched on: it is told what comes from now on.") if wish == "on" else gettext("Switched off.")
        messages.success(request, said)
    return _back(number)


def rotate_view(each_context: EachContext) -> Callable[..., HttpResponse]:
    """The page that shows a new secret: this once."""

    @require_POST
    def view(request: HttpRequest, number: int) -> HttpResponse:
        row = _webhook(request, number)
        secret = rotate_secret(webhook=row.pk, by=curator(request), now=timezone.now())
        context = {**each_context(request), "opts": Webhook._meta, "title": row.name, "row": row, "secret": secret}
        answer = TemplateResponse(request, "admin/restrictions/webhook/make.html", {**context, "rotated": True})
        add_never_cache_headers(answer)
        return answer

    return view


@require_POST
def test_view(request: HttpRequest, number: int) -> HttpResponse:
    """A message that says that it is a test goes into the queue."""
    row = _webhook(request, number)
    queue_test(webhook=row.pk, now=timezone.now())
    messages.success(
        request, gettext("A test is in the queue: it is sent within a minute, and its line below says how.")
    )
    return _back(number)


@require_POST
def again_view(request: HttpRequest, number: int) -> HttpResponse:
    """One message goes out again, with the number it had."""
    row = _webhook(request, number)
    try:
        delivery = UUID(request.POST.get("delivery", ""))
    except ValueError:
        messages.error(request, gettext("The button did not say which message. Nothing was changed."))
        return _back(number)
    if send_again(delivery=delivery, webhook=row.pk, now=timezone.now()):
        messages.success(request, gettext("In the queue again: it is sent within a minute."))
    else:
        messages.warning(request, gettext("This message is waiting already, or is gone."))
    return _back(number)
