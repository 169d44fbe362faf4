"""Stretches of the calendar told by units: `الأسبوع الماضي`, `قبل يومين`, `مطلع مارس`, `الأسبوع الثاني من أكتوبر`.

Conventions: codebook, mentions, time, and conventions, time.
"""

from __future__ import annotations

from datetime import date, timedelta

from riwaya.reading.days import (
    Days,
    add_days,
    add_months,
    make_day,
    month_days,
    one_day,
    portion_days,
    year_days,
)
from riwaya.reading.numbers import Number
from riwaya.reading.time_names import read_decade
from riwaya.reading.time_points import Parts, read_date, read_tail, read_year, resolve
from riwaya.reading.time_words import NO_DATE, Hit, Point, TimeWords

_ANY = ("*",)
_MODIFIERS = ("past", "previous", "lately", "next", "current", "same")
_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


def weeks_about(published: date, step: int) -> Days | None:
    """The week of publication (Sunday to Saturday) for 0; the seven days before (-1) or after (+1) it, and so on."""
    if step == 0:
        low = add_days(published, -((published.weekday() + 1) % 7))
        high = add_days(low, 6) if low else None
    elif step < 0:
        low, high = add_days(published, 7 * step), add_days(published, 7 * step + 6)
    else:
        low, high = add_days(published, 7 * step - 6), add_days(published, 7 * step)
    return Days(low, high) if low and high else None


def unit_at(published: date, unit: str, step: int) -> Days | None:
    """The calendar unit ``step`` units from that of publication (0 = the current one)."""
    if unit == "day":
        day = add_days(published, step)
        return one_day(day) if day else None
    if unit == "week":
        return weeks_about(published, step)
    if unit == "month":
        day = add_months(published.replace(day=1), step)
        return month_days(day.year, day.month) if day else None
    if unit == "year":
        return year_days(published.year + step)
    size = 10 if unit == "decade" else 100
    first = (published.year - size // 100) // size * size + step * size + size // 100
    return year_days(first, first + size - 1) if unit in ("decade", "century") and first > 0 else None


def back_by(published: date, unit: str, number: int, *, end: int = -1) -> Days | None:
    """The last ``number`` units up to the day before publication (or to that day, with ``end`` 0)."""
    high = add_days(published, end)
    if unit in ("day", "week"):
        low = add_days(published, -number * (7 if unit == "week" else 1))
    elif unit == "hour":
        low, high = add_days(published, -max(1, -(-number // 24))), published
    elif unit in _MONTHS:
        low = add_months(published, -number * _MONTHS[unit])
    else:
        return None
    return Days(low, high) if low and high and low <= high else None


def forward_by(published: date, unit: str, number: int) -> Days | None:
    """The next ``number`` units from the day after publication."""
    low = add_days(published, 1)
    if unit in ("day", "week"):
        high = add_days(published, number * (7 if unit == "week" else 1))
    elif unit == "hour":
        low, high = published, add_days(published, max(1, -(-number // 24)))
    elif unit in _MONTHS:
        high = add_months(published, number * _MONTHS[unit])
    else:
        return None
    return Days(low, high) if low and high else None


def ago(published: date, unit: str, number: int) -> Days | None:
    """The unit in which something lies that was ``number`` units ago: a day, seven days, a month, a year."""
    if unit == "hour":
        day = add_days(published, -(number // 24)) if number % 24 == 0 and number else None
        return one_day(day) if day else None
    return unit_at(published, unit, -number)


class Amount:
    """A number of units as told: `ثلاثة أشهر`, `يومين`, `أسبوع`, `الأشهر الـ12`; number 0 = a plural without one."""

    __slots__ = ("definite", "last", "number", "unit")

    def __init__(self, last: int, unit: str, number: int, definite: bool) -> None:
        """Hold the token after the amount, unit, number, and whether it has the article."""
        self.last, self.unit, self.number, self.definite = last, unit, number, definite


def read_amount(words: TimeWords, index: int, clitics: tuple[str, ...] = ("",)) -> Amount | None:
    """An amount of time that begins at a token, None where none begins."""
    about = words.find(index, "about")
    if about is not None and words.near(about.last):
        return read_amount(words, about.last)
    number = words.number(index)
    if number is not None and not number.ordinal and number.exact and (not number.skip or clitics == _ANY):
        unit = words.find(number.last, "unit") if words.near(number.last) else None
        if unit is None or unit.word.text in ("quarter", "period"):
            return None
        return Amount(_half(words, unit.last), unit.word.text, number.value, number.definite or unit.definite)
    unit = words.find(index, "unit", clitics=clitics)
    if unit is None or unit.word.text in ("quarter", "period"):
        return None
    if unit.word.value < 3:
        return Amount(_half(words, unit.last), unit.word.text, unit.word.value, unit.definite)
    after = words.number(unit.last) if words.near(unit.last) else None
    if after is not None and not after.ordinal and not after.skip and (after.definite or unit.definite) and after.exact:
        return Amount(after.last, unit.word.text, after.value, True)
    return Amount(unit.last, unit.word.text, 0, unit.definite)


def _half(words: TimeWords, index: int) -> int:
    """The token after `ونصف`, which widens no unit."""
    if words.near(index) and words.forms[index] in words.calendar.halves:
        return index + 1
    return index


def read_unit(words: TimeWords, index: int) -> Point | None:
    """Units placed by a modifier: `الأسبوع الماضي`, `هذا الشهر`, `الأيام الثلاثة الماضية`, `العام نفسه`."""
    before = words.find(index, "this", "same_before", "that", clitics=_ANY)
    if before is not None and words.near(before.last):
        unit = words.find(before.last, "unit")
        if unit is None or not unit.definite or unit.word.value != 1 or unit.word.text in ("hour", "quarter", "period"):
            return None
        if before.word.role == "this":
            modifier = words.find(unit.last, "current", "past") if words.near(unit.last) else None
            if modifier is None:
                return _current(words, unit.word.text, unit.last)
            return _placed(words, Amount(unit.last, unit.word.text, 1, True), modifier)
        return _same(words, unit.word.text, unit.last)
    weekend = words.find(index, "weekend", clitics=_ANY)
    if weekend is not None:
        return _weekend(words, weekend.last)
    amount = read_amount(words, index, _ANY)
    if amount is None:
        return _same_period(words, index)
    if not words.near(amount.last):
        return None
    modifier = words.find(amount.last, *_MODIFIERS)
    if modifier is None or not amount.definite:
        return None
    if _is_adjective(words, index, amount, modifier):
        return None
    return _placed(words, amount, modifier)


def _same_period(words: TimeWords, index: int) -> Point | None:
    """`الفترة نفسها من عام 2017`: the months told before, in another year."""
    unit = words.find(index, "unit", clitics=_ANY)
    if unit is None or unit.word.text not in ("period", "quarter") or not words.near(unit.last):
        return None
    same = words.find(unit.last, "same")
    said = words.last_said("months", "month")
    if same is None or said is None or not words.near(same.last):
        return None
    tail = read_tail(words, Parts(same.last))
    if not tail.year:
        return None
    high = said.high.year - said.low.year + tail.year
    low_day, high_day = (
        make_day(tail.year, said.low.month, said.low.day),
        make_day(high, said.high.month, said.high.day),
    )
    return Point(tail.last, Days(low_day, high_day) if low_day and high_day else None, "time.same_period")


def _is_adjective(words: TimeWords, index: int, amount: Amount, modifier: Hit) -> bool:
    """`الأمين العام السابق`: the word for year is also the adjective "general"."""
    if amount.unit != "year" or amount.number != 1 or not index:
        return False
    if modifier.word.role not in ("previous", "current", "lately"):
        return False
    before = words.forms[index - 1]
    return before in words.calendar.office and words.near(index)


def _current(words: TimeWords, unit: str, last: int) -> Point:
    days = unit_at(words.published, unit, 0) if words.published else None
    return Point(last, days, "time.current_unit", "" if words.published else NO_DATE)


def _same(words: TimeWords, unit: str, last: int) -> Point | None:
    said = words.last_said(unit, "day") or words.last_said("month", "year", "months", "range")
    if said is None:
        return None
    return Point(last, unit_at(said.low, unit, 0) if unit != "day" else said, "time.same_unit")


def _placed(words: TimeWords, amount: Amount, modifier: Hit) -> Point | None:
    """The days of an amount that a modifier places."""
    role, value, unit, number = modifier.word.role, modifier.word.value, amount.unit, amount.number
    if number == 0:
        return None
    if role == "same":
        return _same(words, unit, modifier.last) if number == 1 else None
    if role == "previous" and (number > 2 or unit == "hour" or (unit == "day" and number == 1)):
        return None
    published = words.published
    if published is None:
        return Point(modifier.last, None, "time.unit", NO_DATE)
    if role == "next":
        days = unit_at(published, unit, 1) if number == 1 and unit != "hour" else forward_by(published, unit, number)
    elif role == "current":
        days = unit_at(published, unit, 0) if number == 1 else None
    elif number == 1 and role in ("past", "previous"):
        if unit == "hour":
            return None
        days = unit_at(published, unit, -value)
    else:
        days = back_by(published, unit, number)
    return Point(modifier.last, days, "time.unit", future=role == "next")


def _weekend(words: TimeWords, at: int) -> Point:
    """`مطلع الأسبوع` in agency style, `عطلة نهاية الأسبوع`: the last Saturday and Sunday begun, or the next ones."""
    modifier = words.find(at, *_MODIFIERS) if words.near(at) else None
    last = modifier.last if modifier is not None else at
    if words.published is None:
        return Point(last, None, "time.weekend", NO_DATE)
    back = (words.published.weekday() - 5) % 7
    offset = 7 - back if modifier is not None and modifier.word.role == "next" else -back
    low = add_days(words.published, offset)
    high = add_days(low, 1) if low else None
    return Point(last, Days(low, high) if low and high else None, "time.weekend", future=offset > 0)


def read_portion(words: TimeWords, index: int) -> Point | None:
    """A part of a month, year, decade or season: `مطلع مارس`, `النصف الأول من 2018`, `نهاية الشهر الجاري`."""
    hit = words.find(index, "portion", clitics=_ANY)
    if hit is None or not words.near(hit.last):
        return None
    at = hit.last + 1 if words.link(hit.last, "of") and words.near(hit.last + 1) else hit.last
    whole = _whole(words, at, index)
    if whole is None:
        return _part_of_week(words, at, hit.word.text)
    days = portion_days(whole.days, hit.word.text) if whole.days else None
    return whole._replace(days=days, rule="time.portion", edtf=None)


def _part_of_week(words: TimeWords, at: int, portion: str) -> Point | None:
    """`مطلع هذا الأسبوع`: the weekend with which it begins, in agency style."""
    this = words.find(at, "this")
    week = words.find(this.last if this else at, "unit")
    if portion == "middle" or week is None or week.word.text != "week" or week.word.value != 1 or not week.definite:
        return None
    return _weekend(words, week.last)


def _whole(words: TimeWords, at: int, first: int) -> Point | None:
    """The month, year, decade or unit of which a portion is told."""
    parts = read_date(words, at)
    if parts is None:
        year = read_year(words, at, bare=True)
        parts = Parts(year[0], year=year[1]) if year else None
    if parts is not None:
        return resolve(words, parts._replace(supported=True), first) if not parts.day else None
    found = read_unit(words, at) or read_decade(words, at)
    if found is not None:
        if found.days is None or (found.days.high - found.days.low).days > 6:
            return found
        return None
    unit = words.find(at, "unit")
    if unit is None or not unit.definite or unit.word.value != 1 or unit.word.text not in ("month", "year"):
        return None
    return _current(words, unit.word.text, unit.last)


def read_first_units(words: TimeWords, index: int) -> Point | None:
    """`الأشهر الثمانية الأولى من 2017`, `آخر 24 ساعة`."""
    latest = words.find(index, "latest", clitics=_ANY)
    if latest is not None and words.near(latest.last):
        amount = read_amount(words, latest.last)
        if amount is None or not amount.number or amount.definite or (amount.number == 1):
            return None
        days = back_by(words.published, amount.unit, amount.number) if words.published else None
        return Point(amount.last, days, "time.last_units", "" if days else NO_DATE)
    amount = read_amount(words, index, _ANY)
    if (
        amount is None
        or not amount.definite
        or amount.unit not in ("month", "day", "week")
        or not words.near(amount.last)
    ):
        return None
    first = words.number(amount.last)
    if first is not None and first.ordinal and amount.number == 1 and amount.unit in ("week", "day"):
        return _ordinal_unit(words, amount, first)
    if first is None or not (first.ordinal and first.value == 1 and first.definite) or not amount.number:
        return None
    if not (words.link(first.last, "of") and words.near(first.last)):
        return None
    whole = _whole(words, first.last + 1, index)
    if whole is None or whole.days is None:
        return whole
    if amount.unit == "month":
        after = add_months(whole.days.low, amount.number)
    else:
        after = add_days(whole.days.low, amount.number * (7 if amount.unit == "week" else 1))
    days = Days(whole.days.low, after - timedelta(days=1)) if after else None
    return whole._replace(days=days, rule="time.first_units")


def _ordinal_unit(words: TimeWords, amount: Amount, ordinal: Number) -> Point | None:
    """`الأسبوع الثاني من أكتوبر`, `اليوم الأول من مايو`: one week (from day 1, 8, 15, 22) or day of a month."""
    if not (words.link(ordinal.last, "of") and words.near(ordinal.last) and ordinal.definite):
        return None
    month = _whole(words, ordinal.last + 1, ordinal.first)
    if month is None or month.rule not in ("time.month", "time.unit", "time.current_unit"):
        return None
    if month.days is None or (month.days.high - month.days.low).days > 30:
        return month if month.days is None else None
    size = 7 if amount.unit == "week" else 1
    low = add_days(month.days.low, size * (ordinal.value - 1))
    high = min(add_days(low, size - 1) or month.days.high, month.days.high) if low else None
    return month._replace(days=Days(low, high) if low and high and low <= high else None, rule="time.week_of_month")
