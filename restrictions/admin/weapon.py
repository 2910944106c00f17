"""Weapons and their classes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin.filters import code_filter
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.domain.vocabulary import WeaponKind
from restrictions.models import Weapon

KIND_WORDS = {WeaponKind.ANY: _("any weapon"), WeaponKind.CLASS: _("class"), WeaponKind.SYSTEM: _("system")}


@admin.register(Weapon)
class WeaponAdmin(ReadOnlyAdmin):
    """Which system belongs to which class, and what texts call it."""

    list_display = ("name", "code", "kind_words", "parent", "long_range", "range_km", "alias_words")
    list_filter = (code_filter("kind", _("kind"), WeaponKind, lambda kind: KIND_WORDS[kind]), "long_range")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "aliases")
    search_help_text = _("Names and codes of weapons, and what texts call them")

    @display(description=_("kind"), ordering="kind")
    def kind_words(self, row: Weapon) -> str:
        return str(KIND_WORDS[WeaponKind(row.kind)])

    @display(description=_("aliases"))
    def alias_words(self, row: Weapon) -> str:
        return ", ".join(row.aliases)
