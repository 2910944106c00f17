"""A record with one open dispute: a ban of January 2024, and in February an official who says the contrary."""

from datetime import date
from typing import Any

from restrictions.actions.claims import accept_claims
from restrictions.domain.claims import Line
from restrictions.domain.vocabulary import Act, Role, Status, Track
from restrictions.models import Claim
from tests.record.proposing import propose
from tests.record.rows import day, make_curator

LINE = Line("US", Role.SUPPLIER, "UA", "any", Track.USE, "RU")
FIRST, UNTIL = date(2024, 2, 1), date(2024, 3, 1)


def said_on(on: date) -> dict[str, Any]:
    return {"weapon_id": "any", **day("effective", on), **day("published", on)}


def dispute(**line: Any) -> tuple[Claim, Claim]:
    """The two claims, accepted: the standing side and the challenger; on another line where one is given."""
    ban = propose("ban", **said_on(date(2024, 1, 1)), **line)
    against = propose(
        "against",
        status=Status.CONDITIONAL.value,
        act=Act.REAFFIRMS.value,
        conditions=["counter_fire"],
        **said_on(date(2024, 2, 1)),
        **line,
    )
    accept_claims(claims=[ban.pk, against.pk], by=make_curator())
    return ban, against
