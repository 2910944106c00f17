"""Which stored texts a new one may be a copy of."""

from collections.abc import Mapping

from django.db import connection

from restrictions.feeds.dedupe import Fingerprint, unpacked

Candidates = dict[int, list[tuple[int, Fingerprint]]]

MOST = 50
"""Texts that a new one is compared with: more share a band only where they are made from one template."""

_NEAR = """
    SELECT item.dispatch, near.dispatch_id, near.sketch
    FROM unnest(%s::bigint[], %s::text[]) AS item(dispatch, bands)
    CROSS JOIN LATERAL (
        SELECT dispatch_id, sketch FROM restrictions_fingerprint WHERE bands && item.bands::int[] LIMIT %s
    ) near
    ORDER BY item.dispatch, near.dispatch_id
"""


def near_texts(prints: Mapping[int, Fingerprint]) -> Candidates:
    """For each new dispatch, the clusters' texts that share a band with its own, the oldest first. One query."""
    bands = [f"{{{','.join(map(str, one.bands))}}}" for one in prints.values()]
    found: Candidates = {dispatch: [] for dispatch in prints}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(prints), bands, MOST])
        for dispatch, held, sketch in cursor.fetchall():
            found[dispatch].append((held, unpacked(bytes(sketch))))
    return found
