"""The services as an operator starts them, in a copy of what the image holds, with nothing of this shell."""

import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from server import ports
from server.child import Child
from server.places import Places
from tests.live.composing import ROOT, Service, copied, image_environment
from tests.live.starting import UNFINISHED

_COMPILED = ("config", "dashboard", "restrictions")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that any user can walk to: PostgreSQL runs as another one where the tests run as root."""
    path = Path(tempfile.mkdtemp(prefix="caveat-stack-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def copy_image_tree(target: Path) -> None:
    """What the image takes from the tree, the static files that it would collect, and the bytecode that it writes."""
    target.mkdir()
    for name in [*dict.fromkeys(copied()), "staticfiles"]:
        (target / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=UNFINISHED)
        else:
            shutil.copy(ROOT / name, target / name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", *_COMPILED], cwd=target, check=True)


@dataclass
class Stack:
    """The services, the copy that they run in, and where the site answers."""

    tree: Path
    places: Places
    services: dict[str, Service]
    web_port: int

    def environment(self, name: str) -> dict[str, str]:
        """What the service would see; an engine sets HOSTNAME."""
        return {**image_environment(), "HOSTNAME": socket.gethostname(), **self.services[name].environment}

    def run(self, name: str, words: list[str]) -> subprocess.CompletedProcess[str]:
        """A command in the environment of this service."""
        environment = self.environment(name)
        return subprocess.run(
            words, cwd=self.tree, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    def start(self, name: str) -> Child:
        """The service runs and is healthy, by its own health check where it has one."""
        health = self.services[name].health
        child = Child(
            name=name,
            argv=self.services[name].argv,
            notes=self.places.notes,
            logs=self.places.logs,
            cwd=self.tree,
            environment=self.environment(name),
            ready=partial(self.is_healthy, name) if health else lambda: True,
            ready_seconds=90,
        )
        child.start()
        try:
            child.wait_ready()
        except BaseException:
            child.stop()
            raise
        return child

    def is_healthy(self, name: str) -> bool:
        return self.run(name, self.services[name].health).returncode == 0

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """What a visitor gets through a proxy that has the certificate."""
        connection = http.client.HTTPConnection(ports.LOOPBACK, self.web_port, timeout=30)
        sent = {"Host": "caveat.example", "X-Forwarded-Proto": "https", **headers}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body
