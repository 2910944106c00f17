"""Long lists are counted once a minute, short ones each time."""

from datetime import UTC, datetime, timedelta

import pytest

from restrictions.models import Dispatch
from restrictions.queries.plenty import counted

pytestmark = pytest.mark.django_db
NOW = datetime(2099, 5, 30, 12, 0, 20, tzinfo=UTC)


def come(*names: str) -> None:
    Dispatch.objects.bulk_create(Dispatch(publisher=name) for name in names)


def test_few_are_counted_each_time(django_assert_num_queries: pytest.FixtureRequest) -> None:
    come("A", "B")
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django names no type for it
        assert counted(Dispatch.objects.all(), NOW, many=2) == 2
    come("C")
    assert counted(Dispatch.objects.order_by("publisher"), NOW, many=4) == 3


def test_many_are_counted_once_a_minute_and_question_by_question() -> None:
    come("A", "A", "B")
    rows, named = Dispatch.objects.all(), Dispatch.objects.filter(publisher="A")
    assert (counted(rows, NOW, many=1), counted(named, NOW, many=1)) == (3, 2)
    come("A")
    later = NOW + timedelta(seconds=30)
    assert (counted(rows, later, many=1), counted(named, later, many=1)) == (3, 2)
    next_minute = NOW + timedelta(minutes=1)
    assert (counted(rows, next_minute, many=1), counted(named, next_minute, many=1)) == (4, 3)
