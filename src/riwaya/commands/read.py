"""``riwaya read``: code reports and write them in a format."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riwaya.commands.running import Run, choose_format, document_options, export_options, make_reader, open_output
from riwaya.model import Failure, Report

if TYPE_CHECKING:
    from riwaya.export import Export

ORDER = 10


def read(
    paths: Annotated[list[str], typer.Argument(metavar="FILE|DIR|-|URL…", help="What to read; - is standard input.")],
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published, where the document does not say.")] = None,
    title: Annotated[str | None, typer.Option(help="Headline, where the document does not say.")] = None,
    format: Annotated[str | None, typer.Option("--format", "-f", help="table, json, jsonl, csv, html, …")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of the screen.")] = None,
    knowledge: Annotated[list[Path] | None, typer.Option(help="Folder of knowledge files of your own.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0 = one a core.")] = 1,
) -> None:
    """Code reports: what happened, where, when, by whose word.

    Exit code: 0 all well, 1 some documents failed (each is recorded in the output), 2 wrong use.
    """
    options = document_options(published, outlet, title)
    export = choose_format(format, output)
    run = Run(paths, options, functools.partial(make_reader, tuple(knowledge or ())), jobs or os.cpu_count() or 1)
    written = export_options(output)
    with open_output(output) as out, run.progress(shown=output is not None or not written.terminal):
        if export.encode is not None:
            for data, failure in run.results(functools.partial(_encoded, export)):
                out.write(data)
                if run.jobs == 1:
                    out.flush()
                run.count(failure)
        else:
            export.write(_counted(run), out, written)
        out.flush()
    raise typer.Exit(run.exit_code())


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(read)


def _encoded(export: Export, item: Report | Failure) -> tuple[bytes, Failure | None]:
    """The bytes of a report, and the failure where it is one; runs in the process that coded it."""
    encode = export.encode
    return (encode(item) if encode else b""), item if isinstance(item, Failure) else None


def _same(item: Report | Failure) -> Report | Failure:
    return item


def _counted(run: Run) -> Iterator[Report | Failure]:
    for item in run.results(_same):
        yield item
        run.count(item if isinstance(item, Failure) else None)
