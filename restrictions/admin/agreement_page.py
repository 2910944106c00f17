"""The page of figures: how far coders agree, and how good the machine was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from restrictions.admin.claim_form import ClaimFieldsForm
from restrictions.admin.deciding import check_permission
from restrictions.domain.agreement import CLAIM, TOO_FEW, Agreement
from restrictions.domain.machine import FIELDS, MachineScore
from restrictions.models import Sample
from restrictions.queries.review import language_name
from restrictions.queries.samples import agreement_figures, machine_figures

SEES = "restrictions.view_sample"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of figures as it is printed."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one period or language, or of all."""

    title: str
    rows: tuple[Row, ...]
    passages: int


@require_GET
def agreement_view(request: HttpRequest, *, each_context: Callable[[HttpRequest], dict[str, Any]]) -> HttpResponse:
    """All figures, or those of the sample that the address names."""
    check_permission(request, SEES)
    asked = request.GET.get("sample", "")
    sample = Sample.objects.filter(pk=asked).first() if asked.isdecimal() else None
    context = {
        **each_context(request),
        "opts": Sample._meta,
        "title": gettext("Agreement"),
        "sample": sample,
        "groups": list(_groups(agreement_figures(sample.pk if sample else None))),
        "too_few": TOO_FEW,
        "machine_rows": [_score_row(score) for score in machine_figures()],
        "machine_fields": [field_label(field) for field in FIELDS],
    }
    return TemplateResponse(request, "admin/restrictions/sample/agreement.html", context)


def field_label(field: str) -> str:
    """A field as the forms name it."""
    return gettext("Is it a claim?") if field == CLAIM else str(ClaimFieldsForm.base_fields[field].label)


def _groups(figures: tuple[Agreement, ...]) -> Iterator[Group]:
    for (by, name), found in groupby(figures, key=lambda row: (row.by, row.group)):
        rows = list(found)
        titles = {"all": gettext("All passages"), "language": language_name(name)}
        title = titles.get(by, name) or gettext("not known")
        yield Group(title, tuple(_row(row) for row in rows), rows[0].passages)


def _row(row: Agreement) -> Row:
    chance = (gettext("too few"), gettext("too few")) if row.too_few else (_figure(row.kappa), _figure(row.alpha))
    return Row(field_label(row.field), (str(row.passages), str(row.agreed), _percent(row.percent), *chance))


def _score_row(score: MachineScore) -> Row:
    counts = (str(score.hits), str(score.false_positives), str(score.misses))
    fields = (_percent(field.share) for field in score.fields)
    language = gettext("all") if score.language == "all" else language_name(score.language)
    version = gettext("all") if score.version == "all" else score.version
    return Row(version, (language, *counts, _percent(score.precision), _percent(score.recall), *fields))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
