"""Positions, their turns, and what they give on a day."""

from dataclasses import asdict
from typing import Any

from dashboard.api import parameters as takes
from dashboard.api.endpoint import Endpoint, NotHeld, Rows
from dashboard.api.question import Question
from dashboard.criteria.changes import changes_criteria
from dashboard.exports.dictionary import CELL, POSITION, TURN, WHOLE_POSITION, Column
from dashboard.exports.tables import matrix_records, timeline_record
from dashboard.exports.turns import turn_record
from dashboard.filters import day_criteria, timeline_criteria
from restrictions.queries.changes import turns
from restrictions.queries.matrix import matrix
from restrictions.queries.positions import PositionPage, position_page
from restrictions.queries.timeline import timeline_answers

_TIMELINE = (
    *(takes.RECIPIENT, takes.TERRITORY, takes.TRACK, takes.SUPPLIER, takes.WEAPONS_AND_SYSTEMS),
    *(takes.IN_FORCE_ON, takes.FROM, takes.TO, takes.STATUS, takes.CONDITION, takes.REGION),
    *(takes.ATTRIBUTION, takes.VOUCHED, takes.TEXT),
)
_CHANGES = (
    *(takes.RECIPIENT, takes.TERRITORY, takes.TRACK, takes.SUPPLIER, takes.WEAPONS_AND_SYSTEMS, takes.KIND),
    *(takes.BEFORE, takes.AFTER, takes.FROM, takes.TO, takes.CONDITION, takes.REGION),
    *(takes.ATTRIBUTION, takes.VOUCHED, takes.TEXT),
)

TOTAL = {"total": Column("integer", "How many rows there are in all.")}


def counted_off(rows: list[dict[str, Any]], start: int) -> list[str]:
    """Keys of rows whose order one state of the record fixes: how many there are up to each."""
    return [str(start + number) for number in range(1, len(rows) + 1)]


def _positions(question: Question) -> Rows:
    read, start = question.read, question.place
    asked = timeline_criteria(
        question.request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock
    )
    answers = timeline_answers(
        recipient=asked.recipient,
        track=asked.track,
        territory=asked.territory,
        codes=read.codes,
        today=read.today,
        clock=read.clock,
        suppliers=asked.suppliers,
        weapons=asked.weapons,
        first=asked.first,
        last=asked.last,
        sought=asked.sought,
    )
    in_force = [bar for bar in answers.found if asked.on is None or bar.covers(asked.on)]
    told = answers.told(in_force[start : start + question.cut.limit + 1])
    rows = [timeline_record(bar) for bar in told]
    return Rows(rows, counted_off(rows, start), {"total": len(in_force)})


def _position(question: Question, *, number: int) -> Rows:
    read = question.read
    page = position_page(number, codes=read.codes, today=read.today, clock=read.clock)
    if page is None:
        raise NotHeld(f"There is no position {number} in this state of the record.")
    return Rows([_whole(page)])


def _whole(page: PositionPage) -> dict[str, Any]:
    return {
        **timeline_record(page.bar),
        "claims": [asdict(row) for row in page.evidence],
        "challengers": [asdict(row) for row in page.challengers],
        "silences": [asdict(row) for row in page.silences],
        "rules": list(page.rules),
        "versions": [asdict(row) for row in page.versions],
    }


def _changes(question: Question) -> Rows:
    read, start = question.read, question.place
    asked = changes_criteria(question.request.GET, codes=read.codes, held=read.held, clock=read.clock)
    log = turns(
        recipient=asked.recipient,
        territory=asked.territory,
        codes=read.codes,
        wanted=asked.wanted,
        start=start,
        limit=question.cut.limit + 1,
        clock=read.clock,
    )
    rows = [turn_record(row) for row in log.rows]
    return Rows(rows, counted_off(rows, start), {"total": log.total})


def _matrix(question: Question) -> Rows:
    read = question.read
    asked = day_criteria(question.request.GET, codes=read.codes, held=read.held, today=read.today, clock=read.clock)
    day = asked.on or read.today
    shown = matrix(
        recipient=asked.recipient,
        territory=asked.territory,
        on=day,
        today=read.today,
        codes=read.codes,
        clock=read.clock,
    )
    about = {"on": day, "turn_before": shown.turn_before(day), "turn_after": shown.turn_after(day)}
    return Rows(list(matrix_records(shown)), about=about)


POSITIONS = Endpoint(
    path="/positions",
    name="positions",
    summary="Positions over time",
    says="The bars of the timeline: which rule answered for a weapon, from which day to which.",
    takes=(*_TIMELINE, *takes.CLOCKS),
    columns=POSITION,
    rows=_positions,
    about=TOTAL,
)
POSITION_OF_NUMBER = Endpoint(
    path="/positions/{number}",
    name="position",
    summary="One position",
    says="A position with the claims that it rests on, those that contest it, and what the record said of it before.",
    takes=takes.CLOCKS,
    columns=WHOLE_POSITION,
    rows=_position,
    paged=False,
)
CHANGES = Endpoint(
    path="/changes",
    name="changes",
    summary="Changes",
    says="Every turn on a known day, the newest first: from what to what, and on whose word.",
    takes=(*_CHANGES, *takes.CLOCKS),
    columns=TURN,
    rows=_changes,
    about=TOTAL,
)
MATRIX = Endpoint(
    path="/matrix",
    name="matrix",
    summary="The resolved matrix of a day",
    says="For each supplier and weapon the rule that answers on the day, or which kind of nothing.",
    takes=(takes.RECIPIENT, takes.TERRITORY, takes.ON, *takes.CLOCKS),
    columns=CELL,
    rows=_matrix,
    about={
        "on": Column("day", "The day."),
        "turn_before": Column("day?", "The last day before it on which anything in the matrix turned."),
        "turn_after": Column("day?", "The first day after it on which anything turns."),
    },
    paged=False,
)
