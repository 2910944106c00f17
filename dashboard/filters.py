"""Query string to criteria and back: what each view of the reading room can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.parameters import CLOCK, Given, clock_pairs, refuse
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.vocabulary import Attribution, Condition, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.sought import EVERYTHING, OFFICIAL, TWO, Sought

RECIPIENT, SUPPLIER = "UA", "US"
GROUPS = ("supplier", "weapon")
ORDERS = ("rule", "name")
ANY_EVIDENCE = "any"
EVIDENCE = (ANY_EVIDENCE, OFFICIAL)
KINDS_OF_EVIDENCE = (*EVIDENCE, TWO)
SHOWN = "shown"
LONGEST_TEXT = 100
REPEATABLE = ("supplier", "weapon", "status", "condition", "region", "attribution")
SINGLE = (
    *("recipient", "track", "territory", "group", "sort", "on", "from", "to"),
    *("evidence", "text", "marks", "page", *CLOCK),
)
OF_A_DAY = ("recipient", "territory", "on", *CLOCK)


@dataclass(frozen=True, slots=True)
class TimelineCriteria:
    """What a timeline shows. ``first`` and ``last`` are the `from` and `to` of the address.

    ``marks``: whether context acts are drawn. ``page``: which sheet, where there are more bars than one holds.
    """

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
    sought: Sought = EVERYTHING
    marks: bool = False
    page: int = 1
    clock: Clock = NOW

    def query_string(self, *, page: int | None = None) -> str:
        """The address's query for this view, or for another page of it.

        Every choice that is not the default, in a fixed order.
        """
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
        pairs += sought_pairs(self.sought)
        pairs += [("marks", SHOWN)] if self.marks else []
        shown = page or self.page
        pairs += [("page", str(shown))] if shown > 1 else []
        return urlencode([*pairs, *clock_pairs(self.clock)])


def sought_pairs(sought: Sought) -> list[tuple[str, str]]:
    """What is sought, as an address writes it."""
    pairs: list[tuple[str, str]] = [("status", status.value) for status in sought.statuses]
    pairs += [("condition", condition.value) for condition in sought.conditions]
    pairs += [("region", region) for region in sought.regions]
    pairs += [("attribution", attribution.value) for attribution in sought.attributions]
    pairs += [("evidence", evidence_of(sought))] if evidence_of(sought) != ANY_EVIDENCE else []
    return pairs + ([("text", sought.text)] if sought.text else [])


def evidence_of(sought: Sought) -> str:
    """The kind of evidence asked for, as an address names it."""
    return sought.evidence or ANY_EVIDENCE


def timeline_criteria(
    query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock = NOW
) -> TimelineCriteria:
    """The timeline that the address asks for. Raises BadParameter for the first parameter that is not understood.

    ``codes``, ``held`` and ``today`` are those of the ``clock`` that the address asks for.
    """
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    recipient = recipient_of(given, codes)
    on, (first, last) = given.past_day("on", today=today), given.stretch()
    return TimelineCriteria(
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        track=Track(given.code("track", list(Track), gettext("“use” or “supply”"), Track.USE)),
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
        group=given.code("group", GROUPS, gettext("“supplier” or “weapon”"), "supplier"),
        sort=given.code("sort", ORDERS, gettext("“rule” or “name”"), "rule"),
        on=on,
        first=first,
        last=last,
        sought=replace(sought_of(given, codes), statuses=statuses_of(given)),
        marks=bool(given.code("marks", (SHOWN,), gettext("“shown”, or nothing"), "")),
        page=given.number("page", default=1),
        clock=clock,
    )


def statuses_of(given: Given, name: str = "status") -> tuple[Status, ...]:
    """The statuses that the address names; none where it asks for all."""
    return tuple(map(Status, given.codes(name, list(Status), one_of(Status))))


def sought_of(given: Given, codes: Codes) -> Sought:
    """How positions are to be limited and vouched for, and which words they are to hold."""
    evidence = given.code("evidence", KINDS_OF_EVIDENCE, gettext("“any”, “official” or “two”"), ANY_EVIDENCE)
    return Sought(
        conditions=tuple(map(Condition, given.codes("condition", list(Condition), one_of(Condition)))),
        regions=given.codes("region", codes.regions, gettext("a region's code, such as UA-63; may be repeated")),
        attributions=tuple(map(Attribution, given.codes("attribution", list(Attribution), one_of(Attribution)))),
        official=evidence == OFFICIAL,
        sources=2 if evidence == TWO else 0,
        text=given.text("text", longest=LONGEST_TEXT),
    )


def one_of(codes: Iterable[StrEnum]) -> str:
    """What a parameter takes that asks for codes of a vocabulary."""
    return gettext("one of: %(codes)s; may be repeated") % {"codes": ", ".join(codes)}


@dataclass(frozen=True, slots=True)
class DayCriteria:
    """A recipient, the land where the targets lie, and a day; no day means today.

    ``evidence`` is `official` where only what an official or a document has confirmed counts. ``usual`` is the
    recipient that the page means where the address names none.
    """

    recipient: str = RECIPIENT
    territory: str = "RU"
    on: date | None = None
    evidence: str = ANY_EVIDENCE
    clock: Clock = NOW
    usual: str = RECIPIENT

    def query_string(self, *, on: date | None = None) -> str:
        """The address's query for this view, or for the same one on another day."""
        pairs = [("recipient", self.recipient)] if self.recipient != self.usual else []
        pairs += [("territory", self.territory)] if self.territory else []
        day = on or self.on
        pairs += [("on", day.isoformat())] if day else []
        pairs += [("evidence", self.evidence)] if self.evidence != ANY_EVIDENCE else []
        return urlencode([*pairs, *clock_pairs(self.clock)])

    @property
    def on_record(self) -> bool:
        return self.evidence == OFFICIAL


def overview_criteria(
    query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock = NOW
) -> DayCriteria:
    """The recipient, territory, day and kind of evidence that the front page is asked for. Raises BadParameter."""
    given = Given(query, single=(*OF_A_DAY, "evidence"))
    evidence = given.code("evidence", EVIDENCE, gettext("“any” or “official”"), ANY_EVIDENCE)
    return replace(_of_a_day(given, codes, held, today, clock), evidence=evidence)


def day_criteria(query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock = NOW) -> DayCriteria:
    """The recipient, territory and day that the address asks for. Raises BadParameter."""
    return _of_a_day(Given(query, single=OF_A_DAY), codes, held, today, clock)


@dataclass(frozen=True, slots=True)
class ReachCriteria:
    """One supplier's weapon towards a recipient, on a day; no day means today."""

    day: DayCriteria
    supplier: str
    weapon: str = ANY

    @property
    def recipient(self) -> str:
        return self.day.recipient

    @property
    def clock(self) -> Clock:
        return self.day.clock

    def query_string(self, *, on: date | None = None) -> str:
        """The address's query for this view, or for the same one on another day."""
        pairs = [("supplier", self.supplier)]
        pairs += [("weapon", self.weapon)] if self.weapon != ANY else []
        return "&".join(filter(None, [urlencode(pairs), self.day.query_string(on=on)]))


def reach_criteria(query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock = NOW) -> ReachCriteria:
    """The supplier, weapon, recipient, territory and day that the map is asked for. Raises BadParameter."""
    given = Given(query, single=("supplier", "weapon", *OF_A_DAY))
    day = _of_a_day(given, codes, held, today, clock)
    suppliers = held.suppliers.get(day.recipient, ())
    usual = SUPPLIER if SUPPLIER in suppliers else next(iter(suppliers), SUPPLIER)
    return ReachCriteria(
        day=day,
        supplier=given.code("supplier", codes.countries, gettext("a country's code, such as US"), usual),
        weapon=given.code("weapon", codes.weapons, gettext("a weapon's code, such as atacms"), ANY),
    )


def recipient_asked(query: QueryDict, *, codes: Codes) -> str:
    """The recipient that a page of one recipient is asked for, whatever its clock. Raises BadParameter."""
    return recipient_of(Given(query, single=("recipient", *CLOCK)), codes)


@dataclass(frozen=True, slots=True)
class SinceCriteria:
    """A recipient, and the past day since whose end the changes of the record are asked for."""

    recipient: str
    known: date

    def query_string(self) -> str:
        """The address's query for this view."""
        pairs = [("recipient", self.recipient)] if self.recipient != RECIPIENT else []
        return urlencode([*pairs, ("known", self.known.isoformat())])


def since_criteria(query: QueryDict, *, codes: Codes, clock: Clock) -> SinceCriteria:
    """The recipient and the day that the page of later changes is asked for. Raises BadParameter."""
    given = Given(query, single=("recipient", "known"))
    if clock.known is None:
        refuse("known", "", gettext("the past day, such as 2027-03-10, since which the changes are asked for"))
    return SinceCriteria(recipient_of(given, codes), clock.known)


def story_criteria(
    query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock, usual: str
) -> DayCriteria:
    """The same of a page that means another recipient where the address names none. Raises BadParameter."""
    given = Given(query, single=OF_A_DAY)
    recipient = recipient_of(given, codes, usual)
    return _towards(recipient, given, codes=codes, held=held, today=today, clock=clock, usual=usual)


def _of_a_day(given: Given, codes: Codes, held: Holdings, today: date, clock: Clock) -> DayCriteria:
    return _towards(recipient_of(given, codes), given, codes=codes, held=held, today=today, clock=clock)


def _towards(
    recipient: str, given: Given, *, codes: Codes, held: Holdings, today: date, clock: Clock, usual: str = RECIPIENT
) -> DayCriteria:
    territory = territory_of(given, codes, held, recipient)
    return DayCriteria(recipient, territory, given.past_day("on", today=today), clock=clock, usual=usual)


def recipient_of(given: Given, codes: Codes, usual: str = RECIPIENT) -> str:
    """The recipient that the address names, else the usual one."""
    return given.code("recipient", codes.countries, gettext("a country's code, such as UA"), usual)


def suppliers_of(given: Given, codes: Codes) -> tuple[str, ...]:
    """The suppliers that the address names; none where it asks for all."""
    return given.codes("supplier", codes.countries, gettext("a country's code, such as US; may be repeated"))


def weapons_of(given: Given, codes: Codes) -> tuple[str, ...]:
    """The weapons that the address names; none where it asks for all."""
    return given.codes("weapon", codes.weapons, gettext("a weapon's code, such as atacms; may be repeated"))


def territory_of(given: Given, codes: Codes, held: Holdings, recipient: str) -> str:
    """The land where the targets lie, else the one that most rules towards the recipient are about."""
    takes = gettext("the code of the land where the targets lie, such as RU")
    return given.code("territory", codes.countries, takes, held.main_territory(recipient))
