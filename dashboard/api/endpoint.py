"""One address of the reading API: what it takes, what its rows hold, and how a request becomes an answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from dashboard.api.parameters import KNOWN, OF_PAGES, OF_ROWS, Parameter
from dashboard.api.question import Question, cut_of
from dashboard.exports.dictionary import Column
from restrictions.queries.stamps import record_stamp

Row = Mapping[str, Any]


class NotHeld(LookupError):
    """The record holds nothing of this number: says what there is none of."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an answer; of a list one more than are shown where it goes on, each with the key that it is found by.

    ``about`` is what the answer says beside them.
    """

    rows: Sequence[Row]
    keys: Sequence[str] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address below `/api/v1`.

    ``lasting``: its rows change with a revision of the record or with the day, and with nothing else. ``paged``: it
    gives so many rows, and where to read on. ``about``: what stands beside the rows.
    """

    path: str
    name: str
    summary: str
    says: str
    takes: tuple[Parameter, ...]
    columns: Mapping[str, Column]
    rows: Callable[..., Rows]
    about: Mapping[str, Column] = field(default_factory=dict)
    paged: bool = True
    lasting: bool = True

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that it can be asked."""
        return (*self.takes, *(OF_PAGES if self.paged else ()), *OF_ROWS)

    @property
    def clocked(self) -> bool:
        """Whether it answers from a state of the record, so that a list can be read on in the one that it began in."""
        return KNOWN in self.takes


def answered(endpoint: Endpoint, request: HttpRequest, **place: int) -> HttpResponse:
    """The answer. Raises BadParameter and NotHeld."""
    names = [parameter.name for parameter in endpoint.parameters]
    cut = cut_of(request, names=names, columns=endpoint.columns)
    with override(cut.language):
        question = Question(request, cut)
        found = endpoint.rows(question, **place)
        if endpoint.clocked and question.has_moved():
            question = Question(request, cut, revision=question.revision)
            found = endpoint.rows(question, **place)
        return _response(endpoint, question, found)


def _response(endpoint: Endpoint, question: Question, found: Rows) -> HttpResponse:
    cut, following = question.cut, ""
    rows = [{name: row[name] for name in cut.fields} for row in found.rows[: cut.limit if endpoint.paged else None]]
    if endpoint.paged and len(found.rows) > cut.limit:
        following = question.address_after(found.keys[cut.limit - 1])
    body = {**_state(endpoint, question), **found.about, "rows": rows}
    if endpoint.paged:
        body["next"] = following or None
    response = HttpResponse(json.dumps(body, ensure_ascii=False, default=str), content_type="application/json")
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _state(endpoint: Endpoint, question: Question) -> dict[str, Any]:
    """What was asked, and of which state of the record the rows are."""
    asked = question.request.GET.urlencode()
    if not endpoint.clocked:
        return {"query": asked}
    known = question.clock.known
    revision = record_stamp(question.clock.instant).revision if known else question.revision
    return {"query": asked, "as_of": question.read.today, "revision": revision}
