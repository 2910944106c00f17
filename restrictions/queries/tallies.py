"""How many governments say what, on a day and over time: one query beside the codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.positions import Position
from restrictions.domain.tallies import Tallies, Tally
from restrictions.domain.vocabulary import Role, Track
from restrictions.queries.codes import Codes
from restrictions.queries.shown import positions_towards


@dataclass(frozen=True, slots=True)
class Counted:
    """The tally of the day asked about, and those of every day up to today on which it changes."""

    on_day: Tally
    over_time: tuple[Tally, ...]


def counted(*, recipient: str, territory: str, on: date, today: date, codes: Codes, on_record: bool = False) -> Counted:
    """The general rules of every supplier towards this recipient. ``on_record`` counts confirmed ones alone."""
    positions = [held.position for held in positions_towards(recipient).values()]
    tallies = Tallies(positions, codes.tree, territory=territory, on_record=on_record)
    return Counted(tallies.on(on), tuple(tallies.over_time(_turns(positions, territory, today))))


def _turns(positions: Sequence[Position], territory: str, today: date) -> list[date]:
    """The days on which a supplier's position of supply, or of use on the territory, begins or ends."""
    relevant = [
        one
        for one in positions
        if one.line.role is Role.SUPPLIER and (one.line.track is Track.SUPPLY or one.line.territory == territory)
    ]
    days = {day for one in relevant for day in (one.first_day, one.until) if day and day <= today}
    return sorted(days)
