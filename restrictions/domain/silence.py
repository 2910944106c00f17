"""Rule 6: a refusal to say is a mark on the position in force, and opens one only where none is."""

from dataclasses import dataclass
from datetime import date

from restrictions.domain.claims import Claim, Line
from restrictions.domain.days import Day
from restrictions.domain.positions import Position, Silence
from restrictions.domain.rules import Rule
from restrictions.domain.vocabulary import Act, Status


@dataclass(slots=True)
class _Gap:
    """Days of a line with nothing in force, and who refused to say on them."""

    ends: Day | None
    claims: list[Claim]


def hear_silence(line: Line, claims: list[Claim], positions: list[Position]) -> tuple[list[Position], list[Silence]]:
    """The silence marks on ``positions``, and the `undisclosed` positions that fill the days on which none is in force.

    ``claims`` are the line's `undisclosed` ones in the order of rule 1, ``positions`` those with a status.
    """
    marks: list[Silence] = []
    gaps: dict[date | None, _Gap] = {}
    for claim in claims:
        day = claim.starts.latest
        if any(position.covers(day) for position in positions):
            marks.append(Silence(line, claim.key, day))
            continue
        following = next((position for position in positions if position.first_day > day), None)
        ends = following.starts if following else None
        gaps.setdefault(ends.latest if ends else None, _Gap(ends, [])).claims.append(claim)
    return [_undisclosed(line, gap) for gap in gaps.values()], marks


def _undisclosed(line: Line, gap: _Gap) -> Position:
    first = min(gap.claims, key=lambda claim: (claim.starts.latest, claim.said_on))
    confirmed = any(claim.attribution.is_official for claim in gap.claims)
    last_said = max(claim.said_on for claim in gap.claims)
    return Position(
        line=line,
        status=Status.UNDISCLOSED,
        starts=first.starts,
        ends=gap.ends,
        open_start=first.act is not Act.SETS,
        evidence=tuple(claim.key for claim in gap.claims),
        announced=gap.claims[0].published,
        last_confirmed=min(last_said, gap.ends.latest) if gap.ends else last_said,
        provisional=not confirmed,
        rules=(Rule.SILENCE,),
    )
