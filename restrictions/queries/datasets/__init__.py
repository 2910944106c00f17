"""The record as datasets, by a clock: copied by the database where it stores them, else followed from positions."""

from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.copying import copied_csv, copied_lines, one_moment
from restrictions.queries.datasets.rows import dataset_rows, is_copied

__all__ = ["Wanted", "copied_csv", "copied_lines", "dataset_rows", "is_copied", "one_moment"]
