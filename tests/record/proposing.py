"""Claims that wait for a curator, and what became of them."""

from datetime import date
from typing import Any

from restrictions.domain.vocabulary import Act, Status
from restrictions.models import Claim
from tests.record.rows import claim_row, day

EARLIER = {
    "weapon_id": "any",
    "act": Act.REAFFIRMS.value,
    **day("effective", date(2023, 8, 23)),
    **day("published", date(2023, 8, 23)),
}
PERMISSION = {
    "weapon_id": "any",
    "status": Status.CONDITIONAL.value,
    "conditions": ["counter_fire"],
    "prior": Status.BANNED.value,
    **day("effective", date(2024, 5, 30)),
    **day("published", date(2024, 5, 31)),
}
NO_DAY: dict[str, Any] = {
    f"{name}_{part}": None for name in ("effective", "published") for part in ("edtf", "earliest", "latest")
}


def propose(key: str, **changes: Any) -> Claim:
    """A ban on ATACMS from 2 May 2024 unless said otherwise, waiting."""
    claim = claim_row(key, **changes)
    claim.save()
    return claim


def decided(claim: Claim) -> tuple[str, str | None]:
    """The decision as it is stored now, and who made it."""
    claim.refresh_from_db()
    return claim.decision, claim.decided_by.get_username() if claim.decided_by else None
