"""How long the positions of one supplier and recipient take to derive from 1,000 claims."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bench.figures import Figure, median_seconds
from restrictions.domain.claims import Claim, Line
from restrictions.domain.days import exact
from restrictions.domain.derivation import derive
from restrictions.domain.vocabulary import Act, Attribution, Role, Status, Track
from restrictions.reference.weapons import weapon_tree

_CLAIMS = 1_000
_FIRST = date(2022, 3, 1)
_DAYS = 1_400
_WEAPONS = ("any", "long_range", "atacms", "himars", "artillery", "cruise_missile", "patriot", "f16")
_STATUSES = (Status.BANNED, Status.CONDITIONAL, Status.ALLOWED, Status.UNDISCLOSED)
_ACTS = (Act.SETS, Act.REAFFIRMS, Act.REAFFIRMS, Act.DENIES)


def figures() -> Iterator[Figure]:
    tree = weapon_tree()
    claims = tuple(_claims(random.Random(20240601), [code for code in _WEAPONS if tree.known(code)]))
    seconds = median_seconds(lambda: derive(claims, weapons=tree))
    yield Figure(f"derive {len(claims):,} claims of one supplier and recipient", seconds * 1000, "ms", at_most=100)


def _claims(chance: random.Random, weapons: list[str]) -> Iterator[Claim]:
    """A plausible history: most claims repeat what holds, some change it, a fifth speak of deliveries."""
    for number in range(_CLAIMS):
        said = _FIRST + timedelta(days=chance.randrange(_DAYS))
        supply = chance.random() < 0.2
        status = Status.SUPPLIED if supply else chance.choice(_STATUSES)
        track, territory = (Track.SUPPLY, "") if supply else (Track.USE, "RU")
        yield Claim(
            key=f"bench-{number}",
            line=Line("US", Role.SUPPLIER, "UA", chance.choice(weapons), track, territory),
            status=status,
            act=chance.choice(_ACTS),
            attribution=chance.choice(list(Attribution)),
            effective=exact(said - timedelta(days=chance.randrange(20))),
            published=exact(said),
        )
