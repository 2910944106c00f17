"""Every aggregate as a table: its columns, what may come in by them, and what each row of a file would do."""

from restrictions.queries.tables.derived import PositionTable, PositionVersionTable, RevisionTable
from restrictions.queries.tables.desk import (
    ApiTokenTable,
    GroupTable,
    ReportTable,
    SampleTable,
    SubmissionTable,
    UserTable,
)
from restrictions.queries.tables.fates import Change, Fate, Kind, fates_of
from restrictions.queries.tables.feeds import FeedTable
from restrictions.queries.tables.record import ClaimTable, DispatchTable, MarkTable, SettlementTable
from restrictions.queries.tables.reference import CountryTable, RegionTable, WeaponTable
from restrictions.queries.tables.table import Table

TABLES: dict[str, type[Table]] = {
    table._meta.model._meta.model_name: table
    for table in (
        *(CountryTable, RegionTable, WeaponTable, ClaimTable, MarkTable, SettlementTable, DispatchTable),
        FeedTable,
        *(PositionTable, PositionVersionTable, RevisionTable),
        *(ApiTokenTable, SubmissionTable, ReportTable, SampleTable, UserTable, GroupTable),
    )
}
"""By the name of their model."""

__all__ = ["TABLES", "Change", "ClaimTable", "Fate", "Kind", "Table", "fates_of"]
