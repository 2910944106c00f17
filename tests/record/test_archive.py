"""The whole record as one file: what it holds, what it refuses, and that loading is all or nothing."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.utils import timezone
from pghistory.models import Context

from restrictions.actions.claims import accept_claim, reject_claim, undo_decision
from restrictions.actions.curators import make_first_curator
from restrictions.domain.archive import ArchiveRefused, Manifest, manifest_bytes, read_manifest
from restrictions.models import Claim, Dispatch, DispatchState, DispatchVersion, Entry, Position, PositionVersion
from restrictions.pipelines.archiving import export_archive, load_archive
from restrictions.queries.archive import CARRIED, LEFT
from restrictions.queries.invariants import breaches
from tests.record.rows import claim_row, make_curator, make_dispatch_version, make_reference

pytestmark = pytest.mark.django_db

BODY = "The ministry said that ATACMS are not to be fired into Russia."
NOBODY_ELSES = "pbkdf2_sha256$only$this"


def tell() -> None:
    """A record of one position in two versions, a position that is gone, and a dispatch that waits."""
    make_reference()
    by = make_curator()
    User.objects.filter(pk=by.pk).update(password=NOBODY_ELSES, email="berta@desk.example", is_staff=True)
    User.objects.create_user("passer-by")
    version = make_dispatch_version("Ban", BODY)
    quoted = {"dispatch_version": version, "quote": BODY[4:12], "quote_in": "body", "quote_start": 4, "quote_end": 12}
    for key, weapon in (("ban", "atacms"), ("gone", "long_range")):
        claim_row(key, weapon_id=weapon, **quoted).save()
        accept_claim(claim=Claim.objects.get(key=key).pk, by=by)
    undo_decision(claim=Claim.objects.get(key="gone").pk, by=by, reason="Read again")
    reject_claim(claim=Claim.objects.get(key="gone").pk, by=by, reason="Not its own")
    Dispatch.objects.filter(pk=version.dispatch_id).update(state=DispatchState.CODED)
    Dispatch.objects.create(
        state=DispatchState.CODING, lease_token="6f1c1bd3-3a44-4a1c-9f5e-2f9c6e8a0f11", leased_until=timezone.now()
    )


def everything() -> dict[str, list[Any]]:
    """Every row of the carried tables as the database writes it."""
    found = {}
    with connection.cursor() as cursor:
        for model in CARRIED:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t ORDER BY 1")
            found[model._meta.db_table] = cursor.fetchall()
    return found


def deferred_again() -> None:
    """As after the end of the loading's transaction, which these tests never reach."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def archived(tmp_path: Path) -> Callable[..., tuple[Path, dict[str, list[Any]]]]:
    """An archive of the record above, whose database is empty again, and what stood in it."""

    def make(**options: bool) -> tuple[Path, dict[str, list[Any]]]:
        path = tmp_path / "record.zip"
        with transaction.atomic():
            tell()
            export_archive(path, bodies=options.get("bodies", True), now=timezone.now())
            held = everything()
            transaction.set_rollback(True)
        return path, held

    return make


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with something changed inside."""
    with zipfile.ZipFile(path) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return path


def said_otherwise(files: dict[str, bytes], **changes: Any) -> None:
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | changes).encode()


def test_every_table_is_carried_or_left_behind_for_a_reason() -> None:
    known = {model for model in apps.get_app_config("restrictions").get_models() if not model._meta.proxy}
    rights = {model for model in known if model.__name__.removesuffix("Event") in {"Account", "Membership"}}
    rights |= {model for model in known if model.__name__ in {"GroupRightEvent", "UserRightEvent"}}
    left = {*LEFT, *(model.pgh_event_model for model in LEFT if hasattr(model, "pgh_event_model")), *rights}
    assert known == {*CARRIED, *left}
    assert not left & set(CARRIED)
    for model in CARRIED:
        for column in model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey):
                assert column.related_model in {*CARRIED, User, Context}, column


def test_a_loaded_record_has_every_row_as_it_was(archived: Callable[..., tuple[Path, dict[str, list[Any]]]]) -> None:
    path, held = archived()
    call_command("load_record", str(path))
    loaded = everything()
    queue = held.pop("restrictions_dispatch"), loaded.pop("restrictions_dispatch")
    assert loaded == held
    assert len(queue[0]) == len(queue[1]) == 2
    assert Dispatch.objects.filter(state=DispatchState.NEW, lease_token=None).count() == 1
    assert PositionVersion.objects.count() > Position.objects.count() == 1


def test_numbers_go_on_after_the_last_that_was_given(archived: Callable[..., tuple[Path, Any]]) -> None:
    path, _ = archived()
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM restrictions_position_id_seq")
        [(last,)] = cursor.fetchall()
        cursor.execute("SELECT setval('restrictions_position_id_seq', 1)")
    load_archive(path)
    assert last > max(Position.objects.values_list("pk", flat=True))
    deferred_again()
    gone = Claim.objects.get(key="gone").pk
    undo_decision(claim=gone, by=make_curator(), reason="After all")
    accept_claim(claim=gone, by=make_curator())
    assert Position.objects.get(weapon_id="long_range").pk == last + 1
    assert list(breaches()) == []


def test_the_archive_holds_no_secret_and_its_people_cannot_sign_in(archived: Callable[..., tuple[Path, Any]]) -> None:
    path, _ = archived()
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(path) as zipped:
        held = b"".join(zipped.read(name) for name in zipped.namelist())
    for secret in (NOBODY_ELSES, "berta@desk.example", "passer-by", "6f1c1bd3"):
        assert secret.encode() not in held
    load_archive(path)
    [person] = User.objects.all()
    assert (person.username, person.email, person.is_active, person.is_staff) == ("curator", "", False, False)
    assert not person.has_usable_password()
    made = make_first_curator()
    assert made
    assert made[0] == "curator-2"


def test_texts_of_dispatches_are_carried_only_where_asked_for(archived: Callable[..., tuple[Path, Any]]) -> None:
    path, _ = archived(bodies=False)
    with zipfile.ZipFile(path) as zipped:
        assert b"not to be fired" not in b"".join(zipped.read(name) for name in zipped.namelist())
    load_archive(path)
    version = DispatchVersion.objects.get()
    assert (version.title, version.body, version.body_dropped_at is None) == ("Ban", "", False)
    waited = Dispatch.objects.get(state=DispatchState.QUARANTINED)
    assert "not in the archive" in waited.outcome
    assert not Dispatch.objects.coded_otherwise_than("another").exists()
    deferred_again()
    undo_decision(claim=Claim.objects.get(key="ban").pk, by=make_curator(), reason="Read again")
    assert list(breaches()) == []


def test_the_export_is_in_the_audit_log_and_overwrites_nothing(tmp_path: Path) -> None:
    make_reference()
    call_command("export_record", str(tmp_path / "a.zip"))
    assert "a.zip: the whole record" in Entry.objects.get(kind="exported").what
    with pytest.raises(CommandError, match="there already"):
        call_command("export_record", str(tmp_path / "a.zip"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_an_export_that_stops_leaves_no_file(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE restrictions_weapon RENAME TO weapons")
    with pytest.raises(Exception, match="restrictions_weapon"), transaction.atomic():
        export_archive(tmp_path / "a.zip", bodies=False, now=timezone.now())
    assert list(tmp_path.iterdir()) == []


def test_an_installation_that_holds_something_is_refused(archived: Callable[..., tuple[Path, Any]]) -> None:
    path, _ = archived()
    make_reference()
    with pytest.raises(CommandError, match=r"not empty \(countries: 4\).*manage\.py migrate"):
        call_command("load_record", str(path))


def drop_a_line(files: dict[str, bytes]) -> None:
    files["restrictions_weapon.csv"] = files["restrictions_weapon.csv"].replace(b"atacms", b"tomaha")


def count_otherwise(files: dict[str, bytes]) -> None:
    parts = json.loads(files["manifest.json"])["parts"]
    said_otherwise(files, parts=[part | {"rows": part["rows"] + 1} for part in parts])


def name_other_columns(files: dict[str, bytes]) -> None:
    parts = json.loads(files["manifest.json"])["parts"]
    said_otherwise(files, parts=[part | {"columns": part["columns"][:-1]} for part in parts])


BROKEN: dict[str, Callable[[dict[str, bytes]], Any]] = {
    "the file is broken": drop_a_line,
    "the list of contents says": count_otherwise,
    "another version of the program": name_other_columns,
    "a part of it is missing": lambda files: files.pop("restrictions_mark.csv"),
    "cannot be read": lambda files: files.update({"manifest.json": b"{"}),
    "reads format 1": lambda files: said_otherwise(files, format=2),
}


@pytest.mark.parametrize("why", BROKEN)
def test_a_broken_archive_changes_nothing(why: str, archived: Callable[..., tuple[Path, Any]]) -> None:
    path, _ = archived()
    with pytest.raises(ArchiveRefused, match=why), transaction.atomic():
        load_archive(rewritten(path, BROKEN[why]))
    assert not any(everything().values())
    assert not User.objects.exists()


def test_a_record_that_is_not_sound_is_not_loaded(tmp_path: Path) -> None:
    with transaction.atomic():
        tell()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE restrictions_position SET status = 'allowed'")
            cursor.execute("SET LOCAL session_replication_role = origin")
        export_archive(tmp_path / "a.zip", bodies=True, now=timezone.now())
        transaction.set_rollback(True)
    with pytest.raises(ArchiveRefused, match="not sound: a stored position is not what the claims give"):
        load_archive(tmp_path / "a.zip")
    assert not any(everything().values())


def test_rows_that_the_database_refuses_are_not_loaded(tmp_path: Path) -> None:
    with transaction.atomic():
        tell()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("DELETE FROM restrictions_revision")
            cursor.execute("SET LOCAL session_replication_role = origin")
        export_archive(tmp_path / "a.zip", bodies=True, now=timezone.now())
        transaction.set_rollback(True)
    with pytest.raises(ArchiveRefused, match=r"The database refused the archive: .*foreign key"):
        load_archive(tmp_path / "a.zip")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(CommandError, match="no archive of a record"):
        call_command("load_record", str(tmp_path / "a.zip"))


def test_an_archive_of_nothing_is_a_list_of_no_tables() -> None:
    empty = Manifest("2026-11-22T00:00:00+00:00", "", bodies=False, parts=())
    assert read_manifest(manifest_bytes(empty)) == empty
