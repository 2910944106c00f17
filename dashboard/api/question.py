"""From a request to what an endpoint is asked: the page's own parameters, and those of the API beside them."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext

from dashboard.api.cursors import Cursor, NotACursor, digest, read_cursor
from dashboard.api.parameters import LANGUAGES, LARGEST, LIMIT
from dashboard.parameters import Given, clock_of, refuse
from dashboard.views.asking import Reading, today_utc
from restrictions.domain.clock import Clock
from restrictions.domain.days import ONE_DAY
from restrictions.queries.clock import known_days
from restrictions.queries.codes import holdings, known_codes
from restrictions.queries.stamps import record_stamp, stood_until

_OWN = ("fields", "lang", "limit", "cursor")
"""Parameters of the API alone, of which the pages know nothing."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How an answer is cut and told: which fields, how many rows, after which row, in which language."""

    fields: tuple[str, ...]
    limit: int
    cursor: Cursor | None
    language: str


def cut_of(request: HttpRequest, *, names: Collection[str], columns: Collection[str]) -> Cut:
    """How the answer is to be cut. Raises BadParameter, also for a name that is none of ``names``."""
    for name in request.GET:
        if name not in names:
            takes = gettext("no such parameter; there are: %(names)s") % {"names": ", ".join(names)}
            refuse(name, ", ".join(request.GET.getlist(name)), takes)
        if "" in request.GET.getlist(name):
            # A form sends what was left empty; a program that does has lost a value.
            refuse(name, "", gettext("a value; leave it out where nothing is asked"))
    given = Given(request.GET, single=_OWN, repeatable=names)
    limit = given.number("limit", default=LIMIT)
    if limit > LARGEST:
        refuse("limit", str(limit), gettext("a whole number from 1 to %(most)d") % {"most": LARGEST})
    return Cut(
        fields=_fields(request.GET.get("fields", ""), columns),
        limit=limit,
        cursor=_cursor(request),
        language=given.code("lang", LANGUAGES, gettext("“en” or “fr”"), LANGUAGES[0]),
    )


class Question:
    """What one request asks of an endpoint, and the state of the record that answers it.

    A list that others have changed since it was begun is read on as it stood then, on the day that was today then.
    """

    def __init__(self, request: HttpRequest, cut: Cut, *, revision: int | None = None) -> None:
        self.cut, self._as_asked = cut, request.GET
        self.request = copy(request)
        self.request.GET = query = request.GET.copy()  # type: ignore[assignment]  # read as the page's own views do
        for name in _OWN:
            query.pop(name, None)
        begun = cut.cursor
        self.day = begun.day if begun else today_utc()
        if revision is None:
            revision = begun.revision if begun else record_stamp().revision
        self.revision = revision

    @cached_property
    def clock(self) -> Clock:
        """The state of knowledge that the address asks for. Raises BadParameter."""
        asked = clock_of(self.request.GET, today=self.day, known_days=known_days)
        return asked if asked.known else replace(asked, at=stood_until(self.revision))

    @cached_property
    def read(self) -> Reading:
        """What the rows are read by. Raises BadParameter."""
        return Reading(self.clock, self.clock.today(self.day), known_codes(self.clock), holdings(self.clock))

    @property
    def after(self) -> str:
        """The key of the last row that the answer before gave; empty for the first answer."""
        return self.cut.cursor.after if self.cut.cursor else ""

    @property
    def place(self) -> int:
        """How many rows were given before, where rows are counted off."""
        if self.after and not (self.after.isascii() and self.after.isdigit()):
            self.refuse_cursor()
        return int(self.after or 0)

    def refuse_cursor(self) -> NoReturn:
        """For an endpoint that cannot read the key in it."""
        _refuse_cursor(self.cut.cursor.written() if self.cut.cursor else "")

    def has_moved(self) -> bool:
        """Whether the record has changed while it was read as it stands: rows may be of two revisions."""
        return self.clock.instant is None and record_stamp().revision != self.revision

    def address_after(self, key: str) -> str:
        """The address of the answer that goes on after the row of this key."""
        query, revision, day = self._as_asked.copy(), self.revision, self.day
        if known := self.clock.known:
            # A past day is read on by the same address for ever, whatever was changed since.
            revision, day = record_stamp(self.clock.instant).revision, known + ONE_DAY
        query["cursor"] = Cursor(revision, day, key, _about(self.request)).written()
        return f"{self.request.path}?{query.urlencode(safe=',')}"


def _fields(said: str, columns: Collection[str]) -> tuple[str, ...]:
    """The fields asked for, each once; all of them where none is named."""
    asked = tuple(dict.fromkeys(said.split(","))) if said else tuple(columns)
    for name in asked:
        if name not in columns:
            takes = gettext("names parted by commas, of: %(names)s") % {"names": ", ".join(columns)}
            refuse("fields", name, takes)
    return asked


def _cursor(request: HttpRequest) -> Cursor | None:
    text = request.GET.get("cursor", "")
    try:
        return read_cursor(text, about=_about(request)) if text else None
    except NotACursor:
        _refuse_cursor(text)


def _refuse_cursor(text: str) -> NoReturn:
    refuse("cursor", text, gettext("what the answer before gave in “next”, with the same parameters beside it"))


def _about(request: HttpRequest) -> str:
    """A digest of what is asked, however the answer is cut and told."""
    pairs = sorted((name, *request.GET.getlist(name)) for name in request.GET if name not in _OWN)
    return digest(f"{request.path} {pairs}")
