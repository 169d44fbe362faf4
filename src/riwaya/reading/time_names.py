"""Stretches of the calendar that have names: decades and centuries, seasons, feasts and days of remembrance.

Conventions: codebook, mentions, time, and conventions ("Feasts and seasons are times").
"""

from __future__ import annotations

from datetime import date, timedelta

from riwaya.knowledge.calendar import Feast
from riwaya.reading.days import (
    Days,
    add_days,
    add_months,
    easter,
    hijri_day,
    hijri_year_of,
    make_day,
    one_day,
    year_days,
)
from riwaya.reading.time_points import Parts, choose, read_tail
from riwaya.reading.time_words import NO_DATE, Point, TimeWords

_ANY = ("*",)
_SOON = 45  # days ahead in which a feast told without a year is taken as the coming one


def read_decade(words: TimeWords, index: int) -> Point | None:
    """`ثمانينيات القرن الماضي`, `القرن العشرين`: ten or a hundred years."""
    hit = words.find(index, "decade", clitics=_ANY)
    if hit is not None:
        last, sure = hit.last, hit.definite and index > 0 and words.link(index - 1, "in")
        after = last + 1 if words.link(last, "of") and words.near(last + 1) else last
        century = words.find(after, "unit") if words.near(last) else None
        if century is not None and century.word.text == "century" and words.near(century.last):
            named = words.find(century.last, "past", "current")
            number = words.number(century.last)
            if named is not None or (number is not None and number.value == 20):
                last, sure = named.last if named else number.last if number else last, True
        if not sure or (last == hit.last and words.link(last, "of")):
            return None
        return Point(last, year_days(1900 + hit.word.value, 1909 + hit.word.value), "time.decade")
    century = words.find(index, "unit", clitics=_ANY)
    if century is None or century.word.text != "century" or century.word.value != 1 or not century.definite:
        return None
    number = words.number(century.last) if words.near(century.last) else None
    if number is None or not number.definite or not 1 <= number.value <= 21:
        return None
    return Point(number.last, year_days(number.value * 100 - 99, number.value * 100), "time.century")


def read_season(words: TimeWords, index: int) -> Point | None:
    """`صيف العام 2014`, `الصيف المقبل`, `الربيع`: three whole months, by the meteorological seasons."""
    hit = words.find(index, "season", clitics=_ANY)
    if hit is None:
        return None
    parts = read_tail(words, Parts(hit.last, month=hit.word.value))
    if parts.last == hit.last and (not hit.definite or not _stands_alone(words, hit.last)):
        return None
    if parts.year == 0 and words.published is None:
        return Point(parts.last, None, "time.season", NO_DATE)

    def around(year: int) -> Days | None:
        """The season's days in a year, None beyond the calendar."""
        low = make_day(year, hit.word.value, 1)
        after = add_months(low, 3) if low else None
        return Days(low, after - timedelta(days=1)) if low and after else None

    if parts.year:
        return Point(parts.last, around(parts.year), "time.season")
    published = words.published or date.min
    future = words.is_future(index, parts.last) and not parts.kind
    days = choose(around, published.year, parts.kind, published, future)
    return Point(parts.last, days, "time.season", future=parts.kind == "next")


def _stands_alone(words: TimeWords, index: int) -> bool:
    """Whether no adjective follows that makes the season part of a name (`الربيع العربي`)."""
    if index >= len(words.forms) or not words.near(index):
        return True
    form = words.forms[index]
    return not any(form.startswith(article) for article in words.calendar.articles)


def read_feast(words: TimeWords, index: int) -> Point | None:
    """A feast of the knowledge files: its days in the year told, else in the year nearest to publication."""
    at, nth = _nth_day(words, index)
    hit = words.find(at, "feast", clitics=_ANY if at == index else ("",))
    if hit is None:
        return None
    feast = words.calendar.feasts[hit.word.text]
    parts = read_tail(words, Parts(hit.last))
    if feast.calendar == "moveable":
        return Point(parts.last, None, "time.feast", "the day of this feast is not in the tables")
    if parts.year:
        days = feast_days(feast, parts.year)
    elif words.published is None:
        return Point(parts.last, None, "time.feast", NO_DATE)
    else:
        days = _feast_about(words, feast, parts, index, words.published)
    if days is not None and nth:
        day = add_days(days.low, nth - 1)
        days = one_day(day) if day else None
    return Point(parts.last, days, "time.feast")


def _nth_day(words: TimeWords, index: int) -> tuple[int, int]:
    """(token after it, number of the day) of `أول أيام`, `ثاني أيام`; the token itself and 0 where none is told."""
    first = words.find(index, "first_day", clitics=_ANY)
    if first is not None and words.near(first.last):
        return first.last, 1
    number = words.number(index)
    if number is not None and number.ordinal and words.near(number.last):
        days = words.find(number.last, "dayword")
        if days is not None and days.word.value == 3:
            return days.last, number.value
    return index, 0


def _feast_about(words: TimeWords, feast: Feast, parts: Parts, index: int, published: date) -> Days | None:
    """The feast last begun, or the next one where it lies close ahead or the sentence speaks of what is to come."""
    future = not parts.kind and words.is_future(index, parts.last)
    ahead = choose(lambda year: feast_days(feast, year), published.year, "next", published, True)
    if not parts.kind and ahead is not None and (ahead.low - published).days <= _SOON:
        return (
            ahead
            if not _on(feast, published)
            else choose(lambda year: feast_days(feast, year), published.year, "", published, False)
        )
    return choose(lambda year: feast_days(feast, year), published.year, parts.kind, published, future)


def _on(feast: Feast, published: date) -> bool:
    """Whether the day of publication lies in the feast."""
    days = feast_days(feast, published.year)
    return days is not None and days.low <= published <= days.high


def feast_days(feast: Feast, year: int) -> Days | None:
    """The days of a feast that begins in a Gregorian year, None where the tables do not reach."""
    if feast.calendar == "easter_west":
        low: date | None = easter(year) + timedelta(days=feast.day)
    elif feast.calendar == "hijri":
        start = make_day(year, 1, 1)
        about = hijri_year_of(start) if start else None
        found = [hijri_day(about + step, feast.month, feast.day) for step in (0, 1)] if about else []
        low = next((day for day in found if day is not None and day.year == year), None)
    else:
        low = make_day(year, feast.month, feast.day)
    high = add_days(low, feast.days - 1) if low else None
    return Days(low, high) if low and high else None
