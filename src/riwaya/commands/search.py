"""``riwaya search`` and ``riwaya changes``: find reports by their words, and list what changed in the store."""

from __future__ import annotations

from typing import Annotated

import typer

from riwaya.commands.storing import JsonOption, StoreOption, console, make_filter, open_existing, print_json, table

ORDER = 63
_AROUND = 50  # characters shown either side of a hit


def search(
    words: Annotated[str, typer.Argument(help='Words, in any spelling; words in "quotes" stand in a row.')],
    size: Annotated[int, typer.Option("--size", "-n", help="How many to list.")] = 20,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Find reports by their words: a form with a conjunction, an article or vowel signs is found too."""
    from riwaya.store.queries import hits, list_reports, report

    opened = open_existing(store)
    page = list_reports(opened, make_filter(text=words), size=size)
    if json:
        print_json({"total": page.total, "reports": page.items})
        return
    out = table("report", "published", "outlet", "words")
    for row in page.items:
        text = report(opened, row.id)["report"]["text"]
        start, end = next(iter(hits(text, words)), (0, 0))
        around = " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
        out.add_row(row.id, (row.published or "")[:10], row.outlet or "", around)
    screen = console()
    screen.print(out)
    screen.print(f"{len(page.items)} of {page.total:,} reports")


def changes(
    since: Annotated[str | None, typer.Option(help="A day or time (ISO), or the number of a change.")] = None,
    size: Annotated[int, typer.Option("--size", "-n", help="How many to list.")] = 1000,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List what changed: reports added, revised, withdrawn; corrections and judgements."""
    from riwaya.store.summaries import changes_since

    after: str | int | None = int(since) if since and since.isdigit() else since
    found = changes_since(open_existing(store), after, size=size)
    if json:
        print_json(found)
        return
    out = table("number", "at", "change", "about", "by", "reason")
    for each in found:
        texts = (each["at"], each["change"], each["subject"], each["coder"] or "", each["reason"] or "")
        out.add_row(str(each["number"]), *texts)
    console().print(out)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(changes)
