"""Spells, the panel and events as rows: one supplier and recipient at a time, whatever the record has grown to."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from restrictions.domain.changes import changes
from restrictions.domain.claims import Line
from restrictions.domain.datasets import EVENTS, PANEL_DAYS, PANEL_MONTHS, SPELLS
from restrictions.domain.days import ONE_DAY, day_columns
from restrictions.domain.events import Event, Move, events, first_days
from restrictions.domain.panel import Run, months, runs
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import WeaponTree
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.pairs import consents_towards, pairs_held, positions_of
from restrictions.queries.datasets.positions import Row, is_synthetic, line_record, stated
from restrictions.queries.held import Held
from restrictions.queries.shown import evidence_links, independent_sources
from restrictions.queries.weapons import recorded_tree


def spell_rows(wanted: Wanted) -> Iterator[Row]:
    """One row a position that had begun, with what is not known of its start and end; pair by pair."""
    for recipient, supplier in pairs_held(wanted.clock):
        held = positions_of(recipient, supplier, wanted.clock)
        nexts = {(item.position.line, item.position.first_day): item.position.status for item in held.values()}
        for number, item in sorted(held.items()):
            if _is_asked(item.position, wanted):
                record = _spell(number, item, nexts, wanted.today)
                yield tuple(record[name] for name in SPELLS.names)


def _is_asked(position: Position, wanted: Wanted) -> bool:
    return position.covers(wanted.on) if wanted.on else position.first_day <= wanted.today


def _spell(number: int, held: Held, nexts: dict[tuple[Line, date], Status], today: date) -> dict[str, Any]:
    position = held.position
    goes_on = position.until is None or position.until > today
    last = today if goes_on or position.until is None else position.until - ONE_DAY
    return {
        **line_record(number, position),
        "status": position.status,
        **day_columns("starts", position.starts),
        **day_columns("ends", position.ends),
        "first_day": position.first_day,
        "last_day": last,
        "days": (last - position.first_day).days + 1,
        "left_censored": position.open_start,
        "right_censored": goes_on,
        "start_window": position.starts.width + 1,
        "end_window": position.ends.width + 1 if position.ends else None,
        "ended_by": nexts.get((position.line, position.until)) if position.until else None,
        "limits": stated(position.limits),
        **_doubt(held),
    }


def _doubt(held: Held) -> dict[str, Any]:
    """How far a position is to be trusted."""
    evidence = evidence_links(held.shown)
    return {
        "provisional": held.position.provisional,
        "contested": held.position.contested,
        "evidence_count": len(evidence),
        "independent_sources": independent_sources(evidence),
        "synthetic": is_synthetic(held.shown),
    }


def panel_day_rows(wanted: Wanted) -> Iterator[Row]:
    """One row a supplier, weapon and day on which something is recorded."""
    for where, run in _panel(wanted):
        for day in run.days:
            record = {**where, "weapon": run.weapon, "date": day, **_answer(run)}
            yield tuple(record[name] for name in PANEL_DAYS.names)


def panel_month_rows(wanted: Wanted) -> Iterator[Row]:
    """One row a supplier, weapon and month in which something is recorded."""
    for where, found in groupby(_panel(wanted), key=lambda part: part[0]):
        for month in months(run for _, run in found):
            last = Run(month.weapon, wanted.today, wanted.today, month.last)
            record = {**where, **_answer(last), "weapon": month.weapon, "month": month.name}
            record |= {"days": month.days, "changes": month.changes}
            yield tuple(record[name] for name in PANEL_MONTHS.names)


def _panel(wanted: Wanted) -> Iterator[tuple[dict[str, Any], Run]]:
    """The runs of each recipient, territory and supplier, in this order."""
    tree = recorded_tree(wanted.clock.instant)
    for recipient, pairs in groupby(pairs_held(wanted.clock), key=lambda pair: pair[0]):
        consents = consents_towards(recipient, wanted.clock)
        for territory, supplier in _territories(recipient, [supplier for _, supplier in pairs], wanted):
            positions = [held.position for held in positions_of(recipient, supplier, wanted.clock).values()]
            where = {"recipient": recipient, "territory": territory, "supplier": supplier}
            for run in runs(positions, consents, tree, territory=territory, until=wanted.today + ONE_DAY):
                yield from ((where, part) for part in _of_day(run, wanted.on))


def _territories(recipient: str, suppliers: list[str], wanted: Wanted) -> list[tuple[str, str]]:
    """The territories that a rule of use is about, each with every supplier."""
    found = {
        held.position.line.territory
        for supplier in suppliers
        for held in positions_of(recipient, supplier, wanted.clock).values()
        if held.position.line.track is Track.USE
    }
    return [(territory, supplier) for territory in sorted(found) for supplier in suppliers]


def _of_day(run: Run, on: date | None) -> Iterator[Run]:
    """The run; its one day where that is asked for."""
    if on is None:
        yield run
    elif run.first <= on < run.until:
        yield Run(run.weapon, on, on + ONE_DAY, run.cell)


def _answer(run: Run) -> dict[str, Any]:
    cell = run.cell
    position = cell.answer.position
    return {
        "status": cell.status,
        "answered_by": cell.answer.level,
        "supply": cell.supply,
        "binding": cell.binding.status if cell.binding.consents else cell.status,
        "possible": list(cell.possible),
        "provisional": bool(position and position.provisional),
        "contested": bool(position and position.contested),
    }


def event_rows(wanted: Wanted) -> Iterator[Row]:
    """One row a change, pair by pair."""
    tree = recorded_tree(wanted.clock.instant)
    for recipient, pairs in groupby(pairs_held(wanted.clock), key=lambda pair: pair[0]):
        suppliers = [supplier for _, supplier in pairs]
        firsts: dict[Move, date] = {}
        for supplier in suppliers:
            positions = [held.position for held in positions_of(recipient, supplier, wanted.clock).values()]
            for move, day in first_days(changes(positions, tree)).items():
                firsts[move] = min(day, firsts.get(move, day))
        for supplier in suppliers:
            yield from _events(positions_of(recipient, supplier, wanted.clock), tree, firsts, wanted.today)


def _events(held: dict[int, Held], tree: WeaponTree, firsts: dict[Move, date], today: date) -> Iterator[Row]:
    number_of = {id(item.position): number for number, item in held.items()}
    found = [change for change in changes((item.position for item in held.values()), tree) if change.day <= today]
    numbered = {number_of[id(event.change.after)]: event for event in events(found, firsts)}
    for number, event in sorted(numbered.items()):
        record = _event(number, held[number], event)
        yield tuple(record[name] for name in EVENTS.names)


def _event(number: int, held: Held, event: Event) -> dict[str, Any]:
    after, before = event.change.after, event.change.before
    return {
        **line_record(number, after),
        "kind": event.change.kind,
        "before": before.status if before else None,
        "after": after.status,
        **day_columns("effective", after.starts),
        **day_columns("announced", after.announced),
        "days_to_announcement": event.to_announcement,
        "days_since_previous": event.since_previous,
        "days_since_first": event.since_first,
        "days_to_first_use": event.to_first_use,
        **_doubt(held),
    }
