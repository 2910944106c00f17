"""Releases of the record: folders of files that never change again, each compared with the one before.

A release is named by its day and the record's last revision, such as `2026-11-22-r37`. Two runs on the same record and
clock write the same bytes.
"""

import csv
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from dashboard.exports.citations import Citation, bibtex, csl_json
from dashboard.exports.codebook import codebook_csv
from dashboard.exports.differences import RowDifference, differences_csv, row_differences
from dashboard.exports.files import csv_file, parquet_file
from dashboard.exports.package import Named, Part, citation_cff, descriptor, dictionary_csv, sums
from restrictions.domain.datasets import DATASETS, DERIVED, FIGURES, PANEL_DAYS, POSITIONS, Dataset
from restrictions.queries.datasets import Wanted, copied_csv, dataset_rows, is_copied, one_moment
from restrictions.queries.stamps import record_stamp
from restrictions.words.columns import column_meaning
from restrictions.words.definitions import vocabularies

RELEASED = tuple(dataset for dataset in DATASETS.values() if dataset is not PANEL_DAYS)
"""The panel by day follows from the spells, and is many times as large as all else: it is at `/data/` alone."""
_VERSION = re.compile(r"(\d{4}-\d\d-\d\d)-r(\d+)")
_DESCRIPTOR, _SUMS = "datapackage.json", "SHA256SUMS"


class Refused(Exception):
    """Why no release was written, as a sentence."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release in its folder."""

    folder: Path
    day: date
    revision: int

    @property
    def version(self) -> str:
        return self.folder.name

    @property
    def about(self) -> Mapping[str, Any]:
        """Its descriptor."""
        said: Mapping[str, Any] = json.loads((self.folder / _DESCRIPTOR).read_text("utf-8"))
        return said

    @property
    def parts(self) -> list[Part]:
        """Its files, the descriptor first."""
        files = [Part(one["path"], one["hash"].partition(":")[2], one["bytes"]) for one in self.about["resources"]]
        whole = (self.folder / _DESCRIPTOR).read_bytes()
        return [Part(_DESCRIPTOR, sha256(whole).hexdigest(), len(whole)), *files]

    @property
    def names(self) -> list[str]:
        """The names of all its files, in their order."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())

    def rows(self, dataset: Dataset) -> Iterator[dict[str, str]]:
        """The rows of one of its tables; none where it has no such table."""
        path = self.folder / f"{dataset.name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file)


def releases_in(folder: Path) -> list[Release]:
    """The releases in a folder, the newest first."""
    found = [
        Release(path.parent, date.fromisoformat(named[1]), int(named[2]))
        for path in folder.glob(f"*/{_DESCRIPTOR}")
        if (named := _VERSION.fullmatch(path.parent.name))
    ]
    return sorted(found, key=lambda release: (release.day, release.revision), reverse=True)


def differences(older: Release, newer: Release) -> Iterator[tuple[str, RowDifference]]:
    """Every row that differs between two releases, dataset by dataset."""
    for dataset in RELEASED:
        for row in row_differences(dataset, older.rows(dataset), newer.rows(dataset)):
            yield dataset.name, row


def write_release(folder: Path, *, wanted: Wanted, licence: str) -> tuple[Release, bool]:
    """The release of the record by this clock, and whether it is new.

    Raises Refused where the record is empty, or where a release of this name is there and holds something else.
    """
    with one_moment():
        named = _named(wanted, licence)
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".release-", dir=folder))
        try:
            _write(made, folder, named, wanted)
            return _moved(made, folder / named.version, named)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _moved(made: Path, place: Path, named: Named) -> tuple[Release, bool]:
    """The release in its place; one that is there stays, and must be the same."""
    release = Release(place, named.day, named.revision)
    if place.exists():
        if (place / _SUMS).read_bytes() != (made / _SUMS).read_bytes():
            said = gettext("%(folder)s is there and holds something else. What was released stays: name another.")
            raise Refused(said % {"folder": place})
        return release, False
    made.chmod(0o755)
    made.rename(place)
    return release, True


def _named(wanted: Wanted, licence: str) -> Named:
    stamp = record_stamp(wanted.clock.instant)
    if stamp.instant is None:
        raise Refused(gettext("The record has not begun: there is nothing to release."))
    day = wanted.today
    synthetic = any(row[-2] for row in dataset_rows(POSITIONS, wanted))
    said = "Who lets whom fire what, where, since when, and on whose word: positions, claims, marks and sources."
    warned = " Rows marked `synthetic` rest on dispatches made up for demonstration; do not cite them."
    return Named(
        version=f"{day}-r{stamp.revision}",
        day=day,
        revision=stamp.revision,
        made_from=f"{stamp.instant:%Y-%m-%dT%H:%M:%SZ}",
        licence=licence,
        title=f"Caveat: restrictions on the use of supplied arms, as known on {day}",
        description=said + (warned if synthetic else ""),
        synthetic=synthetic,
    )


def _write(made: Path, folder: Path, named: Named, wanted: Wanted) -> None:
    parts = [part for dataset in RELEASED for part in _tables(made, dataset, wanted)]
    english, french = _meanings("en"), _meanings("fr")
    parts += [_kept(made, "dictionary.csv", _encoded(dictionary_csv(RELEASED, english, french)))]
    for language, name in (("en", "codebook.csv"), ("fr", "codebook.fr.csv")):
        with translation.override(language):
            parts += [_kept(made, name, _encoded(codebook_csv(vocabularies())))]
    parts += [_kept(made, name, [said.encode()]) for name, said in _citations(named).items()]
    parts += _changes(made, folder, named)
    said = descriptor(named, RELEASED, {part.path: part for part in parts}, english)
    parts += [_kept(made, _DESCRIPTOR, [said.encode()])]
    _kept(made, _SUMS, [sums(parts).encode()])


def _tables(made: Path, dataset: Dataset, wanted: Wanted) -> Iterator[Part]:
    copied = is_copied(dataset, wanted)
    lines = copied_csv(dataset, wanted) if copied else csv_file(dataset.columns, dataset_rows(dataset, wanted))
    yield _kept(made, f"{dataset.name}.csv", lines)
    yield _kept(made, f"{dataset.name}.parquet", parquet_file(dataset.columns, dataset_rows(dataset, wanted)))


def _meanings(language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            f"{dataset.name}.{name}": column_meaning(dataset.name, name)
            for dataset in RELEASED
            for name in dataset.names
        }


def _citations(named: Named) -> dict[str, str]:
    note = f"Record after revision {named.revision}. Licence: {named.licence}."
    key = f"caveat-{named.version}"
    cited = Citation(key, named.title, "", named.day, note, version=named.version)
    return {"CITATION.cff": citation_cff(named), "citation.bib": bibtex(cited), "citation.csl.json": csl_json(cited)}


def _changes(made: Path, folder: Path, named: Named) -> Iterator[Part]:
    """What changed since the release before: every row as CSV, and in words."""
    earlier = [one for one in releases_in(folder) if (one.day, one.revision) < (named.day, named.revision)]
    ours = Release(made, named.day, named.revision)
    before = earlier[0] if earlier else None
    found = differences(before, ours) if before else iter(())
    yield _kept(made, "changes.csv", _encoded(differences_csv(found)))
    yield _kept(made, "CHANGELOG.md", _encoded(_told(before, ours, named)))


def _told(before: Release | None, ours: Release, named: Named) -> Iterator[str]:
    yield f"# {named.title}\n\n"
    if before is None:
        yield "The first release: there is none before it in its folder.\n"
        return
    yield f"Changes since {before.version}, row by row. `changes.csv` has the same, and what follows from these.\n"
    for dataset in RELEASED:
        rows = row_differences(dataset, before.rows(dataset), ours.rows(dataset))
        followed = dataset in (*DERIVED, *FIGURES)
        lines = _counted(dataset, rows) if followed else _listed(dataset, rows)
        yield from lines


def _counted(dataset: Dataset, rows: Iterable[RowDifference]) -> Iterator[str]:
    counts = Counter(row.fate for row in rows)
    if counts:
        yield f"\n## {dataset.name}\n\n{', '.join(f'{count} {fate}' for fate, count in sorted(counts.items()))}\n"


def _listed(dataset: Dataset, rows: Iterable[RowDifference]) -> Iterator[str]:
    kept = iter(rows)
    first = next(kept, None)
    if first is None:
        return
    yield f"\n## {dataset.name}\n\n"
    for row in chain([first], kept):
        cells = "; ".join(f"{cell.column}: {cell.old or '–'} → {cell.new or '–'}" for cell in row.cells)
        yield " ".join(f"- {row.fate} `{row.key}`{': ' if cells else ''}{cells}".split()) + "\n"


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    return (line.encode() for line in lines)


def _kept(made: Path, name: str, blocks: Iterable[bytes]) -> Part:
    """A file of the release, written block by block, with its digest."""
    digest, size = sha256(), 0
    with (made / name).open("wb") as file:
        for block in blocks:
            digest.update(block)
            size += file.write(block)
    return Part(name, digest.hexdigest(), size)
