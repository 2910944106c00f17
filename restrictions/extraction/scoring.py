"""How near the coder comes to a gold corpus: the codebook's section Scores, with its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

Record = Mapping[str, Any]
Figures = dict[str, float | None]

EQUAL = ("act", "attribution", "effective", "territory")
SETS = ("areas", "conditions")
LABELS = {
    "precision": "claim precision",
    "recall": "claim recall",
    "f1": "claim F1",
    "act": "act",
    "attribution": "attribution",
    "effective": "effective",
    "territory": "territory",
    "areas": "areas (Jaccard)",
    "conditions": "conditions (Jaccard)",
    "quote": "quote",
    "full_claim": "full claim",
    "false_alarms": "false alarms per 100",
    "dispatches": "dispatches",
    "gold_claims": "gold claims",
    "pred_claims": "predicted claims",
    "matched": "matched claims",
    "empty_dispatches": "dispatches without gold claim",
    "false_alarm_claims": "claims made in those",
    "invalid_quotes": "quotes not in the text",
}
SHARES = tuple(LABELS)[:12]
COUNTS = tuple(LABELS)[12:]
_LESS_IS_BETTER = ("false_alarms", "false_alarm_claims", "invalid_quotes")


class Pair(NamedTuple):
    """A gold record and the claims that were coded for it."""

    gold: Record
    claims: Sequence[Record]


class Match(NamedTuple):
    """The claims of one dispatch set side by side: matched ones, gold ones missed, coded ones too many."""

    matched: list[tuple[Record, Record]]
    missed: list[Record]
    extra: list[Record]


def match(pair: Pair) -> Match:
    """Each gold claim with the first coded one of the same supplier, weapon and status that is still free."""
    matched: list[tuple[Record, Record]] = []
    missed: list[Record] = []
    left = list(pair.claims)
    for gold in pair.gold["claims"]:
        found = next((claim for claim in left if key(claim) == key(gold)), None)
        if found is None:
            missed.append(gold)
        else:
            left = [claim for claim in left if claim is not found]
            matched.append((gold, found))
    return Match(matched, missed, left)


def key(claim: Record) -> tuple[object, object, object]:
    """What a claim is matched by."""
    return claim.get("supplier"), claim.get("weapon"), claim.get("status")


def score(pairs: Iterable[Pair]) -> Figures:
    """All figures of a corpus; none where a share has no denominator."""
    counts: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for pair in pairs:
        found = match(pair)
        counts.update(_counts(pair, found))
        for gold, claim in found.matched:
            points.update(_points(pair.gold, gold, claim))
    return _shares(counts, points) | {name: counts[name] for name in COUNTS}


def _counts(pair: Pair, found: Match) -> dict[str, int]:
    empty = not pair.gold["claims"]
    whole = _text(pair.gold)
    return {
        "dispatches": 1,
        "gold_claims": len(pair.gold["claims"]),
        "pred_claims": len(pair.claims),
        "matched": len(found.matched),
        "empty_dispatches": int(empty),
        "false_alarm_claims": len(pair.claims) if empty else 0,
        "invalid_quotes": sum(not _places(whole, claim.get("quote")) for claim in pair.claims),
    }


def _points(record: Record, gold: Record, claim: Record) -> dict[str, float]:
    points: dict[str, float] = {name: claim.get(name) == gold[name] for name in EQUAL}
    sets = {name: _jaccard(_set(gold[name]), _set(claim.get(name))) for name in SETS}
    quote = _quotes_overlap(_text(record), gold["quote"], claim.get("quote"))
    full = claim.get("act") == gold["act"] and all(share == 1 for share in sets.values())
    return points | sets | {"quote": quote, "full_claim": full}


def _shares(counts: Counter[str], points: Counter[str]) -> Figures:
    matched, gold, coded = counts["matched"], counts["gold_claims"], counts["pred_claims"]
    shares: Figures = {
        "precision": _share(matched, coded),
        "recall": _share(matched, gold),
        "f1": _share(2 * matched, coded + gold),
    }
    shares |= {name: _share(points[name], matched) for name in (*EQUAL, *SETS, "quote")}
    shares["full_claim"] = _share(points["full_claim"], gold)
    shares["false_alarms"] = _share(100 * counts["false_alarm_claims"], counts["empty_dispatches"])
    return shares


def _share(part: float, whole: int) -> float | None:
    return part / whole if whole else None


def _set(value: object) -> set[str]:
    return {str(one) for one in value} if isinstance(value, list | tuple) else set()


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _text(record: Record) -> str:
    return f"{record.get('title') or ''}\n{record['body']}"


def _places(text: str, quote: object) -> list[tuple[int, int]]:
    """Where a quote stands in the text; nowhere if it is empty or no text."""
    found: list[tuple[int, int]] = []
    if isinstance(quote, str) and quote:
        at = text.find(quote)
        while at >= 0:
            found.append((at, at + len(quote)))
            at = text.find(quote, at + 1)
    return found


def _quotes_overlap(text: str, gold: str, coded: object) -> bool:
    """Whether the two quotes share at least half of the shorter one."""
    pairs = product(_places(text, gold), _places(text, coded))
    shared = max((min(one[1], other[1]) - max(one[0], other[0]) for one, other in pairs), default=0)
    return shared > 0 and 2 * shared >= min(len(gold), len(str(coded)))


def by_language(pairs: Sequence[Pair]) -> dict[str, Figures]:
    """The figures overall and for each language, the largest first."""
    sizes = Counter(pair.gold["lang"] for pair in pairs)
    scored = {"overall": score(pairs)}
    for language in sorted(sizes, key=lambda language: (-sizes[language], language)):
        scored[language] = score(pair for pair in pairs if pair.gold["lang"] == language)
    return scored


def table(scored: Mapping[str, Figures]) -> str:
    """The figures as lines for a terminal, one column a language."""
    lines = [" " * 32 + "".join(f"{column:>10}" for column in scored)]
    for name, label in LABELS.items():
        shown = "".join(f"{_shown(name, figures[name]):>10}" for figures in scored.values())
        lines.append(f"{label:32}{shown}")
    return "\n".join(lines)


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name in COUNTS:
        return f"{value:.0f}"
    return f"{value:.1f}" if name == "false_alarms" else f"{value:.3f}"


class Change(NamedTuple):
    """A figure that is not what was kept."""

    language: str
    name: str
    kept: float | None
    now: float | None

    @property
    def is_loss(self) -> bool:
        if self.kept is None or self.now is None:
            return self.now is None
        return self.now > self.kept if self.name in _LESS_IS_BETTER else self.now < self.kept

    def __str__(self) -> str:
        word = "loss" if self.is_loss else "gain"
        return (
            f"{word}  {self.language:8}{LABELS[self.name]:24}{_shown(self.name, self.kept)} -> "
            f"{_shown(self.name, self.now)}"
        )


def changes(kept: Mapping[str, Figures], now: Mapping[str, Figures]) -> list[Change]:
    """Gains and losses in shares against the figures kept, to the third digit; a language that is gone is a loss."""
    found = []
    for language in (*now, *(gone for gone in kept if gone not in now)):
        for name in SHARES:
            change = Change(language, name, _rounded(kept, language, name), _rounded(now, language, name))
            if change.kept != change.now:
                found.append(change)
    return found


def _rounded(scored: Mapping[str, Figures], language: str, name: str) -> float | None:
    value = scored.get(language, {}).get(name)
    return None if value is None else round(value, 3)
