"""The feeds of changes: whose news an address asks for."""

from django.http import QueryDict
from django.utils.translation import gettext

from dashboard.filters import recipient_of, suppliers_of, territory_of, weapons_of
from dashboard.parameters import Given
from restrictions.domain.vocabulary import Track
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.news import NewsWanted

REPEATABLE = ("supplier", "weapon")
SINGLE = ("recipient", "territory", "track")


def news_criteria(query: QueryDict, *, codes: Codes, held: Holdings) -> NewsWanted:
    """The news that the address asks for. Raises BadParameter for the first parameter that is not understood."""
    given = Given(query, single=SINGLE, repeatable=REPEATABLE)
    recipient = recipient_of(given, codes)
    track = given.code("track", list(Track), gettext("“use” or “supply”"), "")
    return NewsWanted(
        recipient=recipient,
        territory=territory_of(given, codes, held, recipient),
        track=Track(track) if track else None,
        suppliers=suppliers_of(given, codes),
        weapons=weapons_of(given, codes),
    )
