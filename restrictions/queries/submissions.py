"""What became of what was handed in at once: of each dispatch, when it came and as it stands now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from restrictions.models import ApiToken, Claim, Dispatch, Submission
from restrictions.models.dispatch import UNFINISHED, DispatchState


@dataclass(frozen=True, slots=True)
class Fate:
    """One dispatch: whether it was stored, held already or refused and why; where it stands; its claims.

    ``place`` is the file and line that it came from; empty where a program sent it.
    """

    outcome: str
    reason: str
    dispatch: int | None
    state: str
    state_label: str
    state_reason: str
    claims: int
    place: str
    title: str

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED


@dataclass(frozen=True, slots=True)
class SubmissionSheet:
    """A submission with the fate of each dispatch, in their order. Not ``is_stored`` while that goes on."""

    id: UUID
    recorded_at: datetime
    is_stored: bool
    fates: tuple[Fate, ...]

    @property
    def is_finished(self) -> bool:
        return self.is_stored and all(fate.is_finished for fate in self.fates)


def submission_sheet(number: UUID, *, token: ApiToken | None = None) -> SubmissionSheet | None:
    """The submission of this number, of this token where one is given; none where there is no such. Four queries."""
    rows = Submission.objects.filter(pk=number)
    row = (rows.filter(token=token) if token else rows).first()
    if row is None:
        return None
    outcomes: list[dict[str, Any]] = row.outcomes or []
    held = [outcome["dispatch"] for outcome in outcomes if "dispatch" in outcome]
    standing = _standing(held)
    claims = _claims(held)
    fates = tuple(_fate(outcome, standing, claims) for outcome in outcomes)
    return SubmissionSheet(row.pk, row.recorded_at, row.outcomes is not None, fates)


def _standing(dispatches: list[int]) -> dict[int, tuple[str, str]]:
    rows = Dispatch.objects.filter(pk__in=dispatches).order_by().values_list("pk", "state", "outcome")
    return {pk: (state, outcome) for pk, state, outcome in rows}


def _claims(dispatches: list[int]) -> dict[int, int]:
    rows = Claim.objects.filter(dispatch_version__dispatch__in=dispatches).order_by()
    return dict(rows.values_list("dispatch_version__dispatch").annotate(Count("pk")))


def _fate(outcome: dict[str, Any], standing: dict[int, tuple[str, str]], claims: dict[int, int]) -> Fate:
    dispatch = outcome.get("dispatch")
    state, state_reason = standing.get(dispatch or 0, ("", ""))
    return Fate(
        outcome=outcome["outcome"],
        reason=outcome.get("reason", ""),
        dispatch=dispatch,
        state=state,
        state_label=str(DispatchState(state).label) if state else "",
        state_reason=state_reason,
        claims=claims.get(dispatch or 0, 0),
        place=outcome.get("place", ""),
        title=outcome.get("title", ""),
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
