"""Phrases of static control: who is said, in passing, to hold a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError
from riwaya.text.normalise import fold


@dataclass(frozen=True, slots=True)
class ControlPhrase:
    """A phrase of control; the holder follows it, and ``place`` says on which side the place stands.

    ``unless``: folded words right before it with which nobody is said to hold anything (`لم تسيطر`, `سوف تسيطر`).
    """

    id: str
    phrases: tuple[str, ...]
    place: str
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ControlTable:
    """All phrases of control."""

    entries: tuple[ControlPhrase, ...]
    past: tuple[str, ...] = ()  # words right before such a phrase by which it tells what was

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The phrases of ``control/*.yaml``. Raises KnowledgeError for a file that is not as it must be."""
        found = []
        past: list[str] = []
        for path in files_in(folders, "control", ".yaml"):
            for number, raw in enumerate(read_yaml(path) or [], start=1):
                where = f"{path}: entry {number}"
                keys = ("id", "phrases", "holder", "place", "source", "examples", "non_examples")
                entry = check_keys(where, raw, keys, ("unless",))
                if entry["place"] == "past":
                    past.extend(entry["phrases"])
                    continue
                if entry["place"] not in ("before", "after"):
                    raise KnowledgeError(
                        f"{where}: key 'place': expected before, after or past, found '{entry['place']}'"
                    )
                unless = frozenset(fold(word) for word in entry.get("unless", ()))
                found.append(ControlPhrase(entry["id"], tuple(entry["phrases"]), entry["place"], unless))
        return cls(tuple(found), tuple(past))

    def register(self, builder: LexiconBuilder) -> None:
        """Register the phrases in layer "control" (entry: index of the phrase), words of the past in "control_past"."""
        for word in self.past:
            builder.add("control_past", word, word)
        for index, entry in enumerate(self.entries):
            for phrase in entry.phrases:
                builder.add("control", phrase, index)
