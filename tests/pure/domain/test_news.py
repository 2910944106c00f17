"""What a revision did to a position, as far as it is news."""

from dataclasses import replace
from datetime import date

import pytest

from restrictions.domain.claims import Claim
from restrictions.domain.days import parse_day
from restrictions.domain.derivation import derive
from restrictions.domain.news import News, news_of
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Status
from tests.pure.domain.claims import TREE, reaffirms, sets

BAN = sets("a", "banned", "2022-06-01")


def position(*claims: Claim) -> Position:
    return derive(claims, weapons=TREE).positions[0]


def test_what_comes_is_new_and_what_goes_is_withdrawn() -> None:
    assert news_of(None, position(BAN)) is News.NEW
    assert news_of(position(BAN), None) is News.WITHDRAWN
    assert news_of(None, None) is None


def test_an_end_and_a_confirmation_are_no_news() -> None:
    ended = position(BAN, sets("b", "allowed", "2024-05-30"))
    confirmed = position(BAN, reaffirms("c", "banned", "2023-01-01"))
    assert ended.ends is not None
    assert confirmed.last_confirmed > position(BAN).last_confirmed
    assert news_of(position(BAN), ended) is None
    assert news_of(position(BAN), confirmed) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.ALLOWED},
        {"starts": parse_day("2022-05")},
        {"provisional": True},
        {"contested": True},
        {"practice": Status.WITHHELD},
    ],
    ids=str,
)
def test_whatever_else_it_says_is_a_correction(changes: dict[str, object]) -> None:
    before = position(BAN)
    after: Position = replace(before, **changes)  # type: ignore[arg-type]
    assert news_of(before, after) is News.CORRECTED


def test_one_more_limit_is_a_correction_and_one_more_word_for_it_is_none() -> None:
    limited = sets("a", "conditional", "2024-05-30", areas="UA-63", area_role="defended")
    again = reaffirms("b", "conditional", "2024-06-03", areas="UA-63", area_role="defended")
    more = reaffirms("b", "conditional", "2024-06-03", conditions="counter_fire")
    assert news_of(position(limited), position(limited, again)) is None
    assert news_of(position(limited), position(limited, more)) is News.CORRECTED


def test_an_unknown_start_that_moves_is_no_correction() -> None:
    known = position(reaffirms("a", "banned", "2023-06-01"))
    earlier = position(reaffirms("b", "banned", "2023-01-01"), reaffirms("a", "banned", "2023-06-01"))
    assert known.open_start
    assert earlier.open_start
    assert earlier.starts != known.starts
    assert news_of(known, earlier) is None
    assert date(2023, 1, 1) == earlier.first_day
