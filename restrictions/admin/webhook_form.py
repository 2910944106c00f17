"""The form of a new webhook: where to, and the filter of the page of changes."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.domain.changes import Kind
from restrictions.domain.vocabulary import Attribution, Condition, Status, Track
from restrictions.queries.codes import known_codes
from restrictions.queries.news_filters import NewsWanted
from restrictions.queries.sought import OFFICIAL, TWO, Sought
from restrictions.words import attribution_label, kind_label, status_label, track_label
from restrictions.words.definitions import definitions
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
    kinds = forms.MultipleChoiceField(label=_("Kind of change"), required=False)
    before = forms.MultipleChoiceField(label=_("What was before"), required=False)
    after = forms.MultipleChoiceField(label=_("What came"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    conditions = forms.MultipleChoiceField(label=_("Limits"), required=False)
    regions = forms.CharField(label=_("Regions"), required=False, help_text=_("Such as UA-63, RU-KRS."))
    attributions = forms.MultipleChoiceField(label=_("On whose word"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False)
    text = forms.CharField(label=_("Words"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        for name, choices in _choices().items():
            field: Any = self.fields[name]
            field.choices = choices

    def clean_recipient(self) -> str:
        return self._known("recipient", known_codes().countries, str.upper)[0]

    def clean_territory(self) -> str:
        return "".join(self._known("territory", known_codes().countries, str.upper))

    def clean_suppliers(self) -> tuple[str, ...]:
        return self._known("suppliers", known_codes().countries, str.upper)

    def clean_weapons(self) -> tuple[str, ...]:
        return self._known("weapons", known_codes().weapons, str.lower)

    def clean_regions(self) -> tuple[str, ...]:
        return self._known("regions", known_codes().regions, str.upper)

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
            kinds=tuple(map(Kind, data["kinds"])),
            before=tuple(map(Status, data["before"])),
            after=tuple(map(Status, data["after"])),
            sought=self._sought(),
            **{name: data[name] for name in ("suppliers", "weapons", "first", "last")},
        )
        return {name: data[name] for name in ("name", "address", "language")} | {"wanted": wanted}

    def _sought(self) -> Sought:
        data = self.cleaned_data
        return Sought(
            conditions=tuple(map(Condition, data["conditions"])),
            regions=data["regions"],
            attributions=tuple(map(Attribution, data["attributions"])),
            official=data["evidence"] == OFFICIAL,
            sources=2 if data["evidence"] == TWO else 0,
            text=data["text"],
        )


def _choices() -> dict[str, list[tuple[str, Any]]]:
    """What the fields of codes offer, in words."""
    statuses: list[tuple[str, Any]] = [(one.value, status_label(one)) for one in Status]
    return {
        "track": [("", _("both")), *((one.value, track_label(one)) for one in Track)],
        "kinds": [(one.value, kind_label(one)) for one in Kind],
        "before": statuses,
        "after": statuses,
        "conditions": [(one.code, one.label) for one in definitions("conditions")],
        "attributions": [(one.value, attribution_label(one)) for one in Attribution],
        "evidence": [
            ("", _("any source")),
            (OFFICIAL, _("confirmed by an official or a document")),
            (TWO, _("two sources that stand on their own")),
        ],
    }
