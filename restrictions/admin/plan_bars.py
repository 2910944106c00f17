"""The charts beside a claim: the record as it stands for its weapon, and each changed line before and after."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from restrictions.admin.bars import BarChart, Scale, Stay, chart
from restrictions.domain.claims import Line
from restrictions.domain.positions import Position, Record
from restrictions.domain.vocabulary import Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.codes import Codes
from restrictions.queries.plans import Planned
from restrictions.words import PlainWords, status_label, track_label

# What lies around a change is seen with it; in a whole history a change of some days would be too narrow to see.
_BESIDE = timedelta(days=300)
_LEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record as rows of bars, in the reader's words."""

    record: Record
    codes: Codes

    def stays(self, line: Line) -> list[Stay]:
        """The positions of a line, as a row draws them."""
        return [self._stay(position) for position in self.record.positions if position.line == line]

    def _stay(self, position: Position) -> Stay:
        disputes = [item for item in self.record.stretches if item.line == position.line]
        return Stay(
            status=position.status,
            first=position.first_day,
            until=position.until,
            label=status_label(position.status),
            sentence=self._sentence(position),
            doubtful_from=None if position.starts.is_exact else position.starts.earliest,
            contested=tuple((item.first, item.until) for item in disputes if position.covers(item.first)),
        )

    def _sentence(self, position: Position) -> str:
        """E.g. “not allowed on 23 August 2023, until 30 May 2024”."""
        words = PlainWords(self.codes.weapons, self.codes.regions)
        parts = {"status": words.status(position.status, position.limits), "since": words.day(position.starts)}
        if position.ends is None:
            return gettext("%(status)s, since %(since)s") % parts
        return gettext("%(status)s, since %(since)s, until %(end)s") % {**parts, "end": words.day(position.ends)}


def record_chart(line: Line, planned: Planned, codes: Codes, *, today: date, effective: date | None) -> BarChart | None:
    """What the record holds now on the weapon of this line: its own rules, then the wider ones; none where nothing."""
    drawn = Drawn(planned.foreseen.before, codes)
    rows = [(_row_name(item, codes), stays) for item in _answering(line, codes) if (stays := drawn.stays(item))]
    if not rows:
        return None
    firsts = [stay.first for _, stays in rows for stay in stays] + ([effective] if effective else [])
    return chart(rows, Scale(min(firsts) - _LEAD, max(today, *firsts)), mark=effective)


def change_charts(planned: Planned, codes: Codes, *, today: date) -> dict[Line, BarChart]:
    """Each line whose bars change, before and after; a line that only gains evidence looks the same, and has none."""
    before, after = Drawn(planned.foreseen.before, codes), Drawn(planned.foreseen.after, codes)
    found = {}
    for line in {item.line for item in planned.lines}:
        old, new = before.stays(line), after.stays(line)
        if old != new:
            found[line] = _before_and_after(old, new, today)
    return found


def _before_and_after(old: list[Stay], new: list[Stay], today: date) -> BarChart:
    changed = [stay for stay in (*old, *new) if (stay in old) != (stay in new)]
    days = sorted({day for stay in changed for day in _turns(stay)})
    first = next((day for day in days if _state(old, day) != _state(new, day)), days[0])
    scale = Scale(first - _BESIDE, min(days[-1] + _BESIDE, max(today, days[-1] + _LEAD)))
    return chart([(gettext("Before"), old), (gettext("After"), new)], scale)


def _turns(stay: Stay) -> list[date]:
    """The days on which something begins or ends."""
    ends = [stay.until, *(until for _, until in stay.contested)]
    return [stay.first, *(first for first, _ in stay.contested), *filter(None, ends)]


def _state(stays: list[Stay], day: date) -> tuple[Status | None, bool]:
    """The status on a day, and whether it is contested."""
    stay = next((item for item in stays if _covers(item.first, item.until, day)), None)
    if stay is None:
        return None, False
    return stay.status, any(_covers(first, until, day) for first, until in stay.contested)


def _covers(first: date, until: date | None, day: date) -> bool:
    return first <= day and (until is None or day < until)


def _answering(line: Line, codes: Codes) -> list[Line]:
    """The lines that bear on a weapon: its own use and supply, then the rules of wider weapons on the same track."""
    supply = line._replace(track=Track.SUPPLY, territory="")
    wider = [line._replace(weapon=code) for code in codes.tree.wider(line.weapon)]
    return list(dict.fromkeys([line, supply, *wider]))


def _row_name(line: Line, codes: Codes) -> str:
    weapon = gettext("all weapons") if line.weapon == ANY else codes.weapons.get(line.weapon, line.weapon)
    return f"{weapon}, {track_label(line.track).lower()}"
