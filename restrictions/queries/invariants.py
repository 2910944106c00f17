"""What must be true of the record; each check gives the rows where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from restrictions.domain.derivation import derive
from restrictions.domain.matching import match
from restrictions.domain.positions import Position as Derived
from restrictions.models import Position
from restrictions.queries.claims import claims_of_pair, settlements_of_pair, uses_of_pair
from restrictions.queries.pairs import pairs_on_record
from restrictions.queries.stored import as_derived
from restrictions.queries.weapons import recorded_tree

_CHECKS = {
    "two positions of one line overlap": """
        SELECT a.id || ' and ' || b.id FROM restrictions_position a JOIN restrictions_position b
            ON a.id < b.id AND a.validity && b.validity
            AND (a.supplier_id, a.role, a.recipient_id, a.weapon_id, a.track, a.territory)
              = (b.supplier_id, b.role, b.recipient_id, b.weapon_id, b.track, b.territory)""",
    "a position has no evidence": """
        SELECT p.id::text FROM restrictions_position p
            WHERE NOT EXISTS (SELECT FROM restrictions_positionevidence e WHERE e.position_id = p.id)""",
    "a position rests on other claims than it shows": """
        SELECT p.id::text FROM restrictions_position p WHERE p.shown -> 'evidence' IS DISTINCT FROM (
            SELECT jsonb_agg(c.key ORDER BY e.ordinal) FROM restrictions_positionevidence e
                JOIN restrictions_claim c ON c.id = e.claim_id WHERE e.position_id = p.id)""",
    "a position rests on a claim that does not count": """
        SELECT p.id || ' on ' || c.key FROM restrictions_position p
            JOIN restrictions_positionevidence e ON e.position_id = p.id
            JOIN restrictions_claim c ON c.id = e.claim_id WHERE c.decision <> 'accepted' OR c.retracted""",
    "a decided claim has no decider": """
        SELECT key FROM restrictions_claim WHERE decision IN ('accepted', 'rejected') AND decided_by_id IS NULL""",
    "a position has no open version, or more than one": """
        SELECT p.id::text FROM restrictions_position p
            LEFT JOIN restrictions_positionversion v ON v.position_id = p.id AND upper_inf(v.recorded)
            GROUP BY p.id HAVING count(v.id) <> 1""",
    "a version is open whose position is gone": """
        SELECT v.position_id::text FROM restrictions_positionversion v
            WHERE upper_inf(v.recorded) AND NOT EXISTS (
                SELECT FROM restrictions_position p WHERE p.id = v.position_id)""",
    "a quote is not in its text": """
        SELECT c.key FROM restrictions_claim c JOIN restrictions_dispatchversion v ON v.id = c.dispatch_version_id
            WHERE c.quote_in <> '' AND (c.quote_in = 'title' OR v.body_dropped_at IS NULL)
                AND NOT starts_with(c.quote, '[Removed on ')
                AND NOT starts_with(CASE c.quote_in WHEN 'title' THEN v.title ELSE v.body END, '[Removed on ')
                AND c.quote IS DISTINCT FROM substring(
                CASE c.quote_in WHEN 'title' THEN v.title ELSE v.body END
                FROM c.quote_start + 1 FOR c.quote_end - c.quote_start)""",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """One row where the record is not as it must be."""

    what: str
    row: str


def breaches() -> Iterator[Breach]:
    """Every breach, the cheap checks first; then whether deriving again gives what is stored."""
    for what, sql in _CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield from (Breach(what, row[0]) for row in cursor.fetchall())
    yield from _not_as_derived()


def _not_as_derived() -> Iterator[Breach]:
    weapons = recorded_tree()
    for supplier, recipient in pairs_on_record():
        derived = derive(
            claims_of_pair(supplier, recipient),
            settlements_of_pair(supplier, recipient),
            weapons=weapons,
            uses=uses_of_pair(supplier, recipient),
        )
        stored = [as_derived(row) for row in Position.objects.of_pair(supplier, recipient)]
        yield from _differing(stored, list(derived.positions))


def _differing(stored: list[Derived], derived: list[Derived]) -> Iterator[Breach]:
    for line in sorted({position.line for position in (*stored, *derived)}):
        old = [position for position in stored if position.line == line]
        new = [position for position in derived if position.line == line]
        for before, after in match(old, new):
            if before != after:
                shown = before or after
                starts = shown.starts if shown else ""
                yield Breach("a stored position is not what the claims give", f"{'/'.join(line)} {starts}")
