"""Comparisons: which two days, suppliers or states of knowledge an address lays side by side."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import RECIPIENT, SUPPLIER, recipient_of, territory_of
from dashboard.parameters import CLOCK, BadParameter, Given, KnownDays, clock_of, clock_pairs, refuse
from restrictions.domain.clock import NOW, Clock
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.comparison import Side

_YEAR = timedelta(days=365)
_BESIDE = "DE"
"""Whom the usual supplier is laid beside."""


class By(StrEnum):
    """What the two sides are."""

    DAYS = "days"
    SUPPLIERS = "suppliers"
    KNOWN = "known"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class ComparisonCriteria:
    """Two sides: ``first`` and ``second`` are days, or suppliers. Without a ``second`` state of knowledge it is now.

    ``on`` is the day asked about where the sides are not days.
    """

    by: By
    recipient: str
    territory: str
    first: str
    second: str
    on: date | None = None
    clock: Clock = NOW

    @property
    def is_open(self) -> bool:
        """Whether it still has to be said which states of knowledge are meant."""
        return self.by in (By.KNOWN, By.REPORTED) and self.first == self.second

    def query_string(self, *, by: By | None = None, pinned: date | None = None) -> str:
        """The address's query for this view; for other sides than these; or with its day fixed."""
        pairs = [("by", (by or self.by).value)]
        pairs += [("recipient", self.recipient)] if self.recipient != RECIPIENT else []
        pairs += [("territory", self.territory)] if self.territory else []
        if by is None:
            day = self.on or (pinned if self.by is not By.DAYS else None)
            pairs += [(name, value) for name, value in (("first", self.first), ("second", self.second)) if value]
            pairs += [("on", day.isoformat())] if day else []
        return urlencode([*pairs, *clock_pairs(self.clock)])

    def sides(self, *, today: date) -> tuple[Side, Side]:
        """What each side reads."""
        on = self.on or today
        if self.by is By.DAYS:
            return Side(date.fromisoformat(self.first), self.clock), Side(date.fromisoformat(self.second), self.clock)
        if self.by is By.SUPPLIERS:
            return Side(on, self.clock, self.first), Side(on, self.clock, self.second)
        first, second = (date.fromisoformat(day) if day else None for day in (self.first, self.second))
        return Side(on, self._knowing(first)), Side(on, self._knowing(second))

    def _knowing(self, day: date | None) -> Clock:
        """What was known at the end of the day, or what had been reported by then."""
        return Clock(known=day) if self.by is By.KNOWN else Clock(reported=day)


def comparison_criteria(
    query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock, known_days: KnownDays
) -> ComparisonCriteria:
    """The two sides that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=("by", "recipient", "territory", "first", "second", "on", *CLOCK))
    by = By(given.code("by", list(By), gettext("one of: %(codes)s") % {"codes": ", ".join(By)}, By.DAYS))
    recipient = recipient_of(given, codes)
    if by in (By.KNOWN, By.REPORTED) and not clock.is_now:
        name = "known" if clock.known else "reported"
        refuse(name, query.get(name, ""), gettext("nothing here: the two states of knowledge are “first” and “second”"))
    first, second = _sides(given, by, codes, held.suppliers.get(recipient, ()), today=today, known_days=known_days)
    return ComparisonCriteria(
        by=by,
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        first=first,
        second=second,
        on=_on(given, by, today),
        clock=clock,
    )


def _on(given: Given, by: By, today: date) -> date | None:
    on = given.past_day("on", today=today)
    if on and by is By.DAYS:
        refuse("on", on.isoformat(), gettext("nothing here: the two days are “first” and “second”"))
    return on


def _sides(
    given: Given, by: By, codes: Codes, suppliers: tuple[str, ...], *, today: date, known_days: KnownDays
) -> tuple[str, str]:
    if by is By.SUPPLIERS:
        return _suppliers(given, codes, suppliers)
    days = [given.past_day(name, today=today) for name in ("first", "second")]
    if by is By.DAYS:
        second = days[1] or today
        return (days[0] or second - _YEAR).isoformat(), second.isoformat()
    for name, day in zip(("first", "second"), days, strict=True):
        _check_clock(name, by, day, today, known_days)
    return (days[0].isoformat() if days[0] else ""), (days[1].isoformat() if days[1] else "")


def _suppliers(given: Given, codes: Codes, held: tuple[str, ...]) -> tuple[str, str]:
    takes = gettext("a country's code, such as US")
    first = given.code("first", codes.countries, takes, SUPPLIER if SUPPLIER in held else next(iter(held), SUPPLIER))
    others = sorted((code for code in held if code != first), key=lambda code: code != _BESIDE)
    second = given.code("second", codes.countries, takes, next(iter(others), first))
    return first, second


def _check_clock(name: str, by: By, day: date | None, today: date, known_days: KnownDays) -> None:
    """Refuse, under the name that it has here, a state of knowledge that no page could read by."""
    if day is None:
        return
    try:
        clock_of(QueryDict(urlencode({by.value: day.isoformat()})), today=today, known_days=known_days)
    except BadParameter as error:
        refuse(name, error.given, error.takes)
