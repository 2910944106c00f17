"""Which derived position is which stored one, so that a match keeps its identity."""

from collections.abc import Sequence

from restrictions.domain.positions import Position


def match(old: Sequence[Position], new: Sequence[Position]) -> list[tuple[Position | None, Position | None]]:
    """Pairs of one line's positions: by most shared evidence, then by status, then by earliest start.

    Each position stands in exactly one pair; one without a counterpart is paired with none. Pairs come in the
    order of ``new``, what is gone last.
    """
    shared = [
        (-len(set(before.evidence) & set(after.evidence)), before.status is not after.status, before.first_day, at, to)
        for at, before in enumerate(old)
        for to, after in enumerate(new)
        if set(before.evidence) & set(after.evidence)
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, at, to in sorted(shared):
        if to not in partner and at not in taken:
            partner[to] = at
            taken.add(at)
    pairs: list[tuple[Position | None, Position | None]] = [
        (old[partner[to]] if to in partner else None, after) for to, after in enumerate(new)
    ]
    return pairs + [(before, None) for at, before in enumerate(old) if at not in taken]
