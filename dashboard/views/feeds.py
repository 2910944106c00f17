"""News of the record as feeds: what is new, corrected or withdrawn, for any supplier, weapon, track or recipient."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from dashboard.criteria.news import news_criteria
from dashboard.exports.feeds import FeedEntry, FeedHead, atom, json_feed
from dashboard.parameters import CLOCK, refuse
from dashboard.views.asking import Reading, reading_of
from dashboard.views.keeping import reading_page
from restrictions.queries.news import NewsRow, news
from restrictions.queries.news_filters import filter_in_words

LONGEST = 50
"""Entries of a feed."""
_BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


@reading_page
def changes_as_atom(request: HttpRequest) -> HttpResponse:
    """The latest news of the view as Atom."""
    head, entries = _feed(request)
    return HttpResponse(atom(head, entries), content_type="application/atom+xml; charset=utf-8")


@reading_page
def changes_as_json_feed(request: HttpRequest) -> HttpResponse:
    """The latest news of the view as JSON Feed."""
    head, entries = _feed(request)
    return HttpResponse(json_feed(head, entries), content_type="application/feed+json; charset=utf-8")


def _feed(request: HttpRequest) -> tuple[FeedHead, list[FeedEntry]]:
    read = _read(request)
    wanted = news_criteria(request.GET, codes=read.codes, held=read.held, also=CLOCK)
    rows = news(wanted, codes=read.codes, limit=LONGEST, until=read.clock.instant)
    query = request.GET.urlencode()
    page = reverse("changes") + (f"?{query}" if query else "")
    head = FeedHead(
        title=" · ".join(["Caveat", gettext("changes"), filter_in_words(wanted, read.codes)]),
        host=request.get_host().partition(":")[0],
        address=request.build_absolute_uri(),
        page=request.build_absolute_uri(page),
        language=get_language() or "en",
        updated=rows[0].at if rows else _BEFORE_ALL,
    )
    return head, [_entry(request, row) for row in rows]


def _read(request: HttpRequest) -> Reading:
    if reported := request.GET.get("reported"):
        takes = gettext(
            "nothing: a feed tells when the record learned what; take “known” for what it had told by a day"
        )
        refuse("reported", reported, takes)
    return reading_of(request)


def _entry(request: HttpRequest, row: NewsRow) -> FeedEntry:
    return FeedEntry(row, request.build_absolute_uri(reverse("position", args=[row.position])))
