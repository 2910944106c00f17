"""Query string to criteria and back. What cannot be understood is refused by name, never replaced by a default."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from restrictions.domain.vocabulary import Track
from restrictions.queries.codes import Codes, Holdings

RECIPIENT = "UA"
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
GROUPS = ("supplier", "weapon")
ORDERS = ("rule", "name")
REPEATABLE = ("supplier", "weapon")
SINGLE = ("recipient", "track", "territory", "group", "sort", "on", "from", "to")


class BadParameter(ValueError):
    """A parameter of the address that says nothing we understand: which one, what was given, what it takes."""

    def __init__(self, name: str, given: str, takes: str) -> None:
        super().__init__(f"{name}={given}: {takes}")
        self.name, self.given, self.takes = name, given, takes


@dataclass(frozen=True, slots=True)
class TimelineCriteria:
    """What a timeline shows. ``first`` and ``last`` are the `from` and `to` of the address."""

    recipient: str = RECIPIENT
    territory: str = "RU"
    track: Track = Track.USE
    suppliers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    group: str = "supplier"
    sort: str = "rule"
    on: date | None = None
    first: date | None = None
    last: date | None = None

    def query_string(self) -> str:
        """The address's query for exactly this view: every choice that is not the default, in a fixed order."""
        pairs: list[tuple[str, str]] = []
        if self.recipient != RECIPIENT:
            pairs.append(("recipient", self.recipient))
        if self.track is not Track.USE:
            pairs.append(("track", self.track))
        elif self.territory:
            pairs.append(("territory", self.territory))
        pairs += [("supplier", code) for code in self.suppliers]
        pairs += [("weapon", code) for code in self.weapons]
        pairs += [("group", self.group)] if self.group != "supplier" else []
        pairs += [("sort", self.sort)] if self.sort != "rule" else []
        days = (("on", self.on), ("from", self.first), ("to", self.last))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        return urlencode(pairs)


def timeline_criteria(query: QueryDict, *, codes: Codes, held: Holdings, today: date) -> TimelineCriteria:
    """The view that the address asks for. Raises BadParameter for the first parameter that is not understood.

    An empty value counts as not given: that is what a form sends for a field left alone.
    """
    given = {name: [value for value in query.getlist(name) if value] for name in query}
    _check_names(given)
    recipient = _code(given, "recipient", codes.countries, gettext("a country's code, such as UA"), RECIPIENT)
    on, first, last = _day(given, "on"), _day(given, "from"), _day(given, "to")
    if on and on > today:
        _refuse("on", on.isoformat(), gettext("a day that is not in the future: what will hold is not known"))
    if first and last and last < first:
        _refuse("to", last.isoformat(), gettext("a day that is not before “from”"))
    return TimelineCriteria(
        recipient=recipient,
        territory=_code(
            given,
            "territory",
            codes.countries,
            gettext("the code of the land where the targets lie, such as RU"),
            held.main_territory(recipient),
        ),
        track=Track(_code(given, "track", list(Track), gettext("“use” or “supply”"), Track.USE)),
        suppliers=_codes(given, "supplier", codes.countries, gettext("a country's code, such as US; may be repeated")),
        weapons=_codes(given, "weapon", codes.weapons, gettext("a weapon's code, such as atacms; may be repeated")),
        group=_code(given, "group", GROUPS, gettext("“supplier” or “weapon”"), "supplier"),
        sort=_code(given, "sort", ORDERS, gettext("“rule” or “name”"), "rule"),
        on=on,
        first=first,
        last=last,
    )


def no_parameters(query: QueryDict) -> None:
    """Refuses whatever is asked of a page that takes nothing."""
    for name in query:
        _refuse(name, query.get(name, ""), gettext("this page takes no parameters"))


def _check_names(given: Mapping[str, list[str]]) -> None:
    known = (*REPEATABLE, *SINGLE)
    for name, values in given.items():
        if name not in known:
            takes = gettext("no such parameter; there are: %(names)s") % {"names": ", ".join(known)}
            _refuse(name, ", ".join(values), takes)
        if name in SINGLE and len(values) > 1:
            _refuse(name, ", ".join(values), gettext("one value only"))


def _code(given: Mapping[str, list[str]], name: str, known: Collection[str], takes: str, default: str) -> str:
    values = _codes(given, name, known, takes)
    return values[0] if values else default


def _codes(given: Mapping[str, list[str]], name: str, known: Collection[str], takes: str) -> tuple[str, ...]:
    values = given.get(name, [])
    for value in values:
        if value not in known:
            _refuse(name, value, takes)
    return tuple(dict.fromkeys(values))


def _day(given: Mapping[str, list[str]], name: str) -> date | None:
    takes = gettext("a day, such as 2024-06-01, from 1990 to 2100")
    for value in given.get(name, []):
        try:
            day = date.fromisoformat(value) if len(value) == len("2024-06-01") else None
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= LATEST:
            _refuse(name, value, takes)
        return day
    return None


def _refuse(name: str, given: str, takes: str) -> NoReturn:
    raise BadParameter(name, given, takes)
