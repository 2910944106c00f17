"""The log of claims: which fates, of whom, about what, published when, and which page of it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from dashboard.filters import one_of, recipient_of, suppliers_of, weapons_of
from dashboard.parameters import CLOCK, Given, clock_pairs
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Status
from restrictions.queries.claim_log import Fate, WantedClaims
from restrictions.queries.codes import Codes

REPEATABLE = ("fate", "supplier", "weapon", "status")
SINGLE = ("recipient", "from", "to", "page", *CLOCK)


@dataclass(frozen=True, slots=True)
class ClaimsCriteria:
    """The claims that are shown, and which page of them."""

    wanted: WantedClaims
    page: int = 1
    clock: Clock = NOW

    def query_string(self, *, page: int | None = None) -> str:
        """The address's query for this view, or for another page of it."""
        wanted = self.wanted
        pairs = [("fate", fate.value) for fate in wanted.fates]
        pairs += [("recipient", wanted.recipient)] if wanted.recipient else []
        pairs += [("supplier", code) for code in wanted.suppliers]
        pairs += [("weapon", code) for code in wanted.weapons]
        pairs += [("status", status.value) for status in wanted.statuses]
        days = (("from", wanted.first), ("to", wanted.last))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        shown = page or self.page
        pairs += [("page", str(shown))] if shown > 1 else []
        return urlencode([*pairs, *clock_pairs(self.clock)])


def claims_criteria(query: QueryDict, *, codes: Codes, clock: Clock = NOW) -> ClaimsCriteria:
    """The claims that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    first, last = given.stretch()
    wanted = WantedClaims(
        fates=tuple(map(Fate, given.codes("fate", list(Fate), one_of(Fate)))),
        recipient=recipient_of(given, codes, usual=""),
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
        statuses=tuple(map(Status, given.codes("status", list(Status), one_of(Status)))),
        first=first,
        last=last,
    )
    return ClaimsCriteria(wanted, given.number("page", default=1), clock)
