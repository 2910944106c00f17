"""What the database refuses is refused when it is committed, whether it looks at once or at the end."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


def refused(change: Callable[[], Any], match: str, error: type[DatabaseError] = IntegrityError) -> None:
    """The change fails by the named constraint or with these words, and leaves nothing."""
    with pytest.raises(error, match=match):
        _commit(change)


def _commit(change: Callable[[], Any]) -> None:
    with transaction.atomic():
        change()
        connection.check_constraints()
