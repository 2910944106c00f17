"""The codes: levels, acts that make claims, sources that confirm, and the track of a status."""

import pytest

from restrictions.domain.vocabulary import Act, Attribution, Status, Track, track_of


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


def test_acts_that_make_claims() -> None:
    assert [act for act in Act if act.bears_position] == ["sets", "reaffirms", "denies"]


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
