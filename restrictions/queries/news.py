"""What the record learned, newest first: positions that are new, corrected or withdrawn, by revision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import inf

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from restrictions.domain.changes import Change, changes
from restrictions.domain.news import News, news_of
from restrictions.domain.positions import Position
from restrictions.domain.vocabulary import Track
from restrictions.models import PositionVersion, Revision
from restrictions.queries.bars import SourceRow
from restrictions.queries.changes import is_turned_as_wanted, is_turned_to_as_wanted
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held
from restrictions.queries.news_filters import NewsWanted
from restrictions.queries.phrases import sentence, sources_of
from restrictions.queries.shown import evidence_links
from restrictions.queries.sought import asks_for_evidence, rests_on
from restrictions.queries.stored import as_derived

_AT_ONCE = 40
"""Revisions read at a time."""
_FURTHEST = 400
"""Revisions looked back over at most, where few of them fit."""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One position that a revision changed. Of a correction ``before`` is what was said until then."""

    kind: News
    kind_words: str
    position: int
    revision: int
    at: datetime
    supplier: str
    supplier_name: str
    weapon: str
    weapon_name: str
    sentence: str
    before: str = ""
    sources: tuple[SourceRow, ...] = ()


def news(wanted: NewsWanted, *, codes: Codes, limit: int, until: datetime | None = None) -> tuple[NewsRow, ...]:
    """The latest news that fit, newest first; of a past moment those that there were ``until`` then.

    Three queries for each forty revisions looked at, four where what was turned from is asked for; ten times at most.
    """
    found: list[NewsRow] = []
    revisions = Revision.objects.order_by("-instant")
    for _ in range(_FURTHEST // _AT_ONCE):
        looked_at = list(revisions.filter(instant__lte=until)[:_AT_ONCE] if until else revisions[:_AT_ONCE])
        for row in news_in(looked_at, wanted, codes=codes):
            found.append(row)
            if len(found) == limit:
                return tuple(found)
        if len(looked_at) < _AT_ONCE:
            break
        until = looked_at[-1].instant - timedelta(microseconds=1)
    return tuple(found)


def news_in(revisions: list[Revision], wanted: NewsWanted, *, codes: Codes) -> Iterator[NewsRow]:
    """The news of these revisions that fit, in the revisions' order, inside each in the order of positions.

    Two queries; one more where what was turned from is asked for.
    """
    about = PositionVersion.objects.filter(recipient_id=wanted.recipient)
    if wanted.suppliers:
        about = about.filter(supplier_id__in=wanted.suppliers)
    opened = _by_revision(about.filter(opened_by__in=revisions), "opened_by_id")
    closed = _by_revision(about.filter(closed_by__in=revisions), "closed_by_id")
    fits = _Fitting(wanted, codes, about, [revision.pk for revision in revisions])
    for revision in revisions:
        now, former = opened.get(revision.pk, {}), closed.get(revision.pk, {})
        for number in sorted(now.keys() | former.keys()):
            row = _row(number, revision, former.get(number), now.get(number), codes)
            if row and fits.any(number, revision.pk, former.get(number), now.get(number)):
                yield row


class _Fitting:
    """Which news fit a filter. Whoever was told of a position is told too that it was corrected, or withdrawn."""

    def __init__(
        self, wanted: NewsWanted, codes: Codes, about: "QuerySet[PositionVersion]", revisions: list[int]
    ) -> None:
        self._wanted, self._codes, self._about, self._revisions = wanted, codes, about, revisions
        self._turns: dict[tuple[str, int, bool], dict[int, Change]] = {}

    def any(self, number: int, revision: int, former: Held | None, now: Held | None) -> bool:
        """Whether what the position says by the revision fits, or what it said until then."""
        return bool(
            (now and self._fits(now, number, revision, is_former=False))
            or (former and self._fits(former, number, revision, is_former=True))
        )

    def _fits(self, held: Held, number: int, revision: int, *, is_former: bool) -> bool:
        position, wanted, codes = held.position, self._wanted, self._codes
        line, sought = position.line, wanted.sought
        return (
            (line.track is Track.SUPPLY or not wanted.territory or line.territory == wanted.territory)
            and is_turned_to_as_wanted(position, wanted, codes)
            and (not asks_for_evidence(sought) or rests_on(position, held.shown, line.weapon, sought, codes))
            and (not wanted.asks_for_turns or self._is_turned(number, line.supplier, revision, is_former=is_former))
        )

    def _is_turned(self, number: int, supplier: str, revision: int, *, is_former: bool) -> bool:
        """By what answered on the day before, as the record stood after the revision, or before it."""
        key = supplier, revision, is_former
        if key not in self._turns:
            self._turns[key] = self._turns_of(*key)
        change = self._turns[key].get(number)
        return change is not None and is_turned_as_wanted(change, self._wanted)

    def _turns_of(self, supplier: str, revision: int, is_former: bool) -> dict[int, Change]:
        stood = {
            id(position): number
            for opened, closed, number, one, position in self._versions
            if one == supplier and (opened < revision <= closed if is_former else opened <= revision < closed)
        }
        positions = [position for *_, position in self._versions if id(position) in stood]
        return {stood[id(change.after)]: change for change in changes(positions, self._codes.tree)}

    @cached_property
    def _versions(self) -> list[tuple[int, float, int, str, Position]]:
        """Each version that stood at one of the revisions: by which it came and went, of which position, of whom."""
        first, last = min(self._revisions), max(self._revisions)
        stood = self._about.filter(Q(closed_by=None) | Q(closed_by__gte=first), opened_by__lte=last)
        return [
            (row.opened_by_id, row.closed_by_id or inf, row.position_id, row.supplier_id, as_derived(row))
            for row in stood
        ]


def _by_revision(rows: Iterable[PositionVersion], column: str) -> dict[int, dict[int, Held]]:
    found: dict[int, dict[int, Held]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), {})[row.position_id] = Held(as_derived(row), row.shown)
    return found


def _row(number: int, revision: Revision, former: Held | None, now: Held | None, codes: Codes) -> NewsRow | None:
    kind = news_of(former.position if former else None, now.position if now else None)
    held = now or former
    if kind is None or held is None:
        return None
    line = held.position.line
    return NewsRow(
        kind=kind,
        kind_words=news_label(kind),
        position=number,
        revision=revision.pk,
        at=revision.instant,
        supplier=line.supplier,
        supplier_name=codes.countries.get(line.supplier, line.supplier),
        weapon=line.weapon,
        weapon_name=codes.weapons.get(line.weapon, line.weapon),
        sentence=_sentence(held, codes),
        before=_sentence(former, codes) if kind is News.CORRECTED and former else "",
        sources=sources_of(evidence_links(held.shown)),
    )


def _sentence(held: Held, codes: Codes) -> str:
    position = held.position
    return sentence(position, codes, starts=position.starts, ends=position.ends, weapon=position.line.weapon)


def news_label(kind: News) -> str:
    """What a reader of a feed sees before the sentence."""
    return {
        News.NEW: gettext("New in the record"),
        News.CORRECTED: gettext("Corrected"),
        News.WITHDRAWN: gettext("Withdrawn"),
    }[kind]
