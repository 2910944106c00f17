"""`python -m bench`: measures every figure, prints them, writes `bench/results.json`; exit 1 where a line is missed."""

import sys

from bench import clusters, coder, derivation, intake, working
from bench.figures import table, write


def main() -> int:
    figures = [*derivation.figures(), *coder.figures(), *intake.figures(), *working.figures(), *clusters.figures()]
    write(figures)
    print(table(figures))
    return 0 if all(figure.reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
