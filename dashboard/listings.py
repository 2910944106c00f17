"""The lists of suppliers and of weapons: one line each, for the page and for its files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from restrictions.domain.days import Day, exact
from restrictions.domain.vocabulary import Role, Status, Track, WeaponKind
from restrictions.domain.weapons import ANY
from restrictions.queries.answers import Stretched
from restrictions.queries.bars import TimelineBar
from restrictions.queries.spoken import spoken
from restrictions.queries.timeline import Answers
from restrictions.queries.weapons import WeaponFacts
from restrictions.words import day_in_words, status_label


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier in the list: its general rule on the day, and how much else is known of it.

    ``status`` and ``label`` are of the rule; where arms in general are handed over and nothing is said of their use,
    they say so.
    """

    code: str
    name: str
    rule: TimelineBar | None
    status: Status | None
    label: str
    own_rules: int
    supplied: int
    last_confirmed: date | None
    last_turn: Day | None

    @property
    def last_turn_words(self) -> str:
        return spoken(self.last_turn) if self.last_turn else ""


def supplier_lines(use: Answers, supplies: Answers, *, day: date, last_turns: Mapping[str, Day]) -> list[SupplierLine]:
    """The suppliers, each with the day of its latest turn; a state that only gives its consent supplies nothing."""
    by_code: dict[str, list[Stretched]] = {}
    for item in (*own_rules(use), *deliveries(supplies)):
        by_code.setdefault(item.position.line.supplier, []).append(item)
    general = {code: _general(items, day) for code, items in by_code.items()}
    ruled = {code: item for code, item in general.items() if item}
    told = dict(zip(ruled, use.told(list(ruled.values())), strict=True))
    return [_line(items, use.name_of(code), told.get(code), day, last_turns) for code, items in by_code.items()]


def own_rules(use: Answers) -> list[Stretched]:
    """The suppliers' own rules of use, without what is inherited and without what says nothing."""
    return [item for item in use.found if item.is_own_rule and item.status is not Status.UNSTATED]


def deliveries(supplies: Answers) -> list[Stretched]:
    return [item for item in supplies.found if item.position.line.role is Role.SUPPLIER]


def _general(items: Sequence[Stretched], day: date) -> Stretched | None:
    """The general rule of use, else of delivery."""
    general = [item for item in items if item.weapon == ANY and item.covers(day)]
    return min(general, key=lambda item: item.position.line.track is Track.SUPPLY, default=None)


def _line(
    items: Sequence[Stretched], name: str, rule: TimelineBar | None, day: date, last_turns: Mapping[str, Day]
) -> SupplierLine:
    code = items[0].position.line.supplier
    on_day = [item for item in items if item.weapon != ANY and item.covers(day)]
    status, label = (rule.status, rule.words.label) if rule else (None, "")
    if status is Status.SUPPLIED:
        status, label = Status.UNSTATED, status_label(Status.UNSTATED)
    return SupplierLine(
        code=code,
        name=name,
        rule=rule,
        status=status,
        label=label,
        own_rules=sum(item.position.line.track is Track.USE for item in on_day),
        supplied=sum(item.status is Status.SUPPLIED for item in on_day),
        last_confirmed=max(item.position.last_confirmed for item in items),
        last_turn=last_turns.get(code),
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
            "status": line.status,
            "label": line.label or None,
            "limits_in_words": rule.words.limits if rule else None,
            "starts": rule.starts.edtf if rule else None,
            "own_rules": line.own_rules,
            "supplied": line.supplied,
            "last_turn": line.last_turn.edtf if line.last_turn else None,
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
    use: Answers,
    supplies: Answers,
    *,
    day: date,
    nodes: Iterable[tuple[str, str, int]],
    facts: Mapping[str, WeaponFacts],
) -> list[WeaponLine]:
    """The weapons in the order of ``nodes``: code, name and depth of each."""
    delivered = [item for item in deliveries(supplies) if item.covers(day)]
    supplied = Counter(item.weapon for item in delivered if item.status is Status.SUPPLIED)
    refused = Counter(item.weapon for item in delivered if item.status is Status.WITHHELD)
    rules = Counter(item.weapon for item in own_rules(use) if item.covers(day))
    return [
        WeaponLine(
            code, name, facts[code].kind, depth, facts[code].range_km, supplied[code], refused[code], rules[code]
        )
        for code, name, depth in nodes
    ]


def weapons_lead(lines: Sequence[WeaponLine], *, day: date) -> str:
    """How many of the weapons have a rule of their own on the day, in one sentence."""
    ruled = sum(bool(line.rules) for line in lines if line.code != ANY)
    said = ngettext(
        "On %(day)s, %(n)d of %(total)d weapons and classes has a rule of its own; the others follow a wider one.",
        "On %(day)s, %(n)d of %(total)d weapons and classes have rules of their own; the others follow a wider one.",
        ruled,
    )
    return said % {"day": day_in_words(exact(day)), "n": ruled, "total": len(lines) - 1}


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
