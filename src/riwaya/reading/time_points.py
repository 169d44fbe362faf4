"""Calendar dates: days, months and years with their modifiers, told in parts and resolved to days.

`الرابع من مايو عام 2014`, `19 نيسان/أبريل الفائت`, `يناير وفبراير الماضيين`, `عام 1439 هـ`, `2018/05/21`.
Conventions: codebook, mentions, time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from riwaya.reading.days import (
    Days,
    hijri_day,
    hijri_month_days,
    hijri_year_of,
    make_day,
    month_days,
    one_day,
    year_days,
)
from riwaya.reading.time_words import NO_DATE, Point, TimeWords
from riwaya.text.letters import LAM, WA

_YEAR_CLITICS = ("", LAM)  # `للعام 2023`
_YEARS = range(1000, 2101)
_SOON = 60  # days ahead in which a day without a year is taken as still to come
_MODIFIERS = ("past", "previous", "lately", "next", "current", "same")


class Parts(NamedTuple):
    """A date as told: the token after it, and what was told of day, month and year (0 = not told)."""

    last: int
    day: int = 0
    month: int = 0
    month_to: int = 0
    year: int = 0
    kind: str = ""  # past, next, current, same: how the year is told without a number
    hijri: bool = False
    supported: bool = False  # something beside it makes a weak month name sure


def read_year(words: TimeWords, index: int, *, bare: bool, clitics: tuple[str, ...] = ("",)) -> tuple[int, int] | None:
    """(token after, year) of a year told by number: `عام 2015`, and `2015` alone where ``bare`` allows it."""
    if index >= len(words.forms):
        return None
    hit = words.find(index, "unit", clitics=clitics)
    at = index
    if hit is not None and hit.word.text == "year" and hit.word.value == 1 and words.near(hit.last):
        at = hit.last
    elif not bare:
        return None
    number = words.number(at)
    if number is None or number.value not in _YEARS or number.skip or number.ordinal:
        return None
    if at == index and (not number.digits or len(words.forms[number.first]) != 4):
        return None
    return number.last, number.value


def read_tail(words: TimeWords, parts: Parts) -> Parts:
    """The parts with the year or modifier that follows them: `2018`, `من العام الماضي`, `الجاري`."""
    index = parts.last
    if not words.near(index):
        return parts
    at = index + 1 if words.link(index, "of") and words.near(index + 1) else index
    year = read_year(words, at, bare=at == index, clitics=_YEAR_CLITICS)
    if year is not None and (at == index or words.find(at, "unit")):
        return _with_era(words, parts._replace(last=year[0], year=year[1], supported=True))
    this = words.find(at, "this")
    unit = words.find(this.last if this else at, "unit")
    if unit is not None and unit.word.text == "year" and unit.word.value == 1 and (this or unit.definite):
        if this is not None:
            return parts._replace(last=unit.last, year=_year_of(words, 0), kind="current", supported=True)
        modifier = words.find(unit.last, *_MODIFIERS) if words.near(unit.last) else None
        if modifier is not None and modifier.word.role in ("past", "previous", "next", "current", "lately"):
            step = {"past": -modifier.word.value, "previous": -1, "lately": 0, "next": 1, "current": 0}
            year_told = _year_of(words, step[modifier.word.role])
            return parts._replace(last=modifier.last, year=year_told, kind="year", supported=True)
        said = words.last_said("year", "month", "day") if modifier is not None else None
        if modifier is not None and said is not None:
            return parts._replace(last=modifier.last, year=said.low.year, kind="year", supported=True)
    modifier = words.find(index, *_MODIFIERS)
    if modifier is not None and modifier.word.role != "same":
        kind = "past" if modifier.word.role in ("previous", "lately") else modifier.word.role
        return parts._replace(last=modifier.last, kind=kind, supported=True)
    return parts


def _year_of(words: TimeWords, step: int) -> int:
    return words.published.year + step if words.published else 0


def _with_era(words: TimeWords, parts: Parts) -> Parts:
    hit = words.find(parts.last, "era") if words.near(parts.last) else None
    if hit is None:
        return parts
    return parts._replace(last=hit.last, hijri=parts.hijri or hit.word.text == "hijri")


def read_month(words: TimeWords, index: int, clitics: tuple[str, ...] = ("",)) -> Parts | None:
    """A month name with the month word before it and its other names beside it: `شهر آب/أغسطس`."""
    if index not in words.at:
        return None
    at, supported = index, False
    month_word = words.find(index, "unit", clitics=clitics)
    if month_word is not None and month_word.word.text == "month" and month_word.word.value == 1:
        if not words.near(month_word.last):
            return None
        at, supported, clitics = month_word.last, True, ("",)
    hit = words.find(at, "month", "hmonth", clitics=clitics)
    if hit is None:
        return None
    last, weak = hit.last, hit.word.weak
    while words.near(last) or (last < len(words.forms) and words.gaps[last].strip() == "/"):
        other = words.find(last, hit.word.role)
        if other is None or other.word.value != hit.word.value:
            break
        last, supported = other.last, True
    hijri = hit.word.role == "hmonth"
    return Parts(last, 0, hit.word.value, 0, hijri=hijri, supported=supported or not (weak or hijri))


def read_date(words: TimeWords, index: int) -> Parts | None:
    """Parts of a date that begins at a token with a day, a month or a year; None where none begins."""
    number = words.number(index)
    if number is not None:
        found = read_numeric(words, index) or _day_and_month(words, number.last, number.value if number.exact else 0)
        if found is not None:
            return found
    if index not in words.at:
        return None
    first = words.find(index, "first_day", clitics=("*",))
    if first is not None and words.near(first.last):
        month = read_month(words, first.last)
        if month is not None:
            return read_tail(words, month._replace(day=1, supported=True))
    month = read_month(words, index, clitics=("*",))
    if month is not None:
        return _coordinated(words, month)
    year = read_year(words, index, bare=False, clitics=("*",))
    if year is not None:
        return _with_era(words, Parts(year[0], year=year[1], supported=True))
    return None


def _day_and_month(words: TimeWords, index: int, day: int) -> Parts | None:
    """`4 يونيو`, `الرابع من شهر مايو`, `السابع من الشهر الجاري`; the numeral has been read."""
    if not 1 <= day <= 31 or not (words.near(index) or words.gaps[min(index, len(words.forms))].strip() in "-/"):
        return None
    at = index + 1 if words.link(index, "of") and words.near(index + 1) else index
    month = read_month(words, at)
    if month is not None:
        return read_tail(words, month._replace(day=day, supported=True))
    return read_day_of_month(words, at, day) if at > index else None


def read_day_of_month(words: TimeWords, index: int, day: int) -> Parts | None:
    """`من الشهر الماضي`, `من هذا الشهر` after a day: the parts with that month."""
    this = words.find(index, "this")
    unit = words.find(this.last if this else index, "unit")
    if unit is None or unit.word.text != "month" or unit.word.value != 1 or not (this or unit.definite):
        return None
    step, last = 0, unit.last
    if this is None:
        modifier = words.find(last, "past", "previous", "next", "current") if words.near(last) else None
        if modifier is not None:
            last = modifier.last
            step = {"past": -modifier.word.value, "previous": -1, "next": 1, "current": 0}[modifier.word.role]
    if words.published is None:
        return Parts(last, day, 13, kind="current")
    month = words.published.year * 12 + words.published.month - 1 + step
    return Parts(last, day, month % 12 + 1, year=month // 12, kind="month", supported=True)


def _coordinated(words: TimeWords, month: Parts) -> Parts:
    """`ديسمبر ويناير`: two months in a row are one interval; a modifier after the second is for both."""
    if words.near(month.last) and not month.hijri:
        second = read_month(words, month.last, clitics=(WA,))
        if second is not None and second.month == month.month % 12 + 1:
            tail = read_tail(words, second)
            return tail._replace(month=month.month, month_to=second.month, supported=True)
    return read_tail(words, month)


def read_numeric(words: TimeWords, index: int) -> Parts | None:
    """`21/5/2018`, `2018-05-21`, `21/5` after a preposition; None where the numerals make no date."""
    first = words.number(index)
    if first is None or first.first != index or not first.digits or first.last != index + 1:
        return None
    gaps, size = words.gaps, len(words.forms)
    second = words.number(index + 1) if index + 1 < size and gaps[index + 1].strip() in ("/", "-") else None
    if second is None or not second.digits or gaps[index + 1].strip() == "":
        return None
    third = words.number(index + 2) if index + 2 < size and gaps[index + 2].strip() == gaps[index + 1].strip() else None
    if third is not None and third.digits:
        a, b, c = first.value, second.value, third.value
        year, month, day = (a, b, c) if a > 31 else (c, b, a)
        if month > 12 >= day:
            month, day = day, month
        if year < 100 and len(words.forms[index + 2]) == 2:
            year += 2000
        if year in _YEARS and 1 <= month <= 12 and 1 <= day <= 31:
            return Parts(index + 3, day, month, year=year, supported=True)
        return None
    slash = gaps[index + 1] == "/"
    if (
        slash
        and 1 <= first.value <= 31
        and 1 <= second.value <= 12
        and words.near(index)
        and words.link(index - 1, "in")
    ):
        return Parts(index + 2, first.value, second.value, supported=True)
    return None


def choose(around: Callable[[int], Days | None], year: int, kind: str, published: date, future: bool) -> Days | None:
    """The interval of the years about ``year`` that a modifier names; without one the last begun, or the next."""
    found = [days for days in (around(year + step) for step in (-2, -1, 0, 1, 2)) if days is not None]
    if kind == "past":
        fitting = [days for days in found if days.high < published]
        return fitting[-1] if fitting else None
    if kind == "next":
        return next((days for days in found if days.low > published), None)
    if kind in ("current", "same"):
        return next((days for days in found if days.low.year == published.year), None)
    if kind == "nearest":
        return min(found, key=lambda days: _distance(days, published), default=None)
    if future:
        return next((days for days in found if days.high >= published), None)
    begun = [days for days in found if days.low <= published]
    return begun[-1] if begun else None


def _distance(days: Days, published: date) -> int:
    return max((days.low - published).days, (published - days.high).days, 0)


def _is_soon(parts: Parts, year: int, published: date) -> bool:
    """Whether a day told without a year lies close ahead: nobody tells a day of last year without its year."""
    if not parts.day:
        return False
    ahead = choose(lambda about: days_of(parts, about), year, "next", published, True)
    return ahead is not None and (ahead.low - published).days <= _SOON


def days_of(parts: Parts, year: int) -> Days | None:
    """The days that the parts name in a year of their calendar."""
    if parts.hijri:
        if parts.day:
            day = hijri_day(year, parts.month, parts.day)
            return one_day(day) if day else None
        if parts.month:
            return hijri_month_days(year, parts.month)
        low, high = hijri_day(year, 1, 1), hijri_day(year + 1, 1, 1)
        return Days(low, high - timedelta(days=1)) if low and high else None
    if parts.day:
        day = make_day(year, parts.month, parts.day)
        return one_day(day) if day else None
    if parts.month_to:
        low_year = year - 1 if parts.month_to < parts.month else year
        first, last = month_days(low_year, parts.month), month_days(year, parts.month_to)
        return Days(first.low, last.high) if first and last else None
    return month_days(year, parts.month) if parts.month else year_days(year)


def resolve(words: TimeWords, parts: Parts, first: int, *, future: bool | None = None, weekday: int = -1) -> Point:
    """The parts as a point on the calendar; ``weekday`` (0 = Monday) helps to choose a year that is not told."""
    rule = "time.date" if parts.day else "time.month" if parts.month else "time.year"
    published = words.published
    if parts.year:
        year = parts.year
        if parts.hijri and parts.kind in ("year", "current") and published:
            year = (hijri_year_of(published) or 0) + parts.year - published.year
        return Point(parts.last, days_of(parts, year), rule)
    if published is None:
        unknown = f"XXXX-{parts.month:02}" + (f"-{parts.day:02}" if parts.day else "")
        told = None if parts.hijri or parts.month > 12 or parts.kind or parts.month_to else unknown
        return Point(parts.last, None, rule, NO_DATE, edtf=told)
    about = hijri_year_of(published) if parts.hijri else published.year
    if about is None:
        return Point(parts.last, None, rule, "outside the Hijri tables")
    if future is None:
        future = not parts.kind and words.is_future(first, parts.last)
    if weekday >= 0 and parts.day and not parts.kind:
        near = [days_of(parts, about + step) for step in (0, -1, 1)]
        fitting = [days for days in near if days is not None and days.low.weekday() == weekday]
        if fitting:
            return Point(parts.last, min(fitting, key=lambda days: abs((days.low - published).days)), rule)
    kind = parts.kind
    if not future and not kind:
        kind = "nearest" if words.link(first - 1, "to") else ""
        future = _is_soon(parts, about, published)
    days = choose(lambda year: days_of(parts, year), about, kind, published, future)
    return Point(parts.last, days, rule, future=future or parts.kind == "next")
