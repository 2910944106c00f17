"""What the record has changed since a past day: a line on pages of that day, in full on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from dashboard.filters import since_criteria
from dashboard.views.asking import clock_asked
from dashboard.views.keeping import reading_page
from restrictions.domain.days import exact
from restrictions.queries.codes import known_codes
from restrictions.queries.since import changed_since
from restrictions.words import day_in_words


@reading_page
def since(request: HttpRequest) -> HttpResponse:
    """The page; a page of the past that asks for it gets the number of changes and the way here."""
    (clock, _), codes = clock_asked(request), known_codes()
    criteria = since_criteria(request.GET, codes=codes, clock=clock)
    context = {
        "criteria": criteria,
        "found": changed_since(recipient=criteria.recipient, known=criteria.known, codes=codes),
        "known_words": day_in_words(exact(criteria.known)),
        "recipient": codes.countries.get(criteria.recipient, criteria.recipient),
    }
    part = "since_line" if request.headers.get("HX-Request") else "since"
    response = render(request, f"reading/{part}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
