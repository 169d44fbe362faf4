"""One matching pass for every phrase that the knowledge knows.

A phrase is a sequence of folded words. Its first word may carry proclitics in the text (و ف ب ل ك س, and لل for ل+ال),
its last one an enclitic pronoun where the phrase allows it. Word forms are analysed once and kept, so that a running
text costs a dictionary look-up a word. Clitic inventory: Ryding, A Reference Grammar of Modern Standard Arabic,
chapters 12, 16 and 18.
"""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

from riwaya.text.normalise import fold
from riwaya.text.text import split_text

_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك", "س", "وس", "فس")
_ENCLITICS = ("هما", "ها", "هم", "هن", "كم", "نا", "ني", "ه", "ك", "ي")
_JOINING = frozenset(' "-_/\'#@')
_KEPT_WORDS = 400_000  # forms kept before the memory of analysed words is emptied


class Match(NamedTuple):
    """A phrase found: tokens (half-open), the clitics taken off, what was registered, and its features."""

    first: int
    last: int
    proclitic: str
    enclitic: str
    entry: Any
    features: str


class _Pattern(NamedTuple):
    layer: str
    rest: tuple[str, ...]
    entry: Any
    features: str
    proclitics: bool
    enclitics: bool


class Word(NamedTuple):
    """A word form analysed: phrases of one word, and phrases that begin with it."""

    form: str
    single: tuple[tuple[str, str, str, Any, str], ...]  # layer, proclitic, enclitic, entry, features
    multi: dict[str, tuple[tuple[str, _Pattern], ...]]  # second word -> (proclitic, pattern), the longest first
    loose: tuple[tuple[str, _Pattern], ...]  # phrases of two words whose second may carry a pronoun


def split_proclitics(form: str) -> list[tuple[str, str]]:
    """Every way to take proclitics off a folded word: (proclitic, stem), the whole word first."""
    splits = [("", form)]
    for proclitic in _PROCLITICS:
        if not form.startswith(proclitic) or len(form) - len(proclitic) < 2:
            continue
        stem = form[len(proclitic) :]
        if proclitic[-1] == "س" and stem[0] not in "يتنا":
            continue
        splits.append((proclitic, stem))
        if proclitic[-1] == "ل" and stem[0] == "ل" and len(stem) > 2:
            # للعاصمة = ل + العاصمة; للجنة = ل + اللجنة
            splits.append((proclitic, "ا" + stem))
            splits.append((proclitic, "ال" + stem))
    return splits


def split_enclitics(stem: str) -> list[tuple[str, str]]:
    """Every way to take an enclitic pronoun off a folded word: (stem, enclitic), with ta marbuta restored."""
    splits: list[tuple[str, str]] = []
    for enclitic in _ENCLITICS:
        if not stem.endswith(enclitic) or len(stem) - len(enclitic) < 2:
            continue
        bare = stem[: -len(enclitic)]
        splits.append((bare, enclitic))
        if bare.endswith("ت"):
            splits.append((bare[:-1] + "ه", enclitic))
        if bare.endswith("و") or bare.endswith("ا"):
            # قتلوه = قتلوا + ه; رآه, هداه = defective forms written with alef
            splits.append((bare + "ا", enclitic))
            splits.append((bare[:-1] + "ي", enclitic))
        if bare.endswith(("اء", "او", "اي")):
            splits.append((bare[:-1] + "ء", enclitic))
    return splits


class Lexicon:
    """The compiled phrases. Immutable but for a memory of analysed words; safe to share between threads."""

    def __init__(self, patterns: dict[str, list[_Pattern]]) -> None:
        """Hold patterns by their first word."""
        self._patterns = patterns
        self._words: dict[str, Word] = {}
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, list[_Pattern]]:
        """The patterns; analysed words are not kept."""
        return self._patterns

    def __setstate__(self, state: dict[str, list[_Pattern]]) -> None:
        """Restore from patterns."""
        self.__init__(state)  # type: ignore[misc]

    def __contains__(self, phrase: str) -> bool:
        """Whether a phrase of one word is registered."""
        return any(not p.rest for p in self._patterns.get(fold(phrase), ()))

    def word(self, form: str) -> Word:
        """The analysis of a folded word form."""
        known = self._words.get(form)
        if known is None:
            known = self._analyse(form)
            if len(self._words) > _KEPT_WORDS:
                with self._lock:
                    self._words = {}
            self._words[form] = known
        return known

    def _analyse(self, form: str) -> Word:
        single: dict[tuple[str, str], list[tuple[str, str, str, Any, str]]] = {}
        multi: list[tuple[str, _Pattern]] = []
        whole: set[str] = set()  # layers in which the word as written is an entry
        for proclitic, stem in split_proclitics(form):
            for pattern in self._patterns.get(stem, ()):
                if proclitic and not pattern.proclitics:
                    continue
                if pattern.rest:
                    multi.append((proclitic, pattern))
                elif not proclitic or pattern.layer not in whole:
                    single.setdefault((pattern.layer, proclitic), []).append(
                        (pattern.layer, proclitic, "", pattern.entry, pattern.features)
                    )
            whole |= {layer for layer, _ in single}
        for proclitic, stem in split_proclitics(form):
            for bare, enclitic in split_enclitics(stem):
                for pattern in self._patterns.get(bare, ()):
                    if not pattern.enclitics or pattern.rest or pattern.layer in whole:
                        continue
                    if proclitic and not pattern.proclitics:
                        continue
                    single.setdefault((pattern.layer, proclitic), []).append(
                        (pattern.layer, proclitic, enclitic, pattern.entry, pattern.features)
                    )
        multi.sort(key=lambda item: (-len(item[1].rest), len(item[0])))
        by_second: dict[str, list[tuple[str, _Pattern]]] = {}
        for item in multi:
            by_second.setdefault(item[1].rest[0], []).append(item)
        loose = tuple(item for item in multi if item[1].enclitics and len(item[1].rest) == 1)
        found = tuple(hit for hits in single.values() for hit in hits)
        return Word(form, found, {second: tuple(items) for second, items in by_second.items()}, loose)

    def match(self, forms: list[str], gaps: list[str]) -> tuple[list[Word], dict[str, list[Match]]]:
        """The analysed words of a text, and every phrase found, by layer, by first token, longest first."""
        words: list[Word] = []
        found: dict[str, list[Match]] = {}
        known = self._words
        for index, form in enumerate(forms):
            word = known.get(form) or self.word(form)
            words.append(word)
            if word.multi and index + 1 < len(forms):
                items = word.multi.get(forms[index + 1])
                if items is not None:
                    _match_multi(index, items, forms, gaps, found)
                if word.loose:
                    _match_loose(index, word.loose, forms, gaps, found)
            for layer, proclitic, enclitic, entry, features in word.single:
                match = Match(index, index + 1, proclitic, enclitic, entry, features)
                if layer in found:
                    found[layer].append(match)
                else:
                    found[layer] = [match]
        for matches in found.values():
            matches.sort(key=_position)
        return words, found


def _position(match: Match) -> tuple[int, int]:
    return match.first, -match.last


def _joined(gaps: list[str], first: int, last: int) -> bool:
    """Whether nothing but spaces, quotation marks and joining marks stand between the words of a phrase."""
    return all(gap == " " or _JOINING.issuperset(gap) for gap in gaps[first + 1 : last])


def _match_multi(
    index: int,
    items: tuple[tuple[str, _Pattern], ...],
    forms: list[str],
    gaps: list[str],
    found: dict[str, list[Match]],
) -> None:
    """Add the phrases of several words that begin at a token; their second word is known to fit."""
    for proclitic, pattern in items:
        rest = pattern.rest
        last = index + 1 + len(rest)
        if last > len(forms):
            continue
        enclitic = ""
        if len(rest) > 1:
            words = tuple(forms[index + 1 : last])
            if words != rest:
                if not pattern.enclitics or words[:-1] != rest[:-1]:
                    continue
                fitting = [e for bare, e in split_enclitics(words[-1]) if bare == rest[-1]]
                if not fitting:
                    continue
                enclitic = fitting[0]
        if _joined(gaps, index, last):
            match = Match(index, last, proclitic, enclitic, pattern.entry, pattern.features)
            found.setdefault(pattern.layer, []).append(match)


def _match_loose(
    index: int,
    items: tuple[tuple[str, _Pattern], ...],
    forms: list[str],
    gaps: list[str],
    found: dict[str, list[Match]],
) -> None:
    """Add the phrases of two words whose second word carries a pronoun here (`إطلاق سراحه`)."""
    second = forms[index + 1]
    for proclitic, pattern in items:
        rest = pattern.rest[0]
        if second == rest or not second.startswith(rest[:-1]):
            continue
        fitting = [e for bare, e in split_enclitics(second) if bare == rest]
        if fitting and _joined(gaps, index, index + 2):
            match = Match(index, index + 2, proclitic, fitting[0], pattern.entry, pattern.features)
            found.setdefault(pattern.layer, []).append(match)


class LexiconBuilder:
    """Collects phrases, then builds the lexicon."""

    def __init__(self) -> None:
        """Start empty."""
        self._patterns: dict[str, list[_Pattern]] = {}
        self._seen: set[tuple[Any, ...]] = set()

    def add(
        self,
        layer: str,
        phrase: str,
        entry: Any,
        *,
        features: str = "",
        proclitics: bool = True,
        enclitics: bool = False,
    ) -> None:
        """Register a phrase of a layer; the entry comes back in each match.

        Raises ValueError for a phrase without words.
        """
        forms = split_text(phrase).forms
        if not forms:
            raise ValueError(f"phrase without words: {phrase!r}")
        key = (layer, tuple(forms), repr(entry), features)
        if key in self._seen:
            return
        self._seen.add(key)
        pattern = _Pattern(layer, tuple(forms[1:]), entry, features, proclitics, enclitics)
        self._patterns.setdefault(forms[0], []).append(pattern)

    def build(self) -> Lexicon:
        """The lexicon of all that was registered."""
        return Lexicon(self._patterns)
