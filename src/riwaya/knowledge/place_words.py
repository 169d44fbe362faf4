"""The words around toponyms: generic words, directions, and words that only look like places.

Data: ``cues.yaml``, ``directions.yaml``, ``words.yaml``, ``shorts.yaml``, ``weights.yaml``, ``romanise.yaml`` under
``places``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError, Level
from riwaya.text.letters import ARTICLE, TO_THE
from riwaya.text.normalise import fold

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")  # vowel signs and the letter-stretching tatweel
_DIRECTIONS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre")
_CUE_KEYS = ("id", "words", "levels", "span", "unknown", "source")
_CUE_OPTIONS = ("also", "english", "derive", "list", "tails", "examples", "non_examples")
_LISTS = (
    "needs_cue", "needs_preposition", "never", "whole", "before_place", "inside", "name_part", "first_part", "ordinary",
    "capital", "countryside", "epithet", "not_name", "last_part", "relative",
    "joined_part", "list_opener",
)  # fmt: skip
WEIGHTS = (
    "threshold", "city_of_people", "capital", "country", "admin1", "region", "own", "city", "town", "cue_level",
    "cue_agrees", "cue_conflict", "context", "foreign", "near", "region_near", "named", "preposition", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceCue:
    """A generic word before a toponym: the levels it names or agrees with, and what it makes of the name."""

    id: str
    words: tuple[str, ...]
    levels: tuple[Level, ...]
    also: tuple[Level, ...]
    inside: bool  # the word is part of the name
    english: str
    derive: bool  # with a town's name it names another thing there
    unknown: str  # any, definite, foreign, quoted, tail or no
    listed: bool  # the names that follow belong to it too
    tails: tuple[str, ...]  # folded adjectives that end the name


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(fold(word).split()) for word in words))


def _levels(where: str, names: Iterable[str]) -> tuple[Level, ...]:
    try:
        return tuple(Level(name) for name in names)
    except ValueError as error:
        raise KnowledgeError(f"{where}: levels: expected levels of the codebook, found {error}") from error


def _choice(where: str, entry: Mapping[str, Any], key: str, allowed: Sequence[str], default: str) -> str:
    value = str(entry.get(key, default))
    if value not in allowed:
        raise KnowledgeError(f"{where}: {key}: expected one of {', '.join(allowed)}, found '{value}'")
    return value


def _cue(where: str, entry: Any) -> PlaceCue:
    entry = check_keys(where, entry, _CUE_KEYS, _CUE_OPTIONS)
    where = f"{where}: {entry['id']}"
    return PlaceCue(
        id=entry["id"],
        words=tuple(entry["words"]),
        levels=_levels(where, entry["levels"]),
        also=_levels(where, entry.get("also", ())),
        inside=_choice(where, entry, "span", ("in", "out"), "out") == "in",
        english=entry.get("english", ""),
        derive=_choice(where, entry, "derive", ("yes", "no"), "no") == "yes",
        unknown=_choice(where, entry, "unknown", ("any", "definite", "foreign", "quoted", "tail", "no"), "no"),
        listed=_choice(where, entry, "list", ("yes", "no"), "no") == "yes",
        tails=_folded(entry.get("tails", ())),
    )


def _entries(folders: Sequence[Path], name: str) -> Iterator[tuple[str, Any]]:
    for path in files_in(folders, "places", name):
        for entry in read_yaml(path):
            yield str(path), entry


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words around toponyms, folded, by what they do."""

    cues: tuple[PlaceCue, ...]
    directions: tuple[tuple[str, str, tuple[str, ...]], ...]  # direction, before or after, words
    lists: dict[str, frozenset[str]]
    shorts: tuple[tuple[str, str, str], ...]  # word, name of the place it may stand for, its country
    weights: dict[str, float]
    letters: dict[str, str]
    outside: frozenset[str]  # generic words that are no part of a name
    sides: frozenset[str]  # direction words before a name
    short_words: frozenset[str]
    plurals: dict[str, PlaceCue]  # generic words of one word that open a list

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The words of all data folders; a later folder adds to lists and replaces weights.

        Raises KnowledgeError where a file is not as it must be.
        """
        cues = tuple(_cue(where, entry) for where, entry in _entries(folders, "cues.yaml"))
        directions, shorts = tuple(_read_directions(folders)), tuple(_read_shorts(folders))
        return cls(
            cues=cues,
            directions=directions,
            lists=_read_lists(folders),
            shorts=shorts,
            weights=_read_weights(folders),
            letters=_read_letters(folders),
            outside=frozenset(fold(word) for cue in cues if not cue.inside for word in cue.words),
            sides=frozenset(fold(word) for _, side, words in directions if side == "before" for word in words),
            short_words=frozenset(word for word, _, _ in shorts),
            plurals={fold(word): cue for cue in cues if cue.listed for word in cue.words if " " not in word},
        )

    def has(self, kind: str, form: str) -> bool:
        """Whether a folded word is on a list of ``words.yaml``."""
        return form in self.lists[kind]

    def caution(self, name: str) -> str:
        """``cue`` or ``preposition`` where a folded name is read as a place only after one, else an empty string."""
        if name in self.lists["needs_cue"]:
            return "cue"
        listed = name in self.lists["needs_preposition"] or name in self.lists["never"]
        return "preposition" if listed else ""

    def toponyms(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The names by which a place is found, as written and folded.

        Those that only add a word that is no part of a name are left out.
        """
        known = [fold(name) for name in names]
        for name, form in zip(names, known, strict=True):
            if " " not in form:
                if not (form in self.lists["capital"] or form in self.short_words or form.startswith(TO_THE)):
                    yield name, form
                continue
            first, _, rest = form.partition(" ")
            start, _, tail = form.rpartition(" ")
            if first in self.lists["capital"] or (first in self.outside and rest in known):
                continue
            words = form.split()
            if (
                form in self.short_words
                or words[-1].startswith(TO_THE)
                or any(word in self.sides for word in words[1:-1])
            ):
                continue  # `العاصمة`; `الساحل الغربي لليمن`; `عقربا جنوب نابلس`
            if start in known and tail in self.lists["epithet"]:
                continue
            if not any(word in self.lists["epithet"] for word in words[1:-1]):
                yield name, " ".join(words)

    def respelt(self, names: Sequence[str]) -> Iterator[str]:
        """The names with a first part written as one with the next word, as newsrooms do (`ديرميماس`, `كفررمان`)."""
        for name in names:
            first, _, rest = name.partition(" ")
            if len(rest) > 2 and " " not in rest and fold(first) in self.lists["joined_part"]:
                yield first + rest

    def before_side(self, form: str) -> str | None:
        """What stands before the direction within a folded name (`عقربا` of `عقربا جنوب نابلس`), else None."""
        words = form.split()
        if words[0] in self.sides:
            return None
        at = next((at for at, word in enumerate(words[1:-1], start=1) if word in self.sides), 0)
        return " ".join(words[:at]) or None

    def register(self, builder: LexiconBuilder) -> None:
        """Add cues, directions and words that stand for places to layer ``place_cue``.

        Entries: ("cue", number, whether it opens a list), ("before", direction), ("after", direction), ("capital",),
        ("countryside",), ("short", word).
        """
        for number, cue in enumerate(self.cues):
            for word in cue.words:
                builder.add("place_cue", word, ("cue", number, cue.listed))
        for direction, side, words in self.directions:
            for word in words:
                builder.add("place_cue", word, (side, direction))
        for kind in ("capital", "countryside"):
            for word in sorted(self.lists[kind]):
                builder.add("place_cue", word, (kind,))
        for word, _, _ in self.shorts:
            builder.add("place_cue", word, ("short", word))

    def romanise(self, name: str) -> str:
        """A simple romanisation of an Arabic name, the article as `al-`, each word with a capital."""
        words = []
        for word in _MARKS.sub("", name).split():
            article = word.startswith(ARTICLE) and len(word) > 4
            stem = "".join(self.letters.get(char, char) for char in (word[2:] if article else word))
            words.append(("Al-" if article else "") + stem[:1].upper() + stem[1:])
        return " ".join(words)


def _read_directions(folders: Sequence[Path]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for where, entry in _entries(folders, "directions.yaml"):
        entry = check_keys(where, entry, ("direction", "before", "after", "source"))
        direction = _choice(where, entry, "direction", _DIRECTIONS, "")
        yield direction, "before", tuple(entry["before"])
        yield direction, "after", tuple(entry["after"])


def _read_lists(folders: Sequence[Path]) -> dict[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = dict.fromkeys(_LISTS, frozenset())
    for where, entry in _entries(folders, "words.yaml"):
        entry = check_keys(where, entry, ("id", "source", "words"))
        kind = _choice(where, entry, "id", _LISTS, "")
        lists[kind] |= frozenset(_folded(entry["words"]))
    return lists


def _read_shorts(folders: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    for where, entry in _entries(folders, "shorts.yaml"):
        entry = check_keys(where, entry, ("word", "place", "country", "source"))
        yield fold(entry["word"]), entry["place"], entry["country"]


def _read_weights(folders: Sequence[Path]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for path in files_in(folders, "places", "weights.yaml"):
        entry = check_keys(str(path), read_yaml(path), (), WEIGHTS)
        try:
            weights.update({key: float(value) for key, value in entry.items()})
        except (TypeError, ValueError) as error:
            raise KnowledgeError(f"{path}: expected numbers, found {error}") from error
    return weights


def _read_letters(folders: Sequence[Path]) -> dict[str, str]:
    letters: dict[str, str] = {}
    for where, entry in _entries(folders, "romanise.yaml"):
        letters.update(check_keys(where, entry, ("id", "source", "letters"))["letters"])
    return letters
