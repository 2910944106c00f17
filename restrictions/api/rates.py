"""How much one token may ask in a minute."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from restrictions.api.problems import Problem
from restrictions.models import ApiToken
from restrictions.queries.submissions import MINUTE, recently_of


def check_requests(token: ApiToken, *, now: datetime) -> None:
    """Count this request. Raises Problem 429 where it is one too many in this minute of the clock.

    Where the cache is down, submissions are counted in the record: a request that was refused leaves none there.
    """
    limit, second = settings.API_REQUESTS_PER_MINUTE, int(now.timestamp())
    key = f"requests:{token.pk}:{second // MINUTE}"
    try:
        cache.add(key, 0, MINUTE * 2)
        count = cache.incr(key)
    except (RedisError, OSError, ValueError):
        count = recently_of(token, now=now).requests + 1
    if count > limit:
        raise _too_many(f"{limit:,} requests", MINUTE - second % MINUTE)


def check_dispatches(token: ApiToken, count: int, *, now: datetime) -> None:
    """Raises Problem 429 where these dispatches, with those of the last sixty seconds, are too many."""
    limit = settings.API_DISPATCHES_PER_MINUTE
    if recently_of(token, now=now).dispatches + count > limit:
        raise _too_many(f"{limit:,} dispatches", MINUTE)


def _too_many(what: str, seconds: int) -> Problem:
    detail = f"A token may send {what} a minute. Wait {seconds} s and go on."
    return Problem(429, "too-many", "Too much in one minute", detail, headers={"Retry-After": str(seconds)})
