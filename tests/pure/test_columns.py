"""The data dictionary: every column of every export is described, in English and in French."""

import re

import pytest
from django.utils import translation

from dashboard.exports import codebook, coverage
from dashboard.exports.claims import CLAIM_COLUMNS
from dashboard.exports.comparison import COMPARISON_COLUMNS
from dashboard.exports.dispatches import DISPATCH_COLUMNS
from dashboard.exports.movers import CURVE_COLUMNS, MOVER_COLUMNS
from dashboard.exports.tables import COLUMNS, MATRIX_COLUMNS, REACH_COLUMNS, TALLY_COLUMNS
from dashboard.exports.turns import TURN_COLUMNS
from dashboard.listings import SUPPLIER_COLUMNS, WEAPON_COLUMNS
from restrictions.domain.datasets import DATASETS
from restrictions.words.columns import column_meaning

TABLES = {
    **{name: dataset.names for name, dataset in DATASETS.items()},
    "/timeline": COLUMNS,
    "/matrix": MATRIX_COLUMNS,
    "/map": REACH_COLUMNS,
    "/overview": TALLY_COLUMNS,
    "/changes": TURN_COLUMNS,
    "/suppliers": SUPPLIER_COLUMNS,
    "/weapons": WEAPON_COLUMNS,
    "/claims": CLAIM_COLUMNS,
    "/dispatches": DISPATCH_COLUMNS,
    "/moves": MOVER_COLUMNS,
    "/curve": CURVE_COLUMNS,
    "/compare": COMPARISON_COLUMNS,
    "/codebook": codebook.COLUMNS,
    "/coverage": (*coverage.COLUMNS, "2024"),
}


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_described_in_both_languages(table: str) -> None:
    for column in TABLES[table]:
        told = []
        for language in ("en", "fr"):
            with translation.override(language):
                told.append(column_meaning(table, column))
        english, french = told
        assert re.fullmatch(r".+\.", english), column
        assert french.endswith(".")
        assert english != french, column


def test_a_column_that_is_not_described_is_an_error() -> None:
    with pytest.raises(KeyError):
        column_meaning("positions", "colour")


def test_a_bound_names_the_day_that_it_is_of() -> None:
    assert "`starts`" in column_meaning("positions", "starts_earliest")


def test_one_word_can_mean_two_things() -> None:
    assert column_meaning("/timeline", "evidence") != column_meaning("positions", "evidence")
