"""Coverage as a file: one row a supplier. Pure."""

from collections.abc import Iterator

from dashboard.exports.rows import cell, line
from restrictions.queries.coverage import Coverage

COLUMNS = ("supplier", "name", "claims", "accepted", "dispatches", "links", "languages", "published", "looked_at")


def coverage_csv(found: Coverage) -> Iterator[str]:
    """What was looked at of each supplier; then how many claims were published in each year."""
    yield line([*COLUMNS, *map(str, found.years)])
    for row in found.suppliers:
        values = [list(row.languages) if column == "languages" else getattr(row, column) for column in COLUMNS]
        yield line(cell(value) for value in (*values, *(row.by_year.get(year, 0) for year in found.years)))
