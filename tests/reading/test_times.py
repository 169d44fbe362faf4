"""Rows of time expressions, told from the day of publication. Each holds the mention's words, not only its days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.knowledge.calendar import Calendar
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.numbers import NumberTable
from riwaya.model import TimeMention
from riwaya.reading.times import find_times
from riwaya.text.text import read_text

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "time_rows.tsv").read_text(encoding="utf-8").splitlines()[1:]
]

NO_TIMES = [
    "استمرت المعارك أياما عدة",
    "حوصرت البلدة لسنوات",
    "عاد السكان بعد أسابيع من المعارك",
    "امتدت الهدنة لمدة ثلاثين يوما",
    "قال الأمين العام السابق للمنظمة",
    "قال الأمين العام للأمم المتحدة",
    "بشكل عام لم تتغير الجبهة",
    "سقط الصاروخ عند الساعة الثالثة",
    "ذكرت قناة روسيا اليوم أن الطريق مغلق",
    "تضامنت قوى 14 آذار مع السكان",
    "اعتقل الشخصين الاثنين",
    "قتل 14 مدنيا",
    "أبو خالد قائد المجموعة",
    "مارس ضغوطا على السكان",
    "رئيسة الوزراء تيريزا ماي",
    "في كل جمعة تخرج مظاهرة",
    "تخرج المظاهرات كل يوم جمعة",
    "انطلق الربيع العربي من تونس",
    "وصل رجب طيب إردوغان إلى المطار",
    "في اليوم السابع من المعركة",
    "أهل السنة والجماعة",
    "يعيشون هناك منذ سنوات",
    "يعيشون هناك منذ أكثر من عقد",
    "فازوا بنتيجة 2-1",
    "الطريق رقم 2015 كيلومترا",
]

EDTF_ROWS = [
    ("2019-07-11", "تتواصل الحرب منذ 2012", "2012/.."),
    ("2019-07-11", "وقع الانفجار في آب 2014", "2014-08"),
    ("2019-07-11", "وقع الانفجار عام 2014", "2014"),
    ("2019-07-11", "وقع الانفجار أمس", "2019-07-10"),
    ("2019-07-11", "دارت حرب بين عامي 1980 و1988", "1980/1988"),
    ("2019-07-11", "وقعت تفجيرات في ديسمبر ويناير", "2018-12/2019-01"),
    ("2019-07-11", "اندلعت المعارك في ثمانينيات القرن الماضي", "198X"),
    ("2019-07-11", "سرت هدنة من 15 إلى 17 يونيو", "2019-06-15/2019-06-17"),
    ("2019-07-11", "تستمر الحملة حتى 30 يوليو", "../2019-07-30"),
    ("2019-07-11", "تراجعت القوات منذ فجر الثلاثاء", "2019-07-09/.."),
]


@pytest.fixture(scope="module")
def knowledge() -> Any:
    return make_knowledge()


def make_knowledge() -> Any:
    builder = LexiconBuilder()
    numbers, calendar = NumberTable.load([DATA]), Calendar.load([DATA])
    numbers.register(builder)
    calendar.register(builder)
    return SimpleNamespace(lexicon=builder.build(), numbers=numbers, calendar=calendar)


def times_of(knowledge: Any, sentence: str, published: str | None) -> list[TimeMention]:
    day = date.fromisoformat(published) if published else None
    return find_times(read_text(sentence, knowledge.lexicon), knowledge, day)


@pytest.mark.parametrize(("published", "sentence", "mention", "low", "high"), ROWS)
def test_expression_names_these_days(
    knowledge: Any, published: str, sentence: str, mention: str, low: str, high: str
) -> None:
    found = [(time.text, time.from_, time.to) for time in times_of(knowledge, sentence, published)]
    assert (mention, low, high) in found
    assert len(found) <= 2


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_words_that_place_nothing_on_the_calendar(knowledge: Any, sentence: str) -> None:
    assert [time.text for time in times_of(knowledge, sentence, "2019-07-11")] == []


@pytest.mark.parametrize(("published", "sentence", "edtf"), EDTF_ROWS)
def test_edtf(knowledge: Any, published: str, sentence: str, edtf: str) -> None:
    assert [time.edtf for time in times_of(knowledge, sentence, published)] == [edtf]


@pytest.mark.parametrize(
    "sentence", ["وصلوا أمس", "وصلوا الأحد", "وصلوا قبل يومين", "وصلوا الشهر الماضي", "وصلوا في 3 مايو"]
)
def test_without_publication_date_relative_times_stay_open(knowledge: Any, sentence: str) -> None:
    (time,) = times_of(knowledge, sentence, None)
    assert (time.from_, time.to, time.note) == (None, None, "no publication date")


def test_without_publication_date_full_dates_are_read(knowledge: Any) -> None:
    (time,) = times_of(knowledge, "وقع الانفجار في 3 مايو 2015", None)
    assert (time.from_, time.to, time.note) == ("2015-05-03", "2015-05-03", "")


def test_no_day_is_invented(knowledge: Any) -> None:
    (time,) = times_of(knowledge, "وقع الانفجار في 31 فبراير 2015", "2019-07-11")
    assert (time.from_, time.to, time.edtf) == (None, None, None)


WORDS = sorted({word for row in ROWS for word in row[1].split()})


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=25),
    published=st.none() | st.dates(),
)
def test_any_text_gives_ordered_valid_mentions(words: list[str], published: date | None) -> None:
    knowledge = KNOWLEDGE
    raw = " ".join(words)
    end = 0
    for time in find_times(read_text(raw, knowledge.lexicon), knowledge, published):
        assert end <= time.start < time.end <= len(raw)
        assert raw[time.start : time.end] == time.text
        assert 0 <= time.first < time.last
        end = time.end
        if time.from_ is not None and time.to is not None:
            assert date.fromisoformat(time.from_) <= date.fromisoformat(time.to)
            assert date.fromisoformat(time.to) - date.fromisoformat(time.from_) < timedelta(days=366 * 1000)


KNOWLEDGE = make_knowledge()
