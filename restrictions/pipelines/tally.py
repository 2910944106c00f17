"""What became of many files, in a few lines: counts by outcome, and the refused ones by reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from restrictions.pipelines.files import Ingested, Outcome
from restrictions.words.foreign import in_one_line

SHOWN = 20
"""Refused files that are named at most; the others are counted."""


@dataclass(slots=True)
class Refusals:
    """Files that were refused for one reason: how many, and a line for each of the first."""

    count: int = 0
    first: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Counts that do not grow with the number of files."""

    meant: int
    counts: Counter[Outcome] = field(default_factory=Counter)
    refused: dict[str, Refusals] = field(default_factory=dict)

    def add(self, item: Ingested) -> None:
        self.counts[item.outcome] += 1
        if item.refusal:
            refusals = self.refused.setdefault(item.refusal.kind, Refusals())
            refusals.count += 1
            if refusals.count <= SHOWN:
                refusals.first.append(f"{in_one_line(str(item.path), 300)}: {item.refusal}")

    @property
    def done(self) -> int:
        return self.counts.total()

    def refusals_in_words(self) -> Iterator[str]:
        """Some files of each reason, at most `SHOWN` in all, and how many more there are."""
        each = max(1, SHOWN // max(1, len(self.refused)))
        for kind, refusals in self.refused.items():
            yield from refusals.first[:each]
            if refusals.count > each:
                yield f"… and {refusals.count - each:,} more: {kind}."

    def in_words(self) -> str:
        """E.g. “10,000 files: 9,000 stored, 1 refused, 999 not reached.”"""
        parts = [f"{self.counts[outcome]:,} {outcome.value}" for outcome in Outcome if self.counts[outcome]]
        if self.done < self.meant:
            parts.append(f"{self.meant - self.done:,} not reached")
        files = "1 file" if self.meant == 1 else f"{self.meant:,} files"
        return f"{files}: {', '.join(parts) or 'nothing to do'}."
