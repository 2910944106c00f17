"""Run in spaCy's own environment: the seconds that its small French model takes for texts.

Reads a JSON list of texts from standard input; prints the seconds of the fastest of three rounds.
"""

import json
import sys
import time
from typing import Any

import spacy


def main() -> None:
    texts = json.load(sys.stdin)
    french = spacy.load("fr_core_news_sm")
    print(min(_seconds(french, texts) for _ in range(3)))


def _seconds(french: Any, texts: list[str]) -> float:
    started = time.process_time()
    for _ in french.pipe(texts):
        pass
    return time.process_time() - started


if __name__ == "__main__":
    main()
