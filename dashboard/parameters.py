"""The parameters of an address, one by one. What is not understood is refused by name, never replaced by a default."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NoReturn

from django.http import QueryDict
from django.utils.translation import gettext

from restrictions.domain.clock import Clock

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
_DIGITS = 6
CLOCK = ("known", "reported")
"""The parameters that say from which state of knowledge a page answers. ``clock_of`` reads them."""
KnownDays = Callable[[], tuple[date, date] | None]
"""Asks for the first and the last day that `known` may name; none while the record is empty."""


class BadParameter(ValueError):
    """A parameter of the address that says nothing we understand: which one, what was given, what it takes."""

    def __init__(self, name: str, given: str, takes: str) -> None:
        super().__init__(f"{name}={given}: {takes}")
        self.name, self.given, self.takes = name, given, takes


class Given:
    """What an address gives for the parameters that a page takes.

    An empty value counts as not given: that is what a form sends for a field left alone. Raises BadParameter for a name
    that the page does not take, or for two values of a single one.
    """

    def __init__(self, query: QueryDict, *, single: Collection[str], repeatable: Collection[str] = ()) -> None:
        self._values: Mapping[str, list[str]] = {
            name: [value for value in query.getlist(name) if value] for name in query
        }
        known = (*repeatable, *single)
        for name, values in self._values.items():
            if name not in known:
                refuse(name, ", ".join(values), _takes_nothing_of_the_name(known))
            if name in single and len(values) > 1:
                refuse(name, ", ".join(values), gettext("one value only"))

    def code(self, name: str, known: Collection[str], takes: str, default: str) -> str:
        """The one code given, which must be among the known ones; else the default."""
        values = self.codes(name, known, takes)
        return values[0] if values else default

    def codes(self, name: str, known: Collection[str], takes: str) -> tuple[str, ...]:
        """Every code given, each once, all of them known."""
        values = self._values.get(name, [])
        for value in values:
            if value not in known:
                refuse(name, value, takes)
        return tuple(dict.fromkeys(values))

    def text(self, name: str, *, longest: int) -> str:
        """The words given, without blanks around them; empty where there are none."""
        for value in self._values.get(name, []):
            if len(value) > longest or "\0" in value:
                refuse(name, value[:longest], gettext("words, %(n)d letters at most") % {"n": longest})
            return value.strip()
        return ""

    def day(self, name: str) -> date | None:
        """The day given, written as 2024-06-01."""
        takes = gettext("a day, such as 2024-06-01, from 1990 to 2100")
        for value in self._values.get(name, []):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                day = None
            # One spelling for each day: a week's or one without hyphens would be another address of the same page.
            if day is None or day.isoformat() != value or not EARLIEST <= day <= LATEST:
                refuse(name, value, takes)
            return day
        return None

    def stretch(self) -> tuple[date | None, date | None]:
        """The days given as `from` and `to`, in their order; each none where it is not given."""
        first, last = self.day("from"), self.day("to")
        if first and last and last < first:
            refuse("to", last.isoformat(), gettext("a day that is not before “from”"))
        return first, last

    def number(self, name: str, *, default: int) -> int:
        """The whole number given, from 1 on; else the default."""
        for value in self._values.get(name, []):
            if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS and int(value)):
                refuse(name, value, gettext("a whole number, from 1 on"))
            return int(value)
        return default

    def past_day(self, name: str, *, today: date) -> date | None:
        """The day given, which must not lie in the future; ``today`` is that of the clock that the page reads by."""
        day = self.day(name)
        if day and day > today:
            takes = gettext("a day that is not in the future: what will hold is not known")
            if name not in CLOCK and any(self._values.get(one) for one in CLOCK):
                takes = gettext("a day up to %(day)s: what came later, this state of knowledge does not know")
                takes %= {"day": today.isoformat()}
            refuse(name, day.isoformat(), takes)
        return day


def refuse(name: str, given: str, takes: str) -> NoReturn:
    raise BadParameter(name, given, takes)


def clock_of(query: QueryDict, *, today: date, known_days: KnownDays) -> Clock:
    """The state of knowledge that any address asks for, by `known` and `reported`; whatever else it asks is left alone.

    ``known_days`` is asked only where it matters: it gives the first and the last day of which the record can say what
    it knew. Raises BadParameter.
    """
    given = Given(query, single=CLOCK, repeatable=query)
    known, reported = given.day("known"), given.past_day("reported", today=today)
    if known and known >= today:
        refuse("known", known.isoformat(), gettext("a day before today, which is not over; leave it out for now"))
    if known:
        _check_known(known, known_days())
    return Clock(known=known, reported=reported)


def clock_pairs(clock: Clock) -> list[tuple[str, str]]:
    """The clock as an address writes it: nothing where the record is read as it stands now."""
    return [(name, day.isoformat()) for name, day in zip(CLOCK, (clock.known, clock.reported), strict=True) if day]


def _check_known(known: date, days: tuple[date, date] | None) -> None:
    if days is None:
        refuse("known", known.isoformat(), gettext("nothing yet: the record is empty, and has never known anything"))
    first, last = days
    if known < first:
        takes = gettext(
            "a day from %(day)s on: that day the record began to know. What the world could know earlier is asked with "
            "“reported”"
        )
        refuse("known", known.isoformat(), takes % {"day": first.isoformat()})
    if known > last:
        takes = gettext("a day that is closed: a change that began on it is still being written. Ask again in a minute")
        refuse("known", known.isoformat(), takes)


def no_parameters(query: QueryDict) -> None:
    """Refuses whatever is asked of a page that takes nothing."""
    for name in query:
        refuse(name, query.get(name, ""), gettext("this page takes no parameters"))


def _takes_nothing_of_the_name(known: Collection[str]) -> str:
    return gettext("no such parameter; there are: %(names)s") % {"names": ", ".join(known)}
