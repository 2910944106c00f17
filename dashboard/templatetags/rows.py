"""The rows of the timeline's table: put into HTML once where the same bars are shown again and again."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from dashboard.templatetags.clocks import asks_for_another_clock
from restrictions.queries.bars import TimelineBar

register = template.Library()

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
