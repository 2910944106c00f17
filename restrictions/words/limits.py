"""The limits of a permission, a ban or a refusal, as one sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from babel.lists import format_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from restrictions.domain.positions import Limit, LimitKind
from restrictions.domain.vocabulary import AreaRole, Condition, Status
from restrictions.words import reader
from restrictions.words.codes import is_pause

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Each condition twice: where it is the first limit of a sentence and confines, and where another stands before it.
_CONDITIONS: dict[Condition, tuple["_StrPromise", "_StrPromise"]] = {
    Condition.COUNTER_FIRE: (_("only as counter-fire"), _("as counter-fire")),
    Condition.SELF_DEFENCE: (_("only in self-defence"), _("in self-defence")),
    Condition.BORDER_ZONE: (_("only near the border"), _("near the border")),
    Condition.DEPTH_LIMIT: (_("only up to a stated depth"), _("up to a stated depth")),
    Condition.NO_DEEP_STRIKE: (_("no deep strikes"), _("no deep strikes")),
    Condition.MILITARY_TARGETS: (_("only military targets"), _("military targets")),
    Condition.CASE_BY_CASE: (_("each strike needs approval"), _("each strike needs approval")),
    Condition.THIRD_PARTY_CONSENT: (_("another state must agree"), _("another state must agree")),
    Condition.OWN_TERRITORY_ONLY: (
        _("only inside the recipient's own borders"),
        _("inside the recipient's own borders"),
    ),
    Condition.AIR_DEFENCE_ONLY: (_("only against targets in the air"), _("against targets in the air")),
    Condition.ASSURANCES: (_("assurances given"), _("assurances given")),
    Condition.PARTIAL: (_("some deliveries or new licences only"), _("some deliveries or new licences only")),
    Condition.TEMPORARY: (_("for the time being"), _("for the time being")),
}
_CONFINED_AREAS: dict[AreaRole | None, "_StrPromise"] = {
    AreaRole.DEFENDED: _("around %(areas)s only"),
    AreaRole.TARGET: _("targets in %(areas)s only"),
    None: _("in %(areas)s only"),
}


@dataclass(frozen=True, slots=True)
class StatedLimits:
    """The limits of a claim or of a position, as a sentence takes them. Areas are ISO 3166-2 codes."""

    defended: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    except_areas: tuple[str, ...] = ()
    depth_km: int | None = None
    conditions: frozenset[Condition] = frozenset()


def stated_limits(limits: Iterable[Limit]) -> StatedLimits:
    """The limits of a position, sorted by what they confine."""
    limits = tuple(limits)
    depths = [int(limit.value) for limit in limits if limit.kind is LimitKind.DEPTH]
    return StatedLimits(
        defended=_areas(limits, LimitKind.AREA, AreaRole.DEFENDED),
        targets=_areas(limits, LimitKind.AREA, AreaRole.TARGET),
        areas=_areas(limits, LimitKind.AREA, None),
        except_areas=tuple(limit.value for limit in limits if limit.kind is LimitKind.EXCEPT_AREA),
        depth_km=max(depths, default=None),
        conditions=frozenset(Condition(limit.value) for limit in limits if limit.kind is LimitKind.CONDITION),
    )


def limits_sentence(limits: Iterable[Limit] | StatedLimits, names: Mapping[str, str]) -> str:
    """The limits in words, areas first, e.g. “around Kharkiv only, as counter-fire, no deep strikes”.

    ``names``: names of regions by ISO 3166-2 code; a code without a name stands for itself.
    """
    stated = limits if isinstance(limits, StatedLimits) else stated_limits(limits)
    where = _places(stated, names)
    return ", ".join([*where, *_conditions_in_words(stated, confined=bool(where))])


def limits_beside(status: Status, limits: Iterable[Limit] | StatedLimits, names: Mapping[str, str]) -> str:
    """The limits as they stand beside a status, which says some by itself: “paused” has said that it is for a time.

    Those of a permission without a stated limit confine nothing, so they take no “only”.
    """
    stated = limits if isinstance(limits, StatedLimits) else stated_limits(limits)
    if status is Status.ALLOWED:
        return ", ".join([*_places(stated, names), *_conditions_in_words(stated, confined=True)])
    if is_pause(status, stated.conditions):
        return limits_sentence(_without(stated, Condition.TEMPORARY), names)
    if status is Status.SUPPLIED and Condition.PARTIAL in stated.conditions:
        rest = limits_sentence(_without(stated, Condition.PARTIAL), names)
        return ", ".join(filter(None, [gettext("some deliveries or new licences refused"), rest]))
    return limits_sentence(stated, names)


def _without(stated: StatedLimits, condition: Condition) -> StatedLimits:
    return replace(stated, conditions=stated.conditions - {condition})


def _places(stated: StatedLimits, names: Mapping[str, str]) -> list[str]:
    """The phrases that say where, each with its “only”."""
    by_role = {AreaRole.DEFENDED: stated.defended, AreaRole.TARGET: stated.targets, None: stated.areas}
    phrases = [_with_areas(_CONFINED_AREAS[role], codes, names) for role, codes in by_role.items() if codes]
    if stated.except_areas:
        phrases.append(_with_areas(gettext("except %(areas)s"), stated.except_areas, names))
    if stated.depth_km is not None:
        phrases.append(_depth(stated.depth_km))
    return phrases


def _conditions_in_words(stated: StatedLimits, *, confined: bool) -> list[str]:
    """The conditions in the codebook's order; “only” stands once in a sentence, on the first limit that takes it."""
    phrases: list[str] = []
    for condition, (first, later) in _CONDITIONS.items():
        if condition not in stated.conditions:
            continue
        if condition is Condition.DEPTH_LIMIT and stated.depth_km is not None:
            continue
        phrases.append(str(later if confined else first))
        confined = confined or first != later
    return phrases


def _areas(limits: Iterable[Limit], kind: LimitKind, role: AreaRole | None) -> tuple[str, ...]:
    return tuple(limit.value for limit in limits if limit.kind is kind and limit.area_role is role)


def _with_areas(phrase: "str | _StrPromise", codes: Sequence[str], names: Mapping[str, str]) -> str:
    areas = format_list([names.get(code, code) for code in codes], locale=reader.locale())
    return _elided(str(phrase) % {"areas": areas})


def _elided(text: str) -> str:
    """French “de” before a vowel: “autour d’Odessa”."""
    if reader.language() != "fr":
        return text
    return re.sub(r"\bde (?=[AEIOUÉÈaeiouéè])", "d’", text)


def _depth(kilometres: int) -> str:
    return gettext("up to %(km)d km beyond the border") % {"km": kilometres}
