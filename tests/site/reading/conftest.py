"""What the reading room's tests stand on: the whole starter record, and a small record of our own words."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def starter_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The starter record, loaded once for a module of tests and taken away after it."""
    # Imported here: pytest reads this file before Django is set up.
    from django.db import transaction  # noqa: PLC0415

    from restrictions.actions.reference import load_reference  # noqa: PLC0415
    from restrictions.actions.starter import load_starter  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_starter()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def small_record(db: None) -> None:
    """The United States: a general ban, then limits around Kharkiv from a dispatch of May 2024, and a ban on ATACMS."""
    from tests.site.reading.rows import make_small_record  # noqa: PLC0415

    make_small_record()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in French leaves its language behind in this thread."""
    from django.utils import translation  # noqa: PLC0415

    with translation.override("en"):
        yield
