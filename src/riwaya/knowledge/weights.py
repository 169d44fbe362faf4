"""Weights of the additive scores, by decision: what each named feature adds. Fitted by ``make train``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Self

import orjson

from riwaya.knowledge.load import files_in
from riwaya.model import KnowledgeError, Term

_LANE = 32  # bits of one decision's sum, in hundredths, when several are added at once
_HALF = 1 << (_LANE - 1)
_MASK = (1 << _LANE) - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """For each decision (``trigger``, ``agent``, ``place.at`` …) the weight of each feature, and of ``bias``.

    Weights count to two decimals, so that a score does not hang on the order in which its terms are added.
    """

    tables: dict[str, dict[str, float]]
    _merged: dict[tuple[str, ...], dict[str, int]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The weights of all ``weights/*.json`` files; a later folder's table replaces an earlier one's.

        Raises KnowledgeError for a file that is not {decision: {feature: number}}.
        """
        tables: dict[str, dict[str, float]] = {}
        for path in files_in(folders, "weights", ".json"):
            try:
                content = orjson.loads(path.read_bytes())
                for name, table in content.items():
                    tables[name] = {feature: float(weight) for feature, weight in table.items()}
            except (ValueError, AttributeError, TypeError) as error:
                raise KnowledgeError(f"{path}: expected {{decision: {{feature: number}}}}, found {error}") from error
        return cls(tables)

    def of(self, decision: str) -> dict[str, float]:
        """The table of one decision; empty where none was fitted."""
        return self.tables.get(decision, {})

    def scores(self, decisions: tuple[str, ...], features: Iterable[str]) -> list[float]:
        """The scores of several decisions over the same features, in one pass."""
        merged = self._together(decisions)
        total = sum(map(merged.get, features, repeat(0)), merged["bias"])
        found: list[float] = []
        for _ in decisions:
            lowest = ((total + _HALF) & _MASK) - _HALF
            found.append(lowest / 100)
            total = (total - lowest) >> _LANE
        return found

    def score(self, decision: str, features: Iterable[str]) -> float:
        """The score of one decision: the sum of the weights of the features, with the decision's bias."""
        merged = self._together((decision,))
        return sum(map(merged.get, features, repeat(0)), merged["bias"]) / 100

    def gain(self, decision: str, features: Iterable[str]) -> float:
        """What further features add to a score that holds the bias already."""
        return sum(map(self._together((decision,)).get, features, repeat(0))) / 100

    def _together(self, decisions: tuple[str, ...]) -> dict[str, int]:
        merged = self._merged.get(decisions)
        if merged is None:
            merged = self._merged[decisions] = self._merge(decisions)
        return merged

    def _merge(self, decisions: tuple[str, ...]) -> dict[str, int]:
        """One whole number a feature that holds its weight in each decision, side by side: all add up at once."""
        tables = [self.of(decision) for decision in decisions]
        names = {"bias", *(name for table in tables for name in table)}
        return {
            name: sum(round(table.get(name, 0.0) * 100) << (_LANE * lane) for lane, table in enumerate(tables))
            for name in names
        }


def terms(table: dict[str, float], features: Iterable[str]) -> tuple[Term, ...]:
    """The terms of a score that are not zero, the heaviest first, the bias last."""
    found = [Term(feature, table[feature]) for feature in features if table.get(feature)]
    found.sort(key=lambda term: (-abs(term.weight), term.feature))
    return (*found, Term("bias", table.get("bias", 0.0)))
