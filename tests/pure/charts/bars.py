"""Hand-made rows of a timeline."""

from dataclasses import replace
from datetime import date
from typing import Any

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, Status, Track
from restrictions.queries.bars import BarWords, ContestedRow, MarkRow, TimelineBar

TODAY = date(2024, 12, 1)
_NAMES = {"US": "United States", "FR": "France", "EE": "Estonia", "ES": "Spain", "any": "All weapons"}
_LABELS = {Status.BANNED: "Not allowed", Status.CONDITIONAL: "Limits", Status.ALLOWED: "No stated limit"}


def bar(starts: str = "2024-05-30", ends: str | None = None, **changes: Any) -> TimelineBar:
    """The general ban of the United States, confirmed today; ``label``, ``limits_words``: its words."""
    in_words = ("label", "limits_words", "labels", "role_words")
    worded = {name: changes.pop(name) for name in in_words if name in changes}
    supplier, weapon = changes.get("supplier", "US"), changes.get("weapon", "any")
    values: dict[str, Any] = {
        "position": 7,
        "supplier": supplier,
        "supplier_name": _NAMES.get(supplier, supplier),
        "recipient": "UA",
        "recipient_name": "Ukraine",
        "weapon": weapon,
        "weapon_name": _NAMES.get(weapon, weapon.upper()),
        "track": Track.USE,
        "territory": "RU",
        "territory_name": "Russia",
        "status": Status.BANNED,
        "starts": parse_day(starts),
        "ends": parse_day(ends) if ends else None,
        "last_confirmed": TODAY,
    }
    values |= changes
    return TimelineBar(words=_words(values["status"], worded), **values)


def _words(status: Status, worded: dict[str, Any]) -> BarWords:
    label = worded.get("label", _LABELS.get(status, status.value))
    return BarWords(
        label=label,
        sentence=f"{label}, says the sentence.",
        status=f"{label}, as a sentence",
        role=worded.get("role_words", ""),
        limits=worded.get("limits_words", ""),
        labels=worded.get("labels", (label,)),
        days="Since then",
        attribution="On the word of: named official",
        sources="1 claim, 1 source",
    )


def noted(row: TimelineBar, *notes: str) -> TimelineBar:
    """The bar with these doubts in its words."""
    return replace(row, words=replace(row.words, notes=notes))


def contested(first: date, until: date | None, challenger: Status = Status.ALLOWED) -> ContestedRow:
    """Days on which sources disagree about a ban."""
    return ContestedRow(first, until, Status.BANNED, challenger, "Sources disagree.")


def mark(act: Act, supplier: str = "US", weapon: str = "any", day: str = "2024-06-01") -> MarkRow:
    """A context act of that day."""
    return MarkRow(act, parse_day(day), f"{act.value} <that> day", supplier, weapon)
