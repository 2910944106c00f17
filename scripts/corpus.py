"""`make corpus`: scores by language and field, and what was gained or lost against the figures kept in the repository.

Exit 1 on a loss. `make corpus KEEP=1` keeps the new figures; say why in the same commit.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from restrictions.extraction import code
from restrictions.extraction.gold import document_of, record_of
from restrictions.extraction.scoring import SHARES, Figures, Pair, by_language, changes, table

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "pure" / "extraction" / "corpus"
KEPT = FOLDER / "figures.json"


def scored() -> dict[str, dict[str, Figures]]:
    """The figures of each corpus, by language."""
    return {path.stem: by_language(pairs_of(path)) for path in sorted(FOLDER.glob("*.jsonl"))}


def kept() -> dict[str, dict[str, Figures]]:
    content: dict[str, dict[str, Figures]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return content


def pairs_of(path: Path) -> list[Pair]:
    """Each gold record of a corpus with the claims that the coder makes of it."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [document_of(record) for record in records]
    coded = [record_of(document, code(document))["claims"] for document in documents]
    return [Pair(record, claims) for record, claims in zip(records, coded, strict=True)]


def _keep(now: dict[str, dict[str, Figures]]) -> None:
    content = {
        corpus: {
            language: {name: _rounded(figures[name]) for name in SHARES} for language, figures in languages.items()
        }
        for corpus, languages in now.items()
    }
    KEPT.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def main() -> int:
    now = scored()
    if "--keep" in sys.argv:
        _keep(now)
    before = kept()
    lost = False
    for corpus, languages in now.items():
        print(f"{corpus}\n{table(languages)}\n")
        for change in changes(before.get(corpus, {}), languages):
            print(change)
            lost = lost or change.is_loss
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
