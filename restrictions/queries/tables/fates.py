"""What each row of a file would do, before anything is written."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext
from tablib import Dataset

from restrictions.domain.unreadable import Unreadable
from restrictions.queries.tables.sheets import Sheet, SheetRow
from restrictions.queries.tables.table import Faults, Table


class Kind(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what stands, and what would stand."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one row of the file. ``row`` is the aggregate as it would stand, ``held`` as it stands."""

    line: int
    name: str
    kind: Kind
    changes: tuple[Change, ...] = ()
    faults: Faults = field(default_factory=dict)
    row: Any = None
    held: Any = None


def fates_of(
    table: type[Table], sheet: Sheet, *, may_add: bool, may_change: bool, locks: bool = False
) -> tuple[Fate, ...]:
    """The fate of each row, in order, for somebody with these rights: a constant number of queries.

    ``locks`` holds the rows until the end of the transaction. Raises Unreadable where the columns are not the table's.
    """
    reader = table(locks=locks)
    key = reader.fields[reader._meta.import_id_fields[0]].column_name
    _check_columns(reader, sheet, key)
    good = [row for row in sheet.rows if not row.fault]
    dataset = Dataset(*([row.cells[name] for name in sheet.columns] for row in good), headers=sheet.columns)
    reader.prepare(dataset)
    look_up = reader._meta.instance_loader_class(reader, dataset).get_instance
    rights = {Kind.NEW: may_add, Kind.CHANGED: may_change}
    return tuple(_fates(reader, sheet, key, look_up, rights))


def _check_columns(reader: Table, sheet: Sheet, key: str) -> None:
    known = reader.get_export_headers()
    if unknown := [name for name in sheet.columns if name not in known]:
        raise Unreadable(
            gettext("The table has columns that are not known here (%(unknown)s). Those known are %(known)s")
            % {"unknown": ", ".join(f"“{name}”" for name in unknown), "known": ", ".join(known)}
        )
    if key not in sheet.columns:
        raise Unreadable(gettext("The table has no column “%(key)s”, which names its rows") % {"key": key})


def _fates(
    reader: Table, sheet: Sheet, key: str, look_up: Callable[[Any], Any], rights: dict[Kind, bool]
) -> Iterator[Fate]:
    first: dict[str, int] = {}
    for row in sheet.rows:
        name = row.cells.get(key, "").strip()
        if row.fault or not name:
            yield Fate(row.line, name, Kind.REFUSED, faults={"": row.fault or gettext("The row has no name.")})
        elif name in first:
            says = gettext("The same name stands on line %(line)s.") % {"line": first[name]}
            yield Fate(row.line, name, Kind.REFUSED, faults={key: says})
        else:
            first[name] = row.line
            yield _fate(reader, row, name, look_up, rights)


def _fate(reader: Table, row: SheetRow, name: str, look_up: Callable[[Any], Any], rights: dict[Kind, bool]) -> Fate:
    found = look_up(row.cells)
    held, before = copy(found), reader.words(found) if found else {}
    read = reader.import_row(OrderedDict(row.cells), _Found(found), dry_run=True, row_number=row.line)
    if read.errors:
        raise read.errors[0].error
    if read.validation_error:
        faults = {column: says[0] for column, says in read.validation_error.message_dict.items()}
        return Fate(row.line, name, Kind.REFUSED, faults=faults)
    changes = tuple(_changes(reader, row, before, reader.words(read.instance)))
    kind = Kind.NEW if held is None else Kind.CHANGED if changes else Kind.UNCHANGED
    fate = Fate(row.line, name, kind, changes, row=read.instance, held=held)
    faults = _shown_only(reader, row, before) if held else {}
    if faults := faults or _refused(reader, fate, rights):
        return replace(fate, kind=Kind.REFUSED, faults=faults)
    return fate


class _Found:
    """The row that was looked up already, for the library to begin with."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def get_instance(self, _row: Any) -> Any:
        return self._found


def _changes(reader: Table, row: SheetRow, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for column, value in after.items():
        if column in row.cells and column not in reader.shown_only() and value != before.get(column, ""):
            yield Change(column, before.get(column, ""), value)


def _shown_only(reader: Table, row: SheetRow, before: dict[str, str]) -> Faults:
    """Of the columns that a file cannot change, those that it does."""
    typed = [name for name in reader.shown_only() if name in row.cells and row.cells[name] != before[name]]
    return {name: gettext("This column cannot be changed by a table.") for name in sorted(typed)}


def _refused(reader: Table, fate: Fate, rights: dict[Kind, bool]) -> Faults:
    """Why somebody with these rights cannot bring in what is new, or change what is held."""
    if fate.kind is Kind.NEW:
        if not reader.adds or not rights[Kind.NEW]:
            return {"": reader.not_added or gettext("It is not held, and you have no right to add it.")}
        return reader.refuses_new(fate.row)
    if fate.kind is Kind.UNCHANGED:
        return {}
    if not rights[Kind.CHANGED]:
        return {"": gettext("You have no right to change what is held.")}
    return reader.refuses_change(fate.held, fate.row, [change.column for change in fate.changes])
