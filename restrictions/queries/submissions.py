"""What became of what was handed in at once: of each dispatch, when it came and as it stands now."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery, Sum

from restrictions.models import ApiToken, Claim, Dispatch, DispatchVersion, Submission
from restrictions.models.dispatch import UNFINISHED, DispatchState


@dataclass(frozen=True, slots=True)
class Fate:
    """One dispatch: whether it was stored, held already or refused, and why; where it stands; its claims.

    ``file`` and ``part`` say where it came from, e.g. “news.jsonl” and “line 7”; empty where a program sent it.
    """

    outcome: str
    reason: str
    dispatch: int | None
    state: str
    state_label: str
    state_reason: str
    claims: int
    file: str
    part: str
    title: str

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED


@dataclass(frozen=True, slots=True)
class FileFates:
    """What became of one file's dispatches: counts by outcome, and each of them."""

    name: str
    fates: tuple[Fate, ...]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(fate.outcome for fate in self.fates))


@dataclass(frozen=True, slots=True)
class SubmissionSheet:
    """A submission with the fate of each dispatch, in their order. Not ``is_stored`` while that goes on.

    ``sender`` is the token or the user that it came from.
    """

    id: UUID
    recorded_at: datetime
    sender: str
    is_stored: bool
    fates: tuple[Fate, ...]

    @property
    def files(self) -> tuple[FileFates, ...]:
        """The fates by file, in their order."""
        return tuple(FileFates(name, tuple(fates)) for name, fates in groupby(self.fates, lambda fate: fate.file))

    @property
    def is_finished(self) -> bool:
        return self.is_stored and all(fate.is_finished for fate in self.fates)


def submission_sheet(number: UUID, *, token: ApiToken | None = None) -> SubmissionSheet | None:
    """The submission of this number, of this token where one is given; none where there is no such. Four queries."""
    rows = Submission.objects.filter(pk=number).select_related("token", "sender")
    row = (rows.filter(token=token) if token else rows).first()
    if row is None:
        return None
    outcomes: list[dict[str, Any]] = row.outcomes or []
    held = [outcome["dispatch"] for outcome in outcomes if "dispatch" in outcome]
    standing = _standing(held)
    claims = _claims(held)
    fates = tuple(_fate(outcome, standing, claims) for outcome in outcomes)
    return SubmissionSheet(row.pk, row.recorded_at, str(row.token or row.sender), row.outcomes is not None, fates)


class _Standing(NamedTuple):
    """Where a dispatch stands now."""

    state: str = ""
    outcome: str = ""
    title: str = ""


def _standing(dispatches: list[int]) -> dict[int, _Standing]:
    titles = DispatchVersion.objects.filter(dispatch=OuterRef("pk")).order_by("-number").values("title")[:1]
    rows = Dispatch.objects.filter(pk__in=dispatches).order_by().annotate(newest=Subquery(titles))
    return {pk: _Standing(*rest) for pk, *rest in rows.values_list("pk", "state", "outcome", "newest")}


def _claims(dispatches: list[int]) -> dict[int, int]:
    rows = Claim.objects.filter(dispatch_version__dispatch__in=dispatches).order_by()
    return dict(rows.values_list("dispatch_version__dispatch").annotate(Count("pk")))


def _fate(outcome: dict[str, Any], standing: dict[int, _Standing], claims: dict[int, int]) -> Fate:
    dispatch = outcome.get("dispatch")
    found = standing.get(dispatch or 0, _Standing())
    return Fate(
        outcome=outcome["outcome"],
        reason=outcome.get("reason", ""),
        dispatch=dispatch,
        state=found.state,
        state_label=str(DispatchState(found.state).label) if found.state else "",
        state_reason=found.outcome,
        claims=claims.get(dispatch or 0, 0),
        file=outcome.get("file", ""),
        part=outcome.get("part", ""),
        title=found.title,
    )


MINUTE = 60
"""Seconds over which a token's submissions are counted."""


@dataclass(frozen=True, slots=True)
class Recently:
    """How much a token has handed in during the last minute."""

    requests: int
    dispatches: int


def recently_of(token: ApiToken, *, now: datetime) -> Recently:
    """What the token has handed in during the last sixty seconds. One query."""
    rows = Submission.objects.filter(token=token, recorded_at__gt=now - timedelta(seconds=MINUTE))
    counts = rows.aggregate(requests=Count("pk"), dispatches=Sum("size", default=0))
    return Recently(counts["requests"], counts["dispatches"])
