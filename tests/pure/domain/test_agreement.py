"""Two codings of one passage: figures worked out by hand, and those of the books."""

from typing import Any

import pytest

from restrictions.domain.agreement import (
    Twice,
    agreement_rows,
    cohens_kappa,
    disagreements,
    jaccard_distance,
    krippendorffs_alpha,
)
from restrictions.domain.machine import Judged, machine_scores

CODED: dict[str, Any] = {"supplier": "US", "weapon": "any", "status": "banned", "areas": ["UA-63"], "conditions": []}


def pairs(**counted: int) -> list[tuple[str, str]]:
    """``yn=5``: five passages that the first coder calls y, the second n."""
    return [(said[0], said[1]) for said, count in counted.items() for _ in range(count)]


def test_kappa_is_that_of_the_textbook_table() -> None:
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed .7, by chance .5.
    assert cohens_kappa(pairs(yy=20, yn=5, ny=10, nn=15)) == pytest.approx(0.4)


def test_alpha_is_worked_out_by_hand() -> None:
    # Ten passages, twenty values, 14 of them 0: o01 = 4, n0·n1 = 84, so 1 − 19·4/84.
    found = [("0", "0")] * 5 + [("0", "1")] * 4 + [("1", "1")] * 1
    assert krippendorffs_alpha(found) == pytest.approx(1 - 19 * 4 / (14 * 6))


def test_what_chance_alone_explains_has_no_figure() -> None:
    assert cohens_kappa(pairs(yy=12)) is None
    assert krippendorffs_alpha(pairs(yy=12)) is None


def test_two_sets_that_share_something_are_nearer_than_two_that_do_not() -> None:
    one, both, other = frozenset({"UA-63"}), frozenset({"UA-63", "RU-KRS"}), frozenset({"RU-BEL"})
    assert [jaccard_distance(one, found) for found in (one, both, other)] == [0, 0.5, 1]
    assert jaccard_distance(frozenset(), frozenset()) == 0
    near, far = ([(one, one), (other, other), (one, found)] for found in (both, other))
    by_sets = [krippendorffs_alpha(found, of_sets=True) for found in (near, far)]
    assert by_sets[0] is not None
    assert by_sets[1] is not None
    assert by_sets[0] > by_sets[1]
    assert krippendorffs_alpha(far, of_sets=True) == pytest.approx(krippendorffs_alpha(far) or 0)


def test_codings_differ_by_what_they_say_not_by_its_order() -> None:
    other = CODED | {"areas": ["RU-KRS", "UA-63"], "prior": ""}
    assert disagreements(CODED | {"areas": ["UA-63", "RU-KRS"]}, other) == ()
    assert disagreements(CODED, other | {"status": "allowed"}) == ("status", "areas")
    assert disagreements(CODED, None) == ("claim",)
    assert disagreements(None, None) == ()


def test_rows_by_field_period_and_language_with_their_counts() -> None:
    same = [Twice("2024", "en", CODED, CODED) for _ in range(9)]
    units = [*same, Twice("2024", "fr", CODED, CODED | {"status": "allowed"}), Twice("2025", "fr", CODED, None)]
    rows = {(row.by, row.group, row.field): row for row in agreement_rows(units)}
    assert [rows["all", "", "claim"].passages, rows["all", "", "status"].passages] == [11, 10]
    status = rows["all", "", "status"]
    assert (status.agreed, status.percent, status.kappa, status.too_few) == (9, 0.9, 0.0, False)
    english = rows["language", "en", "status"]
    assert (english.percent, english.kappa, english.alpha, english.too_few) == (1.0, None, None, True)
    nothing = rows["period", "2025", "status"]
    assert (nothing.passages, nothing.percent) == (0, None)
    assert rows["all", "", "areas"].alpha is None
    assert len(rows) == 14 * 5


def test_nobody_coded_twice_gives_empty_rows() -> None:
    assert {row.passages for row in agreement_rows([])} == {0}


def test_the_machine_is_judged_by_decisions() -> None:
    changed = CODED | {"status": "allowed"}
    judged = [
        *[Judged("1", "en", CODED, CODED | {"areas": []})] * 3,  # right as a claim, its areas were mended
        Judged("1", "en", CODED, None),  # rejected
        Judged("1", "fr", CODED, changed),  # another status was left: wrong, and one missed
        Judged("2", "en", None, CODED),  # made by hand
    ]
    scores = {(score.version, score.language): score for score in machine_scores(judged)}
    total = scores["all", "all"]
    assert (total.hits, total.false_positives, total.misses) == (3, 2, 2)
    assert (total.precision, total.recall) == (0.6, 0.6)
    fields = {score.field: score.share for score in total.fields}
    assert (fields["areas"], fields["conditions"]) == (0, 1)
    assert (scores["2", "en"].precision, scores["2", "en"].recall) == (None, 0)
    assert scores["2", "all"].fields[0].share is None
    assert (scores["1", "fr"].precision, scores["1", "fr"].recall) == (0, 0)
    assert set(scores) == {("all", "all"), ("1", "all"), ("1", "en"), ("1", "fr"), ("2", "all"), ("2", "en")}


def test_nothing_decided_has_no_shares() -> None:
    [score] = machine_scores([])
    assert (score.precision, score.recall) == (None, None)
