"""What is kept in memory of an open store: its columns, what was counted from them, accounts, rows of incidents.

Every answer is of the store as it is: whatever wrote to it, this process or another one, is seen before each answer.
What is kept goes where the log names it, or what it was made from; the rest stays.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from riwaya.store.columns import Columns, Touched
from riwaya.store.counted import Counted, count, recount
from riwaya.store.engine import Store
from riwaya.store.filters import Filter, found_reports, holding
from riwaya.store.matching import Matcher
from riwaya.store.readable import holding_of, readable_words
from riwaya.store.redaction import Redaction
from riwaya.store.renewal import newest, read_columns, renew_columns

T = TypeVar("T")
K = TypeVar("K")
_MOST = 400  # results kept for one state of a store
_REPORTS = 3_000  # reports whose accounts are kept
_READABLE = 60_000  # reports of which it is kept what redacted viewers may search
_INCIDENTS = 6_000  # results on one incident that are kept
_LISTS = 50  # lists of reports that are kept
_FILTERS = 100  # filters whose counts are kept
_STATES = 300  # states back from which counts are renewed, not made anew


class _Kept:
    """What is kept of one open store, and how to see that the store has changed."""

    def __init__(self, store: Store) -> None:
        self.lock = threading.RLock()
        self.revision: str | None = None
        self.columns: Columns | None = None
        self.past: deque[tuple[int, Touched]] = deque(maxlen=_STATES)  # the state before, what differs from it
        self.cached: dict[Any, Any] = {}
        self.making: dict[Any, threading.Lock] = {}
        self.counted: OrderedDict[tuple[Filter, Redaction | None], Counted] = OrderedDict()
        self.accounts: OrderedDict[tuple[int, Any], Any] = OrderedDict()  # by report and redaction
        self.readable: OrderedDict[tuple[int, Any], Any] = OrderedDict()  # by report and redaction
        self.incidents: OrderedDict[tuple[str, Any], Any] = OrderedDict()  # by id, and what was made of it for whom
        self.lists: OrderedDict[tuple[tuple[str, ...], Any], Any] = OrderedDict()  # of reports, by outlets
        self.watch: sqlite3.Connection | None = None
        if not store.is_postgresql:  # SQLite counts, on each connection, the commits of all others: this one only looks
            self.watch = sqlite3.connect(str(store.engine.url.database), check_same_thread=False)
            weakref.finalize(store, self.watch.close)

    def now(self, store: Store) -> str:
        """A word that is another one as soon as somebody has changed the store."""
        if self.watch is not None:
            with self.lock:
                return str(self.watch.execute("PRAGMA data_version").fetchone()[0])
        with store.reading() as connection:
            return str(newest(connection))

    def take(self, columns: Columns) -> None:
        """Take a newer state, and drop what was made from what differs now."""
        before, self.columns = self.columns, columns
        if columns is before:
            return
        self.cached.clear()
        self.making.clear()
        touched = columns.touched
        if before is None or touched is None:
            for kept in (self.past, self.counted, self.accounts, self.readable, self.incidents, self.lists):
                kept.clear()
            return
        self.past.append((before.seen, touched))
        if touched.lists:
            self.lists.clear()
        for of_reports in (self.accounts, self.readable):
            for key in [key for key in of_reports if key[0] in touched.reports]:
                del of_reports[key]
        for name in [name for name in self.incidents if name[0] in touched.incidents]:
            del self.incidents[name]
        oldest = self.past[0][0]
        for asked in [asked for asked, counted in self.counted.items() if counted.seen < oldest]:
            del self.counted[asked]

    def since(self, seen: int) -> set[int] | None:
        """Positions that differ from an earlier state, None where it is too far back."""
        states = [touched for before, touched in self.past if before >= seen]
        if self.columns is None or (seen != self.columns.seen and all(before != seen for before, _ in self.past)):
            return None
        return set().union(*(touched.positions for touched in states))


_kept: weakref.WeakKeyDictionary[Store, _Kept] = weakref.WeakKeyDictionary()
_by_engine: weakref.WeakKeyDictionary[Engine, _Kept] = weakref.WeakKeyDictionary()
_opening = threading.Lock()


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
                before = kept.columns
                kept.take(read_columns(connection) if before is None else renew_columns(connection, before))
            kept.revision = revision
        found = kept.columns
        if found is None:
            raise RuntimeError("no columns were read")
        return found


def renew_kept(connection: Connection) -> None:
    """Renew the columns, where they are kept, to what a connection sees that has changed nothing yet."""
    kept = _by_engine.get(connection.engine)
    if kept is not None:
        with kept.lock:
            if kept.columns is not None and kept.columns.seen <= newest(connection):
                kept.take(renew_columns(connection, kept.columns))


def revision_of(store: Store) -> str:
    """What changes whenever the store does."""
    return _kept_of(store).now(store)


def cached(store: Store, key: Any, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for a key as long as the store does not change; others who ask wait for it."""
    kept, columns = _kept_of(store), columns_of(store)
    with kept.lock:
        making = kept.making.setdefault(key, threading.Lock())
    with making:
        with kept.lock:
            if key in kept.cached and kept.columns is columns:
                found: T = kept.cached[key]
                return found
        made = make()
        with kept.lock:
            if kept.columns is columns:
                if len(kept.cached) >= _MOST:
                    kept.cached.pop(next(iter(kept.cached)))
                kept.cached[key] = made
        return made


def counted_of(store: Store, asked: Filter, redaction: Redaction | None) -> tuple[Columns, Counted]:
    """What a filter finds, counted, with the state in which it was: renewed by what changed since it was last asked."""
    kept, key = _kept_of(store), (asked, redaction)
    columns = columns_of(store)
    with kept.lock:
        making = kept.making.setdefault(("counted", key), threading.Lock())
    with making:
        with kept.lock:
            before = kept.counted.get(key)
            if before is not None and before.seen == columns.seen:
                kept.counted.move_to_end(key)
                return columns, before
            whole = kept.counted.get((Filter(), redaction))
            touched = kept.since(before.seen) if before is not None and kept.columns is columns else None
        matcher = Matcher(columns, asked, redaction, _hits(store, asked, redaction))
        made = count(matcher, whole) if before is None or touched is None else recount(before, matcher, touched)
        with kept.lock:
            if kept.columns is columns:
                kept.counted[key] = made
                kept.counted.move_to_end(key)
                if len(kept.counted) > _FILTERS:
                    kept.counted.popitem(last=False)
        return columns, made


def found_of(store: Store, asked: Filter, redaction: Redaction | None) -> tuple[Columns, Sequence[int]]:
    """Positions of the events that a filter finds, with the state in which it does; they are not counted."""
    kept, columns = _kept_of(store), columns_of(store)
    if (asked, redaction) in kept.counted:
        columns, counted = counted_of(store, asked, redaction)
        return columns, counted.found

    def make() -> tuple[Columns, Sequence[int]]:
        """The columns as they stand, and what of them is found."""
        now = columns_of(store)
        return now, Matcher(now, asked, redaction, _hits(store, asked, redaction)).among()

    return cached(store, ("found", asked, redaction), make)


def _hits(store: Store, asked: Filter, redaction: Redaction | None) -> frozenset[int] | None:
    if not asked.text:
        return None
    with store.reading() as connection:
        if redaction is not None:
            return frozenset(reports_with(connection, asked.text, redaction))
        return frozenset(holding(connection, asked.text))


def reports_with(connection: Connection, query: str, redaction: Redaction | None) -> list[int]:
    """Numbers of the reports in which a viewer can read the words of a query, those that fit best first."""
    numbers = found_reports(connection, query)
    if redaction is None:
        return numbers
    found = holding_of(kept_readable(connection, numbers, redaction), query)
    return [number for number in numbers if number in found]


def kept_readable(connection: Connection, numbers: Sequence[int], redaction: Redaction) -> dict[int, str | None]:
    """What :func:`riwaya.store.readable.readable_words` gives, from memory where it is kept."""
    kept = _by_engine.get(connection.engine)

    def make(some: Sequence[int]) -> dict[int, str | None]:
        """The words of those not kept yet."""
        return readable_words(connection, some, redaction)

    return _kept_many(connection, kept, kept and kept.readable, _READABLE, list(numbers), redaction, make)


def kept_result(store: Store, key: Any, make: Callable[[], T]) -> T:
    """The same as :func:`cached` where the store's columns are kept; else made each time."""
    return cached(store, key, make) if store in _kept else make()


def is_kept(store: Store) -> bool:
    """Whether the store's columns are kept."""
    return store in _kept


def refresh(store: Store) -> None:
    """Renew the columns where they are kept and the store has changed; nothing where they are not kept."""
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
    found = columns.members(id)
    return [Member(each.report, each.name, columns.copies.get(each.report), each.outlet) for each in found]


Make = Callable[[Sequence[K]], Mapping[K, T]]


def kept_accounts(connection: Connection, numbers: Iterable[int], redaction: Any, make: Make[int, T]) -> dict[int, T]:
    """The accounts of reports: from memory where they are kept, else by ``make``, for all that lack at once."""
    kept = _by_engine.get(connection.engine)
    return _kept_many(connection, kept, kept and kept.accounts, _REPORTS, list(numbers), redaction, make)


def kept_incidents(connection: Connection, ids: Iterable[str], key: Any, make: Make[str, T]) -> dict[str, T]:
    """What ``make`` gives for incidents: kept as long as neither their events nor what links them change."""
    kept = _by_engine.get(connection.engine)
    return _kept_many(connection, kept, kept and kept.incidents, _INCIDENTS, list(ids), key, make)


def kept_lists(
    connection: Connection, outlets: Sequence[tuple[str, ...]], make: Make[tuple[str, ...], T]
) -> dict[tuple[str, ...], T]:
    """Lists of reports by outlets: kept as long as no report comes, goes or is revised."""
    kept = _by_engine.get(connection.engine)
    return _kept_many(connection, kept, kept and kept.lists, _LISTS, list(outlets), "reports", make)


def _kept_many(
    connection: Connection, kept: _Kept | None, store: Any, most: int, names: list[Any], key: Any, make: Make[Any, T]
) -> dict[Any, T]:
    if kept is None or kept.columns is None:
        return dict(make(names))
    seen = newest(connection)  # of the state that this connection sees: what is kept is of that one, or of a later one
    with kept.lock:
        known = kept.columns.seen >= seen
        found = {name: store[name, key] for name in names if (name, key) in store} if known else {}
        for name in found:
            store.move_to_end((name, key))
    lacking = [name for name in names if name not in found]
    if not lacking:
        return found
    made = make(lacking)
    with kept.lock:
        if kept.columns.seen == seen:
            for name, value in made.items():
                store[name, key] = value
            while len(store) > most:
                store.popitem(last=False)
    return {**found, **made}
