"""The rules of derivation, one sentence each, for whoever asks why a position stands as it does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from restrictions.domain.rules import Rule

_SENTENCES: dict[Rule, Any] = {
    Rule.ORDER: _("Claims are heard in the order in which they were published; a retracted one is not heard."),
    Rule.SPEAKS_FOR: _("A claim speaks for the days from which it says it holds up to its publication."),
    Rule.AGREES: _("Claims of one status agree; their limits are put together, each from the day it is first stated."),
    Rule.TURN: _("A decision opens a position where none was in force, or where status or limits change."),
    Rule.SUPPLY: _("What is handed over has a line of its own; an end of a refusal to supply shows there."),
    Rule.SILENCE: _("A refusal to say ends nothing: it is noted on the position that goes on."),
    Rule.PROVISIONAL: _("Until an official or a document vouches for a turn it is provisional; a denial undoes it."),
    Rule.CONTRADICTION: _("A claim that disagrees soon after a confirmation opens contested days."),
    Rule.GENERAL_RULE: _("When the wider rule changes, a narrower one of the same status ends with it."),
    Rule.NOTHING_IN_FORCE: _("Where nothing was in force, a confirmation opens a position of unknown start."),
    Rule.WINDOW: _("Where only a stretch of days is known for a start, both statuses are possible inside it."),
    Rule.LAST_CONFIRMED: _("A position carries the day on which it was last confirmed."),
    Rule.ONE_DAY: _("Two claims of one day and one government that disagree make contested days, not two turns."),
    Rule.EXCEPTION: _("A ban on some places beside a permission is an exception to it."),
}


def rule_sentence(rule: Rule) -> str:
    """What the rule does, in the reader's language."""
    return str(_SENTENCES[rule])
