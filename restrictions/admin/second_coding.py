"""The screen of second coders: the passage, and empty fields. What was coded first is not on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from restrictions.actions.samples import AlreadyCoded, NotBlind, code_second
from restrictions.admin.claim_form import ClaimFieldsForm
from restrictions.admin.deciding import check_permission, curator
from restrictions.admin.segments import Segment, Span, cut
from restrictions.models import Claim, Sample, SampledClaim
from restrictions.queries.edits import field_values
from restrictions.queries.samples import sample_counts, waiting_for

CODES_AGAIN = "restrictions.add_secondcoding"
_ASKED = ("supplier", "recipient", "weapon", "track", "status", "act", "attribution")


class SecondCodingForm(ClaimFieldsForm):
    """The codebook's fields, empty; or the word that the passage makes no claim."""

    no_claim = forms.BooleanField(label=_("This passage makes no claim"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, sampled: SampledClaim, data: Any = None) -> None:
        super().__init__(_blank(sampled.claim), data)
        for name in _ASKED:
            field: Any = self.fields[name]
            field.choices = [("", _("choose")), *field.choices]
        if data and data.get("no_claim"):
            for field in self.fields.values():
                field.required = False

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("no_claim"):
            return self.cleaned_data
        return super().clean()

    @property
    def coding(self) -> dict[str, Any] | None:
        """The coding as it is kept, once the form is valid."""
        return None if self.cleaned_data["no_claim"] else field_values(self.after)


def _blank(claim: Claim) -> Claim:
    """A claim of the same words with nothing coded."""
    names = ("dispatch_version", "quote", "quote_in", "quote_start", "quote_end")
    return Claim(**{name: getattr(claim, name) for name in names})


@require_http_methods(["GET", "POST"])
def code_view(
    request: HttpRequest, sample_id: int, *, each_context: Callable[[HttpRequest], dict[str, Any]]
) -> HttpResponse:
    """The next passage that waits for this coder; what was coded is kept, and the next one comes."""
    check_permission(request, CODES_AGAIN)
    sample = get_object_or_404(Sample, pk=sample_id)
    waiting = waiting_for(curator(request), sample_id)
    asked = request.POST.get("sampled", "")
    sampled = waiting.filter(pk=asked).first() if asked.isdecimal() else waiting.first()
    form = SecondCodingForm(sampled, request.POST if request.method == "POST" else None) if sampled else None
    if request.method == "POST" and (form is None or form.is_valid()):
        _keep(request, sampled, form)
        return redirect("admin:restrictions_sample_code", sample_id)
    context = {
        **each_context(request),
        "opts": Sample._meta,
        "title": gettext("Code a passage"),
        "sample": sample,
        "sampled": sampled,
        "form": form,
        "counts": sample_counts().get(sample_id, {}),
        "waiting": waiting.count(),
        **(passage(sampled.claim) if sampled else {}),
    }
    return TemplateResponse(request, "admin/restrictions/sample/code.html", context)


def _keep(request: HttpRequest, sampled: SampledClaim | None, form: SecondCodingForm | None) -> None:
    if sampled is None or form is None:
        messages.warning(request, gettext("That passage is not waiting for you any more."))
        return
    try:
        code_second(sampled=sampled.pk, by=curator(request), coding=form.coding, note=form.cleaned_data.get("note", ""))
    except (AlreadyCoded, NotBlind) as told:
        messages.warning(request, str(told))
    else:
        messages.success(request, gettext("Kept."))


def passage(claim: Claim) -> dict[str, Any]:
    """The text with the one quote that is to be coded, and who published it when."""
    version = claim.dispatch_version
    if version is None:
        return {"quote": claim.quote}
    spans = [Span(claim.quote_start or 0, claim.quote_end or 0, "passage", "1", "proposed", gettext("The passage"))]
    cut_in = {place: spans if claim.quote_in == place else [] for place in ("title", "body")}
    segments: dict[str, tuple[Segment, ...]] = {
        f"{place}_segments": cut(getattr(version, place), found) for place, found in cut_in.items()
    }
    return {"quote": claim.quote, "dispatch": version.dispatch, "language": version.language, **segments}
