"""The codebook's fields of one claim as a form: words with their codes, what the machine said, and what days mean."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.admin.filled import Fired, filled_fields
from restrictions.admin.plain_select import PlainSelect
from restrictions.domain.days import NotADay, parse_day
from restrictions.models import Claim
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.edits import FIELDS, FaultyFields, edited, field_values, regions_named
from restrictions.words import day_in_words
from restrictions.words.definitions import Definition, definitions

GROUPS = (
    (_("Who"), ("supplier", "recipient", "role")),
    (_("What"), ("weapon", "track", "status", "territory")),
    (_("Limits"), ("conditions", "depth_km", "areas", "area_role")),
    (_("Since when"), ("effective", "prior")),
    (_("On whose word"), ("act", "attribution")),
)
# The buttons beside the one that shows the plan.
ACCEPT, KEEP = "accept", "keep"
_UNKNOWN = [("", _("not stated"))]
_COUNTRIES = ("supplier", "recipient", "territory")
_CODED = ("role", "track", "status", "act", "attribution")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field on the page: its control, the codes it takes and those chosen, what its value means, and what the
    machine said.

    ``filled``: the machine filled it so, ``fired`` by which rules.
    """

    field: forms.BoundField
    codes: tuple[Definition, ...]
    meaning: str
    chosen: str
    machine: str
    filled: bool
    fired: tuple[Fired, ...]


class ClaimFieldsForm(forms.Form):
    """Every field of the codebook. ``after`` is the claim as the form leaves it, once the form is valid, and
    ``cleaned_data["changes"]`` what differs then from how it stands."""

    supplier = forms.ChoiceField(label=_("Supplier"), widget=PlainSelect)
    recipient = forms.ChoiceField(label=_("Recipient"), widget=PlainSelect)
    role = forms.ChoiceField(label=_("Role"), widget=PlainSelect)
    weapon = forms.ChoiceField(
        label=_("Weapon"), widget=PlainSelect, help_text=_("The narrowest weapon that the text names.")
    )
    track = forms.ChoiceField(label=_("Track"), widget=PlainSelect)
    status = forms.ChoiceField(label=_("Status"), widget=PlainSelect)
    territory = forms.ChoiceField(
        label=_("Territory"),
        widget=PlainSelect,
        required=False,
        help_text=_("Where the targets lie. Supply takes none into account."),
    )
    conditions = forms.MultipleChoiceField(label=_("Conditions"), required=False, widget=forms.CheckboxSelectMultiple)
    depth_km = forms.IntegerField(label=_("Depth in km"), required=False, min_value=1, max_value=10_000)
    areas = forms.CharField(
        label=_("Areas"), required=False, help_text=_("Regions by code or name, with commas, such as UA-63, Sumy.")
    )
    area_role = forms.ChoiceField(label=_("Areas are"), widget=PlainSelect, required=False)
    effective = forms.CharField(
        label=_("Holds since"),
        required=False,
        help_text=_("2024-05-30, 2024-05 for some day of May, 2024-05-30~ for about that day, 2024-21 for spring."),
    )
    prior = forms.ChoiceField(label=_("Before that"), widget=PlainSelect, required=False)
    act = forms.ChoiceField(label=_("Act"), widget=PlainSelect)
    attribution = forms.ChoiceField(label=_("On the word of"), widget=PlainSelect)
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(self, row: Claim, data: Any = None, *, codes: Codes | None = None) -> None:
        values = field_values(row)
        super().__init__(data, initial={**values, "areas": ", ".join(row.areas)}, auto_id="field-%s")
        self.row, self.after, self._codes = row, row, codes or known_codes()
        self._filled = filled_fields(row)
        for name, choices in _choices(self._codes).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # those named there have choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        values = field_values(self.row)
        changes = {name: cleaned[name] for name in FIELDS if name in cleaned}
        if "areas" in changes:
            near = [cleaned.get(name, "") for name in ("recipient", "territory")]
            changes["areas"] = regions_named(_pieces(changes["areas"]), near)
        changes = {name: value for name, value in changes.items() if not _same(value, values[name])}
        try:
            self.after = edited(self.row, changes)
        except FaultyFields as refused:
            for name, sentence in refused.faults.items():
                self.add_error(name or None, sentence)
        if self.data.get("do") == KEEP and not cleaned.get("reason"):
            self.add_error("reason", gettext("Keeping the edits needs a reason: say why."))
        return {**cleaned, "changes": changes}

    def groups(self) -> Iterator[tuple[str, list[FieldRow]]]:
        """The fields as the page shows them, group by group."""
        for heading, names in GROUPS:
            yield str(heading), [self._field_row(name) for name in names]

    def _field_row(self, name: str) -> FieldRow:
        value = self[name].value()
        is_filled = not self.is_bound and name in self._filled
        return FieldRow(
            field=self[name],
            codes=definitions(name),
            meaning=self._meaning(name, value),
            chosen=", ".join(item.label for item in definitions(name) if item.code in (value or ())),
            machine=self._machine(name, value),
            filled=is_filled,
            fired=self._filled[name] if is_filled else (),
        )

    def _meaning(self, name: str, value: Any) -> str:
        """What the text in a field means: a day in words, regions by name."""
        if name == "areas":
            near = [self[end].value() for end in ("recipient", "territory")]
            codes = regions_named(_pieces(value or ""), near)
            return ", ".join(f"{self._codes.regions[code]} ({code})" for code in codes if code in self._codes.regions)
        if name != "effective" or not value:
            return ""
        try:
            return day_in_words(parse_day(value))
        except NotADay:
            return ""

    def _machine(self, name: str, value: Any) -> str:
        """What the machine filled in, where the field says something else now."""
        machine = self.row.proposal
        if name not in machine or _comparable(machine[name]) == _comparable(value):
            return ""
        return ", ".join(_comparable(machine[name])) or gettext("nothing")


def _same(value: Any, stands: Any) -> bool:
    """Whether a form's value is what stands; the order of a list says nothing, and empty is empty."""
    if isinstance(stands, list):
        return sorted(value) == sorted(stands)
    return bool((value or None) == (stands or None))


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]


def _comparable(value: Any) -> list[str]:
    """A value of the form or of the machine as a list of texts, whatever its shape."""
    if value is None or value == "":
        return []
    values = value if isinstance(value, list | tuple) else _pieces(str(value))
    return sorted(map(str, values))


def _choices(codes: Codes) -> Mapping[str, list[tuple[Any, Any]]]:
    """What each list offers: words first, the code behind them."""
    countries = sorted(((code, f"{name} · {code}") for code, name in codes.countries.items()), key=lambda c: c[1])
    weapons = sorted(((code, f"{name} · {code}") for code, name in codes.weapons.items()), key=lambda c: c[1].lower())
    coded = {name: [item.choice for item in definitions(name)] for name in (*_CODED, "area_role", "prior")}
    return {
        **dict.fromkeys(_COUNTRIES, countries),
        **coded,
        "territory": [("", _("none")), *countries],
        "weapon": weapons,
        "conditions": [(item.code, item.label) for item in definitions("conditions")],
        "area_role": [*_UNKNOWN, *coded["area_role"]],
        "prior": [*_UNKNOWN, *coded["prior"]],
    }
