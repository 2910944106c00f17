"""Records derived for plans, remembered for a while: the next plan of a pair begins with the record that this one ends
with, and a page that is shown again asks for nothing new."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256

from restrictions.domain.claims import Claim, Settlement
from restrictions.domain.derivation import derive
from restrictions.domain.positions import Record
from restrictions.domain.rules import RULES_VERSION
from restrictions.domain.weapons import WeaponTree

# One of a thousand claims takes about half a megabyte.
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a record follows from. Two are the same where their ``digest`` is: it is written from all the rest."""

    claims: tuple[Claim, ...] = field(compare=False)
    rulings: tuple[Settlement, ...] = field(compare=False)
    weapons: WeaponTree = field(compare=False)
    digest: str


def inputs(claims: Sequence[Claim], rulings: Sequence[Settlement], weapons: WeaponTree) -> Inputs:
    """The claims and rulings of one pair in any order, with the name that they share with their equals."""
    written = sorted(map(_written, claims)) + sorted(map(repr, rulings))
    parts = [RULES_VERSION, repr(sorted(weapons.nodes.items())), *written]
    return Inputs(tuple(claims), tuple(rulings), weapons, sha256("\n".join(parts).encode()).hexdigest())


@lru_cache(maxsize=_REMEMBERED)
def derived(given: Inputs) -> Record:
    """The record that follows from them."""
    return derive(given.claims, given.rulings, weapons=given.weapons)


@lru_cache(maxsize=16_384)
def _written(claim: Claim) -> str:
    """The claim as text that is the same in every process: a set has no order of its own."""
    return repr((replace(claim, conditions=frozenset()), sorted(claim.conditions)))
