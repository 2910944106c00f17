"""`manage.py release DIR`: the record as a versioned Data Package in a folder of releases."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dashboard.releases import Refused, write_release
from restrictions.domain.clock import Clock
from restrictions.queries.clock import known_days
from restrictions.queries.datasets import Wanted


class Command(BaseCommand):
    """Writes DIR/<day>-r<revision>; a second run on the same record and clock changes nothing."""

    help = "Writes a release of the record, compared with the one before, into a folder of releases."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where the releases lie")
        parser.add_argument(
            "--known", type=date.fromisoformat, metavar="DAY", help="as the record stood at the end of a past day"
        )

    def handle(self, *args: Any, folder: Path, known: date | None, **options: Any) -> None:
        today = datetime.now(UTC).date()
        _check_known(known)
        clock = Clock(known=known)
        try:
            release, is_new = write_release(
                folder, wanted=Wanted(clock.today(today), clock), licence=settings.DATA_LICENCE
            )
        except (Refused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        said = "Written" if is_new else "There already, the same byte for byte"
        self.stdout.write(f"{said}: {release.folder}")


def _check_known(known: date | None) -> None:
    """Raise CommandError for a day that the record knew nothing of, or may still add to."""
    if known is None:
        return
    days = known_days()
    if days is None or not days[0] <= known <= days[1]:
        told = "the record is empty" if days is None else f"the record can show from {days[0]} to {days[1]}"
        raise CommandError(f"{known}: {told}. Name such a day, or leave --known out.")
