"""Which stored texts a new one may be a copy of."""

from collections.abc import Mapping

from django.db import connection

from restrictions.feeds.dedupe import Fingerprint

MOST = 10
"""Held texts that a new one is compared with: more share a band only where they are made from one template."""

# Materialized: with the limit in sight PostgreSQL expects to meet enough of them soon, and reads the table instead of
# the index. Rows are still taken one by one, and no more than the limit.
_NEAR = """
    SELECT item.dispatch, near.dispatch_id, near.sketch
    FROM unnest(%s::bigint[], %s::text[]) AS item(dispatch, bands)
    CROSS JOIN LATERAL (
        WITH alike AS MATERIALIZED (
            SELECT dispatch_id, sketch FROM restrictions_fingerprint WHERE bands && item.bands::int[]
        )
        SELECT dispatch_id, sketch FROM alike LIMIT %s
    ) near
    ORDER BY item.dispatch, near.dispatch_id
"""


def near_texts(prints: Mapping[int, Fingerprint]) -> dict[int, list[tuple[int, bytes]]]:
    """For each new dispatch, the clusters' texts that share a band with its own, the oldest first. One query."""
    bands = [f"{{{','.join(map(str, one.bands))}}}" for one in prints.values()]
    found: dict[int, list[tuple[int, bytes]]] = {dispatch: [] for dispatch in prints}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(prints), bands, MOST])
        for dispatch, held, sketch in cursor.fetchall():
            found[dispatch].append((held, bytes(sketch)))
    return found
