"""``manage.py load_record FILE``: a whole record into an empty installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from restrictions.domain.archive import ArchiveRefused
from restrictions.pipelines.archiving import load_archive


class Command(BaseCommand):
    """Loads all of the archive or nothing, and ends with 1 where it is refused."""

    help = "Load what export_record wrote into a database that was only migrated."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive to load")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            manifest = load_archive(file)
        except (ArchiveRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Loaded and found sound: {manifest.rows} rows, as they stood at {manifest.made_at}.")
        self.stdout.write("Its people cannot sign in. Make the first curator: manage.py create_first_curator")
