"""A CSV with HXL hashtags in the row under the header, as humanitarian data exchanges read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from riwaya.export.figures import (
    all_counts,
    bounds,
    country_names,
    event_id,
    main_place,
    show,
    source_names,
)
from riwaya.export.line import event_line
from riwaya.export.quotations import quote_event
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.export.rows import BOM, csv_line
from riwaya.model import Event, Failure, Report, What

COLUMNS = {
    "Event": "#event+id",
    "Kind": "#event+type",
    "What": "#event+description",
    "Status": "#status",
    "From": "#date+start",
    "To": "#date+end",
    "Country": "#country+name",
    "Country code": "#country+code+v_iso2",
    "Place": "#loc+name",
    "Latitude": "#geo+lat",
    "Longitude": "#geo+lon",
    "Agents": "#org+agent",
    "Targets": "#org+target",
    "Killed, at least": "#affected+killed+min",
    "Killed, at most": "#affected+killed+max",
    "Wounded, at least": "#affected+injured+min",
    "Wounded, at most": "#affected+injured+max",
    "Displaced, at least": "#affected+displaced+min",
    "Displaced, at most": "#affected+displaced+max",
    "Sources": "#meta+source",
    "Quotation": "#meta+quote",
    "Published": "#date+published",
    "Outlet": "#meta+publisher",
    "Address": "#meta+url",
}
_COUNTED = (("Killed", What.KILLED), ("Wounded", What.WOUNDED), ("Displaced", What.DISPLACED))


def write_hxl(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write header, hashtags, and a row an event; a failure is a row with the reason."""
    out.write(BOM + csv_line(list(COLUMNS)) + csv_line(list(COLUMNS.values())))
    for item in items:
        if isinstance(item, Failure):
            rows = [{"Event": item.origin, "What": f"not read: {item.reason}"}]
        else:
            rows = [_row(item, event) for event in item.events]
        for row in rows:
            out.write(csv_line([row.get(column, "") for column in COLUMNS]))


def _row(report: Report, event: Event) -> dict[str, str]:
    cells = {
        "Event": event_id(report, event),
        "Kind": event.kind.value,
        "What": event_line(event),
        "Status": event.status.value,
        "From": show(event.when.from_),
        "To": show(event.when.to),
        "Agents": "; ".join(party.actor.name for party in event.agents),
        "Targets": "; ".join(party.actor.name for party in event.targets),
        "Sources": "; ".join(source_names(event)),
        "Quotation": quote_event(report, event).text,
        "Published": show(report.document.published),
        "Outlet": show(report.document.outlet),
        "Address": show(report.document.url),
    }
    for name, what in _COUNTED:
        low, high = bounds(all_counts(event, what))
        cells |= {f"{name}, at least": show(low), f"{name}, at most": show(high)}
    where = main_place(event)
    if where is not None:
        place = where.place
        cells |= {"Place": place.name, "Latitude": show(place.lat), "Longitude": show(place.lon)}
        cells |= {"Country": country_names().get(place.country, place.country), "Country code": place.country}
    return cells


EXPORT = Export("hxl", (".hxl.csv",), "a CSV with HXL hashtags, one row an event", write_hxl)
