"""What the settings say when the environment says nothing, or half of it: each read by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_SHOW = """
import json
from config import settings
names = %r
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def read(tmp_path: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The settings of these names, out of a process that has only this environment and no running services."""
    return subprocess.run(
        [sys.executable, "-c", _SHOW % (names,)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CAVEAT_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_unset_means_safe(tmp_path: Path) -> None:
    names = ("DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS")
    assert json.loads(read(tmp_path, *names).stdout) == {
        "DEBUG": False,
        "DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    }


def test_a_forwarded_header_is_trusted_only_on_request(tmp_path: Path) -> None:
    assert "no attribute" in read(tmp_path, "SECURE_PROXY_SSL_HEADER").stderr
    told = json.loads(read(tmp_path, "SECURE_PROXY_SSL_HEADER", TRUST_PROXY="1").stdout)
    assert told == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_a_web_process_without_a_key_says_so(tmp_path: Path) -> None:
    assert "Set SECRET_KEY" in read(tmp_path, "DEBUG", CAVEAT_ROLE="web").stderr


@pytest.mark.parametrize(("role", "pooled"), [("web", True), ("worker", False), ("beat", False)])
def test_only_web_processes_keep_a_pool(tmp_path: Path, role: str, pooled: bool) -> None:
    told = json.loads(read(tmp_path, "DATABASES", CAVEAT_ROLE=role, SECRET_KEY="k").stdout)
    assert ("pool" in told["DATABASES"]["default"]["OPTIONS"]) is pooled


def test_a_command_finds_the_services_of_the_running_program(tmp_path: Path) -> None:
    (tmp_path / "services.env").write_text("DATABASE_URL=postgres://u:p@127.0.0.1:9/d\nREDIS_URL=redis://:p@h:1/2\n")
    told = json.loads(read(tmp_path, "DATABASES", "CACHES", "CELERY_BROKER_URL").stdout)
    assert told["DATABASES"]["default"]["PORT"] == 9
    assert told["CELERY_BROKER_URL"] == "redis://:p@h:1/2"
    assert told["CACHES"]["default"]["LOCATION"] == "redis://:p@h:1/3"
