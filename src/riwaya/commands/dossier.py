"""``riwaya dossier`` and ``riwaya control``: agreements with what follows, and who is said to hold a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from riwaya.commands.storing import JsonOption, StoreOption, console, day, open_existing, place_name, print_json, table

if TYPE_CHECKING:
    from riwaya.incidents.dossier import Dossier, Step

ORDER = 64
_SHOWN = 3


def dossier(
    id: Annotated[str | None, typer.Argument(help="An agreement's incident; all are listed without one.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As known on this day, YYYY-MM-DD.")] = None,
    place: Annotated[str | None, typer.Option(help="List only agreements about this place.")] = None,
    size: Annotated[int, typer.Option("--size", "-n", help="How many to list.")] = 20,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show an agreement: parties, who asserts and denies it, its batches in order, violations, end, precedents."""
    from riwaya.store import dossiers

    opened, as_of = open_existing(store), day(as_of, "--as-of")
    if id is not None:
        built = dossiers.dossier(opened, id, as_of=as_of)
        print_json(built) if json else _print_dossier(built)
        return
    found = dossiers.list_dossiers(opened, as_of=as_of, place=place_name(place), size=size)
    if json:
        print_json(found)
        return
    out = table("id", "first said", "parties", "places", "steps", "state")
    for each in found:
        names = (", ".join(each.parties), ", ".join(each.places[:4]))
        out.add_row(each.id, each.first_said, *names, str(len(each.batches)), each.state)
    console().print(out)


def _print_dossier(built: Dossier) -> None:
    screen = console()
    screen.print(f"{built.id}  {', '.join(built.parties) or 'parties not named'}: {', '.join(built.places)}")
    if built.sponsors:
        screen.print(f"sponsors: {', '.join(built.sponsors)}")
    screen.print(f"state: {built.state}\n")
    out = table("said on", "who", "stance", "via", "report")
    for voice in built.voices:
        out.add_row(voice.published, voice.source.name, voice.stance, ", ".join(voice.via), voice.report)
    screen.print(out)
    for heading in ("terms", "calms", "batches", "violations", "ends", "precedents"):
        _print_steps(heading, getattr(built, heading))


def _print_steps(heading: str, steps: Sequence[Step]) -> None:
    if not steps:
        return
    screen = console()
    screen.print(f"\n{heading}")
    out = table("  incident", "day", "what", "who", "from", "to", "how many", "said by", "disputed")
    for step in steps:
        what = step.kind if step.ordinal is None else f"{step.kind} no. {step.ordinal}"
        moved = "; ".join(f"{value} {name} ({', '.join(sources)})" for name, value, sources in step.moved)
        said = step.fields[0].sides if step.fields else ()
        by = "; ".join(f"{side.value}: {', '.join(side.sources)}" for side in said)
        rivals = ", ".join(field.name for field in step.fields if field.disputed)
        row = (_days(step), what, ", ".join(step.who), ", ".join(step.from_), ", ".join(step.to), moved, by, rivals)
        out.add_row(f"  {step.incident}", *row)
    screen.print(out)


def _days(step: Step) -> str:
    return f"{step.day}…{step.last}" if step.day and step.last else step.day or "–"


def control(
    place: Annotated[str, typer.Argument(help="A place; what lies in it, and what it lies in, too.")],
    on: Annotated[str | None, typer.Option(help="Who held it on this day, YYYY-MM-DD.")] = None,
    known: Annotated[str | None, typer.Option(help="As known on this day, YYYY-MM-DD.")] = None,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say who is said to hold a place, from when to when, by whose account. Rival claims stand side by side."""
    from riwaya.store.dossiers import control as read

    on, known = day(on, "--on"), day(known, "--known")
    found = read(open_existing(store), place_name(place) or place, on=on, known=known, wider=True)
    if json:
        print_json(found)
        return
    out = table("place", "holder", "since", "until", "by", "basis", "reports")
    for name, holdings in found.items():
        for each in holdings:
            basis = ", ".join(dict.fromkeys(claim.basis for claim in each.claims))
            reports = _some(list(dict.fromkeys(claim.voice.report for claim in each.claims)))
            out.add_row(name, each.holder, each.began, each.ended or "–", _some(each.sources), basis, reports)
    console().print(out)
    if not found:
        console().print("nothing is said of it")


def _some(names: Sequence[str]) -> str:
    """The first three of names, and how many more there are: JSON has all."""
    more = f" +{len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(dossier)
    app.command()(control)
