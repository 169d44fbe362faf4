"""Ranges of days: `بين 1 يناير و30 يونيو`, `من 15 إلى 17 يونيو`, `بين عامي 1980 و1988`, `2011-2015`.

Convention: codebook, mentions, time (range): one mention from the first day of its beginning to the last of its end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from riwaya.reading.days import Days
from riwaya.reading.time_points import Parts, days_of, read_date, read_year, resolve
from riwaya.reading.time_words import Point, TimeWords

_REACH = 8  # tokens of one end of a range at most
_Reader = Callable[[TimeWords, int], Point | None]


class _End(NamedTuple):
    """One end of a range: the token after it, and what it tells: a date in parts, a bare number, or a point."""

    last: int
    parts: Parts | None = None
    number: int = 0
    point: Point | None = None


def _end(words: TimeWords, index: int, point: _Reader) -> _End | None:
    if index >= len(words.forms):
        return None
    parts = read_date(words, index)
    if parts is not None:
        return _End(parts.last, parts)
    year = read_year(words, index, bare=True)
    if year is not None:
        return _End(year[0], Parts(year[0], year=year[1]))
    single = point(words, index)
    if single is not None:
        return _End(single.last, point=single)
    number = words.number(index)
    if number is not None and 1 <= number.value <= 31 and number.exact:
        return _End(number.last, number=number.value)
    hit = words.find(index, "dayword", clitics=("*",))
    if hit is not None and hit.word.value < 3 and words.near(hit.last):
        return _end(words, hit.last, point)
    return None


def _start_end(words: TimeWords, index: int, point: _Reader) -> _End | None:
    """The first end; a dual or plural year word before it (`عامي 1980 و1988`) belongs to both."""
    unit = words.find(index, "unit", clitics=("*",))
    if unit is not None and unit.word.text == "year" and unit.word.value > 1 and words.near(unit.last):
        year = read_year(words, unit.last, bare=True)
        return _End(year[0], Parts(year[0], year=year[1])) if year else None
    return _end(words, index, point)


def _joint(words: TimeWords, index: int, joined: bool) -> tuple[int, bool] | None:
    """(token at which the second end begins, whether a hyphen joins), None where nothing joins."""
    if not 0 < index < len(words.forms):
        return None
    gap = words.gaps[index].strip()
    form = words.forms[index]
    if gap == "-":
        return index, True
    if not words.near(index) and not (joined and gap == "،"):
        return None
    if joined and form in words.calendar.conjunctions:
        return index + 1, False
    if not joined and words.link(index, "to"):
        at = index + 1
        if words.link(at, "to") and words.near(at):
            at += 1
        return (at, False) if words.near(at) else None
    if joined and form[:1] in words.calendar.conjunctions:
        return index, False
    return None


def read_range(words: TimeWords, index: int, point: _Reader, *, joined: bool, framed: bool) -> Point | None:
    """A range whose first end begins at a token: joined by "and" after a word for between, else by "to" or a hyphen."""
    if index not in words.at and words.number(index) is None:
        return None
    if not _may_join(words, index, joined):
        return None
    pair = words.find(index, "unit", clitics=("*",))
    years = pair is not None and pair.word.text == "year" and pair.word.value > 1
    low = _start_end(words, index, point)
    if low is None:
        return None
    joint = _joint(words, low.last, joined or years)
    if joint is None:
        return None
    high = _end(words, joint[0], point)
    if high is None:
        return None
    return _combine(words, index, low, high, hyphen=joint[1], open_start=not (joined or framed))


def _may_join(words: TimeWords, index: int, joined: bool) -> bool:
    """Whether a joint stands within reach, so that the costly reading is worth while."""
    if joined or words.joint_within(index + 1, index + _REACH):
        return True
    pair = words.find(index, "unit", clitics=("*",))
    return pair is not None and pair.word.text == "year" and pair.word.value > 1


def _combine(words: TimeWords, index: int, low: _End, high: _End, *, hyphen: bool, open_start: bool) -> Point | None:
    """The range of two ends; the first takes from the second what it does not tell itself."""
    last = high.last
    if high.parts is not None and high.parts.day and (low.number or (low.parts and low.parts.day)):
        return _dates(words, index, low, high.parts)
    if low.parts is not None and high.parts is not None and not low.parts.day and not high.parts.day:
        return _months(words, index, low.parts, high.parts)
    if open_start and (low.point is not None or high.point is not None):
        return None
    first = low.point or (resolve(words, low.parts, index) if low.parts else None)
    second = high.point or (resolve(words, high.parts, index) if high.parts else None)
    if first is None or second is None or hyphen:
        return None
    if first.days is None or second.days is None:
        return Point(last, None, "time.range", first.note or second.note)
    if first.days.low > second.days.high:
        return None
    return Point(last, Days(first.days.low, second.days.high), "time.range", future=second.future)


def _dates(words: TimeWords, index: int, low: _End, high: Parts) -> Point | None:
    second = resolve(words, high, index)
    if second.days is None:
        return second._replace(rule="time.range")
    if low.parts is None:
        day = days_of(high._replace(day=low.number), second.days.low.year) if not high.hijri else None
        first = day.low if day else None
    elif low.parts.year or low.parts.kind:
        point = resolve(words, low.parts, index)
        first = point.days.low if point.days else None
    else:
        found = [days_of(low.parts, second.days.low.year - step) for step in (0, 1)]
        first = next((days.low for days in found if days is not None and days.low <= second.days.low), None)
    if first is None or first > second.days.high:
        return None
    return Point(high.last, Days(first, second.days.high), "time.range", future=second.future)


def _months(words: TimeWords, index: int, low: Parts, high: Parts) -> Point | None:
    """Months or years at both ends."""
    if bool(low.month) != bool(high.month) and not (low.month and low.year):
        return None
    second = resolve(words, high, index)
    if second.days is None:
        return second._replace(rule="time.range")
    if low.year or low.kind:
        first = resolve(words, low, index).days
    else:
        found = [days_of(low, second.days.low.year - step) for step in (0, 1)]
        first = next((days for days in found if days is not None and days.low <= second.days.low), None)
    if first is None or first.low > second.days.high:
        return None
    return Point(high.last, Days(first.low, second.days.high), "time.range", future=second.future)
