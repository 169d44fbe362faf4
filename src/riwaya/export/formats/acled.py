"""A CSV in the column layout of ACLED, for tools that read it. The codes are this project's, never ACLED's data.

Only what is told as occurred or going on is written. ``fatalities`` is the lowest figure that any source gives, empty
where none is given; ``iso``, ``region``, ``source_scale`` and ``timestamp`` stay empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from riwaya.export.figures import (
    all_counts,
    bounds,
    country_names,
    event_id,
    happened,
    kind_codes,
    main_place,
    place_precision,
    show,
    source_names,
    time_precision,
)
from riwaya.export.line import event_line
from riwaya.export.quotations import quote_event
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.export.rows import BOM, csv_line
from riwaya.model import Actor, ActorKind, Event, Failure, Kind, Level, Report, What

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
_MUTUAL = (Kind.CLASH, Kind.AGREEMENT, Kind.CEASEFIRE, Kind.NEGOTIATION)
_CIVILIANS = 7  # ACLED's interaction group


def write_acled(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write a header and a row an event; a failure is a row with the reason under ``notes``."""
    out.write(BOM + csv_line(COLUMNS))
    for item in items:
        if isinstance(item, Failure):
            rows = [{"event_id_cnty": item.origin, "notes": f"not read: {item.reason}"}]
        else:
            rows = [_row(item, event) for event in happened(item)]
        for row in rows:
            out.write(csv_line([row.get(column, "") for column in COLUMNS]))


def _row(report: Report, event: Event) -> dict[str, str]:
    codes = kind_codes()[event.kind]
    low, _ = bounds(all_counts(event, What.KILLED))
    return {
        "event_id_cnty": event_id(report, event),
        "event_date": show(event.when.from_),
        "year": show(event.when.from_)[:4],
        "time_precision": show(time_precision(event)),
        "disorder_type": codes.disorder,
        "event_type": codes.event,
        "sub_event_type": codes.sub_event,
        **_actor_cells(event),
        **_place_cells(event),
        "source": "; ".join(source_names(event)),
        "notes": f"{event_line(event)}. «{quote_event(report, event).text}» {report.document.url or ''}".strip(),
        "fatalities": show(low),
        "tags": "; ".join(["background"] * event.background + [event.status.value]),
    }


def _actor_cells(event: Event) -> dict[str, str]:
    """Agents against targets; the parties of a mutual event against each other."""
    first, second = [p.actor for p in event.agents], [p.actor for p in event.targets]
    if event.kind in _MUTUAL and not second:
        first, second = first[:1], first[1:]
    one, two = _group(first), _group(second)
    targeted = any(actor.kind is ActorKind.CIVILIANS or actor.interaction == _CIVILIANS for actor in second)
    return {
        "actor1": first[0].name if first else "",
        "assoc_actor_1": "; ".join(actor.name for actor in first[1:]),
        "inter1": one,
        "actor2": second[0].name if second else "",
        "assoc_actor_2": "; ".join(actor.name for actor in second[1:]),
        "inter2": two,
        "interaction": "".join(sorted(one + two)) if one and two else one + "0" if one else "",
        "civilian_targeting": "Civilian targeting" if targeted else "",
    }


def _group(actors: list[Actor]) -> str:
    return show(actors[0].interaction) if actors else ""


def _place_cells(event: Event) -> dict[str, str]:
    where = main_place(event)
    if where is None:
        return {}
    place = where.place
    return {
        "country": country_names().get(place.country, place.country),
        "admin1": place.name if place.level is Level.ADMIN1 else place.admin1 or "",
        "admin2": place.name if place.level is Level.ADMIN2 else "",
        "location": place.name,
        "latitude": show(place.lat),
        "longitude": show(place.lon),
        "geo_precision": str(place_precision(where)),
    }


EXPORT = Export("acled", (".acled.csv",), "a CSV in the layout of ACLED, one row an event", write_acled)
