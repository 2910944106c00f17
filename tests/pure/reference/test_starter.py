"""The starter record: what it holds, how a row becomes a claim, and what its files may not say."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from restrictions.domain.days import parse_day
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track
from restrictions.reference.rows import ReferenceFileError
from restrictions.reference.starter import (
    CLAIM_COLUMNS,
    MARK_COLUMNS,
    SOURCE_COLUMNS,
    load_starter_claims,
    load_starter_marks,
)

CLAIM = {
    "id": "us-ua-2024-05-30-any",
    "supplier": "US",
    "recipient": "UA",
    "weapon": "any",
    "track": "use",
    "role": "supplier",
    "status": "conditional",
    "territory": "RU",
    "areas": "UA-63",
    "area_role": "defended",
    "conditions": "counter_fire; depth_limit",
    "depth_km": "100",
    "act": "sets",
    "attribution": "anonymous_official",
    "effective": "2024-05",
    "published": "2024-05-30",
    "prior": "banned",
    "speaker": "an official",
    "summary": "Our words.",
    "weak": "yes",
    "retracted": "",
    "notes": "",
}
MARK = {
    "id": "us-ua-2024-11-19-atacms-used",
    "act": "used",
    "actor": "UA",
    "supplier": "US",
    "recipient": "UA",
    "weapon": "atacms",
    "territory": "RU",
    "areas": "RU-BRY",
    "attribution": "media",
    "day": "2024-11-19",
    "published": "2024-11-20",
    "speaker": "",
    "summary": "Our words.",
    "weak": "",
    "notes": "A note.",
}
SOURCES = [
    ("us-ua-2024-05-30-any", "1", "https://example.org/a", "Example", "A title", "2024-05", "en", "yes"),
    ("us-ua-2024-11-19-atacms-used", "1", "http://example.org/b", "", "", "", "", ""),
    ("us-ua-2024-05-30-any", "2", "https://example.org/c", "", "", "", "", "yes"),
]
SUPPLY = {"track": "supply", "status": "withheld", "territory": "", "areas": "", "area_role": ""}


def record(
    folder: Path,
    *,
    claim: Mapping[str, str] | None = None,
    mark: Mapping[str, str] | None = None,
    sources: Sequence[tuple[str, ...]] | None = None,
) -> Path:
    """A record of one claim and one mark, some of whose cells differ."""
    tables: dict[str, tuple[tuple[str, ...], Sequence[tuple[str, ...]]]] = {
        "claims.csv": (CLAIM_COLUMNS, [tuple((CLAIM | dict(claim or {})).values())]),
        "marks.csv": (MARK_COLUMNS, [tuple((MARK | dict(mark or {})).values())]),
        "sources.csv": (SOURCE_COLUMNS, SOURCES if sources is None else sources),
    }
    for name, (columns, rows) in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
    return folder


def test_a_row_becomes_a_claim_with_its_sources(tmp_path: Path) -> None:
    (row,) = load_starter_claims(record(tmp_path))
    claim = row.claim
    assert claim.key == "us-ua-2024-05-30-any"
    assert claim.line == ("US", Role.SUPPLIER, "UA", "any", Track.USE, "RU")
    assert (claim.status, claim.prior, claim.act) == (Status.CONDITIONAL, Status.BANNED, Act.SETS)
    assert claim.attribution is Attribution.ANONYMOUS_OFFICIAL
    assert (claim.areas, claim.area_role) == (("UA-63",), AreaRole.DEFENDED)
    assert claim.conditions == {Condition.COUNTER_FIRE, Condition.DEPTH_LIMIT}
    assert claim.depth_km == 100
    assert (claim.effective, claim.published) == (parse_day("2024-05"), parse_day("2024-05-30"))
    assert (row.speaker, row.summary, row.notes, row.weak, claim.retracted) == (
        "an official",
        "Our words.",
        "",
        True,
        False,
    )
    assert [source.url for source in row.sources] == ["https://example.org/a", "https://example.org/c"]
    assert (row.sources[0].title, row.sources[0].published, row.sources[0].stored_copy) == ("A title", "2024-05", True)


def test_a_row_becomes_a_mark(tmp_path: Path) -> None:
    (mark,) = load_starter_marks(record(tmp_path))
    assert (mark.key, mark.act, mark.actor) == ("us-ua-2024-11-19-atacms-used", Act.USED, "UA")
    assert (mark.territory, mark.areas, mark.weapon) == ("RU", ("RU-BRY",), "atacms")
    assert (mark.day, mark.published) == (parse_day("2024-11-19"), parse_day("2024-11-20"))
    assert [(source.url, source.published, source.stored_copy) for source in mark.sources] == [
        ("http://example.org/b", "", False)
    ]


def test_a_mark_needs_no_territory(tmp_path: Path) -> None:
    (mark,) = load_starter_marks(record(tmp_path, mark={"territory": "", "areas": ""}))
    assert (mark.territory, mark.areas) == ("", ())


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (SUPPLY, Status.WITHHELD),
        (SUPPLY | {"status": "supplied"}, Status.SUPPLIED),
        (SUPPLY | {"status": "undisclosed"}, Status.UNDISCLOSED),
        ({"status": "undisclosed"}, Status.UNDISCLOSED),
        ({"status": "allowed", "prior": ""}, Status.ALLOWED),
    ],
)
def test_both_tracks_take_their_statuses(tmp_path: Path, cells: dict[str, str], status: Status) -> None:
    (row,) = load_starter_claims(record(tmp_path, claim=cells))
    assert row.claim.status is status
    assert row.claim.line.territory == cells.get("territory", "RU")


CLAIM_FAULTS = [
    ("supplier", {"supplier": "UK"}, "“UK” is no ISO 3166-1 alpha-2 code"),
    ("recipient", {"recipient": ""}, "“” is no ISO 3166-1 alpha-2 code"),
    ("weapon", {"weapon": "trebuchet"}, "“trebuchet” is no weapon code"),
    ("track", {"track": "words"}, "“words” is no track"),
    ("role", {"role": "friend"}, "“friend” is no role"),
    ("status", {"status": "withheld"}, "“withheld” is no status of a claim on the use track"),
    ("status", SUPPLY | {"status": "banned"}, "“banned” is no status of a claim on the supply track"),
    ("status", {"status": "unstated"}, "“unstated” is no status"),
    ("territory", {"territory": ""}, "“” is no ISO 3166-1 alpha-2 code"),
    ("territory", SUPPLY | {"territory": "RU"}, "the supply track has none"),
    ("areas", {"areas": "UA-63 RU-CR"}, "“RU-CR” is no ISO 3166-2 code that we hold"),
    ("areas", {"areas": "UA-63;UA-63"}, "names one code twice"),
    ("area_role", {"area_role": ""}, "areas and their role stand together"),
    ("area_role", {"areas": ""}, "areas and their role stand together"),
    ("area_role", {"area_role": "near"}, "“near” is no area role"),
    ("conditions", {"conditions": "counter_fire,self_defence"}, "“counter_fire,self_defence” is no condition"),
    ("depth_km", {"conditions": ""}, "stands beside the condition depth_limit"),
    ("depth_km", {"depth_km": "0"}, "a depth is above 0"),
    ("depth_km", {"depth_km": "a mile"}, "“a mile” is no whole number"),
    ("act", {"act": "signals"}, "“signals” is no act that makes a claim"),
    ("attribution", {"attribution": "rumour"}, "“rumour” is no attribution"),
    ("effective", {"effective": "30 May"}, "“30 May” is no EDTF day"),
    ("effective", {"effective": ""}, "is no EDTF day"),
    ("published", {"published": "2024-02-30"}, "is not a day of the calendar"),
    ("prior", {"prior": "free"}, "“free” is no status"),
    ("summary", {"summary": " "}, "must not be empty"),
    ("weak", {"weak": "no"}, "“no” is neither “yes” nor empty"),
    ("retracted", {"retracted": "true"}, "“true” is neither “yes” nor empty"),
    ("id", {"id": ""}, "must not be empty"),
    ("id", {"id": "other"}, "“other” has no source in sources.csv"),
]


@pytest.mark.parametrize(
    ("column", "cells", "sentence"), CLAIM_FAULTS, ids=[f"{c}-{s[:30]}" for c, _, s in CLAIM_FAULTS]
)
def test_a_faulty_cell_of_a_claim_is_told_with_its_place(
    tmp_path: Path, column: str, cells: dict[str, str], sentence: str
) -> None:
    sources = [row for row in SOURCES if row[0] == CLAIM["id"]] if "id" not in cells else SOURCES[1:2]
    mark = {} if "id" in cells else {"id": "unsupported"}
    with pytest.raises(ReferenceFileError) as refusal:
        load_starter_claims(record(tmp_path, claim=cells, mark=mark, sources=sources))
    assert str(refusal.value).startswith(f"claims.csv, line 2, column {column}: ")
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("column", "cells", "sentence"),
    [
        ("act", {"act": "sets"}, "“sets” is no act of a mark"),
        ("actor", {"actor": ""}, "must not be empty"),
        ("weapon", {"weapon": "sword"}, "“sword” is no weapon code"),
        ("territory", {"territory": "EU"}, "“EU” is no ISO 3166-1 alpha-2 code"),
        ("day", {"day": "soon"}, "“soon” is no EDTF day"),
        ("id", {"id": CLAIM["id"]}, "already stands on line 2"),
    ],
)
def test_a_faulty_cell_of_a_mark_is_told_with_its_place(
    tmp_path: Path, column: str, cells: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ReferenceFileError) as refusal:
        load_starter_marks(record(tmp_path, mark=cells))
    assert str(refusal.value).startswith(f"marks.csv, line 2, column {column}: ")
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("column", "cells", "sentence"),
    [
        ("of", {0: ""}, "must not be empty"),
        ("of", {0: "nobody"}, "“nobody” is no id of claims.csv or marks.csv"),
        ("position", {1: "3"}, "must be 2"),
        ("position", {1: "two"}, "“two” is no whole number"),
        ("url", {2: "example.org/c"}, "“example.org/c” is no web address"),
        ("published", {5: "May"}, "“May” is no EDTF day"),
        ("stored_copy", {7: "1"}, "“1” is neither"),
    ],
)
def test_a_faulty_cell_of_a_source_is_told_with_its_place(
    tmp_path: Path, column: str, cells: dict[int, str], sentence: str
) -> None:
    last = tuple(cells.get(index, cell) for index, cell in enumerate(SOURCES[2]))
    if cells.get(0):
        last = (*last[:1], "1", *last[2:])
    with pytest.raises(ReferenceFileError) as refusal:
        load_starter_claims(record(tmp_path, sources=[*SOURCES[:2], last]))
    assert str(refusal.value).startswith(f"sources.csv, line 4, column {column}: ")
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,act\n", "marks.csv, line 1: the columns must be id, act, actor"),
        ("", "marks.csv, line 1: the columns must be"),
        (",".join(MARK_COLUMNS) + "\na,b\n", "marks.csv, line 2: the number of cells differs"),
        (",".join(MARK_COLUMNS) + "\n" + "x," * 15 + "x\n", "marks.csv, line 2: the number of cells differs"),
    ],
    ids=["other columns", "an empty file", "too few cells", "too many cells"],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    record(tmp_path)
    (tmp_path / "marks.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceFileError) as refusal:
        load_starter_marks(tmp_path)
    assert str(refusal.value).startswith(sentence)


def test_an_id_stands_once(tmp_path: Path) -> None:
    record(tmp_path)
    file = tmp_path / "claims.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(ReferenceFileError, match="line 3, column id: “us-ua-2024-05-30-any” already stands on line 2"):
        load_starter_claims(tmp_path)
