"""The pages of a list that may hold a million rows."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property

from restrictions.queries.plenty import counted


class LongPaginator(Paginator):  # type: ignore[type-arg]  # Django's is no generic at run time
    """Counts a long list once a minute, not for every page of it."""

    @cached_property
    def count(self) -> int:
        """How many rows the list has."""
        return counted(self.object_list, timezone.now())  # type: ignore[arg-type]  # the admin gives a queryset
