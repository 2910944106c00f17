"""The log of changes: which turns an address asks for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import (
    ANY_EVIDENCE,
    KINDS_OF_EVIDENCE,
    OFFICIAL,
    RECIPIENT,
    TWO,
    one_of,
    recipient_of,
    suppliers_of,
    territory_of,
    weapons_of,
)
from dashboard.parameters import CLOCK, Given, clock_pairs
from restrictions.domain.changes import Kind
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Status, Track
from restrictions.queries.changes import Wanted
from restrictions.queries.codes import Codes, Holdings

REPEATABLE = ("supplier", "weapon", "kind", "before", "after")
SINGLE = ("recipient", "territory", "track", "from", "to", "evidence", "page", *CLOCK)


@dataclass(frozen=True, slots=True)
class ChangesCriteria:
    """The turns that are shown, and which page of them. Without a ``track`` those of supply and of use."""

    recipient: str
    territory: str
    wanted: Wanted
    evidence: str = ANY_EVIDENCE
    page: int = 1
    clock: Clock = NOW

    def query_string(self, *, page: int | None = None, last: date | None = None) -> str:
        """The address's query for this view, for another page of it, or for the view with a last day."""
        wanted, pairs = self.wanted, self._subject()
        pairs += [("kind", kind.value) for kind in wanted.kinds]
        pairs += [("before", status.value) for status in wanted.before]
        pairs += [("after", status.value) for status in wanted.after]
        days = (("from", wanted.first), ("to", wanted.last or last))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        pairs += [("evidence", self.evidence)] if self.evidence != ANY_EVIDENCE else []
        shown = page or self.page
        pairs += [("page", str(shown))] if shown > 1 else []
        return urlencode([*pairs, *clock_pairs(self.clock)])

    def subject(self) -> str:
        """The query of whom and what the view is about, which a feed can follow."""
        return urlencode(self._subject())

    def _subject(self) -> list[tuple[str, str]]:
        wanted = self.wanted
        pairs = [("recipient", self.recipient)] if self.recipient != RECIPIENT else []
        pairs += [("territory", self.territory)] if self.territory else []
        pairs += [("track", wanted.track.value)] if wanted.track else []
        pairs += [("supplier", code) for code in wanted.suppliers]
        return [*pairs, *(("weapon", code) for code in wanted.weapons)]


def changes_criteria(query: QueryDict, *, codes: Codes, held: Holdings, clock: Clock = NOW) -> ChangesCriteria:
    """The turns that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    recipient = recipient_of(given, codes)
    evidence = given.code("evidence", KINDS_OF_EVIDENCE, gettext("“any”, “official” or “two”"), ANY_EVIDENCE)
    return ChangesCriteria(
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        wanted=_wanted(given, codes, evidence),
        evidence=evidence,
        page=given.number("page", default=1),
        clock=clock,
    )


def _wanted(given: Given, codes: Codes, evidence: str) -> Wanted:
    first, last = given.stretch()
    track = given.code("track", list(Track), gettext("“use” or “supply”"), "")
    return Wanted(
        track=Track(track) if track else None,
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
        kinds=tuple(map(Kind, given.codes("kind", list(Kind), one_of(Kind)))),
        before=_statuses(given, "before"),
        after=_statuses(given, "after"),
        first=first,
        last=last,
        official=evidence == OFFICIAL,
        sources=2 if evidence == TWO else 0,
    )


def _statuses(given: Given, name: str) -> tuple[Status, ...]:
    return tuple(map(Status, given.codes(name, list(Status), one_of(Status))))
