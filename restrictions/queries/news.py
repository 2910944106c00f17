"""What the record learned, newest first: positions that are new, corrected or withdrawn, by revision."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from restrictions.domain.news import News, news_of
from restrictions.domain.vocabulary import Track
from restrictions.models import PositionVersion, Revision
from restrictions.models.news_filter import NewsFilter
from restrictions.queries.bars import SourceRow
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held
from restrictions.queries.phrases import sentence, sources_of
from restrictions.queries.shown import evidence_links
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


@dataclass(frozen=True, slots=True)
class NewsWanted:
    """Whose news are asked for; what is empty asks for all. A class asks for its systems too."""

    recipient: str
    territory: str = ""
    track: Track | None = None
    suppliers: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()


def news(wanted: NewsWanted, *, codes: Codes, limit: int) -> tuple[NewsRow, ...]:
    """The latest news that fit, newest first: two queries for each forty revisions looked at, ten times at most."""
    found: list[NewsRow] = []
    before: datetime | None = None
    for _ in range(_FURTHEST // _AT_ONCE):
        revisions = _revisions(before)
        for row in _news_of(revisions, wanted, codes):
            found.append(row)
            if len(found) == limit:
                return tuple(found)
        if len(revisions) < _AT_ONCE:
            break
        before = revisions[-1].instant
    return tuple(found)


def news_in(revisions: list[Revision], wanted: NewsWanted, *, codes: Codes) -> Iterator[NewsRow]:
    """The news of these revisions that fit, in the revisions' order: two queries."""
    return _news_of(revisions, wanted, codes)


def filter_in_words(wanted: NewsWanted, codes: Codes) -> str:
    """Whose news are asked for, by their names."""
    names = [codes.countries.get(code, code) for code in (wanted.recipient, *wanted.suppliers)]
    return " · ".join([*names, *(codes.weapons.get(code, code) for code in wanted.weapons)])


def wanted_of(row: NewsFilter) -> NewsWanted:
    """The filter that a webhook or a subscription keeps."""
    return NewsWanted(
        recipient=row.recipient,
        territory=row.territory,
        track=Track(row.track) if row.track else None,
        suppliers=tuple(row.suppliers),
        weapons=tuple(row.weapons),
    )


def _revisions(before: datetime | None) -> list[Revision]:
    rows = Revision.objects.order_by("-instant")
    return list(rows.filter(instant__lt=before)[:_AT_ONCE] if before else rows[:_AT_ONCE])


def _news_of(revisions: list[Revision], wanted: NewsWanted, codes: Codes) -> Iterator[NewsRow]:
    """Position by position, in the order of the lines inside a revision."""
    about = PositionVersion.objects.filter(recipient_id=wanted.recipient)
    if wanted.suppliers:
        about = about.filter(supplier_id__in=wanted.suppliers)
    opened = _by_revision(about.filter(opened_by__in=revisions), "opened_by_id")
    closed = _by_revision(about.filter(closed_by__in=revisions), "closed_by_id")
    for revision in revisions:
        now, former = opened.get(revision.pk, {}), closed.get(revision.pk, {})
        for number in sorted(now.keys() | former.keys()):
            row = _row(number, revision, former.get(number), now.get(number), codes)
            if row and _is_wanted((now.get(number) or former[number]), wanted, codes):
                yield row


def _by_revision(rows: Iterable[PositionVersion], column: str) -> dict[int, dict[int, Held]]:
    found: dict[int, dict[int, Held]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), {})[row.position_id] = Held(as_derived(row), row.shown)
    return found


def _is_wanted(held: Held, wanted: NewsWanted, codes: Codes) -> bool:
    line = held.position.line
    return (
        wanted.track in (None, line.track)
        and (line.track is Track.SUPPLY or not wanted.territory or line.territory == wanted.territory)
        and (not wanted.weapons or codes.tree.is_asked(line.weapon, wanted.weapons))
    )


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
