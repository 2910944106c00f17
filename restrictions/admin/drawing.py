"""The page on which an admin draws a sample."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from restrictions.actions.samples import NothingToDraw, draw_sample
from restrictions.admin.deciding import check_permission, curator
from restrictions.models import Country, Sample, Strata
from restrictions.models.sample import LARGEST_SAMPLE

DRAWS = "restrictions.add_sample"


class DrawForm(forms.Form):
    """What a sample is drawn from, how many, and by which seed."""

    name = forms.CharField(label=_("Name"), max_length=120)
    size = forms.IntegerField(label=_("How many claims"), min_value=1, max_value=LARGEST_SAMPLE, initial=50)
    strata = forms.ChoiceField(label=_("Spread over"), choices=Strata.choices)
    languages = forms.CharField(
        label=_("Languages"), required=False, help_text=_("Codes with blanks, such as en fr. Empty: all.")
    )
    suppliers = forms.CharField(
        label=_("Suppliers"), required=False, help_text=_("Codes with blanks, such as US DE. Empty: all.")
    )
    published_from = forms.DateField(
        label=_("Published from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    published_until = forms.DateField(
        label=_("Published until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    seed = forms.CharField(
        label=_("Seed"), max_length=40, help_text=_("Any word. The same one draws the same claims again.")
    )

    def clean_languages(self) -> list[str]:
        return str(self.cleaned_data["languages"]).lower().split()

    def clean_suppliers(self) -> list[str]:
        codes = str(self.cleaned_data["suppliers"]).upper().split()
        known = set(Country.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(
                gettext("The record knows no country %(codes)s.") % {"codes": ", ".join(unknown)}
            )
        return codes


@require_http_methods(["GET", "POST"])
def draw_view(request: HttpRequest, *, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """The form; or the sample that was drawn."""
    check_permission(request, DRAWS)
    form = DrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            sample = draw_sample(sample=Sample(**form.cleaned_data), by=curator(request))
        except NothingToDraw as empty:
            form.add_error(None, str(empty))
        else:
            return redirect("admin:restrictions_sample_change", sample.pk)
    context = {**each_context(request), "opts": Sample._meta, "title": gettext("Draw a sample"), "form": form}
    return TemplateResponse(request, "admin/restrictions/sample/draw.html", context)
