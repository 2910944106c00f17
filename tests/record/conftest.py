"""What the record's tests stand on: a database that holds the reference rows."""

import pytest

# The record's own modules are imported inside: pytest reads this file before Django is set up.


@pytest.fixture
def reference(db: None) -> None:
    """Four countries, and the weapons from any to ATACMS."""
    from tests.record.rows import make_reference  # noqa: PLC0415

    make_reference()
