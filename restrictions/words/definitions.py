"""The codes of a claim's fields, each with its words and what it means, for whoever fills or reads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import (
    CLAIM_ACTS,
    MARK_ACTS,
    Act,
    AreaRole,
    Attribution,
    Condition,
    Role,
    Status,
    Track,
)
from restrictions.words.codes import act_label, attribution_label, role_label, status_label, track_label
from restrictions.words.limits import StatedLimits, limits_sentence

Code = TypeVar("Code", bound=StrEnum)

_MEANINGS: dict[StrEnum, Any] = {
    Status.WITHHELD: _("It refuses to hand the weapon over."),
    Status.BANNED: _("Handed over or promised, but its use there is forbidden."),
    Status.CONDITIONAL: _("Its use there is allowed within limits that the text states."),
    Status.ALLOWED: _("Its use there is allowed, and the text states no limit beyond the law of war."),
    Status.UNDISCLOSED: _("Asked for its rule, it declines to say, or keeps it secret on purpose."),
    Status.SUPPLIED: _("Handed over or licensed. Claims of the starter record carry it, those of a dispatch do not."),
    Status.UNSTATED: _("Handed over, and nothing is said on its use there. Positions carry it, claims do not."),
    Track.SUPPLY: _("Whether the weapon is handed over at all. Territory does not count."),
    Track.USE: _("What may be done with it on a territory."),
    Role.SUPPLIER: _("Its own weapons, its own rule."),
    Role.CONSENT: _("Another state supplies the weapon, and this one has a say over its use."),
    Act.SETS: _("Decides, lifts, bans, widens or narrows: the position is new, and that is the news."),
    Act.REAFFIRMS: _("Says that nothing has changed, or states the position as standing."),
    Act.DENIES: _("Denies a reported change. The status is what the speaker says still holds."),
    Act.SIGNALS: _("Hints at a change, considers, plans or is expected to make one; whatever is hypothetical."),
    Act.URGES: _("Calls on another state to change its position, or supports such a call."),
    Act.RESPONDS: _("A third party or the adversary reacts, warns or threatens."),
    Act.USED: _("The weapon was used on the territory, or is said to have been."),
    Attribution.NAMED_OFFICIAL: _("A speaker or an institution on record."),
    Attribution.ANONYMOUS_OFFICIAL: _("Officials or sources without a name."),
    Attribution.DOCUMENT: _("A letter, an accord, a release that quotes nobody."),
    Attribution.MEDIA: _("The paper in its own voice."),
    Attribution.RECIPIENT_OFFICIAL: _("Someone who speaks for the recipient."),
    AreaRole.DEFENDED: _("Fire is allowed to protect these regions."),
    AreaRole.TARGET: _("The targets lie in these regions."),
    Condition.COUNTER_FIRE: _("Against forces that attack, or are about to."),
    Condition.SELF_DEFENCE: _("The text grounds or confines the permission in that right."),
    Condition.BORDER_ZONE: _("Near the border, without a figure."),
    Condition.DEPTH_LIMIT: _("To a depth that the text states: give it in kilometres below."),
    Condition.NO_DEEP_STRIKE: _("Deep or long-range strikes stay excluded."),
    Condition.MILITARY_TARGETS: _("The text names such targets as the limit."),
    Condition.CASE_BY_CASE: _("The supplier approves each strike or target."),
    Condition.THIRD_PARTY_CONSENT: _("A state beside the supplier has to consent."),
    Condition.OWN_TERRITORY_ONLY: _("The text confines use to the recipient's recognised land."),
    Condition.AIR_DEFENCE_ONLY: _("Against aircraft, missiles or drones in flight."),
    Condition.ASSURANCES: _("The recipient promised something about the law of war or about where it fires."),
    Condition.PARTIAL: _("The refusal covers a part of the deliveries, or new licences."),
    Condition.TEMPORARY: _("A pause, in the supplier's own words."),
}
_AREA_ROLES: dict[AreaRole, Any] = {AreaRole.DEFENDED: _("defended"), AreaRole.TARGET: _("target")}


@dataclass(frozen=True, slots=True)
class Definition:
    """A code with its words and its meaning."""

    code: str
    label: str
    meaning: str

    @property
    def choice(self) -> tuple[str, str]:
        """For a list to choose from: the words, and the code behind them."""
        return self.code, f"{self.label} · {self.code}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes of one field."""

    field: str
    title: Any
    definitions: tuple[Definition, ...]


def definitions(field: str) -> tuple[Definition, ...]:
    """All codes that a curator may give this field; none for a field without a vocabulary."""
    return _DEFINITIONS[field]() if field in _DEFINITIONS else ()


def vocabularies() -> tuple[Vocabulary, ...]:
    """Every field that has codes, in the order of the codebook, with all that it can hold."""
    return (
        Vocabulary("status", _("Status"), _defined(Status, status_label)),
        Vocabulary("act", _("Acts that make claims"), definitions("act")),
        Vocabulary("context", _("Acts that give context"), _defined(MARK_ACTS, act_label)),
        Vocabulary("conditions", _("Conditions"), definitions("conditions")),
        Vocabulary("area_role", _("Areas"), definitions("area_role")),
        Vocabulary("attribution", _("Who vouches for it"), definitions("attribution")),
        Vocabulary("track", _("Tracks"), definitions("track")),
        Vocabulary("role", _("Roles"), definitions("role")),
    )


def _defined(codes: Iterable[Code], words: Callable[[Code], Any]) -> tuple[Definition, ...]:
    return tuple(Definition(code.value, _capital(str(words(code))), str(_MEANINGS[code])) for code in codes)


def _condition_words(condition: Condition) -> str:
    return limits_sentence(StatedLimits(conditions=frozenset({condition})), {})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_CODED = tuple(status for status in Status if status is not Status.UNSTATED)
_DEFINITIONS: dict[str, Callable[[], tuple[Definition, ...]]] = {
    "status": lambda: _defined(_CODED, status_label),
    "prior": lambda: _defined(_CODED, status_label),
    "track": lambda: _defined(Track, track_label),
    "role": lambda: _defined(Role, role_label),
    "act": lambda: _defined(CLAIM_ACTS, act_label),
    "attribution": lambda: _defined(Attribution, attribution_label),
    "area_role": lambda: _defined(AreaRole, lambda role: _AREA_ROLES[role]),
    "conditions": lambda: _defined(Condition, _condition_words),
}
