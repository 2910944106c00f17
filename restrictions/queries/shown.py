"""What a position shows, read back from its row: evidence, links and contested days, without touching other tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from restrictions.domain.positions import Position
from restrictions.models import Position as StoredPosition
from restrictions.queries.bars import SourceRow
from restrictions.queries.spoken import spoken_edtf
from restrictions.queries.stored import as_derived

Shown = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A claim that a position rests on, as far as bars need it."""

    key: str
    attribution: str
    weak: bool
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A stored position with what it shows."""

    position: Position
    shown: Shown


def positions_towards(recipient: str, suppliers: Sequence[str] = ()) -> dict[int, Held]:
    """All positions of these suppliers (of all, where none is named) towards a recipient, by id: one query."""
    found = StoredPosition.objects.filter(recipient_id=recipient)
    if suppliers:
        found = found.filter(supplier_id__in=suppliers)
    return _held(found.order_by("supplier_id", "weapon_id", "starts_latest", "id"))


def position_with_id(number: int) -> Held | None:
    """The position of this id; none where the record holds none now: one query."""
    return _held(StoredPosition.objects.filter(id=number)).get(number)


def _held(rows: Iterable[StoredPosition]) -> dict[int, Held]:
    return {row.pk: Held(as_derived(row), row.shown) for row in rows}


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
    claims = ((key, shown["claims"][key]) for key in shown["evidence"])
    return tuple(EvidenceLink(key, claim["attribution"], claim["weak"], claim_sources(claim)) for key, claim in claims)


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
