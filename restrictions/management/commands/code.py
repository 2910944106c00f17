"""``manage.py code IN…``: gold-format dispatches, or a text dispatch, in; coded lines out. Needs no database."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser

from restrictions.extraction import CODER, Coding, Document, code
from restrictions.extraction.answer import MODEL, drops_in_words
from restrictions.extraction.gold import BadDispatch, document_of, document_of_text, record_of
from restrictions.pipelines.coders import ModelCoder, NotConfigured, model_coder
from restrictions.words.foreign import in_one_line


class Source(NamedTuple):
    """One dispatch, or the sentence that says why there is none."""

    document: Document | None
    error: str


class Command(BaseCommand):
    """Prints what the coder makes of dispatches, one JSON line each, in the order they came."""

    help = "Codes gold-format dispatches (JSONL, - for standard input) or .txt dispatches; needs no database."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--coder", choices=[CODER, MODEL], default=CODER, help="model: the one CODER_URL names")
        parser.add_argument("paths", nargs="+", metavar="IN", help="a .jsonl or .txt file, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        broken, read = 0, self._reader(options["coder"])
        for path in options["paths"]:
            for source in _dispatches(path):
                if source.document is None:
                    broken += 1
                    self.stderr.write(source.error)
                else:
                    record = record_of(source.document, read(source.document))
                    self.stdout.write(json.dumps(record, ensure_ascii=False))
        if broken:
            raise CommandError(f"{broken} of the dispatches could not be read; the others are coded.", returncode=1)

    def _reader(self, coder: str) -> Callable[[Document], Coding]:
        """The coder's one function; what a model's answer lost, and where the rules stood in, is told aside."""
        if coder == CODER:
            return code
        try:
            model = model_coder()
        except NotConfigured as error:
            raise CommandError(str(error)) from error
        return partial(self._ask, model)

    def _ask(self, model: ModelCoder, document: Document) -> Coding:
        coding = model.code(document)
        for said in filter(None, (drops_in_words(coding), coding.note)):
            self.stderr.write(f"{in_one_line(document.id)}: {said}")
        return coding


def _dispatches(path: str) -> Iterator[Source]:
    if path == "-":
        yield from _lines("standard input", sys.stdin)
    elif path.endswith(".txt"):
        yield _text(path)
    else:
        try:
            with Path(path).open(encoding="utf-8-sig") as lines:
                yield from _lines(path, lines)
        except (OSError, UnicodeDecodeError) as error:
            yield Source(None, f"{path}: cannot be read: {error}")


def _text(path: str) -> Source:
    try:
        return Source(document_of_text(Path(path).stem, Path(path).read_text(encoding="utf-8-sig")), "")
    except (OSError, UnicodeDecodeError, BadDispatch) as error:
        return Source(None, f"{path}: cannot be read: {error}")


def _lines(name: str, lines: Iterable[str]) -> Iterator[Source]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield Source(document_of(json.loads(line)), "")
        except json.JSONDecodeError as error:
            yield Source(None, f"{name}, line {number}: is no JSON ({error})")
        except BadDispatch as error:
            yield Source(None, f"{name}, line {number}: {error}")
