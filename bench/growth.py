"""Whether the coder's time grows with the text and no faster, on texts made to hurt; its start and its memory."""

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figures import Figure, median_seconds
from restrictions.domain.days import parse_day
from restrictions.extraction import Document, code

_SMALL = 50_000
_LINE = 500_000
"""Code points of the smaller line; ten times this are 5 MB."""
_SAYS = "The American government said on Monday that ATACMS may be fired at military targets inside Russia. "
_ROOT = Path(__file__).resolve().parent.parent
_START = "from restrictions.extraction import Document, code; code(Document('1', '', 'It rained in Lille.'))"
_PEAK = "import resource; from bench import coder; {}; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"


def figures() -> Iterator[Figure]:
    yield Figure("start of the coder, one dispatch read", median_seconds(lambda: _python(_START), rounds=5), "s", 1)
    yield Figure(
        "memory of the coder, 400 dispatches read", float(_python(_PEAK.format("coder.read_all()"))), "MB", 300
    )
    for what, text in HOSTILE.items():
        yield Figure(f"times the time for 10 × the text: {what}", _growth(text, _SMALL), "times", at_most=12)
    yield Figure("times the time for 10 × the text: one line of 5 MB", _growth(_one_line, _LINE), "times", at_most=12)


def _python(program: str) -> str:
    return subprocess.run(  # noqa: S603  our own words
        [sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, check=True
    ).stdout


def _growth(text: Callable[[int], str], size: int) -> float:
    """Of one process's own time: what else the machine does does not count."""
    return _seconds(text(size * 10), rounds=2) / _seconds(text(size), rounds=4)


def _seconds(text: str, *, rounds: int) -> float:
    document = Document("hostile", "", text, None, parse_day("2024-06-01"))
    return min(_once(document) for _ in range(rounds))


def _once(document: Document) -> float:
    gc.collect()
    started = time.process_time()
    code(document)
    return time.process_time() - started


def _one_line(size: int) -> str:
    return _repeated("Washington lets Ukraine fire ATACMS at Russia ", size)


def _repeated(words: str, size: int) -> str:
    return (words * (size // len(words) + 1))[:size]


def _random_bytes(size: int) -> str:
    """As a reader who guesses at the encoding would hand them in, behind one sentence that passes the gate."""
    return _SAYS * 3 + random.Random(1).randbytes(size).decode("utf-8", "replace")


HOSTILE: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda size: _repeated(_SAYS, size),
    "many paragraphs": lambda size: _repeated(f"{_SAYS}\n\n", size),
    "quotes in quotes": lambda size: _SAYS * 3 + "«" * (size // 2) + _SAYS + "»" * (size // 2),
    "quotes without end": lambda size: _SAYS * 3 + _repeated("\"'“„«", size) + _SAYS,
    "right-to-left marks": lambda size: _SAYS * 3 + _repeated("\u202e\u200f\u2067", size) + _SAYS,
    "marks among words": lambda size: _repeated(
        "\u200fWashington\u202e lets\u200f Ukraine fire ATACMS at Russia. ", size
    ),
    "random bytes": _random_bytes,
    "one trigger": lambda size: _SAYS * 3 + _repeated("not allowed to fire ", size),
    "names alone": lambda size: _SAYS * 3 + _repeated("Ukraine, Russia, the United States, ATACMS, ", size),
    "line ends": lambda size: _SAYS * 3 + "\n" * size + _SAYS,
    "lone surrogates": lambda size: _SAYS * 3 + "\ud800\udfff" * (size // 2) + _SAYS,
}
