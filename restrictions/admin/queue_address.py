"""The queue that a curator works through, as it stands in the address of every page and button on the way."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from restrictions.queries.backlog import dispatch_of_claim
from restrictions.queries.queue import CODES, Queue, next_in

_TEXTS = ("supplier", "recipient", "publisher")
_LONGEST = 300


def queue_of(request: HttpRequest) -> Queue:
    """The queue that the address names. Raises BadRequest for a value that is none of a filter's."""
    given = {name: request.GET[name] for name in (*_TEXTS, *CODES) if request.GET.get(name)}
    for name, value in given.items():
        if value not in CODES.get(name, (value,)) or "\0" in value or len(value) > _LONGEST:
            raise BadRequest(gettext("“%(name)s” takes no such value.") % {"name": name})
    return Queue(**given)


def claim_address(queue: Queue, claim_id: int, *, part: str = "") -> str:
    """The page on which the claim is decided: its dispatch's, else its own."""
    query = urlencode({"claim": str(claim_id), **queue.chosen})
    dispatch = dispatch_of_claim(claim_id)
    if dispatch is None:
        return f"{reverse('admin:restrictions_claim_change', args=[claim_id])}?{query}{part}"
    return f"{reverse('admin:restrictions_dispatch_change', args=[dispatch])}?{query}{part}"


def page_after(request: HttpRequest, claim_id: int, *, stay: bool) -> str:
    """The page of the claim that comes next in the curator's queue; of this one where none does, or to stay."""
    queue = queue_of(request)
    following = None if stay else next_in(queue, after=claim_id, curator=person(request), now=timezone.now())
    return claim_address(queue, following or claim_id, part="#outcome")


def own_query(queue: Queue) -> str:
    """The queue for the end of an address, with its ``?``; empty for the whole queue in its usual order."""
    return f"?{urlencode(queue.chosen)}" if queue.chosen else ""


def person(request: HttpRequest) -> int:
    """Who asks, by the row: admin views let nobody through who is not signed in."""
    user: Any = request.user
    return int(user.pk)
