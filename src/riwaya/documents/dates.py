"""Publication dates as pages, feeds and files write them, to ISO. Only machine-readable forms; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_COMPACT_ZONE = re.compile(r"([+-]\d{2})(\d{2})$")


def read_date(value: object) -> str | None:
    """An ISO date or date-time, None where the value is no such thing.

    ISO 8601 and the mail form of feeds (RFC 2822) are read. `03/04/2020` is not: it is two different days.
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    text = value.strip()
    if len(text) < 8:
        return None
    try:
        if len(text) <= 10:
            return date.fromisoformat(text).isoformat()
        return datetime.fromisoformat(_COMPACT_ZONE.sub(r"\1:\2", text)).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def check_date(value: object, today: date | None) -> tuple[str | None, tuple[str, ...]]:
    """The ISO date of a value and notes: one where it is no date, one where it lies after ``today``.

    A date in the future is kept, since the clock may be wrong and not the report. ``today`` None: not checked.
    """
    if value is None or value == "":
        return None, ()
    found = read_date(value)
    if found is None:
        return None, (f"publication date {str(value)[:60]!r} is not an ISO date; taken as unknown",)
    if today is not None and found[:10] > today.isoformat():
        return found, (f"publication date {found[:10]} lies in the future",)
    return found, ()
