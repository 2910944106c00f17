"""How much may be asked in a minute, by one token or from one address, and how that is told.

The header fields are those of the IETF's draft on RateLimit fields (draft-ietf-httpapi-ratelimit-headers-10).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from restrictions.api.bearer import TokenBearer
from restrictions.api.problems import Problem
from restrictions.models import ApiToken, Scope
from restrictions.queries.submissions import MINUTE, recently_of

View = Callable[..., HttpResponseBase]
_OF_ONE_HOME = 64
"""Bits of an IPv6 address that a provider gives to one customer, who has all the addresses that begin so."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one has in a minute of the clock: by which policy, how many requests, how many of them are left."""

    policy: str
    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """How it is told with each answer."""
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={MINUTE}',
            "RateLimit": f'"{self.policy}";r={max(self.left, 0)};t={self.seconds}',
        }


def check_requests(token: ApiToken, *, now: datetime) -> Allowance:
    """Count this request. Raises Problem 429 where it is one too many in this minute of the clock.

    Where the cache is down, submissions are counted in the record: a request that was refused leaves none there.
    """
    limit, second = settings.API_REQUESTS_PER_MINUTE, int(now.timestamp())
    count = _counted(f"requests:{token.pk}", second)
    if count is None:
        count = recently_of(token, now=now).requests + 1
    allowance = Allowance("requests", limit, limit - count, MINUTE - second % MINUTE)
    if count > limit:
        raise _too_many("A token may send", f"{limit:,} requests", allowance.seconds, allowance)
    return allowance


def check_dispatches(token: ApiToken, count: int, *, now: datetime) -> None:
    """Raises Problem 429 where these dispatches, with those of the last sixty seconds, are too many."""
    limit = settings.API_DISPATCHES_PER_MINUTE
    if recently_of(token, now=now).dispatches + count > limit:
        raise _too_many("A token may send", f"{limit:,} dispatches", MINUTE)


def reads_within_limits(view: View, *, address_of: Callable[[HttpRequest], str]) -> View:
    """The view, for who has not asked too much in this minute: by the token shown, else by the visitor's address.

    What is left is put on the request as ``allowance``. Raises Problem: 429, and 401 or 403 for a token that is no
    good. Where the cache is down nobody is counted.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        allowance = _spent(request, address_of)
        request.allowance = allowance  # type: ignore[attr-defined]  # for whoever writes the headers
        if allowance and allowance.left < 0:
            who = "A token may ask for" if allowance.policy == "token" else "Without a token you may ask for"
            raise _too_many(who, f"{allowance.limit:,} answers", allowance.seconds, allowance)
        return view(request, *args, **kwargs)

    return answer


def _spent(request: HttpRequest, address_of: Callable[[HttpRequest], str]) -> Allowance | None:
    """What is left after this request; none where nobody counts."""
    token, second = _token(request), int(timezone.now().timestamp())
    policy, limit = (
        ("token", settings.API_TOKEN_READS_PER_MINUTE) if token else ("address", settings.API_READS_PER_MINUTE)
    )
    count = _counted(f"reads:{token.pk if token else _unnamed(address_of(request))}", second)
    return None if count is None else Allowance(policy, limit, limit - count, MINUTE - second % MINUTE)


def _token(request: HttpRequest) -> ApiToken | None:
    """The token that is shown, if one is. Raises Problem for one that is no good."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return TokenBearer(Scope.READ_RECORD).authenticate(request, shown) if scheme.lower() == "bearer" else None


def _unnamed(address: str) -> str:
    """What an address is counted under: nobody can read it back, and it is forgotten within two minutes."""
    try:
        known = ip_address(address)
        bits = _OF_ONE_HOME if known.version == 6 else known.max_prefixlen
        address = str(ip_network(f"{known}/{bits}", strict=False))
    except ValueError:
        pass  # a socket of this machine has no address
    return salted_hmac("caveat.reader", address).hexdigest()[:32]


def _counted(key: str, second: int) -> int | None:
    """How many there were under this key in this minute of the clock, this one included; none without the cache."""
    key = f"{key}:{second // MINUTE}"
    try:
        cache.add(key, 0, MINUTE * 2)
        return int(cache.incr(key))
    except (RedisError, OSError, ValueError):
        return None


def _too_many(who: str, what: str, seconds: int, allowance: Allowance | None = None) -> Problem:
    detail = f"{who} {what} a minute. Wait {seconds} s and go on."
    headers = {"Retry-After": str(seconds), **(allowance.headers if allowance else {})}
    return Problem(429, "too-many", "Too much in one minute", detail, headers=headers)
