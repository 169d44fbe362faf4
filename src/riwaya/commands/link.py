"""``riwaya link``: put accounts together, and judge whether two belong together; ``evaluate-links`` measures it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from riwaya.commands.storing import (
    CoderOption,
    JsonOption,
    KnowledgeOption,
    StoreOption,
    coder_name,
    console,
    open_existing,
    print_json,
    table,
)

ORDER = 61


def link(
    everything: Annotated[bool, typer.Option("--all", help="Compare everything anew, not only what waits.")] = False,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Put the accounts of one happening together as an incident."""
    from riwaya.store.linking import link_all, link_new

    opened = open_existing(store, knowledge)
    done = link_all(opened) if everything else link_new(opened)
    print(f"{done.reports:,} reports linked, {done.made:,} incidents made anew")


def judge(
    a: Annotated[str, typer.Argument(metavar="REPORT/EVENT", help="An account.")],
    b: Annotated[str, typer.Argument(metavar="REPORT/EVENT", help="Another account.")],
    verdict: Annotated[str, typer.Option(help="positive, negative, unsure.")],
    reason: Annotated[str | None, typer.Option(help="Why, for the record.")] = None,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Say whether two accounts tell one happening. The word holds through every later linking and can be undone."""
    from riwaya.store.linking import link_new
    from riwaya.store.writer import judge as keep

    opened = open_existing(store, knowledge)
    number = keep(opened, coder_name(coder), _key(a), _key(b), verdict, reason)
    link_new(opened)
    print(f"judgement {number} (riwaya unjudge {number} takes it back)")


def unjudge(
    number: Annotated[int, typer.Argument(help="Number of a judgement.")],
    reason: Annotated[str | None, typer.Option(help="Why, for the record.")] = None,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Take a judgement back."""
    from riwaya.store.linking import link_new
    from riwaya.store.writer import undo_judgement

    opened = open_existing(store, knowledge)
    undo_judgement(opened, coder_name(coder), number, reason)
    link_new(opened)


def _key(text: str) -> tuple[str, str]:
    report, slash, event = text.rpartition("/")
    if not slash or not report or not event:
        raise typer.BadParameter(f"expected REPORT/EVENT, found {text!r}")
    return report, event


def evaluate_links(
    gold: Annotated[Path, typer.Argument(help="A file of gold clusters.")],
    records: Annotated[Path, typer.Argument(help="Folder of gold records, whose events are linked.")],
    coded: Annotated[
        Path | None, typer.Option("--coded", help="JSON lines of coded reports: link their events instead.")
    ] = None,
    knowledge: KnowledgeOption = None,
    json: JsonOption = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what was split, mixed and missed.")] = False,
) -> None:
    """Measure linking and disputes against gold clusters: B³ precision, recall, F1, and the share of disputes found."""
    from riwaya.evaluation.links import evaluate_clusters

    scores = evaluate_clusters(gold, records, coded, knowledge or ())
    if json:
        print_json({"b3": scores.b3, "disputes": scores.disputes, "errors": scores.errors})
        return
    out = table("measure", "P", "R", "F1")
    for name, (precision, recall, f1) in scores.b3.items():
        out.add_row(f"B³ {name}", f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}")
    screen = console()
    screen.print(out)
    for name, (found, wanted) in scores.disputes.items():
        screen.print(f"disputes of {name}: {found} of {wanted} found with their sides")
    for line in scores.errors if errors else ():
        screen.print(line)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(link)
    app.command()(judge)
    app.command()(unjudge)
    app.command("evaluate-links")(evaluate_links)
