"""What commands that use a store share: the option, opening it, tables on the screen, names looked up."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from riwaya.store import Store
    from riwaya.store.filters import Filter

_WHOLE = ("id", "incident", "day", "days", "since", "until", "said on")  # columns that are not broken into lines
StoreOption = Annotated[
    str | None,
    typer.Option("--store", envvar="RIWAYA_STORE", help="A file, or postgresql://… (riwaya.db by default)."),
]
CoderOption = Annotated[
    str | None, typer.Option("--coder", envvar="RIWAYA_CODER", help="Your name in the record (your login by default).")
]
KnowledgeOption = Annotated[
    list[Path] | None,
    typer.Option("--knowledge", envvar="RIWAYA_KNOWLEDGE", help="Folder of knowledge files of your own."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def open_existing(address: str | None, knowledge: Sequence[Path] | None = None) -> Store:
    """The store at an address, to be linked by the rules of the folders too. Raises StoreError where there is none."""
    from riwaya.store import open_store

    return open_store(address, create=False, knowledge=knowledge or ())


def coder_name(given: str | None) -> str:
    """The coder's name: as given, else the login."""
    import getpass

    return given or getpass.getuser()


def console() -> Console:
    """Standard output as wide as the terminal, 110 columns elsewhere."""
    from rich.console import Console

    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 110)


def table(*columns: str) -> Table:
    """A table without lines."""
    from rich.table import Table

    built = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        built.add_column(name, overflow="fold", no_wrap=name.strip() in _WHOLE)
    return built


def print_json(value: Any) -> None:
    """Plain data, records among it, as indented JSON."""
    import dataclasses

    import orjson

    def plain(each: Any) -> Any:
        """What JSON has no form for: sets as sorted lists, records as objects."""
        if isinstance(each, frozenset):
            return sorted(each)
        return dataclasses.asdict(each)

    option = orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATACLASS
    sys.stdout.write(orjson.dumps(value, default=plain, option=option).decode() + "\n")


def place_name(given: str | None) -> str | None:
    """The canonical name of a place given in any spelling; as given where none is known."""
    if given is None:
        return None
    from riwaya.knowledge.knowledge import load_knowledge

    places = load_knowledge(()).places
    if given.isascii():
        return given if given in places.names else _alike(given, places.names)
    found = places.search(given)
    return found[0].name if found else given


def actor_name(given: str | None) -> str | None:
    """The canonical name of an actor given by any of its names; as given where none is known, and for an id."""
    if given is None:
        return None
    from riwaya.knowledge.actor_entries import fold_name
    from riwaya.knowledge.knowledge import load_knowledge

    actors = load_knowledge(()).actors
    if given in actors.entries:
        return given
    if not given.isascii():
        name = fold_name(given)
        ids = actors.by_name.get(name) or actors.by_short.get(name) or ()
        return actors.entries[ids[0]].name if ids else given
    names = {each: entry.name for entry in actors.entries.values() for each in (*entry.english, entry.name)}
    return names.get(_alike(given, names), given)


def _alike(given: str, names: Iterable[str]) -> str:
    wanted = given.casefold()
    return next((name for name in names if name.casefold() == wanted), given)


def day(given: str | None, option: str) -> str | None:
    """The day as given. Raises typer.BadParameter for what is no day of the calendar."""
    from datetime import date

    try:
        return None if given is None else date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"expected a day (YYYY-MM-DD), found '{given}'", param_hint=option) from error


def make_filter(**asked: Any) -> Filter:
    """A filter of the options given; lists become tuples, names of places and parties are looked up.

    Raises typer.BadParameter for a kind, stance, status or day that there is not.
    """
    from riwaya.model import Kind, Stance, Status
    from riwaya.store.filters import Filter

    for name, values in (("kind", Kind), ("stance", Stance), ("status", Status)):
        for value in asked.get(name) or ():
            if value not in list(values):
                known = ", ".join(values)
                raise typer.BadParameter(f"expected one of {known}, found '{value}'", param_hint=f"--{name}")
    for name in ("since", "until"):
        asked[name] = day(asked.get(name), f"--{name}")
    asked["place"] = place_name(asked.get("place"))
    asked["actor"], asked["source"] = actor_name(asked.get("actor")), actor_name(asked.get("source"))
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in asked.items() if v}
    return Filter(**given)
