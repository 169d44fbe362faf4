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


@dataclass(frozen=True, slots=True)
class Weights:
    """For each decision (``trigger``, ``agent``, ``place.at`` …) the weight of each feature, and of ``bias``."""

    tables: dict[str, dict[str, float]]
    _merged: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

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
        merged = self._merged.get(decisions)
        if merged is None:
            merged = self._merged[decisions] = self._merge(decisions)
        rows = [*filter(None, map(merged.get, features)), merged["bias"]]
        return list(map(sum, zip(*rows, strict=True)))

    def _merge(self, decisions: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
        tables = [self.of(decision) for decision in decisions]
        names = {"bias", *(name for table in tables for name in table)}
        return {name: tuple(table.get(name, 0.0) for table in tables) for name in names}


def score(table: dict[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features, with the table's bias."""
    return sum(map(table.get, features, repeat(0.0)), table.get("bias", 0.0))


def terms(table: dict[str, float], features: Iterable[str]) -> tuple[Term, ...]:
    """The terms of a score that are not zero, the heaviest first, the bias last."""
    found = [Term(feature, table[feature]) for feature in features if table.get(feature)]
    found.sort(key=lambda term: (-abs(term.weight), term.feature))
    return (*found, Term("bias", table.get("bias", 0.0)))
