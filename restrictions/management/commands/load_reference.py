"""``manage.py load_reference``: countries, regions, the codebook's weapons and the starter list of feeds."""

from typing import Any

from django.core.management.base import BaseCommand

from restrictions.actions.reference import load_reference


class Command(BaseCommand):
    """Adds what is missing; a second run changes nothing."""

    help = "Load countries, regions, the codebook's weapons and the starter list of feeds, switched off."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, *_args: Any, **_options: Any) -> None:
        counts = load_reference()
        self.stdout.write(
            f"{counts['countries']} countries and {counts['regions']} regions; {counts['weapons']} weapons"
            f" and {counts['feeds']} feeds are new."
        )
