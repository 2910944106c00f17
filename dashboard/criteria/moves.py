"""Who moved first: which move, of whom, and by which day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import RECIPIENT, recipient_of, territory_of
from dashboard.parameters import CLOCK, Given, clock_pairs
from restrictions.domain.clock import NOW, Clock
from restrictions.domain.moves import Move
from restrictions.domain.weapons import ANY
from restrictions.queries.codes import Codes, Holdings


@dataclass(frozen=True, slots=True)
class MovesCriteria:
    """A kind of move, towards a recipient, for a weapon. ``on`` is the last day looked at; none means today."""

    recipient: str
    territory: str
    weapon: str = ANY
    move: Move = Move.BAN_LIFTED
    on: date | None = None
    clock: Clock = NOW

    def query_string(self, *, on: date | None = None) -> str:
        """The address's query for this view, or for the same one with its day."""
        pairs = [("move", self.move.value)]
        pairs += [("recipient", self.recipient)] if self.recipient != RECIPIENT else []
        pairs += [("territory", self.territory)] if self.territory else []
        pairs += [("weapon", self.weapon)] if self.weapon != ANY else []
        day = on or self.on
        pairs += [("on", day.isoformat())] if day else []
        return urlencode([*pairs, *clock_pairs(self.clock)])


def moves_criteria(query: QueryDict, *, codes: Codes, held: Holdings, today: date, clock: Clock = NOW) -> MovesCriteria:
    """The move that the address asks about. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=("move", "recipient", "territory", "weapon", "on", *CLOCK))
    recipient = recipient_of(given, codes)
    takes = gettext("one of: %(codes)s") % {"codes": ", ".join(Move)}
    return MovesCriteria(
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        weapon=given.code("weapon", codes.weapons, gettext("a weapon's code, such as atacms"), ANY),
        move=Move(given.code("move", list(Move), takes, Move.BAN_LIFTED)),
        on=given.past_day("on", today=today),
        clock=clock,
    )
