"""``riwaya recode``: what this version of the reader, or other knowledge, would change in a store; kept if told to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from riwaya.commands.running import make_reader
from riwaya.commands.storing import JsonOption, KnowledgeOption, StoreOption, console, open_existing, print_json

if TYPE_CHECKING:
    from riwaya.reading.reader import Reader
    from riwaya.store import Store
    from riwaya.store.recoding import Change

ORDER = 66
_COLOURS = {"gone": "red", "new": "green", "changed": "yellow", "lost": "bold red"}


def recode(
    reports: Annotated[list[str] | None, typer.Argument(help="Ids of reports; all where none is given.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the new codings; without it they are only shown.")] = False,
    knowledge: KnowledgeOption = None,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Code the store's reports with this version of the reader and show what would change; --keep keeps it."""
    from riwaya.store.linking import link_new

    opened = open_existing(store, knowledge)
    ids = reports or _all_ids(opened)
    found: list[Change] = []
    for change in _changes(opened, _followed(ids), make_reader(tuple(knowledge or ())), keep=keep):
        if change.is_none:
            continue
        found.append(change)
        if not json:
            _print_change(opened, change)
    if json:
        print_json(found)
    else:
        _print_sum(found, len(ids), keep=keep)
    if keep:
        link_new(opened)


def _all_ids(store: Store) -> list[str]:
    """The ids of all reports that stand."""
    from riwaya.store.queries import list_reports

    total = list_reports(store, size=1).total
    return [row.id for row in list_reports(store, size=total).items]


def _changes(store: Store, ids: Iterable[str], reader: Reader, *, keep: bool) -> Iterator[Change]:
    """What the reader would change in each report, kept where that is wanted."""
    from riwaya.export.coded import code_report
    from riwaya.store.decoding import decode_report
    from riwaya.store.queries import report
    from riwaya.store.recoding import changes_of
    from riwaya.store.writer import recode as replace

    for id in ids:
        new = code_report(reader.read_document(decode_report(report(store, id, raw=True)).document))
        for change in changes_of(store, [new]):
            if keep and not change.is_none:
                replace(store, [new])
            yield change


def _followed(ids: list[str]) -> Iterator[str]:
    """The ids, with a bar on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    shown = sys.stderr.isatty() and len(ids) > 1
    yield from track(ids, "coding", console=Console(stderr=True), transient=True) if shown else ids


def _print_change(store: Store, change: Change) -> None:
    from rich.text import Text

    from riwaya.store.queries import report

    head = report(store, change.report)["report"]
    screen = console()
    title = " ".join(filter(None, (head.get("outlet"), (head.get("published") or "")[:10], head.get("title"))))
    screen.print(Text.assemble((change.report, "bold"), f"  {title}"))
    for what, line in _lines(change):
        screen.print(Text.assemble("  ", (f"{what:<8}", _COLOURS[what]), line))


def _lines(change: Change) -> Iterator[tuple[str, str]]:
    """What a change consists of, a line each: (gone, new, changed or lost; words)."""
    yield from (("gone", line) for line in change.gone)
    yield from (("new", line) for line in change.new)
    for event, name, before, after in change.changed:
        yield "changed", f"{event} {name}: {before or '–'} → {after or '–'}"
    yield from (("lost", f"correction {number} would find no event any more") for number in change.lost)


def _print_sum(found: list[Change], total: int, *, keep: bool) -> None:
    fields: Counter[str] = Counter(name for change in found for _, name, _, _ in change.changed)
    sums: dict[str, Any] = {
        "events gone": sum(len(each.gone) for each in found), "events new": sum(len(each.new) for each in found),
        "corrections lost": sum(len(each.lost) for each in found), **fields,
    }  # fmt: skip
    said = ", ".join(f"{name} {many:,}" for name, many in sums.items() if many)
    done = "changed" if keep else "would change"
    screen = console()
    screen.print(f"{len(found):,} of {total:,} reports {done}" + (f": {said}" if said else ""))
    if found and not keep:
        screen.print("Nothing was kept; --keep keeps it.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(recode)
