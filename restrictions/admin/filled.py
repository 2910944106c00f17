"""Which fields of a claim the machine filled, and by which of its rules, at which words of the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from restrictions.models import Claim
from restrictions.queries.edits import FIELDS, field_values

# What a rule's family settles; the rest is read from names and from the day of the dispatch, by no rule.
_FAMILIES = {
    "op": "status",
    "stance": "status",
    "point": "status",
    "act": "act",
    "voice": "attribution",
    "limit": "conditions",
    "place": "areas",
    "owner": "supplier",
    "head": "track",
    "when": "effective",
    "learned": "status",
}
_OF_ONE_RULE = {"limit.defends": "areas", "limit.depth": "depth_km", "limit.depth_miles": "depth_km"}
_LONGEST = 40
_LEARNED = "learned."  # rules that the second reader stands for


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule, and the words at which it fired first (of what was learned all that weighed most); none where the text
    is not at hand."""

    rule: str
    words: str


def filled_fields(row: Claim) -> dict[str, tuple[Fired, ...]]:
    """The fields that stand as the machine filled them, each with the rules that speak for it, if any do."""
    machine, values = row.machine or {}, field_values(row)
    fired = _fired(row, machine)
    return {
        name: tuple(item for item in fired if _field_of(item.rule) == name)
        for name in FIELDS
        if name in machine and machine[name] not in ("", None, []) and _same(machine[name], values[name])
    }


def _same(coded: Any, stands: Any) -> bool:
    return sorted(coded) == sorted(stands) if isinstance(coded, list) else bool(coded == stands)


def _field_of(rule: str) -> str:
    return _OF_ONE_RULE.get(rule) or _FAMILIES.get(rule.partition(".")[0], "")


def _fired(row: Claim, machine: Mapping[str, Any]) -> list[Fired]:
    spans: dict[str, list[Mapping[str, Any]]] = {}
    for span in machine.get("spans", ()):
        spans.setdefault(span["rule_id"], []).append(span)
    return [Fired(rule, " · ".join(_words(row, span) for span in _shown(rule, spans))) for rule in row.rule_ids]


def _shown(rule: str, spans: Mapping[str, list[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    return spans.get(rule, [])[: None if rule.startswith(_LEARNED) else 1]


def _words(row: Claim, span: Mapping[str, Any]) -> str:
    version = row.dispatch_version
    text = (version.title if span["where"] == "title" else version.body) if version else ""
    words = " ".join(text[span["start"] : span["end"]].split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
