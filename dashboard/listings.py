"""The lists of suppliers and of weapons: one line each, for the page and for its files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from dashboard.stories import Told
from restrictions.domain.vocabulary import Role, Status, Track, WeaponKind
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import TimelineBar
from restrictions.queries.turns import TurnRow
from restrictions.queries.weapons import WeaponFacts


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier in the list: its general rule on the day, and how much else is known of it."""

    code: str
    name: str
    rule: TimelineBar | None
    own_rules: int
    supplied: int
    last_confirmed: date | None
    last_turn: TurnRow | None


def supplier_lines(told: Told, log: Iterable[TurnRow]) -> list[SupplierLine]:
    """The suppliers, each with its latest turn of the log; a state that only gives its consent supplies nothing."""
    last: dict[str, TurnRow] = {}
    for turn in log:
        last.setdefault(turn.supplier, turn)
    by_code: dict[str, list[TimelineBar]] = {}
    for bar in (*told.own, *(bar for bar in told.supplies if bar.role is Role.SUPPLIER)):
        by_code.setdefault(bar.supplier, []).append(bar)
    return [_line(bars, told, last.get(code)) for code, bars in by_code.items()]


def _line(bars: Sequence[TimelineBar], told: Told, last_turn: TurnRow | None) -> SupplierLine:
    on_day = told.on_day(bars)
    use = [bar for bar in on_day if bar.track is Track.USE]
    heard = [bar.last_confirmed for bar in bars if bar.last_confirmed]
    return SupplierLine(
        code=bars[0].supplier,
        name=bars[0].supplier_name,
        rule=next((bar for bar in (*use, *on_day) if bar.weapon == ANY), None),
        own_rules=sum(bar.weapon != ANY for bar in use),
        supplied=sum(bar.weapon != ANY and bar.status is Status.SUPPLIED for bar in on_day),
        last_confirmed=max(heard, default=None),
        last_turn=last_turn,
    )


SUPPLIER_COLUMNS = (
    *("supplier", "supplier_name", "status", "label", "limits_in_words", "starts", "own_rules", "supplied"),
    *("last_turn", "last_confirmed", "position"),
)


def supplier_records(lines: Iterable[SupplierLine]) -> Iterator[dict[str, Any]]:
    """The list of suppliers as flat records; an empty status means that no general rule is known."""
    for line in lines:
        rule = line.rule
        yield {
            "supplier": line.code,
            "supplier_name": line.name,
            "status": rule.status if rule else None,
            "label": rule.words.label if rule else None,
            "limits_in_words": rule.words.limits if rule else None,
            "starts": rule.starts.edtf if rule else None,
            "own_rules": line.own_rules,
            "supplied": line.supplied,
            "last_turn": line.last_turn.starts.edtf if line.last_turn else None,
            "last_confirmed": line.last_confirmed,
            "position": rule.position if rule else None,
        }


@dataclass(frozen=True, slots=True)
class WeaponLine:
    """A weapon in the tree: how deep it stands, and how many governments hand it over or have a rule for it."""

    code: str
    name: str
    kind: WeaponKind
    depth: int
    range_km: int | None
    supplied_by: int
    refused_by: int
    rules: int


def weapon_lines(
    told: Told, *, nodes: Iterable[tuple[str, str, int]], facts: Mapping[str, WeaponFacts]
) -> list[WeaponLine]:
    """The weapons in the order of ``nodes``: code, name and depth of each."""
    delivered = [bar for bar in told.on_day(told.supplies) if bar.role is Role.SUPPLIER]
    supplied = Counter(bar.weapon for bar in delivered if bar.status is Status.SUPPLIED)
    refused = Counter(bar.weapon for bar in delivered if bar.status is Status.WITHHELD)
    rules = Counter(bar.weapon for bar in told.on_day(told.own))
    return [
        WeaponLine(
            code, name, facts[code].kind, depth, facts[code].range_km, supplied[code], refused[code], rules[code]
        )
        for code, name, depth in nodes
    ]


def weapons_lead(told: Told, *, lines: Sequence[WeaponLine]) -> str:
    """How many of the weapons have a rule of their own on the day, in one sentence."""
    ruled = sum(bool(line.rules) for line in lines if line.code != ANY)
    said = ngettext(
        "On %(day)s, %(n)d of %(total)d weapons and classes has a rule of its own; the others follow a wider one.",
        "On %(day)s, %(n)d of %(total)d weapons and classes have rules of their own; the others follow a wider one.",
        ruled,
    )
    return said % {"day": told.day_words, "n": ruled, "total": len(lines) - 1}


WEAPON_COLUMNS = ("weapon", "weapon_name", "kind", "depth", "range_km", "supplied_by", "refused_by", "rules")


def weapon_records(lines: Iterable[WeaponLine]) -> Iterator[dict[str, Any]]:
    """The tree of weapons as flat records."""
    for line in lines:
        yield {
            "weapon": line.code,
            "weapon_name": line.name,
            "kind": line.kind,
            "depth": line.depth,
            "range_km": line.range_km,
            "supplied_by": line.supplied_by,
            "refused_by": line.refused_by,
            "rules": line.rules,
        }
