"""Pages kept by the version of the record: made once for each revision, day, code and address, and 304 where seen.

What is kept stands in the cache that all processes share. Losing it costs time and nothing else.
"""

import gzip
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from dashboard.views.asking import refuses_bad_parameters, today_utc
from dashboard.views.code_version import code_version
from restrictions.queries.stamps import RecordStamp, one_revision, record_stamp

View = Callable[..., HttpResponseBase]
Kept = tuple[dict[str, str], dict[str, bytes]]
"""The headers that a view set, and the body as each encoding packs it, the best first."""

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""How a body is packed, the smallest first: at these levels both take about as long."""
_ENCODINGS = re.compile(r"(?:^|,)\s*([\w*-]+)\s*(;\s*q=0(?:\.0*)?\s*(?=,|$))?")

CACHE_CONTROL = "public, no-cache"
"""Anyone may keep a page, and asks before each use whether it still holds: 304 costs one look at an index."""
_KEPT_SECONDS = 24 * 3600
_PART = ("HX-Request", "HX-History-Restore-Request")


def reading_page(view: View) -> View:
    """A page of the record: read only, 400 for a parameter that is not understood, kept by the record's version."""
    return require_safe(one_revision()(kept(refuses_bad_parameters(view))))


def passing_page(view: View) -> View:
    """A page of what changes without a revision (dispatches, proposals): made each time, 304 where it is the same."""
    return require_safe(one_revision()(compared(refuses_bad_parameters(view))))


def kept(view: View) -> View:
    """The view, whose answers hold until the record or the day changes; a refusal is never kept."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Asked for first: rows read later are never older than the stamp that they are kept under.
        name = _name(request, record_stamp())
        etag = f'W/"{name}"'
        if get_conditional_response(request, etag=etag) is not None:
            return _labelled(HttpResponseNotModified(), etag)
        found = _found(name)
        if found is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            if not isinstance(response, HttpResponse):
                return _labelled(response, etag)
            found = _packed(response)
            _keep(name, found)
        return _labelled(_unpacked(found, request), etag)

    return answer


def compared(view: View) -> View:
    """The view, made each time, and 304 where the reader has the same answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            return response
        etag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
        same = get_conditional_response(request, etag=etag) is not None
        return _labelled(HttpResponseNotModified() if same else response, etag)

    return answer


def _name(request: HttpRequest, stamp: RecordStamp) -> str:
    """All that the answer depends on, in one word."""
    told = (
        *(code_version(), str(stamp.revision), str(stamp.instant), today_utc().isoformat()),
        *(get_language() or "", str(settings.DEMO), request.build_absolute_uri()),
        *(request.headers.get(name, "") for name in _PART),
    )
    return sha256("\n".join(told).encode()).hexdigest()[:32]


def _found(name: str) -> Kept | None:
    if settings.DEBUG:  # a template may have changed since
        return None
    try:
        found: Kept | None = cache.get(f"page-{name}")
    except (RedisError, OSError):
        return None
    return found


def _keep(name: str, made: Kept) -> None:
    try:
        cache.set(f"page-{name}", made, _KEPT_SECONDS)
    except (RedisError, OSError):
        return  # the next reader waits for the page as this one did


def _packed(response: HttpResponse) -> Kept:
    return dict(response.headers), {name: pack(response.content) for name, pack in PACKED.items()}


def _unpacked(made: Kept, request: HttpRequest) -> HttpResponse:
    """The answer itself, the same bytes whether it was kept or has just been made.

    It goes out as it is packed: a page of ours holds no secret that its length could give away.
    """
    headers, bodies = made
    encoding = encoding_for(request)
    response = HttpResponse(bodies[encoding] if encoding else gzip.decompress(bodies["gzip"]), headers=headers)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def packed(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """The answer as small as the reader can take it; only for what holds no secret."""
    encoding = encoding_for(request)
    patch_vary_headers(response, ("Accept-Encoding",))
    if encoding and response.content and not response.has_header("Content-Encoding"):
        response.content = PACKED[encoding](response.content)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
    return response


def encoding_for(request: HttpRequest) -> str:
    """The best encoding that the reader takes; empty where it takes none of ours."""
    said = request.headers.get("Accept-Encoding", "")
    taken = {name.strip().lower() for name, refused in _ENCODINGS.findall(said) if not refused}
    return next((name for name in PACKED if name in taken), "")


def _labelled(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
