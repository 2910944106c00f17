"""All positions towards one recipient without what they show: read narrow, remembered for a revision of the record.

What a position shows (evidence, quotes, disputes) is long: a page asks for it of the few positions that it tells of.
"""

import gc
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection

from restrictions.domain.claims import Line
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.days import Day, parse_day
from restrictions.domain.positions import Limit, Position
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.queries.held import Held, Shown
from restrictions.queries.reported import positions_reported
from restrictions.queries.stamps import RecordStamp, record_stamp
from restrictions.queries.stored import stored_limits


class Towards:
    """The positions towards one recipient by id, in the order of supplier, weapon and day, without their evidence.

    ``stamp``: the revision that left them; none where they were derived for another clock.
    """

    def __init__(
        self,
        bare: Mapping[int, Position],
        read: Callable[[Sequence[int]], Mapping[int, Shown]],
        stamp: RecordStamp | None = None,
    ) -> None:
        self.bare, self.stamp = bare, stamp
        self.number_of = {id(position): number for number, position in bare.items()}
        self._read = read

    def shown(self, numbers: Collection[int]) -> Mapping[int, Shown]:
        """What these positions show, by id: one query, none where all was derived."""
        return self._read(sorted(set(numbers)))

    def held(self, numbers: Collection[int]) -> dict[int, Held]:
        """These positions with what they show, by id, in the order given: the same queries."""
        shown = self.shown(numbers)
        return {number: Held(self.bare[number], shown[number]) for number in numbers}


def towards(recipient: str, *, clock: Clock = NOW) -> Towards:
    """All positions towards a recipient, by this clock.

    One query; two where nobody has asked for this recipient since the record changed. What they show is read as the
    same revision left it, whatever came since.
    """
    stamp = record_stamp(clock.instant)
    return _reported(recipient, clock, stamp) if clock.reported else _recorded(recipient, stamp)


@lru_cache(maxsize=16)
def _reported(recipient: str, clock: Clock, _stamp: RecordStamp) -> Towards:
    """What was derived for the day, by one revision."""
    found = positions_reported(recipient, clock=clock)
    shown = {number: held.shown for number, held in found.items()}
    return Towards({number: held.position for number, held in found.items()}, lambda _numbers: shown)


@lru_cache(maxsize=16)
def _recorded(recipient: str, stamp: RecordStamp) -> Towards:
    """What one revision left, which stays true of it."""
    if stamp.instant is None:
        return Towards({}, lambda _numbers: {})
    rows = _rows(_BARE, recipient=recipient, instant=stamp.instant)
    reader = _Reader(recipient)
    found = Towards({row[0]: reader.position(row) for row in rows}, lambda numbers: _shown(numbers, stamp), stamp)
    # They stay, and hold no cycles: looking through them for garbage again and again would hold up every tenth page.
    gc.collect()  # what is garbage by now would stay with them
    gc.freeze()
    return found


_BARE = """
    SELECT position_id, supplier_id, role, weapon_id, track, territory, status,
           starts_edtf, starts_earliest, starts_latest, ends_edtf, ends_earliest, ends_latest,
           announced_edtf, announced_earliest, announced_latest, open_start, limits, last_confirmed, first_used_edtf,
           provisional, contested, practice
    FROM restrictions_positionversion WHERE recipient_id = %(recipient)s AND recorded @> %(instant)s::timestamptz
    ORDER BY supplier_id, weapon_id, starts_latest, position_id
"""
_SHOWN = """
    SELECT position_id, shown::text FROM restrictions_positionversion
    WHERE position_id = ANY(%(numbers)s) AND recorded @> %(instant)s::timestamptz
"""


def _rows(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _shown(numbers: Sequence[int], stamp: RecordStamp) -> dict[int, Shown]:
    rows = _rows(_SHOWN, numbers=numbers, instant=stamp.instant)
    return {number: orjson.loads(shown) for number, shown in rows}


# Thousands of rows are read at once, and looking a code up costs a fifth of what its vocabulary asks for it.
_ROLES = {role.value: role for role in Role}
_TRACKS = {track.value: track for track in Track}
_STATUSES = {status.value: status for status in Status}


class _Reader:
    """Rows as positions. Lines, days and limits come again and again: each is made once and shared."""

    def __init__(self, recipient: str) -> None:
        self._recipient = recipient
        self._lines: dict[tuple[str, ...], Line] = {}
        self._days: dict[tuple[Any, ...], Day] = {}
        self._limits: dict[str, tuple[Limit, ...]] = {"[]": ()}

    def position(self, row: tuple[Any, ...]) -> Position:
        """A row as the position that was derived, all but what it rests on and the rules that made it."""
        return Position(
            line=self._line(row[1:6]),
            status=_STATUSES[row[6]],
            starts=self._day(row[7:10]),
            evidence=(),
            announced=self._day(row[13:16]),
            last_confirmed=row[18],
            ends=self._day(row[10:13]) if row[10] else None,
            open_start=row[16],
            limits=self._stated(row[17]),
            provisional=row[20],
            contested=row[21],
            practice=_STATUSES[row[22]] if row[22] else None,
            first_used=parse_day(row[19]) if row[19] else None,
        )

    def _line(self, key: tuple[str, ...]) -> Line:
        if key not in self._lines:
            supplier, role, weapon, track, territory = key
            self._lines[key] = Line(supplier, _ROLES[role], self._recipient, weapon, _TRACKS[track], territory)
        return self._lines[key]

    def _day(self, key: tuple[Any, ...]) -> Day:
        if key not in self._days:
            self._days[key] = Day(*key)
        return self._days[key]

    def _stated(self, limits: str) -> tuple[Limit, ...]:
        if limits not in self._limits:
            self._limits[limits] = stored_limits(orjson.loads(limits))
        return self._limits[limits]
