"""`python -m bench [PART ...]`: measures every part or those named, and writes each into `results.json` at once.

A part is a module of this folder, and has a process of its own. Exit 1 where a line is missed, 2 for what is no part.
"""

import json
import os
import subprocess
import sys

from bench.figures import Figure, table, write

PARTS = (
    *("derivation", "coder", "growth", "against_spacy", "intake", "working", "latency", "clusters"),
    *("desk", "exports", "clocks", "reading", "pages"),
)
_PART = "import json; from bench import {0}; print(json.dumps([vars(figure) for figure in {0}.figures()]))"


def main(asked: list[str]) -> int:
    unknown = sorted(set(asked) - set(PARTS))
    if unknown:
        print(f"No such part: {', '.join(unknown)}. The parts are {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    reached = True
    for part in asked or PARTS:
        load = os.getloadavg()[0]
        found = _figures(part)
        write(part, found, load=load)
        print(table(found), flush=True)
        reached = reached and all(figure.reached for figure in found)
    return 0 if reached else 1


def _figures(part: str) -> list[Figure]:
    """Each sets Django up for services of its own, and leaves no memory behind that another would be charged with."""
    command = [sys.executable, "-c", _PART.format(part)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603  our own words
    return [Figure(**figure) for figure in json.loads(told.stdout.splitlines()[-1])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
