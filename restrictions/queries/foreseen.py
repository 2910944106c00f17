"""What a table that was sent in would do: the fate of each row, and what the record would say then."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext

from restrictions.domain.claims import Claim as DerivedFrom
from restrictions.domain.claims import Line
from restrictions.domain.claims import Settlement as Ruling
from restrictions.domain.derivation import derive
from restrictions.domain.plan import Change, difference
from restrictions.domain.vocabulary import Decision, WeaponKind
from restrictions.domain.weapons import WeaponNode, WeaponTree
from restrictions.models import Claim, SentTable
from restrictions.queries.claims import Pair, as_derived_from, as_ruling, claims_of_pairs, settlements_of_pairs
from restrictions.queries.pairs import pairs_on_record
from restrictions.queries.plans import PlanLine, lines_of
from restrictions.queries.tables import TABLES, Fate, Kind, fates_of
from restrictions.queries.tables.sheets import read_sheet
from restrictions.queries.weapons import recorded_tree


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Fates in the order of the file, the plan in words, and the mark that both follow from. ``pairs`` are derived."""

    fates: tuple[Fate, ...]
    lines: tuple[PlanLine, ...]
    seen: str
    pairs: frozenset[Pair]

    def of(self, *kinds: Kind) -> list[Fate]:
        return [fate for fate in self.fates if fate.kind in kinds]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(fate.kind.value for fate in self.fates)
        return {kind.value: counted[kind.value] for kind in Kind}


@dataclass(frozen=True, slots=True)
class _Batch:
    """What leaves the record and what comes in, by a whole table."""

    pairs: frozenset[Pair] = frozenset()
    leaves: frozenset[str] = frozenset()
    claims: tuple[DerivedFrom, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    weapons: WeaponTree | None = None


def may_send(user: User, table: str) -> bool:
    """Whether this user may bring anything in by this table."""
    return TABLES[table].takes_in and any(user.has_perm(f"restrictions.{verb}_{table}") for verb in ("add", "change"))


def may_accept(user: User, table: str) -> bool:
    """Whether claims that this user sends can be accepted with the same step."""
    return table == "claim" and user.has_perm("restrictions.change_claim")


def foreseen(sent: SentTable, *, by: User, accepts: bool, locks: bool = False) -> Foreseen:
    """What writing the table would do now, in the name of this user. Raises Unreadable."""
    add, change = (by.has_perm(f"restrictions.{verb}_{sent.table}") for verb in ("add", "change"))
    sheet = read_sheet(bytes(sent.content), sent.form)
    fates = fates_of(TABLES[sent.table], sheet, may_add=add, may_change=change, locks=locks)
    if sent.table == "settlement":
        fates = _without_idle_rulings(fates)
    if sent.table == "weapon":
        fates = _without_orphans(fates)
    batch = _batch(sent.table, fates, accepts=accepts)
    lines = lines_of(_Standing(batch.pairs).changes(batch))
    told = [str((fate.line, fate.kind.value, fate.changes)) for fate in fates]
    seen = sha256("\n".join([sent.table, str(accepts), *told, *map(repr, lines)]).encode()).hexdigest()
    return Foreseen(fates, lines, seen, batch.pairs)


def _without_idle_rulings(fates: tuple[Fate, ...]) -> tuple[Fate, ...]:
    """Rulings that would settle nothing are refused, as they are one by one."""
    new = [fate for fate in fates if fate.kind is Kind.NEW and not fate.row.withdrawn]
    record = _Standing(frozenset(pair_of(fate.row) for fate in new))
    idle = {fate.line for fate in new if not record.changes(_batch_of_rulings([fate.row]))}
    says = gettext("This would settle nothing: on these days there is no dispute in which a side claims that.")
    return tuple(replace(fate, kind=Kind.REFUSED, faults={"": says}) if fate.line in idle else fate for fate in fates)


def _without_orphans(fates: tuple[Fate, ...]) -> tuple[Fate, ...]:
    """A weapon whose class was to come with it, and does not, does not come either."""
    missing = {fate.name for fate in fates if fate.kind is Kind.REFUSED and fate.held is None}
    missing -= set(recorded_tree().nodes)
    orphans = {fate.name for fate in fates if fate.kind is not Kind.REFUSED and fate.row.parent_id in missing}
    if not orphans:
        return fates
    faults = {"parent": gettext("Its class is refused in this table.")}
    return _without_orphans(
        tuple(replace(fate, kind=Kind.REFUSED, faults=faults) if fate.name in orphans else fate for fate in fates)
    )


def _batch(table: str, fates: Sequence[Fate], *, accepts: bool) -> _Batch:
    written = [fate for fate in fates if fate.kind in (Kind.NEW, Kind.CHANGED)]
    if table == "claim":
        return _batch_of_claims([fate for fate in written if counts(fate, accepts=accepts)])
    if table == "settlement":
        return _batch_of_rulings([fate.row for fate in written if not fate.row.withdrawn])
    if table == "dispatch":
        return _batch_of_dispatches({fate.row.pk: fate for fate in written})
    if table in ("weapon", "country") and written:
        tree = _tree_with(written) if table == "weapon" else None
        return _Batch(frozenset(pairs_on_record()), weapons=tree)
    return _Batch()


def counts(fate: Fate, *, accepts: bool) -> bool:
    """Whether a claim of a table enters the record, or stands in it already."""
    return accepts if fate.held is None else fate.held.decision == Decision.ACCEPTED


def _batch_of_rulings(rows: Sequence[Any]) -> _Batch:
    return _Batch(frozenset(map(pair_of, rows)), rulings=tuple(map(as_ruling, rows)))


def _batch_of_claims(fates: Sequence[Fate]) -> _Batch:
    rows = [row for fate in fates for row in (fate.held, fate.row) if row is not None]
    return _Batch(
        pairs=frozenset(map(pair_of, rows)),
        leaves=frozenset(fate.name for fate in fates),
        claims=tuple(as_derived_from(fate.row) for fate in fates if not fate.row.retracted),
    )


def _batch_of_dispatches(fates: dict[int, Fate]) -> _Batch:
    """The accepted claims of dispatches whose day of publication changes: they take the new one."""
    claims = Claim.objects.counting().filter(dispatch_version__dispatch__in=fates)
    rows = list(claims.select_related("dispatch_version").defer("dispatch_version__body"))
    for row in rows:
        version = row.dispatch_version
        dispatch = fates[version.dispatch_id].row if version else None
        for part in ("edtf", "earliest", "latest"):
            setattr(row, f"published_{part}", getattr(dispatch, f"published_{part}"))
    return _Batch(
        pairs=frozenset(map(pair_of, rows)),
        leaves=frozenset(row.key for row in rows),
        claims=tuple(map(as_derived_from, rows)),
    )


def _tree_with(fates: Collection[Fate]) -> WeaponTree:
    rows = [fate.row for fate in fates]
    nodes = {row.code: WeaponNode(row.code, WeaponKind(row.kind), row.parent_id, row.long_range) for row in rows}
    return WeaponTree({**recorded_tree().nodes, **nodes})


def pair_of(row: Any) -> Pair:
    """The supplier and the recipient of a row, which are derived together."""
    return row.supplier_id, row.recipient_id


class _Standing:
    """The record of some pairs as it stands, read in three queries."""

    def __init__(self, pairs: frozenset[Pair]) -> None:
        self._claims, self._rulings = claims_of_pairs(pairs), settlements_of_pairs(pairs)
        self._weapons = recorded_tree()

    def changes(self, batch: _Batch) -> list[Change]:
        """What the batch would change."""
        changes = []
        for pair in sorted(batch.pairs):
            held, rulings = self._claims[pair], self._rulings[pair]
            claims = [claim for claim in held if claim.key not in batch.leaves]
            claims += [claim for claim in batch.claims if _pair(claim.line) == pair]
            ruled = rulings + [ruling for ruling in batch.rulings if _pair(ruling.line) == pair]
            before = derive(held, rulings, weapons=self._weapons)
            changes += difference(before, derive(claims, ruled, weapons=batch.weapons or self._weapons))
        return changes


def _pair(line: Line) -> Pair:
    return line.supplier, line.recipient
