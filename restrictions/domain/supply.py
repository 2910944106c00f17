"""Rule 5: what a rule of use says of the supply, what a resumed class ends, and use of which nothing is said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from restrictions.domain.claims import Claim, Line
from restrictions.domain.ordering import order_of
from restrictions.domain.positions import Position
from restrictions.domain.rules import Rule
from restrictions.domain.turns import Bearing, Heard
from restrictions.domain.vocabulary import Act, Role, Status, Track
from restrictions.domain.weapons import ANY, WeaponTree

ENEMY_LAND: Mapping[str, str] = {"UA": "RU"}
"""Where a recipient's war is fought on enemy land (rule 11 of coding): where silence about use would matter."""


def hear(claims: list[Claim], weapons: WeaponTree) -> dict[Line, list[Heard]]:
    """Every claim on its own line, and on the supply lines that it bears on, each line in the order of rule 1."""
    heard: dict[Line, list[Heard]] = defaultdict(list)
    for claim in claims:
        heard[claim.line].append(Heard(claim))
        if claim.line.track is Track.USE:
            _hear_of_supply(claim, heard)
    for line in [line for line in heard if line.track is Track.SUPPLY]:
        _hear_resumptions(line, claims, heard, weapons)
    for items in heard.values():
        items.sort(key=lambda item: order_of(item.claim))
    return dict(heard)


def _hear_of_supply(claim: Claim, heard: dict[Line, list[Heard]]) -> None:
    line = claim.line._replace(track=Track.SUPPLY, territory="")
    supplied = replace(claim, line=line, status=Status.SUPPLIED, areas=(), conditions=frozenset(), depth_km=None)
    if claim.prior is Status.WITHHELD:
        heard[line].append(Heard(replace(supplied, act=Act.SETS)))
    elif claim.attribution.is_official and claim.line.role is Role.SUPPLIER:
        heard[line].append(Heard(supplied, Bearing.CONFIRMS))


def _hear_resumptions(line: Line, claims: list[Claim], heard: dict[Line, list[Heard]], weapons: WeaponTree) -> None:
    """Resuming a class ends the `temporary` refusals of its systems; resuming everything ends none."""
    for claim in claims:
        resumes = claim.status is Status.SUPPLIED and claim.act is Act.SETS and claim.line.weapon != ANY
        same = claim.line._replace(weapon=line.weapon) == line
        if resumes and same and weapons.covers(claim.line.weapon, line.weapon):
            heard[line].append(Heard(replace(claim, line=line), Bearing.RESUMES))


def unstated_uses(positions: Iterable[Position]) -> list[Position]:
    """`unstated` positions: handed over, and nothing said of use on the enemy's land until a first rule of use."""
    first_rules: dict[Line, Position] = {}
    supplies: dict[Line, Position] = {}
    for position in positions:
        if position.line.track is Track.USE:
            _keep_first(first_rules, position)
        elif position.status is Status.SUPPLIED and position.line.role is Role.SUPPLIER:
            _keep_first(supplies, position)
    found = (_unstated(supply, first_rules) for supply in supplies.values())
    return [position for position in found if position]


def _keep_first(kept: dict[Line, Position], position: Position) -> None:
    other = kept.get(position.line)
    if other is None or position.first_day < other.first_day:
        kept[position.line] = position


def _unstated(supply: Position, first_rules: dict[Line, Position]) -> Position | None:
    territory = ENEMY_LAND.get(supply.line.recipient)
    if territory is None:
        return None
    line = supply.line._replace(track=Track.USE, territory=territory)
    rule = first_rules.get(line)
    if rule and rule.first_day <= supply.first_day:
        return None
    ends = rule.starts if rule else None
    return replace(
        supply,
        line=line,
        status=Status.UNSTATED,
        ends=ends,
        limits=(),
        evidence=supply.evidence[:1],
        last_confirmed=min(supply.last_confirmed, ends.latest) if ends else supply.last_confirmed,
        rules=(Rule.SUPPLY,),
    )
