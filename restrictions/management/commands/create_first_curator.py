"""The first curator, with a password that is shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from restrictions.actions.curators import NameTaken, make_first_curator


class Command(BaseCommand):
    help = "Make a curator with a one-time password, and print both once. Makes nothing where a curator exists."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, **_options: Any) -> None:
        try:
            made = make_first_curator()
        except NameTaken as error:
            raise CommandError(
                f"A user named “{error}” exists and is no curator. Put them into the group “curators” yourself."
            ) from error
        if made is None:
            self.stdout.write("A curator exists already: none was made.")
            return
        name, password = made
        self.stdout.write("A first curator was made. The password is shown this once; sign-in asks for a new one.")
        # One line for programs: two words after a fixed first one.
        self.stdout.write(f"first-curator {name} {password}")
