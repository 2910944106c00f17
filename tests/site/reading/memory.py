"""What a process and the cache remember of a record, and how many queries a page asks with it and without."""

import sys

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def forget() -> None:
    """Empty the cache, and what the queries' functions remember of revisions that they have read."""
    cache.clear()
    for name, module in sorted(sys.modules.items()):
        if name.startswith("restrictions.queries."):
            for function in vars(module).values():
                if hasattr(function, "cache_clear"):
                    function.cache_clear()


def queries_of(client: Client, address: str) -> int:
    """How many queries a page asks that is not kept, of a process that has read this revision before."""
    _ask(client, address)
    cache.clear()
    return _ask(client, address)


def first_queries_of(client: Client, address: str) -> int:
    """How many it asks of a process that remembers nothing."""
    forget()
    return _ask(client, address)


def _ask(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
