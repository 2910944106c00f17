"""What the settings say when the environment says nothing, or half of it: each read by a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ENV = ROOT / "config" / "env.py"
EXAMPLE = ROOT / ".env.example"
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


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_process_that_signs_says_so_without_a_key(tmp_path: Path, role: str) -> None:
    assert "Set SECRET_KEY" in read(tmp_path, "DEBUG", CAVEAT_ROLE=role).stderr


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


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", "perhaps", "DEBUG is “perhaps”. It takes 1 or 0."),
        ("HTTPS", "2", "HTTPS is “2”. It takes 1 or 0."),
        ("WEB_THREADS", "none", "WEB_THREADS is “none”. It takes a whole number above 0."),
        ("WEB_THREADS", "0", "It takes a whole number above 0."),
        ("LOG_LEVEL", "loud", "It takes DEBUG, INFO, WARNING, ERROR, CRITICAL."),
        ("CONTACT", "ask the desk", "It takes an address such as https://example.org/about"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL is no address of a service."),
        ("REDIS_URL", "http://127.0.0.1", "It takes one that starts with redis:// or rediss:// or unix://."),
        ("CODER_URL", "ftp://127.0.0.1", "It takes one that starts with http:// or https://."),
        ("CODER_URL", "http://127.0.0.1/v1", "CODER_URL names an endpoint, and CODER_MODEL names no model for it."),
        ("SECRET_KEY_FILE", "/nowhere/at/all", "SECRET_KEY_FILE names /nowhere/at/all, which cannot be read"),
    ],
)
def test_nonsense_ends_the_start_with_one_sentence(tmp_path: Path, name: str, value: str, told: str) -> None:
    ended = read(tmp_path, "DEBUG", **{name: value})
    assert ended.returncode == 1
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(("said", "meant"), [("on", True), ("Yes", True), ("off", False), ("", False)])
def test_a_switch_takes_the_usual_words(tmp_path: Path, said: str, meant: bool) -> None:
    assert json.loads(read(tmp_path, "DEMO", DEMO=said).stdout) == {"DEMO": meant}


def test_the_example_names_every_variable_that_is_read_and_no_other() -> None:
    read_here = set(re.findall(r'_(?:secret|flag|number|level|read\.\w+)\(\s*"([A-Z_]+)"', ENV.read_text("utf-8")))
    told = set(re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    of_the_supervisor = {"PORT", "CAVEAT_VAR"}
    files = {name for name in told if name.endswith("_FILE")}
    assert told - files - of_the_supervisor == read_here
    assert {name.removesuffix("_FILE") for name in files} <= read_here
