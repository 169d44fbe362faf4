"""Folding keeps a map back to the text as received."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.text.normalise import fold, fold_with_shifts

ROWS = [
    ("أَحْمَد", "احمد"),
    ("إدلب", "ادلب"),
    ("آذار", "اذار"),
    ("مدينة", "مدينه"),
    ("على", "علي"),
    ("مسؤول", "مسوول"),
    ("اللاجئين", "اللاجيين"),
    ("قـــصف", "قصف"),
    ("قُتِلَ", "قتل"),
    ("١٢ قتيلاً", "12 قتيلا"),
    ("۲۰۱۸", "2018"),
    ("ﻻ", "لا"),
    ("ﷲ", "الله"),
    ("کیف", "كيف"),
    ("«نص»", '"نص"'),
    ("“نص”", '"نص"'),
    ("\u200fنص\u200e", "نص"),
    ("AFP", "afp"),
    ("٣٫٥", "3.5"),
]


@pytest.mark.parametrize(("raw", "folded"), ROWS)
def test_folds(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@given(st.text())
def test_the_shifts_lead_each_folded_character_back_to_its_source(raw: str) -> None:
    norm, shifts = fold_with_shifts(raw)
    assert norm == fold(raw)
    if shifts is None:
        assert len(norm) == len(raw)
        return
    assert shifts.at == sorted(shifts.at)
    back = [index + shifts.by[bisect_right(shifts.at, index)] for index in range(len(norm) + 1)]
    assert back[-1] == len(raw)
    assert back == sorted(back)
    for index, char in enumerate(norm):
        assert char in fold(raw[back[index]])


@given(st.text(alphabet="ابتةىأإآؤئَُِّـ١٢3\u200f\ufefb «»", max_size=40))
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)
