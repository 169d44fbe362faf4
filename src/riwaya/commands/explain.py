"""``riwaya explain``: the rule and the words behind each value, and what was considered and dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from riwaya.commands.incidents import explain_incident
from riwaya.commands.running import document_options, make_reader
from riwaya.commands.storing import StoreOption
from riwaya.model import Failure

ORDER = 20


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE|-|URL", help="A report, or the word 'incident' before its id.")],
    event: Annotated[str | None, typer.Argument(help="The id of one event, as e3.")] = None,
    store: StoreOption = None,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published, where the document does not say.")] = None,
    id: Annotated[str | None, typer.Option("--id", help="One report of a file that holds many.")] = None,
    knowledge: Annotated[list[Path] | None, typer.Option(help="Folder of knowledge files of your own.")] = None,
) -> None:
    """Explain a report's events: for each value its rule, its words in context, and what was dropped."""
    if file == "incident" and event is not None and not Path(file).exists():
        explain_incident(event, store)
        return
    from riwaya.documents import read_documents
    from riwaya.export.explanation import explain_report
    from riwaya.export.formats.table import clean

    reader = make_reader(tuple(knowledge or ()))
    failed = False
    for document in read_documents([file], document_options(published, outlet, None)):
        if isinstance(document, Failure):
            typer.echo(f"riwaya: {document.origin}: {document.reason}", err=True)
            failed = True
        elif id is None or document.id == id:
            for line in explain_report(reader.read_document(document, explain=True), event):
                typer.echo(clean(line).encode("utf-8", "backslashreplace").decode("utf-8"))
    raise typer.Exit(int(failed))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)
