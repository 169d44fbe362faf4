"""A report's text, split into words, sentences and quotations, with the lexicon's matches.

Token indices are half-open ranges over words and numbers (punctuation is kept between tokens, in ``gaps``).
Character offsets are raw code points, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from riwaya.text.normalise import Shifts, fold, fold_with_shifts
from riwaya.text.quotes import Quote, find_quotes

if TYPE_CHECKING:
    from riwaya.knowledge.lexicon import Lexicon, Match, Word

_TOKEN = re.compile(r"([^\W\d_]+|\d+(?:[.,]\d+)*)")
_MARK = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_END = re.compile(r"[.!?؟…\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its tokens (half-open), the paragraph it stands in (from 0), and what ended it."""

    first: int
    last: int
    paragraph: int
    terminator: str


@dataclass(slots=True)
class Text:
    """A text as received and as read. Built by :func:`read_text`; not changed afterwards."""

    raw: str
    norm: str
    forms: list[str]
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: list[str]
    sentences: list[Sentence]
    sentence_of: list[int]
    quotes: list[Quote]
    marked: list[int]  # the gaps that hold more than a space, in order
    words: list[Word] = field(default_factory=list)
    matches: dict[str, list[Match]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # what several layers ask for

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.forms)

    def span(self, first: int, last: int, skip: int = 0, drop: int = 0) -> tuple[int, int]:
        """Raw offsets of tokens ``first``..``last``, without ``skip`` letters of clitics before and ``drop`` after.

        Clitics are counted in letters of the folded form; diacritics between them go with their letter.
        """
        start, end = self.starts[first], self.ends[last - 1]
        if skip:
            start = self._after(start, skip, self.ends[first])
        if drop:
            end = self._after(self.starts[last - 1], len(self.forms[last - 1]) - drop, end)
        return start, end

    def _after(self, start: int, letters: int, end: int) -> int:
        """The raw offset after ``letters`` letters that count (marks do not) from ``start``, at most ``end``."""
        at = start
        while at < end and letters > 0:
            if not _MARK.match(self.raw[at]):
                letters -= 1
            at += 1
        while at < end and _MARK.match(self.raw[at]):
            at += 1
        return at

    def slice(self, first: int, last: int, skip: int = 0, drop: int = 0) -> str:
        """The raw words of tokens ``first``..``last``."""
        start, end = self.span(first, last, skip, drop)
        return self.raw[start:end]

    def sentence(self, token: int) -> Sentence:
        """The sentence in which a token stands."""
        return self.sentences[self.sentence_of[token]]

    def quote_of(self, token: int) -> Quote | None:
        """The innermost quotation around a token, None outside quotations."""
        best: Quote | None = None
        for quote in self.quotes:
            if quote.first > token:
                break
            if token < quote.last and (best is None or quote.depth > best.depth):
                best = quote
        return best

    def of(self, layer: str) -> list[Match]:
        """The lexicon's matches of one layer, by first token, longest first."""
        return self.matches.get(layer, [])

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after a raw offset."""
        return bisect_right(self.ends, offset)


def _sentence_ends(gaps: list[str], forms: list[str], marked: Sequence[int]) -> Iterator[tuple[int, bool, str]]:
    """For each boundary: the token before which it stands, whether it also ends a paragraph, and the mark."""
    for index in marked:
        end = _END.search(gaps[index]) if 0 < index < len(forms) else None
        if end is None:
            continue
        gap = gaps[index]
        newline = "\n" in gap
        before, after = forms[index - 1], forms[index]
        if end.group() == "." and not newline:
            # `د. سمير`, `U.S.`, `site.net`: a dot after a single letter or between Latin words joins.
            if len(before) == 1 and not before.isdigit():
                continue
            if gap == "." and (before.isascii() and after.isascii()):
                continue
            if gap.startswith("..") and '"' not in gap and after[:1] not in "وقاأ":
                continue
        yield index, newline, end.group()


def _split_sentences(gaps: list[str], forms: list[str], marked: Sequence[int]) -> tuple[list[Sentence], list[int]]:
    sentences: list[Sentence] = []
    first = paragraph = 0
    for index, newline, mark in _sentence_ends(gaps, forms, marked):
        sentences.append(Sentence(first, index, paragraph, mark))
        first = index
        paragraph += newline
    if forms:
        end = _END.search(gaps[-1])
        sentences.append(Sentence(first, len(forms), paragraph, end.group() if end else ""))
    sentence_of: list[int] = []
    for number, sentence in enumerate(sentences):
        sentence_of.extend([number] * (sentence.last - sentence.first))
    return sentences, sentence_of


def split_forms(raw: str) -> list[str]:
    """The folded words and numbers of a text alone."""
    return _TOKEN.findall(fold(raw))


def split_text(raw: str) -> Text:
    """A text split into tokens, sentences and quotations, without lexicon matches."""
    norm, shifts = fold_with_shifts(raw)
    pieces = _TOKEN.split(norm)
    offsets = list(accumulate(map(len, pieces)))
    forms, gaps = pieces[1::2], pieces[::2]
    starts, ends = offsets[:-1:2], offsets[1::2]
    if shifts is not None:
        starts, ends = _raw_starts(starts, shifts), _raw_ends(ends, shifts, raw)
    marked = [index for index, gap in enumerate(gaps) if gap != " "]
    sentences, sentence_of = _split_sentences(gaps, forms, marked)
    quotes = find_quotes(gaps, raw, starts, ends, marked) if '"' in norm else []
    return Text(raw, norm, forms, starts, ends, gaps, sentences, sentence_of, quotes, marked)


def _raw_starts(starts: list[int], shifts: Shifts) -> list[int]:
    """The raw offsets of tokens that start at folded ones."""
    raw_starts: list[int] = []
    low = 0
    for at, shift in zip((*shifts.at, None), shifts.by, strict=True):
        high = len(starts) if at is None else bisect_left(starts, at, low)
        raw_starts += [start + shift for start in starts[low:high]]
        low = high
    return raw_starts


def _raw_ends(ends: list[int], shifts: Shifts, raw: str) -> list[int]:
    """The raw offsets at which tokens end, with the marks after their last letter."""
    raw_ends: list[int] = []
    low = 0
    for at, shift in zip((*shifts.at, None), shifts.by, strict=True):
        high = len(ends) if at is None else bisect_right(ends, at, low)
        raw_ends += [end + shift for end in ends[low:high]]
        if high > low and ends[high - 1] == at:
            raw_ends[-1] = _after_marks(raw, raw_ends[-1])
        low = high
    return raw_ends


def _after_marks(raw: str, at: int) -> int:
    while at < len(raw) and _MARK.match(raw[at]):
        at += 1
    return at


def read_text(raw: str, lexicon: Lexicon) -> Text:
    """A text split and matched against a lexicon."""
    text = split_text(raw)
    text.words, text.matches = lexicon.match(text.forms, text.gaps)
    return text
