"""What a log or the system says, as a sentence for a person who can mend it."""

import errno
import os
import re
from pathlib import Path

_FULL = {errno.ENOSPC: "No space left on device", errno.EDQUOT: "Disk quota exceeded"}
_TELLING = re.compile(
    r"(FATAL|PANIC|ERROR):|(Error|Exception|Improperly\w+)\b|: error:|GLIBC|cannot open shared object"
)


def full_disk(place: Path) -> str:
    """What to do where nothing more can be written."""
    return (
        f"There is no room left on the disk of {place}, or your share of it is used up. Make room and start again; "
        "or name a folder on another disk: CAVEAT_VAR=/a/folder. What the record held is kept."
    )


def of_refusal(error: OSError) -> str:
    """What the system refused to the supervisor itself, and where."""
    place = Path(os.fsdecode(error.filename)) if error.filename else Path.cwd()
    if error.errno in _FULL:
        return full_disk(place)
    return f"{place}: {error.strerror or error}. Caveat stopped; mend this and start again."


def of_log(text: str, log: Path) -> str:
    """Why a program ended, as far as its words in the log tell, and where the rest stands."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(words in line for line in lines for words in _FULL.values()):
        return full_disk(log.parent.parent)
    told = [line for line in lines if _TELLING.search(line)] or lines
    return f"Read {log}" + (f", which says: {told[-1]}" if told else "; it said nothing.")
