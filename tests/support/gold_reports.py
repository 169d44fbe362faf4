"""Reports made of gold records, so that exports can be tested and looked at without the reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from riwaya.evaluation.gold import GoldRecord, find_surface
from riwaya.evaluation.names import listed
from riwaya.model import (
    Actor,
    ActorKind,
    ActorMention,
    Claim,
    CountMention,
    Document,
    Event,
    EventPlace,
    EventTime,
    Evidence,
    Kind,
    Level,
    Party,
    Place,
    PlaceMention,
    Report,
    Source,
    SourceKind,
    Stance,
    Status,
    TimeMention,
    What,
)


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _actor(record: GoldRecord, name: object) -> Actor:
    first = listed(name)[0]
    entry = next((each for each in record.entry["actors"] if first in listed(each["name"])), None)
    names = listed(entry["name"]) if entry else (first,)
    return Actor(_id(first), names[0], ActorKind(entry["kind"] if entry else "other"), names[1:])


def _place(entry: Mapping[str, Any]) -> Place:
    names = listed(entry["name"])
    level = Level(entry["level"])
    return Place(_id(names[0]), names[0], entry["country"], entry["lat"], entry["lon"], level, names[1:])


def _count(text: str, entry: Mapping[str, Any]) -> CountMention:
    start, end = find_surface(text, entry["t"])[0]
    what = What(entry["what"])
    return CountMention(start, end, text[start:end], what, entry.get("who"), entry["min"], entry["max"], "gold")


def _claim(record: GoldRecord, entry: Mapping[str, Any], sentence: tuple[int, int]) -> Claim:
    start, end = sentence
    evidence = Evidence(start, end, record.text[start:end])
    speaker = _actor(record, entry["source"])
    source = Source(speaker, SourceKind(entry["source_kind"]))
    via = tuple(_actor(record, name) for name in entry.get("via", []))
    counts = tuple(_count(record.text, each) for each in entry.get("counts", []))
    return Claim(source, Stance(entry["stance"]), via, (evidence,), "gold", counts)


def gold_report(record: GoldRecord) -> Report:
    """The report that a perfect reader would have made of a gold record."""
    text, entry = record.text, record.entry
    times = tuple(
        TimeMention(m.start, m.end, text[m.start : m.end], m.entry["from"], m.entry["to"], m.entry["from"], "gold")
        for m in record.times
    )
    places = tuple(
        PlaceMention(m.start, m.end, text[m.start : m.end], _place(m.entry), "gold") for m in record.places
    )
    actors = tuple(
        ActorMention(m.start, m.end, text[m.start : m.end], _actor(record, list(m.names)), "gold")
        for m in record.actors
    )
    document = Document(entry["id"], text, entry["published"], entry["outlet"] or None, None, entry["url"] or None)
    sha = hashlib.sha256(text.encode()).hexdigest()
    events = tuple(_event(record, number) for number in range(len(record.events)))
    counts = {(c.start, c.end): c for event in events for c in event.counts}
    return Report(document, "ar", sha, times, places, actors, tuple(counts[k] for k in sorted(counts)), (), events)


def _event(record: GoldRecord, number: int) -> Event:
    found = record.events[number]
    entry, text = found.entry, record.text

    def parties(role: str) -> tuple[Party, ...]:
        return tuple(Party(_actor(record, name), None, "gold") for name in entry.get(role, []))

    places: list[EventPlace] = []
    for each in entry.get("places", []):
        known = record.place_of[each["name"]]
        start, end = find_surface(text, known["t"])[0]
        evidence = Evidence(start, end, text[start:end])
        places.append(EventPlace(_place(known), each["role"], each.get("direction"), evidence, "gold"))
    return Event(
        id=entry["id"],
        kind=Kind(entry["kind"]),
        trigger=Evidence(found.start, found.end, text[found.start : found.end]),
        status=Status(entry["status"]),
        background=entry["background"],
        agents=parties("agents"),
        targets=parties("targets"),
        mediators=parties("mediators"),
        places=tuple(places),
        when=EventTime(entry.get("from"), entry.get("to"), entry.get("from"), None, "gold"),
        counts=tuple(_count(text, each) for each in entry.get("counts", [])),
        claims=tuple(_claim(record, each, found.sentence) for each in entry["claims"]),
        ordinal=entry.get("ordinal"),
        rule="gold",
    )
