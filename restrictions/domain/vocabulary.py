"""The codebook's vocabularies. Its words are the code's words, so these are the only spellings."""

from enum import StrEnum


class Status(StrEnum):
    """What a supplier lets a recipient do with a weapon on a territory."""

    WITHHELD = "withheld"
    BANNED = "banned"
    CONDITIONAL = "conditional"
    ALLOWED = "allowed"
    UNDISCLOSED = "undisclosed"
    SUPPLIED = "supplied"
    UNSTATED = "unstated"

    @property
    def level(self) -> int | None:
        """How much is permitted, 0 (nothing is handed over) to 3; none where the status says nothing of it."""
        return _LEVELS.get(self)

    def rank(self, track: "Track") -> int | None:
        """How much is permitted on a track, more above less; none where the status says nothing of it."""
        return _SUPPLY_RANKS.get(self) if track is Track.SUPPLY else self.level


_LEVELS = {Status.WITHHELD: 0, Status.BANNED: 1, Status.CONDITIONAL: 2, Status.ALLOWED: 3}
_SUPPLY_RANKS = {Status.WITHHELD: 0, Status.SUPPLIED: 1}

USE_STATUSES = frozenset({Status.BANNED, Status.CONDITIONAL, Status.ALLOWED})
"""Statuses that a claim on the use track may carry and that have a level."""


class Act(StrEnum):
    """What a dispatch says happened to the position. The first three make claims, the others marks."""

    SETS = "sets"
    REAFFIRMS = "reaffirms"
    DENIES = "denies"
    SIGNALS = "signals"
    URGES = "urges"
    RESPONDS = "responds"
    USED = "used"


CLAIM_ACTS = (Act.SETS, Act.REAFFIRMS, Act.DENIES)
MARK_ACTS = (Act.SIGNALS, Act.URGES, Act.RESPONDS, Act.USED)


class Attribution(StrEnum):
    """Who vouches for a claim."""

    NAMED_OFFICIAL = "named_official"
    ANONYMOUS_OFFICIAL = "anonymous_official"
    DOCUMENT = "document"
    MEDIA = "media"
    RECIPIENT_OFFICIAL = "recipient_official"

    @property
    def is_official(self) -> bool:
        """Whether this source confirms a position (rule 7)."""
        return self in (Attribution.NAMED_OFFICIAL, Attribution.DOCUMENT)


class Condition(StrEnum):
    """A limit that the text states beside areas."""

    COUNTER_FIRE = "counter_fire"
    SELF_DEFENCE = "self_defence"
    BORDER_ZONE = "border_zone"
    DEPTH_LIMIT = "depth_limit"
    NO_DEEP_STRIKE = "no_deep_strike"
    MILITARY_TARGETS = "military_targets"
    CASE_BY_CASE = "case_by_case"
    THIRD_PARTY_CONSENT = "third_party_consent"
    OWN_TERRITORY_ONLY = "own_territory_only"
    AIR_DEFENCE_ONLY = "air_defence_only"
    ASSURANCES = "assurances"
    PARTIAL = "partial"
    TEMPORARY = "temporary"


class Track(StrEnum):
    """Supply has no territory; use has one."""

    SUPPLY = "supply"
    USE = "use"


class Role(StrEnum):
    """Whether the state hands the weapon over, or must agree to the use of another's."""

    SUPPLIER = "supplier"
    CONSENT = "consent"


class AreaRole(StrEnum):
    """Whether an area is the one protected or the one fired at."""

    DEFENDED = "defended"
    TARGET = "target"


class WeaponKind(StrEnum):
    """The level of a weapon code: everything, a class, or one system."""

    ANY = "any"
    CLASS = "class"
    SYSTEM = "system"


class Decision(StrEnum):
    """What became of what the machine proposed. The machine may withdraw what no curator has decided."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def is_a_curators(self) -> bool:
        """Whether a curator decided: the machine touches such a row no more."""
        return self in (Decision.ACCEPTED, Decision.REJECTED)


def track_of(status: Status, *, about_delivery: bool = False) -> Track:
    """The track that a coded claim of this status belongs to (end of the rules of derivation)."""
    if status in (Status.WITHHELD, Status.SUPPLIED):
        return Track.SUPPLY
    if status is Status.UNDISCLOSED and about_delivery:
        return Track.SUPPLY
    return Track.USE
