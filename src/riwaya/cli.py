"""The command line: finds the commands and runs one. The work is done elsewhere."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import Annotated

import typer

import riwaya.commands as package
from riwaya import __version__
from riwaya.commands.running import USAGE
from riwaya.model import RiwayaError


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"riwaya {__version__}")
        raise typer.Exit


def _begin(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read Arabic conflict reports into sourced, dated, mapped event data, with evidence for every value."""


def build_app() -> typer.Typer:
    """The application with every command that a module of ``riwaya.commands`` registers."""
    app = typer.Typer(name="riwaya", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback()(_begin)
    names = [f"{package.__name__}.{each.name}" for each in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(name) for name in names]
    for module in sorted(modules, key=lambda each: (getattr(each, "ORDER", 50), each.__name__)):
        if hasattr(module, "register"):
            module.register(app)
    return app


def main() -> None:
    """Run the command line. Exit codes: 0 all well, 1 some documents failed, 2 wrong use or bad knowledge files."""
    try:
        build_app()()
    except RiwayaError as error:
        print(f"riwaya: {error}", file=sys.stderr)
        sys.exit(USAGE)
