"""`make learn`: the second reader's weights, learned anew from the labelled texts of the repository.

Writes `restrictions/extraction/learned/*.tsv`; the same texts and rules give the same bytes. The learning itself runs
in an environment of its own (`.venv/learn`), as `scripts/fit_weights.py`.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from restrictions.domain.days import parse_day
from restrictions.extraction import Document, code
from restrictions.extraction.features import Around, Unit, units_of, written
from restrictions.extraction.gold import document_of
from restrictions.extraction.reading import Sentence
from restrictions.extraction.second import QUIET, SCALE, SILENT, SecondReader
from restrictions.extraction.weights import BIAS, CLASSES, FOLDER, NONE, SHARED, weights_of

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "pure" / "extraction" / "corpus"
SENTENCES = CORPUS / "sentences"
CASES = ROOT / "tests" / "pure" / "extraction" / "cases"
SHUT = ("shut", "shut-2", "whole-shut")  # nobody who writes rules reads them, and no program learns from them
FULL = "whole"  # whose records list what says a claim again, so that all else is known to be silent
_FIFTH = 5
_LEARNER = Path(sys.prefix) / "learn" / "bin" / "python"
_FIT = Path(__file__).with_name("fit_weights.py")
_DAY = "2024-06-05"
_RECIPIENT = "UA"  # of whom most of these sentences are, also where they do not say so
_OF_THE_RULES = ("=ruled", "=others")
KEPT = {SHARED: 1500, "en": 3000, "fr": 3000, "de": 3000, "uk": 3000}


@dataclass(frozen=True)
class Example:
    """A text and what it comes to: a unit for each state of each sentence; ``gold``: its statuses by supplier.

    ``quoted``: the numbers of the sentences that carry a supplier's claim, where a corpus says so. ``seen``: the rules
    were mended on this text, so that what they make of it teaches nothing. ``full``: each sentence that says a claim
    is known, also where it says it again.
    """

    language: str
    units: list[tuple[int, Unit]]
    gold: dict[str, set[str]]
    quoted: dict[tuple[int, str], set[str]] | None = None
    seen: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Listener(SecondReader):
    """A second reader that keeps what it is shown and says nothing."""

    units: list[tuple[Sentence, Unit]] = field(default_factory=list)

    def opinions(self, sentence: Sentence, around: Around) -> Iterator[Any]:
        self.units.extend((sentence, unit) for unit in units_of(sentence, around))
        return iter(())


def is_held_out(text: str) -> bool:
    """Whether a text belongs to the fifth that nothing is learned from: it measures what was learned."""
    return hashlib.sha256(text.encode()).digest()[0] % _FIFTH == 0


def sentences(held_out: bool) -> list[dict[str, Any]]:
    """The writers' labelled sentences of one side, each with its language."""
    lines = [
        {**json.loads(line), "lang": path.stem}
        for path in sorted(SENTENCES.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [line for line in lines if is_held_out(line["text"]) is held_out]


def examples() -> list[Example]:
    """All that is learned from: the writers' sentences, the cases, the dispatches of the open corpora."""
    return [*map(_of_sentence, sentences(held_out=False)), *_of_cases(), *_of_corpora()]


def _of_sentence(line: dict[str, Any]) -> Example:
    return _example(Document("", "", line["text"], line["lang"], parse_day(line["published"])), line["gives"])


def _of_cases() -> Iterator[Example]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield _example(Document("", "", case["body"], path.stem, parse_day(_DAY)), case["gives"], seen=True)


def _example(document: Document, gives: Iterable[str], seen: bool = False) -> Example:
    gold: dict[str, set[str]] = defaultdict(set)
    for given in gives:
        supplier, _, status = given.split()[:3]
        gold[supplier].add(status)
    units = [(sentence.number, unit) for sentence, unit in _heard(document)]
    return Example(document.language or "", units, dict(gold), seen=seen)


def _of_corpora() -> Iterator[Example]:
    for path in sorted(CORPUS.glob("*.jsonl")):
        if path.stem not in SHUT:
            for line in path.read_text(encoding="utf-8").splitlines():
                yield of_dispatch(json.loads(line), full=path.stem == FULL)


def of_dispatch(record: dict[str, Any], full: bool) -> Example:
    """A dispatch of an open corpus as an example."""
    heard = _heard(document_of(record))
    gold: dict[str, set[str]] = defaultdict(set)
    quoted: dict[tuple[int, str], set[str]] = defaultdict(set)
    for claim in record["claims"]:
        gold[claim["supplier"]].add(claim["status"])
    for claim in [*record["claims"], *record.get("again", [])]:
        for sentence, unit in heard:
            if unit.supplier == claim["supplier"] and _carries(sentence, claim["quote"], record):
                quoted[sentence.number, unit.supplier].add(claim["status"])
    units = [(sentence.number, unit) for sentence, unit in heard]
    return Example(record["lang"], units, dict(gold), dict(quoted), seen=True, full=full)


def _carries(sentence: Sentence, quote: str, record: dict[str, Any]) -> bool:
    """Whether a quote lies in a sentence by half of the shorter one."""
    here = sentence.page.quote(sentence.start, sentence.end)
    start = str(record[here.where]).find(quote)
    overlap = min(here.end, start + len(quote)) - max(here.start, start)
    return start >= 0 and overlap * 2 >= min(len(quote), here.end - here.start)


def _heard(document: Document) -> list[tuple[Sentence, Unit]]:
    listener = _Listener()
    code(document, listener, _RECIPIENT)
    return listener.units


def labelled(example: Example) -> Iterator[tuple[list[str], list[str], list[str], int]]:
    """Units with the statuses that they carry, those that they may repeat, and a number for each supplier.

    Of several units of a supplier whose sentence is not known one carries each status; the learner finds out which.
    Beside a sentence that is known, the others may say it again: they are silent only if they do not look alike.
    """
    groups = {supplier: at for at, supplier in enumerate(dict.fromkeys(unit.supplier for _, unit in example.units))}
    for number, unit in example.units:
        statuses = example.gold.get(unit.supplier, set())
        repeats: set[str] = set()
        if example.quoted is not None:
            carried = example.quoted.get((number, unit.supplier), set())
            statuses, repeats = carried, set() if carried or example.full else statuses
        yield _keys(example, unit), sorted(statuses) or [NONE], sorted(repeats), groups[unit.supplier]


def _keys(example: Example, unit: Unit) -> list[str]:
    """The features of a unit, those of a language's words told apart by language."""
    names = sorted(map(written, unit.features()))
    if example.seen:
        names = [name for name in names if not name.startswith(_OF_THE_RULES)]
    return [name if name.startswith("=") else f"{example.language}\t{name}" for name in names]


def fitted(found: list[Example], kept: dict[str, int]) -> dict[str, list[float]]:
    """The weights by feature key, the least telling features left out. Raises SystemExit where learning fails."""
    rows = [
        {
            "text": n,
            "features": keys,
            "statuses": statuses,
            "repeats": repeats,
            "group": group,
            "known": example.quoted is not None or example.seen,
        }
        for n, example in enumerate(found)
        for keys, statuses, repeats, group in labelled(example)
    ]
    order = {
        "rows": rows,
        "classes": CLASSES,
        "scale": SCALE,
        "quiet": QUIET,
        "kept": kept,
        "shared": SHARED,
        "bias": BIAS,
    }
    ended = subprocess.run([_LEARNER, _FIT], input=json.dumps(order), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"The learner failed.\n{ended.stderr}")
    weights: dict[str, list[float]] = json.loads(ended.stdout)
    return weights


def write(weights: dict[str, list[float]], folder: Path = FOLDER) -> None:
    """One file for the features that all languages share, one for the words of each."""
    files: dict[str, list[str]] = defaultdict(list)
    for key, row in sorted(weights.items()):
        name, _, feature = key.rpartition("\t")
        files[name or SHARED].append("\t".join([feature, *(str(round(100 * weight)) for weight in row)]))
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        header = "\t".join(["feature", *CLASSES])
        (folder / f"{name}.tsv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Heldout:
    """How the coder does on sentences that nothing was learned from. ``false_alarms``: claims per 100 without any."""

    precision: float
    recall: float
    false_alarms: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def figures(lines: list[dict[str, Any]], second: SecondReader | None) -> Heldout:
    """Each sentence read by itself; a claim counts where supplier, weapon and status are right."""
    matched = made = wanted = alarms = silent = 0
    for line in lines:
        gold = {tuple(given.split()[:3]) for given in line["gives"]}
        document = Document("", "", line["text"], line["lang"], parse_day(line["published"]))
        found = {(claim.supplier, claim.weapon, str(claim.status)) for claim in code(document, second).claims}
        matched, made, wanted = matched + len(gold & found), made + len(found), wanted + len(gold)
        alarms, silent = alarms + (0 if gold else len(found)), silent + (not gold)
    return Heldout(matched / max(1, made), matched / max(1, wanted), 100 * alarms / max(1, silent))


def _print_figures() -> None:
    print("held-out sentences: precision, recall, F1, false alarms per 100; rules alone | with the second reader")
    lines = sentences(held_out=True)
    for language in ("", "en", "fr", "de", "uk"):
        some = [line for line in lines if language in ("", line["lang"])]
        told = [figures(some, second) for second in (SILENT, None)]
        rows = [f"{one.precision:.3f} {one.recall:.3f} {one.f1:.3f} {one.false_alarms:4.1f}" for one in told]
        print(f"{language or 'all':4} {len(some):5}  {rows[0]} | {rows[1]}")


def main() -> int:
    found = examples()
    labels = Counter(status for example in found for _, statuses, _, _ in labelled(example) for status in statuses)
    print(f"{len(found)} texts; " + ", ".join(f"{status} {count}" for status, count in labels.most_common()))
    write(fitted(found, KEPT))
    weights_of.cache_clear()
    _print_figures()
    return 0


if __name__ == "__main__":
    sys.exit(main())
