"""A throw-away PostgreSQL and Valkey: `python -m server.scratch COMMAND...` runs a command with them, tests do too."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server.child import Child
from server.errors import CannotStart
from server.places import Places
from server.postgres import Postgres
from server.valkey import Valkey

# Nothing here outlives the command, so nothing needs to survive a power cut.
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class Scratch:
    """Services whose addresses are known at once and which run between `start` and `stop`; then nothing is left."""

    def __init__(self, options: tuple[str, ...] = _FAST) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="caveat-"))
        # Started by root, PostgreSQL runs as `nobody`, who must be able to walk through.
        self._folder.chmod(0o711)
        places = Places(self._folder / "var")
        self._places = places
        self._postgres = Postgres(places=places, usual_port=0, options=options)
        self._valkey = Valkey(places=places, usual_port=0)
        self._children: list[Child] = []
        places.make()

    @property
    def environment(self) -> dict[str, str]:
        """What makes Django and Celery use these services."""
        return {"DATABASE_URL": self._postgres.url(), "REDIS_URL": self._valkey.url}

    @property
    def places(self) -> Places:
        return self._places

    def start(self) -> None:
        self._children = [self._postgres.start(time.sleep)]
        self._children.append(self._valkey.start(time.sleep))

    def stop(self) -> None:
        for child in reversed(self._children):
            child.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def main(words: list[str]) -> int:
    """The exit code of the command, which had a database and a broker of its own."""
    scratch = Scratch()
    try:
        scratch.start()
        return subprocess.run(words, env={**os.environ, **scratch.environment}, check=False).returncode
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        scratch.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
