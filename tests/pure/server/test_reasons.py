"""What logs and refusals come to in a sentence."""

import errno
from pathlib import Path

import pytest

from server import reasons

LOG = Path("/srv/caveat/var/log/part.log")


@pytest.fixture(autouse=True)
def _roomy(tmp_path: Path) -> None:
    """The log's folder is none of this machine's, so its disk tells nothing."""
    assert not LOG.parent.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LOG: starting\nFATAL:  role does not exist\nLOG: shut down\n", "FATAL:  role does not exist"),
        ("Traceback (most recent call last):\n  File x\nImportError: no name\n\n", "ImportError: no name"),
        ("one word\nthe last word\n", "the last word"),
        ("CommandError: Some files were refused.", "CommandError: Some files were refused."),
    ],
)
def test_the_most_telling_line_is_quoted(text: str, told: str) -> None:
    assert reasons.of_log(text, LOG) == f"Read {LOG}, which says: {told}"


def test_an_empty_log_is_said_to_be_empty() -> None:
    assert reasons.of_log("\n", LOG) == f"Read {LOG}; it said nothing."


@pytest.mark.parametrize("words", ["PANIC: could not write: No space left on device", "Disk quota exceeded"])
def test_a_full_disk_comes_before_what_it_broke(words: str) -> None:
    assert reasons.of_log(f"{words}\nFATAL: later\n", LOG).startswith(
        "There is no room left on the disk of /srv/caveat/var, or your share of it is used up. Make room"
    )


def test_a_refusal_of_the_system_names_the_place() -> None:
    refused = PermissionError(errno.EACCES, "Permission denied", "/srv/x")
    assert reasons.of_refusal(refused) == "/srv/x: Permission denied. Caveat stopped; mend this and start again."


def test_a_refusal_for_want_of_room_says_what_to_do() -> None:
    assert "CAVEAT_VAR=/a/folder make run" in reasons.of_refusal(OSError(errno.ENOSPC, "No space left", "/srv/x"))
