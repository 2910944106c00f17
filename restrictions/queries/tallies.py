"""How many governments say what, on a day and over time: read once for each revision of the record."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.tallies import Tallies, Tally, deliveries
from restrictions.queries.codes import Codes
from restrictions.queries.day import deliveries_towards, general_positions
from restrictions.queries.shown import positions_towards
from restrictions.queries.stamps import record_stamp
from restrictions.queries.weapons import recorded_tree


@dataclass(frozen=True, slots=True)
class Counted:
    """The tally of the day asked about, and all that is counted: the same object until the record changes."""

    on_day: Tally
    tallies: Tallies


def counted(
    *,
    recipient: str,
    territory: str,
    on: date,
    codes: Codes,
    on_record: bool = False,
    clock: Clock = NOW,
) -> Counted:
    """The general rules of every supplier towards this recipient. ``on_record`` counts confirmed ones alone.

    One query; three more where nobody has asked since the record changed.
    """
    if clock.reported:
        positions = [held.position for held in positions_towards(recipient, clock=clock).values()]
        handed = deliveries(positions, on_record=on_record)
        tallies = Tallies(positions, codes.tree, territory=territory, delivering=handed, on_record=on_record)
    else:
        stamp = record_stamp(clock.instant)
        instant = stamp.instant if clock.instant else None
        tallies = _recorded(recipient, territory, on_record, instant, stamp.revision)
    return Counted(tallies.on(on), tallies)


@lru_cache(maxsize=256)
def _recorded(recipient: str, territory: str, on_record: bool, instant: datetime | None, _revision: int) -> Tallies:
    """The tallies by one revision, which stay true of it."""
    return Tallies(
        general_positions(recipient, territory, instant),
        recorded_tree(instant),
        territory=territory,
        delivering=deliveries_towards(recipient, instant, on_record=on_record),
        on_record=on_record,
    )
