"""Which token a program shows."""

from datetime import datetime

from restrictions.models import ApiToken


def good_token(digest: str, *, now: datetime) -> ApiToken | None:
    """The token of this digest, where it is neither revoked nor past its end. One query."""
    return ApiToken.objects.good(now).filter(digest=digest).first()
