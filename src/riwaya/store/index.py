"""The index of a report: its events, parties, places, claims, counts, statements of control and words, as rows.

Made from the effective coded report (corrections applied), thrown away and made again whenever that changes.
"""

from __future__ import annotations

import zlib
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select, text

from riwaya.store.stems import index_text
from riwaya.store.tables import event_actors, event_claims, event_counts, event_places, events, holdings

Data = dict[str, Any]
_ROLES = (("agents", "agent"), ("targets", "target"), ("mediators", "mediator"))


def pack(coded: Data) -> bytes:
    """A coded report as it is kept: JSON, packed with zlib."""
    return zlib.compress(orjson.dumps(coded), 6)


def unpack(packed: bytes) -> Data:
    """A coded report from what is kept."""
    coded: Data = orjson.loads(zlib.decompress(packed))
    return coded


def drop_index(connection: Connection, report: int) -> None:
    """Take a report's rows out of the index."""
    numbers = select(events.c.number).where(events.c.report == report).scalar_subquery()
    for table in (event_places, event_actors, event_claims, event_counts):
        connection.execute(delete(table).where(table.c.event.in_(numbers)))
    connection.execute(delete(events).where(events.c.report == report))
    connection.execute(delete(holdings).where(holdings.c.report == report))
    name = "report" if connection.dialect.name == "postgresql" else "rowid"
    connection.execute(text(f"DELETE FROM search WHERE {name} = :report"), {"report": report})


def index_report(connection: Connection, report: int, revision: int, coded: Data, *, fresh: bool = False) -> None:
    """Put a report's effective coding into the index in place of what stood there. ``fresh``: nothing stood there."""
    kept = {} if fresh else _incidents(connection, report)
    if not fresh:
        drop_index(connection, report)
    for event in coded.get("events", ()):
        _index_event(connection, report, revision, event, kept.get(event["id"]))
    rows = [_holding(report, each) for each in coded.get("control", ())]
    if rows:
        connection.execute(insert(holdings), rows)
    _index_words(connection, report, coded["report"])


def _incidents(connection: Connection, report: int) -> dict[str, str]:
    rows = connection.execute(select(events.c.event, events.c.incident).where(events.c.report == report))
    return {row.event: row.incident for row in rows}


def _index_event(connection: Connection, report: int, revision: int, event: Data, incident: str | None) -> None:
    trigger = event.get("trigger") or {}
    row = {
        "report": report,
        "revision": revision,
        "event": event["id"],
        "kind": event["kind"],
        "status": event["status"],
        "background": bool(event.get("background")),
        "from_day": event.get("from"),
        "to_day": event.get("to") or event.get("from"),
        "ordinal": event.get("ordinal"),
        "line": clean(event.get("line") or ""),
        "trigger_text": clean(trigger.get("text") or ""),
        "trigger_start": trigger.get("start"),
        "trigger_end": trigger.get("end"),
        "rule": event.get("rule") or "",
        "reviewed": bool(event.get("reviewed")),
        "incident": incident,
    }
    result = connection.execute(insert(events).returning(events.c.number), row)
    number = int(result.scalar_one())
    for table, rows in (
        (event_actors, [_actor(number, a, role) for key, role in _ROLES for a in event.get(key) or ()]),
        (event_places, [_place(number, place) for place in event.get("places") or ()]),
        (event_claims, [_claim(number, n, claim) for n, claim in enumerate(event.get("claims") or ())]),
        (event_counts, _counts(number, event)),
    ):
        if rows:
            connection.execute(insert(table), rows)


def clean(value: str) -> str:
    """Text that every database keeps: without NUL, lone surrogates as question marks."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _actor(event: int, actor: Data, role: str) -> Data:
    organisation = actor.get("organisation") or {}
    return {
        "event": event,
        "actor": actor.get("id"),
        "name": clean(actor["name"]),
        "kind": actor.get("kind"),
        "role": role,
        "organisation": organisation.get("name"),
    }


def _place(event: int, place: Data) -> Data:
    return {
        "event": event,
        "place": place.get("id"),
        "name": clean(place["name"]),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "level": place.get("level"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "role": place.get("role") or "at",
        "direction": place.get("direction"),
    }


def _claim(event: int, number: int, claim: Data) -> Data:
    source = claim["source"]
    via = ", ".join(clean(each["name"]) for each in claim.get("via") or ())
    return {
        "event": event,
        "claim": number,
        "source": source.get("id"),
        "name": clean(source["name"]),
        "organisation": (source.get("organisation") or {}).get("name"),
        "person": source.get("kind") == "person",
        "source_kind": claim.get("source_kind") or "unnamed",
        "stance": claim["stance"],
        "via": via or None,
    }


def _counts(event: int, coded: Data) -> list[Data]:
    found: list[tuple[int | None, Data]] = [(None, count) for count in coded.get("counts") or ()]
    for number, claim in enumerate(coded.get("claims") or ()):
        found.extend((number, count) for count in claim.get("counts") or ())
    return [
        {
            "event": event,
            "what": count["what"],
            "who": count.get("who"),
            "low": _small(count.get("min")),
            "high": _small(count.get("max")),
            "claim": number,
        }
        for number, count in found
    ]


def _small(value: int | None) -> int | None:
    """A number that fits a database integer, else None: no count of people is greater."""
    return value if value is None or abs(value) < 2**31 else None


def _holding(report: int, statement: Data) -> Data:
    place = statement["place"]
    return {
        "report": report,
        "place": clean(place["name"]),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "coded": orjson.dumps(statement).decode(),
    }


_INSERT_POSTGRESQL = text(
    "INSERT INTO search (report, words) VALUES (:report, to_tsvector('simple', :words) || to_tsvector('simple', :more))"
)
_INSERT_SQLITE = text("INSERT INTO search (rowid, words, more) VALUES (:report, :words, :more)")


def _index_words(connection: Connection, report: int, head: Data) -> None:
    body, title = head.get("text") or "", head.get("title")
    words, more = index_text([None if title and body.startswith(title) else title, body])
    statement = _INSERT_POSTGRESQL if connection.dialect.name == "postgresql" else _INSERT_SQLITE
    statement = statement.bindparams(bindparam("report"), bindparam("words"), bindparam("more"))
    connection.execute(statement, {"report": report, "words": clean(words), "more": clean(more)})
