"""``manage.py ingest PATH… [--wait]``: dispatches from files."""

import time
from argparse import ArgumentParser
from array import array
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from restrictions.pipelines.files import Outcome, ingest_files
from restrictions.pipelines.finding import find_files, survey
from restrictions.pipelines.keeping import DatabaseStopped
from restrictions.pipelines.reading import SUFFIXES
from restrictions.pipelines.tally import Tally
from restrictions.pipelines.waking import wake_coders
from restrictions.queries.dispatches import anything_waits, claims_proposed_from, progress_of
from restrictions.words.foreign import in_one_line

PATIENCE = 240.0
"""Seconds for which ``--wait`` waits without any progress: longer than a dispatch waits for its last try."""

_STAYS = "What is stored stays"
_AGAIN = "the same command does what is left."


class Command(BaseCommand):
    """Stores dispatches, wakes a worker, and ends with counts by outcome. The same command again changes nothing.

    It ends with 1 where anything was refused, with 2 where the database stopped it, with 130 after Ctrl-C.
    """

    help = "Store dispatches from files (texts, pages, JSON lines, tables, feeds, .gz) and have a worker code them."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of them")
        parser.add_argument("--wait", action="store_true", help="wait until a worker has coded them")
        parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds to wait without any progress")
        parser.add_argument("--synthetic", action="store_true", help="mark them as made for demonstration")

    def handle(self, *_args: Any, **options: Any) -> None:
        paths: list[Path] = options["paths"]
        try:
            files = survey(paths)
        except FileNotFoundError as error:
            raise CommandError(f"{in_one_line(str(error), 300)} does not exist.") from error
        tally, stored = Tally(files.meant), array("q")
        try:
            with tqdm(total=files.size, unit="B", unit_scale=True, disable=None) as bar:
                self._ingest(paths, tally, bar, stored if options["wait"] else None, synthetic=options["synthetic"])
        except KeyboardInterrupt as error:
            raise CommandError(f"Stopped by Ctrl-C. {_STAYS}; {_AGAIN}", returncode=130) from error
        except DatabaseStopped as error:
            words = f"The database takes no more: {error}. {_STAYS}; once the database is well again, {_AGAIN}"
            raise CommandError(words, returncode=2) from error
        finally:
            self._report(tally, files.passed_over)
        if tally.counts[Outcome.STORED] or anything_waits(timezone.now()):
            # Held ones count too: the wake-up of an earlier run may have been lost.
            wake_coders()
        if stored and (tally.counts[Outcome.STORED] or progress_of(stored).unfinished):
            self._wait(stored, options["patience"])
        if tally.counts[Outcome.REFUSED]:
            raise CommandError("Some were refused; the others are stored.")

    def _ingest(
        self, paths: list[Path], tally: Tally, bar: Any, stored: "array[int] | None", *, synthetic: bool
    ) -> None:
        """Each outcome goes to the tally; the dispatches' numbers are kept only where they are asked for."""
        files_before = until = 0
        for item in ingest_files(find_files(paths), synthetic=synthetic):
            tally.add(item)
            if stored is not None and item.dispatch:
                stored.append(item.dispatch)
            files_before += until if item.opens else 0
            until = item.until
            bar.update(files_before + until - bar.n)

    def _report(self, tally: Tally, passed_over: int) -> None:
        for line in tally.refusals_in_words():
            self.stderr.write(line)
        self.stdout.write(tally.in_words())
        if passed_over:
            others = "1 other file was" if passed_over == 1 else f"{passed_over:,} other files were"
            kinds = f"{', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}"
            self.stdout.write(f"{others} passed over: in folders only {kinds} are read, and the same with .gz.")
        if tally.done and not tally.counts[Outcome.STORED]:
            self.stdout.write("Nothing changed.")

    def _wait(self, dispatches: "array[int]", patience: float) -> None:
        try:
            self._watch(dispatches, patience)
        except KeyboardInterrupt as error:
            raise CommandError(
                "Stopped waiting. The dispatches are kept, and workers go on.", returncode=130
            ) from error

    def _watch(self, dispatches: "array[int]", patience: float) -> None:
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
