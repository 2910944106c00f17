"""The form of a claim that the machine missed: its words, found in the text, and the codebook's fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from restrictions.admin.claim_form import ClaimFieldsForm
from restrictions.domain.quoting import LONGEST, NotQuoted, find_quote
from restrictions.models import DispatchVersion
from restrictions.queries.codes import Codes
from restrictions.queries.drafts import draft_claim, keyed, quoted

PROPOSE = "propose"
_TO_CHOOSE = ("supplier", "weapon", "status")


class MissedClaimForm(ClaimFieldsForm):
    """Every field of the codebook, and the quote. ``after`` is the claim, unsaved, once the form is valid.

    ``near`` and ``place`` come with a selection: of several places where the words stand, it means that one.
    """

    quote = forms.CharField(
        label=_("Quote"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sentence or clause that carries the claim, as it stands in the text."),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    place = forms.ChoiceField(
        required=False, choices=[("body", ""), ("title", "")], widget=forms.HiddenInput, initial="body"
    )

    def __init__(self, version: DispatchVersion, data: Any = None, *, codes: Codes, selected: dict[str, str]) -> None:
        super().__init__(draft_claim(version), data, codes=codes)
        self.version = version
        self.initial = {**self.initial, **selected}
        for name in _TO_CHOOSE:
            field: Any = self.fields[name]
            if not self.initial.get(name):
                field.choices = [("", _("choose")), *field.choices]

    def clean(self) -> dict[str, Any]:
        words = self.cleaned_data.get("quote")
        place, span = self._found(words) if words else ("", None)
        if span is None:
            return self.cleaned_data
        self.row = quoted(self.row, place, span)
        cleaned = super().clean()
        if not self.errors:
            self.after = keyed(self.after)
        return cleaned

    def _found(self, words: str) -> tuple[str, tuple[int, int] | None]:
        """Where the words stand: in the body, else in the title. An error beside the field where they do not."""
        first = self.cleaned_data.get("place") or "body"
        times = 0
        for place in (first, "title" if first == "body" else "body"):
            text = self.version.title if place == "title" else self.version.body
            try:
                return place, find_quote(text, words, near=self.cleaned_data.get("near"))
            except NotQuoted as refused:
                times = times or refused.times
        self.add_error("quote", _not_found(times))
        return "", None


def _not_found(times: int) -> str:
    if times:
        said = ngettext("The text says this %(n)d time.", "The text says this %(n)d times.", times) % {"n": times}
        return f"{said} {gettext('Paste more of what stands around it, so that one place is meant.')}"
    return gettext("The text does not say this. Copy the words from the text, with nothing left out or added.")
