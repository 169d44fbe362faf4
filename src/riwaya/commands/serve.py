"""``riwaya serve``: the workbench in a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

ORDER = 80


def serve(
    store: Annotated[str, typer.Option(help="The store: a SQLite file or a postgresql:// address.")] = "riwaya.db",
    host: Annotated[str, typer.Option(help="Address to listen on; anything but this machine needs accounts.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8765,
    knowledge: Annotated[list[Path] | None, typer.Option(help="Your own knowledge folder, may be repeated.")] = None,
) -> None:
    """Open the workbench on this machine: read, compare, correct, export."""
    import uvicorn

    from riwaya.web.app import Settings, create_app

    settings = Settings(store=store, host=host, port=port, folders=tuple(knowledge or ()))
    print(f"http://{host}:{port}/", file=sys.stderr)
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)
