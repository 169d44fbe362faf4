"""Shared by all tests: no network but loopback, a cache of their own, paths of the checkout."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


class NetworkBlockedError(RuntimeError):
    """A test tried to reach the network."""


def _is_local(family: int, address: Any) -> bool:
    if family == socket.AF_UNIX:
        return True
    host = address[0] if isinstance(address, tuple) else str(address)
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _is_local(self.family, address):
            raise NetworkBlockedError(f"tests may not reach {address}")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        if host is not None and not _is_local(socket.AF_INET, (host.decode() if isinstance(host, bytes) else host,)):
            raise NetworkBlockedError(f"tests may not look up {host}")
        return look_up(host, *args, **options)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _own_cache() -> Iterator[None]:
    """Compiled knowledge is kept beside pytest's own cache, not in the user's."""
    patch = pytest.MonkeyPatch()
    if "RIWAYA_CACHE" not in os.environ:
        patch.setenv("RIWAYA_CACHE", str(ROOT / ".pytest_cache" / "knowledge"))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not part of the project; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
