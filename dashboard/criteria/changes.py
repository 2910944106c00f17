"""The log of changes: which turns an address asks for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import (
    RECIPIENT,
    one_of,
    recipient_of,
    sought_of,
    sought_pairs,
    statuses_of,
    suppliers_of,
    territory_of,
    weapons_of,
)
from dashboard.parameters import CLOCK, Given, clock_pairs
from restrictions.domain.changes import Kind
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Track
from restrictions.queries.changes import Wanted
from restrictions.queries.codes import Codes, Holdings

REPEATABLE = ("supplier", "weapon", "kind", "before", "after", "condition", "region", "attribution")
OF_A_FILTER = ("recipient", "territory", "track", "from", "to", "evidence", "text")
SINGLE = (*OF_A_FILTER, "page", *CLOCK)


@dataclass(frozen=True, slots=True)
class ChangesCriteria:
    """The turns that are shown, and which page of them. Without a ``track`` those of supply and of use."""

    recipient: str
    territory: str
    wanted: Wanted
    page: int = 1
    clock: Clock = NOW

    def query_string(self, *, page: int | None = None, last: date | None = None) -> str:
        """The address's query for this view, for another page of it, or for the view with a last day."""
        pairs = self._filter(self.wanted.last or last)
        shown = page or self.page
        pairs += [("page", str(shown))] if shown > 1 else []
        return urlencode([*pairs, *clock_pairs(self.clock)])

    def subject(self) -> str:
        """The query of the filter, which a feed, mails or a webhook can follow."""
        return urlencode(self._filter(self.wanted.last))

    def _filter(self, last: date | None) -> list[tuple[str, str]]:
        wanted = self.wanted
        pairs = [("recipient", self.recipient)] if self.recipient != RECIPIENT else []
        pairs += [("territory", self.territory)] if self.territory else []
        pairs += [("track", wanted.track.value)] if wanted.track else []
        pairs += [("supplier", code) for code in wanted.suppliers]
        pairs += [("weapon", code) for code in wanted.weapons]
        pairs += [("kind", kind.value) for kind in wanted.kinds]
        pairs += [("before", status.value) for status in wanted.before]
        pairs += [("after", status.value) for status in wanted.after]
        days = (("from", wanted.first), ("to", last))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        return pairs + sought_pairs(wanted.sought)


def changes_criteria(query: QueryDict, *, codes: Codes, held: Holdings, clock: Clock = NOW) -> ChangesCriteria:
    """The turns that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    recipient = recipient_of(given, codes)
    return ChangesCriteria(
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        wanted=_wanted(given, codes),
        page=given.number("page", default=1),
        clock=clock,
    )


def _wanted(given: Given, codes: Codes) -> Wanted:
    first, last = given.stretch()
    track = given.code("track", list(Track), gettext("“use” or “supply”"), "")
    return Wanted(
        track=Track(track) if track else None,
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
        kinds=tuple(map(Kind, given.codes("kind", list(Kind), one_of(Kind)))),
        before=statuses_of(given, "before"),
        after=statuses_of(given, "after"),
        first=first,
        last=last,
        sought=sought_of(given, codes),
    )
