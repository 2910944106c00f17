"""What became of dispatches, and what was coded from them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Dispatch, DispatchVersion, Mark
from restrictions.models.dispatch import UNFINISHED


@dataclass(frozen=True, slots=True)
class Progress:
    """Dispatches by where they stand: codes of ``DispatchState`` to counts."""

    counts: dict[str, int]

    @property
    def unfinished(self) -> int:
        return sum(self.counts.get(state, 0) for state in UNFINISHED)

    @property
    def in_words(self) -> str:
        """E.g. “2 coded, 1 quarantined”."""
        return ", ".join(f"{count} {state}" for state, count in sorted(self.counts.items()))


def progress_of(dispatches: Collection[int]) -> Progress:
    """Where these dispatches stand. One query."""
    rows = Dispatch.objects.filter(pk__in=dispatches).order_by().values_list("state").annotate(Count("pk"))
    return Progress(dict(rows))


def anything_waits(now: datetime) -> bool:
    """Whether there is work for a worker. One query."""
    return Dispatch.objects.waiting(now).exists()


def claims_proposed_from(dispatches: Collection[int]) -> int:
    """How many claims the coder found in these dispatches. One query."""
    found = Claim.objects.filter(dispatch_version__dispatch__in=dispatches)
    return found.exclude(decision=Decision.WITHDRAWN.value).count()


def latest_versions(dispatches: Collection[int]) -> list[DispatchVersion]:
    """The newest version of each of these dispatches, with the dispatch, in their order. One query."""
    newest = (
        DispatchVersion.objects.filter(dispatch__in=dispatches)
        .order_by("dispatch_id", "-number")
        .distinct("dispatch_id")
    )
    found = {version.dispatch_id: version for version in newest.select_related("dispatch")}
    return [found[dispatch] for dispatch in dispatches if dispatch in found]


def versions_with_proposals(versions: Collection[int]) -> set[int]:
    """Which of these versions a claim or a mark points into, whatever became of it. Two queries."""
    claims = (
        Claim.objects.filter(dispatch_version__in=versions).order_by().values_list("dispatch_version_id", flat=True)
    )
    marks = Mark.objects.filter(dispatch_version__in=versions).order_by().values_list("dispatch_version_id", flat=True)
    return {version for version in (*claims, *marks) if version is not None}


def outdated(stamp: str) -> int:
    """How many dispatches another coder or other rules have coded. One query."""
    return Dispatch.objects.coded_otherwise_than(stamp).count()
