"""What a position says to people: its sentence, its days, its limits, whose word it is, and what is doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext

from restrictions.domain.days import Day, exact
from restrictions.domain.positions import Limit, LimitKind, Outcome, Position
from restrictions.domain.rules import CONFIRMED_FOR
from restrictions.domain.vocabulary import Attribution, Condition, Role, Status
from restrictions.domain.weapons import ANY
from restrictions.queries.bars import BarWords, ContestedRow, LimitRow, SourceRow
from restrictions.queries.codes import Codes
from restrictions.queries.held import Shown
from restrictions.queries.shown import EvidenceLink, independent_sources
from restrictions.queries.spoken import spoken
from restrictions.words import (
    StatedLimits,
    attribution_label,
    limits_beside,
    limits_sentence,
    role_label,
    stated_limits,
    status_label,
    status_sentence,
    when_in_words,
)

# English writes these with an article inside a sentence.
_WITH_ARTICLE = frozenset({"AE", "GB", "NL", "US"})


@dataclass(frozen=True, slots=True)
class Saying:
    """What all positions of one status, territory and limits say: as a label, in a sentence, and inside a bar."""

    label: str
    does: str
    limits: str
    labels: tuple[str, ...]


class Sayings:
    """Positions put into words, once for all that say the same. In one language: it lasts no longer than a page."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._known: dict[object, Saying] = {}
        self._limits: dict[object, str] = {}

    def of(self, position: Position) -> Saying:
        limits = tuple(limit.confines for limit in position.limits)
        key = (position.status, position.line.territory, limits)
        if key not in self._known:
            self._known[key] = self._saying(position)
        return self._known[key]

    def _saying(self, position: Position) -> Saying:
        limits = said_limits(position, self._codes)
        label = status_label(position.status, conditions_of(position))
        return Saying(label, _does(position), limits, _labels(position, self._codes, limits))

    def limit_rows(self, position: Position) -> tuple[LimitRow, ...]:
        """Each limit in words of its own. A depth says so itself, so the bare condition beside it is left out."""
        has_depth = any(limit.kind is LimitKind.DEPTH for limit in position.limits)
        return tuple(
            LimitRow(
                kind=limit.kind,
                value=limit.value,
                words=self._limit(position.status, limit),
                holds_from=limit.holds_from,
                claims=limit.claims,
                area_role=limit.area_role,
            )
            for limit in position.limits
            if not (has_depth and limit.value == Condition.DEPTH_LIMIT)
        )

    def _limit(self, status: Status, limit: Limit) -> str:
        key = (status, limit.confines)
        if key not in self._limits:
            names = self._codes.regions
            self._limits[key] = limits_beside(status, [limit], names) or limits_sentence([limit], names)
        return self._limits[key]


def bar_words(
    position: Position,
    codes: Codes,
    saying: Saying,
    *,
    starts: Day,
    ends: Day | None,
    weapon: str,
    evidence: Sequence[EvidenceLink],
    notes: Sequence[str],
) -> BarWords:
    """The words of one bar. ``weapon`` is the row's: the rule may be a wider one's."""
    opens = position.open_start and starts == position.starts
    days = days_words(starts, ends, open_start=opens)
    return BarWords(
        label=saying.label,
        sentence=_sentence(position, codes, saying.does, saying.limits, days=days, weapon=weapon),
        status=capitalised(saying.does),
        role=gettext("must agree") if position.line.role is Role.CONSENT else "",
        limits=saying.limits,
        labels=saying.labels,
        starts=start_words(starts, open_start=opens),
        ends=spoken(ends) if ends else "",
        days=capitalised(days),
        announced=spoken(position.announced),
        last_confirmed=spoken(exact(position.last_confirmed)),
        first_used=spoken(position.first_used) if position.first_used else "",
        attribution=attribution_words(evidence),
        sources=sources_words(evidence),
        notes=tuple(notes),
    )


def sentence(position: Position, codes: Codes, *, starts: Day, ends: Day | None, weapon: str) -> str:
    """One sentence that says it all, e.g. “ATACMS: the United States does not allow use in Russia, since May 2024.”"""
    days = days_words(starts, ends, open_start=position.open_start and starts == position.starts)
    return _sentence(position, codes, _does(position), said_limits(position, codes), days=days, weapon=weapon)


def _does(position: Position) -> str:
    return status_sentence(position.status, conditions=conditions_of(position), territory=position.line.territory)


def _sentence(position: Position, codes: Codes, does: str, limits: str, *, days: str, weapon: str) -> str:
    line = position.line
    if limits and position.status is Status.ALLOWED:
        does = gettext("%(does)s (%(limits)s)") % {"does": does, "limits": limits}
    elif limits:
        does = gettext("%(does)s: %(limits)s") % {"does": does, "limits": limits}
    said = gettext("%(supplier)s %(does)s; %(days)s.") % {
        "supplier": _subject(line.supplier, codes.countries.get(line.supplier, line.supplier), line.role),
        "does": does,
        "days": days,
    }
    if weapon != ANY:
        said = gettext("%(weapon)s: %(sentence)s") % {"weapon": codes.weapons.get(weapon, weapon), "sentence": said}
    return capitalised(said)


def _subject(code: str, name: str, role: Role) -> str:
    subject = name_in_a_sentence(code, name)
    if role is Role.CONSENT:
        return gettext("%(supplier)s (%(role)s)") % {"supplier": subject, "role": role_label(role)}
    return subject


def name_in_a_sentence(code: str, name: str) -> str:
    """A country's name as it stands inside a sentence: English has “the United States”."""
    english = (get_language() or "en").startswith("en")
    return f"the {name}" if english and code in _WITH_ARTICLE else name


def conditions_of(position: Position) -> frozenset[Condition]:
    return stated_limits(position.limits).conditions


def said_limits(position: Position, codes: Codes) -> str:
    """The limits in words, as they stand beside the status."""
    return limits_beside(position.status, position.limits, codes.regions)


def _labels(position: Position, codes: Codes, limits: str) -> tuple[str, ...]:
    """The label with all its limits, with the first, and alone."""
    label = status_label(position.status, conditions_of(position))
    shape = gettext("%(label)s: %(limits)s")
    said = [shape % {"label": label, "limits": some} for some in (limits, _short_limits(position, codes)) if some]
    return tuple(dict.fromkeys([*said, label]))


def _short_limits(position: Position, codes: Codes) -> str:
    """The limits of place alone; the first condition where there is none, and where it confines."""
    stated, status = stated_limits(position.limits), position.status
    said = limits_beside(status, replace(stated, conditions=frozenset()), codes.regions)
    if said or status is Status.ALLOWED:
        return said
    first = [condition for condition in Condition if condition in stated.conditions][:1]
    return limits_beside(status, StatedLimits(conditions=frozenset(first)), codes.regions)


def start_words(starts: Day, *, open_start: bool) -> str:
    if open_start:
        return gettext("not known; first known to hold %(when)s") % {"when": when_in_words(starts)}
    return spoken(starts)


def days_words(starts: Day, ends: Day | None, *, open_start: bool) -> str:
    """“since 30 May 2024”, “from … until …”; an unknown start says so."""
    return _days_words(starts, ends, open_start, get_language())


# A page says the same few phrases hundreds of times, and looking a phrase up in its language takes longer than to
# remember what was made of it.
@lru_cache(maxsize=16_384)
def _days_words(starts: Day, ends: Day | None, open_start: bool, _language: str | None) -> str:
    if open_start:
        first = gettext("start not known, first known to hold %(when)s") % {"when": when_in_words(starts)}
        return gettext("%(start)s, until %(end)s") % {"start": first, "end": _turn_words(ends)} if ends else first
    if ends is None:
        return gettext("since %(day)s") % {"day": _turn_words(starts)}
    return gettext("from %(start)s until %(end)s") % {"start": _turn_words(starts), "end": _turn_words(ends)}


def _turn_words(day: Day) -> str:
    """The day of a turn, to stand after “since” or “until”."""
    return gettext("some day %(between)s") % {"between": spoken(day)} if "/" in day.edtf else spoken(day)


def attribution_words(evidence: Sequence[EvidenceLink]) -> str:
    """Who vouches for it, each kind of speaker once."""
    kinds = attributions_of(evidence)
    return _attribution_words(kinds, get_language()) if kinds else ""


@lru_cache(maxsize=1024)
def _attribution_words(kinds: tuple[str, ...], _language: str | None) -> str:
    return gettext("On the word of: %(who)s") % {
        "who": ", ".join(attribution_label(Attribution(kind)) for kind in kinds)
    }


def attributions_of(evidence: Sequence[EvidenceLink]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.attribution for link in evidence))


def sources_words(evidence: Sequence[EvidenceLink]) -> str:
    """How much it rests on, e.g. “3 claims, 4 sources, 2 independent, 1 claim on weak sources only”.

    How many are independent is said where reprints are among them.
    """
    weak = sum(link.weak for link in evidence)
    synthetic = sum(any(source.synthetic for source in link.sources) for link in evidence)
    independent = independent_sources(evidence) if _has_reprints(evidence) else None
    return _sources_words(len(evidence), len(sources_of(evidence)), independent, weak, synthetic, get_language())


@lru_cache(maxsize=1024)
def _sources_words(
    claims: int, sources: int, independent: int | None, weak: int, synthetic: int, _language: str | None
) -> str:
    parts = [
        ngettext("%(n)d claim", "%(n)d claims", claims) % {"n": claims},
        ngettext("%(n)d source", "%(n)d sources", sources) % {"n": sources},
    ]
    if independent is not None:
        parts.append(ngettext("%(n)d independent", "%(n)d independent", independent) % {"n": independent})
    if weak:
        parts.append(
            ngettext("%(n)d claim on weak sources only", "%(n)d claims on weak sources only", weak) % {"n": weak}
        )
    if synthetic:
        parts.append(ngettext("%(n)d claim is synthetic", "%(n)d claims are synthetic", synthetic) % {"n": synthetic})
    return ", ".join(parts)


def _has_reprints(evidence: Sequence[EvidenceLink]) -> bool:
    """Whether some dispatch that we hold only prints another's story again."""
    held = [link for link in evidence if link.dispatch is not None]
    return len({link.origin for link in held}) < len({link.dispatch for link in held})


def sources_of(evidence: Sequence[EvidenceLink]) -> tuple[SourceRow, ...]:
    """The sources of the evidence, each once."""
    by_address = {source.url or source.title or link.key: source for link in evidence for source in link.sources}
    return tuple(by_address.values())


def contested_row(stretch: Shown, territory: str, reasons: Mapping[str, str]) -> ContestedRow:
    """Contested days with both sides in words, and how it ended; with the curator's reason where one ruled on it."""
    first, until = date.fromisoformat(stretch["first"]), stretch["until"] and date.fromisoformat(stretch["until"])
    said = gettext("Sources disagree %(days)s: %(sides)s. %(outcome)s") % {
        "days": days_words(exact(first), exact(until) if until else None, open_start=False),
        "sides": _sides_words(stretch, territory),
        "outcome": _outcome_words(Outcome(stretch["outcome"])),
    }
    return ContestedRow(
        first=first,
        until=until or None,
        standing=Status(stretch["standing"]),
        challenger=Status(stretch["challenger"]),
        sentence=" ".join(filter(None, (said, reasons.get(stretch["settlement"] or "", "")))),
        standing_claims=tuple(stretch["standing_claims"]),
        challenger_claims=tuple(stretch["challenger_claims"]),
        outcome=stretch["outcome"],
        limits_only=stretch["limits_only"],
    )


def _sides_words(stretch: Shown, territory: str) -> str:
    if stretch["limits_only"]:
        return gettext("the limits are in dispute")
    return gettext("“%(standing)s” against “%(challenger)s”") % {
        "standing": status_sentence(Status(stretch["standing"]), territory=territory),
        "challenger": status_sentence(Status(stretch["challenger"]), territory=territory),
    }


def _outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.OPEN: gettext("Not settled so far."),
        Outcome.UPHELD: gettext("The standing side was confirmed again."),
        Outcome.TURNED: gettext("The other side was confirmed: the position turned."),
        Outcome.WITHDRAWN: gettext("The report was withdrawn or denied: the former position went on."),
        Outcome.LATE_REPORT: gettext("A later report dates the turn earlier than others upheld the former position."),
        Outcome.SETTLED: gettext("A curator ruled on it."),
    }[outcome]


def doubts(position: Position, codes: Codes, *, today: date, answered_by: str) -> list[str]:
    """What a reader must know before relying on the bar: provisional, long unheard, practice, a wider rule's answer."""
    notes = []
    if answered_by:
        notes.append(
            gettext("No rule of its own on these days: the rule for “%(weapon)s” answers.")
            % {"weapon": codes.weapons.get(answered_by, answered_by)}
        )
    if position.provisional:
        notes.append(gettext("Provisional: no official on record and no document has confirmed it."))
    if position.practice:
        notes.append(
            gettext("In practice: %(status)s.")
            % {"status": status_sentence(position.practice, territory=position.line.territory)}
        )
    if position.ends is None and today - position.last_confirmed > CONFIRMED_FOR:
        notes.append(gettext("Not confirmed since %(day)s.") % {"day": spoken(exact(position.last_confirmed))})
    return notes


def capitalised(text: str) -> str:
    """The text with a capital at its start, the rest as it stands."""
    return text[:1].upper() + text[1:]
