"""Rules 3 and 14: the limits of a position, each since when and on whose word."""

from collections.abc import Iterable, Iterator
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.days import ONE_DAY
from restrictions.domain.positions import Limit, LimitKind
from restrictions.domain.vocabulary import AreaRole

Stated = tuple[LimitKind, str, AreaRole | None]


def unite(
    claims: Iterable[Claim], exceptions: Iterable[Claim], first_day: date, until: date | None
) -> tuple[Limit, ...]:
    """All limits that the claims state; each holds from the ``effective`` of the first claim that states it.

    Each holds on a day of the position at least, from ``first_day`` up to ``until``. Claims are in the order of rule 1.
    """
    last = until - ONE_DAY if until else date.max
    stated: dict[Stated, list[Claim]] = {}
    for claim in claims:
        for limit in _of(claim):
            stated.setdefault(limit, []).append(claim)
    for claim in exceptions:
        for area in claim.areas:
            stated.setdefault((LimitKind.EXCEPT_AREA, area, None), []).append(claim)
    return tuple(
        Limit(kind, value, _holds_from(sources[0], first_day, last), _keys(sources), area_role)
        for (kind, value, area_role), sources in sorted(stated.items(), key=lambda item: item[0][:2])
    )


def _holds_from(claim: Claim, first: date, last: date) -> date:
    return min(max(claim.starts.latest, first), last)


def _keys(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.key for claim in claims)


def _of(claim: Claim) -> Iterator[Stated]:
    for area in sorted(set(claim.areas)):
        yield LimitKind.AREA, area, claim.area_role
    for condition in sorted(claim.conditions):
        yield LimitKind.CONDITION, condition, None
    if claim.depth_km is not None:
        yield LimitKind.DEPTH, str(claim.depth_km), None
