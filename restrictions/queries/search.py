"""Search over positions, quotes and titles: by what the words name, and by words near to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from restrictions.domain.clock import NOW, Clock
from restrictions.domain.redaction import read_tombstone
from restrictions.extraction.text import fold
from restrictions.models import Claim, DispatchState, Source
from restrictions.models.claim import COUNTS
from restrictions.models.folding import SAID, TITLED, has_near
from restrictions.queries.bars import TimelineBar
from restrictions.queries.claim_log import held_in, positions_resting
from restrictions.queries.claims import claims_known
from restrictions.queries.codes import Codes, holdings
from restrictions.queries.held import Held, positions_numbered, positions_where
from restrictions.queries.naming import REGION, STATE, WEAPON, Named, names_in
from restrictions.queries.past import corrected_since, dispatches_held_at, rows_known_at, versions_held_at
from restrictions.queries.reported import positions_reported
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


def search(text: str, *, codes: Codes, today: date, clock: Clock = NOW) -> Found:
    """Positions, quotes of accepted claims and titles that fit every name and word, as they stood by the clock.

    Newest first, at every clock: nothing is weighed by how near a word is. Nine queries at most; by ``reported`` as
    many more for each recipient as it takes to derive what follows from claims, where that is not remembered.
    """
    named = names_in(text)
    if not (named.codes or named.words):
        return Found(named)
    words = _words(text)
    claims = _claims(named, clock)
    resting = _resting(claims, clock)
    positions = _positions(named, {number for found in resting.values() for number in found}, clock)
    titles = _titles(words, clock)
    shown = bars_of(dict(list(positions.items())[:MOST]), codes, today=today)
    found: dict[str, Collection[object]] = {"positions": positions, "quotes": claims, "titles": titles}
    return Found(
        named,
        positions=tuple(sorted(shown, key=lambda bar: (bar.first_day, bar.position), reverse=True)),
        quotes=tuple(_quotes(claims[:MOST], resting, words, clock)),
        titles=tuple(_title(row, words) for row in titles[:MOST]),
        more=frozenset(kind for kind, rows in found.items() if len(rows) > MOST),
    )


def _words(text: str) -> list[str]:
    return [word for word in fold(text).lower.split() if len(word) > 1]


def _claims(named: Named, clock: Clock) -> list[Claim]:
    """Accepted claims whose codes are those named, and whose quote or summary has a word near each of the others."""
    near = [has_near(SAID, word) for word in named.words]
    rows = claims_known(clock).filter(COUNTS, *_named(named), *near).select_related("dispatch_version__dispatch")
    return list(rows.order_by(F("published_latest").desc(nulls_last=True), "-id")[: MOST + 1])


def _named(named: Named) -> list[Q]:
    """One condition for each kind of name: any state of them is a party, any weapon is the claim's, any area too."""
    states, weapons, regions = named.of(STATE), named.of(WEAPON), named.of(REGION)
    given = [Q(supplier_id__in=states) | Q(recipient_id__in=states) | Q(territory__in=states)] if states else []
    given += [Q(weapon_id__in=weapons)] if weapons else []
    return [*given, *([Q(areas__overlap=list(regions))] if regions else [])]


def _resting(claims: Sequence[Claim], clock: Clock) -> Mapping[str, Sequence[int]]:
    """The positions that rest on each claim, by its key; by ``reported`` those that follow from what had been said."""
    if clock.reported is None:
        return positions_resting(claims, clock)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for recipient in sorted({claim.recipient_id for claim in claims}):
        for number, held in positions_reported(recipient, clock=clock).items():
            for key in held.shown["evidence"]:
                found[key].append(number)
    return {claim.key: sorted(found[claim.key]) for claim in claims if claim.key in found}


def _positions(named: Named, resting: Collection[int], clock: Clock) -> dict[int, Held]:
    """Positions that rest on the claims found; where nothing but names was searched for, all of these names.

    Those that began last first, one more than a page shows.
    """
    by_claims = bool(named.words or named.of(REGION))
    if clock.reported:
        found = _reported(named, resting if by_claims else None, clock)
    elif by_claims:
        found = positions_numbered(resting, clock=clock)
    else:
        found = positions_where(*_named(named), clock=clock, limit=MOST + 1)
    return dict(list(found.items())[: MOST + 1])


def _reported(named: Named, numbers: Collection[int] | None, clock: Clock) -> dict[int, Held]:
    """Of what follows from the claims published by then these positions, or all of the names."""
    found = {
        number: held
        for recipient in holdings(clock).recipients
        for number, held in positions_reported(recipient, clock=clock).items()
        if (_is_named(held, named) if numbers is None else number in numbers)
    }
    return dict(sorted(found.items(), key=lambda one: (one[1].position.starts.latest, one[0]), reverse=True))


def _is_named(held: Held, named: Named) -> bool:
    """What ``_named`` asks of rows."""
    line, states, weapons = held.position.line, named.of(STATE), named.of(WEAPON)
    parties = {line.supplier, line.recipient, line.territory}
    return (not states or not parties.isdisjoint(states)) and (not weapons or line.weapon in weapons)


def _titles(words: Sequence[str], clock: Clock) -> list[Mapping[str, Any]]:
    """Dispatches one of whose titles has a word near each of these, with that title, what was published last first.

    Those that are off topic are left out of the present: of a past day it is not kept which those were.
    """
    near = versions_held_at(clock.instant).filter(*[has_near(TITLED, word) for word in words])
    found = dispatches_held_at(clock.instant).filter(pk__in=near.values("dispatch"))
    if clock.instant is None:
        found = found.exclude(state=DispatchState.IRRELEVANT)
    if clock.reported:
        found = found.filter(was_published_latest__lte=clock.reported)
    newest = near.filter(dispatch=OuterRef("pk")).order_by("-number")
    found = found.annotate(title=Subquery(newest.values("title")[:1]), language=Subquery(newest.values("language")[:1]))
    found = found.order_by(F("was_published_latest").desc(nulls_last=True), "-pk")
    shown = ("id", "title", "language", "was_publisher", "was_published_edtf", "was_synthetic")
    return list(found.values(*shown)[: MOST + 1])


def _quotes(
    claims: Sequence[Claim], resting: Mapping[str, Sequence[int]], words: Sequence[str], clock: Clock
) -> Iterator[TextHit]:
    """Each leads to a position that rests on the claim: two queries, of a past day three."""
    linked = rows_known_at(Source, clock.instant).filter(claim_id__in=[claim.id for claim in claims])
    publishers: dict[int, str] = {}
    for number, publisher in linked.order_by("claim_id", "position").values_list("claim_id", "publisher"):
        publishers.setdefault(number, publisher)
    versions = [claim.dispatch_version for claim in claims if claim.dispatch_version]
    were = corrected_since({version.dispatch_id for version in versions}, clock.instant)
    for claim in claims:
        held, version = held_in(claim, were), claim.dispatch_version
        yield TextHit(
            snippet=snippet(claim.quote or claim.summary, words),
            source=held.publisher if held else publishers.get(claim.id, ""),
            published=claim.published_edtf or "",
            day_words=spoken_edtf(claim.published_edtf or ""),
            # What became no position of the record has a number below zero, and no page.
            position=next((number for number in resting.get(claim.key, ()) if number > 0), None),
            dispatch=version.dispatch_id if version else None,
            quoted=bool(claim.quote),
            language=version.language if version and claim.quote else "",
            synthetic=bool(held and held.synthetic),
        )


def _title(row: Mapping[str, Any], words: Sequence[str]) -> TextHit:
    return TextHit(
        snippet=snippet(row["title"], words),
        source=row["was_publisher"],
        published=row["was_published_edtf"] or "",
        day_words=spoken_edtf(row["was_published_edtf"] or ""),
        dispatch=row["id"],
        language=row["language"],
        synthetic=row["was_synthetic"],
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
