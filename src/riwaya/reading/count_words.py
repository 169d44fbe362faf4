"""The counting words and numerals of one text, looked up by position."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from riwaya.knowledge.countables import CountableTable, CountWord
from riwaya.knowledge.lexicon import Match
from riwaya.reading.numbers import Number
from riwaya.text.letters import ARTICLE, CONJUNCTIONS
from riwaya.text.text import Text

_STOPS = frozenset("\n.؛;!؟?…:")
_COMMAS = frozenset(",،")
_MODIFIERS = ("about", "at_least", "more", "up_to", "less")
_OPENING = ("vague", "others", "one")
_OF_WAR = ("vehicles", "strikes", "munitions")
_MONTHS = ("month", "hmonth")
_WHEN = ("relday", "dayword", "weekday", "part", "relnight", "night", "month", "unit")
_YEARS = range(1900, 2101)
_TIME_AFTER = ("unit", "month", "hmonth", "dayword", "era")


class Governor(NamedTuple):
    """A verb or verbal noun that tells what happened to those it governs."""

    first: int
    last: int
    what: str
    weak: bool
    features: str
    conjunction: bool

    @property
    def masdar(self) -> bool:
        """Whether it is a verbal noun, or stands as written in the data."""
        return "masdar" in self.features or self.features == "words"

    @property
    def closed(self) -> bool:
        """Whether it is a verbal noun with the article, which has no object beside it: `خدمات الإنقاذ`."""
        return "masdar" in self.features and self.features.endswith(".def")

    @property
    def follows(self) -> bool:
        """Whether it may tell of what stands before it: `خمسة جنود قتلوا`."""
        return any(sign in self.features for sign in ("3mp", "3md", "verbs", "after")) and not self.conjunction


class CountWords:
    """Looks up the counting words of a text by token."""

    def __init__(self, text: Text, table: CountableTable, numbers: Sequence[Number]) -> None:
        """Sort the matches of the layer "count" by role and position."""
        self.text = text
        self.forms = text.forms
        self.gaps = text.gaps
        self.signs = table.signs
        self.numbers = {number.first: number for number in numbers}
        self.nouns: dict[int, list[Match]] = {}
        self.governors: list[Governor] = []
        self.modifier_at: dict[int, tuple[int, str]] = {}  # token after it -> first token, role
        self.phrases: dict[int, list[Match]] = {}
        self.openers: set[int] = {*self.numbers}  # tokens at which a quantity may begin
        for match in text.of("count"):
            role = match.entry.role
            if role in ("noun", "people"):
                self.nouns.setdefault(match.first, []).append(match)
                dual, _, single, _ = _readings(match.features)
                if (dual or single or is_construct_dual(match)) and not match.enclitic:
                    self.openers.add(match.first)
            elif role == "governor":
                self._add_governor(match)
            elif role in _MODIFIERS:
                known = self.modifier_at.get(match.last)
                if known is None or match.first < known[0]:
                    self.modifier_at[match.last] = (match.first, role)
            else:
                self.phrases.setdefault(match.first, []).append(match)
                if role in _OPENING:
                    self.openers.add(match.first)
        self.articles = frozenset((ARTICLE,))
        self.timed = {
            match.first
            for match in text.of("time")
            if match.features != "def" and any(word.role in _TIME_AFTER for word in match.entry.words)
        }
        self._drop_years()

    def _drop_years(self) -> None:
        """Forget numbers that are the year of the month before them: `في أكتوبر 2015 طائرة`."""
        for match in self.text.of("time"):
            number = self.numbers.get(match.last)
            if number is None or not number.digits or number.value not in _YEARS or number.last > match.last + 1:
                continue
            if any(word.role in _MONTHS for word in match.entry.words):
                del self.numbers[match.last]
                self.openers.discard(match.last)

    def _add_governor(self, match: Match) -> None:
        word: CountWord = match.entry
        conjunction = match.proclitic[:1] in CONJUNCTIONS
        governor = Governor(match.first, match.last, word.what, word.weak, match.features, conjunction)
        if self.governors and self.governors[-1].first == match.first:
            last = self.governors[-1]
            if match.last > last.last or (match.last == last.last and last.weak):
                self.governors[-1] = governor
            return
        if self.governors and match.first < self.governors[-1].last:
            return  # inside a longer phrase
        if self.governors and self.governors[-1].features == "after" and match.first == self.governors[-1].first:
            return
        self.governors.append(governor)

    def sign(self, index: int, role: str) -> bool:
        """Whether a token is a sign of a role."""
        if not 0 <= index < len(self.forms):
            return False
        roles = self.signs.get(self.forms[index])
        return roles is not None and role in roles

    def governed(self, index: int) -> bool:
        """Whether the token before one is a verb or verbal noun that tells what happened."""
        return any(governor.last == index for governor in self.governors)

    def written(self, match: Match) -> str:
        """The words of a match as written, without the clitics before them."""
        start, end = self.text.span(match.first, match.last, len(match.proclitic))
        return self.text.raw[start:end]

    def near(self, index: int) -> bool:
        """Whether a token follows the one before it without a stop or a comma."""
        if not 0 < index < len(self.forms):
            return False
        gap = self.gaps[index]
        return gap == " " or (_STOPS.isdisjoint(gap) and _COMMAS.isdisjoint(gap))

    def joined(self, index: int) -> bool:
        """Whether a token stands in one sentence with the one before it."""
        return 0 < index < len(self.forms) and _STOPS.isdisjoint(self.gaps[index])

    def phrase(self, index: int, *roles: str) -> Match | None:
        """The longest phrase of one of the roles at a token."""
        best: Match | None = None
        for match in self.phrases.get(index, ()):
            if match.entry.role in roles and (best is None or match.last > best.last):
                best = match
        return best

    def noun(self, index: int, *, clitics: tuple[str, ...] = ("",)) -> Match | None:
        """The best noun at a token: the longest, a named sort of person before a people."""
        found = [match for match in self.nouns.get(index, ()) if match.proclitic in clitics]
        return max(found, key=lambda match: (match.last, match.entry.role == "noun", match.entry.what), default=None)


@cache
def _readings(features: str) -> tuple[bool, bool, bool, bool]:
    """Whether a noun's features hold a dual, a plural, an indefinite singular, and the article in every reading."""
    readings = features.split("|")
    return (
        "du" in readings,
        any(reading.startswith("pl") for reading in readings),
        any(reading in ("sg", "sg.acc") for reading in readings),
        all(reading.endswith(".def") for reading in readings),
    )


def is_dual(match: Match) -> bool:
    """Whether a noun is dual without the article in some reading."""
    return not match.enclitic and _readings(match.features)[0]


def is_construct_dual(match: Match) -> bool:
    """Whether a noun of a thing of war is dual before another noun: `دبابتي ميركافا`, not `بلدتي كذا وكذا`."""
    return match.features == "du.constr" and not match.enclitic and match.entry.what in _OF_WAR


def is_plural(match: Match) -> bool:
    """Whether a noun is plural in some reading."""
    return _readings(match.features)[1]


def is_single(match: Match) -> bool:
    """Whether a noun is singular and indefinite."""
    return not match.enclitic and _readings(match.features)[2]


def is_definite(match: Match) -> bool:
    """Whether a noun has the article, or a pronoun after it, in every reading."""
    return bool(match.enclitic) or _readings(match.features)[3]


def tells_when(match: Match) -> bool:
    """Whether a word of a time phrase tells when: a day, a part of it, a month or a unit."""
    return any(word.role in _WHEN for word in match.entry.words)
