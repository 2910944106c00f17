"""What the reading room's tests stand on: a small record of our own words, and pages in English."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def small_record(db: None) -> None:
    """The United States: a general ban, then limits around Kharkiv from a dispatch of May 2024, and a ban on ATACMS."""
    # Imported here: pytest reads this file before Django is set up.
    from tests.site.reading.rows import make_small_record  # noqa: PLC0415

    make_small_record()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page asked for in French leaves its language behind in this thread."""
    from django.utils import translation  # noqa: PLC0415

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_kept(services: object) -> None:
    """Pages of an earlier test's record are forgotten: rows written without a revision would not be seen."""
    from django.core.cache import cache  # noqa: PLC0415

    cache.clear()


@pytest.fixture(autouse=True, scope="module")
def nothing_remembered(services: object) -> None:
    """The tests of a module share a record; what a process remembers of another's is forgotten before it."""
    from tests.site.reading.memory import forget  # noqa: PLC0415

    forget()
