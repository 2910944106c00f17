"""Made-up claims of a plausible shape: suppliers that refuse, hand over, limit and allow, over years, in no order."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from restrictions.domain.claims import Claim, Line
from restrictions.domain.days import Day, exact, parse_day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.domain.weapons import ANY

FIRST, LAST = date(2022, 2, 24), date(2026, 10, 31)
SUPPLIERS = (
    *("US", "GB", "FR", "DE", "CA", "NL", "PL", "IT", "ES", "SE", "NO", "DK", "FI", "EE", "LV", "LT", "CZ", "SK"),
    *("SI", "HR", "RO", "BG", "GR", "PT", "BE", "LU", "IE", "AT", "CH", "TR", "AU", "NZ", "JP", "KR", "HU", "AL"),
    *("ME", "MK", "IS", "CY", "MT", "IL", "AE", "ZA", "BR"),
)
RECIPIENTS = (
    *("UA", "MD", "GE", "TW", "SA", "EG", "JO", "IQ", "PH", "VN", "IN", "KW", "QA", "BH", "OM", "MA", "TN", "DJ"),
    *("KE", "NG", "ET", "AR", "CL", "CO", "PE", "MX", "TH", "MY", "ID", "SG", "BN", "KZ", "AM", "AZ", "LB"),
)
"""Those of a record that outgrows the first."""
LINES = 19
"""Lines of one supplier and recipient: the general rule, the weapons handed over, the rules of some of them."""

_USE = (Status.BANNED, Status.CONDITIONAL, Status.ALLOWED)
_SUPPLY = (Status.WITHHELD, Status.SUPPLIED)
_VOUCHED = (Attribution.NAMED_OFFICIAL,) * 6 + (Attribution.DOCUMENT, Attribution.ANONYMOUS_OFFICIAL, Attribution.MEDIA)
_LIMITS = (Condition.COUNTER_FIRE, Condition.NO_DEEP_STRIKE, Condition.CASE_BY_CASE, Condition.BORDER_ZONE)
_AREAS = ("RU-BEL", "RU-BRY", "RU-KRS")


def simulated_claims(
    chance: random.Random, *, supplier: str, recipient: str, territory: str, weapons: Sequence[str], turns: int
) -> list[Claim]:
    """The claims of one supplier and recipient that turn its lines about so many times in all, in a random order."""
    most = min(LINES, 1 + len(weapons) // 2 * 3)
    lines = list(_lines(chance, supplier, recipient, territory, weapons, count=max(1, min(most, turns // 3))))
    counts = [turns // len(lines) + (place < turns % len(lines)) for place in range(len(lines))]
    claims = [claim for line, count in zip(lines, counts, strict=True) for claim in _history(chance, line, count)]
    chance.shuffle(claims)
    return claims


def _lines(
    chance: random.Random, supplier: str, recipient: str, territory: str, weapons: Sequence[str], *, count: int
) -> Iterator[Line]:
    """The general rule, then weapons that are handed over, every third with a rule of its own."""
    yield Line(supplier, Role.SUPPLIER, recipient, ANY, Track.USE, territory)
    handed = chance.sample(list(weapons), len(weapons))
    for place in range(count - 1):
        weapon = handed[place // 3 * 2 + (place % 3 > 0)]
        use = place % 3 == 2
        yield Line(supplier, Role.SUPPLIER, recipient, weapon, Track.USE if use else Track.SUPPLY, territory * use)


def _history(chance: random.Random, line: Line, turns: int) -> Iterator[Claim]:
    """One line's turns with the words that upheld some of them, and now and then spoke against them."""
    days = sorted(chance.sample(range((LAST - FIRST).days), turns))
    status = chance.choice(_USE if line.track is Track.USE else _SUPPLY)
    for place, day in enumerate(days):
        status = _another(chance, line.track, status)
        yield _claim(chance, line, status, FIRST + timedelta(days=day), f"{place}")
        until = days[place + 1] if place + 1 < turns else (LAST - FIRST).days
        if chance.random() < 0.3 and until - day > 2:
            later = FIRST + timedelta(days=chance.randrange(day + 1, until))
            said = status if chance.random() < 0.8 else _another(chance, line.track, status)
            yield replace(_claim(chance, line, said, later, f"{place}-again"), act=Act.REAFFIRMS)


def _another(chance: random.Random, track: Track, status: Status) -> Status:
    among = _USE if track is Track.USE else _SUPPLY
    return chance.choice([other for other in among if other is not status])


def _claim(chance: random.Random, line: Line, status: Status, day: date, name: str) -> Claim:
    areas = tuple(sorted(chance.sample(_AREAS, 1))) if status is Status.CONDITIONAL and chance.random() < 0.4 else ()
    return Claim(
        key=f"simulated-{'-'.join((line.supplier, line.recipient, line.weapon, line.track))}-{name}".lower(),
        line=line,
        status=status,
        act=Act.SETS,
        attribution=chance.choice(_VOUCHED),
        effective=_when(chance, day),
        published=exact(day),
        areas=areas,
        area_role=AreaRole.TARGET if areas else None,
        conditions=frozenset(chance.sample(_LIMITS, 2)) if status is Status.CONDITIONAL else frozenset(),
    )


def _when(chance: random.Random, day: date) -> Day:
    """Most often the day itself; now and then all that is known is the month."""
    return exact(day) if chance.random() < 0.85 else parse_day(f"{day:%Y-%m}")
