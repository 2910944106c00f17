"""What the database refuses is refused when it is committed, whether it looks at once or at the end."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction


def why_refused(change: Callable[[], Any], error: type[DatabaseError] = IntegrityError) -> str:
    """The database's words for refusing the change, of which it leaves nothing; empty where it takes the change."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
    except error as refusal:
        return str(refusal)
    return ""
