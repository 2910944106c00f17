"""A figure, how it is measured, and how a set of them is shown."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """One measured value beside the line that it has to reach: at most, or at least."""

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def reached(self) -> bool:
        above = self.at_least is None or self.value >= self.at_least
        return above and (self.at_most is None or self.value <= self.at_most)

    @property
    def line(self) -> str:
        return f"≤ {self.at_most:g}" if self.at_most is not None else f"≥ {self.at_least:g}"


def median_seconds(work: Callable[[], object], *, rounds: int = 7) -> float:
    """The median duration, after one round that fills caches and is not counted."""
    work()
    durations = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def write(part: str, figures: Sequence[Figure], *, load: float) -> None:
    """Into `results.json`, in the place of what the part gave before: the figures, the day and the machine.

    ``load`` is what the machine had to do before, as a load average.
    """
    held = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    measured_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"measured_at": measured_at, "machine": machine, "load_before": round(load, 1)}
    held[part] = {**about, "figures": [_row(figure) for figure in figures]}
    RESULTS.write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n")


def _row(figure: Figure) -> dict[str, Any]:
    value = round(figure.value, 2)
    return {"what": figure.what, "value": value, "unit": figure.unit, "line": figure.line, "reached": figure.reached}


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    width = max((len(figure.what) for figure in figures), default=0)
    return "\n".join(
        f"{figure.what:<{width}}  {figure.value:>10.1f} {figure.unit:<14} {figure.line:<9} "
        f"{'reached' if figure.reached else 'NOT REACHED'}"
        for figure in figures
    )
