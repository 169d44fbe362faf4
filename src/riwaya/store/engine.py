"""Opening a store: SQLite in a file, or PostgreSQL at an address; the newest schema is put in place on opening."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError

from riwaya.model import StoreError

DEFAULT = "riwaya.db"
HEAD = "0002"  # the newest migration
_BUSY_MS = 60_000  # a writer waits as long for another before it gives up
_LOCK = 7_203_118  # number of PostgreSQL's advisory lock under which one writer at a time works
_TRIES, _PAUSE = 5, 0.5  # attempts after a lost connection, seconds before the first repetition

Clock = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A store that is open. ``clock`` gives the time of each change; tests give their own.

    ``knowledge``: folders of the user's own knowledge, whose rules of linking go before the packaged ones.
    """

    def __init__(self, engine: Engine, clock: Clock = _utc_now, knowledge: Sequence[Path] = ()) -> None:
        """Hold an engine whose schema is in place."""
        self.engine, self.clock, self.knowledge = engine, clock, tuple(knowledge)

    @property
    def is_postgresql(self) -> bool:
        """Whether a server keeps it; else it is an SQLite file."""
        return self.engine.dialect.name == "postgresql"

    def now(self) -> str:
        """The time as UTC ISO 8601 text with milliseconds."""
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with: one consistent state throughout. Raises StoreError where that fails."""
        with explained(), self.engine.connect() as connection:
            if self.is_postgresql:  # each statement would see its own state else
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, one writer at a time: all of it is kept, or none. Raises StoreError where that fails."""
        with explained(), self.engine.connect() as connection:
            if self.is_postgresql:
                transaction = connection.begin()
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
            else:
                transaction = connection.execution_options(riwaya_write=True).begin()
            with transaction:
                yield connection

    def retrying(self, work: Callable[[Connection], Any]) -> Any:
        """The result of ``work`` in a transaction, done again where the server went away in its middle."""
        for attempt in range(_TRIES):
            try:
                with self.writing() as connection:
                    return work(connection)
            except StoreError as error:
                if attempt + 1 == _TRIES or not _is_lost(error.__cause__):
                    raise
                self.engine.dispose()
                time.sleep(_PAUSE * 2**attempt)
        raise StoreError("the store cannot be reached")  # pragma: no cover

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _is_lost(error: BaseException | None) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    gone = ("the connection is", "server closed", "terminating connection", "connection failed", "starting up")
    return bool(error.connection_invalidated) or any(words in str(error) for words in gone)


@contextmanager
def explained() -> Iterator[None]:
    """Turn the database's errors into StoreError that says what is wrong in plain words."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_plain(error.orig or error)) from error
    except sqlite3.Error as error:  # from the pragmas of a new connection
        raise StoreError(_plain(error)) from error


def _plain(error: BaseException) -> str:
    said = next(iter(str(error).strip().splitlines()), type(error).__name__)
    known = {
        "database or disk is full": "the disk is full: nothing of this batch was kept, what was confirmed before is",
        "disk I/O error": "the disk failed or is full: nothing of this batch was kept",
        "database is locked": f"another program has kept the store locked for {_BUSY_MS // 1000} seconds",
        "file is not a database": "the file is not a riwaya store, or is damaged: restore it from a backup",
        "malformed": "the file is damaged: restore it from a backup, or add the reports again into a new store",
        "readonly database": "the store may not be written",
        "unable to open": "the file cannot be opened: is its folder there, and may it be written?",
    }
    for words, plain in known.items():
        if words in said:
            return f"{plain} ({said})"
    return f"the store failed: {said}"


def address_of(store: str | Path | None) -> str:
    """The SQLAlchemy address of a file, a ``postgresql://`` address, or the default file for None."""
    if store is None:
        store = DEFAULT
    given = str(store)
    if given.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + given.split("://", 1)[1]
    if "://" in given:
        return given
    return f"sqlite:///{given}"


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA cache_size=-64000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("riwaya_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def make_engine(address: str) -> Engine:
    """An engine for an address. Raises StoreError where the PostgreSQL driver is not installed."""
    if address.startswith("sqlite"):
        engine = create_engine(address, connect_args={"timeout": _BUSY_MS / 1000, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs the extra 'postgresql': pip install 'riwaya[postgresql]'") from error


def open_store(
    store: str | Path | None = None,
    *,
    create: bool = True,
    clock: Clock = _utc_now,
    knowledge: Sequence[Path] = (),
) -> Store:
    """The store at a path or ``postgresql://`` address, with the newest schema.

    Raises StoreError where it cannot be opened, is damaged, is newer than this program, or is not there and
    ``create`` is false.
    """
    address = address_of(store)
    path = Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:///") else None
    if path is not None and not create and not path.exists():
        raise StoreError(f"no store at {path}: add reports first (riwaya add FILE)")
    opened = Store(make_engine(address), clock, knowledge)
    with explained():
        _bring_up(opened)
    return opened


def _bring_up(store: Store) -> None:
    found = _schema(store)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreError(f"the store's schema {found} is newer than this program's {HEAD}: update riwaya")
    from riwaya.store.migrate import upgrade

    with store.writing() as connection:  # a second program that opens it waits here, and then finds it done
        upgrade(connection)


def _schema(store: Store) -> str | None:
    with store.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
