"""The index of a report: its events, parties, places, claims, counts, statements of control and words, as rows.

Made from the effective coded report (corrections applied), thrown away and made again whenever that changes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select, text

from riwaya.store.names_told import NameTold, keep_names, names_of
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


@dataclass(frozen=True, slots=True)
class EventRows:
    """The rows of an event, all but the numbers that the store gives."""

    event: Data
    actors: list[Data]
    places: list[Data]
    claims: list[Data]
    counts: list[Data]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of a report's index.

    ``words``: its stems in order, and the further stems; ``names``: whom it names in words of its own.
    """

    events: tuple[EventRows, ...]
    holdings: tuple[Data, ...]
    words: tuple[str, str]
    names: tuple[NameTold, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A report whose rows go into the index: its number, its revision's, and the incidents its events stood in."""

    report: int
    revision: int
    rows: ReportRows
    incidents: dict[str, str]


def rows_of(coded: Data) -> ReportRows:
    """The rows of an effective coded report."""
    body, title = coded["report"].get("text") or "", coded["report"].get("title")
    words, more = index_text([None if title and body.startswith(title) else title, body])
    return ReportRows(
        tuple(_event_rows(event) for event in coded.get("events", ())),
        tuple(_holding(each) for each in coded.get("control", ())),
        (clean(words), clean(more)),
        tuple(names_of(coded)),
    )


def index_report(connection: Connection, report: int, revision: int, rows: ReportRows) -> None:
    """Put a report's effective coding into the index in place of what stood there."""
    kept = connection.execute(select(events.c.event, events.c.incident).where(events.c.report == report))
    stood = {row.event: row.incident for row in kept}
    drop_index(connection, report)
    insert_rows(connection, [Indexed(report, revision, rows, stood)])


def insert_rows(connection: Connection, indexed: Sequence[Indexed]) -> None:
    """Put the rows of reports into the index, in which none of them stands yet."""
    told = [(each, rows) for each in indexed for rows in each.rows.events]
    numbers = _insert_events(connection, told)
    for table, name in (
        (event_actors, "actors"), (event_places, "places"), (event_claims, "claims"), (event_counts, "counts")
    ):  # fmt: skip
        kept = [
            {"event": number, **row}
            for number, (_, rows) in zip(numbers, told, strict=True)
            for row in getattr(rows, name)
        ]
        if kept:
            connection.execute(insert(table), kept)
    held = [{"report": each.report, **row} for each in indexed for row in each.rows.holdings]
    if held:
        connection.execute(insert(holdings), held)
    _insert_words(connection, indexed)
    keep_names(connection, [name for each in indexed for name in each.rows.names])


def _insert_events(connection: Connection, told: Iterable[tuple[Indexed, EventRows]]) -> list[int]:
    """The numbers that the store gives to events, in their order."""
    rows = [
        {
            "report": each.report,
            "revision": each.revision,
            "incident": each.incidents.get(own.event["event"]),
            **own.event,
        }
        for each, own in told
    ]
    if not rows:
        return []
    statement = insert(events).returning(events.c.number, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def _event_rows(event: Data) -> EventRows:
    trigger = event.get("trigger") or {}
    row = {
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
    }
    return EventRows(
        row,
        [_actor(each, role) for key, role in _ROLES for each in event.get(key) or ()],
        [_place(each) for each in event.get("places") or ()],
        [_claim(number, claim) for number, claim in enumerate(event.get("claims") or ())],
        _counts(event),
    )


def clean(value: str) -> str:
    """Text that every database keeps: without NUL, lone surrogates as question marks."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _actor(actor: Data, role: str) -> Data:
    organisation = actor.get("organisation") or {}
    return {
        "actor": actor.get("id"),
        "name": clean(actor["name"]),
        "kind": actor.get("kind"),
        "role": role,
        "organisation": organisation.get("name"),
    }


def _place(place: Data) -> Data:
    return {
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


def _claim(number: int, claim: Data) -> Data:
    source = claim["source"]
    via = ", ".join(clean(each["name"]) for each in claim.get("via") or ())
    return {
        "claim": number,
        "source": source.get("id"),
        "name": clean(source["name"]),
        "organisation": (source.get("organisation") or {}).get("name"),
        "person": source.get("kind") == "person",
        "source_kind": claim.get("source_kind") or "unnamed",
        "stance": claim["stance"],
        "via": via or None,
    }


def _counts(coded: Data) -> list[Data]:
    found: list[tuple[int | None, Data]] = [(None, count) for count in coded.get("counts") or ()]
    for number, claim in enumerate(coded.get("claims") or ()):
        found.extend((number, count) for count in claim.get("counts") or ())
    return [
        {
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


def _holding(statement: Data) -> Data:
    place = statement["place"]
    return {
        "place": clean(place["name"]),
        "country": place.get("country"),
        "admin1": place.get("admin1"),
        "coded": orjson.dumps(statement).decode(),
    }


_INSERT_POSTGRESQL = text(
    "INSERT INTO search (report, words) VALUES (:report, to_tsvector('simple', :words) || to_tsvector('simple', :more))"
)
_INSERT_SQLITE = text("INSERT INTO search (rowid, words, more) VALUES (:report, :words, :more)")


def _insert_words(connection: Connection, indexed: Sequence[Indexed]) -> None:
    statement = _INSERT_POSTGRESQL if connection.dialect.name == "postgresql" else _INSERT_SQLITE
    rows = [{"report": each.report, "words": each.rows.words[0], "more": each.rows.words[1]} for each in indexed]
    if rows:
        connection.execute(statement, rows)
