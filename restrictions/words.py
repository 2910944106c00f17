"""The codebook's codes in plain words, in the reader's language. Used by pages, admin, feeds and plans alike."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import get_language, gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from restrictions.domain.days import Day
from restrictions.domain.positions import Limit, LimitKind
from restrictions.domain.vocabulary import Act, AreaRole, Attribution, Condition, Role, Status, Track

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# How CLDR writes days and lists in each language that we speak; British English, as in the codebook.
_LOCALES = {"en": "en_GB", "fr": "fr_FR"}

_LABELS: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("Not supplied"),
    Status.BANNED: _("Not allowed"),
    Status.CONDITIONAL: _("Limits"),
    Status.ALLOWED: _("No stated limit"),
    Status.UNDISCLOSED: _("Won't say"),
    Status.SUPPLIED: _("Supplied"),
    Status.UNSTATED: _("Nothing said"),
}
_IN_A_SENTENCE: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("not supplied"),
    Status.BANNED: _("not allowed"),
    Status.CONDITIONAL: _("limits"),
    Status.ALLOWED: _("no stated limit"),
    Status.UNDISCLOSED: _("won't say"),
    Status.SUPPLIED: _("supplied"),
    Status.UNSTATED: _("nothing said"),
}
_SENTENCES: dict[Status, "_StrPromise"] = {
    Status.WITHHELD: _("refuses to supply"),
    Status.BANNED: _("does not allow use %(where)s"),
    Status.CONDITIONAL: _("allows use %(where)s within limits"),
    Status.ALLOWED: _("allows use %(where)s, no limit stated beyond the law of war"),
    Status.UNDISCLOSED: _("declines to say"),
    Status.SUPPLIED: _("supplies"),
    Status.UNSTATED: _("supplies; nothing said on use"),
}
# French needs another preposition for each land; the territories of wars are few, so they are spelt out.
_WHERE: dict[str, "_StrPromise"] = {
    "RU": _("in Russia"),
    "UA": _("in Ukraine"),
    "PS": _("in the Palestinian Territories"),
    "YE": _("in Yemen"),
    "SY": _("in Syria"),
}

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

_ACTS: dict[Act, "_StrPromise"] = {
    Act.SETS: _("new decision"),
    Act.REAFFIRMS: _("position restated"),
    Act.DENIES: _("change denied"),
    Act.SIGNALS: _("change hinted at"),
    Act.URGES: _("change urged on others"),
    Act.RESPONDS: _("reaction"),
    Act.USED: _("weapon used"),
}
_ATTRIBUTIONS: dict[Attribution, "_StrPromise"] = {
    Attribution.NAMED_OFFICIAL: _("named official"),
    Attribution.ANONYMOUS_OFFICIAL: _("unnamed official"),
    Attribution.DOCUMENT: _("document"),
    Attribution.MEDIA: _("press report"),
    Attribution.RECIPIENT_OFFICIAL: _("official of the recipient"),
}
_TRACKS: dict[Track, "_StrPromise"] = {
    Track.SUPPLY: pgettext_lazy("track", "Supply"),
    Track.USE: pgettext_lazy("track", "Use"),
}
_ROLES: dict[Role, "_StrPromise"] = {
    Role.SUPPLIER: _("supplier"),
    Role.CONSENT: _("must agree to the use of another state's weapon"),
}
_SEASONS: dict[str, "_StrPromise"] = {
    "21": _("spring %(year)s"),
    "22": _("summer %(year)s"),
    "23": _("autumn %(year)s"),
    "24": _("winter %(year)s–%(next)s"),
}


def status_label(status: Status, conditions: Collection[Condition] = ()) -> str:
    """The label of a bar or a cell, e.g. “Not allowed”; a temporary refusal is “Paused”."""
    return gettext("Paused") if _is_pause(status, conditions) else str(_LABELS[status])


def status_sentence(status: Status, territory: str, conditions: Collection[Condition] = ()) -> str:
    """What a supplier does, to stand after its name, e.g. “does not allow use in Russia”.

    ``territory`` is empty on the supply track, whose sentences name none.
    """
    if _is_pause(status, conditions):
        return gettext("has paused deliveries")
    return str(_SENTENCES[status]) % {"where": _where(territory)}


def contested_label() -> str:
    return gettext("Disputed")


def contested_sentence() -> str:
    return gettext("sources disagree")


def unchecked_label() -> str:
    """What stands where there is no row at all."""
    return gettext("not looked up")


def act_label(act: Act) -> str:
    return str(_ACTS[act])


def attribution_label(attribution: Attribution) -> str:
    return str(_ATTRIBUTIONS[attribution])


def track_label(track: Track) -> str:
    return str(_TRACKS[track])


def role_label(role: Role) -> str:
    return str(_ROLES[role])


def condition_label(condition: Condition, depth_km: int | None = None) -> str:
    """A condition that stands alone, e.g. “only as counter-fire”, “up to 100 km beyond the border”."""
    if condition is Condition.DEPTH_LIMIT and depth_km is not None:
        return _depth(depth_km)
    return str(_CONDITIONS[condition][0])


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
    where = _where_limits(stated, names)
    return ", ".join([*where, *_condition_phrases(stated, confined=bool(where))])


def _where_limits(stated: StatedLimits, names: Mapping[str, str]) -> list[str]:
    """The phrases that say where, each with its “only”."""
    by_role = {AreaRole.DEFENDED: stated.defended, AreaRole.TARGET: stated.targets, None: stated.areas}
    phrases = [_with_areas(_CONFINED_AREAS[role], codes, names) for role, codes in by_role.items() if codes]
    if stated.except_areas:
        phrases.append(_with_areas(gettext("except %(areas)s"), stated.except_areas, names))
    if stated.depth_km is not None:
        phrases.append(_depth(stated.depth_km))
    return phrases


def _condition_phrases(stated: StatedLimits, *, confined: bool) -> list[str]:
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
    areas = format_list([names.get(code, code) for code in codes], locale=_locale())
    return _elided(str(phrase) % {"areas": areas})


def _elided(text: str) -> str:
    """French “de” before a vowel: “autour d’Odessa”."""
    if _language() != "fr":
        return text
    return re.sub(r"\bde (?=[AEIOUÉÈaeiouéè])", "d’", text)


def _depth(kilometres: int) -> str:
    return gettext("up to %(km)d km beyond the border") % {"km": kilometres}


def _is_pause(status: Status, conditions: Collection[Condition]) -> bool:
    return status is Status.WITHHELD and Condition.TEMPORARY in conditions


def _where(territory: str) -> str:
    """“in Russia”; a land that we have no phrase for is named by its code."""
    if territory in _WHERE:
        return str(_WHERE[territory])
    return gettext("(territory: %(code)s)") % {"code": territory}


def day_in_words(day: Day, language: str | None = None) -> str:
    """An imprecise day, e.g. “30 May 2024”, “May 2024 (day unknown)”, “about 30 May 2024”, “spring 2025”.

    ``language`` is the reader's where none is given.
    """
    with override(language or _language()):
        return _day(day)


def _day(day: Day) -> str:
    if "/" in day.edtf:
        return _between(day.earliest, day.latest)
    base = day.edtf.rstrip("~?%")
    mark = day.edtf[len(base) :]
    words = _about(base) if mark in ("~", "%") else _stated(base)
    return gettext("%(day)s (uncertain)") % {"day": words} if mark in ("?", "%") else words


def _stated(base: str) -> str:
    """A day, month, season, year or longer without a qualifier."""
    words = _period(base)
    if _is_exact(base) or base[5:] in _SEASONS or not base[:4].isdigit():
        return words
    return gettext("%(period)s (day unknown)") % {"period": words}


def _about(base: str) -> str:
    if _is_exact(base):
        return gettext("about %(date)s") % {"date": _period(base)}
    return gettext("about %(period)s") % {"period": _period(base)}


def _period(base: str) -> str:
    """The day, month, season or year itself; “between 2020 and 2029” for a year that is not known to the last digit."""
    year, rest = base[:4], base[5:].removesuffix("-XX").removesuffix("XX")
    if not year.isdigit():
        return gettext("between %(first)s and %(last)s") % {
            "first": year.replace("X", "0"),
            "last": year.replace("X", "9"),
        }
    if rest in _SEASONS:
        return str(_SEASONS[rest]) % {"year": year, "next": int(year) + 1}
    if not rest:
        return year
    if len(rest) == 2:
        return format_date(date(int(year), int(rest), 1), "LLLL y", locale=_locale())
    return _full(date.fromisoformat(base))


def _is_exact(base: str) -> bool:
    return len(base) == len("2024-05-30") and "X" not in base


def _between(earliest: date, latest: date) -> str:
    """“between 11 July and 12 August 2024”, the year once where both days share it."""
    first = _full(earliest, "d MMMM") if earliest.year == latest.year else _full(earliest)
    return gettext("between %(first_day)s and %(last_day)s") % {"first_day": first, "last_day": _full(latest)}


def _full(day: date, shape: str = "d MMMM y") -> str:
    """A day of the calendar; the first of a month is “1er” in French."""
    words = format_date(day, shape, locale=_locale())
    return words.replace("1", "1er", 1) if day.day == 1 and _language() == "fr" else words


def _language() -> str:
    """The reader's language if we speak it, else English."""
    language = (get_language() or "en")[:2]
    return language if language in _LOCALES else "en"


def _locale() -> str:
    return _LOCALES[_language()]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Words for a plan and for hover texts: names of weapons by code, names of regions by ISO 3166-2 code."""

    weapon_names: Mapping[str, str]
    region_names: Mapping[str, str]

    def status(self, status: Status, limits: Sequence[Limit] = ()) -> str:
        """A status inside a sentence, e.g. “not allowed”, “limits: around Kharkiv only, as counter-fire”."""
        stated = stated_limits(limits)
        if _is_pause(status, stated.conditions):
            label, stated = gettext("paused"), replace(stated, conditions=stated.conditions - {Condition.TEMPORARY})
        else:
            label = str(_IN_A_SENTENCE[status])
        said = self._said(status, stated)
        if not said:
            return label
        parts = {"status": label, "limits": said}
        if status is Status.CONDITIONAL:
            return gettext("%(status)s: %(limits)s") % parts
        return gettext("%(status)s (%(limits)s)") % parts

    def _said(self, status: Status, stated: StatedLimits) -> str:
        """The limits as this status takes them: none of them confines what is free, and ``partial`` turns round."""
        if status is Status.SUPPLIED and Condition.PARTIAL in stated.conditions:
            rest = limits_sentence(
                replace(stated, conditions=stated.conditions - {Condition.PARTIAL}), self.region_names
            )
            return ", ".join(filter(None, [gettext("some deliveries or new licences refused"), rest]))
        if status is Status.ALLOWED:
            where = _where_limits(stated, self.region_names)
            return ", ".join([*where, *_condition_phrases(stated, confined=True)])
        return limits_sentence(stated, self.region_names)

    def limits(self, limits: Sequence[Limit]) -> str:
        return limits_sentence(limits, self.region_names)

    def day(self, day: Day) -> str:
        return day_in_words(day)

    def weapon(self, code: str) -> str:
        """The weapon's name; a code without one stands for itself."""
        return self.weapon_names.get(code, code)
