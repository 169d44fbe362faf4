"""Killed, full, damaged, locked, restarted: what was confirmed stays, and the message says what is wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.event import listen

from riwaya.model import StoreError
from riwaya.store import Store, open_store, queries, summaries
from riwaya.store.linking import link_all, link_new
from riwaya.store.writer import add_reports
from tests.support.coded_reports import shelling

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROOT = Path(__file__).parent.parent.parent
ADDING = """
import sys
sys.path[:0] = [{src!r}, {root!r}]
from riwaya.store import open_store
from riwaya.store.writer import add_reports
from riwaya.store.linking import link_all
from tests.support.coded_reports import shelling
store = open_store({address!r})
n = {first}
while n < {first} + {count}:
    add_reports(store, [shelling(f"r{{n}}", n % 9, "activists"), shelling(f"s{{n}}", n % 7, "army")])
    print(n, flush=True)
    if {linking}:
        link_all(store)
    n += 1
"""


def start(address: str, first: int = 0, count: int = 10_000, linking: bool = False) -> subprocess.Popen[str]:
    code = ADDING.format(
        src=str(ROOT / "src"), root=str(ROOT), address=address, first=first, count=count, linking=linking
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("linking", [False, True])
def test_a_program_killed_at_any_moment_loses_nothing_confirmed(address: str, linking: bool) -> None:
    running = start(address, linking=linking)
    assert running.stdout is not None
    confirmed = [int(running.stdout.readline()) for _ in range(4)]
    time.sleep(0.03)
    os.kill(running.pid, signal.SIGKILL)
    confirmed += [int(line) for line in running.stdout.read().split()]
    running.wait()
    running.stdout.close()
    store = open_store(address)
    held = {row.id for row in queries.list_reports(store, size=10_000).items}
    assert {f"{letter}{n}" for n in confirmed for letter in "rs"} <= held
    assert len(held) % 2 == 0  # a batch is kept whole or not at all
    link_new(store)
    assert sum(row.accounts for row in queries.list_incidents(store, size=10_000).items) == len(held)
    store.close()


def test_two_writers_at_once_lose_nothing(address: str) -> None:
    open_store(address).close()
    both = [start(address, first=first, count=15) for first in (0, 100)]
    for running in both:
        assert running.wait(timeout=120) == 0
        assert running.stdout is not None
        running.stdout.close()
    store = open_store(address)
    assert summaries.totals(store)["reports"] == 60
    store.close()


def test_a_full_disk_keeps_what_was_confirmed(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    add_reports(store, [shelling("a", 7, "activists")])
    store.engine.dispose()

    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # the file may not grow any more, as on a full disk

    listen(store.engine, "connect", fill)
    with pytest.raises(StoreError, match="the disk is full"):
        add_reports(store, [shelling(f"r{n}", 7, "activists") for n in range(400)])
    assert summaries.totals(store)["reports"] == 1
    store.close()


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database at all, " * 200)
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)


def test_a_store_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="riwaya add"):
        open_store(tmp_path / "nix.db", create=False)


def test_a_newer_store_is_not_touched(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store.db")
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreError, match="newer than this program"):
        open_store(tmp_path / "store.db")


def test_a_locked_store_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store, other = open_store(path), open_store(path)
    held, freed = threading.Event(), threading.Event()

    def hold() -> None:
        with other.writing():
            held.set()
            freed.wait(0.5)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    assert add_reports(store, [shelling("a", 7, "activists")]).new == ["a"]
    thread.join()
    store.close()
    other.close()


def test_a_server_that_restarts_is_come_back_to(server: Any) -> None:
    from tests.store.conftest import empty

    empty(server.address)
    store = open_store(server.address)
    add_reports(store, [shelling("a", 7, "activists")])
    server.stop()
    server.start()
    assert add_reports(store, [shelling("b", 9, "army")]).new == ["b"]
    tries: list[int] = []

    def work(connection: Connection) -> int:
        tries.append(1)
        connection.exec_driver_sql("SELECT 1")
        if len(tries) == 1:
            server.stop()
            server.start()
        return int(connection.exec_driver_sql("SELECT count(*) FROM reports").scalar_one())

    assert store.retrying(work) == 2
    assert len(tries) == 2
    store.close()


def test_linking_anew_gives_the_same(store: Store) -> None:
    add_reports(store, [shelling("a", 7, "activists"), shelling("b", 9, "army")])
    link_new(store)
    before = queries.list_incidents(store).items
    link_all(store)
    assert queries.list_incidents(store).items == before
