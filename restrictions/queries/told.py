"""Positions told in full: the bars of the reading room, with their words and what they rest on.

Pages tell the same few hundred again and again. So those of the record as it stands are remembered until it changes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from restrictions.queries.answers import Stretched, whole
from restrictions.queries.bare import Towards
from restrictions.queries.bars import OWN, TimelineBar
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held, Shown
from restrictions.queries.phrases import Sayings, attributions_of, bar_words, contested_row, doubts, sources_of
from restrictions.queries.shown import evidence_links, settlement_reasons
from restrictions.queries.stamps import RecordStamp

_MOST = 5_000
"""Bars that are remembered of one language."""


def bar_of(number: int, held: Held, codes: Codes, *, today: date) -> TimelineBar:
    """This position as a bar of its own line."""
    (bar,) = bars_of({number: held}, codes, today=today)
    return bar


def bars_of(held: Mapping[int, Held], codes: Codes, *, today: date) -> tuple[TimelineBar, ...]:
    """These positions as bars of their own lines."""
    found = [whole(number, one.position) for number, one in held.items()]
    return told(found, {number: one.shown for number, one in held.items()}, codes, today=today)


def told(
    found: Sequence[Stretched], shown: Mapping[int, Shown], codes: Codes, *, today: date
) -> tuple[TimelineBar, ...]:
    """These in full. ``shown``: what each of their positions shows."""
    sayings = Sayings(codes)
    return tuple(_bar(item, shown[item.id], codes, sayings, today) for item in found)


def told_of_the_newest(
    found: Sequence[Stretched], known: Towards, codes: Codes, *, today: date
) -> tuple[TimelineBar, ...]:
    """The same of the record as it stands. One query, none where all was told since it came to stand so."""
    kept = _kept(known.stamp, get_language(), today)
    bars = {id(item): before[1] for item in found if (before := kept.get(id(item)))}
    new = [item for item in found if id(item) not in bars]
    if len(kept) + len(new) > _MOST:
        kept.clear()
    if new:
        for item, bar in zip(new, told(new, known.shown([item.id for item in new]), codes, today=today), strict=True):
            bars[id(item)] = bar
            if len(kept) < _MOST:
                kept[id(item)] = item, bar
    return tuple(bars[id(item)] for item in found)


@lru_cache(maxsize=4)
def _kept(_stamp: RecordStamp | None, _language: str | None, _today: date) -> dict[int, tuple[Stretched, TimelineBar]]:
    """What was told so far, in each language, by the identity of what was asked for.

    That is kept beside its bar, so nothing else can come to have the same identity. Whatever changes what is shown, a
    redaction too, changes the stamp.
    """
    return {}


def _bar(item: Stretched, shown: Shown, codes: Codes, sayings: Sayings, today: date) -> TimelineBar:
    position, line = item.position, item.position.line
    wider = "" if item.answered_by == OWN else item.answered_by
    evidence = evidence_links(shown)
    reasons = settlement_reasons([shown])
    contested = tuple(contested_row(row, line.territory, reasons) for row in shown["stretches"])
    notes = [*doubts(position, codes, today=today, answered_by=wider), *(row.sentence for row in contested)]
    return TimelineBar(
        position=item.id,
        supplier=line.supplier,
        supplier_name=codes.countries.get(line.supplier, line.supplier),
        recipient=line.recipient,
        recipient_name=codes.countries.get(line.recipient, line.recipient),
        weapon=item.weapon,
        weapon_name=codes.weapons.get(item.weapon, item.weapon),
        track=line.track,
        territory=line.territory,
        territory_name=codes.countries.get(line.territory, line.territory),
        status=position.status,
        starts=item.starts,
        ends=item.ends,
        words=bar_words(
            position,
            codes,
            sayings.of(position),
            starts=item.starts,
            ends=item.ends,
            weapon=item.weapon,
            evidence=evidence,
            notes=notes,
        ),
        role=line.role,
        answered_by=item.answered_by,
        answered_by_name=codes.weapons.get(wider, wider),
        open_start=item.open_start,
        limits=sayings.limit_rows(position),
        attributions=attributions_of(evidence),
        provisional=position.provisional,
        contested=contested,
        announced=position.announced,
        last_confirmed=position.last_confirmed,
        first_used=position.first_used,
        practice=position.practice,
        evidence=len(evidence),
        weak_sources=sum(link.weak for link in evidence),
        sources=sources_of(evidence),
    )
