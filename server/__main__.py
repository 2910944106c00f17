"""`python -m server`: the whole program, until Ctrl-C or SIGTERM."""

import os
import sys
from pathlib import Path

from server import reasons
from server.errors import CannotStart
from server.places import Places
from server.programs import ROOT
from server.supervisor import Supervisor
from server.wishes import Wishes, with_file


def main() -> int:
    """The exit code: 0 for an end that was asked for, 1 for one that was not, explained in a sentence."""
    try:
        os.environ.update(with_file(os.environ, ROOT / ".env"))
        wishes = Wishes.read(os.environ)
        places = Places(Path(os.environ.get("CAVEAT_VAR") or ROOT / "var"))
        Supervisor(wishes=wishes, places=places).run()
    except CannotStart as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        print(reasons.of_refusal(error), file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
