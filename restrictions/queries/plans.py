"""What a decision about a claim would change in the record as it stands now, in words."""

from collections.abc import Iterable
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
from restrictions.queries.merging import parting
from restrictions.queries.steps import Foreseen, Standing, Step, restoring, taking_in, taking_out
from restrictions.queries.weapons import recorded_tree
from restrictions.words import PlainWords


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What changes on one line of the record. Sentences hold ``*…*`` around a status in words."""

    line: Line
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
    return lines_of(foreseen.changes)


def undo_lines(claim_id: int) -> tuple[PlanLine, ...]:
    """What taking an accepted claim or a merge back would change; nothing where neither stands."""
    row = Claim.objects.select_related("merged_into").get(pk=claim_id)
    if row.merged_into:
        return planned(parting(row, row.merged_into)).lines
    return planned(taking_out(row)).lines


@dataclass(frozen=True, slots=True)
class Planned:
    """What a step would change, the records before and after it, and the mark of all that this follows from."""

    lines: tuple[PlanLine, ...]
    seen: str
    foreseen: Foreseen


def lines_of(changes: Iterable[Change], codes: Codes | None = None) -> tuple[PlanLine, ...]:
    """These changes in words. Three queries where the names are not read already."""
    return _Speaker(codes or known_codes()).lines(changes)


def planned(step: Step, codes: Codes | None = None) -> Planned:
    """The plan of one step: three queries, and three more where the names are not read already."""
    record = Standing(step)
    foreseen = record.foresee()
    return Planned(lines_of(foreseen.changes, codes), record.seen(), foreseen)


def claim_plan(row: Claim, codes: Codes | None = None) -> Planned | None:
    """What the next decision about a claim would change: accepting one that waits, taking an accepted one back,
    counting a retracted one again, taking a merge back. None for a withdrawn claim, and for a rejected one that is
    not merged."""
    step = _next_step(row)
    return planned(step, codes) if step else None


def _next_step(row: Claim) -> Step | None:
    if row.decision == Decision.PROPOSED:
        return taking_in(row)
    if row.decision == Decision.WITHDRAWN:
        return None
    if row.decision == Decision.REJECTED:
        return parting(row, row.merged_into) if row.merged_into else None
    return restoring(row) if row.retracted else taking_out(row)


class _Speaker:
    """Says changes in the reader's language, with names read once."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._words = PlainWords(codes.weapons, codes.regions)

    def lines(self, changes: Iterable[Change]) -> tuple[PlanLine, ...]:
        found = sorted(changes, key=lambda change: change.line)
        return tuple(
            PlanLine(line, _heading(line, self._codes), tuple(describe(change, self._words) for change in group))
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
