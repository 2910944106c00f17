"""What the buttons of a feed do: try it, switch it on or off, retire it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from restrictions.actions.feeds import retire_feed, switch_feed
from restrictions.admin.deciding import curator
from restrictions.admin.feed_form import RetireForm
from restrictions.admin.reasons import first_error
from restrictions.models import Feed
from restrictions.pipelines.trying import Prospect, TriedItem, try_feed
from restrictions.words import day_in_words

CHANGES = "restrictions.change_feed"

PROSPECT_WORDS = {
    Prospect.NEW: _("new"),
    Prospect.IRRELEVANT: _("new, but irrelevant"),
    Prospect.KNOWN: _("brought before"),
    Prospect.HELD: _("held from elsewhere"),
    Prospect.REFUSED: _("refused"),
}

EachContext = Callable[[HttpRequest], dict[str, Any]]


def may(request: HttpRequest, right: str) -> bool:
    """Whether whoever asks has this right."""
    user: Any = request.user
    return bool(user.has_perm(right))


def _feed(request: HttpRequest, feed_id: int) -> Feed:
    if not may(request, CHANGES):
        raise PermissionDenied
    return get_object_or_404(Feed, pk=feed_id)


def try_view(each_context: EachContext) -> Callable[..., HttpResponse]:
    """The page that shows what the feed would bring now. It is asked for by a button, since it asks a server."""

    @require_POST
    def view(request: HttpRequest, feed_id: int) -> HttpResponse:
        feed = _feed(request, feed_id)
        trial = try_feed(feed)
        context = {
            **each_context(request),
            "opts": Feed._meta,
            "title": gettext("What %(feed)s would bring") % {"feed": feed.publisher},
            "feed": feed,
            "trial": trial,
            "rows": [_row(tried) for tried in trial.items],
        }
        return TemplateResponse(request, "admin/restrictions/feed/try.html", context)

    return view


def _row(tried: TriedItem) -> dict[str, Any]:
    day = tried.item.published
    return {
        "title": tried.item.title or tried.item.body,
        "address": tried.item.address,
        "day": day_in_words(day) if day else "",
        "prospect": tried.prospect.value,
        "words": PROSPECT_WORDS[tried.prospect],
        "why": tried.why,
        "claims": tried.claims,
        "fetches": tried.fetches,
        "notes": tried.item.notes,
    }


@require_POST
def switch_view(request: HttpRequest, feed_id: int) -> HttpResponse:
    """On, or off, as the button says."""
    feed = _feed(request, feed_id)
    wish = request.POST.get("to")
    if wish not in ("on", "off"):
        messages.error(request, gettext("The button did not say whether on or off. Nothing was changed."))
    else:
        switch_feed(feed=feed.pk, on=wish == "on", by=curator(request))
        said = gettext("Switched on: it is polled within a minute.") if wish == "on" else gettext("Switched off.")
        messages.success(request, said)
    return redirect("admin:restrictions_feed_change", feed.pk)


@require_POST
def retire_view(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Not read any more, with the reason."""
    feed = _feed(request, feed_id)
    form = RetireForm(request.POST)
    if form.is_valid():
        retire_feed(feed=feed.pk, reason=form.cleaned_data["reason"], by=curator(request))
        messages.success(request, gettext("Retired: it is not read any more, and what it brought stays."))
    else:
        messages.error(request, first_error(form))
    return redirect("admin:restrictions_feed_change", feed.pk)
