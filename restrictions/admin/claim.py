"""Claims: the log of what was asserted, and each with what the machine said beside what stands."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from restrictions.admin import deciding
from restrictions.admin.columns import WordColumns
from restrictions.admin.editing import edit_claim_view
from restrictions.admin.filters import DECISION_WORDS, WeaponFilter, code_filter, country_filter
from restrictions.admin.merging_page import merge_claim_view
from restrictions.admin.opened import opened_claim
from restrictions.admin.queue_page import queue_view
from restrictions.admin.read_only import ReadOnlyAdmin
from restrictions.admin.tabled import Tabled
from restrictions.domain.vocabulary import CLAIM_ACTS, Attribution, Condition, Decision, Status, Track
from restrictions.models import Claim
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.review import ClaimCard, claim_card
from restrictions.words import act_label, attribution_label, status_label, track_label

_NAMED = ("supplier", "recipient", "weapon", "decided_by", "dispatch_version__dispatch")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a claim as it stands, and as the machine coded it where it did."""

    label: str
    stands: str
    machine: str
    differs: bool


@admin.register(Claim)
class ClaimAdmin(Tabled, WordColumns, ReadOnlyAdmin):
    """All claims, the waiting ones first."""

    list_display = (
        "line",
        "weapon",
        "ruling",
        "decision_words",
        "act_words",
        "attribution_words",
        "effective_words",
    )
    list_filter = (
        code_filter("decision", _("decision"), Decision, lambda code: DECISION_WORDS[code]),
        country_filter("supplier", _("supplier")),
        country_filter("recipient", _("recipient")),
        WeaponFilter,
        code_filter("status", _("status"), Status, status_label),
        code_filter("track", _("track"), Track, track_label),
        code_filter("act", _("act"), CLAIM_ACTS, act_label),
        code_filter("attribution", _("attribution"), Attribution, attribution_label),
    )
    list_select_related = ("supplier", "recipient", "weapon")
    search_fields = ("key", "quote", "summary", "speaker", "supplier__name_en", "weapon__name")
    search_help_text = _("Words of the quote or summary, the speaker, supplier, weapon or key")
    ordering = ("-recorded_at", "-id")

    def get_urls(self) -> list[URLPattern]:
        buttons = {
            "reject": deciding.reject_claim_view,
            "undo": deciding.undo_claim_view,
            "retract": deciding.retract_claim_view,
            "restore": deciding.restore_claim_view,
            "skip": deciding.skip_claim_view,
            "edit": partial(edit_claim_view, each_context=self.admin_site.each_context),
            "merge": partial(merge_claim_view, each_context=self.admin_site.each_context),
        }
        queue = self.admin_site.admin_view(partial(queue_view, each_context=self.admin_site.each_context))
        urls: list[URLPattern] = super().get_urls()
        return [
            path("queue/", queue, name="restrictions_claim_queue"),
            *(
                path(f"<int:claim_id>/{name}/", self.admin_site.admin_view(view), name=f"restrictions_claim_{name}")
                for name, view in buttons.items()
            ),
            *urls,
        ]

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_extra: Any) -> HttpResponse:
        """The claim as a card with its buttons, and every field beside what the machine said."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        codes = known_codes()
        card = claim_card(int(object_id), codes) if object_id.isdecimal() else None
        if card is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **_detail(request, card, codes),
        }
        return TemplateResponse(request, "admin/restrictions/claim/detail.html", context)

    @display(description=_("supplier → recipient"), ordering="supplier")
    def line(self, row: Claim) -> str:
        return f"{row.supplier} → {row.recipient}"

    @display(description=_("status"), ordering="status")
    def ruling(self, row: Claim) -> str:
        label = status_label(Status(row.status), [Condition(code) for code in row.conditions])
        return f"{label} ({row.territory})" if row.track == Track.USE else label

    @display(description=_("attribution"), ordering="attribution")
    def attribution_words(self, row: Claim) -> str:
        return attribution_label(Attribution(row.attribution))


def _detail(request: HttpRequest, card: ClaimCard, codes: Codes) -> dict[str, Any]:
    """What the page of one claim prints."""
    row = Claim.objects.select_related(*_NAMED).get(pk=card.id)
    return {
        "title": f"{card.supplier} → {card.recipient}, {card.weapon}",
        "fields": field_rows(row),
        "sources": row.sources.all(),
        **opened_claim(request, card, codes),
    }


def field_rows(claim: Claim) -> list[FieldRow]:
    """Every column of the claim in order, with the machine's value where it gave one."""
    machine = claim.proposal
    names = [field.name for field in claim._meta.local_fields if field.name not in ("id", "machine", "machine_latest")]
    return [_field_row(claim, name, machine) for name in names]


def _field_row(claim: Claim, name: str, machine: dict[str, Any]) -> FieldRow:
    field: Any = claim._meta.get_field(name)
    stands = _plain(getattr(claim, name))
    coded = next((machine[key] for key in (name, name.removesuffix("_edtf")) if key in machine), None)
    said = _plain(getattr(claim, field.attname) if field.is_relation else getattr(claim, name))
    return FieldRow(
        label=str(field.verbose_name),
        stands=stands,
        machine=_plain(coded),
        differs=coded is not None and _plain(coded) != said,
    )


def _plain(value: Any) -> str:
    """A stored value as text; nothing for what is not given."""
    if value is None or value == []:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, Model):
        return f"{value} ({value.pk})"
    return str(value)
