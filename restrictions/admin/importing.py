"""The pages that bring a table in: the file, then the fate of each row, then the word that writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from restrictions.actions.imports import keep_table, write_table
from restrictions.admin.deciding import carry_out, curator, seen
from restrictions.admin.plan_words import PlanBlock, in_words
from restrictions.domain.unreadable import Unreadable
from restrictions.models import SentTable
from restrictions.queries.foreseen import Foreseen, foreseen, may_accept, may_send
from restrictions.queries.tables import TABLES, Fate, Kind
from restrictions.queries.tables.sheets import FORMS, LARGEST, MOST_ROWS

KIND_WORDS = {
    Kind.REFUSED: _("refused"),
    Kind.CHANGED: _("changed"),
    Kind.NEW: _("new"),
    Kind.UNCHANGED: _("unchanged"),
}
_PAGE = 100
_BLOCKS = 40
"""Lines of the record whose changes are written out; the others are counted."""

EachContext = Callable[[HttpRequest], dict[str, Any]]


class TableForm(forms.Form):
    """The file, and whether its new claims are accepted too."""

    file = forms.FileField(
        label=_("Table"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{form}" for form in FORMS)}),
    )
    accepts = forms.BooleanField(label=_("Accept its new claims as well"), required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                gettext("The file is larger than %(size)s MB: split the table.") % {"size": LARGEST // 1_000_000}
            )
        return file


@dataclass(frozen=True, slots=True)
class Tab:
    """How many rows share a fate, and whether they are the ones on the page."""

    kind: str
    label: str
    count: int
    current: bool


@require_http_methods(["GET", "POST"])
def import_view(request: HttpRequest, *, model: type[Model], each_context: EachContext) -> HttpResponse:
    """The form; or the fates of a table that was sent; or, once they were seen and it is said, the list."""
    table = str(model._meta.model_name)
    if not may_send(curator(request), table):
        raise PermissionDenied
    context = {**each_context(request), "opts": model._meta, "title": _title(model)}
    asked = request.POST.get("sheet") or request.GET.get("sheet", "")
    if asked.isdecimal():
        sent = get_object_or_404(
            SentTable.objects.select_related("revision"), pk=asked, table=table, sent_by=curator(request)
        )
        return _looked_at(request, sent, context)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (sent_to := _kept(request, table, form)):
        return redirect(sent_to)
    facts = {
        "columns": TABLES[table]().get_export_headers(),
        "most": f"{MOST_ROWS:,}",
        "megabytes": LARGEST // 1_000_000,
    }
    context |= {"form": form, "accepting": may_accept(curator(request), table), "facts": facts}
    return TemplateResponse(request, "admin/restrictions/table/send.html", context)


def _title(model: type[Model]) -> str:
    return gettext("Bring in a table of %(rows)s") % {"rows": model._meta.verbose_name_plural}


def _kept(request: HttpRequest, table: str, form: TableForm) -> str:
    """Where its fates are shown; nowhere, and the form says why, where it is no table."""
    file = form.cleaned_data["file"]
    try:
        sent = keep_table(table=table, name=file.name, content=file.read(), by=curator(request))
    except Unreadable as wrong:
        form.add_error("file", str(wrong))
        return ""
    accepts = "&accepts=1" if form.cleaned_data["accepts"] and may_accept(curator(request), table) else ""
    return f"{reverse(f'admin:restrictions_{table}_import')}?sheet={sent.pk}{accepts}"


def _looked_at(request: HttpRequest, sent: SentTable, context: dict[str, Any]) -> HttpResponse:
    """The fates; or the list, where the button that writes was pressed."""
    accepts = "accepts" in request.POST or "accepts" in request.GET
    accepts = accepts and may_accept(curator(request), sent.table)
    if request.method == "POST" and "accepts" in request.POST and not accepts:
        raise PermissionDenied
    if request.POST.get("do") == "write" and _reason(request) and carry_out(request, partial(_written, request, sent)):
        return redirect(f"admin:restrictions_{sent.table}_changelist")
    context |= {"sent": sent, "accepts": accepts, "accepting": may_accept(curator(request), sent.table)}
    context["missing"] = request.method == "POST" and not _reason(request)
    if not sent.written_at:
        try:
            context |= _fates_page(request, foreseen(sent, by=curator(request), accepts=accepts))
        except Unreadable as wrong:
            context["unreadable"] = str(wrong)
    return TemplateResponse(request, "admin/restrictions/table/look.html", context)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _written(request: HttpRequest, sent: SentTable) -> str:
    accepts = "accepts" in request.POST
    wrote = write_table(sent=sent.pk, by=curator(request), reason=_reason(request), accepts=accepts, seen=seen(request))
    return gettext("Written: %(new)s new, %(changed)s changed. Left out: %(refused)s.") % wrote.counts


def _fates_page(request: HttpRequest, found: Foreseen) -> dict[str, Any]:
    """What the page shows of the rows: those of one fate, a hundred at a time, those that need a look first."""
    asked = request.GET.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else next((kind for kind in KIND_WORDS if found.of(kind)), Kind.NEW)
    plan: tuple[PlanBlock, ...] = in_words(found.lines[:_BLOCKS])
    page: Page[Fate] = Paginator(found.of(kind), _PAGE).get_page(request.GET.get("page"))
    writes = found.counts[Kind.NEW] + found.counts[Kind.CHANGED]
    return {
        "tabs": [Tab(k.value, str(words), found.counts[k], k is kind) for k, words in KIND_WORDS.items()],
        "page": page,
        "plan": plan,
        "more_lines": max(0, len(found.lines) - _BLOCKS),
        "changes_record": bool(found.pairs),
        "writes": writes,
        "leaves_out": found.counts[Kind.REFUSED],
        "seen": found.seen,
        "of_claims": request.path == reverse("admin:restrictions_claim_import"),
    }
