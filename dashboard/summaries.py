"""What the pages on turns say in one sentence: how many turns there are, who moved first, what differs."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext, ngettext, pgettext

from restrictions.domain.changes import Kind
from restrictions.domain.comparing import Difference
from restrictions.domain.days import exact
from restrictions.domain.moves import Move
from restrictions.queries.changes import Log
from restrictions.queries.claim_log import ClaimLog, Fate
from restrictions.queries.compared import Comparison
from restrictions.queries.movers import Movers
from restrictions.queries.read_dispatches import DispatchList, DispatchPage, Outcome
from restrictions.queries.search import MOST, Found
from restrictions.words import day_in_words, listed, when_in_words


def changes_summary(log: Log) -> str:
    """How many turns fit, and which way they went; an unknown start is none of them."""
    if not log.total:
        return gettext("No change on a known day fits this choice.")
    said = ngettext("%(n)d change on record", "%(n)d changes on record", log.total) % {"n": log.total}
    parts = _by_kind(log)
    # A number stays with its verb where the line breaks.
    counted = listed([part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in parts])
    return gettext("%(changes)s: %(counted)s.") % {"changes": said, "counted": counted} if parts else f"{said}."


def _by_kind(log: Log) -> list[str]:
    more, less = log.kinds.get(Kind.MORE, 0), log.kinds.get(Kind.LESS, 0)
    limits, first = log.kinds.get(Kind.LIMITS, 0), log.kinds.get(Kind.FIRST, 0)
    other = log.total - more - less - limits - first
    said = (
        (more, ngettext("%(n)d permits more", "%(n)d permit more", more)),
        (less, ngettext("%(n)d permits less", "%(n)d permit less", less)),
        (limits, ngettext("%(n)d turns the limits alone", "%(n)d turn the limits alone", limits)),
        (first, ngettext("%(n)d is the first word known", "%(n)d are the first word known", first)),
        (other, ngettext("%(n)d is of another kind", "%(n)d are of another kind", other)),
    )
    return [words % {"n": count} for count, words in said if count]


def moves_summary(found: Movers, *, move: Move, on: date) -> str:
    """Who moved first and when, how many followed how soon, and how many have not."""
    day = day_in_words(exact(on))
    if not found.at_all:
        return gettext("By %(day)s, no supplier is known that could have made this move.") % {"day": day}
    waiting = len(found.waiting)
    if not found.moved:
        return ngettext(
            "By %(day)s, the one supplier that could make this move has not.",
            "By %(day)s, none of the %(n)d suppliers that could make this move has.",
            waiting,
        ) % {"day": day, "n": waiting}
    lead = _was_first(move, len(found.first)) % {"who": listed([row.spoken_name for row in found.first])}
    said = gettext("%(lead)s, %(when)s") % {"lead": lead[:1].upper() + lead[1:], "when": _when(found)}
    rest = [part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in _followers(found)]
    return gettext("%(first)s; %(rest)s.") % {"first": said, "rest": listed(rest)} if rest else f"{said}."


def _when(found: Movers) -> str:
    moved = found.first[0].moved
    return when_in_words(moved.starts) if moved else ""


def _followers(found: Movers) -> list[str]:
    later, waiting = found.moved[len(found.first) :], len(found.waiting)
    days = later[-1].days if later else 0
    said = (
        (
            len(later),
            ngettext(
                "%(n)d of %(all)d followed within %(days)s", "%(n)d of %(all)d followed within %(days)s", len(later)
            ),
        ),
        (waiting, ngettext("%(n)d has not", "%(n)d have not", waiting)),
    )
    parts = {"all": found.at_all, "days": days_long(days or 0)}
    return [words % {"n": count, **parts} for count, words in said if count]


def _was_first(move: Move, who: int) -> str:
    words = {
        Move.BAN_LIFTED: ngettext(
            "%(who)s was the first to lift its ban on use", "%(who)s were the first to lift their ban on use", who
        ),
        Move.PERMISSION: ngettext("%(who)s was the first to permit use", "%(who)s were the first to permit use", who),
        Move.NO_LIMIT: ngettext(
            "%(who)s was the first to drop its limits on use", "%(who)s were the first to drop their limits on use", who
        ),
        Move.BAN_SET: ngettext(
            "%(who)s was the first to forbid what it had permitted",
            "%(who)s were the first to forbid what they had permitted",
            who,
        ),
        Move.REFUSAL_ENDED: ngettext(
            "%(who)s was the first to end a refusal to supply", "%(who)s were the first to end a refusal to supply", who
        ),
    }
    return words[move]


def days_long(days: int) -> str:
    """A number of days, e.g. “1 day”, “23 days”."""
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def lag_words(days: int, least: int, most: int) -> str:
    """How far behind the first, e.g. “the same day”, “3 days”, “17 to 23 days”."""
    if least != most:
        return gettext("%(least)d to %(days)s") % {"least": least, "days": days_long(most)}
    return days_long(days) if days else gettext("the same day")


def search_summary(found: Found, *, asked: str) -> str:
    """How much of each kind was found, or what the page searches."""
    if not asked:
        return gettext("Search positions, quotes and titles")
    if found.empty:
        return gettext("Nothing found for “%(asked)s”.") % {"asked": asked}
    counted = (
        (len(found.positions), ngettext("%(n)s position", "%(n)s positions", len(found.positions)), "positions"),
        (len(found.quotes), ngettext("%(n)s claim", "%(n)s claims", len(found.quotes)), "quotes"),
        (len(found.titles), ngettext("%(n)s dispatch", "%(n)s dispatches", len(found.titles)), "titles"),
    )
    parts = [words % {"n": f"{MOST}+" if kind in found.more else str(n)} for n, words, kind in counted if n]
    return gettext("“%(asked)s”: %(counted)s.") % {"asked": asked, "counted": listed(parts)}


def comparison_summary(found: Comparison, *, lead: str, nothing: str) -> str:
    """What differs, in one sentence: ``lead`` says between which sides, ``nothing`` where the sides say the same."""
    if not found.rows and not found.alike:
        return gettext("The record holds nothing for this choice.")
    alike = ngettext("%(n)d is the same on both sides", "%(n)d are the same on both sides", found.alike)
    parts = [*_by_difference(found), *([] if found.both_say else [alike % {"n": found.alike}])]
    words = listed([part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in parts])
    return gettext("%(lead)s: %(parts)s.") % {"lead": lead if found.both_say else nothing, "parts": words}


def _by_difference(found: Comparison) -> list[str]:
    counts = Counter(row.difference for row in found.rows)
    more, less, limits = (counts[one] for one in (Difference.MORE, Difference.LESS, Difference.LIMITS))
    one_sided = counts[Difference.APPEARS] + counts[Difference.VANISHES]
    other = counts[Difference.OTHER]
    said = (
        (more, ngettext("%(n)d permits more", "%(n)d permit more", more)),
        (less, ngettext("%(n)d permits less", "%(n)d permit less", less)),
        (limits, ngettext("%(n)d has other limits", "%(n)d have other limits", limits)),
        (other, ngettext("%(n)d ends or begins a silence", "%(n)d end or begin a silence", other)),
        (one_sided, ngettext("%(n)d is on record on one side only", "%(n)d are on record on one side only", one_sided)),
    )
    return [words % {"n": count} for count, words in said if count]


def claims_summary(log: ClaimLog) -> str:
    """How many decided claims there are, by fate, and how many wait undecided."""
    if not log.total:
        said = gettext("No decided claim fits this choice.")
    else:
        total = ngettext("%(n)d claim that a curator decided", "%(n)d claims that a curator decided", log.total)
        said = gettext("%(claims)s: %(counted)s.") % {
            "claims": total % {"n": log.total},
            "counted": listed([part.replace(" ", "\N{NO-BREAK SPACE}", 1) for part in _by_fate(log)]),
        }
    waiting = ngettext(
        "%(n)d proposal of the coder waits for a curator and is not shown.",
        "%(n)d proposals of the coder wait for a curator and are not shown.",
        log.waiting,
    )
    return f"{said} {waiting % {'n': log.waiting}}" if log.waiting else said


def _by_fate(log: ClaimLog) -> list[str]:
    accepted, retracted, rejected = (log.counts[fate] for fate in (Fate.ACCEPTED, Fate.RETRACTED, Fate.REJECTED))
    said = (
        (accepted, ngettext("%(n)d counts", "%(n)d count", accepted)),
        (retracted, ngettext("%(n)d was retracted", "%(n)d were retracted", retracted)),
        (rejected, ngettext("%(n)d was rejected", "%(n)d were rejected", rejected)),
    )
    return [words % {"n": count} for count, words in said if count]


def fate_words(fate: Fate) -> str:
    """What became of a claim, in a word."""
    return {
        Fate.ACCEPTED: pgettext("claim", "accepted"),
        Fate.RETRACTED: pgettext("claim", "retracted"),
        Fate.REJECTED: pgettext("claim", "rejected"),
    }[fate]


def dispatches_summary(found: DispatchList) -> str:
    """How many dispatches fit, in one sentence."""
    if not found.total:
        return gettext("No dispatch fits this choice.")
    said = ngettext(
        "%(n)d dispatch fits this choice.",
        "%(n)d dispatches fit this choice, the latest first.",
        found.total,
    )
    return said % {"n": found.total}


def dispatch_summary(page: DispatchPage) -> str:
    """What came of one dispatch, in one sentence."""
    row = page.row
    if row.decided:
        said = ngettext(
            "One claim was decided from this dispatch; the record counts %(accepted)d.",
            "%(n)d claims were decided from this dispatch; the record counts %(accepted)d.",
            row.decided,
        )
        return said % {"n": row.decided, "accepted": row.accepted}
    if row.proposed:
        return gettext("A curator has not decided yet what this dispatch says.")
    return outcome_sentence(row.outcome)


def outcome_sentence(outcome: Outcome | None) -> str:
    """What came of a dispatch of which no claim was decided."""
    return {
        None: gettext("The record held no claim from this dispatch."),
        Outcome.CLAIMS: gettext("This dispatch has claims in the record."),
        Outcome.READ: gettext("This dispatch was read, and no claim was found in it."),
        Outcome.OFF_TOPIC: gettext("This dispatch is not about the delivery or the use of arms between states."),
        Outcome.WAITING: gettext("This dispatch has not been read yet."),
    }[outcome]


def outcome_words(outcome: Outcome | None) -> str:
    """What came of a dispatch, in a few words."""
    return {
        None: gettext("no claim"),
        Outcome.CLAIMS: gettext("claims in the record"),
        Outcome.READ: gettext("read, no claim accepted"),
        Outcome.OFF_TOPIC: gettext("off topic"),
        Outcome.WAITING: gettext("not read yet"),
    }[outcome]
