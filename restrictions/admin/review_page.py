"""What the review page prints: cards with their plans, and the text cut at its quotes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from restrictions.admin.deciding import DECIDES_CLAIMS, DECIDES_MARKS
from restrictions.admin.plan_words import PlanBlock, in_words
from restrictions.admin.reasons import REASONS
from restrictions.admin.segments import Segment, Span, cut
from restrictions.queries.plans import claim_plans
from restrictions.queries.queue import next_waiting_dispatch
from restrictions.queries.review import ClaimCard, MarkCard, ReviewSheet


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the page: its number in the text, what deciding it would change, and the mark of that plan."""

    claim: ClaimCard
    number: str
    plan: tuple[PlanBlock, ...]
    seen: str
    in_text: bool
    current: bool


@dataclass(frozen=True, slots=True)
class MarkEntry:
    """A mark on the page, with its letter in the text."""

    mark: MarkCard
    letter: str
    in_text: bool
    current: bool


def review_context(request: HttpRequest, sheet: ReviewSheet) -> dict[str, Any]:
    """All that the review page prints, for the person who asks for it."""
    shown = [claim.id for claim in sheet.claims if _is_shown(sheet, claim)]
    cards = claim_cards(sheet.claims, current=_current_claim(sheet, request), in_text=shown, numbered=True)
    marks = _marks(sheet, request.GET.get("mark", ""))
    return {
        "title": sheet.dispatch.title,
        "cards": cards,
        "marks": marks,
        "has_current": any(card.current for card in cards) or any(entry.current for entry in marks),
        "waiting": sum(card.claim.verdict.waits for card in cards),
        "next_dispatch": next_waiting_dispatch(sheet.dispatch.id),
        **text_context(sheet),
        **deciding_context(request),
    }


def text_context(sheet: ReviewSheet) -> dict[str, Any]:
    """The dispatch and its text, cut at the quotes of all its claims and marks."""
    return {
        "dispatch": sheet.dispatch,
        "text": sheet.text,
        "title_segments": _segments(sheet, "title"),
        "body_segments": _segments(sheet, "body"),
    }


def deciding_context(request: HttpRequest) -> dict[str, Any]:
    """Whether the buttons are there, and the reasons they offer."""
    user: Any = request.user
    return {
        "decides": user.has_perm(DECIDES_CLAIMS),
        "decides_marks": user.has_perm(DECIDES_MARKS),
        "reasons": REASONS,
    }


def claim_cards(
    claims: Sequence[ClaimCard], *, current: int | None = None, in_text: Collection[int] = (), numbered: bool = False
) -> tuple[Card, ...]:
    """Cards with their numbers and the plan of the next decision about each: a constant number of queries."""
    found = claim_plans([claim.id for claim in claims])
    return tuple(
        Card(
            claim=claim,
            number=str(number) if numbered else "",
            plan=in_words(found[claim.id].lines) if claim.id in found else (),
            seen=found[claim.id].seen if claim.id in found else "",
            in_text=claim.id in in_text,
            current=claim.id == current,
        )
        for number, claim in enumerate(claims, start=1)
    )


def _current_claim(sheet: ReviewSheet, request: HttpRequest) -> int | None:
    """The claim that the address names, else the first that waits; none where the address names a mark."""
    asked = request.GET.get("claim", "")
    if asked.isdecimal() or "mark" in request.GET:
        return int(asked) if asked.isdecimal() else None
    return next((claim.id for claim in sheet.claims if claim.verdict.waits), None)


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
    spans = [
        _span(f"claim-{claim.id}", str(number), claim)
        for number, claim in enumerate(sheet.claims, start=1)
        if _is_shown(sheet, claim)
    ]
    spans += [_span(f"mark-{entry.mark.id}", entry.letter, entry.mark) for entry in _marks(sheet) if entry.in_text]
    shown = sheet.text.title if place == "title" else sheet.text.body
    return cut(shown, [span for standing, span in spans if standing == place])


def _span(owner: str, label: str, card: ClaimCard | MarkCard) -> tuple[str, Span]:
    """Where the quote stands: in the title or the body, and from where to where."""
    is_claim = isinstance(card, ClaimCard)
    tone = card.verdict.decision.value if is_claim else "mark"
    spoken = (gettext("Claim %(label)s") if is_claim else gettext("Mark %(label)s")) % {"label": label}
    return card.quote.place, Span(card.quote.start, card.quote.end, owner, label, tone, spoken)
