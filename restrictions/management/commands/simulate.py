"""``manage.py simulate``: a synthetic record of any size, for measuring and for trying things out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from restrictions.actions.simulation import RecordHeld, simulate


class Command(BaseCommand):
    """Fills an empty record with made-up dispatches, claims, positions and their versions; all marked as synthetic."""

    help = "Make a synthetic record in an empty database that holds the reference rows."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--positions", type=_count, default=10_000, help="About how many positions are to stand.")
        parser.add_argument("--dispatches", type=_count, default=2_000, help="How many dispatches say so.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed gives the same record.")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("positions", "dispatches", "seed")}
        try:
            made = simulate(**wanted, now=timezone.now())
        except RecordHeld as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.positions} positions in {made.versions} versions, from {made.claims} claims of {made.dispatches}"
            " synthetic dispatches."
        )


def _count(text: str) -> int:
    """A number that is not below zero. Raises ValueError."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
