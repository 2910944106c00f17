"""``manage.py prepare``: a database that this release can work with, whatever it held before."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """All that a start needs, in one process: starting Python and Django for each step took longer than most steps."""

    help = "Bring the database up to date: tables, reference data, starter record, rules, the first curator."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demonstration", type=Path, metavar="PATH", help="a dispatch to send through the worker")

    def handle(self, *_args: Any, demonstration: Path | None, **_options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout, stderr=self.stderr)
        for name in ("load_reference", "load_starter", "derive_again"):
            call_command(name, stdout=self.stdout, stderr=self.stderr)
        if demonstration:
            call_command("ingest", str(demonstration), synthetic=True, stdout=self.stdout, stderr=self.stderr)
        # Last, when all else stands: its password is shown once.
        call_command("create_first_curator", stdout=self.stdout, stderr=self.stderr)
