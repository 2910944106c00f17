"""Random histories of one supplier and recipient, few days and few lines wide, so that claims often meet."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import strategies as st

from restrictions.domain.claims import Claim, Line, Settlement
from restrictions.domain.days import exact, parse_day
from restrictions.domain.vocabulary import CLAIM_ACTS, Act, AreaRole, Attribution, Condition, Role, Status, Track
from tests.pure.domain.claims import line

_WEAPONS = ("any", "long_range", "ballistic_missile", "atacms", "himars", "glsdb")
_BUSY = [line("any"), line("atacms"), line("atacms", track=Track.SUPPLY)]
_LINES = [
    *(line(weapon, track=track) for weapon, track in product(_WEAPONS, Track)),
    *(line(weapon, role=Role.CONSENT) for weapon in ("any", "atacms")),
    line("any", track=Track.SUPPLY, role=Role.CONSENT),
    line("atacms", territory="BY"),
    *_BUSY * 4,
]
_USE = (Status.BANNED, Status.CONDITIONAL, Status.ALLOWED)
_SUPPLY = (Status.WITHHELD, Status.SUPPLIED)

_AFTER = (0, 1, 2, 10, 30, 31, 60, 91, 120, 121, 150, 151, 180, 240, 300, 365)
_DAYS = [date(2024, 1, 1) + timedelta(days=days) for days in _AFTER]
_WINDOWS = ("2024-01", "2024-03", "2024-05", "2024-05~", "2024-22", "2024-01-02~", "2024-05-30~", "2024-XX", "2023")
_IMPRECISE_OR_EXACT = [*map(exact, _DAYS * 2), *map(parse_day, _WINDOWS)]

_TARGETS: dict[str, Any] = {"areas": ("RU-MOW",), "area_role": AreaRole.TARGET}
_DEFENDED: dict[str, Any] = {"areas": ("UA-63",), "area_role": AreaRole.DEFENDED}
_LIMITS: list[dict[str, Any]] = [
    *[{}] * 4,
    {"conditions": frozenset({Condition.PARTIAL})},
    {"conditions": frozenset({Condition.TEMPORARY})},
    {"conditions": frozenset({Condition.COUNTER_FIRE, Condition.NO_DEEP_STRIKE})},
    _TARGETS,
    _DEFENDED,
    {"conditions": frozenset({Condition.DEPTH_LIMIT}), "depth_km": 100},
    {"retracted": True},
]

_any_day = st.sampled_from(_IMPRECISE_OR_EXACT)
_any_line = st.sampled_from(_LINES)
_limits = st.sampled_from(_LIMITS)


def _levelled(at: Line) -> tuple[Status, ...]:
    return _USE if at.track is Track.USE else _SUPPLY


def _said(statuses: tuple[Status, ...]) -> st.SearchStrategy[tuple[Status, Act, Attribution, Status | None]]:
    """Who says what of which status, in one draw: generating takes longer than deriving."""
    said = (*statuses, *statuses, Status.UNDISCLOSED)
    priors = (None, None, None, Status.WITHHELD, *said)
    return st.sampled_from(list(product(said, CLAIM_ACTS, Attribution, priors)))


_said_of = {Track.USE: _said(_USE), Track.SUPPLY: _said(_SUPPLY)}


@st.composite
def _claim_on(draw: st.DrawFn, lines: st.SearchStrategy[Line]) -> Claim:
    at = draw(lines)
    status, act, attribution, prior = draw(_said_of[at.track])
    effective, published, limits = draw(_any_day), draw(_any_day), draw(_limits)
    return Claim("", at, status, act, attribution, effective, published, prior=prior, **limits)


def _keyed(claims: list[Claim]) -> list[Claim]:
    return [replace(claim, key=f"c{at}") for at, claim in enumerate(claims)]


histories: st.SearchStrategy[list[Claim]] = st.one_of(
    st.lists(_claim_on(_any_line), max_size=12),
    _any_line.flatmap(lambda at: st.lists(_claim_on(st.just(at)), max_size=10)),
).map(_keyed)
"""Claims of one supplier and recipient, on many lines or all on one, each with a key of its own."""


@st.composite
def _ruling(draw: st.DrawFn) -> Settlement:
    at, first = draw(_any_line), draw(st.sampled_from(_DAYS))
    return Settlement(
        key=draw(st.sampled_from(["s1", "s2", "s3"])),
        line=at,
        first=first,
        until=first + timedelta(days=draw(st.sampled_from([1, 3, 30, 90, 400]))),
        status=draw(st.sampled_from(_levelled(at))),
        practice=draw(st.sampled_from([None, None, Status.WITHHELD])),
    )


rulings: st.SearchStrategy[list[Settlement]] = st.one_of(
    st.just([]), st.lists(_ruling(), max_size=3, unique_by=lambda ruling: ruling.key)
)
"""No settlements in half of all histories, some in the others."""
