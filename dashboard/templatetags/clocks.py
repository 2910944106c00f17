"""The clock of the address on every page: the banner over it, the fields of its form, and the links within."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from dashboard.parameters import CLOCK
from restrictions.domain.days import exact
from restrictions.words import day_in_words

register = template.Library()


@register.inclusion_tag("reading/clock_banner.html", takes_context=True)
def clock_banner(context: dict[str, Any], *, part: bool = False) -> dict[str, Any]:
    """What the page says where it shows another state of knowledge than the present one.

    ``part``: it stands beside what htmx swaps, and takes the place of the banner that is there.
    """
    query = _query(context)
    asked = {} if "error" in context else {name: _words(query.get(name, "")) for name in CLOCK}
    return {
        "part": part,
        "known": asked.get("known", ""),
        "reported": asked.get("reported", ""),
        "now": _address(context, known="", reported=""),
        "since": f"{reverse('since')}?{urlencode(_since(query))}",
    }


@register.inclusion_tag("reading/clock_fields.html", takes_context=True)
def clock_fields(context: dict[str, Any]) -> dict[str, Any]:
    """The two days of the clock as fields of a form, with what the address gives them."""
    query = _query(context)
    return {name: query.get(name, "") for name in CLOCK}


@register.simple_tag(takes_context=True)
def position_address(context: dict[str, Any], number: int) -> str:
    """The page of a position, by the clock of this page. One that became no recorded position has no page."""
    if number < 0:
        return "#content"
    before, after = _around_a_number(get_language() or "", urlencode(_clock(_query(context))))
    return f"{before}{number}{after}"


@register.simple_tag(takes_context=True)
def dispatch_address(context: dict[str, Any], number: int) -> str:
    """The page of a dispatch, by the clock of this page."""
    query = urlencode(_clock(_query(context)))
    return reverse("dispatch", args=[number]) + (f"?{query}" if query else "")


def asks_for_another_clock(context: dict[str, Any]) -> bool:
    """Whether the page shows another state of knowledge than the present one."""
    return bool(_clock(_query(context)))


@lru_cache(maxsize=64)
def _around_a_number(_language: str, query: str) -> tuple[str, str]:
    """A page names hundreds of positions, and their addresses differ in the number alone."""
    before, _, after = reverse("position", args=[0]).rpartition("0")
    return before, after + (f"?{query}" if query else "")


def _query(context: dict[str, Any]) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def _clock(query: QueryDict) -> dict[str, str]:
    return _given(query, CLOCK)


def _since(query: QueryDict) -> dict[str, str]:
    """What is asked of the page of later changes: the same known day, and the same recipient."""
    return _given(query, ("recipient", "known"))


def _given(query: QueryDict, names: Iterable[str]) -> dict[str, str]:
    return {name: str(value) for name in names if (value := query.get(name))}


def _address(context: dict[str, Any], **changed: str) -> str:
    """The address of this page with other values; what has none is left out."""
    request = context.get("request")
    query = _query(context).copy()
    for name, value in changed.items():
        query[name] = value
        if not value:
            del query[name]
    return (request.path if request else "") + (f"?{query.urlencode()}" if query else "")


def _words(day: str) -> str:
    """The day in words; nothing for what is none: the view refuses it."""
    try:
        return day_in_words(exact(date.fromisoformat(day))) if day else ""
    except ValueError:
        return ""
