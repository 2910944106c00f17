"""The curators' desk, one module per aggregate. Buttons call actions; everything else is looked at."""

from restrictions.admin import audit, claim, country, dispatch, mark, position, revision, settlement, user, weapon

__all__ = ["audit", "claim", "country", "dispatch", "mark", "position", "revision", "settlement", "user", "weapon"]
