"""Search over positions, quotes and titles: by what the words name, and by words near to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q, QuerySet

from restrictions.domain.redaction import read_tombstone
from restrictions.extraction.text import fold
from restrictions.models import Claim, DispatchState, DispatchVersion, Position
from restrictions.models.folding import SAID, TITLED, has_near
from restrictions.queries.bars import TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.held import positions_numbered
from restrictions.queries.naming import REGION, STATE, WEAPON, Named, names_in
from restrictions.queries.spoken import spoken_edtf
from restrictions.queries.told import bars_of

MOST = 20
"""Hits of a kind that one page shows."""
_AROUND = 160
"""Letters shown on either side of the first word found."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text in pieces; every second piece, from the second on, is what was searched for."""

    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextHit:
    """A quote or a title: what it says, whose it is, of which day, where it leads. Not ``quoted``: in our words."""

    snippet: Snippet
    source: str
    published: str
    day_words: str
    position: int | None = None
    dispatch: int | None = None
    quoted: bool = True
    language: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a search comes to. ``more`` are the kinds of which there is more than the page shows."""

    named: Named
    positions: tuple[TimelineBar, ...] = ()
    quotes: tuple[TextHit, ...] = ()
    titles: tuple[TextHit, ...] = ()
    more: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        return not (self.positions or self.quotes or self.titles)


def search(text: str, *, codes: Codes, today: date) -> Found:
    """Positions, quotes of accepted claims and titles that fit every name and word: eight queries at most."""
    named = names_in(text)
    if not (named.codes or named.words):
        return Found(named)
    words = _words(text)
    claims = _claims(named)
    positions = _positions(named, claims)
    titles = _titles(words)
    shown = bars_of(positions_numbered(positions[:MOST]), codes, today=today)
    found: dict[str, Sequence[object]] = {"positions": positions, "quotes": claims, "titles": titles}
    return Found(
        named,
        positions=tuple(sorted(shown, key=lambda bar: (bar.first_day, bar.position), reverse=True)),
        quotes=tuple(_quote(row, words) for row in claims[:MOST]),
        titles=tuple(_title(row, words) for row in titles[:MOST]),
        more=frozenset(kind for kind, rows in found.items() if len(rows) > MOST),
    )


def _words(text: str) -> list[str]:
    return [word for word in fold(text).lower.split() if len(word) > 1]


def _claims(named: Named) -> list[Claim]:
    """Accepted claims whose codes are those named, and whose quote or summary has a word near each of the others."""
    near = [has_near(SAID, word) for word in named.words]
    rows: QuerySet[Claim] = Claim.objects.counting().filter(*_named(named), *near)
    related = rows.select_related("dispatch_version__dispatch").prefetch_related("positions", "sources")
    return list(related.order_by("-published_latest", "-id")[: MOST + 1])


def _named(named: Named) -> list[Q]:
    """One condition for each kind of name: any state of them is a party, any weapon is the claim's, any area too."""
    states, weapons, regions = named.of(STATE), named.of(WEAPON), named.of(REGION)
    given = [Q(supplier_id__in=states) | Q(recipient_id__in=states) | Q(territory__in=states)] if states else []
    given += [Q(weapon_id__in=weapons)] if weapons else []
    return [*given, *([Q(areas__overlap=list(regions))] if regions else [])]


def _positions(named: Named, claims: Sequence[Claim]) -> list[int]:
    """Positions that rest on those claims; where nothing but names was searched for, all of these names."""
    rows = Position.objects.order_by("-starts_latest", "-id")
    if named.words or named.of(REGION):
        rows = rows.filter(claims__in=[claim.pk for claim in claims]).distinct()
    else:
        rows = rows.filter(*_named(named))
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _titles(words: Sequence[str]) -> list[DispatchVersion]:
    """The newest versions of dispatches about arms whose title has a word near each of these."""
    near = [has_near(TITLED, word) for word in words]
    rows = DispatchVersion.objects.filter(*near).exclude(dispatch__state=DispatchState.IRRELEVANT)
    return list(rows.select_related("dispatch").order_by("-dispatch__published_latest", "-id")[: MOST + 1])


def _quote(claim: Claim, words: Sequence[str]) -> TextHit:
    """Leads to the position that rests on the claim."""
    held = claim.dispatch_version
    first = next(iter(claim.positions.all()), None)
    source = next(iter(claim.sources.all()), None)
    return TextHit(
        snippet=snippet(claim.quote or claim.summary, words),
        source=held.dispatch.publisher if held else (source.publisher if source else ""),
        published=claim.published_edtf or "",
        day_words=spoken_edtf(claim.published_edtf or ""),
        position=first.pk if first else None,
        dispatch=held.dispatch_id if held else None,
        quoted=bool(claim.quote),
        language=held.language if held and claim.quote else "",
        synthetic=bool(held and held.dispatch.synthetic),
    )


def _title(version: DispatchVersion, words: Sequence[str]) -> TextHit:
    dispatch = version.dispatch
    return TextHit(
        snippet=snippet(version.title, words),
        source=dispatch.publisher,
        published=dispatch.published_edtf or "",
        day_words=spoken_edtf(dispatch.published_edtf or ""),
        dispatch=dispatch.pk,
        language=version.language,
        synthetic=dispatch.synthetic,
    )


def snippet(text: str, words: Iterable[str]) -> Snippet:
    """The text around the first of these words, cut at its letters, with each of them apart; a tombstone whole."""
    if read_tombstone(text):
        return Snippet((text,))
    folded = fold(text)
    spans = sorted(folded.span(at, at + len(word)) for word in words if (at := folded.lower.find(word)) >= 0)
    apart = [span for before, span in pairwise([(-1, -1), *spans]) if span[0] >= before[1]]
    first = max(0, apart[0][0] - _AROUND) if apart else 0
    last = min(len(text), (apart[0][1] if apart else 0) + 2 * _AROUND)
    pieces, at = [], first
    for start, end in apart:
        if end > last:
            break
        pieces += [text[at:start], text[start:end]]
        at = end
    pieces.append(text[at:last] + ("…" if last < len(text) else ""))
    pieces[0] = ("…" if first else "") + pieces[0]
    return Snippet(tuple(pieces))
