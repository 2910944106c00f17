"""How far coders agree, and how good the machine was: the figures of the desk, for anyone who would rely on them."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from dashboard.api import parameters as takes
from dashboard.api.endpoint import Endpoint, Rows
from dashboard.api.question import Question
from dashboard.exports.dictionary import AGREEMENT, SCORE
from dashboard.parameters import Given, refuse
from restrictions.domain.machine import MachineScore
from restrictions.queries.samples import agreement_figures, machine_figures, sample_counts


def _agreement(question: Question) -> Rows:
    sample = Given(question.request.GET, single=("sample",)).number("sample", default=0) or None
    if sample is not None and sample not in sample_counts():
        refuse("sample", str(sample), gettext("the number of a sample"))
    return Rows([asdict(row) for row in agreement_figures(sample)])


def _scores(_question: Question) -> Rows:
    return Rows([_score(row) for row in machine_figures()])


def _score(row: MachineScore) -> dict[str, Any]:
    fields = [{**asdict(one), "share": one.share} for one in row.fields]
    return {**asdict(row), "precision": row.precision, "recall": row.recall, "fields": fields}


AGREEMENT_OF_CODERS = Endpoint(
    path="/agreement",
    name="agreement",
    summary="Agreement of coders",
    says="How far two people who coded the same passages agree, field by field: all, by period and by language.",
    takes=(takes.SAMPLE,),
    columns=AGREEMENT,
    rows=_agreement,
    paged=False,
    lasting=False,
)
SCORES = Endpoint(
    path="/scores",
    name="scores",
    summary="Scores of the coder",
    says="How good the machine's claims were, as curators' decisions tell, by its version and by language.",
    takes=(),
    columns=SCORE,
    rows=_scores,
    paged=False,
    lasting=False,
)
