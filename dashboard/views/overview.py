"""The front page: what this is, what holds today, what changed last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.filters import RECIPIENT
from dashboard.findings import latest_changes, timeline_finding
from dashboard.parameters import no_parameters
from dashboard.views.asking import refuses_bad_parameters, today_utc
from restrictions.domain.vocabulary import Track
from restrictions.queries.codes import holdings, known_codes
from restrictions.queries.timeline import timeline_rows


@require_safe
@refuses_bad_parameters
def overview(request: HttpRequest) -> HttpResponse:
    """The lead sentence for the main recipient, and the latest changes with their pages."""
    no_parameters(request.GET)
    codes, held, today = known_codes(), holdings(), today_utc()
    territory = held.main_territory(RECIPIENT)
    rows = timeline_rows(recipient=RECIPIENT, track=Track.USE, territory=territory, codes=codes, today=today)
    context = {
        "finding": timeline_finding(rows, day=today),
        "changes": latest_changes(rows, today=today),
        "recipients": [(code, codes.countries.get(code, code)) for code in held.recipients],
        "recipient": codes.countries.get(RECIPIENT, RECIPIENT),
    }
    return render(request, "reading/overview.html", context)
