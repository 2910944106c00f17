"""A release as a Frictionless Data Package: its descriptor, its data dictionary, how it is cited. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.exports.rows import line
from restrictions.domain.datasets import Column, Dataset, Kind

NOT_STATED = "not stated"
"""The licence where the owner has named none: nobody may assume one."""
DICTIONARY_COLUMNS = ("dataset", "column", "kind", "meaning_en", "meaning_fr")
_TYPES = {
    Kind.NUMBER: "integer",
    Kind.SHARE: "number",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a release says of itself. ``made_from`` is the instant of the record's last change in it."""

    version: str
    day: date
    revision: int
    made_from: str
    licence: str
    title: str
    description: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a release."""

    path: str
    digest: str
    size: int


def descriptor(
    named: Named, datasets: Sequence[Dataset], parts: Mapping[str, Part], meanings: Mapping[str, str]
) -> str:
    """`datapackage.json`: each table as CSV with its schema, the same as Parquet, and what stands beside them.

    ``meanings`` are the English descriptions by `dataset.column`.
    """
    tables = [_table(dataset, parts[f"{dataset.name}.csv"], meanings) for dataset in datasets]
    others = [_file(part) for path, part in sorted(parts.items()) if path not in {table["path"] for table in tables}]
    said: dict[str, Any] = {
        "profile": "data-package",
        "name": "caveat",
        "title": named.title,
        "description": named.description,
        "version": named.version,
        "created": named.made_from,
        "keywords": ["arms transfers", "use restrictions", "policy"],
        "licence": named.licence,
        "synthetic": named.synthetic,
        "resources": [*tables, *others],
    }
    if named.licence != NOT_STATED:
        said["licenses"] = [{"name": re.sub(r"[^-A-Za-z0-9._]+", "-", named.licence), "title": named.licence}]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _table(dataset: Dataset, part: Part, meanings: Mapping[str, str]) -> dict[str, Any]:
    fields = [_field(column, meanings[f"{dataset.name}.{column.name}"]) for column in dataset.columns]
    schema = {"fields": fields, "primaryKey": list(dataset.key), "missingValues": [""]}
    return {**_file(part), "name": dataset.name, "type": "table", "profile": "tabular-data-resource", "schema": schema}


def _field(column: Column, meaning: str) -> dict[str, Any]:
    said: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string"), "description": meaning}
    if column.kind is Kind.FLAG:
        said |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if column.kind is Kind.LIST:
        said["description"] += " Items are parted by “; ”."
    return said


_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "md": "text/markdown",
    "cff": "application/yaml",
    "bib": "application/x-bibtex",
}


def _file(part: Part) -> dict[str, Any]:
    form = part.path.rpartition(".")[2]
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", part.path.lower()),
        "type": "file",
        "path": part.path,
        "format": form,
        "mediatype": _MEDIA[form],
        "encoding": "utf-8",
        "hash": f"sha256:{part.digest}",
        "bytes": part.size,
    }


def dictionary_csv(datasets: Iterable[Dataset], english: Mapping[str, str], french: Mapping[str, str]) -> Iterator[str]:
    """The data dictionary: a line a column of each dataset, described in both languages."""
    yield line(DICTIONARY_COLUMNS)
    for dataset in datasets:
        for column in dataset.columns:
            name = f"{dataset.name}.{column.name}"
            yield line((dataset.name, column.name, column.kind, english[name], french[name]))


def citation_cff(named: Named) -> str:
    """`CITATION.cff`; the licence only where it is named by a code that the format knows."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite this version of them.",
        "type": "dataset",
        "title": named.title,
        "version": named.version,
        "date-released": named.day.isoformat(),
        "abstract": named.description,
    }
    if re.fullmatch(r"[A-Z][A-Za-z0-9.]*(-[A-Za-z0-9.]+)+", named.licence):
        said["license"] = named.licence
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]
    return "\n".join([*lines, "authors:", '  - name: "Caveat"', ""])


def sums(parts: Iterable[Part]) -> str:
    """`SHA256SUMS`, as `sha256sum --check` reads it."""
    return "".join(f"{part.digest}  {part.path}\n" for part in sorted(parts, key=lambda part: part.path))
