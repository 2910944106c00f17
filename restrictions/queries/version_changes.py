"""What differs between two versions of a position, field by field and in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.domain.rules import Rule
from restrictions.domain.vocabulary import Status
from restrictions.models import PositionVersion
from restrictions.queries.claims import stored_day
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.stored import stored_limits
from restrictions.words import day_in_words, limits_sentence, status_label
from restrictions.words.rules import rule_sentence


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of two versions. ``gone`` and ``new`` are what only one of them has, each part on its own."""

    label: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    same: bool


def version_changes(
    before: PositionVersion, after: PositionVersion, codes: Codes | None = None
) -> tuple[FieldChange, ...]:
    """Every field with what it was and what it is. Three queries for the names, where none are given."""
    codes = codes or known_codes()
    return tuple(_field(str(label), read(before, codes), read(after, codes)) for label, read in _FIELDS)


def _field(label: str, before: Iterable[str], after: Iterable[str]) -> FieldChange:
    old, new = tuple(before), tuple(after)
    if old == new:
        return FieldChange(label, old, new, same=True)
    gone, come = tuple(part for part in old if part not in new), tuple(part for part in new if part not in old)
    if not gone and not come:
        # The same parts in another order.
        return FieldChange(label, old, new, same=False)
    return FieldChange(label, gone, come, same=False)


Parts = tuple[str, ...]
Read = Callable[[PositionVersion, Codes], Parts]


def _day(name: str) -> Read:
    def read(row: PositionVersion, _codes: Codes) -> Parts:
        found = stored_day(*(getattr(row, f"{name}_{part}") for part in ("edtf", "earliest", "latest")))
        return (day_in_words(found),) if found else ()

    return read


def _flag(name: str) -> Read:
    return lambda row, _codes: (gettext("yes") if getattr(row, name) else gettext("no"),)


def _status(name: str) -> Read:
    def read(row: PositionVersion, _codes: Codes) -> Parts:
        code = getattr(row, name)
        return (status_label(Status(code)),) if code else ()

    return read


def _limits(row: PositionVersion, codes: Codes) -> Parts:
    """Each limit by itself, with the day from which it holds."""
    said = gettext("%(limit)s, from %(day)s")
    return tuple(
        said % {"limit": limits_sentence([limit], codes.regions), "day": limit.holds_from.isoformat()}
        for limit in stored_limits(row.limits)
    )


def _stretches(row: PositionVersion, _codes: Codes) -> Parts:
    """Contested days with both sides and how they ended."""
    return tuple(
        f"{item['first']} – {item['until'] or '…'}: {item['standing']} / {item['challenger']} ({item['outcome']})"
        for item in row.shown.get("stretches", ())
    )


def _names(row: PositionVersion, _codes: Codes) -> Parts:
    return tuple(f"{code}: {names['en']}" for code, names in sorted(row.shown.get("names", {}).items()))


def _text(name: str) -> Read:
    def read(row: PositionVersion, _codes: Codes) -> Parts:
        value: Any = getattr(row, name)
        return (str(value),) if value else ()

    return read


_FIELDS: tuple[tuple[Any, Read], ...] = (
    (_("status"), _status("status")),
    (_("limits"), _limits),
    (_("starts"), _day("starts")),
    (_("true start unknown"), _flag("open_start")),
    (_("ends"), _day("ends")),
    (_("announced"), _day("announced")),
    (_("last confirmed"), _text("last_confirmed")),
    (_("first used"), _text("first_used_edtf")),
    (_("provisional"), _flag("provisional")),
    (_("contested"), _flag("contested")),
    (_("contested days"), _stretches),
    (_("practice"), _status("practice")),
    (_("summary"), _text("summary")),
    (_("rules"), lambda row, _codes: tuple(f"{rule}. {rule_sentence(Rule(rule))}" for rule in row.rules)),
    (_("evidence"), lambda row, _codes: tuple(row.shown.get("evidence", ()))),
    (_("path of the weapon"), lambda row, _codes: (" → ".join(row.shown.get("path", ())),)),
    (_("names"), _names),
)
