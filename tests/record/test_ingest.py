"""Dispatches from files: read, stored once, refused with a reason that helps."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from restrictions.actions.dispatches import Received, lease_batch
from restrictions.domain.unreadable import Unreadable
from restrictions.models import Dispatch, DispatchState, DispatchVersion
from restrictions.pipelines.checking import LARGEST
from restrictions.pipelines.files import BATCH_LETTERS, Outcome, ingest_files, keep_found
from restrictions.pipelines.finding import find_files
from restrictions.pipelines.reading import Found
from tests.record.files import read_dispatch

pytestmark = pytest.mark.django_db

HEADER = """\
date: 2024-05-31
title: A permission
publisher: An agency
language: fr
url: https://example.org/news/1

"""
TEXT = "Le ministre l'a permis.\n\nRien d'autre."


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file of that name with that text."""

    def make(text: str | bytes = HEADER + TEXT, name: str = "one.txt") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def ingest(*paths: Path, **options: object) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("ingest", *paths, stdout=out, **options)
    return out.getvalue()


# --- Reading


def test_a_header_says_who_published_what_and_when(write: Callable[..., Path]) -> None:
    read = read_dispatch(write())
    assert (read.title, read.publisher, read.language) == ("A permission", "An agency", "fr")
    assert (read.address, str(read.published), read.synthetic) == ("https://example.org/news/1", "2024-05-31", False)
    assert read.body == TEXT


@pytest.mark.parametrize(
    ("text", "published", "title"),
    [
        (TEXT, None, ""),
        (f"date 2024-05 {TEXT}", "2024-05", ""),
        (f" date 2024-05-30~ {TEXT}\n", "2024-05-30~", ""),
        (f"Date: 2024-05\nTITLE:  Deux mots \n\n{TEXT}\n", "2024-05", "Deux mots"),
        (f"date: 2024-05\r\ntitle: Deux mots\r\n\r\n{TEXT}", "2024-05", "Deux mots"),
        (f"\ufeffdate: 2024-05\n\n{TEXT}", "2024-05", ""),
        (f"date:\ntitle: Deux mots\n{TEXT}", None, "Deux mots"),
    ],
    ids=["none", "first words", "first words, about", "any case", "Windows lines", "byte order mark", "an empty date"],
)
def test_headers_come_in_several_shapes(
    text: str, published: str | None, title: str, write: Callable[..., Path]
) -> None:
    read = read_dispatch(write(text))
    assert (read.published and read.published.edtf, read.title, read.body) == (published, title, TEXT)


def test_a_line_of_the_text_is_no_header(write: Callable[..., Path]) -> None:
    text = f"Kharkiv: la situation\n{TEXT}"
    assert read_dispatch(write(text)).body == text


@pytest.mark.parametrize("said", ["yes", "Yes", "true"])
def test_a_dispatch_may_say_that_it_is_synthetic(said: str, write: Callable[..., Path]) -> None:
    assert read_dispatch(write(f"synthetic: {said}\n\n{TEXT}")).synthetic
    assert not read_dispatch(write(f"synthetic: no\n\n{TEXT}")).synthetic
    assert read_dispatch(write(TEXT), synthetic=True).synthetic


BAD = {
    "not UTF-8": (
        TEXT.encode("utf-8") + "é".encode("latin-1"),
        "looks like Windows-1252; save it as UTF-8: byte 38",
    ),
    "NUL bytes": (TEXT + "\0", "holds NUL bytes"),
    "empty": ("", "holds no text and no title"),
    "blank": (" \n\t\n", "holds no text and no title"),
    "header only": ("date: 2024-05-31\n\n", "holds no text and no title"),
    "a day that is none": (f"date: 2024-13\n\n{TEXT}", "date cannot be read: “2024-13”"),
    "a day of no calendar": (f"date: 2023-02-29\n\n{TEXT}", "date cannot be read: “2023-02-29”"),
    "a date in words": (f"date: 30 mai 2024\n\n{TEXT}", "date cannot be read: “30 mai 2024”"),
    "too large": (TEXT + " " * LARGEST, "larger than 5 MB"),
    "a script for an address": (f"url: javascript:alert(1)\n\n{TEXT}", "url is no web address"),
    "an address without a host": (f"url: https:///news\n\n{TEXT}", "url is no web address"),
    "an address without an end": (f"url: https://example.org/{'a' * 3000}\n\n{TEXT}", "url is longer than 2,000 bytes"),
    "a language in words": (f"language: français de France\n\n{TEXT}", "language is no code such as fr"),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_dispatch_is_refused_with_the_reason(
    content: str | bytes, reason: str, write: Callable[..., Path]
) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_dispatch(write(content))


def test_one_bad_file_stops_no_other(write: Callable[..., Path]) -> None:
    bad, good, gone = write("", "bad.txt"), write(name="good.txt"), write(name="gone.txt")
    gone.unlink()
    bad_one, good_one, gone_one = ingest_files([bad, good, gone])
    assert (bad_one.outcome, str(bad_one.refusal), bad_one.dispatch) == (
        Outcome.REFUSED,
        "It holds no text and no title.",
        None,
    )
    assert (good_one.outcome, good_one.dispatch) == (Outcome.STORED, Dispatch.objects.get().pk)
    assert gone_one.outcome is Outcome.REFUSED
    assert "No such file" in str(gone_one.refusal)


def test_folders_give_their_text_files_by_name(write: Callable[..., Path], tmp_path: Path) -> None:
    inner = write(name="folder/b.txt")
    texts = [write(name="folder/a.text"), inner]
    write(name="folder/picture.png")
    (tmp_path / "folder" / "c.txt").mkdir()
    single = write(name="any.name")
    assert list(find_files([tmp_path / "folder", single])) == [*texts, single]


def test_what_is_held_already_is_not_fingerprinted_batch_after_batch() -> None:
    def handed_in() -> list[Received]:
        return [Received(f"Title {number}", "x" * BATCH_LETTERS) for number in range(5)]  # each fills a batch

    def keep(received: list[Received]) -> tuple[list[Outcome], list[bool]]:
        kept = keep_found((Path("news.jsonl"), place, Found(one)) for place, one in enumerate(received))
        return [item.outcome for item in kept], ["fingerprint" in vars(one) for one in received]

    assert keep(handed_in()) == ([Outcome.STORED] * 5, [True] * 5)
    assert keep(handed_in()) == ([Outcome.HELD] * 5, [True, True, False, False, False])
    new = [Received(f"New {number}", "x" * BATCH_LETTERS) for number in range(2)]
    assert keep([*handed_in()[:4], *new]) == (
        [Outcome.HELD] * 4 + [Outcome.STORED] * 2,
        [True, True, False, False, True, True],
    )


# --- The command


def test_a_file_is_stored_and_waits_for_a_worker(write: Callable[..., Path]) -> None:
    assert ingest(write()) == "1 file: 1 stored.\n"
    version = DispatchVersion.objects.select_related("dispatch").get()
    assert (version.title, version.body, version.language) == ("A permission", TEXT, "fr")
    assert (version.dispatch.state, version.dispatch.published_edtf) == (DispatchState.NEW, "2024-05-31")


def test_the_same_file_again_changes_nothing_and_says_so(write: Callable[..., Path]) -> None:
    path = write()
    ingest(path)
    before = list(Dispatch.objects.values())
    assert ingest(path) == "1 file: 1 already held.\nNothing changed.\n"
    assert ingest(path, path) == "2 files: 2 already held.\nNothing changed.\n"
    assert list(Dispatch.objects.values()) == before


def test_an_edited_text_at_a_held_address_is_a_new_version(write: Callable[..., Path]) -> None:
    ingest(write())
    assert ingest(write(f"{HEADER}{TEXT} Mis à jour.")) == "1 file: 1 stored.\n"
    assert list(DispatchVersion.objects.values_list("number", flat=True)) == [1, 2]
    assert Dispatch.objects.count() == 1


def test_a_file_that_is_given_twice_is_stored_once(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write()
    assert ingest(path, tmp_path) == "2 files: 1 stored, 1 already held.\n"


def test_refused_files_end_the_command_with_1_and_the_rest_is_stored(write: Callable[..., Path]) -> None:
    bad, good = write("", "bad.txt"), write(name="good.txt")
    out, errors = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"Some were refused; the others are stored\.") as ended:
        call_command("ingest", bad, good, stdout=out, stderr=errors)
    assert ended.value.returncode == 1
    assert out.getvalue() == "2 files: 1 stored, 1 refused.\n"
    assert errors.getvalue().strip() == f"{bad}: It holds no text and no title."
    assert Dispatch.objects.count() == 1


def test_a_path_that_does_not_exist_is_named_before_anything_is_stored(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    missing = tmp_path / "missing.txt"
    with pytest.raises(CommandError, match=f"^{re.escape(str(missing))} does not exist") as ended:
        ingest(write(), missing)
    assert ended.value.returncode == 1
    assert not Dispatch.objects.exists()


def test_an_empty_folder_holds_nothing_to_do(tmp_path: Path) -> None:
    assert ingest(tmp_path, wait=True) == "0 files: nothing to do.\n"


def test_waiting_ends_where_no_worker_comes(write: Callable[..., Path]) -> None:
    path = write()
    ingest(path)
    lease_batch(now=Dispatch.objects.get().received_at)  # taken by a worker that is gone
    with pytest.raises(CommandError, match=r"Nothing moved for 0 s: 1 coding of the dispatches\. They are kept\."):
        ingest(path, wait=True, patience=0.2)


def test_the_whole_command_can_mark_dispatches_as_synthetic(write: Callable[..., Path]) -> None:
    ingest(write(), synthetic=True)
    assert Dispatch.objects.get().synthetic
