"""What a decision about a claim would change in the record as it stands now, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language, gettext

from restrictions.domain.claims import Line
from restrictions.domain.derivation import derive
from restrictions.domain.plan import Change, describe, difference, plan
from restrictions.domain.vocabulary import Role, Track
from restrictions.models import Claim, Country, Region, Weapon
from restrictions.queries.claims import as_derived_from, claims_of_pair, settlements_of_pair
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
    planned = plan(as_derived_from(row), claims, rulings, weapons=recorded_tree())
    return _in_words(planned.changes)


def undo_lines(claim_id: int) -> tuple[PlanLine, ...]:
    """What taking an accepted claim back would change."""
    row = Claim.objects.get(pk=claim_id)
    claims = claims_of_pair(row.supplier_id, row.recipient_id)
    rulings = settlements_of_pair(row.supplier_id, row.recipient_id)
    weapons = recorded_tree()
    before = derive(claims, rulings, weapons=weapons)
    after = derive([claim for claim in claims if claim.key != row.key], rulings, weapons=weapons)
    return _in_words(difference(before, after))


def _in_words(changes: Iterable[Change]) -> tuple[PlanLine, ...]:
    found = sorted(changes, key=lambda change: change.line)
    words, names = _words(), _country_names({code for change in found for code in _countries(change.line)})
    return tuple(
        PlanLine(_heading(line, names, words), tuple(describe(change, words) for change in group))
        for line, group in groupby(found, key=lambda change: change.line)
    )


def _countries(line: Line) -> tuple[str, ...]:
    return (line.supplier, line.recipient, line.territory)


def _heading(line: Line, names: dict[str, str], words: PlainWords) -> str:
    """E.g. “United States → Ukraine, all weapons, use in Russia”."""
    where = gettext("supply")
    if line.track is Track.USE:
        where = gettext("use in %(territory)s") % {"territory": names.get(line.territory, line.territory)}
    role = gettext(" (its consent)") if line.role is Role.CONSENT else ""
    weapon = gettext("all weapons") if line.weapon == "any" else words.weapon(line.weapon)
    return f"{names[line.supplier]}{role} → {names[line.recipient]}, {weapon}, {where}"


def _words() -> PlainWords:
    region_names = {region.code: _name(region) for region in Region.objects.all()}
    return PlainWords(dict(Weapon.objects.values_list("code", "name")), region_names)


def _country_names(codes: set[str]) -> dict[str, str]:
    return {country.code: _name(country) for country in Country.objects.filter(code__in=codes)}


def _name(row: Country | Region) -> str:
    return row.name_fr if (get_language() or "").startswith("fr") else row.name_en
