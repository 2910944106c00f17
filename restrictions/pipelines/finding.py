"""Which files are meant: those named, and in the folders named those that hold dispatches by their names."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from restrictions.pipelines.reading import is_read


@dataclass(frozen=True, slots=True)
class Survey:
    """How many files are meant, of how many bytes, and how many others in the folders are not, by their names."""

    meant: int
    size: int
    passed_over: int


def survey(paths: Iterable[Path]) -> Survey:
    """What is to be done, counted without holding it. Raises FileNotFoundError for a path that is not there."""
    counts, size = [0, 0], 0
    for path in paths:
        if not os.path.lexists(path):
            raise FileNotFoundError(path)
        for found, is_meant in _all_in(path):
            counts[is_meant] += 1
            size += size_of(found) if is_meant else 0
    return Survey(meant=counts[True], size=size, passed_over=counts[False])


def size_of(path: Path) -> int:
    """Its bytes, as far as it says."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are meant, folder by folder in the order of their names.

    Links to folders are not followed. What is no file but has a file's name is among them, and so is a folder that
    cannot be opened: whoever reads them refuses them aloud.
    """
    return (found for path in paths for found, is_meant in _all_in(path) if is_meant)


def _all_in(path: Path) -> Iterator[tuple[Path, bool]]:
    """The file, or all in the folder and its folders, each with whether it is meant."""
    if not path.is_dir():
        yield path, True
        return
    waiting = [(str(path), True)]
    while waiting:
        name, is_folder = waiting.pop()
        if not is_folder:
            yield Path(name), is_read(name)
            continue
        try:
            waiting += sorted(_entries(name), reverse=True)
        except OSError:
            yield Path(name), True


def _entries(folder: str) -> list[tuple[str, bool]]:
    with os.scandir(folder) as entries:
        return [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
