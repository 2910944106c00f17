"""The list of dispatches: what came of them, by whom, in which language, when, about whom, and which page of it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import LONGEST_TEXT, suppliers_of
from dashboard.parameters import CLOCK, Given, clock_pairs, refuse
from restrictions.domain.clock import NOW, Clock
from restrictions.queries.codes import Codes
from restrictions.queries.read_dispatches import Outcome, WantedDispatches

ANY_OUTCOME = "any"
OUTCOMES = (*Outcome, ANY_OUTCOME)
OF_THE_PAST = (Outcome.CLAIMS, ANY_OUTCOME)
"""What can be asked of a past day: how far a dispatch had been read then is not kept."""
SINGLE = ("outcome", "publisher", "language", "from", "to", "page", *CLOCK)


@dataclass(frozen=True, slots=True)
class DispatchesCriteria:
    """The dispatches that are shown, and which page of them.

    Where nothing else is asked for those that were read; of a past day all that were held.
    """

    wanted: WantedDispatches
    page: int = 1
    clock: Clock = NOW

    @property
    def outcome(self) -> str:
        return self.wanted.outcome or ANY_OUTCOME

    def query_string(self, *, page: int | None = None) -> str:
        """The address's query for this view, or for another page of it."""
        wanted = self.wanted
        pairs = [("outcome", self.outcome)] if self.outcome != usual_outcome(self.clock) else []
        pairs += [("publisher", wanted.publisher)] if wanted.publisher else []
        pairs += [("language", wanted.language)] if wanted.language else []
        pairs += [("supplier", code) for code in wanted.suppliers]
        days = (("from", wanted.first), ("to", wanted.last))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        shown = page or self.page
        pairs += [("page", str(shown))] if shown > 1 else []
        return urlencode([*pairs, *clock_pairs(self.clock)])


def usual_outcome(clock: Clock) -> str:
    """The outcome that is meant where the address names none."""
    return ANY_OUTCOME if clock.known else Outcome.READ


def dispatches_criteria(
    query: QueryDict, *, codes: Codes, languages: tuple[str, ...], clock: Clock = NOW
) -> DispatchesCriteria:
    """The dispatches that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=("supplier",))
    first, last = given.stretch()
    one_of = gettext("one of: %(codes)s")
    outcome = given.code("outcome", OUTCOMES, one_of % {"codes": ", ".join(OUTCOMES)}, usual_outcome(clock))
    if clock.known and outcome not in OF_THE_PAST:
        takes = gettext("“claims” or “any” beside “known”: how far a dispatch had been read on a past day is not kept")
        refuse("outcome", outcome, takes)
    wanted = WantedDispatches(
        outcome=None if outcome == ANY_OUTCOME else Outcome(outcome),
        publisher=given.text("publisher", longest=LONGEST_TEXT),
        language=given.code("language", languages, one_of % {"codes": ", ".join(languages)}, ""),
        suppliers=suppliers_of(given, codes),
        first=first,
        last=last,
    )
    return DispatchesCriteria(wanted, given.number("page", default=1), clock)
