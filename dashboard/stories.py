"""What the rows say of one supplier or one weapon, in a few sentences: the story that its page begins with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, ngettext

from dashboard.findings import rows_finding
from restrictions.domain.days import exact
from restrictions.domain.vocabulary import Role, Status, Track
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import OWN, TimelineBar
from restrictions.queries.phrases import days_words
from restrictions.queries.related import Related
from restrictions.queries.turns import TurnRow
from restrictions.words import day_in_words, listed, status_word, when_in_words

_NAMED_AT_MOST = 10
"""Names that one sentence lists; more of them are counted."""
_PERMITS = (Status.CONDITIONAL, Status.ALLOWED)


@dataclass(frozen=True, slots=True)
class Told:
    """All that the story of a page is told from.

    ``rows`` are the bars of use, ``supplies`` those of delivery, ``consents`` what states that must agree say.
    """

    rows: Sequence[TimelineBar]
    supplies: Sequence[TimelineBar]
    consents: Sequence[TimelineBar]
    day: date

    @property
    def own(self) -> list[TimelineBar]:
        """The suppliers' own rules of use, without what is inherited and without what says nothing."""
        return [bar for bar in self.rows if bar.role is Role.SUPPLIER and bar.answered_by == OWN and _says(bar)]

    def on_day(self, bars: Iterable[TimelineBar]) -> list[TimelineBar]:
        return [bar for bar in bars if bar.covers(self.day)]

    @property
    def day_words(self) -> str:
        return day_in_words(exact(self.day))


def _says(bar: TimelineBar) -> bool:
    return bar.status is not Status.UNSTATED


def supplier_lead(told: Told, *, supplier: str) -> str:
    """The general rule on the day; else the rule of delivery; else what is known instead."""
    general = [bar for bar in told.on_day([*told.own, *told.supplies]) if bar.weapon == ANY]
    if general:
        return general[0].words.sentence
    values = {"day": told.day_words, "supplier": supplier}
    rules = len(told.on_day(told.own))
    if rules:
        said = ngettext(
            "%(supplier)s: on %(day)s no general rule is known, but one weapon has a rule of its own.",
            "%(supplier)s: on %(day)s no general rule is known, but %(n)d weapons have rules of their own.",
            rules,
        )
        return said % {**values, "n": rules}
    if told.on_day(told.supplies):
        return gettext("%(supplier)s: deliveries are recorded on %(day)s, but no rule of use is known.") % values
    if told.rows or told.supplies:
        return gettext("%(supplier)s: on %(day)s no rule is known.") % values
    return gettext("%(supplier)s: the record holds nothing for this choice.") % values


def supplier_story(told: Told, *, code: str) -> tuple[str, ...]:
    """Up to seven sentences: how the general rule moved, exceptions, deliveries, consents, and how sure it all is."""
    others = [bar for bar in told.consents if bar.supplier != code]
    return _kept(
        _stages([bar for bar in told.own if bar.weapon == ANY]),
        _exceptions(told),
        *_deliveries(told, of=lambda bar: bar.weapon_name),
        _consents_given(told.on_day(bar for bar in told.consents if bar.supplier == code)),
        _consents_needed(told.on_day(others)),
        *_how_sure(told),
    )


def weapon_lead(told: Told, *, code: str, weapon: str) -> str:
    """The one supplier's rule, or how many rules say what; else who hands it over; else what is known instead."""
    itself = [bar for bar in told.rows if bar.weapon == code]
    rules = [bar for bar in itself if bar.role is Role.SUPPLIER]
    if itself:
        return rows_finding(rules or itself, day=told.day)
    values = {"day": told.day_words, "weapon": weapon}
    if told.rows:
        return gettext("%(weapon)s: on %(day)s no rule for the class itself is known; its systems have rules.") % values
    delivered = [bar for bar in told.on_day(told.supplies) if bar.role is Role.SUPPLIER]
    if not delivered:
        return gettext("%(weapon)s: on %(day)s nothing is recorded for this choice.") % values
    supplied = sum(bar.status is Status.SUPPLIED for bar in delivered)
    said = ngettext(
        "%(weapon)s: on %(day)s, %(n)d government is recorded as handing it over, %(refusing)d as refusing it.",
        "%(weapon)s: on %(day)s, %(n)d governments are recorded as handing it over, %(refusing)d as refusing it.",
        supplied,
    )
    return said % {**values, "n": supplied, "refusing": len(delivered) - supplied}


def weapon_story(told: Told, *, code: str) -> tuple[str, ...]:
    """Up to seven sentences: who hands it over, who permitted first, first use, consents, and how sure it all is.

    A class is spoken of by itself; where it has no rows of its own, by its systems.
    """
    if any(bar.weapon == code for bar in (*told.rows, *told.supplies)):
        told = replace(
            told,
            rows=[bar for bar in told.rows if bar.weapon == code],
            supplies=[bar for bar in told.supplies if bar.weapon == code],
        )
    return _kept(
        *_deliveries(told, of=lambda bar: bar.supplier_name),
        _first_permission(told.own),
        _first_use(told),
        _consents_needed(told.on_day(told.consents)),
        *_how_sure(told),
    )


def position_story(around: Related) -> tuple[str, ...]:
    """Up to four sentences: what stood before and after it, what the wider rule says, and who else has one."""
    before, after = around.before, around.after
    wider = next(iter(around.wider), None)
    return _kept(
        gettext("Before it: %(rule)s.") % {"rule": _rule_words(before)} if before else "",
        gettext("After it: %(rule)s.") % {"rule": _rule_words(after)} if after else "",
        gettext("The rule for “%(weapon)s” beside it: %(rule)s.")
        % {"weapon": wider.weapon_name, "rule": _rule_words(wider)}
        if wider
        else "",
        _others(around),
    )


def _rule_words(bar: TimelineBar) -> str:
    return gettext("“%(status)s” (%(days)s)") % {
        "status": status_word(bar.status),
        "days": days_words(bar.starts, bar.ends, open_start=bar.open_start),
    }


def _others(around: Related) -> str:
    """Other states' rules for the same weapon on the day."""
    if not around.others:
        return ""
    said = gettext("Other states' rules for the same weapon on %(day)s: %(list)s.")
    named = gettext("%(name)s (%(status)s)")
    items = [named % {"name": bar.supplier_name, "status": status_word(bar.status)} for bar in around.others]
    return said % {"day": day_in_words(exact(around.day)), "list": _listed(items)}


def _kept(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)


def _stages(general: Sequence[TimelineBar]) -> str:
    """How the general rule moved, where it did."""
    if len(general) < 2:
        return ""
    stages = [_rule_words(bar) for bar in general]
    changes = len(stages) - 1
    said = ngettext(
        "The general rule has changed once: %(stages)s.",
        "The general rule has changed %(n)d times: %(stages)s.",
        changes,
    )
    return said % {"n": changes, "stages": gettext(", then ").join(stages)}


def _exceptions(told: Told) -> str:
    """Weapons with rules of their own on the day."""
    rules = [bar for bar in told.on_day(told.own) if bar.weapon != ANY]
    if not rules:
        return ""
    said = ngettext(
        "On %(day)s, one weapon has a rule of its own: %(list)s.",
        "On %(day)s, %(n)d weapons have rules of their own: %(list)s.",
        len(rules),
    )
    return said % {"day": told.day_words, "n": len(rules), "list": _listed(_with_status(bar) for bar in rules)}


def _with_status(bar: TimelineBar) -> str:
    return gettext("%(name)s (%(status)s)") % {"name": bar.weapon_name, "status": status_word(bar.status)}


def _deliveries(told: Told, *, of: Callable[[TimelineBar], str]) -> tuple[str, str]:
    """What is handed over and what is refused or paused on the day, by the names that ``of`` gives."""
    on_day = [bar for bar in told.on_day(told.supplies) if bar.role is Role.SUPPLIER]
    handed_over = [bar for bar in on_day if bar.status is Status.SUPPLIED]
    # Beside weapons by name, “all weapons” would only say that deliveries go on.
    supplied = _each_once(of(bar) for bar in [bar for bar in handed_over if bar.weapon != ANY] or handed_over)
    refused = _each_once(of(bar) for bar in on_day if bar.status is Status.WITHHELD)
    handed = gettext("Handed over, as recorded on %(day)s: %(list)s.")
    withheld = gettext("Refused or paused: %(list)s.")
    return (
        handed % {"day": told.day_words, "list": _listed(supplied)} if supplied else "",
        withheld % {"list": _listed(refused)} if refused else "",
    )


def _each_once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _consents_given(bars: Sequence[TimelineBar]) -> str:
    if not bars:
        return ""
    said = gettext("It must also agree to other states' weapons: %(list)s.")
    return said % {"list": _listed(_with_status(bar) for bar in bars)}


def _consents_needed(bars: Sequence[TimelineBar]) -> str:
    if not bars:
        return ""
    named = gettext("%(state)s for %(weapon)s (%(status)s)")
    items = [
        named % {"state": bar.supplier_name, "weapon": bar.weapon_name, "status": status_word(bar.status)}
        for bar in bars
    ]
    return gettext("Another state must agree: %(list)s.") % {"list": _listed(items)}


def _first_permission(own: Sequence[TimelineBar]) -> str:
    """Who was first to permit use, where the day of a turn is known."""
    permits = [bar for bar in own if bar.status in _PERMITS and not bar.open_start]
    if not permits:
        return ""
    first = min(permits, key=lambda bar: (bar.first_day, bar.starts.earliest))
    names = sorted({bar.supplier_name for bar in permits if bar.starts == first.starts})
    said = gettext("The first rule for it that permits use in %(territory)s, as far as recorded: %(who)s, %(when)s.")
    return said % {"territory": first.territory_name, "who": _listed(names), "when": when_in_words(first.starts)}


def _first_use(told: Told) -> str:
    days = [bar.first_used for bar in (*told.rows, *told.consents) if bar.first_used]
    if not days:
        return ""
    first = min(days, key=lambda day: (day.latest, day.earliest))
    territory = next(bar.territory_name for bar in (*told.rows, *told.consents) if bar.track is Track.USE)
    return gettext("Its use in %(territory)s was first seen %(when)s.") % {
        "territory": territory,
        "when": when_in_words(first),
    }


def _how_sure(told: Told) -> tuple[str, str]:
    """The last word on the rules in force, and how many of them nobody on record has confirmed."""
    rules = told.on_day(told.own)
    if not rules:
        return "", ""
    heard = max(bar.last_confirmed for bar in rules if bar.last_confirmed)
    provisional = sum(bar.provisional for bar in rules)
    doubt = ngettext(
        "One of these rules is provisional: no official on record and no document has confirmed it.",
        "%(n)d of these rules are provisional: no official on record and no document has confirmed them.",
        provisional,
    ) % {"n": provisional}
    said = gettext("The latest claim that upholds one of these rules dates from %(day)s.")
    return said % {"day": day_in_words(exact(heard))}, doubt if provisional else ""


def _listed(items: Iterable[str]) -> str:
    """The items as a sentence lists them; beyond a number the rest are counted."""
    found = list(items)
    rest = len(found) - _NAMED_AT_MOST
    if rest > 1:
        found = [*found[:_NAMED_AT_MOST], ngettext("%(n)d other", "%(n)d others", rest) % {"n": rest}]
    return listed(found)


def turns_finding(log: Iterable[TurnRow]) -> str:
    """What the chart of one supplier or weapon shows: how many turns of use, and when the last one was."""
    turns = [turn for turn in log if turn.track is Track.USE]
    if not turns:
        return gettext("No turn in the rules of use is known")
    said = ngettext(
        "%(n)d turn in the rules of use is known, %(when)s",
        "%(n)d turns in the rules of use are known, the last %(when)s",
        len(turns),
    )
    return said % {"n": len(turns), "when": when_in_words(turns[0].starts)}
