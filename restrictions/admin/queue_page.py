"""The page of the queue: what it is made of, how to narrow it, and the claims that come first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from restrictions.admin.deciding import check_permission
from restrictions.admin.queue_address import claim_address, own_query, person, queue_of
from restrictions.admin.settling import EachContext
from restrictions.models import Claim
from restrictions.queries.backlog import queue_shares
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.queue import CODES, Queue, next_in
from restrictions.queries.review import waiting_cards

_FIRST = 25
_TITLES = {
    "record": _("Against the record"),
    "age": _("Waiting"),
    "confidence": _("Confidence"),
    "supplier": _("Supplier"),
    "recipient": _("Recipient"),
    "publisher": _("Publisher"),
}
_WORDS: Mapping[str, Any] = {
    "sure": _("sure, 80 % or more"),
    "middling": _("50 to 79 %"),
    "doubtful": _("doubtful, under 50 %"),
    "day": _("for less than a day"),
    "week": _("for one to seven days"),
    "overdue": _("overdue, for more than seven days"),
    "disagrees": _("disagrees with the record"),
    "oldest": _("longest waiting first"),
    "newest": _("newest first"),
    "surest": _("surest first"),
}
_ORDER_WORDS = {**_WORDS, "doubtful": _("most doubtful first")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: how many claims it leaves, and the address that chooses it, or lets go of it."""

    words: str
    number: int | None
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the queue with the values that lead somewhere."""

    title: str
    choices: tuple[Choice, ...]


@require_GET
def queue_view(request: HttpRequest, *, each_context: EachContext) -> HttpResponse:
    """The queue that the address names: its make-up, and its first claims."""
    check_permission(request, "restrictions.view_claim")
    context = {**each_context(request), "opts": Claim._meta, **_page(request, queue_of(request))}
    return TemplateResponse(request, "admin/restrictions/claim/queue.html", context)


def _page(request: HttpRequest, queue: Queue) -> dict[str, Any]:
    now, codes = timezone.now(), known_codes()
    shares = queue_shares(queue, now)
    start = next_in(queue, after=None, curator=person(request), now=now)
    named = _names(codes)
    return {
        "title": gettext("Queue"),
        "total": shares.total,
        "is_narrowed": bool(queue.chosen),
        "whole": _address(Queue()),
        "start": claim_address(queue, start) if start else "",
        "filters": [_filter(queue, name, shares.by[name], named[name]) for name in _TITLES if shares.by[name]],
        "orders": [
            Choice(str(_ORDER_WORDS[order]), None, _address(replace(queue, order=order)), order == queue.order)
            for order in CODES["order"]
        ],
        "cards": waiting_cards(queue, first=_FIRST, now=now, codes=codes),
        "first": _FIRST,
        "queue_query": own_query(queue),
    }


def _filter(queue: Queue, name: str, shares: tuple[tuple[str, int], ...], named: Callable[[str], str]) -> Filter:
    chosen = getattr(queue, name)
    choices = (
        Choice(named(code), number, _address(replace(queue, **{name: "" if code == chosen else code})), code == chosen)
        for code, number in shares
    )
    return Filter(str(_TITLES[name]), tuple(choices))


def _names(codes: Codes) -> Mapping[str, Callable[[str], str]]:
    def country(code: str) -> str:
        return codes.countries.get(code, code)

    def word(code: str) -> str:
        return str(_WORDS[code])

    return {
        "supplier": country,
        "recipient": country,
        "publisher": str,
        "confidence": word,
        "age": word,
        "record": word,
    }


def _address(queue: Queue) -> str:
    return reverse("admin:restrictions_claim_queue") + own_query(queue)
