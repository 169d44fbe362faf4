"""``riwaya evaluate``: compare coded reports with gold records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from riwaya.evaluation.gold import GoldRecord
    from riwaya.evaluation.score import Coded, Scores, Tally

ORDER = 30


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of gold records, or one record.")],
    coded: Annotated[Path, typer.Argument(help="Coded reports as JSON lines; - is standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="Print the figures by layer only.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List the errors of every report.")] = False,
    show: Annotated[str | None, typer.Option(metavar="ID", help="List the errors of one report.")] = None,
) -> None:
    """Measure coded reports against gold records: precision, recall, F1 by layer, field, kind and theatre."""
    from riwaya.evaluation.coded import read_coded
    from riwaya.evaluation.gold import read_gold
    from riwaya.evaluation.score import score

    records = list(read_gold(gold))
    answers = read_coded(coded)
    if show is not None:
        records = [record for record in records if record.id == show]
        if not records:
            raise typer.BadParameter(f"no gold record has the id {show!r}", param_hint="--show")
    scores = score(records, answers)
    if json:
        _print_json(scores)
        return
    console = _console()
    _print_scores(console, scores, brief or show is not None)
    if errors or show is not None:
        for record in records:
            _print_errors(console, record, answers.get(record.id, {}))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 110)


def _print_json(scores: Scores) -> None:
    import json

    parts = {name: getattr(scores, name) for name in ("layers", "fields", "kinds", "theatres")}
    figures = {part: {name: tally.figures() for name, tally in named.items()} for part, named in parts.items()}
    print(json.dumps({"reports": scores.reports, "missing": scores.missing, **figures}, ensure_ascii=False))


def _print_scores(console: Console, scores: Scores, brief: bool) -> None:
    console.print(f"{scores.reports} gold reports, {scores.missing} of them not coded")
    _print_tallies(console, "layer", scores.layers)
    if brief:
        return
    _print_tallies(console, "field of paired events", scores.fields)
    _print_tallies(console, "events by kind", dict(sorted(scores.kinds.items())))
    _print_tallies(console, "facts by theatre", dict(sorted(scores.theatres.items())))


def _print_tallies(console: Console, heading: str, tallies: dict[str, Tally]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, min_width=24)
    for name in ("P", "R", "F1", "right", "coded", "gold"):
        table.add_column(name, justify="right")
    for name, tally in tallies.items():
        shares = (f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1))
        table.add_row(name, *shares, str(tally.right), str(tally.coded), str(tally.gold))
    console.print(table)
    console.print()


def _print_errors(console: Console, record: GoldRecord, answer: Coded) -> None:
    from rich.table import Table

    from riwaya.evaluation.errors import error_rows
    from riwaya.evaluation.score import compare_events

    comparison = compare_events(record, answer)
    rows = list(error_rows(comparison))
    console.print(f"{record.id}: {len(comparison.pairs)} of {len(record.events)} events found, {len(rows)} errors")
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("event", "field", "gold", "coded"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(row.event, row.field, row.gold or "–", row.coded or "–")
    console.print(table)
    console.print()
