"""The positions around one: its line over time, what stood before and after it, the wider rules, and others' rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Role
from restrictions.queries.answers import Stretched
from restrictions.queries.bare import towards
from restrictions.queries.bars import OWN, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.positions import ClosedPosition
from restrictions.queries.timeline import rows_among


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
    """The positions around this one: three queries at most."""
    path = codes.tree.path(bar.weapon) if codes.tree.known(bar.weapon) else (bar.weapon,)
    known = towards(bar.recipient, clock=clock)
    answers = rows_among(known, track=bar.track, territory=bar.territory, codes=codes, today=today, weapons=path)
    line = [item for item in answers.found if _line(item) == (bar.supplier, bar.role, bar.weapon)]
    day = today if bar.covers(today) else bar.first_day
    on_day = [item for item in answers.found if item.answered_by == OWN and item.covers(day)]
    wider = sorted(_wider(on_day, bar, path[1:]), key=lambda item: path.index(item.weapon))
    others = [item for item in on_day if item.weapon == bar.weapon and item not in line]
    told = iter(answers.told([*line, *wider, *others]))
    bars = tuple(islice(told, len(line)))
    own = [row for row in bars if row.answered_by == OWN]
    at = next((place for place, row in enumerate(own) if row.position == bar.position), None)
    return Related(
        day=day,
        line=bars,
        before=own[at - 1] if at else None,
        after=own[at + 1] if at is not None and at + 1 < len(own) else None,
        wider=tuple(islice(told, len(wider))),
        others=tuple(told),
    )


def successor_of(closed: ClosedPosition, *, codes: Codes, today: date, clock: Clock = NOW) -> TimelineBar | None:
    """What the record says now of the day on which a closed position began; else the next of its line, or the last."""
    answers = rows_among(
        towards(closed.recipient, clock=clock),
        track=closed.track,
        territory=closed.territory,
        codes=codes,
        today=today,
        suppliers=(closed.supplier,),
        weapons=(closed.weapon,),
    )
    own = [item for item in answers.found if item.answered_by == OWN and item.position.line.role is closed.role]
    covering = [item for item in own if item.covers(closed.first_day)]
    later = [item for item in own if item.first_day >= closed.first_day]
    return next(iter(answers.told([*covering, *later, *reversed(own)][:1])), None)


def _line(item: Stretched) -> tuple[str, Role, str]:
    return item.position.line.supplier, item.position.line.role, item.weapon


def _wider(found: Sequence[Stretched], bar: TimelineBar, path: Sequence[str]) -> list[Stretched]:
    """The supplier's own rules for what is wider than the weapon; a consent follows none."""
    if bar.role is Role.CONSENT:
        return []
    return [item for item in found if _line(item)[:2] == (bar.supplier, bar.role) and item.weapon in path]
