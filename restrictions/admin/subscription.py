"""Subscriptions: how many there are and how they are, for admins; addresses are not shown, and rows can be deleted."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.models import Subscription


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """A reader who cannot leave by the link names the address; who searches for the whole of it finds the row."""

    list_display = ("masked", "rhythm", "language", "recipient", "requested_at", "confirmed_at", "due", "refusals")
    exclude = ("address", "key", "lease_token", "leased_until")
    search_fields = ("=address",)
    search_help_text = _("A whole e-mail address")

    def has_delete_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        user: Any = request.user
        return bool(user.has_perm("restrictions.delete_subscription"))

    @display(description=_("address"))
    def masked(self, row: Subscription) -> str:
        return f"{row.address[:1]}…@…"
