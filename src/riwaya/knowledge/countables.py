"""What reports count, and the words around a number: nouns, the verbs that govern them, and words of quantity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from riwaya.knowledge.inflect import inflect_noun, inflect_verb
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError, What
from riwaya.text.letters import ARTICLE, FA, MARBUTA, TA, WA, YA
from riwaya.text.normalise import fold

PHRASES = (
    *("about", "at_least", "more", "up_to", "less", "at_least_after", "at_most_after", "vague", "part", "all"),
    *("others", "one", "two", "casualties", "wounded_too", "of_them", "besides", "out_of"),
)
SIGNS = (
    "protest",
    "that",
    "number_of",
    "percent",
    "measure",
    "skip",
    "reach",
    "grow",
    "gives",
    "between",
    "from",
    "to",
    "any",
    "dwell",
    "captured",
    "exchange",
    "doing",
    "again",
    "in",
    "of_things",
    "settlement",
    "these",
    "those",
    "former",
    "sentence",
    "against",
    "arrive",
    "toll",
    "towards",
    "touch",
    "many_detained",
    "many_abducted",
    "many_killed",
    "deed",
    "saying",
    "handover",
    "year_after",
)
_WHO = ("people", "civilians", "fighters", "soldiers", "police", "children", "women", "journalists", "medics")
_PERSONS = (".3ms", ".3fs", ".3mp", ".3md", "perf.1p", "masdar")  # the forms in which reports tell of harm
_CONJUNCTIONS = ("", WA, FA)


class CountWord(NamedTuple):
    """A word of counting: its role, what it counts or tells, of whom, its bounds, and whether it needs support."""

    role: str  # noun, people (an adjective of a people), governor, or one of PHRASES
    what: str = ""
    who: str = ""
    low: int = 0
    high: int = 0
    weak: bool = False


_Forms = list[tuple[str, CountWord, str]]


class CountableTable:
    """The counting words of the knowledge files."""

    def __init__(self, forms: _Forms, signs: dict[str, frozenset[str]]) -> None:
        """Hold (phrase, word, features) for the lexicon, and one-word signs by folded form."""
        self._forms = forms
        self.signs = signs

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of ``<folder>/counts/*.yaml`` of each folder.

        Raises KnowledgeError for an unknown key, role, ``what`` or ``who``.
        """
        forms: _Forms = []
        signs: dict[str, set[str]] = {}
        for path in files_in(folders, "counts", ".yaml"):
            for index, raw in enumerate(read_yaml(path)):
                where = f"{path}: entry {index + 1}"
                if isinstance(raw, Mapping) and raw.get("role") in SIGNS:
                    entry = check_keys(where, raw, ("role", "forms", "source"))
                    for form in entry["forms"]:
                        for conjunction in _CONJUNCTIONS:
                            signs.setdefault(fold(conjunction + form), set()).add(entry["role"])
                else:
                    forms.extend(_read_entry(where, raw))
        return cls(forms, {form: frozenset(sorted(roles)) for form, roles in signs.items()})

    def register(self, builder: LexiconBuilder) -> None:
        """Add every phrase to the layer "count"; features as of :mod:`riwaya.knowledge.inflect`."""
        for phrase, word, features in self._forms:
            builder.add("count", phrase, word, features=features, enclitics=word.role == "noun" and "pl" in features)


def _read_entry(where: str, raw: Any) -> Iterator[tuple[str, CountWord, str]]:
    if not isinstance(raw, Mapping):
        raise KnowledgeError(f"{where}: expected a mapping, found {type(raw).__name__}")
    if "role" in raw:
        return _read_phrase(where, raw)
    if any(key in raw for key in ("root", "words", "verbs", "after")):
        return _read_governor(where, raw)
    if "nouns" in raw or "peoples" in raw:
        return _read_group(where, raw)
    return _read_noun(where, raw)


def _checked(where: str, key: str, value: str, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise KnowledgeError(f"{where}: key {key}: expected one of {', '.join(allowed)}, found {value}")
    return value


def _what(where: str, entry: Mapping[str, Any]) -> str:
    return _checked(where, "what", entry["what"], [what.value for what in What]) if "what" in entry else ""


def _read_phrase(where: str, raw: Any) -> Iterator[tuple[str, CountWord, str]]:
    entry = check_keys(where, raw, ("role", "forms", "source"), ("min", "max", "value"))
    role = _checked(where, "role", entry["role"], (*PHRASES, *SIGNS))
    low, high = int(entry.get("min", entry.get("value", "0"))), int(entry.get("max", "0"))
    for form in entry["forms"]:
        yield form, CountWord(role, low=low, high=high), ""


def _read_governor(where: str, raw: Any) -> Iterator[tuple[str, CountWord, str]]:
    entry = check_keys(
        where, raw, ("what", "source"), ("root", "form", "vowels", "masdar", "words", "verbs", "after", "weak")
    )
    word = CountWord("governor", _what(where, entry), weak=entry.get("weak") == "yes")
    for key in ("words", "verbs", "after"):
        for form in entry.get(key, ()):
            yield form, word, key
    if "root" in entry:
        pairs = inflect_verb(
            entry["root"],
            entry["form"],
            vowels=entry.get("vowels", ""),
            masdar=entry.get("masdar", ()),
            participles=False,
        )
        for form, features in pairs:
            if any(sign in features for sign in _PERSONS):
                yield form, word, features


def _read_noun(where: str, raw: Any) -> Iterator[tuple[str, CountWord, str]]:
    entry = check_keys(where, raw, ("noun", "plural", "who", "source"), ("what", "dual"))
    who = _checked(where, "who", entry["who"], _WHO)
    word = CountWord("noun", _what(where, entry), who)
    return _inflected(entry["noun"], entry["plural"], word, dual=entry.get("dual") != "no")


def _read_group(where: str, raw: Any) -> Iterator[tuple[str, CountWord, str]]:
    """Things by ``what`` (noun: plurals), or adjectives and plural names of peoples by ``who``."""
    entry = check_keys(where, raw, ("source",), ("what", "who", "nouns", "peoples"))
    if "what" in entry:
        thing = CountWord("noun", _what(where, entry))
        for noun, plural in entry["nouns"].items():
            yield from _inflected(noun, plural, thing)
        return
    people = CountWord("people", "", _checked(where, "who", entry.get("who", ""), _WHO))
    for noun in entry.get("nouns", ()):
        yield from _inflected(noun, [noun + "\u0648\u0646"], people)
    for noun in entry.get("peoples", ()):
        yield noun, people, "pl"
        yield ARTICLE + noun, people, "pl.def"


def _inflected(
    noun: str, plural: Sequence[str], word: CountWord, dual: bool = True
) -> Iterator[tuple[str, CountWord, str]]:
    """A noun's forms; of a phrase, its first word is inflected and the article and duals are left to rule."""
    head, _, rest = noun.partition(" ")
    if rest:
        for phrase in (noun, f"{head}\u0627 {rest}", f"{head}\u0627 {rest}\u0627"):
            yield phrase, word, "sg"
        stem = head[:-1] + TA if head.endswith(MARBUTA) else head
        for ending in ("\u0627\u0646", "\u064a\u0646"):
            tail = rest[:-1] + TA + ending if rest.endswith(MARBUTA) else rest + ending
            yield f"{stem}{ending} {tail}", word, "du"
        for phrase in plural:
            yield phrase, word, "pl"
        return
    for phrase, features in inflect_noun(noun, plural=plural, dual=dual):
        yield phrase, word, features
    for form in plural:
        if form.endswith("\u0648\u0646"):  # the construct drops the n: مقاتلو, مقاتلي
            yield form[:-1], word, "pl.constr"
            yield form[:-2] + YA, word, "pl.constr"
