"""What differs between two days, two suppliers, or two records."""

from dataclasses import replace
from datetime import date

from restrictions.domain.claims import Claim
from restrictions.domain.comparing import Key, answers, differing, of_supplier
from restrictions.domain.derivation import derive
from restrictions.domain.resolution import Answer
from tests.pure.domain.claims import TREE, reaffirms, sets


def said(*claims: Claim, on: str, supplier: str = "US") -> dict[Key, Answer]:
    own = [replace(claim, line=claim.line._replace(supplier=supplier)) for claim in claims]
    return answers(derive(own, weapons=TREE).positions, TREE, territory="RU", on=date.fromisoformat(on))


def told(first: dict[Key, Answer], second: dict[Key, Answer]) -> list[str]:
    """Each difference, e.g. ``US any use banned > conditional more``; ``-`` where nothing is said."""
    return [
        f"{pair.supplier} {pair.weapon} {pair.track} {pair.first.status or '-'} > {pair.second.status or '-'} "
        f"{pair.difference}"
        for pair in differing(first, second)
    ]


def over(*claims: Claim, days: tuple[str, str]) -> list[str]:
    return told(*(said(*claims, on=day) for day in days))


BAN = sets("a", "banned", "2023-01-10")
LETS = sets("b", "conditional", "2024-05-30", areas="UA-63", area_role="defended")
BACK = sets("c", "banned", "2025-02-01")
MAY = ("2024-05-29", "2024-06-01")


def test_a_rule_that_turned_between_the_days_and_which_way() -> None:
    assert over(BAN, LETS, days=MAY) == ["US any use banned > conditional more"]
    assert over(BAN, LETS, BACK, days=("2024-06-01", "2025-03-01")) == ["US any use conditional > banned less"]
    assert over(BAN, LETS, BACK, days=("2024-05-29", "2025-03-01")) == []


def test_limits_alone_differ() -> None:
    wider = sets("c", "conditional", "2024-07-01", prior="conditional", conditions="border_zone")
    assert over(BAN, LETS, wider, days=("2024-06-01", "2024-08-01")) == ["US any use conditional > conditional limits"]


def test_a_weapon_that_follows_the_general_rule_on_both_days_is_left_out() -> None:
    himars = sets("s", "supplied", "2022-06-01", weapon="himars")
    assert over(BAN, himars, LETS, days=MAY) == ["US any use banned > conditional more"]


def test_a_weapon_whose_own_rule_ended_with_the_general_one_is_told() -> None:
    himars = [sets("s", "supplied", "2022-06-01", weapon="himars"), sets("h", "banned", "2022-06-01", weapon="himars")]
    assert over(BAN, *himars, LETS, days=MAY) == [
        "US any use banned > conditional more",
        "US himars use banned > conditional more",
    ]


def test_what_only_one_side_says() -> None:
    assert over(reaffirms("a", "allowed", "2024-05-31"), days=MAY) == ["US any use - > allowed appears"]
    assert told(said(BAN, on="2024-01-01"), {}) == ["US any use banned > - vanishes"]


def test_a_silence_has_no_level_and_saying_nothing_is_no_word() -> None:
    delivered = sets("s", "supplied", "2024-05-30")
    assert over(delivered, days=MAY) == ["US any supply - > supplied appears"]
    assert over(delivered, LETS, days=("2024-05-30", "2024-06-01")) == []
    spoken = sets("b", "allowed", "2024-07-01")
    assert over(delivered, spoken, days=("2024-06-01", "2024-08-01")) == ["US any use unstated > allowed other"]


def test_a_stop_of_everything_shows_on_each_weapon_that_was_handed_over() -> None:
    atacms = sets("s", "supplied", "2023-10-01", weapon="atacms")
    stop = sets("p", "withheld", "2025-03-03", conditions="temporary")
    assert over(atacms, stop, days=("2025-03-02", "2025-03-05")) == [
        "US any supply - > withheld appears",
        "US atacms supply supplied > withheld less",
    ]


def test_two_suppliers_are_laid_side_by_side_and_consents_are_neither_ones_rule() -> None:
    consent = sets("u", "banned", "2024-01-01", weapon="storm_shadow", role="consent")
    found = said(BAN, LETS, consent, on="2024-06-01") | said(BAN, on="2024-06-01", supplier="BE")
    assert told(of_supplier(found, "US"), of_supplier(found, "BE")) == [" any use conditional > banned less"]
