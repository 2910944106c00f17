"""The form of a ruling on contested days: which side holds, from when until when, what is observed, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from restrictions.domain.claims import Line
from restrictions.domain.vocabulary import Status, Track
from restrictions.models import Settlement, Stretch
from restrictions.queries.edits import FaultyFields
from restrictions.queries.rulings import proposed_ruling
from restrictions.words.definitions import definitions

_OF_TRACK = {
    Track.SUPPLY: (Status.WITHHELD, Status.SUPPLIED),
    Track.USE: (Status.BANNED, Status.CONDITIONAL, Status.ALLOWED),
}


class SettleForm(forms.Form):
    """A ruling on one line. ``ruling`` is the settlement as the form has it, once the form is valid."""

    status = forms.ChoiceField(label=_("Which side holds"), widget=forms.RadioSelect)
    first = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day ruled on."),
    )
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day no longer ruled on."),
    )
    practice = forms.ChoiceField(
        label=_("Practice"), required=False, help_text=_("What is observed, where it departs from what is declared.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to the public, with your name."),
        error_messages={"required": _("A settlement needs its reason: it is shown to the public.")},
    )

    def __init__(self, line: Line, stretches: Iterable[Stretch], by: User, data: Any = None) -> None:
        sides = list(stretches)
        contested = sides[0] if sides else None
        initial = {"first": contested.first, "until": contested.until} if contested else {}
        super().__init__(data, initial=initial, auto_id="field-%s")
        self.line, self._by = line, by
        self.ruling: Settlement | None = None
        claimed = {side for stretch in sides for side in (stretch.standing, stretch.challenger)}
        known = {item.code: item.choice for item in definitions("status")}
        self.fields["status"].choices = [known[code] for code in known if code in claimed]  # type: ignore[attr-defined]
        observed = [known[code] for code in _OF_TRACK[line.track]]
        self.fields["practice"].choices = [("", _("as declared")), *observed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.ruling = proposed_ruling(line=self.line, by=self._by, **self.values())
            except FaultyFields as refused:
                for name, sentence in refused.faults.items():
                    self.add_error(name or None, sentence)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        said = self.cleaned_data
        practice = Status(said["practice"]) if said["practice"] else None
        return {**said, "status": Status(said["status"]), "practice": practice}


class WithdrawForm(forms.Form):
    """Why a ruling holds no more."""

    reason = forms.CharField(
        label=_("Why"), max_length=2000, error_messages={"required": _("Withdrawing a settlement needs a reason.")}
    )
