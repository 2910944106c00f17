"""``manage.py check_record``: what must be true of the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from restrictions.models import Position
from restrictions.queries.invariants import breaches


class Command(BaseCommand):
    """Ends with 1 and names the rows where an invariant is broken."""

    help = "Check the record's invariants, and that deriving again gives what is stored."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(breaches())
        for breach in found:
            self.stderr.write(f"{breach.what}: {breach.row}")
        if found:
            raise CommandError(f"{len(found)} rows are not as they must be.")
        self.stdout.write(f"The record is clean: {Position.objects.count()} positions follow from their claims.")
