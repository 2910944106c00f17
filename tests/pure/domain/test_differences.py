"""What changed between two texts: nothing is lost, a changed word stands alone, hostile texts take no long time."""

import random
import time
from itertools import pairwise

import pytest

from restrictions.domain.differences import Kind, changes


def told(before: str, after: str) -> str:
    """The pieces in a line: [-gone-] and {+come+}."""
    signs = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "".join(signs[piece.kind].format(piece.text) for piece in changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("Same.", "Same.", "Same."),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("It may fire.", "It may not fire.", "It may {+not +}fire."),
        ("Only near Kharkiv.", "Only near Sumy.", "Only near [-Kharkiv-]{+Sumy+}."),
        ("One.\n\nTwo.\n", "One.\n\nThree.\n\nTwo.\n", "One.\n\n{+Three.\n\n+}Two.\n"),
        ("One two three.", "Quite other words.", "[-One two three-]{+Quite other words+}."),
        ("Дозволено.", "Не дозволено.", "[-Дозволено-]{+Не дозволено+}."),
    ],
)
def test_a_changed_word_is_shown_where_it_stands(before: str, after: str, shown: str) -> None:
    assert told(before, after) == shown


@pytest.mark.parametrize("seed", range(20))
def test_both_texts_can_be_read_out_of_the_pieces(seed: int) -> None:
    chance = random.Random(seed)
    before, after = ("".join(chance.choices(["may ", "not ", "fire", "\n", ". ", "é"], k=80)) for _ in range(2))
    pieces = changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED) == after
    assert not [one for one, other in pairwise(pieces) if one.kind is other.kind]


HOSTILE = {
    "one word for ever": ("a " * 70_000, "a " * 70_001),
    "lines of one letter": ("a\n" * 70_000, "b\na\n" * 35_000),
    "longer than is compared": ("x" * 3_000_000, "y" * 3_000_000),
    "wholly new": (" ".join(map(str, range(20_000))), " ".join(map(str, range(20_000, 40_000)))),
}


@pytest.mark.parametrize(("before", "after"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_long_time(before: str, after: str) -> None:
    started = time.process_time()
    assert changes(before, after)
    assert time.process_time() - started < 5
