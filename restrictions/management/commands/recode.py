"""``manage.py recode``: dispatches that other rules or another coder have coded, coded again."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from restrictions.pipelines.coders import chosen_coder
from restrictions.pipelines.coding import code_again
from restrictions.queries.dispatches import outdated


class Command(BaseCommand):
    """Codes them batch by batch under lease: it can be stopped at any time, and run beside workers."""

    help = "Code again what older rules or another coder have coded. What curators have decided stays."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def handle(self, *_args: Any, **_options: Any) -> None:
        total, done = outdated(chosen_coder().stamp), 0
        with tqdm(total=total, unit=" dispatches", file=self.stderr, disable=None) as progress:
            while count := code_again():
                done += count
                progress.update(count)
        self.stdout.write(f"Coded again: {done:,}.")
