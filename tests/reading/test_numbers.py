"""Numerals in digits and words, in every gender and case."""

from __future__ import annotations

import pytest

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.numbers import NumberTable
from riwaya.reading.numbers import read_numbers
from riwaya.reading.ordinals import find_ordinals
from riwaya.text.text import read_text

_BUILDER = LexiconBuilder()
NumberTable.load([DATA]).register(_BUILDER)
LEXICON = _BUILDER.build()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ثلاثة", 3),
        ("ثلاث", 3),
        ("اثنتا عشرة", 12),
        ("اثني عشر", 12),
        ("ثمانية عشر", 18),
        ("ثماني عشرة", 18),
        ("ثلاثة وعشرين", 23),
        ("تسعة وتسعون", 99),
        ("مئة", 100),
        ("مائة وخمسين", 150),
        ("مئتين", 200),
        ("ثلاثمائة", 300),
        ("ثلاث مئة", 300),
        ("ثمانمئة وواحد", 801),
        ("ثلاثمئة وسبعة عشر", 317),
        ("مئة وثلاثة وعشرين", 123),
        ("ألف", 1000),
        ("ألفان", 2000),
        ("ألفين وخمسمائة", 2500),
        ("ألف وثلاثمئة وخمسة وأربعين", 1345),
        ("خمسة آلاف", 5000),
        ("اثنا عشر ألفا", 12000),
        ("مئة وخمسون ألفا", 150000),
        ("40 ألف", 40000),
        ("5 آلاف و300", 5300),
        ("31 ألفا و915", 31915),
        ("2.5 مليون", 2500000),
        ("مليون ونصف", 1500000),
        ("نصف مليون", 500000),
        ("مليونان", 2000000),
        ("1,200", 1200),
        ("١٢٠٠", 1200),
    ],
)
def test_value_of_a_numeral(words: str, value: int) -> None:
    (number,) = read_numbers(read_text(words, LEXICON))
    assert (number.value, number.first, number.ordinal) == (value, 0, False)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("الثانية", 2),
        ("العاشر", 10),
        ("الحادي عشر", 11),
        ("الخامس والعشرين", 25),
        ("الحادية والثلاثون", 31),
        ("ثالث", 3),
    ],
)
def test_value_of_an_ordinal(words: str, value: int) -> None:
    (number,) = read_numbers(read_text(words, LEXICON))
    assert (number.value, number.ordinal) == (value, True)


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("خرجت الدفعة الثانية من المقاتلين", "الدفعة الثانية", 2),
        ("خرجت دفعة ثانية من الحي", "دفعة ثانية", 2),
        ("وصلت ثاني دفعة إلى المعبر", "ثاني دفعة", 2),
        ("قصفت القرية للمرة الثالثة", "للمرة الثالثة", 3),
        ("وصلت الدفعة الحادية عشرة", "الدفعة الحادية عشرة", 11),
        ("بدأت الجولة الخامسة والعشرون", "الجولة الخامسة والعشرون", 25),
        ("دخلت أول قافلة إلى البلدة", "أول قافلة", 1),
        ("وقع انفجار هو الرابع في شهر", "هو الرابع", 4),
    ],
)
def test_ordinal_of_a_happening(sentence: str, words: str, value: int) -> None:
    text = read_text(sentence, LEXICON)
    assert [(text.slice(first, last), number) for first, last, number in find_ordinals(text)] == [(words, value)]


@pytest.mark.parametrize("sentence", ["الحرب العالمية الثانية", "الثانية بعد الظهر", "في الطابق الخامس", "ثانية واحدة"])
def test_ordinals_of_other_things(sentence: str) -> None:
    assert find_ordinals(read_text(sentence, LEXICON)) == []
