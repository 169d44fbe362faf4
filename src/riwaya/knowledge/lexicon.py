"""One matching pass for every phrase that the knowledge knows.

A phrase is a sequence of folded words. Its first word may carry proclitics in the text, its last one an enclitic
pronoun where the phrase allows it. Word forms are analysed once and kept, so that a running text costs a dictionary
look-up a word; longer phrases are looked for only where a second word of one follows.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from riwaya.knowledge.clitics import split_enclitics, split_proclitics
from riwaya.text.letters import YA
from riwaya.text.normalise import fold
from riwaya.text.text import split_forms

_JOINING = frozenset(' "-_/\'#@')
_KEPT_WORDS = 400_000  # forms kept before the memory of analysed words is emptied
_NONE: frozenset[str] = frozenset()
_TAKES_PROCLITICS, _TAKES_ENCLITICS = 1, 2
_FINITE = ("perf", "impf", "jus", "sub", "F", "V")  # begin the features of finite verbs in every layer


class Match(NamedTuple):
    """A phrase found: tokens (half-open), the clitics taken off, what was registered, and its features."""

    first: int
    last: int
    proclitic: str
    enclitic: str
    entry: Any
    features: str


class Rows(NamedTuple):
    """The registered phrases column by column, so that they pickle small and load fast; those of a first word together.

    ``firsts`` gives the number of a first word, ``bounds`` where the rows of each number begin.
    """

    firsts: dict[str, int]
    bounds: array[int]
    names: tuple[str, ...]  # of layers
    layers: bytes
    rests: list[str]  # the words after the first, with single spaces
    entries: list[Any]
    features: list[str]
    flags: bytes

    def phrase(self, row: int) -> _Phrase:
        """The phrase of a row."""
        flags, last = self.flags[row], self.rests[row].rpartition(" ")[2]
        layer, entry, features = self.names[self.layers[row]], self.entries[row], self.features[row]
        return _Phrase(row, last, layer, entry, features, bool(flags & _TAKES_PROCLITICS))


class _Phrase(NamedTuple):
    """A registered phrase; ``last`` is its last word after the first, ``row`` its place in the order of all."""

    row: int
    last: str
    layer: str
    entry: Any
    features: str
    proclitics: bool


_Hit = tuple[int, str, _Phrase]  # the token after a phrase, the pronoun at its end, and the phrase


class _Node:
    """Where a phrase of several words stands after some of its words."""

    __slots__ = ("ends", "next", "pronoun")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: list[_Phrase] = []  # phrases that end here
        self.pronoun: list[_Phrase] = []  # phrases that end with the next word, which may carry a pronoun

    def add(self, words: Sequence[str], phrase: _Phrase, pronoun: bool) -> None:
        """Add a phrase with the words that are still to come, and whether its last may carry a pronoun."""
        node = self
        for at, word in enumerate(words, start=1):
            if pronoun and at == len(words):
                node.pronoun.append(phrase)
            node = node.next.setdefault(word, _Node())
        node.ends.append(phrase)


def _with_pronoun(phrases: Sequence[_Phrase], form: str, last: int) -> list[_Hit]:
    """Those of the phrases that a word with a pronoun ends (`إطلاق سراحه`)."""
    splits = split_enclitics(form)
    found: list[_Hit] = []
    for phrase in phrases:
        ends = [enclitic for bare, enclitic in splits if bare == phrase.last]
        if ends and phrase.last != form:
            found.append((last, ends[0], phrase))
    return found


class _Stem:
    """What begins with one word without clitics: phrases of that word alone, and of several by the second word."""

    __slots__ = ("_nodes", "_rows", "loose", "next", "pronoun", "single")

    def __init__(self, rows: Rows, number: int) -> None:
        """Sort the phrases of a first word; those of several words are made when their second word is met."""
        self._rows = rows
        self._nodes: dict[str, _Node] = {}
        self.single: list[_Phrase] = []
        self.pronoun: list[_Phrase] = []  # of one word that may carry a pronoun
        self.loose: dict[str, list[_Phrase]] = {}  # of two words whose second may carry a pronoun, by the second
        self.next: dict[str, list[int]] = {}  # second word -> rows
        for row in range(rows.bounds[number], rows.bounds[number + 1]):
            rest, pronoun = rows.rests[row], rows.flags[row] & _TAKES_ENCLITICS
            if not rest:
                self.single.append(rows.phrase(row))
                if pronoun:
                    self.pronoun.append(self.single[-1])
                continue
            second = rest.partition(" ")[0]
            self.next.setdefault(second, []).append(row)
            if pronoun and second == rest:
                self.loose.setdefault(second, []).append(rows.phrase(row))

    def node(self, second: str) -> _Node | None:
        """Where the phrases that go on with a second word stand after it, None where there are none."""
        node = self._nodes.get(second)
        if node is None and second in self.next:
            node = _Node()
            for row in self.next[second]:
                pronoun = bool(self._rows.flags[row] & _TAKES_ENCLITICS)
                node.add(self._rows.rests[row].split(" ")[1:], self._rows.phrase(row), pronoun)
            self._nodes[second] = node
        return node

    def phrases(self, index: int, second: Word, forms: list[str], gaps: list[str]) -> list[_Hit]:
        """The phrases of several words that begin at a token, the longest first."""
        at = index + 1
        if not _joins(gaps[at]):
            return []
        node = self.node(second.form)
        levels = [[(at + 1, "", phrase) for phrase in node.ends] if node is not None else []]
        if not second.bare.isdisjoint(self.loose):
            loose = [phrase for bare in second.bare for phrase in self.loose.get(bare, ())]
            levels[0] += _with_pronoun(sorted(loose), second.form, at + 1)
        at += 1
        while node is not None and node.next and at < len(forms) and _joins(gaps[at]):
            after = node.next.get(forms[at])
            level = [(at + 1, "", phrase) for phrase in after.ends] if after is not None else []
            if node.pronoun:
                level += _with_pronoun(node.pronoun, forms[at], at + 1)
                level.sort(key=_row)
            levels.append(level)
            node = after
            at += 1
        return levels[0] if len(levels) == 1 else [hit for level in reversed(levels) for hit in level]


def _joins(gap: str) -> bool:
    """Whether only spaces, quotation marks and joining marks stand in a gap, as they may within a phrase."""
    return gap == " " or _JOINING.issuperset(gap)


def _row(hit: _Hit) -> int:
    return hit[2].row


_Single = tuple[str, str, str, Any, str]  # layer, proclitic, enclitic, entry, features


class Word:
    """A word form analysed: phrases of one word, and the stems that begin longer ones."""

    __slots__ = ("bare", "form", "layers", "loose", "next", "single", "stems")

    def __init__(
        self, form: str, single: tuple[_Single, ...], stems: tuple[tuple[str, _Stem], ...], bare: Iterable[str]
    ) -> None:
        """Hold the form, its phrases, its stems with their proclitics, and what it may be without a pronoun."""
        self.form = form
        self.single = single
        self.layers = frozenset([hit[0] for hit in single]) if single else _NONE
        self.stems = stems
        self.next: Collection[str] = stems[0][1].next if stems else _NONE  # words that may go on from it
        self.loose: Collection[str] = stems[0][1].loose if stems else _NONE  # and those that may carry a pronoun
        if len(stems) > 1:
            self.next = frozenset(word for _, stem in stems for word in stem.next)
            self.loose = frozenset(word for _, stem in stems for word in stem.loose)
        self.bare = frozenset(bare) or _NONE

    def layers_with(self, second: str) -> set[str]:
        """The layers of the phrases of several words that begin with this word and the given second one."""
        found: set[str] = set()
        for proclitic, stem in self.stems:
            node = stem.node(second)
            nodes = [node] if node is not None else []
            while nodes:
                node = nodes.pop()
                nodes += node.next.values()
                found.update(phrase.layer for phrase in node.ends if phrase.proclitics or not proclitic)
        return found


_NO_WORD = Word("", (), (), ())  # what follows the last word of a text


class _Memory(dict[str, Word]):
    """The words analysed so far; one that is missing is analysed when it is asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, form: str) -> Word:
        if len(self) > _KEPT_WORDS:
            self.clear()
        word = self[form] = self.lexicon.analyse(form)
        return word


class Lexicon:
    """The compiled phrases. Immutable but for a memory of analysed words; safe to share between threads."""

    def __init__(self, rows: Rows) -> None:
        """Hold the phrases."""
        self._rows = rows
        self._stems: dict[str, _Stem] = {}
        self._words = _Memory(self)

    def __getstate__(self) -> tuple[Any, ...]:
        """The phrases; analysed words are not kept."""
        return tuple(self._rows)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Restore from the phrases."""
        self.__init__(Rows(*state))  # type: ignore[misc]

    def __contains__(self, phrase: str) -> bool:
        """Whether a phrase of one word is registered."""
        stem = self._stem(fold(phrase))
        return stem is not None and bool(stem.single)

    def word(self, form: str) -> Word:
        """The analysis of a folded word form."""
        return self._words[form]

    def _stem(self, word: str) -> _Stem | None:
        """What begins with a word as it is, None where nothing does."""
        stem = self._stems.get(word)
        if stem is None and word in self._rows.firsts:
            stem = self._stems[word] = _Stem(self._rows, self._rows.firsts[word])
        return stem

    def analyse(self, form: str) -> Word:
        """A folded word form with the phrases that it is or begins; :meth:`word` remembers it."""
        single: dict[tuple[str, str], list[_Single]] = {}
        stems: list[tuple[str, _Stem]] = []
        whole: set[str] = set()  # layers in which the word as written is an entry
        firsts = self._rows.firsts
        splits = split_proclitics(form)
        for proclitic, bare in splits:
            stem = self._stem(bare) if bare in firsts else None
            if stem is None:
                continue
            if stem.next:
                stems.append((proclitic, stem))
            for _, _, layer, entry, features, proclitics in stem.single:
                if not proclitic or (proclitics and layer not in whole):
                    single.setdefault((layer, proclitic), []).append((layer, proclitic, "", entry, features))
            whole.update([layer for layer, _ in single])
        without = split_enclitics(form)
        for proclitic, attached in splits:
            for bare, enclitic in split_enclitics(attached) if proclitic else without:
                stem = self._stem(bare) if bare in firsts else None
                for _, _, layer, entry, features, proclitics in stem.pronoun if stem is not None else ():
                    me = enclitic == YA and features.startswith(_FINITE)  # a verb takes ني for it
                    if layer not in whole and (proclitics or not proclitic) and not me:
                        single.setdefault((layer, proclitic), []).append((layer, proclitic, enclitic, entry, features))
        hits = tuple([hit for held in single.values() for hit in held])
        return Word(form, hits, tuple(stems), [bare for bare, _ in without])

    def match(self, forms: list[str], gaps: list[str]) -> tuple[list[Word], dict[str, list[Match]]]:
        """The analysed words of a text, and every phrase found, by layer, by first token, longest first."""
        words = list(map(self._words.__getitem__, forms))
        found: defaultdict[str, list[Match]] = defaultdict(list)
        new = tuple.__new__
        forms_then, words_then = [*forms, ""], [*words, _NO_WORD]
        for following, word in enumerate(words, start=1):
            index = following - 1
            if word.stems and (
                forms_then[following] in word.next
                or (word.loose and not words_then[following].bare.isdisjoint(word.loose))
            ):
                _add_phrases(index, word.stems, words[following], forms, gaps, found)
            if word.single:
                for layer, proclitic, enclitic, entry, features in word.single:
                    found[layer].append(new(Match, (index, following, proclitic, enclitic, entry, features)))
        return words, dict(found)


def _add_phrases(
    index: int,
    stems: Sequence[tuple[str, _Stem]],
    second: Word,
    forms: list[str],
    gaps: list[str],
    found: defaultdict[str, list[Match]],
) -> None:
    """Add the phrases of several words that begin at a token, the longest first, then those with fewer clitics."""
    hits = [(*hit, proclitic) for proclitic, stem in stems for hit in stem.phrases(index, second, forms, gaps)]
    if len(stems) > 1:
        hits.sort(key=lambda hit: (-hit[0], hit[0] == index + 2 and hit[1] != "", len(hit[3])))
    for last, enclitic, phrase, proclitic in hits:
        if phrase.proclitics or not proclitic:
            found[phrase.layer].append(Match(index, last, proclitic, enclitic, phrase.entry, phrase.features))


class LexiconBuilder:
    """Collects phrases, then builds the lexicon."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[str, list[tuple[str, str, Any, str, int]]] = {}
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
        first, *rest = split_forms(phrase) or ("",)
        if not first:
            raise ValueError(f"phrase without words: {phrase!r}")
        words = " ".join(rest)
        key = (layer, first, words, repr(entry), features)
        if key in self._seen:
            return
        self._seen.add(key)
        flags = proclitics * _TAKES_PROCLITICS + enclitics * _TAKES_ENCLITICS
        self._rows.setdefault(first, []).append((layer, words, entry, features, flags))

    def build(self) -> Lexicon:
        """The lexicon of all that was registered."""
        bounds = array("I", [0])
        for rows in self._rows.values():
            bounds.append(bounds[-1] + len(rows))
        every = [row for rows in self._rows.values() for row in rows]
        names = tuple(dict.fromkeys(row[0] for row in every))
        number = {name: index for index, name in enumerate(names)}
        return Lexicon(
            Rows(
                firsts={first: index for index, first in enumerate(self._rows)},
                bounds=bounds,
                names=names,
                layers=bytes(number[row[0]] for row in every),
                rests=[row[1] for row in every],
                entries=[row[2] for row in every],
                features=[row[3] for row in every],
                flags=bytes(row[4] for row in every),
            )
        )
