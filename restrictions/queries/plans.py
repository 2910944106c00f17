"""What a decision about a claim would change in the record as it stands now, in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from restrictions.domain.claims import Line
from restrictions.domain.plan import Change, describe, plan
from restrictions.domain.vocabulary import Decision, Role, Track
from restrictions.domain.weapons import ANY
from restrictions.models import Claim
from restrictions.queries.claims import as_derived_from, claims_of_pair, settlements_of_pair
from restrictions.queries.codes import Codes, known_codes
from restrictions.queries.steps import Standing, Step, restoring, taking_in, taking_out
from restrictions.queries.weapons import recorded_tree
from restrictions.words import PlainWords


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What changes on one line of the record. Sentences hold ``*…*`` around a status in words."""

    heading: str
    sentences: tuple[str, ...]


def plan_lines(claim_id: int) -> tuple[PlanLine, ...]:
    """What accepting the claim changes, also where it is accepted already; empty where no ``effective`` is known."""
    row = Claim.objects.get(pk=claim_id)
    if row.effective_edtf is None:
        return ()
    claims = claims_of_pair(row.supplier_id, row.recipient_id)
    rulings = settlements_of_pair(row.supplier_id, row.recipient_id)
    foreseen = plan(as_derived_from(row), claims, rulings, weapons=recorded_tree())
    return _Speaker().lines(foreseen.changes)


def undo_lines(claim_id: int) -> tuple[PlanLine, ...]:
    """What taking an accepted claim back would change."""
    return planned(taking_out(Claim.objects.get(pk=claim_id))).lines


@dataclass(frozen=True, slots=True)
class Planned:
    """What a step would change, and the mark of the record that this follows from."""

    lines: tuple[PlanLine, ...]
    seen: str


def planned(step: Step) -> Planned:
    """The plan of one step."""
    return plans({0: step})[0]


def plans(steps: Mapping[int, Step]) -> dict[int, Planned]:
    """The plans of several steps against one record: a constant number of queries, none where there is no step."""
    if not steps:
        return {}
    record = Standing(steps.values())
    changes = {number: record.changes(step) for number, step in steps.items()}
    speaker = _Speaker()
    return {number: Planned(speaker.lines(changes[number]), record.seen(step)) for number, step in steps.items()}


def claim_plans(claims: Collection[int]) -> dict[int, Planned]:
    """What the next decision about each claim would change, by its row: accepting one that waits, taking an accepted
    one back, counting a retracted one again. A rejected claim has none."""
    rows = Claim.objects.filter(pk__in=claims)
    return plans({row.pk: step for row in rows if (step := _next_step(row))})


def _next_step(row: Claim) -> Step | None:
    if row.decision == Decision.PROPOSED:
        return taking_in(row)
    if row.decision == Decision.REJECTED:
        return None
    return restoring(row) if row.retracted else taking_out(row)


class _Speaker:
    """Says changes in the reader's language, with names read once."""

    def __init__(self) -> None:
        self._codes = known_codes()
        self._words = PlainWords(self._codes.weapons, self._codes.regions)

    def lines(self, changes: Iterable[Change]) -> tuple[PlanLine, ...]:
        found = sorted(changes, key=lambda change: change.line)
        return tuple(
            PlanLine(_heading(line, self._codes), tuple(describe(change, self._words) for change in group))
            for line, group in groupby(found, key=lambda change: change.line)
        )


def _heading(line: Line, codes: Codes) -> str:
    """E.g. “United States → Ukraine, all weapons, use in Russia”."""
    names = codes.countries
    where = gettext("supply")
    if line.track is Track.USE:
        where = gettext("use in %(territory)s") % {"territory": names.get(line.territory, line.territory)}
    role = gettext(" (its consent)") if line.role is Role.CONSENT else ""
    weapon = gettext("all weapons") if line.weapon == ANY else codes.weapons.get(line.weapon, line.weapon)
    return f"{names[line.supplier]}{role} → {names[line.recipient]}, {weapon}, {where}"
