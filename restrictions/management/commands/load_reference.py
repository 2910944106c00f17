"""``manage.py load_reference``: countries, regions and the codebook's weapons."""

from typing import Any

from django.core.management.base import BaseCommand

from restrictions.actions.reference import load_reference


class Command(BaseCommand):
    """Adds what is missing; a second run changes nothing."""

    help = "Load countries, regions and the codebook's weapons."

    def handle(self, *_args: Any, **_options: Any) -> None:
        counts = load_reference()
        self.stdout.write(
            f"{counts['countries']} countries and {counts['regions']} regions; {counts['weapons']} weapons are new."
        )
