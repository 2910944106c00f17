"""Feeds as a table: what a person decides of each. What polls leave behind changes by the hour and is not in it."""

from typing import Any

from django.utils.translation import gettext

from restrictions.models import Feed
from restrictions.models.feed import LEAST_MINUTES, MOST_MINUTES
from restrictions.queries.tables.cells import Code, Column, Flag, Instant, Number, shown
from restrictions.queries.tables.table import Faults, Table


class FeedTable(Table):
    """Feeds by their address. A new one comes in switched off: it is tried before it is read."""

    address = Column("address", Code())
    publisher = Column("publisher")
    language = Column("language", Code())
    interval_minutes = Column("interval_minutes", Number())
    fetches_articles = Column("fetches_articles", Flag())
    note = Column("note")
    enabled = shown("enabled", Flag())
    retired_reason = shown("retired_reason")
    moved_from = shown("moved_from")
    recorded_at = shown("recorded_at", Instant())

    class Meta:
        model = Feed
        fields = (
            *("address", "publisher", "language", "interval_minutes", "fetches_articles", "note"),
            *("enabled", "retired_reason", "moved_from", "recorded_at"),
        )
        import_id_fields = ("address",)

    def refused(self, row: Any) -> Faults:
        if row.interval_minutes is None or LEAST_MINUTES <= row.interval_minutes <= MOST_MINUTES:
            return {}
        return {"interval_minutes": gettext("A feed is polled every 5 minutes at most, and once a week at least.")}
