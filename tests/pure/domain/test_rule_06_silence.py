"""Rule 6: a refusal to say is a mark on what is in force, and a position only where nothing is."""

import pytest

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.vocabulary import Track
from tests.pure.domain.claims import TREE, disputed, line, reaffirms, sets, silent, told

BAN = sets("a", "banned", "2022-06-01")


@pytest.mark.parametrize(
    ("claims", "positions", "marks"),
    [
        pytest.param(
            [BAN, reaffirms("b", "undisclosed", "2024-05-01")],
            ["banned 2022-06-01 - (a)"],
            ["2024-05-01 (b)"],
            id="a mark on a position that goes on",
        ),
        pytest.param(
            [BAN, sets("b", "undisclosed", "2024-05-01", prior="banned")],
            ["banned 2022-06-01 - (a)"],
            ["2024-05-01 (b)"],
            id="also where keeping silent is the decision",
        ),
        pytest.param(
            [reaffirms("b", "undisclosed", "2024-05-01")],
            ["undisclosed< 2024-05-01 - (b)"],
            [],
            id="a position where nothing is in force",
        ),
        pytest.param(
            [sets("b", "undisclosed", "2024-05-01")],
            ["undisclosed 2024-05-01 - (b)"],
            [],
            id="by a decision: its start is known",
        ),
        pytest.param(
            [sets("b", "undisclosed", "2024-05-01", by="anonymous_official")],
            ["undisclosed? 2024-05-01 - (b)"],
            [],
            id="provisional by the same rule",
        ),
        pytest.param(
            [reaffirms("b", "undisclosed", "2024-05-01"), reaffirms("c", "undisclosed", "2024-06-01")],
            ["undisclosed< 2024-05-01 - (b c)"],
            [],
            id="said again, it is evidence",
        ),
        pytest.param(
            [reaffirms("b", "undisclosed", "2024-05-01"), reaffirms("c", "banned", "2024-06-01", by="media")],
            ["undisclosed< 2024-05-01 2024-06-01 (b)", "banned<? 2024-06-01 - (c)"],
            [],
            id="it yields to the first claim with a status, whatever its act",
        ),
        pytest.param(
            [
                reaffirms("b", "undisclosed", "2024-05-01"),
                sets("c", "banned", "2024-04-01", published="2024-06-01"),
            ],
            ["banned 2024-04-01 - (c)"],
            ["2024-05-01 (b)"],
            id="a later report of a status in force that day makes it a mark",
        ),
        pytest.param(
            [
                reaffirms("b", "undisclosed", "2024-03-01"),
                sets("c", "banned", "2024-04-01"),
                reaffirms("d", "undisclosed", "2024-05-01"),
            ],
            ["undisclosed< 2024-03-01 2024-04-01 (b)", "banned 2024-04-01 - (c)"],
            ["2024-05-01 (d)"],
            id="a position before, a mark after",
        ),
    ],
)
def test_a_refusal_to_say(claims: list[Claim], positions: list[str], marks: list[str]) -> None:
    record = derive(claims, weapons=TREE)
    assert told(record) == positions
    assert silent(record) == marks
    assert disputed(record) == []


def test_silence_fills_what_a_general_turn_left_open() -> None:
    claims = [
        BAN,
        sets("b", "banned", "2022-06-01", weapon="atacms"),
        sets("c", "conditional", "2024-05-30"),
        reaffirms("d", "undisclosed", "2024-06-10", weapon="atacms"),
    ]
    assert told(derive(claims, weapons=TREE), line("atacms")) == [
        "banned 2022-06-01 2024-05-30 (b)",
        "undisclosed< 2024-06-10 - (d)",
    ]


def test_silence_about_delivery_stands_on_the_supply_track() -> None:
    claims = [reaffirms("b", "undisclosed", "2024-05-01", about_delivery=True)]
    record = derive(claims, weapons=TREE)
    assert told(record, line(track=Track.SUPPLY)) == ["undisclosed< 2024-05-01 - (b)"]
    assert told(record) == []
