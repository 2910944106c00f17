"""What a decision would change, in the sentences that a curator reads."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.derivation import derive
from restrictions.domain.plan import Change, describe, difference, plan
from restrictions.domain.positions import Record
from restrictions.words import PlainWords
from tests.pure.domain.claims import TREE, denies, reaffirms, ruling, sets
from tests.pure.domain.test_spot_checks import SEED, claims_of
from tests.pure.domain.test_spot_checks import TREE as WEAPONS

WORDS = PlainWords({}, {"UA-63": "Kharkiv", "RU-KRS": "Kursk"})

BAN = sets("a", "banned", "2022-06-01")
LEAK = sets("b", "conditional", "2024-05-30", by="anonymous_official", areas="UA-63", area_role="defended")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def said(changes: tuple[Change, ...] | list[Change]) -> list[str]:
    return [describe(change, WORDS) for change in changes]


def accepting(claim: Claim, *claims: Claim, by: tuple[Settlement, ...] = ()) -> list[str]:
    return said(plan(claim, claims, by, weapons=TREE).changes)


def record(*claims: Claim, by: tuple[Settlement, ...] = ()) -> Record:
    return derive(claims, by, weapons=TREE)


def test_the_dispatch_of_may_2024_in_a_record_that_holds_only_the_ban() -> None:
    general, atacms = SEED
    assert said(plan(general, [BAN], weapons=WEAPONS).changes) == [
        "ends *not allowed*, starts *limits: around Kharkiv only, as counter-fire, no deep strikes* "
        "in May 2024 (day unknown)"
    ]
    assert said(plan(atacms, [BAN, general], weapons=WEAPONS).changes) == [
        "starts *not allowed*: start not known, first known to hold in May 2024 (day unknown)"
    ]


def test_a_ban_first_seen_where_nothing_was_said_has_an_open_start() -> None:
    unsaid = sets("s", "supplied", "2023-10-17", weapon="atacms")
    assert said(plan(SEED[1], [unsaid], weapons=WEAPONS).changes)[-1] == (
        "ends *nothing said*, starts *not allowed*: start not known, first known to hold in May 2024 (day unknown)"
    )


def test_the_dispatch_of_may_2024_in_the_starter_record() -> None:
    known = claims_of("US", "UA")
    general, atacms = SEED
    assert said(plan(general, known, weapons=WEAPONS).changes) == [
        "joins the evidence of the position that starts on 30 May 2024"
    ]
    assert said(plan(atacms, known, weapons=WEAPONS).changes) == [
        "joins the evidence of the position that starts in February 2024 (day unknown)"
    ]


@pytest.mark.parametrize(
    ("claim", "claims", "sentences"),
    [
        pytest.param(BAN, [], ["starts *not allowed* on 1 June 2022"], id="starts"),
        pytest.param(
            LEAK,
            [BAN],
            ["ends *not allowed*, starts *limits: around Kharkiv only* on 30 May 2024"],
            id="turns",
        ),
        pytest.param(
            sets("c", "conditional", "2024-05-30~", published="2024-06-10"),
            [BAN],
            ["ends *not allowed*, starts *limits* about 30 May 2024"],
            id="about a day",
        ),
        pytest.param(
            reaffirms("c", "conditional", "2024-05-31", conditions="counter_fire"),
            [BAN, LEAK],
            [
                "changes the limits of the position that starts on 30 May 2024: "
                "now around Kharkiv only, as counter-fire",
                "confirms the position that starts on 30 May 2024, provisional until now",
                "joins the evidence of the position that starts on 30 May 2024",
            ],
            id="confirms, with a limit",
        ),
        pytest.param(
            reaffirms("c", "conditional", "2024-05-01", by="media", published="2024-06-01"),
            [BAN, LEAK],
            [
                "ends *not allowed* on 1 May 2024",
                "moves the start of *limits: around Kharkiv only*: before on 30 May 2024, now on 1 May 2024",
                "joins the evidence of the position that starts on 1 May 2024",
            ],
            id="moves a start",
        ),
        pytest.param(
            denies("c", "banned", "2024-06-03"),
            [BAN, LEAK],
            [
                "lets *not allowed* go on with no end known",
                "joins the evidence of the position that starts on 1 June 2022",
                "removes the position *limits: around Kharkiv only* that starts on 30 May 2024",
                "makes *not allowed* contested by *limits* from 30 May 2024 until 4 June 2024",
            ],
            id="withdraws",
        ),
        pytest.param(
            reaffirms("c", "allowed", "2022-07-01"),
            [BAN],
            ["makes *not allowed* contested by *no stated limit* from 1 July 2022 on"],
            id="contests",
        ),
        pytest.param(
            reaffirms("d", "allowed", "2022-07-01", by="media"),
            [BAN, reaffirms("c", "allowed", "2022-07-01")],
            ["changes the dispute of *not allowed* with *no stated limit*: now from 1 July 2022 on"],
            id="joins a side of a dispute",
        ),
        pytest.param(
            reaffirms("d", "banned", "2022-07-10"),
            [BAN, reaffirms("c", "allowed", "2022-07-01")],
            [
                "joins the evidence of the position that starts on 1 June 2022",
                "ends the dispute of *not allowed* with *no stated limit* from 1 July 2022 until 10 July 2022",
            ],
            id="ends a dispute",
        ),
        pytest.param(
            reaffirms("c", "undisclosed", "2024-06-01"), [BAN], ["marks a refusal to say on 1 June 2024"], id="silence"
        ),
        pytest.param(
            sets("c", "allowed", "2024-01-01", published="2024-07-01"),
            [BAN, reaffirms("b", "undisclosed", "2023-06-01")],
            ["ends *not allowed*, starts *no stated limit* on 1 January 2024"],
            id="leaves other marks alone",
        ),
        pytest.param(
            sets("b", "banned", "2022-01-01", published="2024-07-01"),
            [reaffirms("c", "undisclosed", "2023-06-01")],
            [
                "removes the position *won't say* that starts on 1 June 2023",
                "starts *not allowed* on 1 January 2022",
                "marks a refusal to say on 1 June 2023",
            ],
            id="a position becomes a mark",
        ),
    ],
)
def test_what_accepting_a_claim_changes(claim: Claim, claims: list[Claim], sentences: list[str]) -> None:
    assert sorted(accepting(claim, *claims)) == sorted(sentences)


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        pytest.param(
            record(BAN), record(), ["removes the position *not allowed* that starts on 1 June 2022"], id="goes"
        ),
        pytest.param(
            record(BAN, reaffirms("c", "banned", "2023-01-01")),
            record(BAN),
            ["leaves the evidence of the position that starts on 1 June 2022"],
            id="leaves",
        ),
        pytest.param(
            record(BAN, reaffirms("c", "banned", "2023-01-01", conditions="own_territory_only")),
            record(BAN),
            [
                "changes the limits of the position that starts on 1 June 2022: now none",
                "leaves the evidence of the position that starts on 1 June 2022",
            ],
            id="leaves, with its limit",
        ),
        pytest.param(
            record(LEAK, reaffirms("c", "conditional", "2024-06-01")),
            record(LEAK),
            [
                "makes the position that starts on 30 May 2024 provisional",
                "leaves the evidence of the position that starts on 30 May 2024",
            ],
            id="is doubted again",
        ),
        pytest.param(
            record(BAN, reaffirms("c", "allowed", "2022-07-01")),
            record(BAN),
            ["ends the dispute of *not allowed* with *no stated limit* from 1 July 2022 on"],
            id="is contested no more",
        ),
        pytest.param(
            record(BAN, reaffirms("c", "undisclosed", "2022-07-01")),
            record(BAN),
            ["removes the mark of a refusal to say on 1 July 2022"],
            id="a silence mark goes",
        ),
        pytest.param(
            record(sets("x", "banned", "2022-06-01")),
            record(sets("x", "allowed", "2022-06-01")),
            ["turns *not allowed* into *no stated limit* on 1 June 2022"],
            id="a claim that was mended",
        ),
        pytest.param(
            record(BAN),
            record(BAN, by=(ruling("s", "banned", "2022-06-01", "2022-07-01", practice="withheld"),)),
            ["notes *not supplied* as the practice in the position that starts on 1 June 2022"],
            id="a ruling on the practice",
        ),
        pytest.param(record(BAN), record(BAN), [], id="nothing"),
    ],
)
def test_the_difference_of_two_records(before: Record, after: Record, sentences: list[str]) -> None:
    assert said(difference(before, after)) == sentences


def test_a_ruling_tells_that_the_dispute_ends() -> None:
    against = reaffirms("c", "allowed", "2022-07-01")
    by = (ruling("s", "banned", "2022-07-01", "2022-08-01"),)
    assert said(difference(record(BAN, against), record(BAN, against, by=by))) == [
        "ends the dispute of *not allowed* with *no stated limit* from 1 July 2022 until 1 August 2022"
    ]


def test_a_plan_for_a_claim_already_accepted_is_the_same() -> None:
    assert accepting(LEAK, BAN, LEAK) == accepting(LEAK, BAN)


def test_each_change_is_of_its_line() -> None:
    own = sets("m", "banned", "2023-10-17", weapon="atacms")
    changes = plan(sets("b", "conditional", "2024-05-30"), [BAN, own], weapons=TREE).changes
    assert [(change.line.weapon, describe(change, WORDS)) for change in changes] == [
        ("any", "ends *not allowed*, starts *limits* on 30 May 2024"),
        ("atacms", "ends *not allowed* on 30 May 2024"),
    ]


def test_both_records_are_at_hand() -> None:
    planned = plan(LEAK, [BAN], weapons=TREE)
    assert [position.until for position in planned.before.positions] == [None]
    assert [position.until for position in planned.after.positions] == [date(2024, 5, 30), None]
