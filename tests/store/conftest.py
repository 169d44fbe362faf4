"""Stores to test with: a file, and a PostgreSQL server of the tests' own where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from riwaya.store import Store, open_store
from riwaya.store.tables import metadata

PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@dataclass
class Server:
    """A PostgreSQL server on a socket in a folder of its own; it never runs as root."""

    folder: Path

    def run(self, *command: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*user, *command], cwd="/", capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def control(self, *command: str) -> None:
        self.run(
            str(PROGRAMS / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), *command
        )

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.control("-o", options, "start")

    def stop(self) -> None:
        self.control("-m", "immediate", "stop")

    @property
    def address(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server; skips where there is none to run."""
    pytest.importorskip("psycopg")
    if not (PROGRAMS / "initdb").exists():
        pytest.skip("PostgreSQL 15 is not installed")
    folder = Path(tempfile.mkdtemp(prefix="rw"))  # short: a socket's path may hold 107 bytes
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("no user to run PostgreSQL as")
        os.chown(folder, user.pw_uid, user.pw_gid)
    found = Server(folder)
    initdb = str(PROGRAMS / "initdb")
    found.run(initdb, "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    found.start()
    yield found
    found.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, of each sort in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    server: Server = request.getfixturevalue("server")
    empty(server.address)
    return server.address


def empty(address: str) -> None:
    from sqlalchemy import text

    opened = open_store(address)
    with opened.writing() as connection:
        names = ", ".join([*metadata.tables, "search", "alembic_version"])
        connection.execute(text(f"DROP TABLE IF EXISTS {names} CASCADE"))
    opened.close()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store of each sort in turn."""
    opened = open_store(address)
    yield opened
    opened.close()
