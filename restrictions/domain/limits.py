"""Rules 3 and 14: the limits of a position, each since when and on whose word."""

from collections.abc import Iterable, Iterator
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.positions import Limit, LimitKind
from restrictions.domain.vocabulary import AreaRole

Stated = tuple[LimitKind, str, AreaRole | None]


def unite(claims: Iterable[Claim], exceptions: Iterable[Claim], first_day: date) -> tuple[Limit, ...]:
    """All limits that the claims state; each holds from the ``effective`` of the first claim that states it.

    No limit holds before ``first_day``, the position's own. Claims are in the order of rule 1.
    """
    stated: dict[Stated, list[Claim]] = {}
    for claim in claims:
        for limit in _of(claim):
            stated.setdefault(limit, []).append(claim)
    for claim in exceptions:
        for area in claim.areas:
            stated.setdefault((LimitKind.EXCEPT_AREA, area, None), []).append(claim)
    return tuple(
        Limit(kind, value, max(sources[0].starts.latest, first_day), tuple(claim.key for claim in sources), area_role)
        for (kind, value, area_role), sources in sorted(stated.items(), key=lambda item: item[0][:2])
    )


def _of(claim: Claim) -> Iterator[Stated]:
    for area in sorted(set(claim.areas)):
        yield LimitKind.AREA, area, claim.area_role
    for condition in sorted(claim.conditions):
        yield LimitKind.CONDITION, condition, None
    if claim.depth_km is not None:
        yield LimitKind.DEPTH, str(claim.depth_km), None
