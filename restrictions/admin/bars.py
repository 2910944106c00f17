"""Positions as bars on a common scale of days, for small charts that a template draws. Pure: days in, shares out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.vocabulary import Status

# Of the chart's width: what is shorter would not be seen.
_NARROWEST = 0.8
# A chart is about this many pixels wide, on a phone too; a letter in a bar takes about that many.
_PIXELS, _LETTER, _MARGIN = 230, 6.4, 10
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Stay:
    """One status of one line, from a day to the first day that it no longer holds; none where nothing later is known.

    ``doubtful_from`` is the earliest day that it may have started; ``contested`` are days of dispute inside it.
    """

    status: Status
    first: date
    until: date | None
    label: str
    sentence: str
    doubtful_from: date | None = None
    contested: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the scale, in percent of its width."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A stay on the scale. ``label`` is empty where it would not fit inside."""

    piece: Piece
    status: str
    label: str
    doubt: Piece | None
    contested: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row of a chart; ``spoken`` says all that it shows."""

    name: str
    bars: tuple[Bar, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the scale, by its name."""

    left: float
    name: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rows over one scale; ``mark`` is the place of the day that the claim speaks of."""

    rows: tuple[BarRow, ...]
    ticks: tuple[Tick, ...]
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from ``first`` to ``last``, both shown."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The day's place in percent; a day outside stands at the edge."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def piece(self, first: date, until: date | None) -> Piece | None:
        """The days from ``first`` to ``until`` that are in sight; none where none is."""
        end = until or self.last
        if end <= self.first or first > self.last:
            return None
        left = self.at(first)
        width = max(_NARROWEST, self.at(end) - left)
        return Piece(min(left, 100 - width), round(width, 2))


def chart(rows: Sequence[tuple[str, Sequence[Stay]]], scale: Scale, *, mark: date | None = None) -> BarChart:
    """The named rows on the scale."""
    shown = tuple(BarRow(name, _bars(stays, scale), "; ".join(stay.sentence for stay in stays)) for name, stays in rows)
    return BarChart(shown, _ticks(scale), scale.at(mark) if mark else None)


def _bars(stays: Iterable[Stay], scale: Scale) -> tuple[Bar, ...]:
    return tuple(_bar(stay, piece, scale) for stay in stays if (piece := scale.piece(stay.first, stay.until)))


def _bar(stay: Stay, piece: Piece, scale: Scale) -> Bar:
    fits = len(stay.label) * _LETTER + _MARGIN <= piece.width / 100 * _PIXELS
    doubt = scale.piece(stay.doubtful_from, stay.first) if stay.doubtful_from else None
    disputes = (scale.piece(first, until or stay.until) for first, until in stay.contested)
    return Bar(piece, stay.status.value, stay.label if fits else "", doubt, tuple(filter(None, disputes)))


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    """The first days of years, or of months where the scale is short; as many as can be read."""
    days = _turns_of_years(scale)
    if len(days) < 2:
        days = _turns_of_months(scale)
    step = -(-len(days) // _MOST_TICKS) or 1
    return tuple(Tick(scale.at(day), _name(day)) for day in days[::step] if scale.at(day) <= 92)


def _turns_of_years(scale: Scale) -> list[date]:
    return [date(year, 1, 1) for year in range(scale.first.year + 1, scale.last.year + 1)]


def _turns_of_months(scale: Scale) -> list[date]:
    months = range(scale.first.year * 12 + scale.first.month, scale.last.year * 12 + scale.last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def _name(day: date) -> str:
    return str(day.year) if day.month == 1 else f"{day:%Y-%m}"
