"""One supplier and recipient at a time: what a dataset is made from without holding the record in memory."""

from collections.abc import Sequence
from dataclasses import replace

from restrictions.domain.clock import Clock
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Role
from restrictions.queries.held import Held, positions_recorded, rows_held
from restrictions.queries.shown import positions_towards


def pairs_held(clock: Clock) -> list[tuple[str, str]]:
    """Every recipient and supplier of whom the record held positions by this clock, in order: one query.

    For ``reported`` those are at least all that had any.
    """
    held = rows_held(replace(clock, reported=None)).order_by().values_list("recipient_id", "supplier_id").distinct()
    return sorted(held)


def positions_of(recipient: str, supplier: str, clock: Clock) -> dict[int, Held]:
    """One supplier's positions towards a recipient, by this clock."""
    return positions_towards(recipient, (supplier,), clock=clock)


def consents_towards(recipient: str, clock: Clock) -> Sequence[Position]:
    """What every state says whose consent counts towards a recipient, by this clock."""
    if clock.reported:
        found = positions_towards(recipient, clock=clock)
    else:
        found = positions_recorded(recipient, clock=clock, role=Role.CONSENT)
    return [held.position for held in found.values() if held.position.line.role is Role.CONSENT]
