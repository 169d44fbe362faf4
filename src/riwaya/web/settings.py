"""How the workbench runs."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from riwaya.store.redaction import Redaction


@dataclass(frozen=True, slots=True)
class Settings:
    """How the workbench runs. ``store``: a SQLite file or PostgreSQL address, None for reading only.

    ``paste_limit``: characters of a pasted report; ``body_limit``: bytes of any request. ``accounts``: the file of
    accounts; with one, everybody signs in. ``coder``: the name under which work is kept where nobody signs in.
    ``audit``: a file to which each change, and with accounts each page seen, is appended. ``fetch``: whether
    addresses may be fetched for reading. ``tiles``: address of map tiles with ``{z}``, ``{x}``, ``{y}``, None for the
    outlines in the package alone; ``tiles_by``: whom the map names for them.
    """

    store: str | None = None
    host: str = "127.0.0.1"
    port: int = 8765
    paste_limit: int = 200_000
    body_limit: int = 5_000_000
    accounts: Path | None = None
    audit: Path | None = None
    coder: str = "desk"
    fetch: bool = False
    tiles: str | None = None
    tiles_by: str | None = None
    secure: bool = False  # served over https by a proxy: cookies are for https only
    redact: Redaction = field(default_factory=Redaction)
    folders: tuple[Path, ...] = ()


def is_loopback(host: str) -> bool:
    """Whether an address is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
