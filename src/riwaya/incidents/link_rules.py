"""The rules of linking as read from ``incidents/link.yaml``: groups of kinds, near pairs of kinds, weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import Kind, KnowledgeError

FORBIDDEN = -4.0
_REST = (  # features that need something of both accounts: agents, targets, figures, sources, deniers, sentences, …
    ("agents.share", "crossed"), ("targets.share",), ("count.equal", "count.close"), ("sources.share",),
    ("deniers.share",), ("quotation.share",), ("words.alike", "words.some"), ("ordinal.equal",),
    ("status.both_planned",),
)  # fmt: skip
_KEYS = ("groups", "near_kinds", "weights")


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Groups of compatible kinds, near pairs of kinds, and the weights of the features."""

    groups: tuple[tuple[str, frozenset[str]], ...]
    near: frozenset[frozenset[str]]
    weights: dict[str, float]
    _fits: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False)
    _most: dict[tuple[bool, ...], float] = field(default_factory=dict, compare=False)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The rules of ``incidents/link.yaml``, the packaged ones first; a later folder's file says what differs.

        A group of kinds replaces one of the same name, near pairs are added, a weight replaces the one of its name.
        Raises KnowledgeError where a file is not as it must be.
        """
        paths = [path for path in files_in(folders, "incidents", ".yaml") if path.name == "link.yaml"]
        if not paths:
            raise KnowledgeError("incidents/link.yaml: expected in a knowledge folder, found none")
        groups: dict[str, frozenset[str]] = {}
        near: set[frozenset[str]] = set()
        weights: dict[str, float] = {}
        for number, path in enumerate(paths):
            required, optional = (_KEYS, ()) if number == 0 else ((), _KEYS)
            content = check_keys(str(path), read_yaml(path), required, optional)
            groups.update(_read_groups(path, content.get("groups", ())))
            near.update(_read_pair(path, pair) for pair in content.get("near_kinds", ()))
            weights.update(_read_weights(path, content.get("weights", {}), known=weights if number else None))
        return cls(tuple(groups.items()), frozenset(near), weights)

    @property
    def best_place(self) -> float:
        """The weight of the best fit of places."""
        if () not in self._most:
            self._most[()] = max(weight for name, weight in self.weights.items() if name.startswith("place."))
        return self._most[()]

    def most_of(self, known: tuple[bool, ...]) -> float:
        """The most that features beyond kind, time and place can add, by what both accounts give (:data:`_REST`)."""
        if known not in self._most:
            names = [name for has, names in zip(known, _REST, strict=True) if has for name in names]
            weights = [self.weights.get(name, 0.0) for name in ("story.one_scene", *names)]
            self._most[known] = sum(weight for weight in weights if weight > 0)
        return self._most[known]

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


def _read_groups(path: Path, entries: Sequence[Any]) -> dict[str, frozenset[str]]:
    found = {}
    for entry in entries:
        check_keys(f"{path}: groups", entry, ("name", "kinds", "source"))
        found[entry["name"]] = frozenset(_kind(path, "groups", kind) for kind in entry["kinds"])
    return found


def _read_pair(path: Path, pair: Any) -> frozenset[str]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise KnowledgeError(f"{path}: near_kinds: expected two kinds, found {pair}")
    return frozenset(_kind(path, "near_kinds", kind) for kind in pair)


def _kind(path: Path, key: str, kind: Any) -> str:
    if kind not in list(Kind):
        raise KnowledgeError(f"{path}: {key}: expected a kind of event, found '{kind}'")
    return str(kind)


def _read_weights(path: Path, entries: Any, known: Mapping[str, float] | None) -> dict[str, float]:
    found = {}
    for name, value in entries.items():
        if known is not None and name not in known:
            raise KnowledgeError(f"{path}: weights: expected one of {', '.join(sorted(known))}, found '{name}'")
        try:
            found[name] = float(value)
        except (TypeError, ValueError) as error:
            raise KnowledgeError(f"{path}: weights: {name}: expected a number, found '{value}'") from error
    return found
