"""Read numerals: digits, number words and mixtures of both, cardinal and ordinal.

`ثلاثة وعشرين` = 23, `5 آلاف و300` = 5,300, `مئة وخمسون ألفا` = 150,000, `الخامس والعشرين` = 25th.
Grammar: Ryding, A Reference Grammar of Modern Standard Arabic, chapter 15.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from riwaya.knowledge.lexicon import Match
from riwaya.text.letters import CONJUNCTIONS, WA
from riwaya.text.text import Text

_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_RANK = {"unit": 1, "teen": 2, "ten": 2, "hundred": 3}


class Number(NamedTuple):
    """A numeral: tokens (half-open), value, letters of the clitic before it, and what sort of numeral it is."""

    first: int
    last: int
    value: int
    skip: int = 0
    ordinal: bool = False
    definite: bool = False
    digits: bool = False
    vague: bool = False  # a plural scale alone: مئات, آلاف
    proclitic: str = ""
    exact: bool = True  # False for a decimal such as 3.5 that no scale makes whole
    dual_scale: bool = False  # ألفا and ألفي before a noun


class _Term(NamedTuple):
    last: int
    role: str
    value: int
    proclitic: str
    features: str


def digit_value(form: str) -> float | None:
    """The value of a token of digits (`1,200` and `1.200` = 1200, `3.5` = 3.5); None for `21.5.2018`."""
    if form.isascii() and form.isdigit():
        return int(form) if len(form) <= 15 else None
    if _GROUPED.fullmatch(form):
        return int(form.replace(",", "").replace(".", "")) if len(form) <= 15 else None
    try:
        return float(form.replace(",", ".")) if len(form) <= 15 else None
    except ValueError:
        return None


class _Reader:
    """Reads the numerals of one text from its "number" matches and its digits."""

    def __init__(self, text: Text) -> None:
        self.forms = text.forms
        self.gaps = text.gaps
        self.at: dict[int, list[Match]] = {}
        for match in text.of("number"):
            self.at.setdefault(match.first, []).append(match)

    def starts(self) -> list[int]:
        """Tokens at which a numeral may begin, in order."""
        digits = [index for index, form in enumerate(self.forms) if form < ":" and form[0] >= "0"]
        return sorted({*self.at, *digits}) if self.at else digits

    def terms(self, index: int) -> list[_Term]:
        """The readings of the token (and those after it) as one part of a numeral, longest first."""
        if index >= len(self.forms):
            return []
        form = self.forms[index]
        if form < ":" and form[0] >= "0":
            value = digit_value(form)
            if value is None:
                return []
            whole = int(value) if value == int(value) else 0
            return [_Term(index + 1, "digits" if whole == value else "decimal", whole, "", form)]
        return [
            _Term(match.last, sense.role, sense.value, match.proclitic, match.features)
            for match in sorted(self.at.get(index, ()), key=lambda match: (-match.last, len(match.proclitic)))
            for sense in match.entry
        ]

    def read(self, index: int) -> Number | None:
        """The longest numeral that begins at a token."""
        for term in self.terms(index):
            if term.role == "ordinal" or (term.role == "compound"):
                found = self._ordinal(index, term)
            elif term.role in ("half", "batch", "pointer"):
                found = self._half(index, term) if term.role == "half" else None
            else:
                found = self._cardinal(index, term)
            if found is not None:
                return found
        return None

    def _half(self, index: int, term: _Term) -> Number | None:
        for scale in self.terms(term.last):
            if scale.role == "scale" and not scale.proclitic and self._plain(term.last):
                return Number(index, scale.last, scale.value // 2, len(term.proclitic), proclitic=term.proclitic)
        return None

    def _plain(self, index: int) -> bool:
        gap = self.gaps[index]
        return gap == " " or gap == "" or not gap.strip(" _\"'")

    def _ordinal(self, index: int, term: _Term) -> Number | None:
        skip = len(term.proclitic)
        if term.features == "def" and term.value < 10 and self._plain(term.last):
            for ten in self.terms(term.last):
                if ten.role == "ten" and ten.proclitic == WA:
                    return Number(index, ten.last, term.value + ten.value, skip, True, True, proclitic=term.proclitic)
        if term.role == "compound":
            return None
        return Number(index, term.last, term.value, skip, True, term.features == "def", proclitic=term.proclitic)

    def _cardinal(self, index: int, term: _Term) -> Number | None:
        total, group, rank, limit, last = 0, 0, 9, 1 << 60, term.last
        digits = term.role == "digits"
        decimal = term.role == "decimal"
        vague = False
        if term.role == "scale":
            total, rank, limit = term.value, 9, term.value
            vague = True
        elif term.role == "dual_scale":
            total, limit = term.value, term.value // 2
        else:
            group, rank = term.value, _RANK.get(term.role, 0)
            if digits and group >= 1000:
                rank = -1
        while last < len(self.forms) and self._plain(last):
            step = self._next(last, group, rank, limit, total)
            if step is None and decimal:
                step = self._decimal(term, last)
            if step is None:
                break
            total, group, rank, limit, last = step
            decimal = False
            vague = False
        return Number(
            index,
            last,
            total + group,
            len(term.proclitic),
            definite=term.features == "def",
            digits=digits or term.role == "decimal",
            vague=vague and last == term.last,
            proclitic=term.proclitic,
            exact=not decimal,
            dual_scale=term.role == "dual_scale" and last == term.last,
        )

    def _decimal(self, term: _Term, last: int) -> tuple[int, int, int, int, int] | None:
        for scale in self.terms(last):
            value = digit_value(term.features)
            if scale.role == "scale" and not scale.proclitic and value is not None:
                return round(value * scale.value), 0, 9, scale.value, scale.last
        return None

    def _next(self, at: int, group: int, rank: int, limit: int, total: int) -> tuple[int, int, int, int, int] | None:
        """The numeral grown by one term: (total, group, rank of the group's last term, scale limit, next token)."""
        for term in self.terms(at):
            role, value = term.role, term.value
            if not term.proclitic and term.features != "def":
                if role == "hundred" and value == 100 and 3 <= group <= 9 and rank in (0, 1):
                    return total, group * 100, 3, limit, term.last
                if role == "scale" and group > 0 and value < limit:
                    return total + group * value, 0, 9, value, term.last
            elif term.proclitic == WA:
                if role == "ten" and rank == 1:
                    return total, group + value, 2, limit, term.last
                if role in ("unit", "teen", "ten") and rank == 3:
                    return total, group + value, _RANK[role], limit, term.last
                if role in _RANK and rank == 9 and value < limit:
                    return total, value, _RANK[role], limit, term.last
                if role == "half" and rank == 9 and total:
                    return total + limit // 2, 0, -1, limit, term.last
        return self._digits_after_and(at, total, rank, limit) or self._digits_after_scale(at, total, rank, limit)

    def _digits_after_scale(
        self, at: int, total: int, rank: int, limit: int
    ) -> tuple[int, int, int, int, int] | None:
        """`343 ألف 437`: three digits right after the thousands, without "and"."""
        if rank != 9 or limit != 1000 or not total:
            return None
        for term in self.terms(at):
            if term.role == "digits" and 100 <= term.value < limit:
                return total, term.value, 0, limit, term.last
        return None

    def _digits_after_and(self, at: int, total: int, rank: int, limit: int) -> tuple[int, int, int, int, int] | None:
        """`ألفا و915`: the letter for "and" is a token of its own before digits."""
        if rank != 9 or self.forms[at] not in CONJUNCTIONS:
            return None
        if at + 1 >= len(self.forms) or self.gaps[at + 1] not in ("", " "):
            return None
        for term in self.terms(at + 1):
            scales = self.terms(term.last) if term.role == "digits" and self._plain(term.last) else []
            for scale in scales:  # مليونا و42 ألفا
                if scale.role == "scale" and not scale.proclitic and 0 < term.value < limit // scale.value:
                    return total + term.value * scale.value, 0, 9, scale.value, scale.last
            if term.role == "digits" and 0 < term.value < limit and term.value >= limit // 1000:
                return total, term.value, 0 if term.value < 1000 else -1, limit, term.last
        return None


def read_numbers(text: Text) -> list[Number]:
    """Every numeral of a text, in order, none overlapping another; read once a text."""
    known: list[Number] | None = text.kept.get("numbers")
    if known is not None:
        return known
    reader = _Reader(text)
    found: list[Number] = []
    cursor = 0
    for index in reader.starts():
        if index < cursor:
            continue
        number = reader.read(index)
        if number is not None:
            found.append(number)
            cursor = number.last
    text.kept["numbers"] = found
    return found
