"""Arithmetic on inclusive intervals of days, and their EDTF strings.

EDTF: Library of Congress, Extended Date/Time Format (ISO 8601-2), levels 0 and 1.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple


class Days(NamedTuple):
    """An interval of days, both ends inclusive."""

    low: date
    high: date


def one_day(day: date) -> Days:
    """The interval of a single day."""
    return Days(day, day)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days | None:
    """The days of a month, None outside the calendar."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_days(first: int, last: int | None = None) -> Days | None:
    """The days of a year, or of the years ``first`` to ``last``; None outside the calendar."""
    last = first if last is None else last
    if not 1 <= first <= last <= 9999:
        return None
    return Days(date(first, 1, 1), date(last, 12, 31))


def add_days(day: date, number: int) -> date | None:
    """The day ``number`` days later (earlier when negative), None outside the calendar."""
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return None


def add_months(day: date, number: int) -> date | None:
    """The same day of the month ``number`` months later, the month's last day where it has none; None outside."""
    month = day.year * 12 + day.month - 1 + number
    if not 12 <= month < 120000:
        return None
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def portion_days(days: Days, portion: str) -> Days | None:
    """A part of an interval: start, middle or end (codebook: days 1–10, 11–20, 21–end of a month), half or quarter."""
    months = (days.high.year - days.low.year) * 12 + days.high.month - days.low.month + 1
    if portion in ("start", "middle", "end"):
        if months == 1:
            low, high = {"start": (1, 10), "middle": (11, 20), "end": (21, days.high.day)}[portion]
            return Days(days.low.replace(day=low), days.low.replace(day=high))
        part, parts = {"start": 0, "middle": 1, "end": 2}[portion], 3
    else:
        parts = 2 if portion.startswith("half") else 4
        part = int(portion[-1]) - 1
    if months % parts:
        third = (days.high - days.low).days // parts
        begin = days.low + timedelta(days=third * part)
        return Days(begin, days.high if part == parts - 1 else begin + timedelta(days=max(third - 1, 0)))
    step = months // parts
    first, last = add_months(days.low, step * part), add_months(days.low, step * (part + 1))
    return Days(first, last - timedelta(days=1)) if first and last else None


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date by the Umm al-Qura calendar, None outside its tables (1343 to 1500)."""
    from hijridate import Hijri

    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None


def hijri_year_of(day: date) -> int | None:
    """The Hijri year in which a Gregorian day falls, None outside the tables."""
    from hijridate import Gregorian

    try:
        return int(Gregorian.fromdate(day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def hijri_month_days(year: int, month: int) -> Days | None:
    """The days of a Hijri month, None outside the tables."""
    low = hijri_day(year, month, 1)
    after = hijri_day(year + month // 12, month % 12 + 1, 1)
    return Days(low, after - timedelta(days=1)) if low and after else None


def edtf_of(days: Days) -> str:
    """The shortest EDTF string that names exactly these days: a day, month, year or decade, else an interval."""
    low, high = days
    if low == high:
        return low.isoformat()
    last_of_month = high.day == monthrange(high.year, high.month)[1]
    if low.day == 1 and last_of_month:
        if low.month == 1 and high.month == 12:
            if low.year == high.year:
                return f"{low.year:04}"
            if low.year % 10 == 0 and high.year == low.year + 9:
                return f"{low.year // 10:03}X"
            return f"{low.year:04}/{high.year:04}"
        first, last = f"{low.year:04}-{low.month:02}", f"{high.year:04}-{high.month:02}"
        return first if first == last else f"{first}/{last}"
    return f"{low.isoformat()}/{high.isoformat()}"
