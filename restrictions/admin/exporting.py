"""The page that gives a list away as a table, as it is searched and filtered."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from restrictions.actions.audit import enter_export
from restrictions.admin.deciding import curator
from restrictions.domain.unreadable import Unreadable
from restrictions.queries.tables import TABLES, Table
from restrictions.queries.tables.sheets import FORMS, csv_sheet, json_sheet, xlsx_sheet

_CONTENT = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_AT_ONCE = 1000


@require_http_methods(["GET", "POST"])
def export_view(
    request: HttpRequest, *, model_admin: Any, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponseBase:
    """The choice of forms, with how many rows there are; or the file."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    meta = model_admin.opts
    table = TABLES[meta.model_name]()
    rows = table.rows().filter(pk__in=model_admin.get_changelist_instance(request).queryset.order_by().values("pk"))
    fault, form = "", request.POST.get("form", "")
    if request.method == "POST" and form in FORMS:
        try:
            return _file(request, table, rows.order_by("pk"), form)
        except Unreadable as wrong:
            fault = str(wrong)
    context = {
        **each_context(request),
        "opts": meta,
        "title": gettext("Take away a table of %(rows)s") % {"rows": meta.verbose_name_plural},
        "count": rows.count(),
        "fault": fault,
        "forms": FORMS,
        "filtered": bool(request.GET),
        "columns": table.get_export_headers(),
        "takes_in": table.takes_in,
    }
    return TemplateResponse(request, "admin/restrictions/table/take.html", context)


def _file(request: HttpRequest, table: Table, rows: "QuerySet[Any]", form: str) -> HttpResponseBase:
    """The rows as a download, which the audit log tells of. CSV and JSON are sent as they are read."""
    columns, cells = table.get_export_headers(), _cells(table, rows)
    response: HttpResponseBase
    if form == "xlsx":
        response = HttpResponse(xlsx_sheet(columns, cells), content_type=_CONTENT[form])
    else:
        write = csv_sheet if form == "csv" else json_sheet
        response = StreamingHttpResponse(write(columns, cells), content_type=_CONTENT[form])
    name = f"caveat-{rows.model._meta.model_name}-{timezone.now():%Y-%m-%d}.{form}"
    enter_export(by=curator(request), what=f"{name}, {rows.count()} rows {request.GET.urlencode()}".strip())
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(table: Table, rows: "QuerySet[Any]") -> Iterator[list[str]]:
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield table.export_resource(row)
