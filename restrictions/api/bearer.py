"""Who knocks: a program with a token that is good for what it asks."""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from restrictions.actions.tokens import digest, token_used
from restrictions.api.problems import Problem, unauthorized
from restrictions.models import ApiToken, Scope
from restrictions.queries.tokens import good_token


class TokenBearer(HttpBearer):
    """The header ``Authorization: Bearer …`` with a token of this scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, _request: HttpRequest, token: str) -> ApiToken:
        """The token's row. Raises Problem: 401 for one that opens nothing, 403 for one that opens other doors."""
        now = timezone.now()
        row = good_token(digest(token.strip()), now=now)
        if row is None:
            raise unauthorized("This token is unknown, revoked or past its end. Ask an editor for a new one.")
        if self._scope.value not in row.scopes:
            needs = f"This token is not good for {self._scope.value}."
            raise Problem(403, "forbidden", "The token is good for other things", needs)
        token_used(token=row, now=now)
        return row
