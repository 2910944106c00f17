"""What a position shows, read back from its row: evidence, links and contested days, without touching other tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from restrictions.domain.clock import NOW, Clock
from restrictions.queries.bars import SourceRow
from restrictions.queries.held import Held, Shown, position_recorded, positions_recorded
from restrictions.queries.reported import positions_reported
from restrictions.queries.spoken import spoken_edtf


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A claim that a position rests on, as far as bars need it.

    ``dispatch`` is the one that we hold. Claims of one ``origin`` are one source's: what was only printed again is no
    second witness.
    """

    key: str
    attribution: str
    weak: bool
    sources: tuple[SourceRow, ...]
    dispatch: int | None = None
    origin: str = ""


def positions_towards(recipient: str, suppliers: Sequence[str] = (), *, clock: Clock = NOW) -> dict[int, Held]:
    """All positions of these suppliers (of all, where none is named) towards a recipient, by id, by this clock.

    One query, for ``reported`` too where the same was derived before. A position that follows from what had been
    published by then has the id of the recorded one that it became; a number below zero where it became none.
    """
    if clock.reported is None:
        return positions_recorded(recipient, suppliers, clock=clock)
    return positions_of(positions_reported(recipient, clock=clock), suppliers)


def positions_of(found: Mapping[int, Held], suppliers: Sequence[str]) -> dict[int, Held]:
    """Those of these suppliers, or all where none is named, in the order in which they were found. No query."""
    wanted = frozenset(suppliers)
    return {number: held for number, held in found.items() if not wanted or held.position.line.supplier in wanted}


def position_with_id(number: int, *, clock: Clock = NOW) -> Held | None:
    """The position of this id by this clock; none where there is none of it."""
    recorded = position_recorded(number, clock=clock)
    if clock.reported is None or recorded is None:
        return recorded
    return positions_reported(recorded.position.line.recipient, clock=clock).get(number)


def settlement_reasons(shown: Iterable[Shown]) -> dict[str, str]:
    """Who ruled on contested days and why, by the settlement's key."""
    return {key: _ruling_words(ruling) for one in shown for key, ruling in one.get("rulings", {}).items()}


def _ruling_words(ruling: Shown) -> str:
    return gettext("%(who)s on %(day)s: “%(reason)s”") % {
        "who": ruling["author"],
        "day": spoken_edtf(ruling["on"]),
        "reason": ruling["reason"],
    }


def evidence_links(shown: Shown) -> tuple[EvidenceLink, ...]:
    """The evidence in its order, each claim with its sources."""
    origins = _origins(shown)
    return tuple(
        EvidenceLink(key, claim["attribution"], claim["weak"], claim_sources(claim), _dispatch_id(claim), origins[key])
        for key, claim in _evidence(shown)
    )


def independent_sources(evidence: Iterable[EvidenceLink]) -> int:
    """How many sources of the evidence stand on their own.

    Reprints count once with what they copy, where they say the same of the position; a copy that says otherwise is a
    source of its own. A claim without a held dispatch counts by its first publisher, each publisher once.
    """
    return len({link.origin for link in evidence})


def _evidence(shown: Shown) -> list[tuple[str, Shown]]:
    return [(key, shown["claims"][key]) for key in shown["evidence"]]


def _dispatch_id(claim: Shown) -> int | None:
    return claim["dispatch"]["id"] if claim["dispatch"] else None


def _origins(shown: Shown) -> dict[str, str]:
    """What makes each claim of the evidence its source's: cluster and all that the dispatch says, or the publisher."""
    said: defaultdict[int, set[str]] = defaultdict(set)
    for _, claim in _evidence(shown):
        if claim["dispatch"]:
            said[claim["dispatch"]["id"]].add(f"{claim['status']} {claim['act']}")
    return {key: _origin(key, claim, said) for key, claim in _evidence(shown)}


def _origin(key: str, claim: Shown, said: Mapping[int, set[str]]) -> str:
    if held := claim["dispatch"]:
        return f"cluster {held['cluster']}: {', '.join(sorted(said[held['id']]))}"
    first = next(iter(claim_sources(claim)), None)
    return f"publisher {first.name}" if first else f"claim {key}"


def claim_sources(claim: Shown) -> tuple[SourceRow, ...]:
    """Where a claim can be read: the dispatch that we hold, and the links that came with it."""
    held = (_dispatch(claim["dispatch"], weak=claim["weak"]),) if claim["dispatch"] else ()
    return held + tuple(_link(source, weak=claim["weak"]) for source in claim["sources"])


def _dispatch(dispatch: Shown, *, weak: bool) -> SourceRow:
    return SourceRow(
        publisher=dispatch["publisher"],
        url=dispatch["address"] or "",
        title=dispatch["title"],
        published=dispatch["published"] or "",
        day_words=spoken_edtf(dispatch["published"] or ""),
        language=dispatch["language"],
        weak=weak,
        synthetic=dispatch["synthetic"],
    )


def _link(source: Shown, *, weak: bool) -> SourceRow:
    return SourceRow(**source, day_words=spoken_edtf(source["published"]), weak=weak)
