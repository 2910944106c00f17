"""`python -m bench`: measures every figure, prints them, writes `bench/results.json`; exit 1 where a line is missed."""

import sys

from bench import (
    against_spacy,
    clocks,
    clusters,
    coder,
    derivation,
    desk,
    exports,
    growth,
    intake,
    latency,
    pages,
    reading,
    working,
)
from bench.figures import table, write


def main() -> int:
    first = (derivation, coder, growth, against_spacy, intake, working, latency, clusters, desk, exports)
    figures = [figure for part in (*first, clocks, reading, pages) for figure in part.figures()]
    write(figures)
    print(table(figures))
    return 0 if all(figure.reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
