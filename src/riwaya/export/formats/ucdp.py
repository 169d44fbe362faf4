"""A CSV in the column layout of UCDP GED, for tools that read it: events of violence with their deaths.

``low`` and ``high`` are the bounds over all sources, ``best`` is left empty where sources differ: no mean is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from riwaya.export.figures import (
    all_counts,
    bounds,
    event_id,
    happened,
    main_place,
    place_precision,
    show,
    source_names,
    time_precision,
)
from riwaya.export.quotations import quote_event
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.export.rows import BOM, csv_line
from riwaya.model import FAMILIES, CountMention, Event, Failure, Kind, Report, What

COLUMNS = (
    *("id", "side_a", "side_b", "dyad_name", "type_of_violence", "number_of_sources", "source_article"),
    *("source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude"),
    *("event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
)
_VIOLENCE = (*FAMILIES["battle"], *FAMILIES["remote"], Kind.KILLING)


def write_ucdp(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write a header and a row an event of violence; a failure is a row with the reason."""
    out.write(BOM + csv_line(COLUMNS))
    for item in items:
        if isinstance(item, Failure):
            rows = [{"id": item.origin, "source_article": f"not read: {item.reason}"}]
        else:
            rows = [_row(item, event) for event in happened(item) if event.kind in _VIOLENCE]
        for row in rows:
            out.write(csv_line([row.get(column, "") for column in COLUMNS]))


def _row(report: Report, event: Event) -> dict[str, str]:
    document = report.document
    first = [party.actor.name for party in event.agents]
    second = [party.actor.name for party in event.targets] or first[1:]
    first = first if event.targets else first[:1]
    return {
        "id": event_id(report, event),
        "side_a": "; ".join(first),
        "side_b": "; ".join(second),
        "dyad_name": f"{first[0]} - {second[0]}" if first and second else "",
        "number_of_sources": str(len(source_names(event))),
        "source_article": quote_event(report, event).text,
        "source_office": show(document.outlet),
        "source_date": show(document.published)[:10],
        "source_headline": show(document.title),
        "source_original": "; ".join(source_names(event)),
        **_place_cells(event),
        "date_prec": show(time_precision(event)),
        "date_start": show(event.when.from_),
        "date_end": show(event.when.to),
        **_death_cells(event),
    }


def _place_cells(event: Event) -> dict[str, str]:
    where = main_place(event)
    if where is None:
        return {}
    return {
        "where_prec": str(place_precision(where)),
        "where_coordinates": where.place.name,
        "where_description": " ".join(filter(None, (where.direction, where.evidence.text))),
        "adm_1": where.place.admin1 or "",
        "latitude": show(where.place.lat),
        "longitude": show(where.place.lon),
    }


def _death_cells(event: Event) -> dict[str, str]:
    killed = all_counts(event, What.KILLED)
    low, high = bounds(killed)
    agreed = len({(count.min, count.max) for count in killed}) == 1 and low == high
    return {
        "deaths_civilians": _sum_of(killed, "civilians"),
        "best": show(low) if agreed else "",
        "high": show(high),
        "low": show(low),
    }


def _sum_of(counts: list[CountMention], who: str) -> str:
    lows = [count.min for count in counts if count.who == who and count.min is not None]
    return show(min(lows)) if lows else ""


EXPORT = Export("ucdp", (".ucdp.csv",), "a CSV in the layout of UCDP GED, one row an event of violence", write_ucdp)
