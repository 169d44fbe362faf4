"""Rows of counts: the words, what and whom they count, and the bounds (empty: open)."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.countables import CountableTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.numbers import NumberTable
from riwaya.model import CountMention
from riwaya.reading.counts import find_counts
from riwaya.text.text import read_text

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "count_rows.tsv").read_text(encoding="utf-8").splitlines()[1:]
]

NO_COUNTS = [
    "قتل عدد من المدنيين",
    "أصيب عدة أشخاص",
    "لم يقتل أي شخص",
    "استمر القصف 30 يوما",
    "وقع الانفجار عام 2015",
    "وقع الهجوم في 14 من أغسطس",
    "بلغت المساعدات 5 ملايين دولار",
    "تبعد البلدة 12 كيلومترا",
    "بنسبة 52 بالمئة",
    "تراجع الإنتاج 40%",
    "عند الساعة 17:00",
    "المادة 244 من القانون",
    "عناصر اللواء 444",
    "فاز الفريق 2-1",
    "حصل على 20 صوتا",
    "قصف الجيش الاثنين البلدة",
    "أعلنت طالبان الهدنة",
    "الجنديان عادا إلى القاعدة",
    "يعيش في المدينة نحو مليوني شخص",
    "الـ75 شخصا المتهمون",
    "فر السكان من ثلاث مدن",
    "امتدت الاحتجاجات إلى 6 مدن أخرى",
    "قتل بهجوم مسلح",
    "سئل عن خبر الاغتيال فرد إنه سمعه",
    "لجأ في 2012 إلى سفارة",
    "يواجه عقوبة بالسجن لمدة تتراوح بين 57 و71 شهرا",
    "تلقت خدمات الإنقاذ مئات الاتصالات",
    "بلغ عدد المغادرين 4ر28 ألف",
]


def make_knowledge() -> Any:
    builder = LexiconBuilder()
    tables = (NumberTable.load([DATA]), Calendar.load([DATA]), CountableTable.load([DATA]))
    for table in tables:
        table.register(builder)
    return SimpleNamespace(lexicon=builder.build(), numbers=tables[0], calendar=tables[1], countables=tables[2])


KNOWLEDGE = make_knowledge()


def counts_of(sentence: str) -> list[CountMention]:
    return find_counts(read_text(sentence, KNOWLEDGE.lexicon), KNOWLEDGE)


def bound(value: int | None) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(("sentence", "mention", "what", "who", "low", "high"), ROWS)
def test_number_and_noun_give_this_count(sentence: str, mention: str, what: str, who: str, low: str, high: str) -> None:
    found = [(c.text, str(c.what), c.who or "", bound(c.min), bound(c.max)) for c in counts_of(sentence)]
    assert (mention, what, who, low, high) in found


@pytest.mark.parametrize("sentence", NO_COUNTS)
def test_numbers_that_count_neither_people_nor_things_of_a_conflict(sentence: str) -> None:
    assert [(count.text, str(count.what)) for count in counts_of(sentence)] == []


def test_a_part_points_at_its_total() -> None:
    counts = counts_of("مقتل 14 مدنيا بينهم 6 أطفال وإصابة 20 آخرين بينهم امرأة")
    assert [(count.text, count.part_of) for count in counts] == [
        ("14 مدنيا", None),
        ("6 أطفال", 0),
        ("20 آخرين", None),
        ("امرأة", 2),
    ]


def test_about_is_kept_as_approximate() -> None:
    (count,) = counts_of("قتل نحو 400 مدني")
    assert (count.min, count.max, count.approx) == (400, 400, True)


WORDS = sorted({word for row in ROWS for word in row[0].split()})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=25))
def test_any_text_gives_ordered_valid_counts(words: list[str]) -> None:
    raw = " ".join(words)
    end = 0
    counts = counts_of(raw)
    for count in counts:
        assert end <= count.start < count.end <= len(raw)
        assert raw[count.start : count.end] == count.text
        end = count.end
        assert count.min is not None or count.max is not None
        if count.min is not None and count.max is not None:
            assert 0 <= count.min <= count.max
        if count.part_of is not None:
            assert 0 <= count.part_of < len(counts)
