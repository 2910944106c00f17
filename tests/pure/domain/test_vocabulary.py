"""The codes: levels, acts that make claims, sources that confirm, and the track of a status."""

import pytest

from restrictions.domain.vocabulary import CLAIM_ACTS, MARK_ACTS, Act, Attribution, Status, Track, track_of


@pytest.mark.parametrize(
    ("status", "level"),
    [
        ("withheld", 0),
        ("banned", 1),
        ("conditional", 2),
        ("allowed", 3),
        ("undisclosed", None),
        ("supplied", None),
        ("unstated", None),
    ],
)
def test_levels(status: str, level: int | None) -> None:
    assert Status(status).level == level


def test_an_act_makes_a_claim_or_a_mark() -> None:
    assert CLAIM_ACTS == ("sets", "reaffirms", "denies")
    assert {*CLAIM_ACTS, *MARK_ACTS} == set(Act)


def test_sources_that_confirm() -> None:
    assert [source for source in Attribution if source.is_official] == ["named_official", "document"]


@pytest.mark.parametrize(
    ("status", "about_delivery", "track"),
    [
        ("withheld", False, "supply"),
        ("supplied", False, "supply"),
        ("undisclosed", False, "use"),
        ("undisclosed", True, "supply"),
        ("banned", False, "use"),
        ("banned", True, "use"),
        ("conditional", False, "use"),
        ("allowed", False, "use"),
    ],
)
def test_the_track_of_a_status(status: str, about_delivery: bool, track: str) -> None:
    assert track_of(Status(status), about_delivery=about_delivery) is Track(track)
