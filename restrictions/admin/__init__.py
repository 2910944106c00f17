"""The curators' desk, one module per aggregate. Buttons call actions; everything else is looked at."""

from restrictions.admin import claim, country, dispatch, mark, position, revision, settlement, user, weapon

__all__ = ["claim", "country", "dispatch", "mark", "position", "revision", "settlement", "user", "weapon"]
