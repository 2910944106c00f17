"""A weapon as a form: its names, its class, and why."""

from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _

from restrictions.admin.plain_select import PlainSelect
from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import ANY
from restrictions.models import Weapon
from restrictions.queries.weapon_plans import weapon_faults

KIND_WORDS = {WeaponKind.ANY: _("any weapon"), WeaponKind.CLASS: _("class"), WeaponKind.SYSTEM: _("system")}


class WeaponForm(forms.ModelForm):  # type: ignore[type-arg]  # no generics at run time
    """Every column of a weapon. ``instance`` is the weapon as the form leaves it, once the form is valid."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, words) for kind, words in KIND_WORDS.items()])
    aliases = SimpleArrayField(
        forms.CharField(max_length=80),
        label=_("Aliases"),
        required=False,
        help_text=_("What texts call it, with commas. Names that the program reads by itself need not stand here."),
    )
    makers = SimpleArrayField(
        forms.CharField(max_length=2),
        label=_("Makers"),
        required=False,
        help_text=_("Country codes with commas, such as GB, FR."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=500, error_messages={"required": _("A change needs its reason: say why.")}
    )

    class Meta:
        model = Weapon
        fields = ("code", "name", "kind", "parent", "long_range", "range_km", "aliases", "makers")
        widgets = {"name": forms.TextInput, "parent": PlainSelect}

    def __init__(self, data: Any = None, *, instance: Weapon | None = None) -> None:
        super().__init__(data, instance=instance, auto_id="field-%s")
        classes = Weapon.objects.exclude(kind=WeaponKind.SYSTEM.value).order_by("name")
        self.fields["parent"].queryset = classes  # type: ignore[attr-defined]
        if instance is not None:
            # What rests on a weapon names it by its code, and “any” is what the whole tree hangs on.
            for name in ("code", "kind", "parent") if instance.code == ANY else ("code",):
                self.fields[name].disabled = True

    def _post_clean(self) -> None:
        # The record's own rules say what is wrong, in the words of this desk.
        super()._post_clean()  # type: ignore[misc]  # the stubs leave out where Django puts the form into the row
        if not self.errors or set(self.errors) == {"reason"}:
            for field, sentence in weapon_faults(self.instance).items():
                self.add_error(field, sentence)
