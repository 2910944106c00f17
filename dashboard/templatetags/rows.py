"""The rows of the timeline's table and the cells of the matrix: put into HTML once where the same is shown again."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from dashboard.templatetags.clocks import asks_for_another_clock, position_address
from restrictions.queries.bars import TimelineBar
from restrictions.queries.cells import MatrixCell

register = template.Library()

_SUPPLIER, _WEAPON, _ADDRESS = "\x01", "\x02", "\x03"
"""What stands for these while a cell is written: control characters that no name holds."""
_MOST = 5_000
"""Rows that are kept of one language, of about a kilobyte each."""


@register.simple_tag(takes_context=True)
def timeline_row(context: dict[str, Any], bar: TimelineBar) -> str:
    """The row of a bar. Those of the present record are remembered, and so are their rows."""
    if asks_for_another_clock(context):
        return _row(context, bar)
    kept = _kept(get_language())
    if before := kept.get(id(bar)):
        return before[1]
    if len(kept) >= _MOST:
        kept.clear()
    row = _row(context, bar)
    kept[id(bar)] = bar, row
    return row


def _row(context: dict[str, Any], bar: TimelineBar) -> str:
    return render_to_string("reading/timeline_row.html", {"bar": bar, "request": context.get("request")})


@lru_cache(maxsize=4)
def _kept(_language: str | None) -> dict[int, tuple[TimelineBar, str]]:
    """Rows by the identity of their bar, which is kept beside them: nothing else can come to have the same."""
    return {}


@register.simple_tag(takes_context=True)
def matrix_cell(context: dict[str, Any], supplier: str, cell: MatrixCell, general: bool) -> SafeString:
    """A cell of a supplier. Thousands say the same, each of its own weapon and position."""
    said = _said(replace(cell, weapon="", weapon_name=_WEAPON, position=None, supply=None), general, get_language())
    address = position_address(context, cell.position) if cell.position is not None else ""
    for place, text in ((_SUPPLIER, supplier), (_WEAPON, cell.weapon_name), (_ADDRESS, address)):
        said = said.replace(place, escape(text))
    return mark_safe(said)  # noqa: S308  a template's own, and what is escaped


@lru_cache(maxsize=4_000)
def _said(cell: MatrixCell, general: bool, _language: str | None) -> str:
    """What is said so, with places for the supplier, the weapon and the address."""
    said = {"supplier": _SUPPLIER, "cell": cell, "general": general, "address": _ADDRESS}
    return render_to_string("reading/matrix_cell.html", said).rstrip()
