"""The time words and numerals of one text, looked up by position, and the signs that a time is still to come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from riwaya.knowledge.calendar import Calendar, TimeWord
from riwaya.knowledge.lexicon import Match
from riwaya.reading.days import Days
from riwaya.reading.numbers import Number
from riwaya.text.text import Text

_BREAKS = frozenset("\n,،.:;؛!؟?…")
_BESIDE = 5  # tokens before a day in which a word of beginning counts
_REACH = 14  # tokens before a time in which a sign of the future counts
_LEAD = 3  # tokens from the start of a sentence in which its opening time stands
_AFTER = 2  # tokens after it


class Hit(NamedTuple):
    """A time word found: its sense, the token after it, the clitic before it, and whether it has the article."""

    word: TimeWord
    last: int
    proclitic: str
    definite: bool


class Point(NamedTuple):
    """A time read: the token after it, its days (None when unresolved), the rule, a note, and signs."""

    last: int
    days: Days | None
    rule: str
    note: str = ""
    future: bool = False
    edtf: str | None = None  # where the days alone do not tell it
    closers: bool = False  # a closing bracket after the last token belongs to it


class TimeWords:
    """Looks up time words and numerals of a text by token."""

    def __init__(self, text: Text, calendar: Calendar, numbers: Sequence[Number], published: date | None) -> None:
        """Index the matches of the layer "time" and the numerals by first token."""
        self.text = text
        self.forms = text.forms
        self.gaps = text.gaps
        self.calendar = calendar
        self.links = calendar.links
        self.published = published
        self.at: dict[int, list[Match]] = {}
        for match in text.of("time"):
            self.at.setdefault(match.first, []).append(match)
        self.numbers = {number.first: number for number in numbers}
        self.cursor = 0  # token after the last time read
        self.said: list[tuple[str, Days]] = []  # unit and days of the times read so far, for "the same year"
        self._joints: list[int] | None = None
        self.coming: set[int] = set()  # weekdays that the report has told as still to come
        self._future: dict[int, list[int]] = {}

    def find(self, index: int, *roles: str, clitics: tuple[str, ...] = ("",)) -> Hit | None:
        """The longest time word at a token with one of the roles, None where there is none."""
        matches = self.at.get(index)
        if matches is None:
            return None
        best: Hit | None = None
        for match in matches:
            if best is not None and match.last <= best.last:
                continue
            if match.proclitic not in clitics and clitics != ("*",):
                continue
            for word in match.entry.words:
                if word.role in roles:
                    best = Hit(word, match.last, match.proclitic, match.features == "def")
                    break
        return best

    def near(self, index: int) -> bool:
        """Whether a token follows the one before it without a stop or a comma."""
        return 0 < index < len(self.forms) and _BREAKS.isdisjoint(self.gaps[index])

    def link(self, index: int, role: str) -> bool:
        """Whether the token is a one-word link of a role."""
        if not 0 <= index < len(self.forms):
            return False
        roles = self.links.get(self.forms[index])
        return roles is not None and role in roles

    def follows(self, index: int, role: str) -> bool:
        """Whether a link of a role stands at a token, near the one before it."""
        return self.near(index) and self.link(index, role)

    def number(self, index: int) -> Number | None:
        """The numeral at a token; a lone article before digits (`الـ12`) is passed over."""
        found = self.numbers.get(index)
        if found is not None:
            return found
        if 0 <= index < len(self.forms) - 1 and self.forms[index] in self.calendar.articles:
            after = self.numbers.get(index + 1) if self.gaps[index + 1] in ("", " ", "-") else None
            return after._replace(definite=True) if after is not None and after.digits else None
        return None

    def start_of(self, number: Number) -> int:
        """The numeral's first token, with the lone article before digits."""
        before = number.first - 1
        alone = number.digits and before >= 0 and self.forms[before] in self.calendar.articles
        return before if alone else number.first

    def is_future(self, first: int, last: int) -> bool:
        """Whether the sentence tells that the time at these tokens is still to come."""
        number = self.text.sentence_of[first]
        signs = self._future.get(number)
        if signs is None:
            sentence = self.text.sentences[number]
            signs = [i for i in range(sentence.first, sentence.last) if self._is_sign(self.forms[i])]
            self._future[number] = signs
        for sign in signs:
            if first - _REACH <= sign < first and not self._time_between(sign + 1, first):
                return True
            if last <= sign < last + _AFTER and self.text.sentences[number].first >= first - _LEAD:
                return True
        return False

    def is_starting(self, first: int) -> bool:
        """Whether a word of beginning stands right before a day, which is then still to come (`تبدأ السبت`)."""
        forms, calendar = self.forms, self.calendar
        low = max(self.text.sentence(first).first, first - _BESIDE)
        if calendar.starting.isdisjoint(forms[low:first]):
            return False
        return calendar.pluperfect.isdisjoint(forms[max(0, low - _BESIDE) : first])

    def is_due(self, first: int) -> bool:
        """Whether what is to be done within an amount of time is told before it (`ينص على الانسحاب خلال 60 يوما`)."""
        low = max(self.text.sentence(first).first, first - _REACH)
        return not self.calendar.due.isdisjoint(self.forms[low:first])

    def _time_between(self, low: int, high: int) -> bool:
        """Whether another weekday, day or month stands between: a sign counts for the first time after it."""
        return any(
            word.role in ("weekday", "relday", "month")
            for index in range(low, high - 1)
            for match in self.at.get(index, ())
            for word in match.entry.words
        )

    def _is_sign(self, form: str) -> bool:
        calendar = self.calendar
        if form in calendar.future:
            return True
        if len(form) < 4 or not form.startswith(calendar.future_prefixes):
            return False
        bare = form[1:] if form[0] in calendar.conjunctions else form
        return not bare.startswith(calendar.future_exceptions)

    def counted(self) -> set[int]:
        """Tokens at which a noun that is counted begins."""
        return {match.first for match in self.text.of("count")}

    def joint_within(self, low: int, high: int) -> bool:
        """Whether a hyphen or a word for "to" stands among these tokens."""
        if self._joints is None:
            tos, gaps = self.calendar.tos, self.gaps
            words = [] if tos.isdisjoint(self.forms) else [i for i, form in enumerate(self.forms) if form in tos]
            self._joints = sorted([*words, *(i for i in self.text.marked if "-" in gaps[i])])
        at = bisect_left(self._joints, low)
        return at < len(self._joints) and self._joints[at] < high

    def remember(self, unit: str, days: Days) -> None:
        """Keep a time for later references to "the same" day, month or year."""
        self.said.append((unit, days))

    def last_said(self, *units: str) -> Days | None:
        """The latest time read whose unit is one of these."""
        for unit, days in reversed(self.said):
            if unit in units:
                return days
        return None


NO_DATE = "no publication date"
