"""Weapons and their classes, which editors keep; the plan comes first where another class changes the record."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.actions.weapons import save_weapon
from restrictions.admin.deciding import carry_out, curator, said, seen
from restrictions.admin.filters import code_filter
from restrictions.admin.plan_words import in_words
from restrictions.admin.tabled import Tabled
from restrictions.admin.weapon_form import KIND_WORDS, WeaponForm
from restrictions.admin.with_reason import WithReason
from restrictions.domain.vocabulary import WeaponKind
from restrictions.models import Weapon
from restrictions.queries.weapon_plans import WeaponPlan, weapon_plan

SAVE = "save"


@admin.register(Weapon)
class WeaponAdmin(Tabled, WithReason):
    """Which system belongs to which class, and what texts call it."""

    list_display = ("name", "code", "kind_words", "parent", "long_range", "range_km", "alias_words")
    list_filter = (code_filter("kind", _("kind"), WeaponKind, lambda kind: KIND_WORDS[kind]), "long_range")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "aliases")
    search_help_text = _("Names and codes of weapons, and what texts call them")

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form with its plan for editors; every field to look at for others."""
        row = get_object_or_404(Weapon, pk=object_id) if object_id else None
        may = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if not may:
            return super().changeform_view(request, object_id, *args, **kwargs)  # type: ignore[return-value]
        form = WeaponForm(request.POST if request.method == "POST" else None, instance=row)
        plan = weapon_plan(form.instance) if form.is_bound and form.is_valid() else None
        if plan and request.POST.get("do") == SAVE and carry_out(request, partial(_saved, request, form, plan)):
            return redirect("admin:restrictions_weapon_change", form.instance.pk)
        return TemplateResponse(request, "admin/restrictions/weapon/edit.html", self._page(request, row, form, plan))

    def _page(
        self, request: HttpRequest, row: Weapon | None, form: WeaponForm, plan: WeaponPlan | None
    ) -> dict[str, Any]:
        # Before anything is typed the plan is that nothing changes, so that a new alias needs one press.
        mark = plan.seen if plan else weapon_plan(Weapon.objects.get(pk=row.pk)).seen if row else ""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Weapon: %(name)s") % {"name": row} if row else gettext("A new weapon"),
            "original": row,
            "form": form,
            "plan": in_words(plan.lines) if plan else (),
            "is_planned": plan is not None,
            "seen": mark,
            "deletes": row is not None and self.has_delete_permission(request, row),
        }

    def get_fields(self, _request: HttpRequest, _row: Any = None) -> list[str]:
        return [field.name for field in self.opts.local_fields]

    @display(description=_("kind"), ordering="kind")
    def kind_words(self, row: Weapon) -> str:
        return str(KIND_WORDS[WeaponKind(row.kind)])

    @display(description=_("aliases"))
    def alias_words(self, row: Weapon) -> str:
        return ", ".join(row.aliases)


def _saved(request: HttpRequest, form: WeaponForm, plan: WeaponPlan) -> str:
    reason = form.cleaned_data["reason"]
    save_weapon(row=form.instance, by=curator(request), reason=reason, seen=seen(request))
    if not plan.lines:
        return gettext("Saved. No position says anything else than before.")
    return said(gettext("Saved. This changed the record:"), plan.lines)
