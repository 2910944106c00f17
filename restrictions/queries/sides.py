"""Contested days as an editor weighs them: the two sides, each with the claims that speak for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Attribution, Status
from restrictions.models import Claim, Stretch
from restrictions.queries.claims import stored_day
from restrictions.words import attribution_label, day_in_words, status_label


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim that speaks for a side: its words, on whose word, and when it was published."""

    id: int
    said: str
    attribution: str
    published: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute."""

    status: Status
    label: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class ContestedDays:
    """A dispute: its days (``until`` is empty while it is open) and both sides."""

    first: str
    until: str
    limits_only: bool
    sides: tuple[Side, Side]


def contested_sides(stretches: Sequence[Stretch]) -> tuple[ContestedDays, ...]:
    """The disputes with both sides in words: one query for all their claims."""
    keys = {key for row in stretches for key in (*row.standing_claims, *row.challenger_claims)}
    voices = {row.key: _voice(row) for row in Claim.objects.filter(key__in=keys)}
    return tuple(
        ContestedDays(
            first=day_in_words(exact(row.first)),
            until=day_in_words(exact(row.until)) if row.until else "",
            limits_only=row.limits_only,
            sides=(
                _side(row.standing, row.standing_claims, voices),
                _side(row.challenger, row.challenger_claims, voices),
            ),
        )
        for row in stretches
    )


def _side(status: str, claims: Sequence[str], voices: dict[str, Voice]) -> Side:
    return Side(Status(status), status_label(Status(status)), tuple(voices[key] for key in claims if key in voices))


def _voice(row: Claim) -> Voice:
    day = stored_day(row.published_edtf, row.published_earliest, row.published_latest)
    published = day_in_words(day) if day else ""
    return Voice(row.pk, row.quote or row.summary, attribution_label(Attribution(row.attribution)), published)
