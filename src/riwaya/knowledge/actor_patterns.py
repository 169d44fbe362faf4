"""Patterns of actors that no list can hold: bodies of a country, titles, open classes, short forms, personal names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_tsv, read_yaml
from riwaya.model import ActorKind, KnowledgeError, SourceKind
from riwaya.text.letters import ARTICLE
from riwaya.text.normalise import fold

FOLDER = "actor_patterns"
_VOWELS = frozenset("aiu")
_GLIDES = {"u": "w", "i": "y"}  # و and ي at the beginning of a word
_Member = TypeVar("_Member", ActorKind, SourceKind)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that every country may have: how it is named in Arabic and English, and what it is."""

    body: str
    kind: ActorKind
    source_kind: SourceKind | None
    english: tuple[str, ...]
    names: tuple[str, ...]
    same: str | None
    only: tuple[str, ...]
    means: Mapping[str, str]
    unless_next: frozenset[str]
    sole: bool  # a mention only where the country's state and army are not named otherwise


@dataclass(frozen=True, slots=True)
class Title:
    """A title before or after a name: the body its holder speaks for, and the sort of source the holder is."""

    title: str
    body: str | None
    source_kind: SourceKind | None
    office: bool
    speaks_for: str | None  # id of the actor for which every holder speaks


@dataclass(frozen=True, slots=True)
class NameClass:
    """An open class of names: its kind, and whether the head noun belongs to the mention."""

    name: str
    kind: ActorKind
    source_kind: SourceKind | None
    inside: bool


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A short form that points back: the noun of the actor's name, and the kinds it may mean."""

    noun: str
    kinds: tuple[str, ...]


@dataclass(slots=True)
class PatternTable:
    """All patterns, as read from ``actor_patterns``."""

    bodies: dict[str, Body] = field(default_factory=dict)
    heads: list[tuple[str, str, str, bool]] = field(default_factory=list)  # phrase, body, form, may stand alone
    titles: dict[str, Title] = field(default_factory=dict)
    title_words: list[tuple[str, str]] = field(default_factory=list)
    title_starts: set[str] = field(default_factory=set)  # folded first words of titles
    classes: dict[str, NameClass] = field(default_factory=dict)
    class_heads: list[tuple[str, str, str]] = field(default_factory=list)  # phrase, class, English
    anaphors: dict[str, Anaphor] = field(default_factory=dict)
    anaphor_words: list[tuple[str, str]] = field(default_factory=list)
    given: dict[str, tuple[str, str]] = field(default_factory=dict)  # folded name -> English; yes: also a word; kunya
    given_names: list[str] = field(default_factory=list)
    words: dict[str, frozenset[str]] = field(default_factory=dict)  # class -> folded words
    letters: dict[str, str] = field(default_factory=dict)
    romanised: dict[str, str] = field(default_factory=dict)
    servant: str = ""  # عبد, written as one with the word after it
    weights: dict[str, float] = field(default_factory=dict)
    examples: list[tuple[str, str, str, str]] = field(default_factory=list)  # file, rule, text, words found ("" = none)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> PatternTable:
        """The patterns of the data folders, later files adding to earlier ones.

        Raises KnowledgeError where a file is not as it must be.
        """
        table = cls()
        readers = {
            "heads": table._read_body,
            "titles": table._read_title,
            "classes": table._read_class,
            "anaphors": table._read_anaphor,
            "name_words": table._read_words,
            "weights": table._read_weight,
        }
        for path in files_in(folders, FOLDER, ".yaml"):
            if path.stem == "romanisation":
                table._read_romanisation(path)
                continue
            reader = readers.get(path.stem)
            if reader is None:
                raise KnowledgeError(f"{path}: expected a file named {', '.join([*readers, 'romanisation'])}")
            for where, entry in _entries(path):
                reader(where, entry)
        for path in files_in(folders, FOLDER, ".tsv"):
            table._read_given(path)
        return table

    def _read_given(self, path: Path) -> None:
        here: dict[str, str] = {}
        for _, row in read_tsv(path, ("arabic", "english", "common")):
            name = fold(row["arabic"])
            if name in here:
                raise KnowledgeError(f"{path}: {row['arabic']}: expected one spelling of a name, {here[name]} is one")
            here[name] = row["arabic"]
            self.given[name] = (row["english"], row["common"])
            self.given_names.append(row["arabic"])

    def register(self, builder: LexiconBuilder) -> None:
        """Register heads, titles, class heads, short forms and given names, in layers of the actors' own."""
        for phrase, body, form, alone in self.heads:
            builder.add("actor_head", phrase, body, features=form + ("+" if alone else ""))
        for phrase, title in self.title_words:
            builder.add("actor_cue", phrase, title)
        for phrase, name, english in self.class_heads:
            builder.add("actor_class", phrase, name, features=english)
        for phrase, noun in self.anaphor_words:
            builder.add("actor_anaphor", phrase, noun)
        for name in self.given_names:
            builder.add("actor_given", name, name, features=self.given[fold(name)][1])

    def romanise(self, words: Sequence[str], forms: Sequence[str]) -> str:
        """A name in newsroom English, from its words as written and the same words folded."""
        out: list[str] = []
        at = 0
        while at < len(words):
            pair = " ".join(forms[at : at + 2])
            if forms[at] == self.servant and at + 1 < len(words):
                out.append("Abdul" + self._romanise_word(words[at + 1][2:], forms[at + 1][2:], first=False).lower())
                at += 2
            elif at + 1 < len(words) and pair in self.given:
                out.append(self.given[pair][0])
                at += 2
            else:
                out.append(self._romanise_word(words[at], forms[at], first=not out))
                at += 1
        return " ".join(word for word in out if word)

    def _romanise_word(self, word: str, form: str, *, first: bool) -> str:
        known = self.romanised.get(form) or self.given.get(form, ("",))[0]
        if known:
            return known
        if word.isascii():
            return word
        if len(form) > 4 and form.startswith(ARTICLE):
            return ("Al-" if first else "al-") + self._romanise_word(word[2:], form[2:], first=False).capitalize()
        return _vowelled([self.letters.get(char, "") for char in word]).capitalize()

    def _read_body(self, where: str, entry: Any) -> None:
        keys = ("body", "kind", "english", "names", "definite", "construct", "indefinite", "alone", "source")
        check_keys(
            where,
            entry,
            keys,
            ("source_kind", "same", "only", "means", "unless_next", "sole", "examples", "non_examples"),
        )
        name = entry["body"]
        self.bodies[name] = Body(
            body=name,
            kind=read_enum(where, "kind", entry["kind"], ActorKind),
            source_kind=read_source_kind(where, entry),
            english=tuple(entry["english"]),
            names=tuple(entry["names"]),
            same=entry.get("same"),
            only=tuple(entry.get("only", ())),
            means=dict(entry.get("means", {})),
            sole=entry.get("sole") == "yes",
            unless_next=frozenset(fold(word) for word in entry.get("unless_next", ())),
        )
        alone = set(entry["alone"])
        for form in ("definite", "construct", "indefinite"):
            for phrase in entry[form]:
                self.heads.append((phrase, name, form[0], phrase in alone))
                alone.discard(phrase)
        if alone:
            raise KnowledgeError(f"{where}: 'alone' names {', '.join(sorted(alone))}, which is no head")
        self._read_examples(where, name, entry)

    def _read_examples(self, where: str, rule: str, entry: Mapping[str, Any]) -> None:
        for example in entry.get("examples", ()):
            self.examples.append((where, rule, example["text"], example["find"]))
        for text in entry.get("non_examples", ()):
            self.examples.append((where, rule, text, ""))

    def _read_title(self, where: str, entry: Any) -> None:
        check_keys(where, entry, ("title", "words", "source"), ("body", "source_kind", "office", "speaks_for"))
        name = entry["title"]
        self.titles[name] = Title(
            title=name,
            body=entry.get("body"),
            source_kind=read_source_kind(where, entry),
            office=entry.get("office") == "yes",
            speaks_for=entry.get("speaks_for"),
        )
        self.title_words.extend((phrase, name) for phrase in entry["words"])
        self.title_starts.update(fold(phrase).split()[0] for phrase in entry["words"])

    def _read_class(self, where: str, entry: Any) -> None:
        check_keys(where, entry, ("class", "kind", "inside", "heads", "source"), ("source_kind", "examples"))
        name = entry["class"]
        kind = read_enum(where, "kind", entry["kind"], ActorKind)
        self.classes[name] = NameClass(name, kind, read_source_kind(where, entry), entry["inside"] == "yes")
        self.class_heads.extend((phrase, name, english) for phrase, english in entry["heads"].items())
        self._read_examples(where, name, entry)

    def _read_anaphor(self, where: str, entry: Any) -> None:
        check_keys(where, entry, ("noun", "words", "source"), ("kinds",))
        noun = entry["noun"]
        self.anaphors[noun] = Anaphor(fold(noun), tuple(entry.get("kinds", ())))
        self.anaphor_words.extend((phrase, noun) for phrase in entry["words"])

    def _read_words(self, where: str, entry: Any) -> None:
        check_keys(where, entry, ("class", "words", "source"))
        known = self.words.get(entry["class"], frozenset())
        self.words[entry["class"]] = known | {fold(word) for word in entry["words"]}

    def _read_weight(self, where: str, entry: Any) -> None:
        check_keys(where, entry, ("feature", "weight", "source"), ("words",))
        try:
            self.weights[entry["feature"]] = float(entry["weight"])
        except ValueError as error:
            raise KnowledgeError(f"{where}: expected a number under 'weight', found '{entry['weight']}'") from error
        if "words" in entry:
            self.words[entry["feature"]] = frozenset(fold(word) for word in entry["words"])

    def _read_romanisation(self, path: Path) -> None:
        content = check_keys(str(path), read_yaml(path), ("letters", "words"))
        self.letters.update(content["letters"]["table"])
        self.servant = fold(content["words"].get("servant", self.servant))
        self.romanised.update({fold(word): english for word, english in content["words"]["table"].items()})


def _entries(path: Path) -> Iterator[tuple[str, Any]]:
    content = read_yaml(path)
    if not isinstance(content, list):
        raise KnowledgeError(f"{path}: expected a list, found {type(content).__name__}")
    for number, entry in enumerate(content, start=1):
        yield f"{path}: entry {number}", entry


def _vowelled(letters: Sequence[str]) -> str:
    """The letters with an `a` where an Arabic spelling leaves a short vowel out: after the first of two consonants
    that begin a word, and before the last of three that meet."""
    out = ""
    run = 0
    for at, letter in enumerate(letters):
        if not letter:
            continue
        if letter in _VOWELS:
            if at == 0 and letter in _GLIDES:
                out += _GLIDES[letter]
                run = 1
                continue
            run = 0
        else:
            run += 1
            if (run == 2 and len(out) <= 2) or run == 3:
                out += "a"
                run = 1
        out += letter
    return out


def read_enum(where: str, key: str, value: str, kind: type[_Member]) -> _Member:
    """The value as a member of an enum.

    Raises KnowledgeError naming the members where the value is none of them.
    """
    try:
        return kind(value)
    except ValueError as error:
        members = ", ".join(member.value for member in kind)
        raise KnowledgeError(f"{where}: expected under '{key}' one of {members}, found '{value}'") from error


def read_source_kind(where: str, entry: Mapping[str, Any]) -> SourceKind | None:
    """The entry's sort of source, None where it gives none.

    Raises KnowledgeError for a value that is no source kind.
    """
    value = entry.get("source_kind")
    return read_enum(where, "source_kind", value, SourceKind) if value else None
