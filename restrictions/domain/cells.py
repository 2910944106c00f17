"""What a supplier lets a recipient do with one weapon on one day: the rule that answers, beside supply and consents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from restrictions.domain.claims import Line
from restrictions.domain.positions import Position
from restrictions.domain.resolution import Answer, Binding, Lines, Rules, binding, consents_on
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import WeaponTree

ANSWERS = (
    *(Status.ALLOWED, Status.CONDITIONAL, Status.BANNED),
    *(Status.UNDISCLOSED, Status.UNSTATED, Status.WITHHELD),
)
"""What a cell can say, what permits most first; a refusal to supply stands last."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer for a day. ``answer`` is the rule of use, else the refusal to supply, else the delivery on which
    nothing is said (status ``unstated``); nothing where the record holds no row.

    ``supply`` is whether it is handed over, whatever the rule of use. ``possible`` are the statuses whose imprecise
    start has the day inside: there both the answer's and theirs are possible (rule 11).
    """

    answer: Answer
    status: Status | None
    supply: Status | None
    binding: Binding
    possible: tuple[Status, ...] = ()


class Cells:
    """The cells of one supplier towards one recipient on one territory, given every consent on its weapons.

    For the cells of one day the positions around it are enough, where ``lines`` tells of all the others.
    """

    def __init__(
        self,
        positions: Sequence[Position],
        consents: Sequence[Position],
        weapons: WeaponTree,
        *,
        territory: str,
        lines: Lines | None = None,
    ) -> None:
        lines = lines or Lines.of(positions, territory=territory)
        self._rules = Rules(positions, weapons, territory=territory, lines=lines)
        self._weapons, self._named = weapons, lines.named
        self._imprecise: dict[Line, list[Position]] = {}
        for position in positions:
            if not position.open_start and position.starts.earliest < position.first_day:
                self._imprecise.setdefault(position.line, []).append(position)
        self._consents = [
            consent for consent in consents if consent.line.territory == territory and consent.line.role is Role.CONSENT
        ]

    def at(self, weapon: str, day: date) -> Cell:
        """What holds for this weapon on this day."""
        use, supply = self._rules.use(weapon, day), self._supply(weapon, day)
        answer, status = _answering(use, supply)
        consents = consents_on(weapon, day, self._consents, self._weapons) if use.position else []
        return Cell(
            answer=answer,
            status=status,
            supply=supply.status,
            binding=binding(use, consents),
            possible=self._possible(answer, day),
        )

    def _possible(self, answer: Answer, day: date) -> tuple[Status, ...]:
        """What may hold already beside the answer: what begins on some day around this one."""
        beside = self._imprecise.get(answer.position.line, ()) if answer.position else ()
        return tuple(one.status for one in beside if one.starts.earliest <= day < one.first_day)

    def _supply(self, weapon: str, day: date) -> Answer:
        """A refusal of a class reaches the systems that the record names with this supplier, not others' weapons."""
        return self._rules.supply(weapon, day) if weapon in self._named else Answer()


def turning_days(positions: Iterable[Position], *, territory: str, until: date) -> tuple[date, ...]:
    """The days on which a position of supply, or of use on the territory, begins or ends, in order."""
    days = {
        day
        for position in positions
        if position.line.track is Track.SUPPLY or position.line.territory == territory
        for day in (position.first_day, position.until)
        if day and day <= until
    }
    return tuple(sorted(days))


def _answering(use: Answer, supply: Answer) -> tuple[Answer, Status | None]:
    """A rule of use speaks first; a delivery without one is ``unstated``."""
    if use.position:
        return use, use.status
    if supply.status is Status.SUPPLIED:
        return supply, Status.UNSTATED
    return supply, supply.status
