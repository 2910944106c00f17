"""Any page's CSV in the other forms that tables have: the same rows, cell by cell, as text, read as they come."""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
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
        rows = csv.reader(_lines(response))
        columns = [Column(name, Kind.TEXT) for name in next(rows)]
        said = StreamingHttpResponse(file_of(form, columns, rows, {}), content_type=CONTENT_TYPES[form])
        for name in ("ETag", "Cache-Control"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        disposition = response.headers.get("Content-Disposition", "attachment")
        said.headers["Content-Disposition"] = disposition.replace(".csv", f".{form}")
        return said

    return answer


def _lines(response: HttpResponseBase) -> io.TextIOWrapper:
    """The body line by line, which may come packed from where pages are kept, or in pieces."""
    body = io.BufferedReader(_Pieces(iter(cast("Any", response))))
    packed = response.headers.get("Content-Encoding") == "gzip"
    unpacked = cast("io.BufferedReader", gzip.GzipFile(fileobj=body)) if packed else body
    return io.TextIOWrapper(unpacked, encoding="utf-8-sig", newline="")


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)
