"""Reports of sport and economy yield no events; a short text without telling words is taken for conflict."""

from __future__ import annotations

import pytest

from riwaya import Reader
from riwaya.reading.topic import topic_words
from riwaya.text.normalise import fold

MATCH = (
    "فاز المنتخب على ضيفه بهدفين في مباراة أقيمت على ملعب العاصمة ضمن تصفيات كأس العالم. وشن المهاجمون هجوما "
    "متواصلا على مرمى الحارس في الشوط الثاني، وسجل اللاعب هدف الفوز في الدقيقة الأخيرة. وقال المدرب إن الفريق "
    "خاض معركة حقيقية أمام الجماهير، وإن الدوري هذا الموسم أقوى من كل موسم."
)
RAID = "شن مسلحون هجوما على نقطة تفتيش للجيش وقتلوا ثلاثة جنود."


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("وبالملاعب", "ملاعب"),
        ("الملاعب", "ملاعب"),
        ("للمباريات", "مبار"),
        ("مباراة", "مبار"),
        ("كاس", "كاس"),
        ("هدف", "هدف"),
    ],
)
def test_forms_of_a_word_share_a_stem(form: str, expected: str) -> None:
    assert topic_words([fold(form)]) == {expected}


def test_numbers_are_no_words_of_a_topic() -> None:
    assert topic_words(["2018", "هدف"]) == {"هدف"}


def test_a_match_yields_no_events() -> None:
    assert not Reader().read(MATCH, published="2018-05-21").events


def test_a_sentence_on_a_raid_yields_its_event() -> None:
    assert [str(event.kind) for event in Reader().read(RAID, published="2018-05-21").events] == ["attack"]
