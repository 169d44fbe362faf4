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
