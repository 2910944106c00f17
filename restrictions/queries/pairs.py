"""The (supplier, recipient) pairs that are derived together."""

from restrictions.models import Claim, Position


def pairs_on_record() -> list[tuple[str, str]]:
    """Every pair that has an accepted claim or a position. Two queries."""
    claimed = Claim.objects.accepted().order_by().values_list("supplier_id", "recipient_id").distinct()
    held = Position.objects.order_by().values_list("supplier_id", "recipient_id").distinct()
    return sorted({*claimed, *held})
