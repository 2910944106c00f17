"""What was handed in at once: uploads of curators, and what programs sent; the fate of each dispatch."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.tabled import Tabled
from restrictions.models import Submission
from restrictions.pipelines.keeping import DatabaseStopped
from restrictions.pipelines.opening import Opened
from restrictions.pipelines.reading import SUFFIXES
from restrictions.pipelines.submitting import upload
from restrictions.queries.submissions import submission_sheet

UPLOADS = "restrictions.add_submission"
LARGEST = 20_000_000
"""Bytes of one upload in all."""
_SHOWN = 200
"""Dispatches of a file that the page lists; the others are counted."""


@admin.register(Submission)
class SubmissionAdmin(Tabled, ReadOnlyAdmin):
    """The newest first."""

    list_display = ("came", "sender_words", "size", "idempotency_key")
    list_select_related = ("token", "sender")
    search_fields = ("idempotency_key", "token__name", "sender__username")
    search_help_text = _("The key, the token's name or the user's")
    ordering = ("-recorded_at",)

    def has_add_permission(self, request: HttpRequest, _parent: Any = None) -> bool:
        user: Any = request.user
        return bool(user.has_perm(UPLOADS))

    def add_view(self, request: HttpRequest, *_args: Any, **_extra: Any) -> HttpResponse:
        """The page to choose files on; sent, they are kept, and the next page says what became of each."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (submission := _uploaded(request)):
            return redirect("admin:restrictions_submission_change", submission.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Upload dispatches"),
            "suffixes": SUFFIXES,
            "megabytes": LARGEST // 1_000_000,
        }
        return TemplateResponse(request, "admin/restrictions/submission/upload.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """What became of each dispatch, by file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = _number(object_id)
        sheet = submission_sheet(number) if number else None
        if sheet is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("What became of it"),
            "sheet": sheet,
            "shown": f":{_SHOWN}",
            "most": _SHOWN,
        }
        return TemplateResponse(request, "admin/restrictions/submission/outcome.html", context)

    @display(description=_("handed in"), ordering="recorded_at")
    def came(self, row: Submission) -> Any:
        return row.recorded_at

    @display(description=_("by"))
    def sender_words(self, row: Submission) -> str:
        return str(row.token or row.sender)


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _uploaded(request: HttpRequest) -> Submission | None:
    """The submission; none where nothing can be taken, and then a message says why."""
    files: list[Any] = request.FILES.getlist("files")
    user: Any = request.user
    if not files:
        messages.error(request, gettext("Choose at least one file."))
    elif sum(file.size or 0 for file in files) > LARGEST:
        said = gettext("One upload takes %(n)d MB in all. Send fewer files, or use manage.py ingest on the server.")
        messages.error(request, said % {"n": LARGEST // 1_000_000})
    else:
        try:
            return upload([Opened(file.name or "", file.size or 0, file.file) for file in files], by=user)
        except DatabaseStopped as error:
            said = gettext("The database takes no more: %(why)s. What was stored stays; upload the same again later.")
            messages.error(request, said % {"why": error})
    return None
