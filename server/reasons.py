"""What a log or the system says, as a sentence for a person who can mend it."""

import errno
import os
import re
import shutil
from pathlib import Path

_FULL = {errno.ENOSPC: "No space left on device", errno.EDQUOT: "Disk quota exceeded"}
_A_LITTLE = 500_000
_TELLING = re.compile(
    r"(FATAL|PANIC|ERROR):|(Error|Exception|Improperly\w+)\b|: error:|GLIBC|cannot open shared object"
)


MAKE_ROOM = "Make room and start again, or name a folder on another disk: CAVEAT_VAR=/a/folder make run"


def full_disk(place: Path) -> str:
    """What to do where nothing more can be written."""
    return f"There is no room left on the disk of {place}, or your share of it is used up. {MAKE_ROOM}"


def is_full(error: OSError) -> bool:
    """Whether the system had no room left for what was to be written."""
    return error.errno in _FULL


def of_refusal(error: OSError) -> str:
    """What the system refused to the supervisor itself, and where."""
    place = Path(os.fsdecode(error.filename)) if error.filename else Path.cwd()
    if is_full(error):
        return full_disk(place)
    return f"{place}: {error.strerror or error}. Caveat stopped; mend this and start again."


def of_log(text: str, log: Path) -> str:
    """Why a program ended, as far as its words in the log tell, and where the rest stands."""
    if _is_full(text) or has_no_room(log.parent):
        return full_disk(log.parent.parent)
    telling = of_words(text, log)
    return f"Read {log}" + (f", which says: {telling}" if telling else "; it said nothing.")


def of_words(text: str, place: Path) -> str:
    """The one line of many that tells most, or what to do about a full disk."""
    if _is_full(text):
        return full_disk(place.parent.parent)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)] or lines
    return telling[-1] if telling else ""


def has_no_room(folder: Path) -> bool:
    """Whether the disk is full now: then a log could not even say so."""
    try:
        return shutil.disk_usage(folder).free < _A_LITTLE
    except OSError:
        return False


def _is_full(text: str) -> bool:
    return any(words in text for words in _FULL.values())
