"""Secrets out of files: what systemd and containers hand to a program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
_SHOW = """
import json
from config import env
print(json.dumps({name: value for name, value in vars(env).items() if name.isupper()}, default=str))
"""


def read(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `config.env` reads in a process that has only this environment and no running services."""
    return subprocess.run(
        [sys.executable, "-c", _SHOW],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CAVEAT_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def told(tmp_path: Path, **environment: str) -> dict[str, Any]:
    done = read(tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def secret(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return str(path)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    filed = {"SECRET_KEY": "long and random", "DATABASE_URL": "postgres://a@b/c", "REDIS_URL": "redis://b/0"}
    found = told(tmp_path, **{f"{name}_FILE": secret(tmp_path, name, f"{value}\n") for name, value in filed.items()})
    assert {name: found[name] for name in filed} == filed


def test_the_variable_itself_goes_before_its_file(tmp_path: Path) -> None:
    found = told(tmp_path, SECRET_KEY="said", SECRET_KEY_FILE=secret(tmp_path, "key", "filed"))
    assert found["SECRET_KEY"] == "said"


def test_passwords_join_their_addresses_whatever_they_hold(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        DATABASE_URL="postgres://caveat@db:5432/caveat",
        DATABASE_PASSWORD_FILE=secret(tmp_path, "database", "p@ss/w:rd%é\n"),
        REDIS_URL="redis://redis:6379/0",
        REDIS_PASSWORD_FILE=secret(tmp_path, "redis", "a#b?c\n"),
    )
    assert found["DATABASE_URL"] == "postgres://caveat:p%40ss%2Fw%3Ard%25%C3%A9@db:5432/caveat"
    assert found["REDIS_URL"] == "redis://:a%23b%3Fc@redis:6379/0"


def test_an_address_that_has_a_password_keeps_it(tmp_path: Path) -> None:
    url = "postgres://caveat:own@[::1]:5432/caveat"
    assert told(tmp_path, DATABASE_URL=url, DATABASE_PASSWORD="other")["DATABASE_URL"] == url


def test_keys_of_before_are_a_list(tmp_path: Path) -> None:
    assert told(tmp_path)["SECRET_KEY_FALLBACKS"] == []
    assert told(tmp_path, SECRET_KEY_FALLBACKS_FILE=secret(tmp_path, "none", "\n"))["SECRET_KEY_FALLBACKS"] == []
    assert told(tmp_path, SECRET_KEY_FALLBACKS="one,two")["SECRET_KEY_FALLBACKS"] == ["one", "two"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = read(tmp_path, SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert f"SECRET_KEY_FILE names {tmp_path / 'nowhere'}, which cannot be read" in done.stderr
