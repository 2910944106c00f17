"""Feeds: how each is at a glance, what it would bring, switched on and off by editors."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from restrictions.actions.feeds import add_feed, edit_feed
from restrictions.admin.deciding import curator
from restrictions.admin.feed_buttons import CHANGES, may, retire_view, switch_view, try_view
from restrictions.admin.feed_form import FeedForm, RetireForm
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.tabled import Tabled
from restrictions.feeds.schedule import Health
from restrictions.models import Feed
from restrictions.queries.feeds import newest_items
from restrictions.queries.review import language_name

HEALTH_WORDS = {
    Health.WELL: _("well"),
    Health.SILENT: _("silent"),
    Health.FAILING: _("failing"),
    Health.UNTRIED: _("not polled yet"),
    Health.OFF: _("off"),
    Health.RETIRED: _("retired"),
}
_TONES = {
    Health.WELL.value: "success",
    Health.SILENT.value: "warning",
    Health.FAILING.value: "danger",
    Health.UNTRIED.value: "info",
}


class HealthFilter(DropdownFilter):
    """Feeds by how they are."""

    title = _("health")
    parameter_name = "health"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [(health.value, words) for health, words in HEALTH_WORDS.items()]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() not in {health.value for health in Health}:
            return queryset
        return queryset.filter(pk__in=Feed.objects.in_health(Health(self.value()), timezone.now()).values("pk"))


@admin.register(Feed)
class FeedAdmin(Tabled, ReadOnlyAdmin):
    """The list of feeds, with the worst to be seen first."""

    list_display = ("named", "health_label", "language_words", "last_item_ago", "last_poll", "next_poll")
    list_filter = (HealthFilter,)
    search_fields = ("publisher", "address", "note")
    search_help_text = _("Words of publisher, address or note")
    ordering = ("-enabled", "-failures", "publisher", "address")

    def has_add_permission(self, request: HttpRequest, _parent: Any = None) -> bool:
        return may(request, "restrictions.add_feed")

    def get_urls(self) -> list[URLPattern]:
        wrap, own = self.admin_site.admin_view, "restrictions_feed"
        views = {"try": try_view(self.admin_site.each_context), "switch": switch_view, "retire": retire_view}
        found: list[URLPattern] = super().get_urls()
        return [
            path(f"<int:feed_id>/{name}/", wrap(view), name=f"{own}_{name}") for name, view in views.items()
        ] + found

    def add_view(self, request: HttpRequest, *_args: Any, **_extra: Any) -> HttpResponse:
        """The form of a new feed, which is switched off until somebody has tried it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FeedForm(request.POST or None)
        if form.is_valid():
            feed = add_feed(by=curator(request), **form.said())
            messages.success(request, gettext("Added, switched off. Try it before you switch it on."))
            return redirect("admin:restrictions_feed_change", feed.pk)
        return self._page(request, "form.html", {"form": form, "title": gettext("New feed")})

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """How the feed is, what it brought last, and the form to change it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        feed = get_object_or_404(Feed, pk=object_id) if object_id.isdecimal() else None
        if feed is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        form = FeedForm(request.POST if request.method == "POST" else None, instance=Feed.objects.get(pk=feed.pk))
        if request.method == "POST":
            if not may(request, CHANGES):
                raise PermissionDenied
            if form.is_valid():
                edit_feed(feed=feed.pk, by=curator(request), **form.said())
                messages.success(request, gettext("Saved."))
                return redirect("admin:restrictions_feed_change", feed.pk)
        return self._page(request, "feed.html", {"form": form, **_about(feed, timezone.now())})

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "changes": may(request, CHANGES)}
        return TemplateResponse(request, f"admin/restrictions/feed/{template}", {**shared, **context})

    @display(description=_("feed"), ordering="publisher", header=True)
    def named(self, row: Feed) -> tuple[str, str]:
        return row.publisher, Truncator(row.address.removeprefix("https://").removeprefix("http://")).chars(48)

    @display(description=_("health"), label=_TONES)
    def health_label(self, row: Feed) -> tuple[str, str]:
        health = row.health(timezone.now())
        return health.value, str(HEALTH_WORDS[health])

    @display(description=_("language"), ordering="language")
    def language_words(self, row: Feed) -> str:
        return language_name(row.language)

    @display(description=_("last item"), ordering="last_item")
    def last_item_ago(self, row: Feed) -> str:
        return _ago(row.last_item)

    @display(description=_("last poll"), ordering="last_polled")
    def last_poll(self, row: Feed) -> str:
        return Truncator(row.last_failure).chars(60) if row.failures else _ago(row.last_polled)

    @display(description=_("next poll"), ordering="due")
    def next_poll(self, row: Feed) -> str:
        if not row.enabled or row.retired_reason:
            return ""
        now = timezone.now()
        return gettext("in %(time)s") % {"time": timesince(now, row.due)} if row.due > now else gettext("now")


def _ago(instant: datetime | None) -> str:
    return gettext("%(time)s ago") % {"time": timesince(instant)} if instant else ""


def _about(feed: Feed, now: datetime) -> dict[str, Any]:
    health = feed.health(now)
    return {
        "feed": feed,
        "title": feed.publisher,
        "health": health.value,
        "health_words": HEALTH_WORDS[health],
        "brought": newest_items(feed),
        "retire": RetireForm(),
    }
