"""The starter record for tests: for a module in one transaction, or committed for programs that run beside."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

# The record's own modules are imported inside: pytest reads this file before Django is set up.


def _load() -> None:
    from restrictions.actions.reference import load_reference  # noqa: PLC0415
    from restrictions.actions.starter import load_starter  # noqa: PLC0415

    load_reference()
    load_starter()


@pytest.fixture(scope="module")
def starter_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter record, loaded once for a module of tests in a transaction that is never committed."""
    from django.db import transaction  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_starter_record(transactional_db: None) -> None:
    """The starter record where a browser, and the server that it asks, can see it."""
    _load()
