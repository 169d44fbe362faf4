"""Where names that are withheld stand in a text: whole ones, and each part of a person's name that stands as a word.

A part that is also an ordinary word of news prose (``ordinary_words.txt``) is found only beside another part of the
name; so are the words that join names (bin, abu, abd). Before a word the particles that Arabic writes on it may stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from riwaya.knowledge.load import DATA, read_yaml
from riwaya.model import KnowledgeError
from riwaya.text.normalise import Shifts, fold, fold_with_shifts

Span = tuple[int, int]
_SHORTEST = 3  # letters below which a name or a part is found only where the reader marked it
_LATIN = 4  # the same for a part in Latin letters
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e]")
_ARTICLE = "\u0627\u0644"
_FEMININE = "\u0629"
_PARTICLES = "[\u0648\u0641]?(?:\u0644\u0644|[\u0628\u0643\u0644]?)"
_PATTERNS = DATA / "actor_patterns"


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words of news prose, without diacritics, that are no name where they stand alone."""
    lines = (_PATTERNS / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_name(word: str) -> bool:
    """Whether a word, without diacritics, is no ordinary one."""
    return word not in ordinary_words()


@lru_cache(maxsize=8)
def joining_words(kind: str) -> frozenset[str]:
    """Folded words that join the parts of a name: with what follows (``link``) or what precedes (``link back``)."""
    found = (each["words"] for each in read_yaml(_PATTERNS / "name_words.yaml") if each["class"] == kind)
    return frozenset(fold(word) for words in found for word in words)


def families_in(text: str) -> tuple[set[str], list[Span]]:
    """Names of families told as such (the family of …) that go elsewhere too, and where all are: raw code points.

    What describes a family (a poor family) has no article and ends in the letter of adjectives, where a surname may
    too: it goes where it stands, and is left elsewhere.
    """
    names, spans = set[str](), list[Span]()
    folded, shifts = fold_with_shifts(text)
    for start, end in _told_as_families(folded):
        word = _bare(text, shifts, (start, end))
        if is_name(word):
            spans.append((_raw(shifts, start), _raw(shifts, end - 1) + 1))
            if folded.startswith(_ARTICLE, start) or not word.endswith(_FEMININE):
                names.add(word)
    return names, spans


def _told_as_families(folded: str) -> Iterator[Span]:
    """Where words follow one for a family in a folded text, those that begin another part of the sentence left out."""
    for match in _families().finditer(folded):
        if len(match[1]) >= _SHORTEST and match[1] not in joining_words("end"):
            yield match.span(1)


def _bare(text: str, shifts: Shifts | None, span: Span) -> str:
    """The word of a folded span as it is written, without diacritics."""
    return _MARKS.sub("", text[_raw(shifts, span[0]) : _raw(shifts, span[1] - 1) + 1])


@lru_cache(maxsize=1)
def _families() -> re.Pattern[str]:
    """A word for a family, and the word after it, those that join names between them left out."""
    before, joining = (_any_of(joining_words(kind)) for kind in ("family", "link"))
    if before is None or joining is None:  # pragma: no cover - the packaged words have both
        raise KnowledgeError("name_words.yaml: expected the classes family and link")
    return re.compile(
        rf"(?<![^\W_]){_PARTICLES}(?:{before.pattern})\s+(?:(?:{joining.pattern})\s+)*([^\W\d_]+)(?![^\W_])"
    )


class HiddenNames:
    """Names to be withheld from a report, made ready to be found in its texts."""

    def __init__(self, persons: Iterable[str], places: Iterable[str], *, families: bool = False) -> None:
        """Take the names as they are written anywhere: canonical ones, aliases, words of the report.

        ``families``: whether what a family is called goes too, wherever a text tells it as one.
        """
        self._families = families
        people, where = set(persons), set(places)
        whole = {name for each in (*people, *where) if len(name := fold(each).strip()) >= _SHORTEST}
        named_by = [_WORD.findall(_MARKS.sub("", name)) for name in people]
        joining = joining_words("link") | joining_words("link back")
        parts = {word for words in named_by for word in words if is_name(word) and fold(word) not in joining}
        arabic = {fold(word) for word in parts if not fold(word).isascii()}
        latin = {fold(word) for word in parts if word.isascii() and word[:1].isupper() and len(word) >= _LATIN}
        single = {name for name in whole if _WORD.fullmatch(name)}
        named = {fold(each).strip() for each in where}
        self._phrases = _any_of((whole - single) | {unit for name in people for unit in _joined(name)})
        self._places = _words(single & named)
        self._persons = _words((single - named) | arabic)
        self._latin = _words(latin)
        real = (words for words in named_by if not parts.isdisjoint(words))  # no office: the foreign minister
        self._beside = _words({fold(word) for words in real for word in words} - arabic)

    def spans(self, text: str, *, prose: bool = False) -> list[Span]:
        """Where the names stand: raw code points, half-open, rising. ``prose``: parts in Latin letters too."""
        if not any((self._phrases, self._places, self._persons, self._families)):
            return []
        folded, shifts = fold_with_shifts(text)
        marked = bytearray(len(folded))
        for start, end in _told_as_families(folded) if self._families else ():
            if is_name(_bare(text, shifts, (start, end))):
                _mark(marked, (start, end))
        for pattern in (self._phrases, self._places):
            for match in pattern.finditer(folded) if pattern else ():
                _mark(marked, match.span(match.lastindex or 0))
        for match in self._persons.finditer(folded) if self._persons else ():
            if is_name(_bare(text, shifts, match.span())):
                _mark(marked, match.span(1))
        for match in self._latin.finditer(folded) if self._latin and prose else ():
            if text[_raw(shifts, match.start(1))].isupper():
                _mark(marked, match.span(1))
        if self._beside and any(marked):
            _mark_beside(marked, folded, [match.span(1) for match in self._beside.finditer(folded)])
        return [(_raw(shifts, start), _raw(shifts, end - 1) + 1) for start, end in _runs(marked)]


def _joined(name: str) -> Iterable[str]:
    """The parts of a name that are several words (Abd al-Rahman), folded."""
    units: list[list[str]] = []
    open_ = False
    links, back = joining_words("link"), joining_words("link back")
    for word in _WORD.findall(fold(name)):
        if units and (open_ or word in back):
            units[-1].append(word)
        else:
            units.append([word])
        open_ = word in links
    return (" ".join(unit) for unit in units if len(unit) > 1)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _words(names: Iterable[str]) -> re.Pattern[str] | None:
    """Folded names as words of their own, whatever particles stand on them; the name itself is group 1."""
    bare = {_without_article(name) for name in names if len(name) >= _SHORTEST}
    found = _any_of(bare)
    return re.compile(rf"(?<![^\W_]){_PARTICLES}((?:{_ARTICLE})?(?:{found.pattern}))(?![^\W_])") if found else None


def _without_article(name: str) -> str:
    rest = name.removeprefix(_ARTICLE)
    return rest if len(rest) >= _SHORTEST else name


def _mark(marked: bytearray, span: Span) -> None:
    marked[span[0] : span[1]] = b"\1" * (span[1] - span[0])


def _mark_beside(marked: bytearray, folded: str, words: Sequence[Span]) -> None:
    """Mark those words that stand next to a marked one, until none is left."""
    left, grown = [span for span in words if not marked[span[0]]], True
    while grown:
        near = [span for span in left if _touches(marked, folded, span)]
        for span in near:
            _mark(marked, span)
        left, grown = [span for span in left if span not in near], bool(near)


def _touches(marked: bytearray, folded: str, span: Span) -> bool:
    before, after = folded[: span[0]].rstrip(" "), span[1]
    while after < len(folded) and folded[after] == " ":
        after += 1
    return bool(before and marked[len(before) - 1]) or (after < len(folded) and bool(marked[after]))


def _runs(marked: bytearray) -> list[Span]:
    return [match.span() for match in re.finditer(b"\1+", bytes(marked))]


def _raw(shifts: Shifts | None, at: int) -> int:
    """The place in the text as received of a folded one."""
    return at if shifts is None else at + shifts.by[bisect_right(shifts.at, at)]
