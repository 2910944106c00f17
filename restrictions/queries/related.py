"""The positions around one: its line over time, what stood before and after it, the wider rules, and others' rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Role
from restrictions.queries.bars import OWN, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.positions import ClosedPosition
from restrictions.queries.timeline import timeline_rows


@dataclass(frozen=True, slots=True)
class Related:
    """What stands around a position.

    ``line``: the bars of its row, inherited ones too. ``wider``: the supplier's rules for the classes above, and
    ``others``: other states' own rules for the same weapon; both on ``day``, today where the position still holds.
    """

    day: date
    line: tuple[TimelineBar, ...]
    before: TimelineBar | None
    after: TimelineBar | None
    wider: tuple[TimelineBar, ...]
    others: tuple[TimelineBar, ...]


def related_positions(bar: TimelineBar, *, codes: Codes, today: date, clock: Clock = NOW) -> Related:
    """The positions around this one: two queries at most."""
    path = codes.tree.path(bar.weapon) if codes.tree.known(bar.weapon) else (bar.weapon,)
    rows = timeline_rows(
        recipient=bar.recipient,
        track=bar.track,
        territory=bar.territory,
        codes=codes,
        today=today,
        weapons=path,
        clock=clock,
    )
    line = tuple(row for row in rows if _line(row) == _line(bar))
    own = [row for row in line if row.answered_by == OWN]
    at = next((place for place, row in enumerate(own) if row.position == bar.position), None)
    day = today if bar.covers(today) else bar.first_day
    on_day = [row for row in rows if row.answered_by == OWN and row.covers(day)]
    return Related(
        day=day,
        line=line,
        before=own[at - 1] if at else None,
        after=own[at + 1] if at is not None and at + 1 < len(own) else None,
        wider=tuple(sorted(_wider(on_day, bar, path[1:]), key=lambda row: path.index(row.weapon))),
        others=tuple(row for row in on_day if row.weapon == bar.weapon and _line(row) != _line(bar)),
    )


def successor_of(closed: ClosedPosition, *, codes: Codes, today: date, clock: Clock = NOW) -> TimelineBar | None:
    """What the record says now of the day on which a closed position began; else the next of its line, or the last."""
    rows = timeline_rows(
        recipient=closed.recipient,
        track=closed.track,
        territory=closed.territory,
        codes=codes,
        today=today,
        suppliers=(closed.supplier,),
        weapons=(closed.weapon,),
        clock=clock,
    )
    own = [row for row in rows if row.answered_by == OWN and row.role is closed.role]
    covering = [row for row in own if row.covers(closed.first_day)]
    later = [row for row in own if row.first_day >= closed.first_day]
    return next(iter([*covering, *later, *reversed(own)]), None)


def _line(bar: TimelineBar) -> tuple[str, Role, str]:
    return bar.supplier, bar.role, bar.weapon


def _wider(rows: Sequence[TimelineBar], bar: TimelineBar, path: Sequence[str]) -> list[TimelineBar]:
    """The supplier's own rules for what is wider than the weapon; a consent follows none."""
    if bar.role is Role.CONSENT:
        return []
    return [row for row in rows if (row.supplier, row.role) == (bar.supplier, bar.role) and row.weapon in path]
