"""The rules of linking as read from ``incidents/link.yaml``: groups of kinds, near pairs of kinds, weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError

FORBIDDEN = -4.0


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Groups of compatible kinds, near pairs of kinds, and the weights of the features."""

    groups: tuple[tuple[str, frozenset[str]], ...]
    near: frozenset[frozenset[str]]
    weights: dict[str, float]
    _fits: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The rules of ``incidents/link.yaml``; a later folder's file replaces an earlier one's.

        Raises KnowledgeError where a file is not as it must be.
        """
        paths = [path for path in files_in(folders, "incidents", ".yaml") if path.name == "link.yaml"]
        if not paths:
            raise KnowledgeError("incidents/link.yaml: expected in a knowledge folder, found none")
        path = paths[-1]
        content = check_keys(str(path), read_yaml(path), ("groups", "near_kinds", "weights"))
        groups = []
        for entry in content["groups"]:
            check_keys(f"{path}: groups", entry, ("name", "kinds", "source"))
            groups.append((entry["name"], frozenset(entry["kinds"])))
        try:
            weights = {name: float(value) for name, value in content["weights"].items()}
        except ValueError as error:
            raise KnowledgeError(f"{path}: weights: expected numbers, found {error}") from error
        return cls(tuple(groups), frozenset(frozenset(pair) for pair in content["near_kinds"]), weights)

    @property
    def threshold(self) -> float:
        """The score from which two accounts are taken to tell one happening."""
        return self.weights["threshold"]

    @property
    def forbidden(self) -> float:
        """The score at or below which two accounts may not stand in one incident, whoever else joins them."""
        return FORBIDDEN

    def groups_of(self, kind: str) -> list[str]:
        """Names of the groups of a kind, the kind's own name where it is in none."""
        found = [name for name, kinds in self.groups if kind in kinds]
        return found or [kind]

    def fit_of_kinds(self, a: str, b: str) -> str | None:
        """``same``, ``near``, ``far``, or None where the kinds are not compatible."""
        if a == b:
            return "same"
        known = self._fits.get((a, b), "")
        if known == "":
            known = self._fits[a, b] = self._fit(a, b)
        return known

    def _fit(self, a: str, b: str) -> str | None:
        if frozenset((a, b)) in self.near:
            return "near"
        return "far" if any(a in kinds and b in kinds for _, kinds in self.groups) else None
