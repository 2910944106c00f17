"""``manage.py ingest PATH… [--wait]``: dispatches from files."""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from restrictions.pipelines.files import Ingested, Outcome, find_files, ingest_files
from restrictions.pipelines.waking import wake_coder
from restrictions.queries.dispatches import claims_proposed_from, progress_of

PATIENCE = 240.0
"""Seconds for which ``--wait`` waits without any progress: longer than a dispatch waits for its last try."""


class Command(BaseCommand):
    """Stores dispatches, wakes a worker, and ends with counts by outcome. The same command again changes nothing."""

    help = "Store dispatches from text files (or folders of them) and have a worker code them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a text file, or a folder of them")
        parser.add_argument("--wait", action="store_true", help="wait until a worker has coded them")
        parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds to wait without any progress")
        parser.add_argument("--synthetic", action="store_true", help="mark them as made for demonstration")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            files = find_files(options["paths"])
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        bar = tqdm(ingest_files(files, synthetic=options["synthetic"]), total=len(files), unit="file", disable=None)
        done = list(bar)
        self._report(done)
        dispatches = [item.dispatch for item in done if item.dispatch]
        # Held ones count too: the wake-up of an earlier run may have been lost.
        if progress_of(dispatches).unfinished:
            wake_coder()
        if options["wait"] and dispatches:
            self._wait(dispatches, options["patience"])
        if any(item.outcome is Outcome.REFUSED for item in done):
            raise CommandError("Some files were refused; the others are stored.")

    def _report(self, done: list[Ingested]) -> None:
        for item in done:
            if item.outcome is Outcome.REFUSED:
                self.stderr.write(f"{item.path}: {item.reason}")
        counts = Counter(item.outcome for item in done)
        parts = [f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome]]
        files = "1 file" if len(done) == 1 else f"{len(done)} files"
        self.stdout.write(f"{files}: {', '.join(parts) or 'nothing to do'}.")
        if done and not counts[Outcome.STORED]:
            self.stdout.write("Nothing changed.")

    def _wait(self, dispatches: list[int], patience: float) -> None:
        """Wait for a worker, as long as it makes progress."""
        progress, quiet_since = progress_of(dispatches), time.monotonic()
        with tqdm(total=len(dispatches), unit="dispatch", disable=None) as bar:
            while progress.unfinished:
                time.sleep(0.1)
                seen, progress = progress, progress_of(dispatches)
                if seen != progress:
                    quiet_since = time.monotonic()
                elif time.monotonic() - quiet_since > patience:
                    raise CommandError(
                        f"Nothing moved for {patience:.0f} s: {progress.in_words} of the dispatches. They are kept. "
                        "Does a worker run? celery -A config worker"
                    )
                bar.update(len(dispatches) - progress.unfinished - bar.n)
        self.stdout.write(f"Coding ended: {progress.in_words}; {claims_proposed_from(dispatches)} claims proposed.")
