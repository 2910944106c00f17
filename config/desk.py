"""How the curators' desk looks: django-unfold's name, colours, front page and side bar."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

# One blue, from its lightest to its darkest.
_BLUES = (97, 94, 88, 80, 71, 64, 52, 45, 39, 33, 25)
_WEIGHTS = (50, *range(100, 1000, 100), 950)


def _listed(model: str, title: Any, icon: str) -> dict[str, Any]:
    """A line of the side bar: the list of one model, for those who may see it."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:restrictions_{model}_changelist"),
        "permission": lambda request: request.user.has_perm(f"restrictions.view_{model}"),
    }


def _listed_beside(page: str, model: str, title: Any, icon: str) -> dict[str, Any]:
    """A list whose line is not the current one on a page that stands below the list, and has a line of its own."""

    def is_current(request: HttpRequest) -> bool:
        listed = reverse(f"admin:restrictions_{model}_changelist")
        return request.path.startswith(listed) and request.path != reverse(f"admin:restrictions_{page}")

    return {**_listed(model, title, icon), "active": is_current}


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Caveat",
    "SITE_HEADER": "Caveat",
    "SITE_SUBHEADER": _("The curators' desk"),
    "SITE_URL": "/",
    "SITE_SYMBOL": "gavel",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "/static/favicon.svg"}],
    # Decisions are kept in the claims' own history and in revisions, not in the admin's log.
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "4px",
    "COLORS": {
        "primary": {str(weight): f"oklch({light}% .11 255)" for weight, light in zip(_WEIGHTS, _BLUES, strict=True)}
    },
    "STYLES": ["restrictions.admin.front.desk_style"],
    "LOGIN": {"form": "config.signing_in.SignInForm"},
    "DASHBOARD_CALLBACK": "restrictions.admin.front.with_counts",
    "ACCOUNT": {
        "navigation": [{"title": _("Second factor"), "link": reverse_lazy("admin:second_factor_setup")}],
    },
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "navigation": [
            {
                "title": _("To decide"),
                "items": [
                    {
                        "title": _("Queue"),
                        "icon": "inbox",
                        "link": reverse_lazy("admin:restrictions_claim_queue"),
                        "permission": lambda request: request.user.has_perm("restrictions.view_claim"),
                    },
                    _listed("dispatch", _("Dispatches"), "article"),
                    _listed_beside("claim_queue", "claim", _("Claims"), "format_quote"),
                    _listed("mark", _("Marks"), "flag"),
                    _listed("sample", _("Second coding"), "compare"),
                    _listed("report", _("Reports of errors"), "report"),
                ],
            },
            {
                "title": _("Intake"),
                "separator": True,
                "items": [
                    {
                        "title": _("Upload dispatches"),
                        "icon": "upload_file",
                        "link": reverse_lazy("admin:restrictions_submission_add"),
                        "permission": lambda request: request.user.has_perm("restrictions.add_submission"),
                    },
                    _listed_beside("submission_add", "submission", _("Handed in"), "move_to_inbox"),
                    _listed("feed", _("Feeds"), "rss_feed"),
                    _listed("apitoken", _("API tokens"), "key"),
                ],
            },
            {
                "title": _("The record"),
                "separator": True,
                "items": [
                    _listed("position", _("Positions"), "timeline"),
                    _listed("settlement", _("Settlements"), "balance"),
                    _listed("revision", _("Revisions"), "history"),
                    _listed("positionversion", _("Versions of positions"), "layers"),
                    _listed("redaction", _("Redactions"), "ink_eraser"),
                ],
            },
            {
                "title": _("Reference"),
                "separator": True,
                "items": [
                    _listed("weapon", _("Weapons"), "rocket_launch"),
                    _listed("country", _("Countries"), "public"),
                    _listed("region", _("Regions"), "map"),
                ],
            },
            {
                "title": _("Being told"),
                "separator": True,
                "items": [
                    _listed("webhook", _("Webhooks"), "webhook"),
                    _listed("subscription", _("Subscriptions"), "mail"),
                ],
            },
            {
                "title": _("Who may what"),
                "separator": True,
                "items": [
                    {
                        "title": _("Users"),
                        "icon": "person",
                        "link": reverse_lazy("admin:auth_user_changelist"),
                        "permission": lambda request: request.user.has_perm("auth.view_user"),
                    },
                    {
                        "title": _("Groups"),
                        "icon": "group",
                        "link": reverse_lazy("admin:auth_group_changelist"),
                        "permission": lambda request: request.user.has_perm("auth.view_group"),
                    },
                    {
                        "title": _("Audit log"),
                        "icon": "receipt_long",
                        "link": reverse_lazy("admin:restrictions_entry_changelist"),
                        "permission": lambda request: request.user.has_perm("restrictions.view_revision"),
                    },
                ],
            },
        ],
    },
}
