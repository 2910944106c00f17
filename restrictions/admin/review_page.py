"""What the review page prints: the text cut at its quotes, a line for each claim, and the one that is being decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from restrictions.admin.opened import may_decide, opened_claim
from restrictions.admin.queue_address import claim_address, own_query, person, queue_of
from restrictions.admin.segments import Segment, Span, cut
from restrictions.queries.codes import Codes
from restrictions.queries.provenance import provenance_of
from restrictions.queries.queue import Queue, next_in
from restrictions.queries.review import ClaimCard, MarkCard, ReviewSheet

DECIDES_MARKS = "restrictions.change_mark"
PROPOSES = "restrictions.add_claim"


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the page: its number in the text, and whether it is the one that is open."""

    claim: ClaimCard
    number: str
    in_text: bool
    current: bool


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """A mark on the page, with its letter in the text."""

    mark: MarkCard
    letter: str
    in_text: bool
    current: bool


def review_context(request: HttpRequest, sheet: ReviewSheet, codes: Codes) -> dict[str, Any]:
    """All that the review page prints, for the person who asks for it."""
    cards = _cards(sheet, _current_claim(sheet, request))
    marks = _marks(sheet, request.GET.get("mark", ""))
    current = next((card for card in cards if card.current), None)
    queue = queue_of(request)
    after = current.claim.id if current else None
    return {
        "title": sheet.dispatch.title,
        "cards": cards,
        "marks": marks,
        "has_current": current is not None or any(entry.current for entry in marks),
        "waiting": sum(card.claim.verdict.waits for card in cards),
        "next_address": _next_address(request, queue, after),
        "queue_query": own_query(queue),
        "decides_marks": may_decide(request, DECIDES_MARKS),
        **(opened_claim(request, current.claim, codes, others=sheet.claims) if current else {}),
        "proposes": may_decide(request, PROPOSES),
        "queue_fields": tuple(queue.chosen.items()),
        "provenance": provenance_of(sheet.dispatch.id, sheet.dispatch.copy_of, sheet.dispatch.publisher),
        **text_context(sheet),
    }


def _next_address(request: HttpRequest, queue: Queue, after: int | None) -> str:
    """Where the queue goes on when nothing is decided here; empty where nothing else waits."""
    following = next_in(queue, after=after, curator=person(request), now=timezone.now())
    return claim_address(queue, following) if following else ""


def text_context(sheet: ReviewSheet) -> dict[str, Any]:
    """The dispatch and its text, cut at the quotes of all its claims and marks."""
    return {
        "dispatch": sheet.dispatch,
        "text": sheet.text,
        "title_segments": _segments(sheet, "title"),
        "body_segments": _segments(sheet, "body"),
    }


def _cards(sheet: ReviewSheet, current: int | None) -> Sequence[Card]:
    return [
        Card(claim, str(number), _is_shown(sheet, claim), claim.id == current)
        for number, claim in enumerate(sheet.claims, start=1)
    ]


def _current_claim(sheet: ReviewSheet, request: HttpRequest) -> int | None:
    """The claim that the address names, else the first that waits, else the first; none where it names a mark."""
    asked = request.GET.get("claim", "")
    named = next((claim.id for claim in sheet.claims if str(claim.id) == asked), None)
    if named is not None or "mark" in request.GET:
        return named
    waiting = [claim.id for claim in sheet.claims if claim.verdict.waits]
    return next(iter(waiting or [claim.id for claim in sheet.claims]), None)


def _marks(sheet: ReviewSheet, asked: str = "") -> tuple[MarkEntry, ...]:
    return tuple(
        MarkEntry(mark, _letter(at), _is_shown(sheet, mark), str(mark.id) == asked)
        for at, mark in enumerate(sheet.marks)
    )


def _letter(at: int) -> str:
    """a to z, then aa, ab and so on."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("a") + at % 26)


def _is_shown(sheet: ReviewSheet, card: ClaimCard | MarkCard) -> bool:
    """Whether the quote stands in the version on the page: offsets of another version mean nothing in it."""
    return sheet.text is not None and card.quote.version == sheet.text.number


def _segments(sheet: ReviewSheet, place: str) -> tuple[Segment, ...]:
    if sheet.text is None:
        return ()
    spans = [_span(f"claim-{card.claim.id}", card.number, card.claim) for card in _cards(sheet, None) if card.in_text]
    spans += [_span(f"mark-{entry.mark.id}", entry.letter, entry.mark) for entry in _marks(sheet) if entry.in_text]
    shown = sheet.text.title if place == "title" else sheet.text.body
    return cut(shown, [span for standing, span in spans if standing == place])


def _span(owner: str, label: str, card: ClaimCard | MarkCard) -> tuple[str, Span]:
    """Where the quote stands: in the title or the body, and from where to where."""
    is_claim = isinstance(card, ClaimCard)
    tone = card.verdict.decision.value if is_claim else "mark"
    spoken = (gettext("Claim %(label)s") if is_claim else gettext("Mark %(label)s")) % {"label": label}
    return card.quote.place, Span(card.quote.start, card.quote.end, owner, label, tone, spoken)
