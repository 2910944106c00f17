"""Putting copies of a story together, as dispatches are stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import connection

from restrictions.actions.inserting import insert_new
from restrictions.feeds.dedupe import Fingerprint, is_copy, packed, unpacked
from restrictions.models import Dispatch
from restrictions.models import Fingerprint as StoredFingerprint
from restrictions.queries.clusters import MOST, near_texts

CLUSTER_LOCK = 20240530
"""Whoever holds it sees every cluster there is: two copies that arrive at once cannot both stand for the story."""


def join_clusters(prints: Mapping[int, Fingerprint]) -> None:
    """Each new dispatch, by its fingerprint, joins the oldest cluster whose text it copies, or stands for a new one.

    To be called last in the transaction that stores them: the lock is held until it ends, and who waits for it
    must hold back nobody that has it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLUSTER_LOCK])
    originals = _originals(prints)
    insert_new(
        StoredFingerprint,
        [
            {"dispatch_id": dispatch, "sketch": f"\\x{packed(one).hex()}", "bands": one.bands}
            for dispatch, one in prints.items()
            if dispatch not in originals
        ],
        told="dispatch_id",
    )
    Dispatch.objects.bulk_update(
        [Dispatch(pk=copy, cluster_id=original) for copy, original in originals.items()], ["cluster"]
    )


def _originals(prints: Mapping[int, Fingerprint]) -> dict[int, int]:
    """Which dispatch each copy is a copy of: of those held, else of those that came just before it."""
    held = near_texts(prints)
    new: defaultdict[int, list[int]] = defaultdict(list)
    found = {}
    for dispatch, one in prints.items():
        earlier = Counter(other for band in one.bands for other in new[band]).most_common(MOST)
        before = ((other, unpacked(sketch)) for other, sketch in held[dispatch])
        original = _first_copied(one, chain(before, ((other, prints[other]) for other, _ in sorted(earlier))))
        if original is not None:
            found[dispatch] = original
            continue
        for band in one.bands:
            new[band].append(dispatch)
    return found


def _first_copied(one: Fingerprint, others: Iterable[tuple[int, Fingerprint]]) -> int | None:
    return next((dispatch for dispatch, other in others if is_copy(one, other)), None)
