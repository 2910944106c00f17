"""How many governments say what on a day, and over time."""

from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.derivation import derive
from restrictions.domain.tallies import Tallies, deliveries
from restrictions.domain.vocabulary import Status
from tests.pure.domain.claims import TREE, sets

DAY = date(2024, 6, 1)


def tallies(*claims: Claim, on_record: bool = False) -> Tallies:
    positions = derive(claims, weapons=TREE).positions
    handed = deliveries(positions, on_record=on_record)
    return Tallies(positions, TREE, territory="RU", delivering=handed, on_record=on_record)


def test_a_general_rule_counts_and_whoever_only_delivers_says_nothing() -> None:
    ruled = tallies(sets("a", "banned", "2023-09-01")).on(DAY)
    assert (ruled.governments, ruled.of(Status.BANNED), ruled.silent, ruled.confirmed) == (1, 1, 0, 1)
    delivering = tallies(sets("s", "supplied", "2023-01-01", weapon="atacms")).on(DAY)
    assert (delivering.of(Status.UNSTATED), delivering.silent, delivering.confirmed) == (1, 1, 0)


def test_a_refusal_of_one_weapon_says_nothing_in_general_and_a_consent_supplies_nothing() -> None:
    assert tallies(sets("w", "withheld", "2023-01-01", weapon="atacms")).on(DAY).governments == 0
    assert tallies(sets("u", "banned", "2023-01-01", weapon="atacms", role="consent")).on(DAY).governments == 0


def test_a_word_of_more_than_a_year_ago_confirms_nothing_today() -> None:
    assert tallies(sets("a", "banned", "2023-01-01")).on(DAY).confirmed == 0


def test_on_the_record_alone_a_mere_report_is_left_out() -> None:
    reported = sets("a", "banned", "2024-01-01", by="media")
    assert tallies(reported).on(DAY).of(Status.BANNED) == 1
    assert tallies(reported, on_record=True).on(DAY).governments == 0


def test_over_time_only_days_on_which_the_counts_change_are_kept() -> None:
    found = tallies(sets("a", "banned", "2023-01-01"), sets("b", "conditional", "2024-05-30"))
    first, second = date(2023, 1, 1), date(2024, 5, 30)
    assert [tally.day for tally in found.over_time(until=DAY)] == [first, second]
    assert [tally.day for tally in found.over_time(until=date(2024, 5, 29))] == [first]
    assert found.on(date(2022, 12, 31)).governments == 0


def test_what_is_handed_over_for_a_while_says_nothing_for_as_long() -> None:
    found = tallies(
        sets("s", "supplied", "2023-01-01", weapon="atacms"), sets("w", "withheld", "2024-01-01", weapon="atacms")
    )
    counts = [(tally.day, tally.silent) for tally in found.over_time(until=DAY)]
    assert counts == [(date(2023, 1, 1), 1), (date(2024, 1, 1), 0)]
