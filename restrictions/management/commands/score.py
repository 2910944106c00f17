"""``manage.py score GOLD PRED``: coded lines against a gold corpus, as the codebook's section Scores says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from restrictions.extraction.scoring import LABELS, Pair, by_language, key, match, table

_Records = list[dict[str, Any]]


class Command(BaseCommand):
    """Prints a table of the scores, overall and by language, and the same as JSON on the last line."""

    help = "Scores coded dispatches (JSONL, as `code` prints them) against a gold corpus; needs no database."
    requires_system_checks: list[str] = []  # they load every page, and it shows none

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gold", metavar="GOLD")
        parser.add_argument("pred", metavar="PRED")
        parser.add_argument("--diff", action="store_true", help="lists the claims missed and the claims too many")

    def handle(self, *args: Any, **options: Any) -> None:
        gold = _records(options["gold"], ("id", "lang", "body", "claims"))
        pairs = self._pairs(gold, _records(options["pred"], ("id", "claims")))
        if options["diff"]:
            self.stdout.writelines(f"{line}\n" for line in _differences(pairs))
        scored = by_language(pairs)
        self.stdout.write(table(scored))
        ordered = {language: {name: figures[name] for name in LABELS} for language, figures in scored.items()}
        languages = {language: figures for language, figures in ordered.items() if language != "overall"}
        whole = {"gold": options["gold"], "pred": options["pred"], "overall": ordered["overall"], "by_lang": languages}
        self.stdout.write(json.dumps(whole, ensure_ascii=False))

    def _pairs(self, gold: _Records, coded: _Records) -> list[Pair]:
        """Each gold dispatch with its coded claims, none where there is no line; says what was left out or missing."""
        ids = {record["id"] for record in gold}
        claims = {record["id"]: record["claims"] for record in coded}
        unknown, missing = len(claims.keys() - ids), len(ids - claims.keys())
        if unknown:
            self.stderr.write(f"warning: {unknown} coded line(s) with an id that is not in the gold: left out")
        if missing:
            self.stderr.write(f"warning: {missing} dispatch(es) without a coded line: counted as no claim")
        return [Pair(record, claims.get(record["id"], [])) for record in gold]


def _records(path: str, fields: tuple[str, ...]) -> _Records:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read: {error}", returncode=2) from error
    records: _Records = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            records.append(_record(f"{path}, line {number}", line, fields))
    ids = [record["id"] for record in records]
    if len(set(ids)) != len(ids):
        raise CommandError(f"{path}: an id occurs twice", returncode=2)
    return records


def _record(place: str, line: str, fields: tuple[str, ...]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise CommandError(f"{place}: is no JSON ({error})", returncode=2) from error
    if not isinstance(record, dict) or any(field not in record for field in fields):
        raise CommandError(f"{place}: wants the fields {', '.join(fields)}", returncode=2)
    claims = record["claims"]
    if not isinstance(claims, list) or any(not isinstance(claim, dict) for claim in claims):
        raise CommandError(f"{place}: claims is no list of objects", returncode=2)
    return record


def _differences(pairs: list[Pair]) -> Iterator[str]:
    for pair in pairs:
        found = match(pair)
        for name, claims in (("missed", found.missed), ("extra", found.extra)):
            for claim in claims:
                words = str(claim.get("quote") or "")[:90]
                yield f"{name}\t{pair.gold['id']}\t{'/'.join(map(str, key(claim)))}\t{words}"
