"""Function words, reality cues and unnamed parties: what the event reader looks at around a trigger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import ActorKind, KnowledgeError
from riwaya.text.normalise import fold


@dataclass(frozen=True, slots=True)
class UnnamedParty:
    """People without a name of their own who take part in a happening: `المتظاهرون` = protesters."""

    name: str
    kind: ActorKind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionTable:
    """Word classes by folded form, reality cues, and unnamed parties."""

    classes: dict[str, frozenset[str]]
    cues: tuple[tuple[str, str], ...]  # class, phrase
    parties: tuple[UnnamedParty, ...]

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of all ``functions/*.yaml`` files. Raises KnowledgeError for a file that is not as it must be."""
        classes: dict[str, set[str]] = {}
        cues: list[tuple[str, str]] = []
        parties: list[UnnamedParty] = []
        for path in files_in(folders, "functions", ".yaml"):
            for number, entry in enumerate(read_yaml(path) or [], start=1):
                where = f"{path}: entry {number}"
                if path.name == "parties.yaml":
                    entry = check_keys(where, entry, ("name", "kind", "words", "source"))
                    if entry["kind"] not in set(ActorKind):
                        raise KnowledgeError(f"{where}: key 'kind': expected an actor kind, found '{entry['kind']}'")
                    parties.append(UnnamedParty(entry["name"], ActorKind(entry["kind"]), tuple(entry["words"])))
                    continue
                entry = check_keys(where, entry, ("class", "words", "source"))
                if path.name == "cues.yaml":
                    cues.extend((entry["class"], phrase) for phrase in entry["words"])
                else:
                    for word in entry["words"]:
                        classes.setdefault(fold(word), set()).add(entry["class"])
        return cls({word: frozenset(found) for word, found in classes.items()}, tuple(cues), tuple(parties))

    def register(self, builder: LexiconBuilder) -> None:
        """Register cues in layer "function" (entry: class) and unnamed parties in layer "party" (entry: index)."""
        for name, phrase in self.cues:
            builder.add("function", phrase, name)
        for index, party in enumerate(self.parties):
            for word in party.words:
                builder.add("party", word, index)
