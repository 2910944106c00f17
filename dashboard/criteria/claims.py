"""The log of claims: which fates, of whom, about what, published when, and which page of it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.parameters import Given, refuse
from restrictions.domain.vocabulary import Status
from restrictions.queries.claim_log import Fate, WantedClaims
from restrictions.queries.codes import Codes

REPEATABLE = ("fate", "supplier", "weapon", "status")
SINGLE = ("recipient", "from", "to", "page")


@dataclass(frozen=True, slots=True)
class ClaimsCriteria:
    """The claims that are shown, and which page of them."""

    wanted: WantedClaims
    page: int = 1

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
        return urlencode(pairs)


def claims_criteria(query: QueryDict, *, codes: Codes) -> ClaimsCriteria:
    """The claims that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    first, last = given.day("from"), given.day("to")
    if first and last and last < first:
        refuse("to", last.isoformat(), gettext("a day that is not before “from”"))
    wanted = WantedClaims(
        fates=tuple(map(Fate, given.codes("fate", list(Fate), _one_of(Fate)))),
        recipient=given.code("recipient", codes.countries, gettext("a country's code, such as UA"), ""),
        suppliers=given.codes("supplier", codes.countries, gettext("a country's code, such as US; may be repeated")),
        weapons=given.codes("weapon", codes.weapons, gettext("a weapon's code, such as atacms; may be repeated")),
        statuses=tuple(map(Status, given.codes("status", list(Status), _one_of(Status)))),
        first=first,
        last=last,
    )
    return ClaimsCriteria(wanted, given.number("page", default=1))


def _one_of(codes: type[Fate] | type[Status]) -> str:
    return gettext("one of: %(codes)s; may be repeated") % {"codes": ", ".join(codes)}
