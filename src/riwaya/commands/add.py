"""``riwaya add``: code reports and keep them in a store; ``withdraw`` takes one out of view."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riwaya.commands.running import Run, document_options, make_reader
from riwaya.commands.storing import CoderOption, KnowledgeOption, StoreOption, coder_name, open_existing
from riwaya.model import Failure, Report

if TYPE_CHECKING:
    from riwaya.store.received import Received

ORDER = 60
_BATCH = 200  # reports confirmed at once
_MANY_FILES, _MANY_BYTES = 40, 500_000  # more files than this, or a larger one, are coded in several processes


def add(
    paths: Annotated[list[str], typer.Argument(metavar="FILE|DIR|-|URL…", help="What to add; - is standard input.")],
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published, where the document does not say.")] = None,
    title: Annotated[str | None, typer.Option(help="Headline, where the document does not say.")] = None,
    store: StoreOption = None,
    knowledge: KnowledgeOption = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, help="Processes; 0 = one a core where there is much to read.")
    ] = 0,
    link: Annotated[bool, typer.Option(help="Put accounts of one happening together at the end.")] = True,
) -> None:
    """Code reports and keep them: new ones, and changed ones as revisions; the same again changes nothing.

    Exit code: 0 all well, 1 some documents failed, 2 wrong use or the store failed.
    """
    from riwaya.store import open_store
    from riwaya.store.linking import link_new
    from riwaya.store.writer import Added, add_reports

    opened = open_store(store, knowledge=knowledge or ())
    options = document_options(published, outlet, title)
    run = Run(paths, options, functools.partial(make_reader, tuple(knowledge or ())), jobs or _cores_for(paths))
    total, batch = Added(), []
    with run.progress(shown=True):
        for item, failure in run.results(_received):
            if item is not None:
                batch.append(item)
            if len(batch) >= _BATCH:
                total.extend(add_reports(opened, batch))
                batch = []
            run.count(failure)
    total.extend(add_reports(opened, batch))
    told = f"{len(total.new):,} new, {len(total.changed):,} changed, {len(total.same):,} the same"
    print(f"{told}, {len(total.copies):,} reprints, {run.failed:,} failed", file=sys.stderr)
    if link and not run.interrupted:
        done = link_new(opened)
        print(f"{done.reports:,} reports linked: {done.made:,} incidents made anew", file=sys.stderr)
    raise typer.Exit(run.exit_code())


def _received(item: Report | Failure) -> tuple[Received | None, Failure | None]:
    """A report made ready to be kept; runs in the process that coded it."""
    from riwaya.store.received import Received

    return (None, item) if isinstance(item, Failure) else (Received.of(item), None)


def _cores_for(paths: Sequence[str]) -> int:
    """How many processes are worth starting, as each loads the lexicons: one a core for much to read, else one."""
    from riwaya.documents import count_files

    large = any(Path(path).is_file() and Path(path).stat().st_size > _MANY_BYTES for path in paths)
    return (os.cpu_count() or 1) if large or count_files(paths) > _MANY_FILES else 1


def withdraw(
    report: Annotated[str, typer.Argument(help="The id of a report.")],
    reason: Annotated[str, typer.Option(help="Why, for the record.")],
    restore: Annotated[bool, typer.Option("--restore", help="Take the withdrawal back.")] = False,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Take a report out of view (or back); its revisions stay and the change is in the log."""
    from riwaya.store.linking import link_new
    from riwaya.store.writer import restore_report, withdraw_report

    opened = open_existing(store, knowledge)
    (restore_report if restore else withdraw_report)(opened, report, coder_name(coder), reason)
    link_new(opened)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(add)
    app.command()(withdraw)
