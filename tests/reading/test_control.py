"""Static statements of control on sentences of our own: who holds a place now, and nothing of what was."""

from __future__ import annotations

import pytest

from riwaya.reading.reader import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("raw", "holders"),
    [
        ("قصفت الطائرات مدينة الرقة الخاضعة لسيطرة تنظيم داعش.", ["Islamic State"]),
        ("وصلت القافلة إلى مدينة صعدة معقل جماعة الحوثي.", ["Houthis"]),
        ("وصلت القافلة إلى مدينة الرقة التي لا تزال تحت سيطرة تنظيم داعش.", ["Islamic State"]),
        ("وصلت القافلة إلى مدينة الرقة التي كانت تحت سيطرة تنظيم داعش.", []),
        ("وصلت القافلة إلى مدينة الرقة التي بقيت لسنوات معقل تنظيم داعش.", []),
        ("وصلت القافلة إلى مدينة الرقة التي كان يسيطر عليها تنظيم داعش.", []),
        ("وصلت القافلة إلى مدينة الرقة التي ظلت طوال عامين تحت سيطرة تنظيم داعش.", []),
        ("كانت الطائرات قصفت مدينة الرقة الخاضعة لسيطرة تنظيم داعش.", ["Islamic State"]),
    ],
)
def test_who_holds_a_place(reader: Reader, raw: str, holders: list[str]) -> None:
    assert [statement.holder.name for statement in reader.read(raw).control] == holders


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("تسيطر القوات الحكومية السورية على مدينة حماة.", [("Syrian Armed Forces", "Hama")]),
        ("ويسيطر الحوثيون على صنعاء منذ 2014.", [("Houthis", "Sanaa")]),
        ("لم تسيطر القوات الحكومية السورية على مدينة حماة.", []),
        ("قد تسيطر قوات الدعم السريع على الفاشر قريبا.", []),
        ("سوف يسيطر الجيش السوري على إدلب.", []),
    ],
)
def test_the_imperfect_says_who_holds_a_place(text: str, held: list[tuple[str, str]]) -> None:
    report = Reader().read(text, published="2021-03-04", outlet="وكالة")
    assert [(statement.holder.name, statement.place.name) for statement in report.control] == held
