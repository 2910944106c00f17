"""Why curators reject claims and take decisions back: short words, and a note where they do not suffice."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

OTHER = "other"

# Stored as written here, in every language: the log of claims is public and is read by programs.
REASONS = [
    ("wrong supplier", _("wrong supplier")),
    ("wrong weapon", _("wrong weapon")),
    ("wrong status", _("wrong status")),
    ("not a claim", _("not a claim")),
    ("duplicate", _("duplicate")),
    (OTHER, _("other: say why")),
]


class RejectForm(forms.Form):
    """A reason of the list; “other” needs a note."""

    reason = forms.ChoiceField(
        choices=REASONS, error_messages={"required": _("A rejection needs its reason: choose one.")}
    )
    note = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == OTHER and not cleaned.get("note"):
            raise forms.ValidationError(gettext("“Other” says nothing by itself: add a note that says why."))
        return cleaned

    @property
    def words(self) -> str:
        """The reason as it is stored, e.g. “wrong weapon: it is about SCALP”."""
        return ": ".join(filter(None, (self.cleaned_data["reason"], self.cleaned_data["note"])))


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(
        max_length=500, error_messages={"required": _("Taking a decision back needs a reason: say why.")}
    )


class RetractForm(forms.Form):
    """Why a claim counts for nothing from now on."""

    reason = forms.CharField(max_length=500, error_messages={"required": _("Retracting a claim needs a reason.")})


class RestoreForm(forms.Form):
    """Why a retracted claim counts again."""

    reason = forms.CharField(max_length=500, error_messages={"required": _("Counting it again needs a reason.")})


class OnlyReasonForm(forms.Form):
    """Why somebody is given a new password, or loses their second factor."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, error_messages={"required": _("It needs its reason: say why.")}
    )


def first_error(form: forms.Form) -> str:
    """The first sentence that says what is missing."""
    return str(next(iter(form.errors.values()))[0])
