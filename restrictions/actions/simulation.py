"""A synthetic record of any size: made-up claims, taken in over two years, and what follows from them."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.utils.translation import gettext

from restrictions.actions.copying import Copied, bulk_loading
from restrictions.actions.record import position_columns
from restrictions.actions.simulated_desk import SIMULATION, SimulatedDesk
from restrictions.actions.starter import claim_columns
from restrictions.domain.claims import Claim, Line
from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.positions import Position, Record
from restrictions.domain.rules import RULES_VERSION
from restrictions.domain.simulating import RECIPIENTS, SUPPLIERS, simulated_claims
from restrictions.domain.vocabulary import Decision
from restrictions.domain.weapons import ANY
from restrictions.models import Claim as StoredClaim
from restrictions.models import (
    Country,
    Dispatch,
    DispatchVersion,
    PositionEvidence,
    PositionVersion,
    Region,
    Revision,
    Stretch,
    Weapon,
)
from restrictions.models import Position as StoredPosition
from restrictions.queries.evidence import Showcase, Shown
from restrictions.queries.weapons import recorded_tree

REVISIONS, APART = 24, timedelta(days=30)
TAKEN_IN = 4
"""Revisions in which the claims of one supplier and recipient come into the record, in no order of their days."""
TOWARDS_ONE = 10_000
"""Positions towards one recipient before a second one is made up."""
_TERRITORY = "RU"
T = TypeVar("T")


class RecordHeld(Exception):
    """The record holds something; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """How many rows a simulation made."""

    positions: int
    versions: int
    claims: int
    dispatches: int


def simulate(*, positions: int, dispatches: int, seed: int, now: datetime) -> Simulated:
    """Fill an empty record with about so many positions and exactly so many dispatches, the same for the same seed.

    Every dispatch is marked as synthetic. The record seems to have begun two years before ``now``. Raises RecordHeld
    where the record is not empty.
    """
    _check_empty()
    chance = random.Random(seed)  # noqa: S311  nothing secret: the same seed gives the same record
    with transaction.atomic():
        curator = User.objects.get_or_create(username=SIMULATION, defaults={"is_active": False})[0]
        with bulk_loading(*_RECORD, *_EVENTS):
            made = _Simulation(chance, curator, now, dispatches).run(positions)
            _write_events(now - APART * (REVISIONS + 1))
    return made


_RECORD: tuple[type[Model], ...] = (
    *(Revision, Dispatch, DispatchVersion, StoredClaim, StoredPosition),
    *(PositionEvidence, Stretch, PositionVersion),
)
_EVENTS: tuple[type[Model], ...] = tuple(
    model.pgh_event_model  # type: ignore[union-attr]  # put there by pghistory
    for model in (StoredClaim, Country, Region, Weapon)
)


def _check_empty() -> None:
    if StoredClaim.objects.exists() or Dispatch.objects.exists() or Revision.objects.exists():
        raise RecordHeld(gettext("This record is not empty. A simulated record is made in a database of its own."))
    if not (Weapon.objects.exists() and Country.objects.exists()):
        raise RecordHeld(gettext("Countries and weapons are missing. Run “manage.py load_reference” first."))


@dataclass(slots=True)
class _Open:
    """A position that stands in the record so far, and the revision that wrote it."""

    number: int
    position: Position
    shown: Shown
    revision: int


class _Simulation:
    """Rows in the making: each pair's claims are taken in in a few steps, and what each changes becomes a version."""

    def __init__(self, chance: random.Random, curator: User, now: datetime, dispatches: int) -> None:
        self._chance, self._curator = chance, curator
        self._weapons = recorded_tree()
        self._names = _names()
        self._tables = {model: Copied(model, now) for model in _RECORD}
        self._instants: dict[int, datetime] = {}
        self._now = now
        self._desk = SimulatedDesk(self._tables, dispatches)

    def run(self, wanted: int) -> Simulated:
        """All pairs, one recipient after the other, sent to the database recipient by recipient."""
        self._write_revisions()
        self._desk.expect(wanted)
        made, turned, pairs = 0, 0, _pairs(wanted)
        for place, (supplier, recipient) in enumerate(pairs):
            # Rules of derivation add positions and join some: how many a turn gives shows as they come.
            yielded = made / turned if turned else 1.3
            turns = max(0, round((wanted - made) / (len(pairs) - place) / yielded))
            if turns:
                made, turned = made + self._take_in(self._claims(supplier, recipient, turns)), turned + turns
            if place + 1 == len(pairs) or pairs[place + 1][1] != recipient:
                self._flush()
        return self._simulated(made)

    def _simulated(self, made: int) -> Simulated:
        dispatches = self._desk.close()
        versions, claims = self._tables[PositionVersion].taken, self._tables[StoredClaim].taken
        return Simulated(made, versions, claims, dispatches)

    def _claims(self, supplier: str, recipient: str, turns: int) -> list[Claim]:
        systems = sorted(code for code in self._weapons.nodes if code != ANY)
        return simulated_claims(
            self._chance,
            supplier=supplier,
            recipient=recipient,
            territory=_TERRITORY,
            weapons=systems,
            turns=turns,
        )

    def _write_revisions(self) -> None:
        for place in range(REVISIONS):
            instant = self._now - APART * (REVISIONS - place)
            said = {"reason": "Simulated", "rules_version": RULES_VERSION}
            number = self._tables[Revision].add({"instant": instant, "actor_id": self._curator.pk, **said})
            self._instants[number] = instant

    def _take_in(self, claims: Sequence[Claim]) -> int:
        """How many positions stand once all of the claims are in."""
        revisions = sorted(self._chance.sample(sorted(self._instants), TAKEN_IN))
        shown: dict[str, Shown] = {}
        standing: list[_Open] = []
        for step, revision in enumerate(revisions, start=1):
            held = claims[: len(claims) * step // TAKEN_IN]
            shown |= {claim.key: self._write_claim(claim, self._instants[revision]) for claim in held[len(shown) :]}
            record = derive(held, weapons=self._weapons)
            showcase = Showcase(record, self._weapons, claims=shown, names=self._names)
            standing = list(self._changed(standing, record, showcase, revision))
        self._write_standing(standing, shown)
        return len(standing)

    def _write_claim(self, claim: Claim, instant: datetime) -> Shown:
        quoted = self._desk.report(claim)
        decided = {"decision": Decision.ACCEPTED.value, "decided_by_id": self._curator.pk, "decided_at": instant}
        row = claim_columns(claim) | decided | quoted.columns | {"coder": SIMULATION, "recorded_at": instant}
        number = self._tables[StoredClaim].add(row)
        return quoted.shown | {"id": number}

    def _changed(self, standing: Sequence[_Open], record: Record, showcase: Showcase, revision: int) -> Iterator[_Open]:
        """What stands after a step; versions that it ended are written."""
        old, new = _by_line(standing, lambda one: one.position), _by_line(record.positions, lambda position: position)
        for line in sorted(old.keys() | new.keys()):
            open_of = {id(one.position): one for one in old.get(line, ())}
            for before, after in match([one.position for one in old.get(line, ())], new.get(line, ())):
                was = open_of[id(before)] if before else None
                if after is None or was is None or not _reads_alike(was, after, showcase):
                    if was:
                        self._write_version(was, until=revision)
                    was = self._opened(was, after, showcase, revision) if after else None
                if was:
                    yield was

    def _opened(self, was: _Open | None, position: Position, showcase: Showcase, revision: int) -> _Open:
        number = was.number if was else self._tables[StoredPosition].number()
        return _Open(number, position, showcase.shown(position), revision)

    def _write_version(self, one: _Open, until: int | None = None) -> None:
        recorded = DateTimeTZRange(self._instants[one.revision], self._instants[until] if until else None)
        row = {"position_id": one.number, "recorded": recorded, "opened_by_id": one.revision, "closed_by_id": until}
        self._tables[PositionVersion].add(position_columns(one.position) | {"shown": one.shown} | row)

    def _write_standing(self, standing: Sequence[_Open], shown: Mapping[str, Shown]) -> None:
        for one in standing:
            self._write_version(one)
            row = position_columns(one.position) | {"shown": one.shown, "revision_id": one.revision}
            self._tables[StoredPosition].add(row, number=one.number)
            for place, key in enumerate(one.position.evidence):
                evidence = {"position_id": one.number, "claim_id": shown[key]["id"], "ordinal": place}
                self._tables[PositionEvidence].add(evidence)
            for stretch in one.shown["stretches"]:
                columns = {name: value for name, value in stretch.items() if name != "settlement"}
                self._tables[Stretch].add(columns | {"position_id": one.number})

    def _flush(self) -> None:
        for table in self._tables.values():
            table.flush()


def _pairs(wanted: int) -> list[tuple[str, str]]:
    """Suppliers and recipients; one recipient more for each ten thousand positions."""
    recipients = RECIPIENTS[: max(1, -(-wanted // TOWARDS_ONE))]
    return [(supplier, recipient) for recipient in recipients for supplier in SUPPLIERS]


def _by_line(rows: Iterable[T], position_of: Callable[[T], Position]) -> dict[Line, list[T]]:
    found: dict[Line, list[T]] = {}
    for row in rows:
        found.setdefault(position_of(row).line, []).append(row)
    return found


def _reads_alike(was: _Open, position: Position, showcase: Showcase) -> bool:
    return was.position == position and was.shown == showcase.shown(position)


def _names() -> dict[str, dict[str, str]]:
    names = {row.code: {"en": row.name_en, "fr": row.name_fr} for row in Country.objects.all()}
    return names | {row.code: {"en": row.name} for row in Weapon.objects.all()}


def _write_events(began: datetime) -> None:
    """What the audit trail would have kept: each claim as it came, and the names as known since the record began."""
    claims, *named = _EVENTS
    quote = connection.ops.quote_name
    own = [str(field.column) for field in claims._meta.concrete_fields if not field.name.startswith("pgh_")]
    columns, taken = ", ".join(map(quote, own)), quote(StoredClaim._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(claims._meta.db_table)} (pgh_created_at, pgh_label, pgh_obj_id, {columns})"  # noqa: S608  our own names
            f" SELECT recorded_at, 'insert', id, {columns} FROM {taken}"
        )
        for model in named:
            cursor.execute(f"UPDATE {quote(model._meta.db_table)} SET pgh_created_at = %s", [began])  # noqa: S608  our own names
