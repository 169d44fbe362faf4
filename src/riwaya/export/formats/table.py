"""The table for a terminal: one row an event, and under it each claim with its source, chain, stance and words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from riwaya.export.line import count_phrase, event_line, place_name
from riwaya.export.quotations import quote_claim
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.model import Claim, CountMention, Event, Evidence, Failure, Party, Report, Stance, Status

MARKS = {
    Stance.ASSERTS: ("●", "green"),
    Stance.DENIES: ("✕", "red"),
    Stance.UNCONFIRMED: ("?", "yellow"),
    Stance.CLAIMS_RESPONSIBILITY: ("◆", "magenta"),
}
_STANCES = {
    Stance.ASSERTS: "asserts",
    Stance.DENIES: "denies",
    Stance.UNCONFIRMED: "unconfirmed",
    Stance.CLAIMS_RESPONSIBILITY: "claims it",
}
_QUOTED = 160  # characters of a quotation that are shown
_NARROWEST = 80
_KIND_WIDTH = 13
_WHEN_WIDTH = 10
_CLAIM_WIDTH = 44


def write_table(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write each report as it comes, ``options.width`` columns wide; colours only on a terminal."""
    stream = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", write_through=True, newline="\n")
    width = max(options.width, _NARROWEST)
    console = Console(file=stream, width=width, force_terminal=options.terminal, highlight=False, markup=False)
    try:
        for item in items:
            console.print(failure_line(item) if isinstance(item, Failure) else report_table(item, width))
            console.print()
    finally:
        stream.detach()


def failure_line(failure: Failure) -> RenderableType:
    """A failure in one line."""
    where = failure.origin if failure.line is None else f"{failure.origin}:{failure.line}"
    return Line.assemble(("✕ not read  ", "red"), (clean(where), "bold"), "  ", clean(failure.reason))


def report_table(report: Report, width: int) -> RenderableType:
    """A report's heading, its events that are news, and after them those told as background."""
    news = [event for event in report.events if not event.background]
    past = [event for event in report.events if event.background]
    parts: list[RenderableType] = [_heading(report)]
    parts += [Line(f"note: {clean(note)}", style="yellow") for note in report.notes]
    parts.append(_header(width) if report.events else Line("no events", style="dim"))
    for number, event in enumerate(news, start=1):
        parts.append(_event(report, number, event, width))
    if past:
        parts.append(Line("background", style="bold dim"))
    for number, event in enumerate(past, start=len(news) + 1):
        parts.append(_event(report, number, event, width))
    return Group(*parts)


def _heading(report: Report) -> RenderableType:
    document = report.document
    facts = [document.id, document.outlet, document.published or "no publication date"]
    count = len(report.events)
    facts.append("1 event" if count == 1 else f"{count} events")
    heading = Line(" · ".join(clean(fact) for fact in facts if fact), style="bold")
    if document.title:
        heading.append("\n" + clean(document.title), style="not bold")
    return heading


def clean(text: str) -> str:
    """Text of a report without line ends and control characters, which could steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _event(report: Report, number: int, event: Event, width: int) -> RenderableType:
    """The event's line, its values in columns under it, and its claims."""
    top = Table.grid(padding=(0, 1, 0, 0))
    top.add_column(width=3, justify="right")
    top.add_column(width=_KIND_WIDTH)
    top.add_column(width=width - _KIND_WIDTH - 6)
    line = Line(clean(event_line(event, with_status=False)), style="bold")
    top.add_row(str(number), Line(event.kind.value.replace("_", " "), style="cyan"), line)
    values = Table.grid(padding=(0, 1, 0, 0))
    for size in _widths(width):
        values.add_column(width=size, overflow="fold")
    values.add_row("", _status(event), _when(event), _where(event), _who(event), _counts(event.counts))
    return Group(top, values, *(_claim(claim, quote_claim(report, event, claim), width) for claim in event.claims))


def _header(width: int) -> RenderableType:
    values = Table.grid(padding=(0, 1, 0, 0))
    for size in _widths(width):
        values.add_column(width=size)
    names = ("#", "kind, status", "when", "where", "who → whom", "counts")
    values.add_row(*(Line(name, style="dim") for name in names))
    return values


def _widths(width: int) -> list[int]:
    """Column widths; the same for every event, so that a report reads as one table."""
    rest = width - 3 - _KIND_WIDTH - _WHEN_WIDTH - 6
    where, who = int(rest * 0.36), int(rest * 0.38)
    return [3, _KIND_WIDTH, _WHEN_WIDTH, where, who, rest - where - who]


def _status(event: Event) -> Line:
    style = "dim" if event.status is Status.OCCURRED else "yellow"
    return Line(event.status.value.replace("_", " "), style=style)


def _when(event: Event) -> Line:
    when = event.when
    if when.from_ is None and when.to is None:
        return Line("–", style="dim")
    if when.from_ == when.to:
        return Line(when.from_ or "")
    return Line(f"{when.from_ or '…'}\n{when.to or '…'}")


def _where(event: Event) -> Line:
    """The places: `Damascus (south) → Syrian Desert` for a movement."""
    at = [place_name(place) for place in event.places if place.role == "at"]
    moved = [
        " and ".join(place_name(place) for place in event.places if place.role == role) for role in ("from", "to")
    ]
    parts = [", ".join(at)] if at else []
    if any(moved):
        parts.append(f"{moved[0] or '…'} → {moved[1] or '…'}")
    return Line(clean("; ".join(parts))) if parts else Line("–", style="dim")


def _who(event: Event) -> Line:
    if not (event.agents or event.targets or event.mediators):
        return Line("–", style="dim")
    line = Line(clean(_names(event.agents) or "–"))
    if event.targets:
        line.append(" → ", style="dim").append(clean(_names(event.targets)))
    if event.mediators:
        line.append(" under ", style="dim").append(clean(_names(event.mediators)))
    return line


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(dict.fromkeys(party.actor.name for party in parties))


def _counts(counts: Sequence[CountMention]) -> Line:
    return Line(clean("\n".join(count_phrase(count) for count in counts)))


def _claim(claim: Claim, quotation: Evidence, width: int) -> RenderableType:
    """Stance, source and chain to the left, the quoted words to the right."""
    mark, colour = MARKS[claim.stance]
    left = Line.assemble((f"{mark} {_STANCES[claim.stance]}", colour), "  ", clean(_source(claim)))
    if claim.via:
        left.append(clean(" via " + ", ".join(actor.name for actor in claim.via)), style="dim")
    figures = "; ".join(count_phrase(count) for count in claim.counts)
    if figures:
        left.append(f" ({figures})")
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=3)
    grid.add_column(width=_CLAIM_WIDTH)
    grid.add_column(width=width - _CLAIM_WIDTH - 6, overflow="fold")
    grid.add_row("", left, Line(_shorten(quotation), style="dim"))
    return grid


def _source(claim: Claim) -> str:
    organisation = claim.source.actor.organisation
    return claim.source.actor.name + (f", {organisation.name}" if organisation else "")


def _shorten(quotation: Evidence) -> str:
    text = " ".join(clean(quotation.text).split())
    return f"«{text if len(text) <= _QUOTED else text[:_QUOTED].rstrip() + '…'}»"


EXPORT = Export("table", (), "events and their claims, for reading in a terminal", write_table)
