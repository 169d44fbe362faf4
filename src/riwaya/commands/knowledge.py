"""``riwaya knowledge``: check the lexicons and look into them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from riwaya.knowledge.entries import Entry

ORDER = 40
Folders = Annotated[list[Path] | None, typer.Option("--knowledge", help="Folder of knowledge files of your own.")]
_SHOWN = 40  # entries listed before the rest is only counted


def check(knowledge: Folders = None) -> None:
    """Check every knowledge file: keys, doubled and dangling ids, odd letters.

    Exit code 1 where something is wrong.
    """
    from riwaya.knowledge.check import check_knowledge
    from riwaya.knowledge.entries import read_entries

    folders = _folders(knowledge)
    problems = check_knowledge(folders)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problems")
        raise typer.Exit(1)
    print(f"{sum(1 for _ in read_entries(folders)):,} entries, no problems")


def list_(
    section: Annotated[str | None, typer.Argument(help="A section: actors, places, kinds, …")] = None,
    knowledge: Folders = None,
) -> None:
    """List the sections, or the entries of one."""
    from riwaya.knowledge.entries import read_entries, sections

    folders = _folders(knowledge)
    if section is None:
        for name in sections(folders):
            print(f"{name:16} {sum(1 for _ in read_entries(folders, name)):>7,}")
        return
    if section not in sections(folders):
        raise typer.BadParameter(f"no section {section!r}; there are: {', '.join(sections(folders))}")
    for entry in read_entries(folders, section):
        print(_line(entry))


def show(
    id: Annotated[str, typer.Argument(help="The id of an entry.")],
    knowledge: Folders = None,
) -> None:
    """Show every entry of an id with file and line. Exit code 1 where there is none."""
    from riwaya.knowledge.entries import read_entries

    found = [entry for entry in read_entries(_folders(knowledge)) if entry.id == id]
    for entry in found:
        print(f"{entry.section}  {entry.path.name}:{entry.line}")
        for key, value in entry.values.items():
            print(f"  {key}: {_inline(value)}")
    if not found:
        print(f"no entry '{id}'")
        raise typer.Exit(1)


def search(
    words: Annotated[str, typer.Argument(help="A name or word, in any spelling.")],
    all: Annotated[bool, typer.Option("--all", help="List every entry found.")] = False,
    knowledge: Folders = None,
) -> None:
    """Find entries by a name or word; exact names first. Exit code 1 where there is none."""
    from riwaya.knowledge.entries import find_entries
    from riwaya.text.normalise import fold

    wanted = fold(words).strip()
    found = sorted(find_entries(_folders(knowledge), words), key=lambda entry: not _has_exactly(entry, wanted))
    shown = found if all else found[:_SHOWN]
    for entry in shown:
        print(_line(entry))
    if len(found) > len(shown):
        print(f"and {len(found) - len(shown):,} more (--all)")
    if not found:
        print(f"nothing found for '{words}'")
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Check the lexicons and look into them.")
    group.command()(check)
    group.command("list")(list_)
    group.command()(show)
    group.command()(search)
    app.add_typer(group, name="knowledge")


def _folders(own: Iterable[Path] | None) -> list[Path]:
    from riwaya.knowledge.load import DATA

    folders = list(own or ())
    for folder in folders:
        if not folder.is_dir():
            raise typer.BadParameter(f"no such folder: {folder}", param_hint="--knowledge")
    return [DATA, *folders]


def _has_exactly(entry: Entry, wanted: str) -> bool:
    from riwaya.text.normalise import fold

    return any(wanted in (part.strip() for part in fold(text).split("|")) for text in entry.words())


def _inline(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_inline, value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(item)}" for key, item in value.items()) + "}"
    return str(value)


def _line(entry: Entry) -> str:
    names = [entry.values.get(key) for key in ("name", "arabic", "phrases", "forms", "words")]
    told = " · ".join(_inline(value) for value in names if value and value != entry.id)
    return f"{entry.section:10} {entry.id:32} {told[:90]}".rstrip()
