"""The starter record: researched claims and marks, read from ``starter/*.csv`` and checked cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from restrictions.domain.claims import Claim, Line
from restrictions.domain.days import Day, parse_day
from restrictions.domain.vocabulary import (
    CLAIM_ACTS,
    MARK_ACTS,
    USE_STATUSES,
    Act,
    AreaRole,
    Attribution,
    Condition,
    Role,
    Status,
    Track,
)
from restrictions.reference.countries import country_codes
from restrictions.reference.regions import region_codes
from restrictions.reference.rows import ReferenceFileError, Row, read_rows, unique
from restrictions.reference.weapons import weapon_tree

STARTER = Path(__file__).with_name("starter")

CLAIM_COLUMNS = (
    *("id", "supplier", "recipient", "weapon", "track", "role", "status", "territory", "areas", "area_role"),
    *("conditions", "depth_km", "act", "attribution", "effective", "published", "prior", "speaker", "summary"),
    *("weak", "retracted", "notes"),
)
MARK_COLUMNS = (
    *("id", "act", "actor", "supplier", "recipient", "weapon", "territory", "areas", "attribution", "day"),
    *("published", "speaker", "summary", "weak", "notes"),
)
SOURCE_COLUMNS = ("of", "position", "url", "publisher", "title", "published", "language", "stored_copy")

# Which statuses a claim of the record may carry on each track; "unstated" stands on positions only.
_ON_TRACK = {
    Track.SUPPLY: (Status.WITHHELD, Status.SUPPLIED, Status.UNDISCLOSED),
    Track.USE: (*USE_STATUSES, Status.UNDISCLOSED),
}


@dataclass(frozen=True, slots=True)
class StarterSource:
    """A source as a bibliography names it. ``published`` is an EDTF string, empty where the page shows no day.

    ``stored_copy``: seen as a stored copy, never opened live.
    """

    position: int
    url: str
    publisher: str
    title: str
    published: str
    language: str
    stored_copy: bool


@dataclass(frozen=True, slots=True)
class StarterClaim:
    """A researched claim: no quote is held, so it carries our own summary and its sources. ``weak``: see the README."""

    claim: Claim
    speaker: str
    summary: str
    notes: str
    weak: bool
    sources: tuple[StarterSource, ...]


@dataclass(frozen=True, slots=True)
class StarterMark:
    """A context act of the starter record. ``day`` is when it happened, ``published`` when it became public.

    ``actor`` is who acts: the user of the weapon, or the state that hints. ``territory`` may be empty.
    """

    key: str
    act: Act
    actor: str
    supplier: str
    recipient: str
    weapon: str
    territory: str
    areas: tuple[str, ...]
    attribution: Attribution
    day: Day
    published: Day
    speaker: str
    summary: str
    notes: str
    weak: bool
    sources: tuple[StarterSource, ...]


def load_starter_claims(folder: Path = STARTER) -> tuple[StarterClaim, ...]:
    """The claims of the starter record, in the order of the file. ReferenceFileError names file, line and column."""
    rows = _keyed_rows(folder, "claims.csv", CLAIM_COLUMNS)
    sources = _sources(folder)
    return tuple(_starter_claim(row, _sources_of(row, sources)) for row in rows)


def load_starter_marks(folder: Path = STARTER) -> tuple[StarterMark, ...]:
    """The context marks of the starter record, in the order of the file."""
    rows = _keyed_rows(folder, "marks.csv", MARK_COLUMNS)
    sources = _sources(folder)
    return tuple(_starter_mark(row, _sources_of(row, sources)) for row in rows)


def _keyed_rows(folder: Path, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    rows = read_rows(folder / name, columns)
    unique(rows, "id")
    return rows


def _starter_claim(row: Row, sources: tuple[StarterSource, ...]) -> StarterClaim:
    return StarterClaim(
        claim=_claim(row),
        speaker=row.text("speaker"),
        summary=row.required("summary"),
        notes=row.text("notes"),
        weak=row.flag("weak"),
        sources=sources,
    )


def _claim(row: Row) -> Claim:
    """The row as the derivation sees it, each code and day checked."""
    line = _line(row)
    conditions = frozenset(map(Condition, row.codes("conditions", list(Condition), "condition")))
    return Claim(
        key=row.text("id"),
        line=line,
        status=Status(row.one_of("status", _ON_TRACK[line.track], f"status of a claim on the {line.track} track")),
        act=Act(row.one_of("act", CLAIM_ACTS, "act that makes a claim")),
        attribution=Attribution(row.one_of("attribution", list(Attribution), "attribution")),
        effective=row.read("effective", parse_day),
        published=row.read("published", parse_day),
        areas=_areas(row),
        area_role=_area_role(row),
        conditions=conditions,
        depth_km=_depth(row, conditions),
        prior=_prior(row),
        retracted=row.flag("retracted"),
    )


def _line(row: Row) -> Line:
    """The line that the claim speaks of; a territory stands on the use track and there alone."""
    track = Track(row.one_of("track", list(Track), "track"))
    if track is Track.SUPPLY and row.text("territory"):
        row.refuse("territory", "the supply track has none")
    return Line(
        supplier=row.one_of("supplier", country_codes(), "ISO 3166-1 alpha-2 code"),
        role=Role(row.one_of("role", list(Role), "role")),
        recipient=row.one_of("recipient", country_codes(), "ISO 3166-1 alpha-2 code"),
        weapon=row.one_of("weapon", weapon_tree().nodes, "weapon code"),
        track=track,
        territory=_territory(row) if track is Track.USE else "",
    )


def _territory(row: Row) -> str:
    return row.one_of("territory", country_codes(), "ISO 3166-1 alpha-2 code")


def _areas(row: Row) -> tuple[str, ...]:
    return row.codes("areas", region_codes(), "ISO 3166-2 code that we hold")


def _area_role(row: Row) -> AreaRole | None:
    """Whether the areas are defended or fired at; a role stands beside areas and there alone."""
    if bool(row.text("areas")) != bool(row.text("area_role")):
        row.refuse("area_role", "areas and their role stand together")
    if not row.text("area_role"):
        return None
    return AreaRole(row.one_of("area_role", list(AreaRole), "area role"))


def _depth(row: Row, conditions: frozenset[Condition]) -> int | None:
    """Whole kilometres, beside the condition ``depth_limit`` only."""
    if not row.text("depth_km"):
        return None
    depth = row.whole_number("depth_km")
    if depth == 0 or Condition.DEPTH_LIMIT not in conditions:
        row.refuse("depth_km", "a depth is above 0 and stands beside the condition depth_limit")
    return depth


def _prior(row: Row) -> Status | None:
    if not row.text("prior"):
        return None
    return Status(row.one_of("prior", list(Status), "status"))


def _starter_mark(row: Row, sources: tuple[StarterSource, ...]) -> StarterMark:
    return StarterMark(
        key=row.text("id"),
        act=Act(row.one_of("act", MARK_ACTS, "act of a mark")),
        actor=row.required("actor"),
        supplier=row.one_of("supplier", country_codes(), "ISO 3166-1 alpha-2 code"),
        recipient=row.one_of("recipient", country_codes(), "ISO 3166-1 alpha-2 code"),
        weapon=row.one_of("weapon", weapon_tree().nodes, "weapon code"),
        territory=_territory(row) if row.text("territory") else "",
        areas=_areas(row),
        attribution=Attribution(row.one_of("attribution", list(Attribution), "attribution")),
        day=row.read("day", parse_day),
        published=row.read("published", parse_day),
        speaker=row.text("speaker"),
        summary=row.required("summary"),
        notes=row.text("notes"),
        weak=row.flag("weak"),
        sources=sources,
    )


def _sources(folder: Path) -> Mapping[str, tuple[StarterSource, ...]]:
    """Sources by the id of what they support, each numbered from 1 in the order of the file."""
    by_id: dict[str, tuple[StarterSource, ...]] = {}
    rows = read_rows(folder / "sources.csv", SOURCE_COLUMNS)
    for row in rows:
        before = by_id.get(row.required("of"), ())
        by_id[row.text("of")] = (*before, _source(row, len(before) + 1))
    _check_owners(folder, rows)
    return by_id


def _source(row: Row, position: int) -> StarterSource:
    if row.whole_number("position") != position:
        row.refuse("position", f"must be {position}: the sources of one id are numbered from 1")
    if not row.text("url").startswith(("https://", "http://")):
        row.refuse("url", f"“{row.text('url')}” is no web address")
    published = row.read_if_any("published", parse_day)
    return StarterSource(
        position=position,
        url=row.text("url"),
        publisher=row.text("publisher"),
        title=row.text("title"),
        published=str(published or ""),
        language=row.text("language"),
        stored_copy=row.flag("stored_copy"),
    )


def _check_owners(folder: Path, rows: Iterable[Row]) -> None:
    """Refuses a source of a claim or mark that is not in the record, and an id that stands in both files."""
    claims = _keyed_rows(folder, "claims.csv", CLAIM_COLUMNS)
    marks = _keyed_rows(folder, "marks.csv", MARK_COLUMNS)
    unique((*claims, *marks), "id")
    known = {row.text("id") for row in (*claims, *marks)}
    for row in rows:
        row.one_of("of", known, "id of claims.csv or marks.csv")


def _sources_of(row: Row, sources: Mapping[str, tuple[StarterSource, ...]]) -> tuple[StarterSource, ...]:
    key = row.text("id")
    if key not in sources:
        raise ReferenceFileError(f"{row.file}, line {row.line}, column id: “{key}” has no source in sources.csv.")
    return sources[key]
