"""``manage.py reset_second_factor NAME --reason WHY``: for the day on which no admin can come in."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from restrictions.actions.second_factor import reset_second_factor


class Command(BaseCommand):
    """The admin has a button for it; this is for whoever works on the server."""

    help = "Take a user's second factor away: the phone is lost, and no admin is at hand."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the user signs in with")
        parser.add_argument("--reason", required=True, help="why; it stands in the audit log")

    def handle(self, *_args: Any, name: str, reason: str, **_options: Any) -> None:
        try:
            user = User.objects.get(username=name)
            reset_second_factor(user=user, by=None, reason=reason)
        except User.DoesNotExist as missing:
            raise CommandError(f"There is no user “{name}”.") from missing
        except ValueError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"The second factor of {name} is taken away. Sign-in asks for the password alone.")
