"""Which positions of a timeline are asked for: by what they say, how they are limited, and on whose word."""

from dataclasses import dataclass

from restrictions.domain.positions import LimitKind, Position
from restrictions.domain.vocabulary import Attribution, Condition, Status
from restrictions.queries.codes import Codes
from restrictions.queries.held import Held, Shown
from restrictions.queries.shown import claim_sources, evidence_links, independent_sources
from restrictions.words import limits_beside, status_label, status_sentence, unaccented

_PLACES = (LimitKind.AREA, LimitKind.EXCEPT_AREA)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is empty asks for all. Of several statuses, conditions, regions or attributions one is enough.

    ``official`` leaves out what no official or document has confirmed, ``sources`` what rests on fewer that stand on
    their own. ``text`` is looked for in names, in what the position says, and in its claims and their sources.
    """

    statuses: tuple[Status, ...] = ()
    conditions: tuple[Condition, ...] = ()
    regions: tuple[str, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    official: bool = False
    sources: int = 0
    text: str = ""


EVERYTHING = Sought()


def is_sought(held: Held, weapon: str, sought: Sought, codes: Codes) -> bool:
    """Whether a position is asked for. ``weapon`` is that of the row in which it answers."""
    if sought == EVERYTHING:
        return True
    position = held.position
    return (
        (not sought.statuses or position.status in sought.statuses)
        and _is_limited(position, sought)
        and _is_vouched_for(held, sought)
        and (not sought.text or _says(held, weapon, sought.text, codes))
    )


def regions_of(position: Position) -> frozenset[str]:
    """The regions that a position's limits name."""
    return frozenset(limit.value for limit in position.limits if limit.kind in _PLACES)


def _is_limited(position: Position, sought: Sought) -> bool:
    conditions = {limit.value for limit in position.limits if limit.kind is LimitKind.CONDITION}
    return (not sought.conditions or not conditions.isdisjoint(sought.conditions)) and (
        not sought.regions or not regions_of(position).isdisjoint(sought.regions)
    )


def _is_vouched_for(held: Held, sought: Sought) -> bool:
    if sought.official and held.position.provisional:
        return False
    if not (sought.attributions or sought.sources):
        return True
    evidence = evidence_links(held.shown)
    vouching = {link.attribution for link in evidence}
    return (not sought.attributions or not vouching.isdisjoint(sought.attributions)) and (
        independent_sources(evidence) >= sought.sources
    )


def _says(held: Held, weapon: str, text: str, codes: Codes) -> bool:
    """Whether every word of the text stands somewhere in what is known of the position, whatever its accents."""
    position, line = held.position, held.position.line
    said = (
        *(codes.countries.get(line.supplier, ""), codes.weapons.get(weapon, ""), codes.weapons.get(line.weapon, "")),
        *(status_label(position.status), status_sentence(position.status, territory=line.territory)),
        limits_beside(position.status, position.limits, codes.regions),
        *(words for key in held.shown["evidence"] for words in _told_by(held.shown["claims"][key])),
    )
    everything = unaccented(" ".join(said))
    return all(word in everything for word in unaccented(text).split())


def _told_by(claim: Shown) -> list[str]:
    sources = [f"{source.publisher} {source.title}" for source in claim_sources(claim)]
    return [claim["summary"], claim["quote"], claim["speaker"], *sources]
