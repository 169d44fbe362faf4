"""Counts of events by day for timelines, under the filter's and the viewer's conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from riwaya.store import Store, summaries
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer

FACETS = ("kind", "status", "outlet", "country", "place", "actor", "source", "stance", "source_kind")
_DAY = 10  # letters of a day; months and years alone have no bar
_BARS = 60  # bars of a timeline, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days (inclusive), how many events begin in it, how many of those are disputed."""

    since: str
    until: str
    events: int
    disputed: int


def facets_of(store: Store, asked: Filter, viewer: Viewer, *, most: int = 20) -> dict[str, list[tuple[str, int]]]:
    """The facets of a filter: for each, its values and how many events hold each, the most frequent first."""
    return summaries.facets(store, asked, viewer, most=most)


def days_counted(store: Store, asked: Filter, viewer: Viewer) -> list[Bar]:
    """Events by day, or by week, month or year where the days are many; empty where no event has a day."""
    rows = ((day, many, disputed) for day, (many, disputed) in summaries.days(store, asked, viewer).items())
    valid = sorted(row for row in rows if len(row[0]) == _DAY)
    return _bars(valid) if valid else []


def _bars(rows: list[tuple[str, int, int]]) -> list[Bar]:
    first, last = date.fromisoformat(rows[0][0]), date.fromisoformat(rows[-1][0])
    step = max(1, -(-((last - first).days + 1) // _BARS))
    bars = []
    for number in range(((last - first).days // step) + 1):
        low = first + timedelta(number * step)
        high = low + timedelta(step - 1)
        inside = [row for row in rows if low.isoformat() <= row[0] <= high.isoformat()]
        bars.append(Bar(low.isoformat(), high.isoformat(), sum(r[1] for r in inside), sum(r[2] for r in inside)))
    return bars
