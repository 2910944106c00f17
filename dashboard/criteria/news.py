"""Feeds, mails and webhooks: whose news an address asks for, by the filters of the page of changes."""

from dataclasses import fields

from django.http import QueryDict

from dashboard.criteria.changes import OF_A_FILTER, REPEATABLE, changes_criteria
from dashboard.parameters import Given
from restrictions.queries.changes import Wanted
from restrictions.queries.codes import Codes, Holdings
from restrictions.queries.news_filters import NewsWanted


def news_criteria(query: QueryDict, *, codes: Codes, held: Holdings, also: tuple[str, ...] = ()) -> NewsWanted:
    """The news that the address asks for. Raises BadParameter for the first parameter that is not understood.

    ``also``: parameters beside the filter, which are read elsewhere.
    """
    Given(query, single=(*OF_A_FILTER, *also), repeatable=REPEATABLE)
    asked = changes_criteria(query, codes=codes, held=held)
    turns = {field.name: getattr(asked.wanted, field.name) for field in fields(Wanted)}
    return NewsWanted(asked.recipient, asked.territory, **turns)
