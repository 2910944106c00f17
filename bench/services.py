"""The program on services of a bench's own: what it is told, and its commands."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from server.scratch import Scratch

_ROOT = Path(__file__).resolve().parent.parent


def environment(scratch: Scratch, **more: str) -> dict[str, str]:
    """This process's environment with these services, and with ``more``."""
    return {**os.environ, **scratch.environment, "SECRET_KEY": "only-for-the-bench", "LOG_LEVEL": "ERROR", **more}


def manage(environment: Mapping[str, str], *words: str) -> str:
    """What the command printed. Raises CalledProcessError where it fails."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own words
    return done.stdout


def set_up(scratch: Scratch, *commands: str, **more: str) -> None:
    """Django in this process on these services, and these commands run."""
    os.environ.update(environment(scratch, DJANGO_SETTINGS_MODULE="config.settings", **more))
    import django  # noqa: PLC0415  the services' addresses come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for command in commands:
        call_command(command, verbosity=0)
