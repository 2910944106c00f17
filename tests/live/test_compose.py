"""docker-compose.yml and the Dockerfile without an engine: the specification, the promises, and every command in them.

The commands run as they stand, against Debian's own PostgreSQL and Redis: only names of services, ports, the secrets'
folder and /tmp are moved. Debian 12 has PostgreSQL 15 where the file asks for 18; what 18 alone understands is tried on
the embedded 18. The images themselves are not built here.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import yaml

from server import ports
from server.places import Places
from server.postgres import Postgres
from tests.live import debian
from tests.live.composing import COMPOSE, ROOT, Service, copied, instructions, said_with, services
from tests.live.guide import MAKE_SECRETS, shell_after
from tests.live.stack import Stack, copy_image_tree, folder

ASKED = {"ALLOWED_HOSTS": "caveat.example"}
SECRETS = ("secret_key", "secret_key_fallbacks", "database_password", "redis_password")


# --- What the files say


def check(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("check-jsonschema")
    words = [str(program), "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_composition_follows_the_specification(tmp_path: Path) -> None:
    assert check(COMPOSE).returncode == 0, check(COMPOSE).stdout
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text("utf-8").replace("cap_drop: [ALL]", "cap_drop: ALL"))
    assert check(broken).returncode == 1


@pytest.mark.parametrize("service", services(ASKED).values(), ids=lambda service: service.name)
def test_each_service_may_do_no_more_than_it_needs(service: Service) -> None:
    rest = service.rest
    assert rest["read_only"] is True
    assert rest["cap_drop"] == ["ALL"]
    assert rest["security_opt"] == ["no-new-privileges:true"]
    assert rest["user"] not in {"root", "0", "0:0"}
    assert rest["tmpfs"]
    assert ("ports" in rest) == (service.name == "web")
    assert bool(service.health) == (service.name != "migrate")
    assert rest["restart"] == ("no" if service.name == "migrate" else "unless-stopped")
    assert re.fullmatch(r"caveat:local|(postgres|redis):\d+\.\d+(\.\d+)?-bookworm", rest["image"])
    assert not [name for name in service.environment if "PASSWORD" in name and not name.endswith("_FILE")]


def test_only_this_machine_reaches_the_site_and_nothing_else() -> None:
    assert services(ASKED)["web"].rest["ports"] == ["127.0.0.1:8000:8000"]
    networks = yaml.safe_load(COMPOSE.read_text("utf-8"))["networks"]
    assert networks["back"] == {"internal": True}
    inside = {name for name, service in services(ASKED).items() if service.rest["networks"] == ["back"]}
    assert inside == {"beat", "migrate", "db", "redis"}


def test_who_waits_for_whom() -> None:
    waits = {
        name: {of: how["condition"].removeprefix("service_") for of, how in service.rest.get("depends_on", {}).items()}
        for name, service in services(ASKED).items()
    }
    served = {"migrate": "completed_successfully", "db": "healthy", "redis": "healthy"}
    assert waits == {
        "web": served,
        "worker": served,
        "beat": {"migrate": "completed_successfully", "redis": "healthy"},
        "migrate": {"db": "healthy"},
        "db": {},
        "redis": {},
    }


def test_without_the_names_of_the_site_it_does_not_start() -> None:
    with pytest.raises(KeyError, match="ALLOWED_HOSTS"):
        services({})


def test_every_secret_comes_from_a_file_and_goes_where_it_is_needed() -> None:
    said = said_with(yaml.safe_load(COMPOSE.read_text("utf-8")), ASKED)
    assert said["secrets"] == {name: {"file": f"./secrets/{name}"} for name in SECRETS}
    for name, service in said["services"].items():
        read = set(re.findall(r"/run/secrets/(\w+)", json.dumps(service)))
        assert read == set(service["secrets"]), name


def test_the_image_is_pinned_takes_what_is_there_and_runs_as_nobody_in_particular() -> None:
    said = list(instructions())
    images = [rest.split()[0] for word, rest in said if word == "FROM"]
    assert all(re.search(r":\d+\.\d+\.\d+-", image) for image in images)
    assert not [source for source in copied() if not (ROOT / source).exists()]
    assert [rest for word, rest in said if word == "USER"] == [services(ASKED)["web"].rest["user"]]
    runs = " ".join(rest for word, rest in said if word == "RUN")
    assert "sh scripts/install.sh requirements.txt" in runs
    assert "requirements-dev" not in runs
    assert (ROOT / "scripts" / "install.sh").read_text().count("--require-hashes") == 3
    [command] = [json.loads(rest) for word, rest in said if word == "CMD"]
    assert command == services(ASKED)["web"].argv


def test_only_what_the_image_takes_reaches_the_engine() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(set(copied()))


# --- What the commands do


@pytest.fixture(scope="module")
def database(stack_folder: Path) -> Iterator[int]:
    """The port of Debian's PostgreSQL, made as the image of the file makes it: its user, its password, its database."""
    debian.need_servers()
    places = Places(stack_folder / "var")
    places.make()
    make_secrets(stack_folder)
    db = services(ASKED, {"/run/secrets": str(stack_folder / "secrets")})["db"]
    user, password = db.environment["POSTGRES_USER"], Path(db.environment["POSTGRES_PASSWORD_FILE"]).read_text()
    with debian.postgres(stack_folder, places, user=user, password=password, words=db.argv[1:]) as port:
        with psycopg.connect(
            host=ports.LOOPBACK, port=port, user=user, password=password, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("CREATE DATABASE caveat")
        yield port


@pytest.fixture(scope="module")
def stack_folder() -> Iterator[Path]:
    with folder() as path:
        yield path


def make_secrets(where: Path) -> None:
    """The secrets, by the commands of the guide."""
    subprocess.run(["sh", "-ec", shell_after(MAKE_SECRETS)], cwd=where, check=True)


@pytest.fixture(scope="module")
def as_built(stack_folder: Path) -> set[Path]:
    """What stands in the image before anything has run in it."""
    copy_image_tree(stack_folder / "tree")
    return set((stack_folder / "tree").rglob("*"))


@pytest.fixture(scope="module")
def stack(stack_folder: Path, database: int, as_built: set[Path]) -> Iterator[Stack]:
    """Every service of the file, started in the order that it asks for, each healthy by its own health check."""
    web, redis = ports.choose(0), ports.choose(0)
    (stack_folder / "tmp").mkdir()
    moved = {
        "@db:5432": f"@{ports.LOOPBACK}:{database}",
        "5432": str(database),
        "//redis:6379": f"//{ports.LOOPBACK}:{redis}",
        "6379": str(redis),
        "bind * -::*": f"bind {ports.LOOPBACK}",
        "0.0.0.0:8000": f"{ports.LOOPBACK}:{web}",
        f"{ports.LOOPBACK}:8000": f"{ports.LOOPBACK}:{web}",
        "/run/secrets": str(stack_folder / "secrets"),
        "/tmp": str(stack_folder / "tmp"),
    }
    stack = Stack(stack_folder / "tree", Places(stack_folder / "var"), services(ASKED, moved), web)
    assert stack.is_healthy("db")
    with ExitStack() as started:
        started.callback(stack.start("redis").stop)
        done = stack.run("migrate", stack.services["migrate"].argv)
        assert done.returncode == 0, done.stderr
        for name in ("beat", "worker", "web"):
            started.callback(stack.start(name).stop)
        yield stack


def test_every_service_is_started(stack: Stack) -> None:
    running = {note.stem for note in stack.places.notes.glob("*.json")} - {"postgres"}
    assert running | {"db", "migrate"} == set(stack.services) == {"web", "worker", "beat", "migrate", "db", "redis"}


def test_visitors_get_pages_and_packed_scripts_over_https_alone(stack: Stack) -> None:
    status, headers, body = stack.get("/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Ukraine" in body
    assert stack.get("/", **{"X-Forwarded-Proto": "http"})[0] == 301
    assert stack.get("/", Host="elsewhere.example")[0] == 400
    [script] = re.findall(rb'"(/static/vendor/plotly[^"]*js)"', stack.get("/timeline/")[2])
    status, headers, _ = stack.get(script.decode(), **{"Accept-Encoding": "br"})
    assert (status, headers["Content-Encoding"]) == (200, "br")


def test_the_worker_sweeps_and_the_site_says_so(stack: Stack) -> None:
    sent = stack.run("beat", ["celery", "-A", "config", "call", "restrictions.tasks.sweep"])
    assert sent.returncode == 0, sent.stderr
    told = wait_for_sweep(stack)
    assert told["ready"] is told["broker"] is True
    assert told["oldest_waiting_seconds"] is None


def wait_for_sweep(stack: Stack) -> dict[str, object]:
    end = time.monotonic() + 30
    while (told := json.loads(stack.get("/health/")[2]))["last_sweep_seconds"] is None:
        assert time.monotonic() < end, told
        time.sleep(0.2)
    return dict(told)


def test_a_curator_is_made_and_the_record_is_clean(stack: Stack) -> None:
    assert "first-curator" in stack.run("web", ["python", "manage.py", "create_first_curator"]).stdout
    assert "The record is clean" in stack.run("web", ["python", "manage.py", "check_record"]).stdout


def test_the_one_off_service_may_run_again(stack: Stack) -> None:
    done = stack.run("migrate", stack.services["migrate"].argv)
    assert done.returncode == 0, done.stderr
    assert "already held" in done.stdout


def test_nothing_was_written_into_the_image(stack: Stack, as_built: set[Path]) -> None:
    assert set(stack.tree.rglob("*")) == as_built


def test_health_checks_fail_where_nothing_runs(stack: Stack) -> None:
    """A check that cannot fail says nothing: each is asked again of services that are not there."""
    nowhere = {"5432": "1", "6379": "1", f"{ports.LOOPBACK}:8000": f"{ports.LOOPBACK}:1", "/tmp": "/nowhere"}
    nowhere["/run/secrets"] = str(stack.tree.parent / "secrets")
    gone = Stack(stack.tree, stack.places, services(ASKED, nowhere), 1)
    assert not [name for name in ("db", "redis", "web", "worker", "beat") if gone.is_healthy(name)]


def test_what_postgresql_18_alone_understands_is_understood_by_it() -> None:
    db = services(ASKED)["db"]
    assert db.rest["image"].startswith("postgres:18.")
    with folder() as where:
        postgres = Postgres(places=Places(where))
        data, owner = where / "data", postgres.user or (None, None)
        data.mkdir(mode=0o700)
        if postgres.user:
            os.chown(data, *postgres.user)
        done = subprocess.run(
            [postgres.programs / "initdb", "-D", data, *db.environment["POSTGRES_INITDB_ARGS"].split()],
            cwd="/",
            user=owner[0],
            group=owner[1],
            extra_groups=[] if postgres.user else None,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert re.search(r"locale provider:\s+builtin", done.stdout)
