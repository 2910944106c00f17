"""The words of a plan and of hover texts: what the domain's ``Words`` asks for, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from restrictions.domain.days import Day
from restrictions.domain.positions import Limit
from restrictions.domain.vocabulary import Condition, Status
from restrictions.words.codes import is_pause, status_word
from restrictions.words.days import day_in_words, when_in_words
from restrictions.words.limits import StatedLimits, conditions_in_words, limits_sentence, places, stated_limits


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Names of weapons by code and of regions by ISO 3166-2 code, and the sentences made with them."""

    weapon_names: Mapping[str, str]
    region_names: Mapping[str, str]

    def status(self, status: Status, limits: Sequence[Limit] = ()) -> str:
        """A status inside a sentence, e.g. “not allowed”, “limits: around Kharkiv only, as counter-fire”."""
        stated = stated_limits(limits)
        word, said = status_word(status, stated.conditions), self._limits_of(status, stated)
        if not said:
            return word
        if status is Status.CONDITIONAL:
            return gettext("%(status)s: %(limits)s") % {"status": word, "limits": said}
        return gettext("%(status)s (%(limits)s)") % {"status": word, "limits": said}

    def _limits_of(self, status: Status, stated: StatedLimits) -> str:
        """The limits as this status takes them: “paused” has said the pause, and nothing confines what is free."""
        if is_pause(status, stated.conditions):
            return limits_sentence(_without(stated, Condition.TEMPORARY), self.region_names)
        if status is Status.SUPPLIED and Condition.PARTIAL in stated.conditions:
            rest = limits_sentence(_without(stated, Condition.PARTIAL), self.region_names)
            return ", ".join(filter(None, [gettext("some deliveries or new licences refused"), rest]))
        if status is Status.ALLOWED:
            return ", ".join([*places(stated, self.region_names), *conditions_in_words(stated, confined=True)])
        return limits_sentence(stated, self.region_names)

    def limits(self, limits: Sequence[Limit]) -> str:
        return limits_sentence(limits, self.region_names)

    def day(self, day: Day) -> str:
        return day_in_words(day)

    def when(self, day: Day) -> str:
        """The day with its preposition, e.g. “on 30 May 2024”, “in May 2024 (day unknown)”, “about 30 May 2024”."""
        return when_in_words(day)

    def weapon(self, code: str) -> str:
        """The weapon's name; a code without one stands for itself."""
        return self.weapon_names.get(code, code)

    def say(self, sentence: str, **parts: str) -> str:
        """A sentence of the plan in the reader's language, its ``{parts}`` filled in."""
        return gettext(sentence).format(**parts)


def _without(stated: StatedLimits, condition: Condition) -> StatedLimits:
    return replace(stated, conditions=stated.conditions - {condition})
