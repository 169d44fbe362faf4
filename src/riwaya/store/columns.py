"""The store's events column by column in memory, for what counts over all of them: facets, maps, timelines, lists.

Kept for each open store and read anew where the store has changed: whole at first (0.4 s for 50,000 events), then only
the reports that the log names. Nothing here is redacted: :mod:`riwaya.store.summaries` counts under a viewer's eyes.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, func, select, text

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
    name: str
    kind: str
    status: str
    day: str | None
    outlet: str | None
    said: str | None  # day of publication
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
    copies: dict[int, int] = field(default_factory=dict)  # a reprint -> the report that it reprints
    touched: set[int] = field(default_factory=set)  # reports read anew since the state before
    _orders: dict[str, list[str]] = field(default_factory=dict)
    _members: dict[str, list[int]] = field(default_factory=dict)

    def order(self, sort: str) -> list[str]:
        """Ids of all incidents in an order of ``ORDERS``."""
        if sort not in self._orders:
            self._orders[sort] = [each.id for each in sorted(self.incidents.values(), key=ORDERS[sort])]
        return self._orders[sort]

    def members(self, id: str) -> list[int]:
        """Positions of the events of an incident, by number."""
        if not self._members:
            for at, incident in enumerate(self.incident):
                if incident is not None:
                    self._members.setdefault(incident, []).append(at)
        return sorted(self._members.get(id, ()), key=lambda at: self.events[at].number)

    def reports(self, id: str) -> list[int]:
        """Numbers of the reports of an incident's events, one for each event."""
        return [self.events[at].report for at in self.members(id)]

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
    made.touched = touched
    copied = select(reports.c.number, reports.c.copy_of).where(reports.c.copy_of.is_not(None))
    made.copies = {number: original for number, original in connection.execute(copied)}  # noqa: C416 - typed
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
    head = events.c
    heads = select(head.number, head.report, head.event, head.kind, head.status, head.from_day, revisions.c.outlet,
                   revisions.c.day)  # fmt: skip
    heads = heads.select_from(source)
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


def _rows(connection: Connection, query: Any, column: Any, only: Sequence[int] | None) -> Iterable[Any]:
    if only is None:
        yield from connection.execute(query.order_by(column))
        return
    for start in range(0, len(only), _PART):
        part = list(only[start : start + _PART])
        yield from connection.execute(query.where(column.in_(part)).order_by(column))


def _by_event(rows: Iterable[Any]) -> Iterable[tuple[int, list[Any]]]:
    current: list[Any] = []
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
        self.accounts: OrderedDict[tuple[int, Any], Any] = OrderedDict()  # by report and redaction, the oldest first
        self.incidents: dict[tuple[str, Any], tuple[tuple[int, ...], Any]] = {}  # with the reports behind each
        self.watch: sqlite3.Connection | None = None
        if not store.is_postgresql:  # SQLite counts, on each connection, the commits of all others: this one only looks
            self.watch = sqlite3.connect(str(store.engine.url.database), check_same_thread=False)
            weakref.finalize(store, self.watch.close)

    def forget(self, before: Columns | None) -> None:
        """Drop what was kept of reports that have changed since."""
        if self.columns is None or before is None:
            return
        gone = {key for key in self.accounts if key[0] in self.columns.touched}
        for key in gone:
            del self.accounts[key]
        for id, (reports_, _) in list(self.incidents.items()):
            if not self.columns.touched.isdisjoint(reports_) or tuple(self.columns.reports(id[0])) != reports_:
                del self.incidents[id]

    def now(self, store: Store) -> str:
        if self.watch is not None:
            with self.lock:
                return str(self.watch.execute("PRAGMA data_version").fetchone()[0])
        with store.reading() as connection:
            return str(connection.execute(text("SELECT pg_current_snapshot()::text")).scalar())


_kept: weakref.WeakKeyDictionary[Store, _Kept] = weakref.WeakKeyDictionary()
_by_engine: weakref.WeakKeyDictionary[Engine, _Kept] = weakref.WeakKeyDictionary()
_opening = threading.Lock()
_REPORTS = 3_000  # reports whose accounts are kept
_MOST = 400  # results kept for one revision of a store


def _kept_of(store: Store) -> _Kept:
    with _opening:
        if store not in _kept:
            _kept[store] = _by_engine[store.engine] = _Kept(store)
        return _kept[store]


def columns_of(store: Store) -> Columns:
    """The columns of the store as it is now."""
    kept = _kept_of(store)
    with kept.lock:
        revision = kept.now(store)
        if kept.columns is None or revision != kept.revision:
            with store.reading() as connection:
                before, kept.columns = kept.columns, read_columns(connection, kept.columns)
            kept.forget(before)
            kept.revision = revision
            kept.cached.clear()
            kept.making.clear()
        return kept.columns


def revision_of(store: Store) -> str:
    """What changes whenever the store does."""
    return _kept_of(store).now(store)


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


def kept_result(store: Store, key: Any, make: Callable[[], T]) -> T:
    """The same as :func:`cached` where the store's columns are kept; else made each time."""
    return cached(store, key, make) if store in _kept else make()


def refresh(store: Store) -> None:
    """Read the columns anew where they are kept and the store has changed; nothing where they are not kept."""
    if store in _kept:
        columns_of(store)


@dataclass(frozen=True, slots=True)
class Member:
    """An event of an incident: number of its report, its id there, the report that this one reprints, the outlet."""

    report: int
    event: str
    copy_of: int | None
    outlet: str | None


def kept_members(connection: Connection, id: str) -> list[Member] | None:
    """The events of an incident from memory, None where nothing is kept of this store."""
    kept = _by_engine.get(connection.engine)
    columns = kept.columns if kept else None
    if columns is None:
        return None
    found = [columns.events[at] for at in columns.members(id)]
    return [Member(each.report, each.name, columns.copies.get(each.report), each.outlet) for each in found]


def kept_accounts(connection: Connection, report: int, redaction: Any, make: Callable[[], T]) -> T:
    """The accounts of a report: from memory where they are kept, else by ``make``."""
    kept = _by_engine.get(connection.engine)
    if kept is None or kept.columns is None:
        return make()
    key = (report, redaction)
    with kept.lock:
        if key in kept.accounts:
            kept.accounts.move_to_end(key)
            found: T = kept.accounts[key]
            return found
        revision = kept.revision
    made = make()
    with kept.lock:
        if revision == kept.revision:
            kept.accounts[key] = made
            if len(kept.accounts) > _REPORTS:
                kept.accounts.popitem(last=False)
    return made


def kept_incident(connection: Connection, id: str, key: Any, make: Callable[[], T]) -> T:
    """What ``make`` gives for an incident: kept as long as neither its reports nor its events change."""
    kept = _by_engine.get(connection.engine)
    if kept is None or kept.columns is None:
        return make()
    with kept.lock:
        if (id, key) in kept.incidents:
            found: T = kept.incidents[id, key][1]
            return found
        behind, revision = tuple(kept.columns.reports(id)), kept.revision
    made = make()
    with kept.lock:
        if revision == kept.revision and len(behind) > 1:
            if len(kept.incidents) >= _REPORTS:
                kept.incidents.pop(next(iter(kept.incidents)))
            kept.incidents[id, key] = (behind, made)
    return made
