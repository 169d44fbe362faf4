"""FollowTheMoney entities as JSON lines: the report, its events, and the actors in them, for Aleph and its kin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from riwaya.export.figures import main_place, source_names
from riwaya.export.formats.jsonl import to_bytes
from riwaya.export.line import event_line
from riwaya.export.quotations import quote_event
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.model import Actor, ActorKind, Event, Failure, Report

Entity = dict[str, Any]
_SCHEMA = {ActorKind.PERSON: "Person", ActorKind.STATE: "PublicBody", ActorKind.CIVILIANS: "LegalEntity"}


def write_ftm(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write one entity a line; an actor once, at its first appearance. A failure is a Note."""
    seen: set[str] = set()
    for item in items:
        for entity in _failure(item) if isinstance(item, Failure) else _entities(item):
            if entity["id"] not in seen or entity["schema"] in ("Article", "Event"):
                seen.add(entity["id"])
                out.write(to_bytes(entity) + b"\n")


def _id(*parts: str) -> str:
    return hashlib.sha1("\0".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _entity(id: str, schema: str, **values: Any) -> Entity:
    """An entity; FollowTheMoney holds every value in a list and leaves out what is not known."""
    listed = {key: value if isinstance(value, list) else [value] for key, value in values.items() if value}
    return {"id": id, "schema": schema, "properties": {key: value for key, value in listed.items() if value}}


def _entities(report: Report) -> Iterator[Entity]:
    document = report.document
    article = _id("report", report.sha256)
    yield _entity(
        article,
        "Article",
        title=document.title or document.id,
        publisher=document.outlet,
        publishedAt=document.published,
        sourceUrl=document.url,
        bodyText=document.text,
        language="ara",
    )
    for event in report.events:
        parties = [party.actor for party in (*event.agents, *event.targets, *event.mediators)]
        for actor in parties:
            yield _actor(actor)
        yield _event(report, event, article, parties)


def _actor(actor: Actor) -> Entity:
    countries = [code.lower() for code in actor.country]
    schema = _SCHEMA.get(actor.kind, "Organization")
    return _entity(_id("actor", actor.id), schema, name=actor.name, alias=list(actor.aliases), country=countries)


def _event(report: Report, event: Event, article: str, parties: list[Actor]) -> Entity:
    where = main_place(event)
    return _entity(
        _id("event", report.sha256, event.id),
        "Event",
        name=event_line(event),
        date=event.when.from_ if event.when.from_ == event.when.to else None,
        startDate=event.when.from_,
        endDate=event.when.to,
        location=where.place.name if where else None,
        country=where.place.country.lower() if where else None,
        involved=[_id("actor", actor.id) for actor in parties],
        proof=article,
        sourceUrl=report.document.url,
        publisher=report.document.outlet,
        summary=quote_event(report, event).text,
        notes="; ".join(source_names(event)),
    )


def _failure(failure: Failure) -> Iterator[Entity]:
    where = failure.origin if failure.line is None else f"{failure.origin}:{failure.line}"
    yield _entity(_id("failure", where), "Note", name=where, description=failure.reason)


EXPORT = Export("ftm", (".ftm.json", ".ftm"), "FollowTheMoney entities, one a line", write_ftm)
