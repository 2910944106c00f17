"""What a process and the cache remember of a record, forgotten: a test reads its own, and all its queries count."""

import sys

from django.core.cache import cache


def forget() -> None:
    """Empty the cache, and what the queries' functions remember of revisions that they have read."""
    cache.clear()
    for name, module in sorted(sys.modules.items()):
        if name.startswith("restrictions.queries."):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()
