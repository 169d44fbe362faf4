"""CSV: one row an event and claim, each with its evidence, spans, quotation and address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from riwaya.export.line import count_phrase, event_line
from riwaya.export.quotations import quote_claim
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.export.rows import BOM, csv_line
from riwaya.model import Actor, Claim, CountMention, Event, Evidence, Failure, Party, Report

COLUMNS = (
    "report_id", "published", "outlet", "title", "url", "event", "kind", "status", "background", "what",
    "trigger", "trigger_start", "trigger_end", "from", "to", "edtf", "when_text",
    "agents", "targets", "mediators",
    "place", "place_role", "direction", "country", "lat", "lon", "level", "places",
    "ordinal", "counts", "killed_min", "killed_max", "wounded_min", "wounded_max",
    "source", "source_kind", "organisation", "via", "stance", "claim_counts",
    "quotation", "quotation_start", "quotation_end", "rule", "origin", "failure",
)  # fmt: skip


def write_csv(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write a header and the rows, UTF-8 with a mark so that spreadsheets read the Arabic."""
    out.write(BOM)
    out.write(csv_line(COLUMNS))
    for item in items:
        for row in csv_rows(item):
            out.write(csv_line([row.get(column, "") for column in COLUMNS]))


def csv_rows(item: Item) -> Iterator[dict[str, str]]:
    """The rows of a report: one an event and claim; a report without events has one row, and so has a failure."""
    if isinstance(item, Failure):
        where = item.origin if item.line is None else f"{item.origin}:{item.line}"
        yield {"report_id": where, "origin": where, "failure": item.reason}
        return
    report = _report_cells(item)
    if not item.events:
        yield {**report, "failure": "; ".join(item.notes)}
    for event in item.events:
        cells = {**report, **_event_cells(event)}
        for claim in event.claims:
            yield {**cells, **_claim_cells(claim, quote_claim(item, event, claim))}
        if not event.claims:
            yield cells


def _show(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _report_cells(report: Report) -> dict[str, str]:
    document = report.document
    names = ("published", "outlet", "title", "url", "origin")
    return {"report_id": document.id, **{name: _show(getattr(document, name)) for name in names}}


def _event_cells(event: Event) -> dict[str, str]:
    cells = {
        "event": event.id,
        "kind": event.kind.value,
        "status": event.status.value,
        "background": _show(event.background),
        "what": event_line(event),
        **_span_cells("trigger", event.trigger),
        "from": _show(event.when.from_),
        "to": _show(event.when.to),
        "edtf": _show(event.when.edtf),
        "when_text": event.when.evidence.text if event.when.evidence else "",
        "agents": _parties(event.agents),
        "targets": _parties(event.targets),
        "mediators": _parties(event.mediators),
        "ordinal": _show(event.ordinal),
        "counts": _counts(event.counts),
        "rule": event.rule,
    }
    cells |= _figure_cells("killed", event.counts) | _figure_cells("wounded", event.counts)
    return cells | _place_cells(event)


def _place_cells(event: Event) -> dict[str, str]:
    """The first place in cells of its own, all of them in ``places``."""
    cells = {"places": "; ".join(f"{place.role} {place.place.name}" for place in event.places)}
    if event.places:
        first = event.places[0]
        cells |= {
            "place": first.place.name,
            "place_role": first.role,
            "direction": _show(first.direction),
            "country": first.place.country,
            "lat": _show(first.place.lat),
            "lon": _show(first.place.lon),
            "level": first.place.level.value,
        }
    return cells


def _claim_cells(claim: Claim, quotation: Evidence) -> dict[str, str]:
    organisation = claim.source.actor.organisation
    return {
        "source": claim.source.actor.name,
        "source_kind": claim.source.kind.value,
        "organisation": organisation.name if organisation else "",
        "via": _names(claim.via),
        "stance": claim.stance.value,
        "claim_counts": _counts(claim.counts),
        **_span_cells("quotation", quotation),
    }


def _span_cells(name: str, evidence: Evidence) -> dict[str, str]:
    return {name: evidence.text, f"{name}_start": str(evidence.start), f"{name}_end": str(evidence.end)}


def _figure_cells(what: str, counts: Sequence[CountMention]) -> dict[str, str]:
    """The interval of the first total of what is counted; empty where there is none, or open on that side."""
    for count in counts:
        if count.what.value == what and count.part_of is None:
            return {f"{what}_min": _show(count.min), f"{what}_max": _show(count.max)}
    return {}


def _parties(parties: Sequence[Party]) -> str:
    return _names([party.actor for party in parties])


def _names(actors: Sequence[Actor]) -> str:
    return "; ".join(actor.name for actor in actors)


def _counts(counts: Sequence[CountMention]) -> str:
    return "; ".join(count_phrase(count) for count in counts)


EXPORT = Export("csv", (".csv",), "one row an event and claim", write_csv)
