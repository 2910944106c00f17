"""What the review page prints: cards with their plans, and the text cut at its quotes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from restrictions.admin.deciding import DECIDES_CLAIMS, DECIDES_MARKS
from restrictions.admin.plan_words import PlanBlock, in_words
from restrictions.admin.reasons import REASONS
from restrictions.admin.segments import Segment, Span, cut
from restrictions.queries.plans import plan_lines, undo_lines
from restrictions.queries.queue import next_waiting_dispatch
from restrictions.queries.review import ClaimCard, MarkCard, ReviewSheet


@dataclass(frozen=True, slots=True)
class Card:
    """A claim on the page: its number in the text, and what deciding it would change."""

    claim: ClaimCard
    number: str
    plan: tuple[PlanBlock, ...]
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
    cards, marks = _cards(sheet, request), _marks(sheet, request)
    return {
        "title": sheet.dispatch.title,
        "dispatch": sheet.dispatch,
        "text": sheet.text,
        "cards": cards,
        "marks": marks,
        "has_current": any(card.current for card in cards) or any(entry.current for entry in marks),
        "waiting": sum(card.claim.verdict.waits for card in cards),
        "title_segments": _segments(sheet, "title", cards, marks),
        "body_segments": _segments(sheet, "body", cards, marks),
        "next_dispatch": next_waiting_dispatch(sheet.dispatch.id),
        **deciding_context(request),
    }


def deciding_context(request: HttpRequest) -> dict[str, Any]:
    """Whether the buttons are there, and the reasons they offer."""
    user: Any = request.user
    return {
        "decides": user.has_perm(DECIDES_CLAIMS),
        "decides_marks": user.has_perm(DECIDES_MARKS),
        "reasons": REASONS,
    }


def claim_plan(claim: ClaimCard) -> tuple[PlanBlock, ...]:
    """What accepting would change; for an accepted claim, what taking it back would."""
    if claim.verdict.accepted:
        return in_words(undo_lines(claim.id))
    return in_words(plan_lines(claim.id)) if claim.verdict.waits else ()


def _cards(sheet: ReviewSheet, request: HttpRequest) -> tuple[Card, ...]:
    current = _current_claim(sheet, request)
    return tuple(
        Card(claim, str(number), claim_plan(claim), _is_shown(sheet, claim), claim.id == current)
        for number, claim in enumerate(sheet.claims, start=1)
    )


def _current_claim(sheet: ReviewSheet, request: HttpRequest) -> int | None:
    """The claim that the address names, else the first that waits; none where the address names a mark."""
    asked = request.GET.get("claim", "")
    if asked.isdecimal() or "mark" in request.GET:
        return int(asked) if asked.isdecimal() else None
    return next((claim.id for claim in sheet.claims if claim.verdict.waits), None)


def _marks(sheet: ReviewSheet, request: HttpRequest) -> tuple[MarkEntry, ...]:
    asked = request.GET.get("mark", "")
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


def _segments(
    sheet: ReviewSheet, place: str, cards: tuple[Card, ...], marks: tuple[MarkEntry, ...]
) -> tuple[Segment, ...]:
    if sheet.text is None:
        return ()
    spans = [_span(f"claim-{card.claim.id}", card.number, card.claim) for card in cards if card.in_text]
    spans += [_span(f"mark-{entry.mark.id}", entry.letter, entry.mark) for entry in marks if entry.in_text]
    shown = sheet.text.title if place == "title" else sheet.text.body
    return cut(shown, [span for standing, span in spans if standing == place])


def _span(owner: str, label: str, card: ClaimCard | MarkCard) -> tuple[str, Span]:
    """Where the quote stands: in the title or the body, and from where to where."""
    is_claim = isinstance(card, ClaimCard)
    tone = card.verdict.decision.value if is_claim else "mark"
    spoken = (gettext("Claim %(label)s") if is_claim else gettext("Mark %(label)s")) % {"label": label}
    return card.quote.place, Span(card.quote.start, card.quote.end, owner, label, tone, spoken)
