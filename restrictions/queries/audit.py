"""The audit log as one list: entries, revisions, and the history that rows keep of themselves, the newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from restrictions.models import Entry, EntryKind, Revision
from restrictions.queries.audit_sources import ENTRIES, REVISIONS, SOURCES, Source, verb

PAGE = 50

# The line says them already, as who, when and why.
_SAID_BESIDE = frozenset({"decided_by", "decided_at", "decision_reason", "retracted_reason", "withdrawn_reason"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field, from what to what."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to what, when and why. ``who`` empty: the program, or somebody without an account."""

    at: datetime
    key: str
    who: str
    did: str
    subject: str
    why: str
    changes: tuple[Change, ...] = ()
    row: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines are asked for. Empty means any."""

    source: str = ""
    who: User | None = None
    words: str = ""
    first: date | None = None
    last: date | None = None
    before: tuple[datetime, str] | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines, and where the older ones begin, if there are any."""

    lines: tuple[AuditLine, ...]
    older: tuple[datetime, str] | None


def audit_page(asked: Asked, *, whole: bool) -> AuditPage:
    """A page of the log; without ``whole`` only what concerns the record. At most three queries a source."""
    sources = [code for code, source in SOURCES.items() if whole or source.of_the_record]
    codes = [asked.source] if asked.source in sources else sources
    found = sorted((line for code in codes for line in _lines(code, asked)), key=_order, reverse=True)
    shown = tuple(found[:PAGE])
    return AuditPage(shown, _order(shown[-1]) if len(found) > PAGE else None)


def _order(line: AuditLine) -> tuple[datetime, str]:
    return line.at, line.key


def _lines(code: str, asked: Asked) -> Iterable[AuditLine]:
    """The newest lines of one source, one more than a page, so that the next page is known to be there."""
    source = SOURCES[code]
    instant = source.instant
    rows: QuerySet[Any] = source.rows().filter(_days(instant, asked), _words(source, asked.words))
    if asked.who:
        rows = rows.filter(source.done_by(asked.who))
    if asked.before:
        rows = rows.filter(_before(code, instant, *asked.before))
    return _as_lines(code, source, list(rows.order_by(f"-{instant}", "-pk")[: PAGE + 1]))


def _before(code: str, instant: str, at: datetime, key: str) -> Q:
    """What comes after the last line shown; of one instant, by source and then by number, as ``_order`` has it."""
    of_source, _, number = key.rpartition("-")
    earlier, same = Q(**{f"{instant}__lt": at}), Q(**{instant: at})
    if code == of_source:
        return earlier | (same & Q(pk__lt=int(number)))
    return earlier | same if code < of_source else earlier


def _days(instant: str, asked: Asked) -> Q:
    found = Q()
    if asked.first:
        found &= Q(**{f"{instant}__gte": datetime.combine(asked.first, time.min, UTC)})
    if asked.last:
        found &= Q(**{f"{instant}__lt": datetime.combine(asked.last + timedelta(days=1), time.min, UTC)})
    return found


def _words(source: Source, words: str) -> Q:
    found = Q()
    for column in source.searched if words else ():
        found |= Q(**{f"{column}__icontains": words})
    return found


def _as_lines(code: str, source: Source, rows: list[Any]) -> list[AuditLine]:
    if code == ENTRIES:
        return [_of_entry(row) for row in rows]
    if code == REVISIONS:
        return [_of_revision(row) for row in rows]
    names = _names(source, rows)
    former = _former(rows)
    return [_of_event(code, source, row, former.get(row.pk), names) for row in rows]


def _of_entry(row: Entry) -> AuditLine:
    return AuditLine(row.at, f"entry-{row.pk:012d}", row.who, str(EntryKind(row.kind).label), row.what, row.why)


def _of_revision(row: Revision) -> AuditLine:
    return AuditLine(
        row.instant,
        f"revision-{row.pk:012d}",
        row.actor.username,
        gettext("changed the record"),
        gettext("revision %(n)d") % {"n": row.pk},
        row.reason,
        row=("restrictions_revision", row.pk),
    )


def _of_event(code: str, source: Source, row: Any, former: Any, names: dict[int, str]) -> AuditLine:
    """An event with its difference from the one before it of the same row."""
    changed = _changed(row, former) if former is not None else ()
    return AuditLine(
        at=row.pgh_created_at,
        key=f"{code}-{row.pgh_id:012d}",
        who=names.get(source.actor(row) or 0, ""),
        did=verb(row, [name for name, _ in changed]),
        subject=source.subject(row),
        why=source.why(row),
        changes=tuple(change for _, change in changed),
        row=(source.page, row.pgh_obj_id) if source.page and row.pgh_label != "delete" else None,
    )


def _names(source: Source, rows: Sequence[Any]) -> dict[int, str]:
    """The names of those who acted: one query."""
    wanted = {actor for row in rows if (actor := source.actor(row))}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "username")) if wanted else {}


def _former(rows: Sequence[Any]) -> dict[int, Any]:
    """The event before each update, by the later one: two queries."""
    updates = [row.pk for row in rows if row.pgh_label == "update"]
    if not updates:
        return {}
    model = type(rows[0])
    before = model.objects.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    pairs = dict(
        model.objects.filter(pk__in=updates)
        .annotate(former=Subquery(before.values("pgh_id")[:1]))
        .values_list("pk", "former")
    )
    held = model.objects.in_bulk([former for former in pairs.values() if former])
    return {later: held[former] for later, former in pairs.items() if former in held}


def _changed(row: Model, former: Model) -> list[tuple[str, Change]]:
    """The fields that differ, with their names."""
    found = []
    for field in row._meta.local_fields:
        before, after = getattr(former, field.attname), getattr(row, field.attname)
        if not field.name.startswith("pgh_") and field.name not in _SAID_BESIDE and before != after:
            found.append((field.name, Change(str(field.verbose_name), _plain(before), _plain(after))))
    return found


def _plain(value: Any) -> str:
    """A stored value as text; a dash for what is not given."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
