"""Facets, the log of changes, and totals: the other half of the query layer, under the same redaction."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, distinct, func, select

from riwaya.store.engine import Store
from riwaya.store.filters import Filter, event_conditions, joined
from riwaya.store.redaction import WITHHELD, Viewer
from riwaya.store.tables import (
    changes,
    event_actors,
    event_claims,
    event_places,
    events,
    incidents,
    reports,
    revisions,
)

Data = dict[str, Any]
ADMIN = Viewer()


def facets(
    store: Store, asked: Filter | None = None, viewer: Viewer = ADMIN, *, most: int = 20
) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with the number of events that have them, the most frequent first.

    Facets: kind, status, outlet, place, country, actor, source, stance, source_kind. A facet counts within the
    filter, its own part included.
    """
    redaction = viewer.redaction
    with store.reading() as connection:
        conditions = event_conditions(connection, asked or Filter(), redaction)
        base = joined()
        places = base.join(event_places, event_places.c.event == events.c.number)
        actors = base.join(event_actors, event_actors.c.event == events.c.number)
        claims = base.join(event_claims, event_claims.c.event == events.c.number)
        fine = [] if redaction is None else [events.c.kind.not_in(redaction.place_kinds)]
        no_person = redaction is not None and redaction.persons
        named = [func.coalesce(event_actors.c.kind, "") != "person"] if no_person else []
        speaking = [event_claims.c.person.is_(False)] if no_person else []
        asked_for: tuple[tuple[str, Any, Any, list[Any]], ...] = (
            ("kind", events.c.kind, base, []),
            ("status", events.c.status, base, []),
            ("outlet", revisions.c.outlet, base, []),
            ("country", event_places.c.country, places, []),
            ("place", event_places.c.name, places, fine),
            ("actor", event_actors.c.name, actors, named),
            ("source", event_claims.c.name, claims, speaking),
            ("stance", event_claims.c.stance, claims, []),
            ("source_kind", event_claims.c.source_kind, claims, []),
        )
        return {
            name: _facet(connection, column, source, [*conditions, *more], most)
            for name, column, source, more in asked_for
        }


def _facet(connection: Connection, column: Any, source: Any, conditions: list[Any], most: int) -> list[tuple[str, int]]:
    count = func.count(distinct(events.c.number))
    query = select(column, count).select_from(source).where(*conditions, column.is_not(None)).group_by(column)
    rows = connection.execute(query.order_by(count.desc(), column).limit(most))
    return [(str(value), int(number)) for value, number in rows]


def changes_since(
    store: Store, since: str | int | None = None, viewer: Viewer = ADMIN, *, size: int = 1000
) -> list[Data]:
    """The log after a time (ISO, inclusive) or a number, the oldest first; without details for redacted viewers."""
    query = select(changes).order_by(changes.c.number).limit(size)
    if isinstance(since, int):
        query = query.where(changes.c.number > since)
    elif since:
        query = query.where(changes.c.at >= since)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    hide = viewer.redaction is not None
    return [
        {
            "number": row.number, "at": row.at, "change": row.change, "subject": row.subject, "coder": row.coder,
            "reason": WITHHELD if hide and row.reason else row.reason,
            "detail": {} if hide else orjson.loads(row.detail),
        }
        for row in rows
    ]  # fmt: skip


def totals(store: Store) -> dict[str, int]:
    """How many reports, reprints among them, revisions, events, incidents, and incidents disputed the store holds."""
    with store.reading() as connection:

        def count(query: Any) -> int:
            return int(connection.execute(query).scalar_one())

        standing = reports.c.withdrawn.is_(None)
        return {
            "reports": count(select(func.count()).select_from(reports).where(standing)),
            "copies": count(select(func.count()).select_from(reports).where(standing, reports.c.copy_of.is_not(None))),
            "revisions": count(select(func.count()).select_from(revisions)),
            "events": count(select(func.count()).select_from(events)),
            "incidents": count(select(func.count()).select_from(incidents)),
            "disputed": count(select(func.count()).select_from(incidents).where(incidents.c.disputed > 0)),
        }
