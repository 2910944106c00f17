"""The curators' desk, one module per aggregate. Buttons call actions; everything else is looked at."""

from restrictions.admin import (
    api_token,
    audit,
    claim,
    country,
    dispatch,
    feed,
    mark,
    position,
    report,
    revision,
    sample,
    settlement,
    submission,
    user,
    weapon,
    webhook,
)

__all__ = [
    "api_token",
    "audit",
    "claim",
    "country",
    "dispatch",
    "feed",
    "mark",
    "position",
    "report",
    "revision",
    "sample",
    "settlement",
    "submission",
    "user",
    "weapon",
    "webhook",
]
