"""The store's events column by column in memory, for what counts over all of them: facets, maps, timelines, lists.

Kept for each open store and read anew where the store has changed: whole at first (0.4 s for 50,000 events), then only
the reports that the log names. Nothing here is redacted: :mod:`riwaya.store.summaries` counts under a viewer's eyes.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, func, select, text

from riwaya.store.engine import Store
from riwaya.store.tables import (
    changes,
    event_actors,
    event_claims,
    event_places,
    events,
    incidents,
    reports,
    revisions,
)

T = TypeVar("T")
Numbers = tuple[int, ...]
_PART = 500  # parameters of one statement
_MANY = 2_000  # events from which everything is read anew
PlaceValue = tuple[str, str | None, str | None, str | None, float | None, float | None]


class Values(Generic[T]):
    """Values by number: each different one is kept once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.items: list[T] = []
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        """The number of a value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.items)
            self.items.append(value)
        return found


@dataclass(frozen=True, slots=True)
class IncidentKey:
    """What incidents are sorted and counted by."""

    id: str
    weight: float
    accounts: int
    disputed: bool
    first_said: str
    last_said: str


ORDERS: dict[str, Callable[[IncidentKey], Any]] = {
    "disputed": lambda each: (-each.weight, -each.accounts, each.id),
    "newest": lambda each: (_backwards(each.last_said), each.id),
    "oldest": lambda each: (each.first_said, each.id),
    "accounts": lambda each: (-each.accounts, each.id),
}


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in day)


@dataclass(slots=True)
class _Event:
    """An event: what it is, and numbers of the values that it has."""

    number: int
    report: int
    kind: str
    status: str
    day: str | None
    outlet: str | None
    places: Numbers = ()
    actors: Numbers = ()
    sources: Numbers = ()
    stances: Numbers = ()
    source_kinds: Numbers = ()


@dataclass(slots=True)
class Columns:
    """The events of a store at one revision. ``incident``: by position, None where an event stands in none yet."""

    seen: int  # number of the newest line of the log that this knows
    places: Values[PlaceValue] = field(default_factory=Values)
    actors: Values[tuple[str, bool]] = field(default_factory=Values)  # name, is a person
    sources: Values[tuple[str, bool]] = field(default_factory=Values)
    words: Values[str] = field(default_factory=Values)
    events: list[_Event] = field(default_factory=list)
    incident: list[str | None] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)  # number of an event -> its position
    incidents: dict[str, IncidentKey] = field(default_factory=dict)
    _orders: dict[str, list[str]] = field(default_factory=dict)

    def order(self, sort: str) -> list[str]:
        """Ids of all incidents in an order of ``ORDERS``."""
        if sort not in self._orders:
            self._orders[sort] = [each.id for each in sorted(self.incidents.values(), key=ORDERS[sort])]
        return self._orders[sort]

    def is_disputed(self, at: int) -> bool:
        """Whether the event at a position stands in a disputed incident."""
        id = self.incident[at]
        return id is not None and id in self.incidents and self.incidents[id].disputed


def read_columns(connection: Connection, before: Columns | None = None) -> Columns:
    """The columns as the store is now; ``before``: an earlier state, of which what has not changed is taken over."""
    seen = connection.execute(select(func.max(changes.c.number))).scalar() or 0
    light = connection.execute(select(events.c.number, events.c.report, events.c.incident)).all()
    touched = _touched(connection, before.seen) if before else set()
    fresh = [row.number for row in light if before is None or row.report in touched or row.number not in before.at]
    whole = before is None or len(fresh) > _MANY
    made = Columns(seen)
    if before is not None and not whole:
        made.places, made.actors, made.sources, made.words = before.places, before.actors, before.sources, before.words
    read = _read_events(connection, made, None if whole else fresh)
    for row in light:
        known = read.get(row.number)
        if known is None and before is not None:
            known = before.events[before.at[row.number]]
        if known is not None:
            made.at[row.number] = len(made.events)
            made.events.append(known)
            made.incident.append(row.incident)
    made.incidents = _read_incidents(connection)
    return made


def _touched(connection: Connection, seen: int) -> set[int]:
    subjects = select(changes.c.subject).where(changes.c.number > seen)
    return set(connection.execute(select(reports.c.number).where(reports.c.id.in_(subjects))).scalars())


def _read_incidents(connection: Connection) -> dict[str, IncidentKey]:
    columns = (incidents.c.id, incidents.c.weight, incidents.c.accounts, incidents.c.disputed, incidents.c.first_said,
               incidents.c.last_said)  # fmt: skip
    return {
        id: IncidentKey(id, weight, accounts, disputed > 0, first or "", last or "")
        for id, weight, accounts, disputed, first, last in connection.execute(select(*columns))
    }


def _read_events(connection: Connection, made: Columns, only: Sequence[int] | None) -> dict[int, _Event]:
    """Events with their values: all of them, or those of the numbers given."""
    source = events.join(revisions, revisions.c.number == events.c.revision)
    heads = select(events.c.number, events.c.report, events.c.kind, events.c.status, events.c.from_day,
                   revisions.c.outlet).select_from(source)  # fmt: skip
    found = {row[0]: _Event(*row) for row in _rows(connection, heads, events.c.number, only)}
    where, who, said = event_places.c, event_actors.c, event_claims.c
    query = select(where.event, where.name, where.country, where.admin1, where.level, where.lat, where.lon)
    for event, values in _by_event(_rows(connection, query, where.event, only)):
        found[event].places = _numbers(made.places, (tuple(row[1:]) for row in values))
    query = select(who.event, who.name, who.kind)
    for event, values in _by_event(_rows(connection, query, who.event, only)):
        found[event].actors = _numbers(made.actors, ((row[1], row[2] == "person") for row in values))
    query = select(said.event, said.name, said.person, said.stance, said.source_kind)
    for event, values in _by_event(_rows(connection, query, said.event, only)):
        own = found[event]
        own.sources = _numbers(made.sources, ((row[1], bool(row[2])) for row in values))
        own.stances = _numbers(made.words, (row[3] for row in values))
        own.source_kinds = _numbers(made.words, (row[4] for row in values))
    return found


def _numbers(values: Values[Any], found: Iterable[Any]) -> Numbers:
    return tuple(dict.fromkeys(map(values.number, found)))


def _rows(connection: Connection, query: Any, column: Any, only: Sequence[int] | None) -> Iterable[Row[Any]]:
    if only is None:
        yield from connection.execute(query.order_by(column))
        return
    for start in range(0, len(only), _PART):
        part = list(only[start : start + _PART])
        yield from connection.execute(query.where(column.in_(part)).order_by(column))


def _by_event(rows: Iterable[Row[Any]]) -> Iterable[tuple[int, list[Row[Any]]]]:
    current: list[Row[Any]] = []
    for row in rows:
        if current and current[0][0] != row[0]:
            yield current[0][0], current
            current = []
        current.append(row)
    if current:
        yield current[0][0], current


class _Kept:
    """The columns of one open store, what was counted from them, and how to see that the store has changed."""

    def __init__(self, store: Store) -> None:
        self.lock = threading.RLock()
        self.revision: str | None = None
        self.columns: Columns | None = None
        self.cached: dict[Any, Any] = {}
        self.making: dict[Any, threading.Lock] = {}
        self.watch: sqlite3.Connection | None = None
        if not store.is_postgresql:  # SQLite counts, on each connection, the commits of all others: this one only looks
            self.watch = sqlite3.connect(str(store.engine.url.database), check_same_thread=False)
            weakref.finalize(store, self.watch.close)

    def now(self, store: Store) -> str:
        if self.watch is not None:
            with self.lock:
                return str(self.watch.execute("PRAGMA data_version").fetchone()[0])
        with store.reading() as connection:
            return str(connection.execute(text("SELECT pg_current_snapshot()::text")).scalar())


_kept: weakref.WeakKeyDictionary[Store, _Kept] = weakref.WeakKeyDictionary()
_opening = threading.Lock()
_MOST = 400  # results kept for one revision of a store


def _kept_of(store: Store) -> _Kept:
    with _opening:
        if store not in _kept:
            _kept[store] = _Kept(store)
        return _kept[store]


def columns_of(store: Store) -> Columns:
    """The columns of the store as it is now."""
    kept = _kept_of(store)
    with kept.lock:
        revision = kept.now(store)
        if kept.columns is None or revision != kept.revision:
            with store.reading() as connection:
                kept.columns = read_columns(connection, kept.columns)
            kept.revision = revision
            kept.cached.clear()
            kept.making.clear()
        return kept.columns


def cached(store: Store, key: Any, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for a key as long as the store does not change; others who ask wait for it."""
    kept = _kept_of(store)
    columns_of(store)
    with kept.lock:
        revision = kept.revision
        making = kept.making.setdefault(key, threading.Lock())
    with making:
        with kept.lock:
            if key in kept.cached:
                found: T = kept.cached[key]
                return found
        made = make()
        with kept.lock:
            if revision == kept.revision:
                if len(kept.cached) >= _MOST:
                    kept.cached.pop(next(iter(kept.cached)))
                kept.cached[key] = made
        return made
