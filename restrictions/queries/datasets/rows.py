"""Any dataset as rows: where each comes from."""

from collections.abc import Callable, Iterator, Mapping

from restrictions.domain.datasets import (
    AGREEMENT,
    CODER_SCORES,
    EVENTS,
    PANEL_DAYS,
    PANEL_MONTHS,
    POSITIONS,
    SOURCES,
    SPELLS,
    STORED,
    Dataset,
)
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.copying import copied_rows
from restrictions.queries.datasets.derived import event_rows, panel_day_rows, panel_month_rows, spell_rows
from restrictions.queries.datasets.figures import agreement_dataset, score_dataset
from restrictions.queries.datasets.positions import Row, position_rows, source_rows

_ROWS: Mapping[Dataset, Callable[[Wanted], Iterator[Row]]] = {
    POSITIONS: position_rows,
    SOURCES: source_rows,
    SPELLS: spell_rows,
    PANEL_DAYS: panel_day_rows,
    PANEL_MONTHS: panel_month_rows,
    EVENTS: event_rows,
    AGREEMENT: lambda _: agreement_dataset(),
    CODER_SCORES: lambda _: score_dataset(),
}


def is_copied(dataset: Dataset, wanted: Wanted) -> bool:
    """Whether the database itself can write the dataset: it stores it, and nothing has to be derived for the clock."""
    return dataset in STORED and (wanted.clock.reported is None or dataset not in (POSITIONS, SOURCES))


def dataset_rows(dataset: Dataset, wanted: Wanted) -> Iterator[Row]:
    """The dataset's rows, one by one, each with a value for each column."""
    return copied_rows(dataset, wanted) if is_copied(dataset, wanted) else _ROWS[dataset](wanted)
