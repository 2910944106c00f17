"""What positions rest on: the logs of claims and marks, and the dispatches that they stand in."""

from dataclasses import replace
from datetime import date

from dashboard.api import parameters as takes
from dashboard.api.endpoint import Endpoint, Rows
from dashboard.api.question import Question
from dashboard.criteria.claims import claims_criteria
from dashboard.criteria.dispatches import dispatches_criteria
from dashboard.exports.dictionary import DISPATCH, Column, of_dataset
from dashboard.exports.dispatches import dispatch_record
from dashboard.filters import one_of, recipient_of, suppliers_of, weapons_of
from dashboard.parameters import CLOCK, Given
from restrictions.domain.datasets import CLAIMS, MARKS
from restrictions.domain.vocabulary import MARK_ACTS, Act
from restrictions.queries.codes import Codes
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.logs import WantedMarks, claims_after, marks_after
from restrictions.queries.read_dispatches import dispatches_after, read_languages

_OF_WHOM = (takes.RECIPIENT_ONLY, takes.SUPPLIER, takes.WEAPONS)
_SINGLE = ("recipient", "from", "to")


def _claims(question: Question) -> Rows:
    asked = claims_criteria(question.request.GET, codes=question.read.codes)
    rows = claims_after(question.after, question.cut.limit + 1, wanted=asked.wanted, read=_read(question))
    return Rows(rows, [row["claim"] for row in rows])


def _marks(question: Question) -> Rows:
    wanted = _wanted_marks(question, question.read.codes)
    rows = marks_after(question.after, question.cut.limit + 1, wanted=wanted, read=_read(question))
    return Rows(rows, [row["mark"] for row in rows])


def _read(question: Question) -> Wanted:
    return Wanted(question.read.today, question.clock)


def _wanted_marks(question: Question, codes: Codes) -> WantedMarks:
    given = Given(question.request.GET, single=(*_SINGLE, *CLOCK), repeatable=("supplier", "weapon", "act"))
    first, last = given.stretch()
    return WantedMarks(
        recipient=recipient_of(given, codes, usual=""),
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
        acts=tuple(map(Act, given.codes("act", MARK_ACTS, one_of(MARK_ACTS)))),
        first=first,
        last=last,
    )


def _dispatches(question: Question) -> Rows:
    # Dispatches have no revisions: a list of those of now is read on as they are, not as they stood at its beginning.
    clock = replace(question.clock, at=None)
    languages = read_languages(clock)
    asked = dispatches_criteria(question.request.GET, codes=question.read.codes, languages=languages, clock=clock)
    day, number = _place(question)
    found = dispatches_after(asked.wanted, day=day, number=number, limit=question.cut.limit + 1, clock=clock)
    return Rows([dispatch_record(row) for _, row in found], [f"{latest or ''} {row.id}" for latest, row in found])


def _place(question: Question) -> tuple[date | None, int]:
    """The day and the number of the last dispatch that the answer before gave."""
    day, _, number = question.after.partition(" ")
    try:
        return date.fromisoformat(day) if day else None, int(number or 0)
    except ValueError:
        question.refuse_cursor()


CLAIM_LOG = Endpoint(
    path="/claims",
    name="claims",
    summary="The log of claims",
    says="Every claim that a curator decided: accepted, rejected, or accepted and later retracted; by key.",
    takes=(*_OF_WHOM, takes.STATUS, takes.FATE, takes.FROM, takes.TO, *takes.CLOCKS),
    columns={**of_dataset(CLAIMS), "fate": Column("text", "accepted, retracted or rejected.")},
    rows=_claims,
    lasting=False,
)
MARK_LOG = Endpoint(
    path="/marks",
    name="marks",
    summary="Marks",
    says="Accepted acts that make no position: hints, calls on others, reactions, and weapons seen used.",
    takes=(*_OF_WHOM, takes.MARK_ACT, takes.FROM, takes.TO, *takes.CLOCKS),
    columns=of_dataset(MARKS),
    rows=_marks,
)
DISPATCHES = Endpoint(
    path="/dispatches",
    name="dispatches",
    summary="Dispatches",
    says="What was read, and what came of it: title, publisher, day and link, never the text. Newest first.",
    takes=(takes.OUTCOME, takes.PUBLISHER, takes.LANGUAGE, takes.SUPPLIER, takes.FROM, takes.TO, *takes.CLOCKS),
    columns=DISPATCH,
    rows=_dispatches,
    lasting=False,
)
