"""``manage.py export_record FILE``: the whole record, with all its versions, as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from restrictions.domain.archive import ArchiveRefused
from restrictions.pipelines.archiving import export_archive


class Command(BaseCommand):
    """Writes a zip of one CSV a table with a list of contents; `load_record` reads it."""

    help = "Write the whole record to a file that load_record loads into an empty installation."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive to write; it must not be there yet")
        parser.add_argument(
            "--bodies", action="store_true", help="with the full texts of dispatches, which belong to their publishers"
        )

    def handle(self, *_args: Any, file: Path, bodies: bool, **_options: Any) -> None:
        try:
            manifest = export_archive(file, bodies=bodies, now=timezone.now())
        except (ArchiveRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        texts = "with the texts of dispatches" if bodies else "without the texts of dispatches"
        self.stdout.write(f"{file}: {manifest.rows} rows in {len(manifest.parts)} tables, {texts}.")
