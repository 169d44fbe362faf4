"""``riwaya serve`` and ``riwaya account``: the workbench in a browser, and who may sign in to it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from riwaya.commands.storing import KnowledgeOption
from riwaya.model import RiwayaError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from riwaya.reading.reader import Reader
    from riwaya.store import Store

ORDER = 80
DEMO = Path("out") / "demo.db"

Accounts = Annotated[Path | None, typer.Option(help="The file of accounts; needed for any address but this machine's.")]


def serve(
    store: Annotated[
        str, typer.Option(envvar="RIWAYA_STORE", help="The store: a SQLite file or a postgresql:// address.")
    ] = "riwaya.db",
    host: Annotated[str, typer.Option(help="Address to listen on; all but this machine need accounts.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8765,
    knowledge: KnowledgeOption = None,
    accounts: Accounts = None,
    withhold_persons: Annotated[bool, typer.Option(help="Withhold names of persons from readers.")] = False,
    coarse: Annotated[list[str] | None, typer.Option(help="Kind of event told to readers by province only.")] = None,
    coder: Annotated[str | None, typer.Option(help="Name for your corrections where nobody signs in.")] = None,
    demo: Annotated[Path | None, typer.Option(help="Begin with a folder's reports in a fresh out/demo.db.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the first page in the browser.")] = True,
    https: Annotated[bool, typer.Option(help="A proxy serves it over https: cookies go over https only.")] = False,
    fetch: Annotated[bool, typer.Option(help="Let coders read pages of public web servers by address.")] = False,
    tiles: Annotated[str | None, typer.Option(help="Map tiles, https://HOST/{z}/{x}/{y}.png.")] = None,
    tiles_by: Annotated[str | None, typer.Option(help="Whom the map names for the tiles.")] = None,
    check: Annotated[bool, typer.Option(help="Start, answer one request, and end.")] = False,
) -> None:
    """Open the workbench on this machine: read, compare, correct, export."""
    from riwaya.reading.reader import Reader
    from riwaya.store.redaction import Redaction
    from riwaya.web.app import create_app
    from riwaya.web.settings import Settings, is_loopback

    if not is_loopback(host) and (accounts is None or not accounts.exists()):
        raise RiwayaError(f"{host} is open to others: needs --accounts FILE (riwaya account NAME --accounts FILE)")
    if tiles is not None and not re.fullmatch(r"https?://(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})\S+", tiles):
        raise RiwayaError(f"--tiles: expected https://HOST/{{z}}/{{x}}/{{y}}.png, found {tiles}")
    folders = tuple(knowledge or ())
    reader = Reader(folders=folders)
    place = _fill_demo(demo, reader, folders) if demo else store
    settings = Settings(
        store=place, host=host, port=port, folders=folders, accounts=accounts, secure=https,
        audit=Path(f"{place}.audit.jsonl") if "://" not in place else Path("riwaya.audit.jsonl"),
        coder=coder or os.environ.get("USER") or "desk", fetch=fetch, tiles=tiles,
        tiles_by=tiles_by or (urlsplit(tiles).hostname if tiles else None),
        redact=Redaction(persons=withhold_persons, place_kinds=tuple(coarse or ()), urls=withhold_persons),
    )  # fmt: skip
    app = create_app(settings, reader)
    address = f"http://{host}:{port}/" + ("desk" if demo else "")
    print(address, file=sys.stderr)
    _run(app, settings, address, browser=browser and not check, check=check)


def _run(app: FastAPI, settings: object, address: str, *, browser: bool, check: bool) -> None:
    """Serve until interrupted; for a check, ask for one page and end."""
    import threading
    import webbrowser

    import uvicorn

    from riwaya.web.settings import Settings
    from riwaya.web.tidying import tidy_when_idle
    from riwaya.web.warm import warm

    if not isinstance(settings, Settings):
        raise RiwayaError("settings of the workbench expected")
    if not check:
        threading.Thread(target=warm, args=(app,), daemon=True).start()
        tidy_when_idle(app)
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
    server = uvicorn.Server(config)
    if check:
        threading.Thread(target=_ask_once, args=(server, address), daemon=True).start()
    elif browser and (os.environ.get("DISPLAY") or sys.platform in ("darwin", "win32")):
        threading.Timer(0.8, webbrowser.open, (address,)).start()
    server.run()


def _ask_once(server: object, address: str) -> None:
    import time

    import httpx

    for _ in range(100):
        try:
            print(f"{httpx.get(address).status_code} {address}", file=sys.stderr)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    server.should_exit = True  # type: ignore[attr-defined]


def _fill_demo(folder: Path, reader: Reader, knowledge: Sequence[Path]) -> str:
    """A fresh store with the reports of a folder, coded and linked; its path."""
    from riwaya.documents.read import read_documents
    from riwaya.model import Document
    from riwaya.store import open_store
    from riwaya.store.linking import link_new
    from riwaya.store.writer import add_reports

    if not folder.exists():
        raise RiwayaError(f"{folder}: no such folder")
    DEMO.parent.mkdir(exist_ok=True)
    for suffix in ("", "-wal", "-shm", ".audit.jsonl"):
        Path(f"{DEMO}{suffix}").unlink(missing_ok=True)
    store: Store = open_store(DEMO, knowledge=knowledge)
    documents = [item for item in read_documents([folder]) if isinstance(item, Document)]
    add_reports(store, [reader.read_document(document) for document in documents])
    link_new(store)
    store.close()
    return str(DEMO)


def account(
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[str, typer.Option(help="reader, coder or admin.")] = "reader",
    accounts: Annotated[Path, typer.Option(help="The file of accounts.")] = Path("riwaya.accounts.json"),
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for where not given.")
    ] = "",
) -> None:
    """Add an account to sign in to the workbench with, or give one a new role and password."""
    from riwaya.web.sessions import Accounts as File

    File(accounts).add(name, role, password)
    print(f"{name}: {role} in {accounts}", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(account)
