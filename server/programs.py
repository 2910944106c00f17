"""The programs of the site: which command starts each, and which signal ends it well."""

import http.client
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from server.child import Child
from server.places import Places
from server.ports import LOOPBACK

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = sys.executable


def site(places: Places, environment: Mapping[str, str], port: int) -> Child:
    """Gunicorn: two processes of four threads. SIGTERM lets requests end, SIGQUIT does not."""
    return Child(
        name="web",
        argv=[
            *(_PYTHON, "-m", "gunicorn", "config.wsgi"),
            *("--bind", f"{LOOPBACK}:{port}", "--workers", "2", "--worker-class", "gthread", "--threads", "4"),
            *("--timeout", "60", "--graceful-timeout", "8", "--no-control-socket"),
            "--preload",  # one import for all processes: half the time to the first page
        ],
        notes=places.notes,
        logs=places.logs,
        cwd=ROOT,
        environment={**environment, "CAVEAT_ROLE": "web", "WEB_THREADS": "4"},
        # Its pool tries each connection before a page uses it, so it outlives both services.
        ready=lambda: answers(port),
    )


def worker(places: Places, environment: Mapping[str, str]) -> Child:
    """Celery's worker of two processes. SIGTERM lets tasks end; SIGQUIT drops them, and the sweep finds them again."""
    return Child(
        name="worker",
        argv=[
            *(_PYTHON, "-m", "celery", "-A", "config", "worker"),
            *("--concurrency", "2", "--loglevel", "INFO", "--hostname", "caveat@%h"),
            *("--without-gossip", "--without-mingle"),
        ],
        notes=places.notes,
        logs=places.logs,
        cwd=ROOT,
        environment={**environment, "CAVEAT_ROLE": "worker"},
        needs=frozenset({"postgres", "valkey"}),
        grace=15.0,
    )


def beat(places: Places, environment: Mapping[str, str]) -> Child:
    """Celery's beat, which orders the sweep each minute."""
    return Child(
        name="beat",
        argv=[
            *(_PYTHON, "-m", "celery", "-A", "config", "beat"),
            *("--schedule", str(places.notes / "beat-schedule"), "--pidfile", ""),
        ],
        notes=places.notes,
        logs=places.logs,
        cwd=ROOT,
        environment={**environment, "CAVEAT_ROLE": "beat"},
        needs=frozenset({"valkey"}),
        hurry_signal=signal.SIGTERM,
        grace=5.0,
    )


def command(places: Places, environment: Mapping[str, str], *words: str) -> Child:
    """One management command; its output stands in a log of its own."""
    return Child(
        name=words[0],
        argv=[_PYTHON, "manage.py", *words],
        notes=places.notes,
        logs=places.logs,
        cwd=ROOT,
        environment=environment,
        hurry_signal=signal.SIGTERM,
    )


def answers(port: int) -> bool:
    """Whether the site gives a page, or at least says that there is none."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
