"""Run in the learner's own environment: a linear model of what a sentence says of a state.

Reads one order as JSON from standard input and prints the weights by feature as JSON. Deterministic.
"""

import json
import sys
from collections import Counter, defaultdict
from typing import Any

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

_STRENGTH = 2.0  # how far the weights may go to fit the examples
_ROUNDS = 600
_SELDOM = 2  # a feature seen in fewer units is left out
_ALIKE = 0.35  # certainty from which a sentence may be one that repeats a claim


def main() -> None:
    order = json.load(sys.stdin)
    learner = _Learner(order)
    learner.fit()
    learner.choose_units()
    learner.fit()
    learner.choose_units()
    learner.fit()
    learner.choose_features()
    learner.fit()
    print(json.dumps(learner.weights()))


class _Learner:
    """Examples, the features that count, and the model fitted last."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.rows = order["rows"]
        self.classes = order["classes"]
        counts = Counter(name for row in self.rows for name in row["features"])
        self.counts = counts
        self.columns = {name: at for at, name in enumerate(sorted(n for n, c in counts.items() if c >= _SELDOM))}
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, row in enumerate(self.rows):
            groups[row["text"], row["group"]].append(at)
        self.groups = list(groups.values())
        self.repeats = [at for at, row in enumerate(self.rows) if row["repeats"]]
        alone = [at for members in self.groups if len(members) == 1 for at in members]
        silent = [at for at, row in enumerate(self.rows) if row["statuses"] == [self.classes[0]]]
        known = [at for at, row in enumerate(self.rows) if row["known"]]
        certain = sorted({*alone, *silent, *known} - {*self.repeats})
        self.chosen = {at: self.rows[at]["statuses"] for at in certain}

    def fit(self) -> None:
        pairs = [(at, status, 1 / len(statuses)) for at, statuses in self.chosen.items() for status in statuses]
        matrix = self._matrix([at for at, _, _ in pairs])
        weights = [share for _, _, share in pairs]
        targets = [self.classes.index(status) for _, status, _ in pairs]
        self.model = LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS).fit(matrix, targets, sample_weight=weights)

    def choose_units(self) -> None:
        """Of several sentences on one state, each status belongs to the one that most likely says it."""
        for members in self.groups:
            statuses = self.rows[members[0]]["statuses"]
            if len(members) == 1 or statuses == [self.classes[0]] or self.rows[members[0]]["known"]:
                continue
            shares = self.model.predict_proba(self._matrix(members))
            for at in members:
                self.chosen.pop(at, None)
            for status in statuses:
                best = members[int(numpy.argmax(shares[:, self.classes.index(status)]))]
                self.chosen[best] = [*self.chosen.get(best, []), status]
        self._choose_silent()

    def _choose_silent(self) -> None:
        """A sentence that could repeat a claim is silent where it does not look like that claim."""
        shares = self.model.predict_proba(self._matrix(self.repeats)) if self.repeats else []
        for at, row in zip(self.repeats, shares, strict=True):
            alike = sum(row[self.classes.index(status)] for status in self.rows[at]["repeats"])
            if alike < _ALIKE:
                self.chosen[at] = [self.classes[0]]
            else:
                self.chosen.pop(at, None)

    def choose_features(self) -> None:
        """The features that weigh most where they occur, so many of each file."""
        spread = numpy.ptp(self.model.coef_, axis=0)
        ranked = sorted(self.columns, key=lambda name: (-spread[self.columns[name]] * self.counts[name] ** 0.5, name))
        room = dict(self.order["kept"])
        kept = []
        for name in ranked:
            file = name.rpartition("\t")[0] or self.order["shared"]
            if room[file] > 0:
                room[file] -= 1
                kept.append(name)
        self.columns = {name: at for at, name in enumerate(sorted(kept))}

    def weights(self) -> dict[str, list[float]]:
        found = {name: list(self.model.coef_[:, at]) for name, at in self.columns.items()}
        return {self.order["bias"]: list(self.model.intercept_), **found}

    def _matrix(self, chosen: list[int]) -> Any:
        """The units as rows of one length, a feature being there or not."""
        data, columns, ends = [], [], [0]
        for at in chosen:
            known = [self.columns[name] for name in self.rows[at]["features"] if name in self.columns]
            columns += known
            data += [self.order["scale"] / (len(known) + self.order["quiet"]) ** 0.5] * len(known)
            ends.append(len(columns))
        return csr_matrix((data, columns, ends), shape=(len(chosen), len(self.columns)))


if __name__ == "__main__":
    main()
