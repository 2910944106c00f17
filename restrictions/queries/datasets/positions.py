"""Positions and their sources as rows, where they follow from what was reported by a day and no table holds them."""

from collections.abc import Iterator, Mapping
from typing import Any

from restrictions.domain.datasets import POSITIONS, SOURCES
from restrictions.domain.days import day_columns
from restrictions.domain.positions import Limit, Position
from restrictions.queries.datasets.asking import Wanted
from restrictions.queries.datasets.pairs import pairs_held
from restrictions.queries.held import Held, Shown
from restrictions.queries.shown import positions_towards

Row = tuple[Any, ...]


def position_rows(wanted: Wanted) -> Iterator[Row]:
    """The positions that follow from what had been reported, in the order of their numbers."""
    for number, held in sorted(_everything(wanted).items()):
        if wanted.on is None or held.position.covers(wanted.on):
            record = position_record(number, held)
            yield tuple(record[name] for name in POSITIONS.names)


def source_rows(wanted: Wanted) -> Iterator[Row]:
    """Where the claims of these positions can be read, each once."""
    links = {
        (key, place): link
        for _, held in sorted(_everything(wanted).items(), reverse=True)
        for key, claim in held.shown["claims"].items()
        for place, link in _links(claim)
    }
    for (key, place), link in sorted(links.items()):
        record = _source_record(key, place, link)
        yield tuple(record[name] for name in SOURCES.names)


def _everything(wanted: Wanted) -> dict[int, Held]:
    recipients = sorted({recipient for recipient, _ in pairs_held(wanted.clock)})
    return {
        number: held
        for recipient in recipients
        for number, held in positions_towards(recipient, clock=wanted.clock).items()
    }


def line_record(number: int, position: Position) -> dict[str, Any]:
    """The columns that say which position it is."""
    line = position.line
    return {
        "position": number,
        "supplier": line.supplier,
        "role": line.role,
        "recipient": line.recipient,
        "weapon": line.weapon,
        "track": line.track,
        "territory": line.territory or None,
    }


def stated(limits: tuple[Limit, ...]) -> list[str]:
    """Limits as the column of that name holds them."""
    return [":".join(filter(None, (limit.kind, limit.area_role, limit.value))) for limit in limits]


def is_synthetic(shown: Shown) -> bool:
    """Whether a dispatch of ours is among what it shows."""
    return any((claim["dispatch"] or {}).get("synthetic") for claim in shown["claims"].values())


def position_record(number: int, held: Held) -> dict[str, Any]:
    """A position with all columns. It was never recorded so: that column is empty."""
    position = held.position
    return {
        **line_record(number, position),
        "status": position.status,
        **day_columns("starts", position.starts),
        "open_start": position.open_start,
        **day_columns("ends", position.ends),
        "limits": stated(position.limits),
        **day_columns("announced", position.announced),
        "last_confirmed": position.last_confirmed,
        "first_used": position.first_used.edtf if position.first_used else None,
        "provisional": position.provisional,
        "contested": position.contested,
        "practice": position.practice,
        "rules": list(position.rules),
        "evidence": list(held.shown["evidence"]),
        "synthetic": is_synthetic(held.shown),
        "recorded": None,
    }


def _links(claim: Shown) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The dispatch that we hold, then the links that came with the claim, each with its place."""
    if claim["dispatch"]:
        yield 0, claim["dispatch"]
    yield from enumerate(claim["sources"], 1)


def _source_record(key: str, place: int, link: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "claim": key,
        "place": place,
        "address": link["address"] if place == 0 else link["url"],
        **{name: link[name] for name in ("publisher", "title", "language")},
        "published": link["published"] or None,
        "stored_copy": bool(link.get("stored_copy")),
        "held": place == 0,
        "synthetic": bool(link.get("synthetic")),
    }
