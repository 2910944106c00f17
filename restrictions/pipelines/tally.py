"""What became of many files, in a few lines: counts by outcome, and what was refused by reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from restrictions.pipelines.files import Ingested, Outcome

SHOWN = 20
"""Refused dispatches that are named at most; the others are counted."""


@dataclass(slots=True)
class Refusals:
    """What was refused, or noted, for one reason: how many, and a line for each of the first."""

    count: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Counts that do not grow with the number of files, nor with what they hold."""

    meant: int
    files: int = 0
    counts: Counter[Outcome] = field(default_factory=Counter)
    refused: dict[str, Refusals] = field(default_factory=dict)
    noted: dict[str, Refusals] = field(default_factory=dict)

    def add(self, item: Ingested) -> None:
        self.files += item.opens
        self.counts[item.outcome] += 1
        if item.refusal:
            _note(self.refused, item.refusal.kind, f"{item.place}: {item.refusal}")
        elif item.note:
            _note(self.noted, item.note, f"{item.place}: {item.note}.")

    @property
    def done(self) -> int:
        return self.counts.total()

    def refusals_in_words(self) -> Iterator[str]:
        """Some of each reason, at most `SHOWN` in all, and how many more there are."""
        each = max(1, SHOWN // max(1, len(self.refused) + len(self.noted)))
        for kind, refusals in (*self.refused.items(), *self.noted.items()):
            yield from refusals.first[:each]
            if refusals.count > each:
                yield f"… and {refusals.count - each:,} more: {kind}."

    def in_words(self) -> str:
        """E.g. “10,000 files: 9,000 stored, 1 refused, 999 not reached.”, “1 file with 3 dispatches: 3 stored.”"""
        parts = [f"{self.counts[outcome]:,} {outcome.value}" for outcome in Outcome if self.counts[outcome]]
        if self.files < self.meant:
            parts.append(f"{self.meant - self.files:,} not reached")
        files = "1 file" if self.meant == 1 else f"{self.meant:,} files"
        if self.done > self.files:
            files += f" with {self.done:,} dispatches"
        return f"{files}: {', '.join(parts) or 'nothing to do'}."


def _note(reasons: dict[str, Refusals], kind: str, line: str) -> None:
    refusals = reasons.setdefault(kind, Refusals())
    refusals.count += 1
    if refusals.count <= SHOWN:
        refusals.first.append(line)
