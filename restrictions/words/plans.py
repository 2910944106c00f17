"""The words of a plan and of hover texts: what the domain's ``Words`` asks for, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from restrictions.domain.days import Day
from restrictions.domain.positions import Limit
from restrictions.domain.vocabulary import Status
from restrictions.words.codes import status_word
from restrictions.words.days import day_in_words, when_in_words
from restrictions.words.limits import limits_beside, limits_sentence, stated_limits


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Names of weapons by code and of regions by ISO 3166-2 code, and the sentences made with them."""

    weapon_names: Mapping[str, str]
    region_names: Mapping[str, str]

    def status(self, status: Status, limits: Sequence[Limit] = ()) -> str:
        """A status inside a sentence, e.g. “not allowed”, “limits: around Kharkiv only, as counter-fire”."""
        stated = stated_limits(limits)
        word, said = status_word(status, stated.conditions), limits_beside(status, stated, self.region_names)
        if not said:
            return word
        if status is Status.CONDITIONAL:
            return gettext("%(status)s: %(limits)s") % {"status": word, "limits": said}
        return gettext("%(status)s (%(limits)s)") % {"status": word, "limits": said}

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
