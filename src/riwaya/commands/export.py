"""``riwaya export``: write what a store holds, persons' corrections laid over, in any of the formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from riwaya.commands.running import choose_format, export_options, open_output
from riwaya.commands.storing import StoreOption, make_filter, open_existing

ORDER = 66


def export(
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, json, jsonl, csv, html, …")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of the screen.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only reports with such an event; may be given again.")] = None,
    place: Annotated[str | None, typer.Option(help="Only reports of a place and what lies in it.")] = None,
    actor: Annotated[str | None, typer.Option(help="Only reports in which a party, by name or id, is one.")] = None,
    source: Annotated[str | None, typer.Option(help="Only reports in which a source speaks.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day, YYYY-MM-DD.")] = None,
    text: Annotated[str | None, typer.Option(help="Only reports that hold these words.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the store's reports in a format. Where a person decided, that value stands, and its rule names the person.

    Withdrawn reports are left out.
    """
    from riwaya.store.queries import iter_reports

    chosen = choose_format(format, output)
    asked = make_filter(kind=kind, place=place, actor=actor, source=source, since=since, until=until, text=text)
    opened = open_existing(store)
    with open_output(output) as out:
        chosen.write(iter_reports(opened, asked), out, export_options(output))
        out.flush()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
