"""When the last sweep ended, for those who watch: kept in the cache, since losing it loses nothing."""

from django.core.cache import cache
from django.utils import timezone

from restrictions.queries.health import LAST_SWEEP

_KEPT_SECONDS = 7 * 24 * 3600


def note_sweep() -> None:
    """A sweep has just ended."""
    cache.set(LAST_SWEEP, timezone.now(), _KEPT_SECONDS)
