"""``manage.py load_starter``: the researched starter record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from restrictions.actions.starter import load_starter
from restrictions.models import Weapon


class Command(BaseCommand):
    """Accepts the starter claims that are not held yet; a second run changes nothing."""

    help = "Load the starter record: researched claims, their sources and marks."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not Weapon.objects.exists():
            raise CommandError("The weapons that it names are not here yet: run manage.py load_reference first.")
        loaded = load_starter()
        if loaded.claims or loaded.marks:
            self.stdout.write(f"{loaded.claims} claims and {loaded.marks} marks accepted.")
        else:
            self.stdout.write("The starter record is already held; nothing changed.")
