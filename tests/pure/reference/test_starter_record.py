"""The record that we ship: its size, its habits, and rows that later tests lean on."""

import re
from collections import Counter

import pytest

from restrictions.domain.vocabulary import Act, AreaRole, Condition, Role, Status, Track, track_of
from restrictions.reference.starter import StarterClaim, StarterMark, load_starter_claims, load_starter_marks

CLAIMS = {row.claim.key: row for row in load_starter_claims()}
MARKS = {mark.key: mark for mark in load_starter_marks()}


def test_it_holds_thirty_suppliers_and_five_recipients() -> None:
    assert len(CLAIMS) == 333
    assert len({row.claim.line.supplier for row in CLAIMS.values()}) == 30
    recipients = Counter(row.claim.line.recipient for row in CLAIMS.values())
    assert recipients == {"UA": 242, "IL": 36, "SA": 27, "TR": 19, "AE": 9}


def test_context_acts_are_marks_and_nothing_else_is() -> None:
    assert Counter(mark.act for mark in MARKS.values()) == {Act.USED: 5, Act.SIGNALS: 4}
    assert MARKS["us-ua-2024-11-19-atacms-used"].areas == ("RU-BRY",)
    assert MARKS["us-ua-2024-11-19-atacms-used"].actor == "UA"
    assert MARKS["fr-ua-2025-05-26-any-signals"].actor == "DE"


def test_a_retracted_row_stays_and_says_so() -> None:
    assert [key for key, row in CLAIMS.items() if row.claim.retracted] == ["fr-ua-2024-11-17-scalp"]


def test_weak_sources_and_consents_are_marked() -> None:
    assert sum(row.weak for row in CLAIMS.values()) + sum(mark.weak for mark in MARKS.values()) == 37
    assert sum(row.claim.line.role is Role.CONSENT for row in CLAIMS.values()) == 18


def test_each_status_stands_on_its_track() -> None:
    for row in CLAIMS.values():
        expected = track_of(row.claim.status, about_delivery=row.claim.line.track is Track.SUPPLY)
        assert row.claim.line.track is expected, row.claim.key
        assert bool(row.claim.line.territory) == (row.claim.line.track is Track.USE), row.claim.key


def test_the_permission_of_may_2024_is_there() -> None:
    row = CLAIMS["us-ua-2024-05-30-any"]
    assert row.claim.status is Status.CONDITIONAL
    assert (row.claim.areas, row.claim.area_role) == (("UA-63",), AreaRole.DEFENDED)
    assert {Condition.COUNTER_FIRE, Condition.NO_DEEP_STRIKE} <= row.claim.conditions
    assert row.claim.effective.edtf == "2024-05-30"
    assert [source.position for source in row.sources] == [1, 2]


ROWS: dict[str, StarterClaim | StarterMark] = {**CLAIMS, **MARKS}


@pytest.mark.parametrize(
    "others",
    [r"[“”«»\"]", r"(?<!\w)'[^']+'(?!\w)", "(?i)unrestricted|green light", "(?i)from memory|excerpt"],
    ids=["quotation marks", "single quotation marks", "words we never use", "words of a working paper"],
)
def test_summaries_and_notes_are_our_own_words(others: str) -> None:
    assert [key for key, row in ROWS.items() if re.search(others, f"{row.summary} {row.notes}")] == []


def test_every_summary_is_a_sentence() -> None:
    assert [key for key, row in ROWS.items() if not row.summary.endswith(".")] == []


def test_every_source_is_a_stored_copy_with_an_address() -> None:
    sources = [source for row in ROWS.values() for source in row.sources]
    assert len(sources) == 628
    assert all(source.stored_copy for source in sources)
    assert all(source.publisher for source in sources if source.position == 1)
