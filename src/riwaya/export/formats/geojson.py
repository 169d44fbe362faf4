"""GeoJSON: a feature for each event and place of it that has coordinates, for maps and GIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from riwaya.export.coded import code_count
from riwaya.export.figures import event_id, place_precision, source_names
from riwaya.export.formats.jsonl import to_bytes
from riwaya.export.line import event_line
from riwaya.export.quotations import quote_event
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.model import Event, EventPlace, Failure, Report


def write_geojson(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write a feature collection; a failure is a feature without a place, so that nothing is lost."""
    out.write(b'{"type":"FeatureCollection","features":[')
    first = True
    for item in items:
        for feature in _failure(item) if isinstance(item, Failure) else _features(item):
            out.write(b"\n" if first else b",\n")
            out.write(to_bytes(feature))
            first = False
    out.write(b"\n]}\n")


def _features(report: Report) -> Iterator[dict[str, Any]]:
    for event in report.events:
        for where in event.places:
            if where.place.lat is not None and where.place.lon is not None:
                yield {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [where.place.lon, where.place.lat]},
                    "properties": _properties(report, event, where),
                }


def _properties(report: Report, event: Event, where: EventPlace) -> dict[str, Any]:
    document = report.document
    return {
        "id": event_id(report, event),
        "kind": event.kind.value,
        "what": event_line(event),
        "status": event.status.value,
        "background": event.background,
        "from": event.when.from_,
        "to": event.when.to,
        "place": where.place.name,
        "role": where.role,
        "direction": where.direction,
        "level": where.place.level.value,
        "precision": place_precision(where),
        "agents": [party.actor.name for party in event.agents],
        "targets": [party.actor.name for party in event.targets],
        "counts": [code_count(count) for count in event.counts],
        "sources": source_names(event),
        "quotation": quote_event(report, event).text,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
    }


def _failure(failure: Failure) -> Iterator[dict[str, Any]]:
    told = {"origin": failure.origin, "line": failure.line, "failure": failure.reason}
    yield {"type": "Feature", "geometry": None, "properties": told}


EXPORT = Export("geojson", (".geojson",), "one feature an event and place", write_geojson)
