"""The form of a new webhook: where to, and the filter of the page of changes in codes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import Track
from restrictions.queries.codes import known_codes
from restrictions.queries.news import NewsWanted
from restrictions.words import track_label
from restrictions.words.reader import own_name


class WebhookForm(forms.Form):
    """Codes are written with commas between them; what is left empty asks for all."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Whose program it is."))
    address = forms.URLField(
        label=_("Address"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("A public address. Each message is sent to it by POST; a redirect is not followed."),
    )
    language = forms.ChoiceField(label=_("Language"))
    recipient = forms.CharField(label=_("Recipient"), max_length=2, initial="UA")
    territory = forms.CharField(label=_("Territory"), max_length=2, required=False)
    track = forms.ChoiceField(label=_("Track"), required=False)
    suppliers = forms.CharField(label=_("Suppliers"), required=False, help_text=_("Such as US, FR."))
    weapons = forms.CharField(label=_("Weapons"), required=False, help_text=_("Such as atacms, artillery."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        track: Any = self.fields["track"]
        track.choices = [("", _("both")), *((one.value, track_label(one)) for one in Track)]

    def clean_recipient(self) -> str:
        return self._known("recipient", known_codes().countries, str.upper)[0]

    def clean_territory(self) -> str:
        return "".join(self._known("territory", known_codes().countries, str.upper))

    def clean_suppliers(self) -> tuple[str, ...]:
        return self._known("suppliers", known_codes().countries, str.upper)

    def clean_weapons(self) -> tuple[str, ...]:
        return self._known("weapons", known_codes().weapons, str.lower)

    def _known(self, name: str, codes: Any, cased: Any) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(cased(code.strip()) for code in self.cleaned_data[name].split(",") if code.strip()))
        for code in found:
            if code not in codes:
                raise forms.ValidationError(gettext("%(code)s is no code that we know.") % {"code": code})
        if name == "recipient" and not found:
            raise forms.ValidationError(gettext("Say to whom: a code such as UA."))
        return found

    def said(self) -> dict[str, Any]:
        """What an action is given."""
        data = self.cleaned_data
        wanted = NewsWanted(
            recipient=data["recipient"],
            territory=data["territory"],
            track=Track(data["track"]) if data["track"] else None,
            suppliers=data["suppliers"],
            weapons=data["weapons"],
        )
        return {name: data[name] for name in ("name", "address", "language")} | {"wanted": wanted}
