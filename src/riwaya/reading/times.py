"""Find every expression that places something on the calendar, with the inclusive days it names and an EDTF string.

Conventions: codebook, mentions, time. Nothing is guessed: an expression that names no days by itself (a duration, a
vague plural) is no mention, and a relative one in a report without a publication date stays unresolved, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from riwaya.knowledge.calendar import Calendar
from riwaya.model import TimeMention
from riwaya.reading.days import Days, add_days, edtf_of, make_day, one_day
from riwaya.reading.numbers import Number, read_numbers
from riwaya.reading.time_days import read_day, read_night_of_dates, read_weekday_pair
from riwaya.reading.time_names import read_decade, read_feast, read_season
from riwaya.reading.time_points import Parts, read_date, read_year, resolve
from riwaya.reading.time_ranges import read_range
from riwaya.reading.time_spans import (
    ago,
    back_by,
    forward_by,
    read_amount,
    read_first_units,
    read_portion,
    read_unit,
    unit_at,
)
from riwaya.reading.time_words import NO_DATE, Hit, Point, TimeWords
from riwaya.text.letters import LAM
from riwaya.text.text import Text

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\Z")
_NAME = "time.name"  # a name that holds a time word: passed over
_SOME_DOTTED = re.compile(r"\d\.\d{1,2}\.\d\d")


class HasCalendar(Protocol):
    """Knowledge that holds a calendar."""

    @property
    def calendar(self) -> Calendar:
        """The calendar words."""


def find_times(
    text: Text, knowledge: HasCalendar, published: date | None, numbers: Sequence[Number] | None = None
) -> list[TimeMention]:
    """The time mentions of a text in order, none overlapping another; offsets raw code points, half-open.

    ``published`` anchors relative expressions; None leaves them unresolved. ``numbers`` are the text's numerals where
    they have been read already.
    """
    if numbers is None:
        numbers = read_numbers(text)
    words = TimeWords(text, knowledge.calendar, numbers, published)
    starts = {*words.at, *(words.start_of(number) for number in numbers)}
    if _SOME_DOTTED.search(text.norm):
        starts.update(index for index, form in enumerate(text.forms) if _DOTTED.match(form))
    found: list[TimeMention] = []
    cursor = 0
    for index in sorted(starts):
        if index < cursor:
            continue
        read = _read(words, index, cursor)
        if read is None:
            continue
        first, point = read
        if point.rule == _NAME:
            cursor = point.last
            continue
        found.append(_mention(words, first, point))
        cursor = words.cursor = point.last
        if point.days is not None:
            words.remember(_unit_of(point.days), point.days)
    return found


def _name_at(words: TimeWords, index: int) -> Hit | None:
    """A name that holds a time word: always one, or that of an outlet after a word for one or in quotation marks."""
    name = words.find(index, "name", clitics=("*",))
    if name is not None:
        return name
    named = '"' in words.gaps[index] or words.forms[index - 1] in words.calendar.outlet_heads
    return words.find(index, "outlet_name") if named else None


def _has_year(words: TimeWords, first: int, last: int) -> bool:
    return any(len(form) == 4 and form.isdigit() for form in words.forms[first:last])


def _unit_of(days: Days) -> str:
    length = (days.high - days.low).days
    if length == 0:
        return "day"
    if length == 6:
        return "week"
    if 27 <= length <= 30:
        return "month"
    if 364 <= length <= 365:
        return "year"
    return "months" if length > 30 else "range"


def _read(words: TimeWords, index: int, cursor: int) -> tuple[int, Point] | None:
    """The time that begins at a token, with the first token of the preposition that belongs to it."""
    before = index - 1
    roles = _roles_at(words, index)
    if not roles:
        point = _dotted(words, index)
        return (index, point) if point is not None else None
    if _AMOUNTS.issuperset(roles):
        return _counted(words, index, cursor)
    name = _name_at(words, index) if "name" in roles or "outlet_name" in roles else None
    if name is not None:
        return index, Point(name.last, None, _NAME)
    if before >= cursor and words.near(index):
        if words.forms[before] in words.calendar.name_heads:
            point = _point(words, index)
            if (
                point is not None
                and point.rule in ("time.date", "time.month")
                and not _has_year(words, index, point.last)
            ):
                return index, point._replace(days=None, rule=_NAME)
        if words.link(before, "every"):
            return None
        if words.link(before, "between"):
            point = read_range(words, index, _point, joined=True, framed=True)
            if point is not None:
                return before, point
        if words.link(before, "from"):
            point = read_range(words, index, _point, joined=False, framed=True)
            if point is not None:
                since = before - 1 >= cursor and words.near(before) and words.link(before - 1, "onset")
                return (before - 1 if since else before), point
    point = read_range(words, index, _point, joined=False, framed=False) or _point(words, index, roles)
    if point is not None:
        return _with_preposition(words, index, cursor, point)
    return _counted(words, index, cursor)


def _with_preposition(words: TimeWords, index: int, cursor: int, point: Point) -> tuple[int, Point]:
    """The point with the preposition that opens it (`منذ`) or frames it (`خلال`)."""
    before = index - 1
    if before < cursor or not words.near(index):
        return index, point
    onset = words.link(before, "of") and before - 1 >= cursor and words.near(before) and words.link(before - 1, "onset")
    if words.link(before, "since") or onset:
        told = edtf_of(point.days) if point.days else point.edtf
        opened = point._replace(edtf=f"{told.split('/')[0]}/.." if told else None)
        return (before - 1 if onset else before), opened
    if words.link(before, "during"):
        return before, point
    if words.link(before, "to") and point.days is not None:
        return index, point._replace(edtf=f"../{edtf_of(point.days).split('/')[-1]}")
    return index, point


_Reader = Callable[[TimeWords, int], Point | None]
_DAY: tuple[_Reader, ...] = (read_day,)
_UNIT: tuple[_Reader, ...] = (read_first_units, read_unit, read_decade)
# Which readers may begin with a word of a role; the date reader follows them where `_DATED` says so.
_READERS: dict[str, tuple[_Reader, ...]] = {
    **dict.fromkeys(("weekday", "bare_weekday", "relday", "relnight", "part", "early", "midnight"), _DAY),
    "night": (read_night_of_dates, read_day),
    "dayword": (read_weekday_pair, read_day),
    "this": (read_day, read_unit),
    **dict.fromkeys(("that", "same_before", "weekend"), (read_unit,)),
    "unit": _UNIT,
    "latest": (read_first_units,),
    "portion": (read_portion,),
    "decade": (read_decade,),
    "season": (read_season,),
    "feast": (read_feast,),
    "first_day": (read_feast,),
    "number": (read_day, read_first_units, read_unit, read_feast),
}
_DATED = frozenset(("month", "hmonth", "date", "first_day", "number"))
_AMOUNTS = frozenset(("amount", "about"))  # these only follow a preposition: قبل أسبوع, منذ نحو عام
_POINTING = frozenset(("this", "that", "same_before"))


def _roles_at(words: TimeWords, index: int) -> tuple[str, ...]:
    """The roles with which an expression may begin at a token, in order; empty where none may."""
    roles: tuple[str, ...] = ()
    for match in words.at.get(index, ()):
        roles = roles + match.entry.roles if roles else match.entry.roles
    if roles and index + 1 not in words.at and _POINTING.issuperset(roles):
        return ()
    number = words.number(index)
    return (*roles, "number") if number is not None and _may_be_time(words, number) else roles


def _may_be_time(words: TimeWords, number: Number) -> bool:
    """Whether something beside a numeral makes it worth a reading as a time."""
    after = number.last
    if after in words.at or words.gaps[after].strip() in ("-", "/"):
        return True
    if number.digits and 1900 <= number.value <= 2060:
        return True
    form = words.forms[after] if after < len(words.forms) else ""
    if form in words.calendar.conjunctions or words.link(after, "of") or words.link(after, "to"):
        return after + 1 in words.at or words.number(after + 1) is not None
    return form[:1] in words.calendar.conjunctions and after in words.numbers


def _readers_of(roles: tuple[str, ...]) -> tuple[_Reader, ...]:
    return tuple(dict.fromkeys(reader for role in roles for reader in _READERS.get(role, ())))


def _point(words: TimeWords, index: int, roles: tuple[str, ...] | None = None) -> Point | None:
    """The longest single time at a token; ``roles`` where they are known."""
    if roles is None:
        roles = _roles_at(words, index)
    best: Point | None = None
    readers = _READERS.get(roles[0], ()) if len(roles) == 1 else _readers_of(roles)
    for reader in readers:
        point = reader(words, index)
        if point is not None and (best is None or point.last > best.last):
            best = point
    if not _DATED.isdisjoint(roles):
        point = _calendar_date(words, index)
        if point is not None and (best is None or point.last > best.last):
            best = point
    if best is None and "whole_night" in roles:
        return _whole_night(words, index)
    return best if best is not None or roles else _dotted(words, index)


def _calendar_date(words: TimeWords, index: int) -> Point | None:
    parts = read_date(words, index)
    if parts is None:
        year = read_year(words, index, bare=True)
        if year is None or not _is_bare_year(words, index, year[0]):
            return None
        return resolve(words, Parts(year[0], year=year[1]), index)
    if parts.month and not parts.day and not parts.supported and not _supported(words, index):
        return None
    return resolve(words, parts, index)


def _supported(words: TimeWords, index: int) -> bool:
    """Whether a month name that is also another word stands after a preposition, and bears none itself."""
    return index > 0 and words.near(index) and words.link(index - 1, "in") and words.find(index, "month") is not None


def _is_bare_year(words: TimeWords, index: int, last: int) -> bool:
    """Whether four digits alone are a year: after a preposition or in brackets, and no noun is counted after them."""
    number = words.numbers.get(index)
    if number is None or not 1900 <= number.value <= 2060:
        return False
    bracket = words.gaps[index].endswith("(") and words.gaps[last].startswith(")")
    before = words.forms[index - 1] if index else ""
    listed = before in words.calendar.conjunctions and words.cursor == index - 1 > 0  # 2019 و2020
    linked = listed or (words.near(index) and words.link(index - 1, "in") and words.gaps[index] != "")
    if not (bracket or linked):
        return False
    return bracket or last not in words.counted()


def _whole_night(words: TimeWords, index: int) -> Point | None:
    """`طوال الليل`, `خلال الليل`: the night to the day of publication."""
    hit = words.find(index, "whole_night", clitics=("*",))
    if hit is None:
        return None
    low = add_days(words.published, -1) if words.published else None
    days = Days(low, words.published) if low and words.published else None
    return Point(hit.last, days, "time.whole_night", "" if days else NO_DATE)


def _dotted(words: TimeWords, index: int) -> Point | None:
    """`21.5.2018`, one token."""
    match = _DOTTED.match(words.forms[index])
    if match is None:
        return None
    day, month, year = (int(group) for group in match.groups())
    found = make_day(year + 2000 if year < 100 else year, month, day)
    return Point(index + 1, one_day(found), "time.date") if found else None


def _counted(words: TimeWords, index: int, cursor: int) -> tuple[int, Point] | None:
    """An amount of time that a preposition before it places: `قبل يومين`, `منذ ثلاثة أشهر`, `خلال أسبوع`."""
    before = index - 1
    if before < cursor or not words.near(index):
        return None
    if not any(words.link(before, role) for role in ("since", "before", "during", "after")):
        return None
    amount = read_amount(words, index)
    if amount is None or amount.number == 0 or amount.definite:
        return None
    published, unit, number = words.published, amount.unit, amount.number
    if words.link(amount.last, "of") and words.near(amount.last) and not _verb_takes_from(words, before):
        return None  # قبل يومين من الهجوم: told from another happening
    rule = "time.amount"
    if published is None:
        return before, Point(amount.last, None, rule, NO_DATE)
    days: Days | None
    future = False
    if words.link(before, "after"):
        if not words.is_future(index, amount.last) or unit == "hour":
            return None
        future, days = True, unit_at(published, unit, number)
    elif words.link(before, "during"):
        future = words.is_future(index, amount.last) or words.is_due(index)
        days = forward_by(published, unit, number) if future else back_by(published, unit, number)
    else:
        days = ago(published, unit, number)
    if days is None:
        return None
    told = f"{edtf_of(days).split('/')[0]}/.." if words.link(before, "since") else None
    return before, Point(amount.last, days, rule, future=future, edtf=told)


def _verb_takes_from(words: TimeWords, index: int) -> bool:
    """Whether a verb shortly before has its own `من` still to come (`تمكنت قبل يومين من السيطرة`)."""
    low = max(words.text.sentence(index).first, index - 6)
    return any(form in words.calendar.takes_from for form in words.forms[low:index])


def _mention(words: TimeWords, first: int, point: Point) -> TimeMention:
    text = words.text
    start, end = text.span(first, point.last, _skip(words, first))
    if "(" in text.raw[start:end] and text.raw[end : end + 1] == ")" and ")" not in text.raw[start:end]:
        end += 1
    low = point.days.low.isoformat() if point.days else None
    high = point.days.high.isoformat() if point.days else None
    edtf = point.edtf or (edtf_of(point.days) if point.days else None)
    return TimeMention(
        start, end, text.raw[start:end], low, high, edtf, point.rule, first, point.last, point.note, point.future
    )


def _skip(words: TimeWords, first: int) -> int:
    """Letters of the clitic before the first word of a mention."""
    matches = words.at.get(first)
    if matches:
        best = min(matches, key=lambda match: (len(match.proclitic), -match.last))
        article = best.proclitic.endswith(LAM) and words.forms[first][len(best.proclitic) :].startswith(LAM)
        return len(best.proclitic) - (1 if article else 0)
    number = words.numbers.get(first)
    if number is not None:
        return number.skip
    form = words.forms[first]
    if form[:1] in words.calendar.conjunctions and form[1:] in words.links and form in words.links:
        return 1
    return 0
