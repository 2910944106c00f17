"""A backup and its restore, and the whole record exported and loaded, for real, on PostgreSQL 18.

What comes back is compared row by row and answer by answer, and goes on working.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from server import ports
from server.postgres import Postgres
from server.scratch import Scratch

ROOT = Path(__file__).resolve().parents[2]
OWNER, PASSWORD = "keeper", "kept"
_FILL = """
from django.core.management import call_command
from restrictions.pipelines.coding import code_waiting
call_command("load_reference")
call_command("load_starter")
call_command("ingest", "restrictions/demo/kharkiv.fr.txt", synthetic=True)
assert code_waiting() == 1
"""
_ACCEPT = """
from django.contrib.auth.models import User
from restrictions.actions.claims import accept_claim
from restrictions.models import Claim, PositionVersion
before = PositionVersion.objects.count()
claim = Claim.objects.proposed().order_by("pk").first()
accept_claim(claim=claim.pk, by=User.objects.get(username="starter-record"))
print(PositionVersion.objects.count() - before)
"""
_ANSWERS = "from tests.live.asking import answers; print(answers())"
_CHANGE = "from tests.live.asking import change_at_random; change_at_random(20)"

# What a database consists of, each as rows that are equal where the thing is.
_PARTS = {
    "tables": "SELECT relname, relkind, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "columns": "SELECT table_name, column_name, data_type, column_default, is_nullable, is_generated"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "sequences": "SELECT sequencename, last_value, start_value, increment_by FROM pg_sequences",
}
# PostgreSQL writes a condition's casts and brackets in another way once it has read its own writing.
_WRITTEN_ANEW = re.compile(r"::(text|character varying|bpchar)(\[\])?|[()]")


@dataclass(frozen=True)
class Database:
    """A database of a role that owns it and may nothing else, as the guide makes it."""

    port: int
    name: str

    @property
    def url(self) -> str:
        return f"postgres://{OWNER}:{PASSWORD}@{ports.LOOPBACK}:{self.port}/{self.name}"

    def manage(self, *words: str, as_: str = "") -> str:
        """What the command prints, run by a process of its own against this database, as its owner unless said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": as_ or self.url},
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self) -> dict[str, str]:
        """By address: what the program answers from this database."""
        said: dict[str, str] = json.loads(self.manage("shell", "--no-imports", "--command", _ANSWERS))
        return said

    def part(self, name: str) -> list[str]:
        """One kind of what the database consists of beside its rows."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(_PARTS[name].encode()).fetchall()
        return sorted(_WRITTEN_ANEW.sub("", repr(row)) for row in rows)

    def rows(self) -> dict[str, tuple[object, ...]]:
        """Of each table: how many rows it holds, and a hash over all that stands in them."""
        with psycopg.connect(self.url) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            hashed = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} t"
            found = {name: connection.execute(hashed.format(f'"{name}"').encode()).fetchone() for (name,) in names}
        return {name: row for name, row in found.items() if row}


@dataclass(frozen=True)
class Cluster:
    """The server, its programs, and the address of its superuser."""

    programs: Path
    url: str
    port: int

    def execute(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def new_database(self, name: str, like: str = "template0") -> Database:
        self.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {like}")
        return Database(self.port, name)

    def superuser_of(self, database: Database) -> str:
        return f"{self.url.rpartition('/')[0]}/{database.name}"

    def run(self, program: str, *words: str) -> None:
        done = subprocess.run([self.programs / program, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def cluster(services: Scratch) -> Iterator[Cluster]:
    url = services.environment["DATABASE_URL"].rpartition("/")[0] + "/postgres"
    port = int(url.rpartition(":")[2].partition("/")[0])
    cluster = Cluster(Postgres(places=services.places).programs, url, port)
    cluster.execute(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'")
    yield cluster
    cluster.execute(*(f"DROP DATABASE IF EXISTS {name}" for name in ("restored", "loaded", "kept", "migrated")))
    cluster.execute(f"DROP ROLE {OWNER}")


@pytest.fixture(scope="module")
def migrated(cluster: Cluster) -> str:
    """The name of a database whose owner made the tables in it, and no more: what is made like it is the same."""
    migrated = cluster.new_database("migrated")
    migrated.manage("migrate", "--skip-checks")
    return migrated.name


@pytest.fixture(scope="module")
def kept(cluster: Cluster, migrated: str) -> Database:
    """The starter record, a dispatch with claims that were decided and that wait, and changes of every kind since."""
    kept = cluster.new_database("kept", like=migrated)
    kept.manage("shell", "--no-imports", "--command", _FILL + _ACCEPT)
    kept.manage("shell", "--no-imports", "--command", _CHANGE, as_=cluster.superuser_of(kept))
    return kept


@pytest.fixture(scope="module")
def archive(kept: Database, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The whole record as a file. The audit log says so: it is written before the backup."""
    path = str(tmp_path_factory.mktemp("archive") / "record.zip")
    kept.manage("export_record", path, "--bodies")
    return path


@pytest.fixture(scope="module")
def restored(cluster: Cluster, kept: Database, archive: str, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The database out of the backup, restored as the guide says."""
    dump = tmp_path_factory.mktemp("backup") / "caveat.dump"
    restored = cluster.new_database("restored")
    cluster.run("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={kept.url}")
    superuser = cluster.superuser_of(restored)
    cluster.run("pg_restore", "--exit-on-error", "--no-owner", "--role", OWNER, f"--dbname={superuser}", str(dump))
    return restored


@pytest.fixture(scope="module")
def loaded(cluster: Cluster, migrated: str, archive: str) -> Database:
    """An installation that was only migrated, and has loaded the exported record, as the guide says."""
    loaded = cluster.new_database("loaded", like=migrated)
    loaded.manage("load_record", archive)
    return loaded


@pytest.fixture(scope="module")
def answered(kept: Database) -> dict[str, str]:
    """What the program answers from the database of before."""
    return kept.answers()


@pytest.mark.parametrize("copy", ["restored", "loaded"])
def test_every_query_is_answered_alike(copy: str, answered: dict[str, str], request: pytest.FixtureRequest) -> None:
    copied: Database = request.getfixturevalue(copy)
    assert {said.partition(" ")[0] for said in answered.values()} == {"200"}
    assert len({said for address, said in answered.items() if address.startswith("/timeline.csv")}) >= 4
    again = copied.answers()
    assert [address for address in answered if again[address] != answered[address]] == []


def test_a_loaded_record_goes_on_and_gets_its_first_curator(loaded: Database) -> None:
    assert "The record is clean" in loaded.manage("check_record")
    assert "first-curator" in loaded.manage("prepare")
    assert int(loaded.manage("shell", "--no-imports", "--command", _ACCEPT)) >= 1
    assert "The record is clean" in loaded.manage("check_record")


def test_every_row_of_every_table_comes_back(kept: Database, restored: Database) -> None:
    before = kept.rows()
    full = {name for name, (count, _) in before.items() if count}
    assert {"restrictions_claim", "restrictions_positionversion", "restrictions_dispatchversion"} <= full
    assert restored.rows() == before


@pytest.mark.parametrize("part", _PARTS)
def test_what_guards_the_rows_comes_back(part: str, kept: Database, restored: Database) -> None:
    assert kept.part(part)
    assert restored.part(part) == kept.part(part)


def test_the_restored_record_is_clean_and_waits_for_no_migration(restored: Database) -> None:
    assert "The record is clean" in restored.manage("check_record")
    assert "No planned migration operations." in restored.manage("migrate", "--plan")


def test_a_difference_would_be_seen(kept: Database, restored: Database) -> None:
    with psycopg.connect(restored.url) as connection:
        connection.execute("UPDATE auth_user SET first_name = first_name || '.' WHERE username = 'starter-record'")
    different = {name for name, row in restored.rows().items() if row != kept.rows()[name]}
    assert different == {"auth_user"}


def test_the_record_goes_on_where_it_was(restored: Database) -> None:
    versions = restored.manage("shell", "--no-imports", "--command", _ACCEPT)
    assert int(versions) >= 1
    assert "The record is clean" in restored.manage("check_record")


def test_the_triggers_still_refuse(restored: Database) -> None:
    with psycopg.connect(restored.url) as connection, pytest.raises(psycopg.Error, match="never changes"):
        connection.execute("UPDATE restrictions_dispatchversion SET body = 'another text'")
    with psycopg.connect(restored.url) as connection, pytest.raises(psycopg.Error, match="is history"):
        connection.execute("DELETE FROM restrictions_revision")
