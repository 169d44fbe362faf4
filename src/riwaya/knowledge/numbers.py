"""Number words as data: which forms name which value, and how they join.

Grammar: Ryding, A Reference Grammar of Modern Standard Arabic, chapter 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError
from riwaya.text.letters import ARTICLE

ROLES = ("unit", "teen", "ten", "hundred", "scale", "dual_scale", "half", "ordinal", "compound", "batch", "pointer")
_NOUNS = ("batch", "pointer")  # no numbers themselves: what an ordinal numbers


class NumberWord(NamedTuple):
    """A number word: its role in a numeral, and its value."""

    role: str
    value: int


class NumberTable:
    """The number words of the knowledge files, by phrase."""

    def __init__(self, words: dict[str, tuple[NumberWord, ...]]) -> None:
        """Hold the words by phrase, without the article."""
        self.words = words

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of ``<folder>/numbers/*.yaml`` of each folder.

        Raises KnowledgeError for an unknown key, role or a value that is no whole number.
        """
        words: dict[str, list[NumberWord]] = {}
        for path in files_in(folders, "numbers", ".yaml"):
            for index, raw in enumerate(read_yaml(path)):
                where = f"{path}: entry {index + 1}"
                entry = check_keys(where, raw, ("role", "value", "forms", "source"))
                if entry["role"] not in ROLES:
                    raise KnowledgeError(
                        f"{where}: key role: expected one of {', '.join(ROLES)}, found {entry['role']}"
                    )
                if not str(entry["value"]).isdigit():
                    raise KnowledgeError(f"{where}: key value: expected a whole number, found {entry['value']}")
                for form in entry["forms"]:
                    words.setdefault(form, []).append(NumberWord(entry["role"], int(entry["value"])))
        return cls({form: tuple(senses) for form, senses in words.items()})

    def register(self, builder: LexiconBuilder) -> None:
        """Add every form to the layer "number", with and without the article (feature ``def``).

        What an ordinal numbers (`دفعة`) is in the same layer, by its role.
        """
        for form, senses in self.words.items():
            ordinals = tuple(sense for sense in senses if sense.role == "ordinal")
            bare = tuple(sense for sense in senses if sense.role not in ("ordinal", "compound"))
            if bare:
                builder.add("number", form, bare)
            if ordinals:
                builder.add("number", form, ordinals, features="bare")
            builder.add("number", ARTICLE + form, senses, features="def")
