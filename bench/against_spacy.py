"""How many times faster the coder reads the same French text than spaCy's small French model does, on one core.

spaCy has an environment of its own, `.venv/bench`, which `make bench` makes.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from restrictions.extraction import Document, code

_SPACY = Path(sys.prefix) / "bench" / "bin" / "python"
_READS = Path(__file__).with_name("spacy_reads.py")
_CORPUS = Path(__file__).resolve().parent.parent / "tests" / "pure" / "extraction" / "corpus"
_WEATHER = (
    "La moisson a été tardive cette année dans le nord, et le prix des pommes a augmenté d'un dixième. Le musée ouvre "
    "une salle pour les cartes du vieux port, avec entrée libre pour les écoles. Après une mi-temps sans élan, "
    "les visiteurs ont marqué deux fois et pris la coupe. Le conseil élargit une piste cyclable vers le vieux moulin."
)
_ONE_IN = 10
"""One French dispatch in so many is about the use of arms in the mixed text; most news is not."""


def figures() -> Iterator[Figure]:
    if not _SPACY.exists():
        print("spaCy is not installed (.venv/bench): the coder was NOT measured against it.", file=sys.stderr)
        return
    topical = _french()
    mixed = [text for one in topical[:8] for text in (one, *[f"{_WEATHER} {number}" for number in range(_ONE_IN - 1)])]
    for kind, texts in (("all about the use of arms", topical), (f"one in {_ONE_IN} about it", mixed)):
        what = f"times the words a second of spaCy fr-core-news-sm on French dispatches, {kind}"
        yield Figure(what, _spacy_seconds(texts) / _coder_seconds(texts), "times", at_least=10)


def _french() -> list[str]:
    """The bodies of the corpus's French dispatches, which are synthetic."""
    lines = [line for path in sorted(_CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [record["body"] for record in map(json.loads, lines) if record["lang"] == "fr"]


def _spacy_seconds(texts: list[str]) -> float:
    """On one core: the libraries below it would take them all."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
    ended = subprocess.run(  # noqa: S603  our own words
        [_SPACY, _READS], input=json.dumps(texts), env={**os.environ, **one}, capture_output=True, text=True, check=True
    )
    return float(ended.stdout)


def _coder_seconds(texts: list[str]) -> float:
    documents = [Document(str(number), "", text, "fr") for number, text in enumerate(texts)]
    _code_all(documents)
    return min(_code_all(documents) for _ in range(5))


def _code_all(documents: list[Document]) -> float:
    started = time.process_time()
    for document in documents:
        code(document)
    return time.process_time() - started
