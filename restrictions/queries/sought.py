"""Which positions of a timeline are asked for: by what they say, how they are limited, and on whose word."""

from dataclasses import dataclass

from restrictions.domain.positions import LimitKind, Position
from restrictions.domain.vocabulary import Attribution, Condition, Status
from restrictions.queries.codes import Codes
from restrictions.queries.held import Shown
from restrictions.queries.shown import claim_sources, evidence_links, independent_sources
from restrictions.words import limits_beside, status_label, status_sentence, unaccented

OFFICIAL, TWO = "official", "two"
"""What may be asked of evidence: that an official or a document confirms it, or two sources that stand on their own."""
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

    @property
    def evidence(self) -> str:
        """The kind of evidence asked for, by its name; empty where any will do."""
        return OFFICIAL if self.official else TWO if self.sources else ""


EVERYTHING = Sought()


def is_sought(position: Position, sought: Sought) -> bool:
    """Whether a position is asked for, as far as it itself says so."""
    return (
        (not sought.statuses or position.status in sought.statuses)
        and _is_limited(position, sought)
        and not (sought.official and position.provisional)
    )


def asks_for_evidence(sought: Sought) -> bool:
    """Whether it depends on what a position rests on."""
    return bool(sought.attributions or sought.sources or sought.text)


def rests_on(position: Position, shown: Shown, weapon: str, sought: Sought, codes: Codes) -> bool:
    """Whether a position is asked for by what it rests on. ``weapon`` is that of the row in which it answers."""
    return _is_vouched_for(shown, sought) and (not sought.text or _says(position, shown, weapon, sought.text, codes))


def regions_of(position: Position) -> frozenset[str]:
    """The regions that a position's limits name."""
    return frozenset(limit.value for limit in position.limits if limit.kind in _PLACES)


def _is_limited(position: Position, sought: Sought) -> bool:
    conditions = {limit.value for limit in position.limits if limit.kind is LimitKind.CONDITION}
    return (not sought.conditions or not conditions.isdisjoint(sought.conditions)) and (
        not sought.regions or not regions_of(position).isdisjoint(sought.regions)
    )


def _is_vouched_for(shown: Shown, sought: Sought) -> bool:
    if not (sought.attributions or sought.sources):
        return True
    evidence = evidence_links(shown)
    vouching = {link.attribution for link in evidence}
    return (not sought.attributions or not vouching.isdisjoint(sought.attributions)) and (
        independent_sources(evidence) >= sought.sources
    )


def _says(position: Position, shown: Shown, weapon: str, text: str, codes: Codes) -> bool:
    """Whether every word of the text stands somewhere in what is known of the position, whatever its accents."""
    line = position.line
    said = (
        *(codes.countries.get(line.supplier, ""), codes.weapons.get(weapon, ""), codes.weapons.get(line.weapon, "")),
        *(status_label(position.status), status_sentence(position.status, territory=line.territory)),
        limits_beside(position.status, position.limits, codes.regions),
        *(words for key in shown["evidence"] for words in _told_by(shown["claims"][key])),
    )
    everything = unaccented(" ".join(said))
    return all(word in everything for word in unaccented(text).split())


def _told_by(claim: Shown) -> list[str]:
    sources = [f"{source.publisher} {source.title}" for source in claim_sources(claim)]
    return [claim["summary"], claim["quote"], claim["speaker"], *sources]
