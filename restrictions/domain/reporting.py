"""What could be known by a day: the claims that had been published by then, and no more."""

from collections.abc import Iterable
from datetime import date

from restrictions.domain.claims import Claim, FirstUse


def published_by(claims: Iterable[Claim], day: date) -> list[Claim]:
    """The claims whose sources were out at the end of this day; an imprecise day counts by its last (rule 1)."""
    return [claim for claim in claims if claim.said_on <= day]


def seen_by(uses: Iterable[FirstUse], day: date) -> list[FirstUse]:
    """The uses that had been seen at the end of this day."""
    return [use for use in uses if use.day.latest <= day]
