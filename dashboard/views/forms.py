"""Any page's CSV in the other forms that tables have: the same rows, cell by cell, as text."""

import csv
import gzip
import io
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, URLResolver, path

from dashboard.exports.files import CONTENT_TYPES, file_of
from restrictions.domain.datasets import Column, Kind

View = Callable[..., HttpResponseBase]

OTHER_FORMS = ("json", "ndjson", "parquet", "xlsx")


def in_other_forms(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    """For each address of CSV, those of the same table in the other forms, but for JSON that a page makes itself."""
    named = {one.name for one in patterns if isinstance(one, URLPattern)}
    return [
        path(str(one.pattern).removesuffix("csv") + form, _in_form(one.callback, form), name=f"{one.name[:-3]}{form}")
        for one in patterns
        if isinstance(one, URLPattern) and one.name and one.name.endswith("-csv")
        for form in OTHER_FORMS
        if f"{one.name[:-3]}{form}" not in named
    ]


def _in_form(view: View, form: str) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        names, *rows = csv.reader(io.StringIO(_text(response), newline=""))
        columns = [Column(name, Kind.TEXT) for name in names]
        said = StreamingHttpResponse(file_of(form, columns, rows, {}), content_type=CONTENT_TYPES[form])
        for name in ("ETag", "Cache-Control"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        disposition = response.headers.get("Content-Disposition", "attachment")
        said.headers["Content-Disposition"] = disposition.replace(".csv", f".{form}")
        return said

    return answer


def _text(response: HttpResponseBase) -> str:
    """The body, which may come packed from where pages are kept."""
    body = cast("HttpResponse", response).getvalue()
    return (gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body).decode("utf-8-sig")
