"""Where a request comes from, as seen from behind a proxy."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError


def address_behind_proxy(request: HttpRequest) -> str | None:
    """The visitor's address: the last that X-Forwarded-For names, which our own proxy wrote; else the connection's.

    Without it all visitors would share the proxy's address, and one who guesses passwords would lock everybody out.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(said))
    except ValueError:
        return request.META.get("REMOTE_ADDR")


def visitor_address(request: HttpRequest) -> str:
    """The visitor's address, by the word of our own proxy where there is one; empty where nobody knows it."""
    said = address_behind_proxy(request) if settings.TRUST_PROXY else request.META.get("REMOTE_ADDR")
    return said or ""


_HOUR = 3600


def may_ask(request: HttpRequest, what: str, *, most: int, now: datetime) -> bool:
    """Whether this visitor has asked for it less than that often in this hour of the clock. No address is kept.

    Where the cache is down everybody may: what is asked for has a limit for all visitors together.
    """
    hour = int(now.timestamp()) // _HOUR
    key = f"{what}:{salted_hmac(what, f'{visitor_address(request)} {hour}').hexdigest()}"
    try:
        cache.add(key, 0, _HOUR * 2)
        return cache.incr(key) <= most
    except (RedisError, OSError, ValueError):
        return True


_PROXIES_SAY = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def operators_only(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view, for who shows the token of the metrics, or asks from this machine itself; 403 for anyone else."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if _shows_token(request) or _is_this_machine(request):
            return view(request)
        return HttpResponse("a token is needed\n", content_type="text/plain", status=403)

    return guarded


def _shows_token(request: HttpRequest) -> bool:
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and compare_digest(shown.strip().encode(), wanted.encode())


def _is_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made here. Behind a proxy of this machine every visitor seems to come from it."""
    if settings.TRUST_PROXY:
        address = address_behind_proxy(request)
    elif any(name in request.META for name in _PROXIES_SAY):
        return False
    else:
        address = request.META.get("REMOTE_ADDR")
    try:
        return ip_address(address or "").is_loopback
    except ValueError:  # a socket of this machine has no address, and who is at its other end is not known
        return False
