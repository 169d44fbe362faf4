"""Counts of events by day for timelines, under the filter's and the viewer's conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from riwaya.store import Store, summaries
from riwaya.store.filters import Filter
from riwaya.store.memory import cached
from riwaya.store.redaction import Viewer

FACETS = ("kind", "status", "outlet", "country", "place", "actor", "source", "stance", "source_kind")
_DAY = 10  # letters of a day; months and years alone have no bar
_INNER = 0.8  # share of events that the bars hold at least
_BARS = 60  # bars of a timeline, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days (inclusive), how many events begin in it, how many of those are disputed."""

    since: str
    until: str
    events: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars, and how many events lie before and after them."""

    bars: tuple[Bar, ...]
    before: int
    after: int


def facets_of(store: Store, asked: Filter, viewer: Viewer, *, most: int = 20) -> dict[str, list[tuple[str, int]]]:
    """The facets of a filter: for each, its values and how many events hold each, the most frequent first."""
    return summaries.facets(store, asked, viewer, most=most)


def days_counted(store: Store, asked: Filter, viewer: Viewer) -> Timeline:
    """Events by day, or by stretches of days where the days are many.

    A few events far before or after all others would press the rest into one bar: they are counted beside it.
    """
    return cached(store, ("timeline", asked, viewer.redaction), lambda: _timeline(store, asked, viewer))


def _timeline(store: Store, asked: Filter, viewer: Viewer) -> Timeline:
    rows = ((day, many, disputed) for day, (many, disputed) in summaries.days(store, asked, viewer).items())
    valid = sorted(row for row in rows if len(row[0]) == _DAY)
    if not valid:
        return Timeline((), 0, 0)
    inner = _most(valid)
    before = sum(many for day, many, _ in valid if day < inner[0][0])
    after = sum(many for day, many, _ in valid if day > inner[-1][0])
    return Timeline(tuple(_bars(inner)), before, after)


def _most(rows: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The shortest run of days that holds four fifths of all events; all where that is not much shorter."""
    wanted = sum(many for _, many, _ in rows) * _INNER
    ends = [date.fromisoformat(day).toordinal() for day, _, _ in rows]
    best = (0, len(rows) - 1)
    low = inside = 0
    for high, (_, many, _) in enumerate(rows):
        inside += many
        while inside - rows[low][1] >= wanted:
            inside -= rows[low][1]
            low += 1
        if inside >= wanted and ends[high] - ends[low] < ends[best[1]] - ends[best[0]]:
            best = (low, high)
    if (ends[best[1]] - ends[best[0]]) * 2 > ends[-1] - ends[0] or ends[-1] - ends[0] < _BARS:
        return rows
    return rows[best[0] : best[1] + 1]


def _bars(rows: list[tuple[str, int, int]]) -> list[Bar]:
    first, last = date.fromisoformat(rows[0][0]), date.fromisoformat(rows[-1][0])
    step = max(1, -(-((last - first).days + 1) // _BARS))
    filled = [[0, 0] for _ in range(((last - first).days // step) + 1)]
    for day, many, disputed in rows:
        bar = filled[(date.fromisoformat(day) - first).days // step]
        bar[0], bar[1] = bar[0] + many, bar[1] + disputed
    bars = []
    for number, (many, disputed) in enumerate(filled):
        low = first + timedelta(number * step)
        bars.append(Bar(low.isoformat(), min(low + timedelta(step - 1), last).isoformat(), many, disputed))
    return bars
