"""How many governments say what, on a day and over time: one query beside the codes."""

from dataclasses import dataclass
from datetime import date

from restrictions.domain.cells import turning_days
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.tallies import Tallies, Tally
from restrictions.domain.vocabulary import Role
from restrictions.queries.codes import Codes
from restrictions.queries.shown import positions_towards


@dataclass(frozen=True, slots=True)
class Counted:
    """The tally of the day asked about, and those of every day up to today on which it changes."""

    on_day: Tally
    over_time: tuple[Tally, ...]


def counted(
    *,
    recipient: str,
    territory: str,
    on: date,
    today: date,
    codes: Codes,
    on_record: bool = False,
    clock: Clock = NOW,
) -> Counted:
    """The general rules of every supplier towards this recipient. ``on_record`` counts confirmed ones alone."""
    positions = [held.position for held in positions_towards(recipient, clock=clock).values()]
    tallies = Tallies(positions, codes.tree, territory=territory, on_record=on_record)
    suppliers = [position for position in positions if position.line.role is Role.SUPPLIER]
    days = turning_days(suppliers, territory=territory, until=today)
    return Counted(tallies.on(on), tuple(tallies.over_time(days)))
