"""Tables in and out: what somebody sent is kept, shown, and written in one step, as one change of the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from restrictions.actions.feeds import EDITABLE, add_feed, edit_feed
from restrictions.actions.reasons import history_of, needs_reason
from restrictions.actions.record import derive_again, open_revision
from restrictions.actions.seen import PlanChanged
from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Country, Dispatch, Mark, Region, SentTable, Settlement, Source, Weapon
from restrictions.models.triggers import RECORD_LOCK
from restrictions.queries.foreseen import Foreseen, foreseen, may_accept, may_send
from restrictions.queries.tables import TABLES, Fate, Kind
from restrictions.queries.tables.sheets import form_of, read_sheet

CODER = "table"
"""What stands as the coder of a claim that came in by a table."""
KEPT_FOR = timedelta(days=7)
"""How long a table waits that nobody had written."""
_AT_ONCE = 500


class NotAllowed(Exception):
    """This user may not bring anything in by this table."""


class AlreadyWritten(Exception):
    """The table was written before; the sentence says when."""


@dataclass(frozen=True, slots=True)
class Written:
    """Rows by what became of them, and whether the record changed."""

    counts: dict[str, int]
    changed_the_record: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """What is written in whose name and why, and whether new claims are accepted."""

    now: Foreseen
    by: User
    reason: str
    accepts: bool


def keep_table(*, table: str, name: str, content: bytes, by: User) -> SentTable:
    """A table as it was sent, to be looked at. Raises NotAllowed, or Unreadable where it is none."""
    if not may_send(by, table):
        raise NotAllowed
    form = form_of(name)
    read_sheet(content, form)
    SentTable.objects.filter(written_at=None, sent_at__lt=timezone.now() - KEPT_FOR).delete()
    return SentTable.objects.create(table=table, name=name, form=form, content=content, sent_by=by)


def write_table(*, sent: int, by: User, reason: str, accepts: bool = False, seen: str | None = None) -> Written:
    """Write the rows that are not refused, in one transaction; the record is derived once a pair, in one revision.

    ``accepts``: new claims are accepted too. ``seen`` is the mark of what the user saw. Raises NotAllowed,
    AlreadyWritten, PlanChanged, or ValueError without a reason.
    """
    said = needs_reason(reason, gettext("An import needs its reason: say why."))
    with transaction.atomic(), history_of(by, said):
        _take_turn()
        row = SentTable.objects.select_for_update(of=("self",)).get(pk=sent)
        _check_may_write(row, by, accepts=accepts)
        now = foreseen(row, by=by, accepts=accepts, locks=True)
        if seen is not None and seen != now.seen:
            raise PlanChanged(
                gettext("Nothing is written yet. What you saw was made for another state of the record; look again.")
            )
        row.revision = open_revision(by=by, reason=said) if now.pairs else None
        _WRITERS[row.table](_Step(now, by, said, accepts))
        derive_again(now.pairs)
        row.written_at, row.outcome = timezone.now(), now.counts
        row.save(update_fields=["written_at", "revision", "outcome"])
    return Written(now.counts, row.revision is not None)


def _take_turn() -> None:
    """Nobody else changes the record from here on: what is foreseen is what is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECORD_LOCK])


def _check_may_write(row: SentTable, by: User, *, accepts: bool) -> None:
    if row.sent_by_id != by.pk or not may_send(by, row.table) or (accepts and not may_accept(by, row.table)):
        raise NotAllowed
    if row.written_at:
        raise AlreadyWritten(gettext("This table is written already."))


def _write_claims(step: _Step) -> None:
    now = step.now
    for fate in now.of(Kind.NEW):
        fate.row.coder = CODER
        fate.row.retracted_reason = fate.row.notes if fate.row.retracted else ""
        if step.accepts:
            fate.row.decision, fate.row.decided_by = Decision.ACCEPTED, step.by
            fate.row.decided_at = timezone.now()
    _write_rows(Claim, now)
    told = [fate.row for fate in now.of(Kind.NEW, Kind.CHANGED) if any(c.column == "sources" for c in fate.changes)]
    Source.objects.filter(claim__in=told).delete()
    for row in told:
        for source in row.said_sources:
            source.claim = row
    Source.objects.bulk_create([source for row in told for source in row.said_sources], batch_size=_AT_ONCE)


def _write_settlements(step: _Step) -> None:
    for fate in step.now.of(Kind.NEW):
        fate.row.author = step.by
    _write_rows(Settlement, step.now)


def _write_dispatches(step: _Step) -> None:
    """Claims of a dispatch were published when it was."""
    _write_rows(Dispatch, step.now)
    for fate in step.now.of(Kind.CHANGED):
        columns = [f"published_{part}" for part in ("edtf", "earliest", "latest")]
        days = {column: getattr(fate.row, column) for column in columns}
        Claim.objects.filter(dispatch_version__dispatch=fate.row).update(**days)


def _write_feeds(step: _Step) -> None:
    """One by one, as on a feed's page: they are some hundreds at most."""
    for fate in step.now.of(Kind.NEW):
        add_feed(by=step.by, reason=step.reason, **{name: getattr(fate.row, name) for name in EDITABLE})
    for fate in step.now.of(Kind.CHANGED):
        said = {change.column: getattr(fate.row, change.column) for change in fate.changes}
        edit_feed(feed=fate.row.pk, by=step.by, reason=step.reason, **said)


def _write_plain(model: type[models.Model]) -> Callable[[_Step], None]:
    def write(step: _Step) -> None:
        _write_rows(model, step.now)

    return write


def _write_rows(model: type[models.Model], now: Foreseen) -> None:
    """New rows and changed columns, some hundreds at once."""
    new, changed = ([fate.row for fate in now.of(kind)] for kind in (Kind.NEW, Kind.CHANGED))
    model._default_manager.bulk_create(_classes_first(new) if model is Weapon else new, batch_size=_AT_ONCE)
    columns = _columns(model, now.of(Kind.CHANGED))
    if columns:
        model._default_manager.bulk_update(changed, columns, batch_size=_AT_ONCE)


def _classes_first(rows: Sequence[Any]) -> list[Any]:
    """Weapons after the classes that come with them: nothing is a class of itself here."""
    waiting, ordered = {row.pk: row for row in rows}, []
    while waiting:
        ready = [code for code, row in waiting.items() if row.parent_id not in waiting]
        ordered += [waiting.pop(code) for code in ready]
    return ordered


def _columns(model: type[models.Model], fates: Sequence[Fate]) -> list[str]:
    """The model's columns that some row changes."""
    fields = TABLES[str(model._meta.model_name)].fields
    named = {fields[change.column].attribute.removesuffix("_id") for fate in fates for change in fate.changes}
    days = {f"{name.removesuffix('_edtf')}_{part}" for name in named for part in ("edtf", "earliest", "latest")}
    return sorted(field.name for field in model._meta.concrete_fields if field.name in named | days)


_WRITERS: dict[str, Callable[[_Step], None]] = {
    "claim": _write_claims,
    "settlement": _write_settlements,
    "dispatch": _write_dispatches,
    "feed": _write_feeds,
    **{str(model._meta.model_name): _write_plain(model) for model in (Country, Region, Weapon, Mark)},
}
