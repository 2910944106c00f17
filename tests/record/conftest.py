"""What the record's tests stand on: a database that holds the reference rows, or the whole starter record."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

# The record's own modules are imported inside: pytest reads this file before Django is set up.


@pytest.fixture
def reference(db: None) -> None:
    """Four countries, and the weapons from any to ATACMS."""
    from tests.record.rows import make_reference  # noqa: PLC0415

    make_reference()


@pytest.fixture(scope="module")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter record, loaded once for a module in a transaction that is never committed."""
    from django.db import transaction  # noqa: PLC0415

    from restrictions.actions.reference import load_reference  # noqa: PLC0415
    from restrictions.actions.starter import load_starter  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_starter()
        yield
        transaction.set_rollback(True)
