"""The forms of a feed: what a person decides about it, and why one is retired."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from restrictions.models import Feed
from restrictions.models.feed import LEAST_MINUTES, MOST_MINUTES


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument at run time
    """A feed as a person describes it. What polls leave behind is not theirs to type."""

    address = forms.URLField(
        label=_("Address"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("Where the feed is: RSS, Atom or JSON Feed, at a public address."),
        error_messages={"unique": _("This feed is here already.")},
    )
    interval_minutes = forms.IntegerField(
        label=_("Minutes between polls"),
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        initial=60,
        help_text=_("At least 5. A feed that fails is asked less often."),
    )

    class Meta:
        model = Feed
        fields = ("address", "publisher", "language", "interval_minutes", "fetches_articles", "note")
        widgets = {
            "publisher": forms.TextInput(attrs={"maxlength": 300}),
            "language": forms.TextInput(attrs={"maxlength": 12, "placeholder": "fr"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def said(self) -> dict[str, Any]:
        """What was typed, once the form is valid."""
        return dict(self.cleaned_data)


class RetireForm(forms.Form):
    """Why a feed is not read any more."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": _("Retiring a feed needs its reason.")},
    )
