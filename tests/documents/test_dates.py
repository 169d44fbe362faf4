from __future__ import annotations

from datetime import date

import pytest

from riwaya.documents.dates import check_date, read_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018-05-21", "2018-05-21"),
        ("2018-05-21T10:00:00Z", "2018-05-21T10:00:00+00:00"),
        ("2018-05-21 10:00", "2018-05-21T10:00:00"),
        ("2018-05-21T10:00:00+0300", "2018-05-21T10:00:00+03:00"),
        ("Mon, 21 May 2018 10:00:00 GMT", "2018-05-21T10:00:00+00:00"),
        (date(2018, 5, 21), "2018-05-21"),
        ("21/05/2018", None),
        ("2018-02-30", None),
        ("2018", None),
        ("أمس", None),
        (20180521, None),
    ],
)
def test_only_machine_readable_dates_are_read(written: object, read: str | None) -> None:
    assert read_date(written) == read


def test_what_is_no_date_is_noted_and_left_unknown() -> None:
    published, notes = check_date("قبل أيام", date(2020, 1, 1))
    assert published is None
    assert "not an ISO date" in notes[0]


def test_a_date_in_the_future_is_kept_with_a_note() -> None:
    assert check_date("2031-01-01", date(2020, 1, 1)) == (
        "2031-01-01",
        ("publication date 2031-01-01 lies in the future",),
    )


def test_no_date_is_no_note() -> None:
    assert check_date(None, date(2020, 1, 1)) == (None, ())
