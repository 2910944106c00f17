"""``manage.py derive_again``: the record under the rules of this release."""

from typing import Any

from django.core.management.base import BaseCommand

from restrictions.actions.rules import derive_under_new_rules
from restrictions.actions.starter import starter_curator


class Command(BaseCommand):
    """Derives every position again where the rules have changed since the last revision; else changes nothing."""

    help = "Derive the record again where the rules of derivation have changed."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, *_args: Any, **_options: Any) -> None:
        changed = derive_under_new_rules(by=starter_curator())
        if changed is None:
            self.stdout.write("The rules of derivation have not changed.")
        else:
            self.stdout.write(f"Derived under new rules. Versions opened: {changed.opened}, closed: {changed.closed}.")
