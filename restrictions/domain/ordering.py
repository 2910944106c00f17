"""Rule 1: the order in which claims are taken, whatever the order in which they were accepted."""

from collections.abc import Iterable
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.vocabulary import CLAIM_ACTS, AreaRole, Status

_RANK = {act: rank for rank, act in enumerate(CLAIM_ACTS)}


def is_exception(claim: Claim) -> bool:
    """Whether a claim bans areas only ("not Moscow"), so that beside a permission it is an exception (rule 14)."""
    return claim.status is Status.BANNED and bool(claim.areas) and claim.area_role is AreaRole.TARGET


def order_of(claim: Claim) -> tuple[date, bool, int, bool, str]:
    """Sort key: publication, exceptions after what they except from, act, `undisclosed` last, then the stable key."""
    return (
        claim.said_on,
        is_exception(claim),
        _RANK[claim.act],
        claim.status is Status.UNDISCLOSED,
        claim.key,
    )


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that count, in the order of rule 1. Retracted ones stay in the log and count for nothing."""
    return sorted((claim for claim in claims if not claim.retracted), key=order_of)
