"""``riwaya review`` and what belongs to it: ``correct``, ``undo``, ``agreement``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from riwaya.commands.storing import (
    CoderOption,
    JsonOption,
    KnowledgeOption,
    StoreOption,
    coder_name,
    console,
    make_filter,
    open_existing,
    print_json,
    table,
)

if TYPE_CHECKING:
    from riwaya.store import Store
    from riwaya.store.views import EventRow

ORDER = 65
_KEYS = {"a": "accept", "x": "reject", "f": "flag"}
_HELP = "a accept · x reject · f flag · space skip · backspace undo · ? help · q quit"
_PAGE = 200


def review(
    kind: Annotated[list[str] | None, typer.Option(help="Kind of event; may be given again.")] = None,
    place: Annotated[str | None, typer.Option(help="A place and what lies in it.")] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only events of disputed incidents.")] = False,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Go through events that nobody has reviewed, one key each. Every decision is kept at once and can be undone."""
    from dataclasses import replace

    from riwaya.store.linking import link_new
    from riwaya.store.queries import list_events

    opened, name = open_existing(store, knowledge), coder_name(coder)
    asked = make_filter(kind=kind, place=place, disputed=disputed or None)
    page = list_events(opened, replace(asked, reviewed=False, reprint=False), size=_PAGE)
    console().print(f"{page.total:,} events to review as {name}. {_HELP}")
    done = _review_rows(opened, name, page.items)
    if done:
        link_new(opened)
    console().print(f"{done} decisions kept")


def _review_rows(store: Store, coder: str, rows: tuple[EventRow, ...]) -> int:
    from riwaya.store.writer import Decision, correct, undo

    made: list[int] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        _show(store, row, f"{at + 1}/{len(rows)}")
        key = _key()
        if key == "q":
            break
        if key == "back":
            if made:
                undo(store, coder, made.pop())
                at -= 1
            continue
        if key in _KEYS:
            made.append(correct(store, coder, Decision(row.report, row.event, _KEYS[key])))
            at += 1
        elif key == "skip":
            at += 1
        else:
            console().print(_HELP)
    return len(made)


def _key() -> str:
    """The next key; a character of standard input where that is no terminal; q at its end."""
    try:
        key = typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1)
    except (EOFError, KeyboardInterrupt, IndexError, OSError):
        return "q"
    return {" ": "skip", "\x7f": "back", "\x08": "back", "": "q", "\x04": "q", "\x03": "q"}.get(key, key)


def _show(store: Store, row: EventRow, where: str) -> None:
    from riwaya.store.queries import report

    coded = report(store, row.report)
    text = coded["report"]["text"]
    event = next(each for each in coded["events"] if each["id"] == row.event)
    start, end = event["trigger"]["start"] or 0, event["trigger"]["end"] or 0
    words = f"{text[max(0, start - 120) : start]}[{text[start:end]}]{text[end : end + 120]}"
    screen = console()
    screen.print(f"\n{where}  {row.report} {row.event}  {row.outlet or ''} {(row.published or '')[:10]}")
    screen.print(f"{row.kind}, {row.status}: {row.line}")
    screen.print(" ".join(words.split()))
    for claim in event["claims"]:
        screen.print(f"  {claim['source']['name']} {claim['stance']}")


def correct(
    report: Annotated[str, typer.Argument(help="The id of a report.")],
    action: Annotated[str, typer.Argument(help="accept, reject, change, add, flag.")],
    event: Annotated[str | None, typer.Option("--event", help="The id of an event; none to add one.")] = None,
    field: Annotated[str | None, typer.Option(help="kind, status, from, agents, places, counts, claims, …")] = None,
    value: Annotated[str | None, typer.Option(help="The value: JSON, or plain text.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the record.")] = None,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Accept, reject, change or add an event or one of its values."""
    from riwaya.store.linking import link_new
    from riwaya.store.writer import Decision
    from riwaya.store.writer import correct as keep

    opened = open_existing(store, knowledge)
    decision = Decision(report, event, action, field, _value(value), reason)
    number = keep(opened, coder_name(coder), decision)
    link_new(opened)
    print(f"correction {number} (riwaya undo {number} takes it back)")


def _value(text: str | None) -> Any:
    import json

    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def undo(
    number: Annotated[int, typer.Argument(help="Number of a correction.")],
    reason: Annotated[str | None, typer.Option(help="Why, for the record.")] = None,
    coder: CoderOption = None,
    knowledge: KnowledgeOption = None,
    store: StoreOption = None,
) -> None:
    """Take a correction back."""
    from riwaya.store.linking import link_new
    from riwaya.store.writer import undo as take_back

    opened = open_existing(store, knowledge)
    take_back(opened, coder_name(coder), number, reason)
    link_new(opened)


def agreement(
    first: Annotated[str, typer.Argument(help="A coder.")],
    second: Annotated[str, typer.Argument(help="Another coder.")],
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Measure how far two coders agree on the reports that both worked on: F1 of facts, Krippendorff's alpha."""
    from riwaya.store.agreement import agreement as measure

    found = measure(open_existing(store), first, second)
    if json:
        print_json(found)
        return
    out = table("field", "alpha")
    for name, value in found.alpha.items():
        out.add_row(name, "–" if value is None else f"{value:.3f}")
    console().print(f"{found.reports} reports, facts F1 {found.facts_f1:.3f}")
    console().print(out)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (review, correct, undo, agreement):
        app.command()(command)
