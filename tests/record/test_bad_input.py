"""Real files that are none, or lie, or are too many: each is refused by a sentence, and the others are stored."""

import os
import random
import socket
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from restrictions.domain.unreadable import Unreadable
from restrictions.models import Dispatch, DispatchVersion
from restrictions.pipelines import opening
from restrictions.pipelines.checking import LARGEST
from restrictions.pipelines.files import BATCH, BATCH_LETTERS, Ingested, Outcome, ingest_files
from restrictions.pipelines.finding import Survey, find_files, survey
from restrictions.pipelines.keeping import DatabaseStopped
from restrictions.pipelines.tally import SHOWN
from tests.record.files import read_dispatch

pytestmark = pytest.mark.django_db

TEXT = "Le ministre l'a permis.\n"
KINDS = (
    "in folders only .txt, .text, .html, .htm, .xhtml, .jsonl, .ndjson, .csv and .tsv are read, and the same with .gz."
)
READ = ".txt, .text, .html, .htm, .xhtml, .jsonl, .ndjson, .csv, .tsv, .xml, .rss, .atom and .json"
NOBODY = 65534


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read_dispatch(path)
    return str(refused.value)


def said_by_ingest(*paths: Path) -> tuple[int, list[str], list[str]]:
    """The exit code, the lines of the output, and the lines about refused files."""
    out, errors, code = StringIO(), StringIO(), 0
    try:
        call_command("ingest", *paths, stdout=out, stderr=errors)
    except CommandError as ended:
        code = ended.returncode
    return code, out.getvalue().splitlines(), errors.getvalue().splitlines()


def write_many(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(f"title: Number {number}\n\n{TEXT}")
    return folder


@contextmanager
def as_a_plain_user() -> Iterator[None]:
    """Root may open anything; here the kernel is asked as for `nobody`, or as for whoever runs the tests."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


# --- What is no file, or cannot be opened


def test_what_has_a_files_name_and_is_none_is_refused_and_nothing_waits_for_ever(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "link.txt").symlink_to(tmp_path)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "inside.txt").write_text(TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as end:
        before = Path.cwd()
        os.chdir(tmp_path)  # a socket's address takes no long path
        end.bind("socket.txt")
        os.chdir(before)
        code, out, errors = said_by_ingest(tmp_path)
    assert (code, out) == (1, ["7 files: 1 stored, 6 refused."])
    assert [line.removeprefix(f"{tmp_path}/") for line in errors] == [
        "dangling.txt: It cannot be opened: No such file or directory.",
        "device.txt: It is a device, not a file.",
        "link.txt: It cannot be opened: Is a directory.",
        "loop.txt: It cannot be opened: Too many levels of symbolic links.",
        "pipe.txt: It is a named pipe, not a file.",
        "socket.txt: It is a socket, not a file.",
    ]


def test_what_a_plain_user_may_not_open_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    shut, closed = tmp_path / "shut.txt", tmp_path / "closed"
    closed.mkdir()
    for path in (shut, closed / "inside.txt", tmp_path / "open.txt"):
        path.write_text(TEXT)
    shut.chmod(0)
    closed.chmod(0)
    with as_a_plain_user():
        code, out, errors = said_by_ingest(tmp_path)
    closed.chmod(0o755)
    assert (code, out) == (1, ["3 files: 1 stored, 2 refused."])
    assert errors == [f"{path}: It cannot be opened: Permission denied." for path in (closed, shut)]
    shut.chmod(0o644)
    assert said_by_ingest(tmp_path)[1] == ["3 files: 3 already held.", "Nothing changed."]


def test_what_is_passed_over_in_folders_is_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.TXT", "c.pdf", "d.doc"):
        (tmp_path / name).write_text(f"{name} {TEXT}")
    assert survey([tmp_path]) == Survey(meant=2, size=2 * len(f"a.txt {TEXT}"), passed_over=2)
    passed = f"2 other files were passed over: in folders only {READ} are read, and the same with .gz."
    said = ["2 files: 2 stored.", passed]
    assert said_by_ingest(tmp_path) == (0, said, [])


def test_folders_in_folders_are_walked_by_name_however_deep(tmp_path: Path) -> None:
    deep = tmp_path / "b"
    for _ in range(200):
        deep = deep / "d"
    deep.mkdir(parents=True)
    texts = [tmp_path / "a.txt", deep / "z.txt", tmp_path / "c.txt"]
    for path in texts:
        path.write_text(TEXT)
    assert list(find_files([tmp_path])) == texts


# --- Size


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(TEXT.encode() * (50_000_000 // len(TEXT)))
    tracemalloc.start()
    started = time.perf_counter()
    assert refusal(path) == "The file is larger than 5 MB."
    assert time.perf_counter() - started < 0.1
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_a_text_just_under_the_limit_is_stored_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    body = "Дозволено. " * (LARGEST // 20) + "é" * ((LARGEST % 20) // 2)
    assert len(body.encode()) == LARGEST
    path.write_text(body)
    assert said_by_ingest(path)[:2] == (0, ["1 file: 1 stored."])
    assert DispatchVersion.objects.get().body == body
    path.write_text(f"{body}x")
    assert refusal(path) == "The file is larger than 5 MB."


def test_a_file_that_holds_more_than_it_says_is_read_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Path("/proc/self/status")
    assert endless.stat().st_size == 0
    assert "VmRSS" in read_dispatch(endless).body
    monkeypatch.setattr(opening, "LARGEST", 100)
    assert "larger than" in refusal(endless)


# --- Headers


HEADERS = {
    "a thing said ten thousand times": ("title: A permission\n" * 10_000, "says the same thing twice: title"),
    "a title of a megabyte": (f"title: {'x' * 1_000_000}\n", "title is longer than 1,000 bytes: xxxx"),
    "a publisher of a megabyte": (f"publisher: {'x' * 1_000_000}\n", "publisher is longer than 300 bytes: xxxx"),
    "a date of a megabyte": (f"date: {'2024/' * 200_000}\n", "date is longer than 40 bytes: 2024/"),
    "a language of a megabyte": (f"language: {'x' * 1_000_000}\n", "language is no code such as fr: xxxx"),
    "an address of two thousand Cyrillic letters": (f"url: https://example.org/{'ї' * 1_990}\n", "than 2,000 bytes"),
    "a file for an address": ("url: file:///etc/passwd\n", "url is no web address"),
    "data for an address": ("url: data:text/html,<script>alert(1)</script>\n", "url is no web address"),
    "an address that colours the screen": ("url: https://example.org/\x1b[31m\n", r"no web address .*/\\x1b\[31m$"),
    "an address that turns round": ("url: https://example.org/\u202egpj.exe\n", r"no web address .*\\u202egpj"),
    "a language that is none": ("language: zz\n", "language is no code such as fr: zz$"),
    "a language and no region": ("language: fr-\n", "language is no code such as fr: fr-$"),
    "a language of four letters": ("language: fran\n", "language is no code such as fr: fran$"),
    "a day after the last one": ("date: 9999-24\n", "date cannot be read: “9999-24” is not a day"),
    "a day before the first one": ("date: 0001-01-01~\n", "date cannot be read: “0001-01-01”, give or take 3 days"),
    "a date that colours the screen": ("date: \x1b[2J\n", r"date cannot be read: “\\x1b\[2J” is no EDTF day"),
}


@pytest.mark.parametrize(("header", "reason"), HEADERS.values(), ids=HEADERS)
def test_a_hostile_header_is_refused_in_one_short_line(header: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(f"{header}\n{TEXT}")
    with pytest.raises(Unreadable, match=reason) as refused:
        read_dispatch(path)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("language", ["fr", "FR", "uk", "fra", "zh-Hant", "en-GB", ""])
def test_a_language_may_come_with_its_region_or_script(language: str, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(f"language: {language}\n\n{TEXT}")
    assert read_dispatch(path).language == language.lower()


def test_what_is_as_long_as_it_may_be_is_stored_whatever_it_holds(tmp_path: Path) -> None:
    """Letters at random: the index cannot make them shorter."""
    chance = random.Random(3)

    def letters(count: int) -> str:
        return "".join(chance.choice("абвгґдеєжзиіїйклмноп") for _ in range(count))

    address = f"https://example.org/{letters(990)}"
    said = f"title: {letters(500)}\npublisher: {letters(150)}\nurl: {address}\n\n{TEXT}"
    (tmp_path / "one.txt").write_text(said)
    assert said_by_ingest(tmp_path) == (0, ["1 file: 1 stored."], [])
    assert Dispatch.objects.get().address == address


def test_control_and_turning_characters_of_a_title_stay_its_own(tmp_path: Path) -> None:
    title = "A\x1b[31m permission\u202e \u2028url: https://evil.example"
    (tmp_path / "one.txt").write_text(f"title: {title}\n\n{TEXT}")
    read = read_dispatch(tmp_path / "one.txt")
    assert (read.title, read.address) == (title, None)


def test_a_files_name_forges_no_line_and_colours_no_screen(tmp_path: Path) -> None:
    names = [b"a\nOK: 1 stored.txt", b"b\x1b[31m.txt", "c\u202etxt.exe.txt".encode(), b"d\xff\xfe.txt"]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).touch()  # noqa: PTH118  bytes of no encoding
    code, out, errors = said_by_ingest(tmp_path)
    assert (code, out) == (1, ["4 files: 4 refused.", "Nothing changed."])
    shown = [r"a\nOK: 1 stored.txt", r"b\x1b[31m.txt", r"c\u202etxt.exe.txt", r"d\udcff\udcfe.txt"]
    assert errors == [f"{tmp_path}/{name}: It holds no text and no title." for name in shown]
    missing = Path(os.fsdecode(b"gone\xff\x1b"))
    with pytest.raises(CommandError, match=r"^gone\\udcff\\x1b does not exist\.$"):
        call_command("ingest", missing)


# --- Many files


def test_one_broken_file_among_many_is_named_and_the_same_command_does_what_is_left(tmp_path: Path) -> None:
    write_many(tmp_path, BATCH * 2 + 10)
    broken = tmp_path / "00700.txt"
    broken.write_bytes("Décision.".encode("latin-1"))
    reason = "The file is not UTF-8 text but looks like Windows-1252; save it as UTF-8: byte 1 is 0xE9"
    assert said_by_ingest(tmp_path) == (1, ["1,010 files: 1,009 stored, 1 refused."], [f"{broken}: {reason}"])
    broken.write_text("Décision.")
    assert said_by_ingest(tmp_path) == (0, ["1,010 files: 1 stored, 1,009 already held."], [])
    assert said_by_ingest(tmp_path)[1] == ["1,010 files: 1,010 already held.", "Nothing changed."]


def test_many_refused_files_are_told_by_their_reasons(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"empty-{number:02}.txt").touch()
        (tmp_path / f"other-{number:02}.txt").write_bytes(f"Décision {number}".encode("latin-1"))
    (tmp_path / "z.txt").write_text("date: soon\n\nText.")
    code, out, errors = said_by_ingest(tmp_path)
    assert (code, out) == (1, ["121 files: 121 refused.", "Nothing changed."])
    assert len(errors) <= SHOWN + 3
    assert "… and 54 more: It holds no text and no title." in errors
    assert "… and 54 more: The file is not UTF-8 text but looks like Windows-1252; save it as UTF-8." in errors
    assert errors[-1].startswith(f"{tmp_path}/z.txt: The header's date cannot be read: “soon”")


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"{number} " + "x" * 200_000)
    tracemalloc.start()
    assert sum(item.outcome is Outcome.STORED for item in ingest_files(find_files([tmp_path]))) == 60
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * BATCH_LETTERS, f"{peak:,} bytes for 12,000,000 letters"


# --- The database says no


def test_a_text_that_the_database_refuses_is_named_and_the_others_of_its_batch_are_stored(tmp_path: Path) -> None:
    write_many(tmp_path, 20)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title = 'Number 7' THEN"
            " RAISE EXCEPTION 'no sevens' USING ERRCODE = '54000'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER no BEFORE INSERT ON restrictions_dispatchversion"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.no()"
        )
    code, out, errors = said_by_ingest(tmp_path)
    assert (code, out) == (1, ["20 files: 19 stored, 1 refused."])
    assert errors == [f"{tmp_path}/00007.txt: The database refused it: no sevens"]


@pytest.mark.django_db(transaction=True)
def test_where_the_database_goes_away_what_was_stored_stays_and_the_rest_follows(tmp_path: Path) -> None:
    write_many(tmp_path, BATCH * 2)

    done: list[Ingested] = []

    def go_on_after_a_cut() -> None:
        for item in ingest_files(find_files([tmp_path])):
            done.append(item)
            if len(done) == BATCH:
                _end_our_connection()

    with pytest.raises(DatabaseStopped, match="terminating connection"):
        go_on_after_a_cut()
    connection.close()
    assert [item.outcome for item in done] == [Outcome.STORED] * BATCH
    assert Dispatch.objects.count() == BATCH
    said = [f"{BATCH * 2:,} files: {BATCH} stored, {BATCH} already held."]
    assert said_by_ingest(tmp_path) == (0, said, [])


def _end_our_connection() -> None:
    """As a server does that is shut down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(ours,)] = cursor.fetchall()
    parameters = connection.get_connection_params()
    own = {name: parameters[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**own, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
