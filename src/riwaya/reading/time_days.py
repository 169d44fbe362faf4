"""Days and nights: weekdays, `أمس`, parts of the day, and the night that joins two days.

`مساء أمس الأحد`, `بعد منتصف ليل الأحد الإثنين`, `ليل (الثلاثاء)`, `الجمعة 29 يونيو`.
Conventions: codebook, mentions, time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from riwaya.reading.days import Days, add_days, one_day
from riwaya.reading.time_points import Parts, read_date, read_numeric, resolve
from riwaya.reading.time_words import NO_DATE, Hit, Point, TimeWords
from riwaya.text.letters import WA

_ANY = ("*",)
_STEPS = 7  # words of one day expression at most


@dataclass(slots=True)
class _Told:
    """What an expression has told of its day so far."""

    last: int
    part: Hit | None = None
    night: Hit | None = None
    midnight: bool = False
    dayword: int = 0
    relday: Hit | None = None
    relnight: Hit | None = None
    weekday: int = -1
    weekday_first: int = -1
    pair: int = -1
    date: Parts | None = None
    date_first: int = -1
    modifier: str = ""
    this: bool = False
    same: bool = False

    def has_core(self) -> bool:
        """Whether a day itself has been told, not only a part of one."""
        return bool(self.relday or self.relnight or self.weekday >= 0 or self.date)


def read_day(words: TimeWords, index: int, *, alone: bool = True) -> Point | None:
    """A day expression that begins at a token; None where none begins.

    ``alone`` allows those that only stand by themselves, such as `منتصف الليل`.
    """
    told = _Told(index)
    for step in range(_STEPS):
        at = told.last
        if at >= len(words.forms):
            break
        if step and not _continues(words, told, at):
            break
        if not _take(words, told, at, _ANY if step == 0 else ("",)):
            joined = step and words.link(at, "of") and words.near(at + 1) and not told.has_core()
            if joined and _take(words, told, at + 1, ("",)) and told.has_core():
                continue
            break
    return _finish(words, told, index, alone)


def _continues(words: TimeWords, told: _Told, at: int) -> bool:
    """Whether the next token may belong to the expression: beside it, or in apposition after a comma or bracket."""
    if words.near(at):
        return True
    if words.gaps[at].strip() not in ("،", ",", "(", '،"') or not told.has_core():
        return False
    if told.relday is not None and words.find(at, "weekday") and told.weekday < 0:
        return True
    return told.date is None and told.weekday >= 0 and words.number(at) is not None


def _take(words: TimeWords, told: _Told, at: int, clitics: tuple[str, ...]) -> bool:
    """Take the word at a token into what is told; False where it does not belong there."""
    roles = ("early", "part", "night", "midnight", "dayword", "relday", "relnight", "weekday", "bare_weekday", "this")
    hit = words.find(at, *roles, clitics=clitics)
    if hit is None or hit.word.role in ("dayword", "part"):
        found = _take_date(words, told, at)
        if found or hit is None:
            return found or _take_modifier(words, told, at)
    role, last = hit.word.role, hit.last
    if role == "bare_weekday" and not told.dayword:
        return False
    if role in ("weekday", "bare_weekday"):
        return _take_weekday(words, told, hit, at)
    if told.has_core() and role not in ("part", "relday", "night"):
        return False
    if role == "part":
        if told.part is not None and told.has_core():
            return False
        told.part = hit
    elif role == "night":
        told.night = hit
    elif role == "midnight":
        told.midnight = True
    elif role == "dayword":
        told.dayword = hit.word.value
        if told.dayword == 3:
            return False
    elif role == "relday":
        return _take_relday(words, told, hit)
    elif role == "relnight":
        told.relnight = hit
    elif role == "this":
        told.this = True
    told.last = last
    return True


def _take_weekday(words: TimeWords, told: _Told, hit: Hit, at: int) -> bool:
    if told.date is not None:
        return False
    if told.weekday < 0:
        if hit.word.value == 0 and words.calendar.is_two(words.forms[at - 1] if at else "", words.forms[at]):
            return False
        told.weekday, told.weekday_first = hit.word.value, at
        told.last = hit.last
        if told.night is not None:
            _take_pair(words, told)
        return True
    return False


def _take_pair(words: TimeWords, told: _Told) -> None:
    """`ليل الأحد الإثنين`, `ليلة الثلاثاء-الأربعاء`, `ليل الخميس على الجمعة`: the second day of the night."""
    at = told.last
    if at >= len(words.forms) or not (words.near(at) or not words.gaps[at].strip(" -/")):
        return
    if words.links.get(words.forms[at], frozenset()) & {"to", "onto"} and words.near(at + 1):
        at += 1
    second = words.find(at, "weekday", clitics=("", WA))
    if second is not None and second.word.value == (told.weekday + 1) % 7:
        told.pair, told.last = second.word.value, second.last


def _take_relday(words: TimeWords, told: _Told, hit: Hit) -> bool:
    if told.relday is not None or told.date is not None:
        return False
    number = words.number(hit.last) if words.near(hit.last) else None
    if hit.word.value == 0 and number is not None and number.ordinal and number.definite:
        return False  # اليوم السابع: the seventh day of something
    same = words.find(hit.last, "same", "following", "past", "next") if words.near(hit.last) else None
    if hit.word.value == 0 and same is not None:
        if same.word.role != "same":
            return False
        told.same = True
    told.relday = hit
    told.last = same.last if same is not None and told.same else hit.last
    return True


def _take_date(words: TimeWords, told: _Told, at: int) -> bool:
    """A day and month at a token, taken as the day's date."""
    if told.date is not None:
        return False
    if told.weekday >= 0 and words.link(at, "matching") and words.near(at + 1):
        at += 1
    number = words.number(at)
    parts = read_date(words, at) if number is not None and not number.skip else None
    if parts is None or not parts.day:
        return False
    told.date, told.date_first, told.last = parts, at, parts.last
    return True


def _take_modifier(words: TimeWords, told: _Told, at: int) -> bool:
    if told.weekday < 0 or told.modifier or told.date is not None or not words.near(at):
        return False
    hit = words.find(at, "past", "next", "previous", "current", "lately")
    if hit is not None:
        told.modifier, told.last = hit.word.role, hit.last
        if hit.word.value > 1:
            told.modifier = "before_past"  # الأربعاء قبل الماضي
        return True
    if words.link(at, "of") and words.near(at + 1):
        unit = words.find(at + 1, "unit")
        if unit is not None and unit.word.text == "week" and words.near(unit.last):
            hit = words.find(unit.last, "past", "next", "current")
            if hit is not None:
                told.modifier, told.last = f"week_{hit.word.role}", hit.last
                return True
    return False


def _finish(words: TimeWords, told: _Told, index: int, alone: bool) -> Point | None:
    """The point that an expression names, None where it names no day."""
    published = words.published
    if not told.has_core():
        if told.this and told.part is not None:
            day = one_day(published) if published else None
            return Point(told.last, day, "time.part_of_today", "" if day else NO_DATE)
        if told.midnight and alone:
            day = words.last_said("day") or (one_day(published) if published else None)
            return Point(told.last, day, "time.midnight", "" if day else NO_DATE)
        return None
    if told.date is not None:
        point = resolve(words, told.date, told.date_first, weekday=told.weekday)
        return _night_after(told, point._replace(last=told.last))
    if published is None:
        return Point(told.last, None, "time.day", NO_DATE)
    if told.same:
        said = words.last_said("day")
        return Point(told.last, said or one_day(published), "time.same_day")
    if told.relday is not None or told.relnight is not None:
        return _relative(told, published)
    return _weekday(words, told, published)


def _relative(told: _Told, published: date) -> Point:
    """`أمس`, `اليوم الإثنين`, `الليلة الماضية`."""
    if told.relnight is not None:
        value = told.relnight.word.value
        low = add_days(published, value)
        high = low if value == 0 or low is None else add_days(low, 1)
        days = Days(low, high) if low and high else None
        return Point(told.last, days, "time.night_from_today", future=False)
    offset = told.relday.word.value if told.relday else 0
    day = add_days(published, offset)
    if day is not None and told.weekday >= 0:
        shift = (told.weekday - day.weekday() + 3) % 7 - 3
        late = shift - (0 if offset > 0 else 1 if offset == 0 else -1 - offset)
        day = add_days(day, shift - 7 if late > 0 else shift)
    point = Point(told.last, one_day(day) if day else None, "time.day_from_today", future=offset > 0)
    return _night_after(told, point)


def _weekday(words: TimeWords, told: _Told, published: date) -> Point:
    """A weekday: the last on or before publication; after it where the sentence speaks of what is to come."""
    back = (published.weekday() - told.weekday) % 7
    modifier = told.modifier
    first = told.weekday_first
    future = modifier == "next" or (not modifier and (words.is_future(first, told.last) or words.is_starting(first)))
    if future and back:
        words.coming.add(told.weekday)
    elif not modifier and told.pair < 0 and told.weekday in words.coming:
        future = True
    if modifier in ("past", "previous", "lately", "before_past"):
        offset = -(back or 7) - (7 if modifier == "before_past" else 0)
    elif modifier.startswith("week_"):
        week = {"week_past": -7, "week_next": 7, "week_current": 0}[modifier]
        sunday = -((published.weekday() + 1) % 7)
        offset = sunday + (told.weekday + 1) % 7 + week
    elif modifier == "next":
        offset = 7 - back
    else:
        offset = 7 - back if future and back else -back
    day = add_days(published, offset)
    if day is None:
        return Point(told.last, None, "time.weekday")
    if told.pair >= 0:
        second = add_days(day, 1)
        if second is None:
            return Point(told.last, None, "time.night_between")
        after = told.night is not None and told.night.word.value == 1
        days = one_day(second) if after else Days(day, second)
        return Point(told.last, days, "time.night_between", future=future)
    return _night_after(told, Point(told.last, one_day(day), "time.weekday", future=future))


def _night_after(told: _Told, point: Point) -> Point:
    """After midnight of a night named by its evening is the next day."""
    if told.night is None or told.night.word.value != 1 or point.days is None or told.relday is not None:
        return point
    day = add_days(point.days.low, 1)
    return point._replace(days=one_day(day) if day else None, rule="time.after_midnight")


def read_night_of_dates(words: TimeWords, index: int) -> Point | None:
    """`ليل الخامس إلى السادس من سبتمبر 2007`, `ليلة 17-18 أكتوبر`: the night between two dates."""
    hit = words.find(index, "night", clitics=_ANY)
    number = words.number(hit.last) if hit is not None and words.near(hit.last) else None
    if number is None or not 1 <= number.value <= 31 or read_numeric(words, number.first) is not None:
        return None
    at = number.last
    if at < len(words.forms) and (words.link(at, "to") or words.forms[at] in words.calendar.conjunctions):
        at += 1
    second = words.number(at)
    if second is None or second.value not in (number.value + 1, 1):
        return None
    parts = read_date(words, at)
    if parts is None or not parts.day:
        return None
    point = resolve(words, parts, index)
    if point.days is None:
        return point
    low = add_days(point.days.low, -1)
    return point._replace(days=Days(low, point.days.high) if low else None, rule="time.night_between")


def read_weekday_pair(words: TimeWords, index: int) -> Point | None:
    """`يومي الجمعة والسبت`: an interval where the days follow each other."""
    dual = words.find(index, "dayword", clitics=_ANY)
    if dual is None or dual.word.value != 2 or not words.near(dual.last):
        return None
    first = words.find(dual.last, "weekday")
    if first is None:
        return _date_pair(words, dual.last)
    at = first.last
    second = words.find(at, "weekday", clitics=(WA,)) if words.near(at) else None
    if second is None:
        return None
    told = _Told(second.last, weekday=second.word.value, weekday_first=dual.last)
    _take_modifier(words, told, told.last)
    if words.published is None:
        return Point(told.last, None, "time.weekdays", NO_DATE)
    point = _weekday(words, told, words.published)
    if point.days is None:
        return point
    low = add_days(point.days.low, -((second.word.value - first.word.value) % 7))
    return point._replace(days=Days(low, point.days.high) if low else None, rule="time.weekdays")


def _date_pair(words: TimeWords, index: int) -> Point | None:
    """`يومي 4 و5 مايو`."""
    number = words.number(index)
    if number is None or number.last >= len(words.forms):
        return None
    at = number.last
    if words.forms[at] in words.calendar.conjunctions:
        at += 1
    parts = read_date(words, at) if words.number(at) is not None else None
    if parts is None or not parts.day or number.value >= parts.day:
        return None
    point = resolve(words, parts, index)
    if point.days is None:
        return point
    low = add_days(point.days.low, number.value - parts.day)
    return point._replace(days=Days(low, point.days.high) if low else None, rule="time.dates")
