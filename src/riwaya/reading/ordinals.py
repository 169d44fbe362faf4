"""Ordinals of happenings in a row: `الدفعة الثانية`, `ثاني دفعة`, `دفعة ثانية`, `للمرة الثالثة`.

Grammar: Ryding, A Reference Grammar of Modern Standard Arabic, 15.2: the ordinal follows its noun as an adjective or
stands before it as the first term of a construct.
"""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.knowledge.lexicon import Match
from riwaya.reading.numbers import Number, read_numbers
from riwaya.text.text import Text

_HIGHEST = 99


def find_ordinals(
    text: Text, knowledge: object = None, numbers: Sequence[Number] | None = None
) -> list[tuple[int, int, int]]:
    """(first token, token after the last, value) of each numbered happening, in order.

    ``numbers`` are the text's numerals where they have been read already.
    """
    ordinals = [n for n in (read_numbers(text) if numbers is None else numbers) if n.ordinal and n.value <= _HIGHEST]
    if not ordinals:
        return []
    nouns = {
        match.first: match
        for match in text.of("number")
        if any(word.role in ("batch", "pointer") for word in match.entry) and match.last == match.first + 1
    }
    found: list[tuple[int, int, int]] = []
    for number in ordinals:
        span = _before(text, nouns, number) or _after(text, nouns, number)
        if span is not None and (not found or span[0] >= found[-1][1]):
            found.append((*span, number.value))
    return found


def _before(text: Text, nouns: dict[int, Match], number: Number) -> tuple[int, int] | None:
    """`الدفعة الثانية`, `دفعة ثانية`: noun, then ordinal, alike in the article; `هو الرابع`."""
    noun = nouns.get(number.first - 1)
    if noun is None or number.proclitic or text.gaps[number.first].strip(' "'):
        return None
    pointer = any(word.role == "pointer" for word in noun.entry)
    if ((noun.features == "def") or pointer) != number.definite:
        return None
    return noun.first, number.last


def _after(text: Text, nouns: dict[int, Match], number: Number) -> tuple[int, int] | None:
    """`ثاني دفعة`, `أول قافلة`: ordinal, then an indefinite noun."""
    noun = nouns.get(number.last)
    if noun is None or any(word.role == "pointer" for word in noun.entry):
        return None
    if number.definite or noun.proclitic or noun.features == "def" or text.gaps[number.last] != " ":
        return None
    return number.first, noun.last
